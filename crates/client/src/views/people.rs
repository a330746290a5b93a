//! Lines, organisations, people.

use opora_ipc::people::{LineView, OrganisationView, PeopleView, PersonView};

use crate::state::State;

impl State {
    /// Lines one may ask, or serves.
    pub(crate) fn line_views(&self) -> Vec<LineView> {
        let Some(world) = &self.world else { return Vec::new() };
        let mut lines: Vec<LineView> =
            world.lines.iter().map(|(id, name)| LineView { id: *id, name: name.clone() }).collect();
        lines.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        lines
    }

    /// Everything an owner sets up.
    pub(crate) fn people_view(&self, rev: u64) -> PeopleView {
        let Some(world) = &self.world else { return PeopleView { rev, ..PeopleView::default() } };
        let mut organisations: Vec<OrganisationView> =
            world.organisations.iter().map(|(id, name)| OrganisationView { id: *id, name: name.clone() }).collect();
        organisations.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let mut people: Vec<PersonView> = world
            .people
            .iter()
            .map(|(id, person)| PersonView {
                id: *id,
                name: person.name.clone(),
                role: person.role,
                organisation: world.organisation_name(person),
                lines: person.lines.clone(),
                joined: person.joined,
            })
            .collect();
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        PeopleView { rev, lines: self.line_views(), organisations, people }
    }
}
