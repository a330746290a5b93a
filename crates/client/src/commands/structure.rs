//! Changing lines, organisations, people and groups.

use std::sync::Arc;

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId,
    membership::Membership,
    organisation::{self, CardError},
    person,
    role::Role,
};
use opora_ipc::{
    ErrorCode, UiError,
    people::PeopleView,
    structure::{GroupRef, PutGroup, PutLine, PutOrganisation, PutOwnSpecialist, PutPerson},
};
use opora_wire::{OpBody, structure::Op};

use super::people::people;
use crate::{core::Core, world::World};

/// Does it at the desk, and answers when the log says so too.
async fn put(core: &Arc<Core>, op: Op, known: impl Fn(&World) -> bool) -> Result<PeopleView, UiError> {
    core.execute(OpBody::Structure(op)).await?;
    core.until_known(known).await;
    Ok(people(core))
}

/// Adds a line, or changes one.
pub(super) async fn put_line(core: &Arc<Core>, PutLine { line, mut card }: PutLine) -> Result<PeopleView, UiError> {
    card.name = card.name.trim().to_owned();
    card.description = card.description.trim().to_owned();
    if card.name.is_empty() {
        return Err(UiError::permanent(ErrorCode::Empty, "a line has a name"));
    }
    if !card.is_possible() {
        return Err(UiError::permanent(ErrorCode::TooLong, "a line's name or description is too long"));
    }
    let line = line.unwrap_or_else(|| LineId(core.new_op().0));
    let op = Op::PutLine { line, card: card.clone() };
    put(core, op, |world| world.structure.lines.get(&line) == Some(&card)).await
}

/// Adds an organisation, or changes one.
pub(super) async fn put_organisation(
    core: &Arc<Core>,
    PutOrganisation { organisation, card }: PutOrganisation,
) -> Result<PeopleView, UiError> {
    let card = card.tidy();
    card.check().map_err(organisation_error)?;
    let id = organisation.unwrap_or_else(|| OrganisationId(core.new_op().0));
    let op = Op::PutOrganisation { organisation: id, card: card.clone() };
    put(core, op, |world| world.structure.organisations.get(&id) == Some(&card)).await
}

/// Adds a person, or changes one with organisations and lines.
pub(super) async fn put_person(core: &Arc<Core>, args: PutPerson) -> Result<PeopleView, UiError> {
    let (card, service) = (args.card.tidy(), args.service.tidy());
    card.check().map_err(person_error)?;
    let Some(id) = args.person else {
        let person = PersonId(core.new_op().0);
        let (role, memberships) = (args.role, args.memberships);
        let op = Op::AddPerson { person, card: card.clone(), role, memberships, service };
        return put(core, op, |world| world.structure.people.get(&person) == Some(&card)).await;
    };
    let mut ops = differences(core, id, &card, &args.memberships, &service)?;
    // First: when it is refused, nothing else has changed.
    ops.splice(0..0, other_role(core, id, args.role));
    for op in ops {
        core.execute(OpBody::Structure(op)).await?;
    }
    core.until_known(|world| world.structure.people.get(&id) == Some(&card)).await;
    Ok(people(core))
}

/// The operation that gives a known person another role, if it is another one.
fn other_role(core: &Arc<Core>, person: PersonId, role: Role) -> Option<Op> {
    let state = core.state();
    let known = state.world.as_ref()?.people.get(&person)?;
    (known.role != role).then_some(Op::PutRole { person, role })
}

/// What has to be said of a known person.
fn differences(
    core: &Arc<Core>,
    id: PersonId,
    card: &person::Card,
    memberships: &[Membership],
    service: &opora_domain::skill::Service,
) -> Result<Vec<Op>, UiError> {
    let state = core.state();
    let gone = || UiError::permanent(ErrorCode::NotFound, "no such person");
    let world = state.world.as_ref().ok_or_else(gone)?;
    let known = world.people.get(&id).ok_or_else(gone)?;
    let mut ops = vec![Op::PutPerson { person: id, card: card.clone() }];
    if known.role == Role::Customer {
        let before = world.structure.memberships.get(&id).map(Vec::as_slice).unwrap_or_default();
        // New ones first: somebody always belongs somewhere.
        let new = memberships.iter().filter(|one| !before.contains(one));
        ops.extend(new.map(|membership| Op::PutMembership { person: id, membership: *membership }));
        let left = before.iter().filter(|one| memberships.iter().all(|kept| kept.organisation != one.organisation));
        ops.extend(left.map(|one| Op::DropMembership { person: id, organisation: one.organisation }));
    } else {
        ops.push(Op::PutService { person: id, service: service.clone() });
    }
    Ok(ops)
}

/// Adds a group, or changes one.
pub(super) async fn put_group(core: &Arc<Core>, PutGroup { group, card }: PutGroup) -> Result<PeopleView, UiError> {
    let name = card.name.trim().to_owned();
    if name.is_empty() {
        return Err(UiError::permanent(ErrorCode::Empty, "a group has a name"));
    }
    let group = group.unwrap_or_else(|| GroupId(core.new_op().0));
    let many = card.members.len();
    let known = |world: &World| {
        world.structure.groups.get(&group).is_some_and(|known| known.name == name && known.members.len() == many)
    };
    put(core, Op::PutGroup { group, card }, known).await
}

/// Forgets a group.
pub(super) async fn drop_group(core: &Arc<Core>, GroupRef { group }: GroupRef) -> Result<PeopleView, UiError> {
    put(core, Op::DropGroup { group }, |world| !world.structure.groups.contains_key(&group)).await
}

/// Says who is asked first.
pub(super) async fn put_own_specialist(
    core: &Arc<Core>,
    PutOwnSpecialist { client, line, specialist }: PutOwnSpecialist,
) -> Result<PeopleView, UiError> {
    let known =
        |world: &World| world.structure.own_specialists.get(&(client, line)).map(|(person, _)| *person) == specialist;
    put(core, Op::PutOwnSpecialist { client, line, specialist }, known).await
}

/// The sentence for what is wrong with an organisation.
fn organisation_error(error: CardError) -> UiError {
    let code = match error {
        organisation::CardError::NoName => ErrorCode::Empty,
        organisation::CardError::Inn(_) => ErrorCode::InnWrong,
        organisation::CardError::Kpp => ErrorCode::KppWrong,
        organisation::CardError::TooLong => ErrorCode::TooLong,
    };
    UiError::permanent(code, error)
}

/// The sentence for what is wrong with a person.
fn person_error(error: person::CardError) -> UiError {
    let code = match error {
        person::CardError::NoName => ErrorCode::Empty,
        person::CardError::Email => ErrorCode::EmailWrong,
        person::CardError::Phone => ErrorCode::PhoneWrong,
        person::CardError::TooLong => ErrorCode::TooLong,
    };
    UiError::permanent(code, error)
}
