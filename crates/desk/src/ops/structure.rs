//! Lines, organisations, people and groups: what the owner sets up, and supervisors keep up.

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, line,
    membership::Membership,
    organisation::{self, CardError},
    own_specialist::Client,
    person,
    role::Role,
    skill,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    structure::{Event, Op},
};

use super::{Doing, Done, belongs_well, check_name};
use crate::{audience, record::Person, store::Tx};

/// Organisations of one person at most.
const MOST_MEMBERSHIPS: usize = 50;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn structure(&mut self, op: Op) -> Done {
        // The table says it of roles; this says it where the operation is carried out.
        if op.act().reach(self.actor.person.role).is_nowhere() {
            return Err(RefusalCode::NotAllowed.into());
        }
        match op {
            Op::PutLine { line, card } => self.put_line(line, card).await?,
            Op::PutOrganisation { organisation, card } => self.put_organisation(organisation, card.tidy()).await?,
            Op::AddPerson { person, card, role, memberships, service } => {
                self.add_known_person((person, card.tidy(), role), memberships, service.tidy()).await?;
            }
            Op::PutPerson { person, card } => self.put_person(person, card.tidy()).await?,
            Op::PutMembership { person, membership } => self.put_membership(person, membership).await?,
            Op::DropMembership { person, organisation } => self.drop_membership(person, organisation).await?,
            Op::PutService { person, service } => self.put_service(person, service.tidy()).await?,
            Op::PutGroup { group, card } => self.put_group(group, card).await?,
            Op::DropGroup { group } => {
                if self.tx.drop_group(group).await? {
                    self.tell(Stream::Staff, Event::GroupDropped { group });
                }
            }
            Op::PutOwnSpecialist { client, line, specialist } => {
                self.put_own_specialist(client, line, specialist).await?;
            }
            Op::PutRole { person, role } => self.put_role(person, role).await?,
        }
        Ok(OpResult::Done)
    }

    fn tell(&mut self, stream: Stream, event: Event) {
        self.append(stream, EventBody::Structure(event));
    }

    async fn put_line(&mut self, line: LineId, card: line::Card) -> Done<()> {
        let card = line::Card { name: card.name.trim().into(), description: card.description.trim().into(), ..card };
        if !card.is_possible() {
            return Err(RefusalCode::Invalid.into());
        }
        if self.tx.line_card(line).await?.as_ref() != Some(&card) {
            self.tx.put_line_card(line, &card).await?;
            self.tell(Stream::Desk, Event::LineSet { line, card });
        }
        Ok(())
    }

    async fn put_organisation(&mut self, organisation: OrganisationId, card: organisation::Card) -> Done<()> {
        card.check().map_err(|error| match error {
            CardError::TooLong => RefusalCode::TooLarge,
            CardError::NoName | CardError::Inn(_) | CardError::Kpp => RefusalCode::Invalid,
        })?;
        let known = self.tx.organisation_card(organisation).await?;
        if known.as_ref() == Some(&card) {
            return Ok(());
        }
        if !self.tx.put_organisation_card(organisation, &card).await? {
            return Err(RefusalCode::InnTaken.into());
        }
        if known.is_none() {
            audience::open_to_staff(self.tx, self.rng, organisation, self.now).await?;
        }
        self.tell(Stream::Staff, Event::OrganisationSet { organisation, card });
        Ok(())
    }

    /// A person who has not been invited yet.
    async fn add_known_person(
        &mut self,
        (id, card, role): (PersonId, person::Card, Role),
        memberships: Vec<Membership>,
        service: skill::Service,
    ) -> Done<()> {
        check_person(&card)?;
        // A second owner would need the organisation's key, which is on the first one's device.
        if role == Role::Owner || !belongs_well(role, !memberships.is_empty()) || self.tx.person(id).await?.is_some() {
            return Err(RefusalCode::Invalid.into());
        }
        if memberships.len() > MOST_MEMBERSHIPS {
            return Err(RefusalCode::TooLarge.into());
        }
        for membership in &memberships {
            self.check_membership(membership).await?;
        }
        self.check_service(role, &service).await?;
        let person = Person {
            id,
            name: card.name.clone(),
            role,
            organisation: memberships.first().map(|one| one.organisation),
            lines: service.lines.iter().map(|one| one.line).collect(),
            // A specialist is there to serve; who wants a rest says so.
            on_line: role.is_staff(),
            joined: false,
        };
        self.tx.add_person(&person, self.now).await?;
        self.tx.set_person_card(id, &card).await?;
        self.tell(Stream::Staff, Event::PersonSet { person: id, card, role });
        for membership in memberships {
            self.tx.put_membership(id, &membership).await?;
            self.say_membership(&person, membership).await?;
        }
        if role.is_staff() {
            self.tx.set_service(id, &service).await?;
            self.tell(Stream::Staff, Event::ServiceSet { person: id, service });
        }
        Ok(())
    }

    async fn put_person(&mut self, id: PersonId, card: person::Card) -> Done<()> {
        check_person(&card)?;
        let person = self.known(id).await?;
        if self.tx.person_card(id).await?.as_ref() == Some(&card) {
            return Ok(());
        }
        self.tx.set_person_card(id, &card).await?;
        let role = person.role;
        self.tell(Stream::Staff, Event::PersonSet { person: id, card: card.clone(), role });
        self.tell(Stream::Person(id), Event::PersonSet { person: id, card: card.clone(), role });
        // Responsible colleagues know people by these names.
        let renamed = Person { name: card.name, ..person };
        for membership in self.tx.memberships(id).await?.into_iter().filter(|_| renamed.role == Role::Customer) {
            self.say_membership(&renamed, membership).await?;
        }
        Ok(())
    }

    async fn put_membership(&mut self, id: PersonId, membership: Membership) -> Done<()> {
        let person = self.known(id).await?;
        if person.role != Role::Customer {
            return Err(RefusalCode::Invalid.into());
        }
        self.check_membership(&membership).await?;
        let known = self.tx.memberships(id).await?;
        if known.contains(&membership) {
            return Ok(());
        }
        if known.len() >= MOST_MEMBERSHIPS && known.iter().all(|one| one.organisation != membership.organisation) {
            return Err(RefusalCode::TooLarge.into());
        }
        self.tx.put_membership(id, &membership).await?;
        // An invite does not tell the person of the only organisation; with a second one there is a choice.
        for before in known.iter().filter(|one| known.len() == 1 && one.organisation != membership.organisation) {
            self.say_membership(&person, *before).await?;
        }
        self.say_membership(&person, membership).await?;
        audience::settle(self.tx, self.rng, &person, self.now).await?;
        Ok(())
    }

    async fn drop_membership(&mut self, id: PersonId, organisation: OrganisationId) -> Done<()> {
        let person = self.known(id).await?;
        let rest: Vec<_> =
            self.tx.memberships(id).await?.into_iter().filter(|one| one.organisation != organisation).collect();
        let Some(next) = rest.first() else { return Err(RefusalCode::Invalid.into()) };
        self.tx.drop_membership(id, organisation).await?;
        let main = person.organisation.filter(|main| *main != organisation).unwrap_or(next.organisation);
        self.tx.set_main(id, main).await?;
        let dropped = Event::MembershipDropped { person: id, organisation };
        for stream in [Stream::Staff, Stream::Person(id), Stream::OrganisationRequests(organisation)] {
            self.tell(stream, dropped.clone());
        }
        let person = Person { organisation: Some(main), ..person };
        audience::settle(self.tx, self.rng, &person, self.now).await?;
        Ok(())
    }

    async fn say_membership(&mut self, person: &Person, membership: Membership) -> Done<()> {
        let organisation_name = self.tx.organisation(membership.organisation).await?.unwrap_or_default();
        let event =
            Event::MembershipSet { person: person.id, name: person.name.clone(), organisation_name, membership };
        let requests = Stream::OrganisationRequests(membership.organisation);
        for stream in [Stream::Staff, Stream::Person(person.id), requests] {
            self.tell(stream, event.clone());
        }
        Ok(())
    }

    async fn put_service(&mut self, id: PersonId, service: skill::Service) -> Done<()> {
        let person = self.known(id).await?;
        if !person.role.is_staff() {
            return Err(RefusalCode::Invalid.into());
        }
        self.check_service(person.role, &service).await?;
        if self.tx.service(id).await? != service {
            self.tx.set_service(id, &service).await?;
            self.tell(Stream::Staff, Event::ServiceSet { person: id, service });
        }
        Ok(())
    }

    async fn put_group(&mut self, group: GroupId, card: skill::Group) -> Done<()> {
        check_name(&card.name)?;
        let mut members = card.members;
        members.sort_unstable();
        members.dedup();
        if members.len() > skill::MOST_MEMBERS {
            return Err(RefusalCode::TooLarge.into());
        }
        for member in &members {
            self.staff_member(*member).await?;
        }
        let card = skill::Group { name: card.name.trim().to_owned(), members };
        if self.tx.group(group).await?.as_ref() != Some(&card) {
            self.tx.put_group(group, &card).await?;
            self.tell(Stream::Staff, Event::GroupSet { group, card });
        }
        Ok(())
    }

    async fn put_own_specialist(
        &mut self,
        client: Client,
        line: Option<LineId>,
        specialist: Option<PersonId>,
    ) -> Done<()> {
        let stream = match client {
            Client::Organisation(id) => {
                self.tx.organisation(id).await?.ok_or(RefusalCode::NotFound)?;
                Stream::Organisation(id)
            }
            Client::Person(id) if self.known(id).await?.role == Role::Customer => Stream::Person(id),
            Client::Person(_) => return Err(RefusalCode::Invalid.into()),
        };
        if let Some(line) = line
            && !self.tx.has_line(line).await?
        {
            return Err(RefusalCode::NotFound.into());
        }
        let name = match specialist {
            Some(id) => self.staff_member(id).await?.name,
            None => String::new(),
        };
        if self.tx.put_own_specialist(client, line, specialist).await? {
            let event = Event::OwnSpecialistSet { client, line, specialist, name };
            self.tell(Stream::Staff, event.clone());
            self.tell(stream, event);
        }
        Ok(())
    }

    async fn known(&mut self, id: PersonId) -> Done<Person> {
        Ok(self.tx.person(id).await?.ok_or(RefusalCode::NotFound)?)
    }

    async fn staff_member(&mut self, id: PersonId) -> Done<Person> {
        let person = self.known(id).await?;
        if person.role.is_staff() { Ok(person) } else { Err(RefusalCode::Invalid.into()) }
    }

    async fn check_membership(&mut self, membership: &Membership) -> Done<()> {
        self.tx.organisation(membership.organisation).await?.ok_or(RefusalCode::NotFound)?;
        if membership.is_possible() { Ok(()) } else { Err(RefusalCode::Invalid.into()) }
    }

    async fn check_service(&mut self, role: Role, service: &skill::Service) -> Done<()> {
        if !service.is_possible() {
            return Err(RefusalCode::TooLarge.into());
        }
        if role == Role::Customer && *service != skill::Service::default() {
            return Err(RefusalCode::Invalid.into());
        }
        for one in &service.lines {
            if !self.tx.has_line(one.line).await? {
                return Err(RefusalCode::NotFound.into());
            }
        }
        Ok(())
    }
}

fn check_person(card: &person::Card) -> Done<()> {
    card.check().map_err(|error| match error {
        person::CardError::TooLong => RefusalCode::TooLarge.into(),
        _ => RefusalCode::Invalid.into(),
    })
}
