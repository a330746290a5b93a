//! Lines, organisations, people.

use opora_domain::RequestId;
use opora_domain::request::State as RequestState;
use opora_ipc::{
    people::{LineView, OrganisationView, PeopleView, PersonView},
    structure::{ColleagueRequestView, GroupView, OwnSpecialistView},
};

use crate::{
    state::State,
    world::{ColleagueRequest, World, first_words},
};

impl State {
    /// Lines one may ask, or serves, in their order.
    pub(crate) fn line_views(&self) -> Vec<LineView> {
        let Some(world) = &self.world else { return Vec::new() };
        let line = |(id, name): (&opora_domain::LineId, &String)| {
            let card = world.structure.lines.get(id).cloned().unwrap_or_default();
            LineView { id: *id, name: name.clone(), tier: card.tier, description: card.description, order: card.order }
        };
        let mut lines: Vec<LineView> = world.lines.iter().map(line).collect();
        lines.sort_by(|a, b| (a.tier, a.order, &a.name, a.id).cmp(&(b.tier, b.order, &b.name, b.id)));
        lines
    }

    /// Everything an owner sets up.
    pub(crate) fn people_view(&self, rev: u64) -> PeopleView {
        let Some(world) = &self.world else { return PeopleView { rev, ..PeopleView::default() } };
        let structure = &world.structure;
        let groups = structure.groups.iter().map(|(id, card)| GroupView { id: *id, card: card.clone() });
        let own = structure.own_specialists.iter().map(|((client, line), (specialist, name))| OwnSpecialistView {
            client: *client,
            line: *line,
            specialist: *specialist,
            name: name.clone(),
        });
        PeopleView {
            rev,
            lines: self.line_views(),
            organisations: organisation_views(world),
            people: person_views(world),
            groups: groups.collect(),
            own_specialists: own.collect(),
        }
    }

    /// What colleagues ask, newest first; one's own requests are elsewhere.
    pub(crate) fn colleague_views(&self) -> Vec<ColleagueRequestView> {
        let Some(world) = &self.world else { return Vec::new() };
        let structure = &world.structure;
        let view = |(id, one): (&RequestId, &ColleagueRequest)| ColleagueRequestView {
            id: *id,
            who: structure.colleagues.get(&one.customer).map(|known| known.name.clone()).unwrap_or_default(),
            organisation: structure.own_names.get(&one.organisation).cloned().unwrap_or_default(),
            subject: first_words(&one.ask.description),
            line: world.lines.get(&one.ask.line).cloned().unwrap_or_default(),
            since: one.since,
            taken: matches!(one.state, RequestState::Accepted { .. }),
            over: matches!(one.state, RequestState::Closed | RequestState::Cancelled),
        };
        let of_others = structure.requests.iter().filter(|(_, one)| one.customer != world.me);
        let mut all: Vec<ColleagueRequestView> = of_others.map(view).collect();
        all.sort_by_key(|one| std::cmp::Reverse((one.since, one.id)));
        all.truncate(MOST_COLLEAGUES);
        all
    }
}

/// Colleagues' requests that are shown.
const MOST_COLLEAGUES: usize = 200;

fn organisation_views(world: &World) -> Vec<OrganisationView> {
    let mut organisations: Vec<OrganisationView> = world
        .organisations
        .iter()
        .map(|(id, name)| {
            let card = world.structure.organisations.get(id).cloned().unwrap_or_default();
            let (inn, kpp, note, products) = (card.inn, card.kpp, card.note, card.products);
            OrganisationView { id: *id, name: name.clone(), inn, kpp, note, products }
        })
        .collect();
    organisations.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    organisations
}

fn person_views(world: &World) -> Vec<PersonView> {
    let structure = &world.structure;
    let mut people: Vec<PersonView> = world
        .people
        .iter()
        .map(|(id, person)| {
            let card = structure.people.get(id).cloned().unwrap_or_default();
            let mut memberships = structure.memberships.get(id).cloned().unwrap_or_default();
            memberships.sort_by_key(|one| Some(one.organisation) != person.organisation);
            let mut service = structure.services.get(id).cloned().unwrap_or_default();
            if service.lines.is_empty() {
                let served = |line: &opora_domain::LineId| opora_domain::skill::Served {
                    line: *line,
                    level: Default::default(),
                };
                service.lines = person.lines.iter().map(served).collect();
            }
            PersonView {
                id: *id,
                name: person.name.clone(),
                role: person.role,
                organisation: world.organisation_name(person),
                lines: person.lines.clone(),
                email: card.email,
                phone: card.phone,
                memberships,
                service,
                invited: person.invited,
                joined: person.joined,
            }
        })
        .collect();
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    people
}
