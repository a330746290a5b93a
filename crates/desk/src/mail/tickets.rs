//! Letters about tickets: what happens is noted beside the choice of whoever may want to hear of it, and written
//! when it is due. So a letter of the day needs no timer of its own, and what is erased until then is in none.

use std::collections::BTreeMap;

use opora_domain::{
    PersonId, TicketId, Timestamp,
    mail::{Choice, TicketLetters},
    role::Role,
    ticket::{Status, Ticket},
};
use opora_wire::event::Stream;
use uuid::Uuid;

use super::named_by;
use crate::{
    desk::DeskError,
    letters::ticket::{self, Happened},
    store::{
        Answer, Tx,
        mail::{Letter, Stage},
    },
};

/// One entry of a ticket's history, as a letter tells of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// Its id.
    pub(crate) id: Uuid,
    /// Where the ticket was moved.
    pub(crate) status: Option<Status>,
    /// Something was said aloud.
    pub(crate) said: bool,
    /// By the firm's people, or by the desk; else by the client's.
    pub(crate) by_firm: bool,
}

/// Notes it for the other side: the customer and those of the client who watch, or who works on it and those of
/// the firm who watch.
pub(crate) async fn note<T: Tx>(tx: &mut T, ticket: &Ticket, entry: Entry, now: Timestamp) -> Answer<()> {
    if (entry.status.is_none() && !entry.said) || tx.mail_server().await?.is_none() {
        return Ok(());
    }
    let others = if entry.by_firm { Some(ticket.customer) } else { ticket.assignee };
    for person in others.iter().chain(ticket.watchers.difference(&others.into_iter().collect())) {
        let Some(known) = tx.person(*person).await? else { continue };
        if (known.role == Role::Customer) != entry.by_firm {
            continue;
        }
        let due = tx.mail_choice(*person).await?.and_then(|choice| choice.ticket_letter(now));
        if let Some(due) = due {
            let Entry { id, status, said, .. } = entry;
            tx.note_stage(&Stage { person: *person, ticket: ticket.id, entry: id, status, said, due }).await?;
        }
    }
    Ok(())
}

/// Writes what is due: a letter for each ticket, or one of the day.
pub(super) async fn write<T: Tx>(tx: &mut T, firm: &str, now: Timestamp) -> Result<(), DeskError> {
    let mut people: BTreeMap<PersonId, Vec<Stage>> = BTreeMap::new();
    for stage in tx.take_stages(now).await? {
        people.entry(stage.person).or_default().push(stage);
    }
    for (person, stages) in people {
        let Some(choice) = tx.mail_choice(person).await? else { continue };
        let tickets = happened(tx, person, &stages).await?;
        let Some(last) = stages.last().filter(|_| !tickets.is_empty()) else { continue };
        match choice.tickets {
            TicketLetters::Never => {}
            TicketLetters::AtOnce => {
                for (ticket, entry, one) in tickets {
                    let (subject, text) = ticket::stage(choice.tongue, firm, &one);
                    queue(tx, (person, &choice), format!("ticket/{ticket}/{entry}/{person}"), (subject, text), now)
                        .await?;
                }
            }
            TicketLetters::Daily { .. } => {
                let all: Vec<Happened> = tickets.into_iter().map(|(_, _, one)| one).collect();
                let texts = ticket::digest(choice.tongue, firm, &all);
                queue(tx, (person, &choice), format!("tickets/{person}/{}", last.entry), texts, now).await?;
            }
        }
    }
    Ok(())
}

/// What happened to each ticket that the person still sees, with its last entry; by number.
async fn happened<T: Tx>(
    tx: &mut T,
    person: PersonId,
    stages: &[Stage],
) -> Result<Vec<(TicketId, Uuid, Happened)>, DeskError> {
    let mut tickets: BTreeMap<TicketId, Vec<&Stage>> = BTreeMap::new();
    for stage in stages {
        tickets.entry(stage.ticket).or_default().push(stage);
    }
    let mut all = Vec::new();
    for (id, stages) in tickets {
        let (Some(kept), Some(last)) = (tx.ticket(id).await?, stages.last()) else { continue };
        if !sees(tx, person, &kept.ticket).await? {
            continue;
        }
        let Ticket { number, subject, .. } = kept.ticket;
        let status = stages.iter().rev().find_map(|stage| stage.status);
        let answers = stages.iter().filter(|stage| stage.said).count();
        all.push((id, last.entry, Happened { number, subject, status, answers }));
    }
    all.sort_by_key(|(_, _, one)| one.number);
    Ok(all)
}

async fn sees<T: Tx>(tx: &mut T, person: PersonId, ticket: &Ticket) -> Result<bool, DeskError> {
    let staff = tx.person(person).await?.is_some_and(|person| person.role.is_staff());
    Ok(staff || ticket.customer == person || tx.may_read(person, Stream::Ticket(ticket.id)).await?)
}

async fn queue<T: Tx>(
    tx: &mut T,
    (person, choice): (PersonId, &Choice),
    key: String,
    (subject, text): (String, String),
    now: Timestamp,
) -> Result<(), DeskError> {
    let Some(address) = choice.address.clone() else { return Ok(()) };
    let (id, person, due) = (named_by(&key), Some(person), choice.after_quiet(now));
    tx.queue_letter(&Letter { id, key, person, address, subject, text, written_at: now, due, attempts: 0 }).await?;
    Ok(())
}
