//! Lines, organisations, people.

use opora_domain::{LineId, OrganisationId, membership::Membership, role::Role};
use opora_wire::EventBody;
use serde::{Deserialize, Serialize};

use super::{Changes, World};

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Client organisation; none for the firm's own people.
    pub organisation: Option<OrganisationId>,
    /// Lines a specialist serves.
    pub lines: Vec<LineId>,
    /// Has an invite.
    pub invited: bool,
    /// Has redeemed the invite.
    pub joined: bool,
}

impl World {
    pub(super) fn apply_people(&mut self, body: &EventBody) -> Changes {
        match body {
            EventBody::LineMade { line, name } => {
                self.lines.insert(*line, name.clone());
            }
            EventBody::OrganisationMade { organisation, name } => {
                self.organisations.insert(*organisation, name.clone());
            }
            EventBody::PersonInvited { person, name, role, organisation, lines } => {
                let joined = self.people.get(person).is_some_and(|known| known.joined);
                let (name, lines) = (name.clone(), lines.clone());
                let invited = true;
                let known = Person { name, role: *role, organisation: *organisation, lines, invited, joined };
                self.people.insert(*person, known);
                // An older desk names the only organisation here.
                let known = self.structure.memberships.or_default(*person);
                if let Some(organisation) = organisation.filter(|_| known.is_empty()) {
                    known.push(Membership::of(organisation));
                }
            }
            EventBody::PersonJoined { person } => {
                if let Some(known) = self.people.get_mut(person) {
                    known.joined = true;
                }
            }
            _ => return Changes::default(),
        }
        Changes { people: true, home: true, queue: true, ..Changes::default() }
    }

    /// Name of a person's organisation: the client's, or the firm's.
    #[must_use]
    pub fn organisation_name(&self, person: &Person) -> String {
        match person.organisation {
            Some(organisation) => self.organisations.get(&organisation).cloned().unwrap_or_default(),
            None => self.desk_name.clone().unwrap_or_default(),
        }
    }

    /// Whether requests of this line are for this person.
    #[must_use]
    pub fn serves(&self, line: LineId) -> bool {
        let lines = self.people.get(&self.me).map(|me| me.lines.as_slice()).unwrap_or_default();
        lines.contains(&line) || (self.role == Role::Owner && lines.is_empty())
    }
}
