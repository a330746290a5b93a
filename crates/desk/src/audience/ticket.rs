//! Who reads `ticket/ID`: its customer, and the people of the client whom it lets see it
//! ([`Ticket::is_seen_by`]). The firm's people read all of it in `staff`.

use std::collections::BTreeSet;

use opora_domain::{
    OrganisationId, PersonId, Timestamp,
    role::Role,
    ticket::{
        Ticket,
        visibility::{Viewer, Visibility},
    },
};
use opora_runtime::Rng;
use opora_wire::event::{EventBody, Stream};

use super::note;
use crate::{desk::DeskError, record::Person, store::Tx};

/// Rights to a ticket's stream as they should be now. Whoever loses one keeps what was read and gets nothing
/// that is appended after this call.
pub(crate) async fn settle<T: Tx>(tx: &mut T, rng: &Rng, ticket: &Ticket, now: Timestamp) -> Result<(), DeskError> {
    let has: BTreeSet<PersonId> = tx.readers(Stream::Ticket(ticket.id)).await?.into_iter().collect();
    let wanted = viewers(tx, ticket, now).await?;
    for person in wanted.difference(&has) {
        open(tx, rng, *person, ticket, now).await?;
    }
    for person in has.difference(&wanted) {
        close(tx, rng, *person, ticket, now).await?;
    }
    Ok(())
}

/// Somebody came into an organisation or left it: rights to the tickets that it shares.
pub(super) async fn settle_person<T: Tx>(
    tx: &mut T,
    rng: &Rng,
    person: &Person,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<(), DeskError> {
    if person.role != Role::Customer {
        return Ok(());
    }
    let viewer = viewer(tx, person, now).await?;
    for ticket in tx.shown_tickets(organisation).await? {
        if ticket.is_seen_by(&viewer) {
            open(tx, rng, person.id, &ticket, now).await?;
        } else {
            close(tx, rng, person.id, &ticket, now).await?;
        }
    }
    Ok(())
}

async fn viewers<T: Tx>(tx: &mut T, ticket: &Ticket, now: Timestamp) -> Result<BTreeSet<PersonId>, DeskError> {
    let named: BTreeSet<PersonId> = ticket.watchers.iter().copied().chain([ticket.customer]).collect();
    let shown = match (&ticket.visibility, ticket.organisation) {
        (Visibility::Organisation, Some(organisation)) => tx.colleagues(organisation, now).await?,
        (Visibility::Group(people), _) => people.iter().copied().collect(),
        _ => Vec::new(),
    };
    let mut viewers = BTreeSet::new();
    for id in named.iter().copied().chain(shown).collect::<BTreeSet<_>>() {
        let Some(person) = tx.person(id).await? else { continue };
        // Who has not come in yet gets what the organisation shares with everything else of it.
        let here = person.role == Role::Customer && (person.joined || named.contains(&id));
        if here && ticket.is_seen_by(&viewer(tx, &person, now).await?) {
            viewers.insert(id);
        }
    }
    Ok(viewers)
}

async fn viewer<T: Tx>(tx: &mut T, person: &Person, now: Timestamp) -> Result<Viewer, DeskError> {
    let memberships = tx.memberships(person.id).await?;
    let organisations = memberships.iter().filter(|one| one.holds(now)).map(|one| one.organisation).collect();
    Ok(Viewer { id: person.id, role: person.role, organisations })
}

async fn open<T: Tx>(
    tx: &mut T,
    rng: &Rng,
    person: PersonId,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<(), DeskError> {
    let stream = Stream::Ticket(ticket.id);
    if tx.grant(person, stream, 1).await? {
        note(tx, rng, person, EventBody::StreamOpened { stream, head: 0 }, now);
    }
    Ok(())
}

async fn close<T: Tx>(
    tx: &mut T,
    rng: &Rng,
    person: PersonId,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<(), DeskError> {
    let stream = Stream::Ticket(ticket.id);
    if tx.leave(person, stream).await? {
        note(tx, rng, person, EventBody::StreamClosed { stream }, now);
    }
    Ok(())
}
