//! What is known about lines, organisations, people and groups; and colleagues' requests.

use std::collections::BTreeMap;

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, RequestId, Timestamp, line,
    membership::Membership,
    organisation,
    own_specialist::Client,
    person,
    request::{Ask, State},
    role::Role,
    skill::{Group, Service},
};
use opora_wire::{Event, EventBody, Stream, structure::Event as Said};
use serde::{Deserialize, Serialize};

use super::{Changes, Person, Rows, World, pairs};

/// A colleague in one's organisation, as its responsible customer knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Name.
    pub name: String,
}

/// A colleague's request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColleagueRequest {
    /// In which organisation.
    pub organisation: OrganisationId,
    /// Who asked.
    pub customer: PersonId,
    /// What.
    pub ask: Ask,
    /// Since when.
    pub since: Timestamp,
    /// Where it is.
    pub state: State,
}

/// What is known about lines, organisations, people and groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Lines.
    pub lines: BTreeMap<LineId, line::Card>,
    /// Client organisations.
    #[serde(skip)]
    pub organisations: Rows<OrganisationId, organisation::Card>,
    /// People.
    #[serde(skip)]
    pub people: Rows<PersonId, person::Card>,
    /// Where customers belong, in the order in which it was said.
    #[serde(skip)]
    pub memberships: Rows<PersonId, Vec<Membership>>,
    /// What specialists serve and know.
    pub services: BTreeMap<PersonId, Service>,
    /// Groups.
    pub groups: BTreeMap<GroupId, Group>,
    /// Who is asked first, and that one's name.
    #[serde(with = "pairs")]
    pub own_specialists: BTreeMap<(Client, Option<LineId>), (PersonId, String)>,
    /// Names of one's own organisations, for customers.
    pub own_names: BTreeMap<OrganisationId, String>,
    /// Colleagues, for responsible customers.
    pub colleagues: BTreeMap<PersonId, Colleague>,
    /// Their requests.
    #[serde(skip)]
    pub requests: Rows<RequestId, ColleagueRequest>,
}

impl Structure {
    /// Whether two lines stand in this order.
    #[must_use]
    pub fn place(&self, line: LineId) -> (line::Tier, u16) {
        self.lines.get(&line).map(|card| (card.tier, card.order)).unwrap_or_default()
    }

    /// Adds a membership at the end, or changes it where it is.
    fn put_membership(&mut self, person: PersonId, membership: Membership) {
        let all = self.memberships.or_default(person);
        match all.iter_mut().find(|one| one.organisation == membership.organisation) {
            Some(known) => *known = membership,
            None => all.push(membership),
        }
    }
}

impl World {
    pub(super) fn apply_structure(&mut self, said: &Said) -> Changes {
        match said {
            Said::LineSet { line, card } => {
                self.lines.insert(*line, card.name.clone());
                self.structure.lines.insert(*line, card.clone());
            }
            Said::OrganisationSet { organisation, card } => {
                self.organisations.insert(*organisation, card.name.clone());
                self.structure.organisations.insert(*organisation, card.clone());
            }
            Said::PersonSet { person, card, role } => self.set_person(*person, card, *role),
            Said::MembershipSet { person, organisation_name, membership, .. } => {
                self.structure.put_membership(*person, *membership);
                if *person == self.me {
                    self.structure.own_names.insert(membership.organisation, organisation_name.clone());
                }
                self.keep_main(*person);
            }
            Said::MembershipDropped { person, organisation } => {
                let all = self.structure.memberships.or_default(*person);
                all.retain(|one| one.organisation != *organisation);
                self.keep_main(*person);
            }
            Said::ServiceSet { person, service } => {
                if let Some(known) = self.people.get_mut(person) {
                    known.lines = service.lines.iter().map(|one| one.line).collect();
                }
                self.structure.services.insert(*person, service.clone());
            }
            Said::GroupSet { group, card } => {
                self.structure.groups.insert(*group, card.clone());
            }
            Said::GroupDropped { group } => {
                self.structure.groups.remove(group);
            }
            Said::OwnSpecialistSet { client, line, specialist, name } => {
                let place = (*client, *line);
                match specialist {
                    Some(specialist) => self.structure.own_specialists.insert(place, (*specialist, name.clone())),
                    None => self.structure.own_specialists.remove(&place),
                };
            }
            Said::Unknown => return Changes::default(),
        }
        Changes { people: true, home: true, queue: true, ..Changes::default() }
    }

    fn set_person(&mut self, person: PersonId, card: &person::Card, role: Role) {
        let known = self.people.or_insert_with(person, || Person {
            name: String::new(),
            role,
            organisation: None,
            lines: Vec::new(),
            invited: false,
            joined: false,
        });
        known.name.clone_from(&card.name);
        known.role = role;
        self.structure.people.insert(person, card.clone());
    }

    /// One's own role may be another one from now on. Only one's own stream is asked: it is in order.
    pub(super) fn hear_role(&mut self, stream: Stream, said: &Said) -> bool {
        match said {
            Said::PersonSet { person, role, .. } if stream == Stream::Person(self.me) && *person == self.me => {
                std::mem::replace(&mut self.role, *role) != *role
            }
            _ => false,
        }
    }

    /// A person whose main organisation is gone has the first of the others.
    fn keep_main(&mut self, person: PersonId) {
        let all = self.structure.memberships.get(&person).map(Vec::as_slice).unwrap_or_default();
        if let Some(known) = self.people.get_mut(&person)
            && !all.iter().any(|one| Some(one.organisation) == known.organisation)
        {
            known.organisation = all.first().map(|one| one.organisation).or(known.organisation);
        }
    }

    /// What colleagues ask; read by responsible customers alone.
    pub(super) fn apply_colleagues(&mut self, organisation: OrganisationId, event: &Event) -> Changes {
        match &event.body {
            EventBody::Structure(Said::MembershipSet { person, name, .. }) => {
                self.structure.colleagues.insert(*person, Colleague { name: name.clone() });
            }
            EventBody::RequestAsked { request, customer, ask, since, .. } => {
                let (customer, ask, since, state) = (*customer, ask.clone(), *since, State::Waiting);
                let asked = ColleagueRequest { organisation, customer, ask, since, state };
                self.structure.requests.insert(*request, asked);
            }
            EventBody::RequestMoved { request, state, .. } => {
                if let Some(known) = self.structure.requests.get_mut(request) {
                    known.state = *state;
                }
            }
            _ => return Changes::default(),
        }
        Changes { home: true, ..Changes::default() }
    }
}
