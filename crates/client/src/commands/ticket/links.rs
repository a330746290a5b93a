//! How tickets hang together: links, what goes on elsewhere, parts.

use std::sync::Arc;

use opora_domain::{
    TicketId,
    ticket::{Change, Edit, Link},
};
use opora_ipc::{
    ErrorCode, UiError,
    ticket::{LinkTicket, PartOf, TicketCard, UpdateTicket},
};
use opora_wire::ticket::Op;

use super::update::{known, send, update};
use crate::{core::Core, world::Tickets};

/// Says how it hangs together with another one, or that it goes on there.
pub(crate) async fn link(core: &Arc<Core>, args: LinkTicket) -> Result<TicketCard, UiError> {
    let LinkTicket { ticket, number, relation, on } = args;
    let other = numbered(core, number).filter(|other| *other != ticket).ok_or_else(no_such_number)?;
    let op = match relation {
        Some(relation) => Op::Link { ticket, link: Link { relation, other }, on },
        None => Op::Merge { ticket, into: other },
    };
    send(core, ticket, op).await
}

/// Says what it is a part of.
pub(crate) async fn part_of(core: &Arc<Core>, args: PartOf) -> Result<TicketCard, UiError> {
    let PartOf { ticket, number } = args;
    let parent = match number {
        Some(number) => Some(numbered(core, number).ok_or_else(no_such_number)?),
        None => None,
    };
    let within = |tickets: &Tickets| parent.is_some_and(|parent| is_within(tickets, parent, ticket));
    if core.state().world.as_ref().is_some_and(|world| within(&world.tickets)) {
        return Err(UiError::permanent(ErrorCode::OwnPart, "a ticket is no part of itself"));
    }
    let edit = Edit { was: Change::Parent(known(core, ticket)?.parent), now: Change::Parent(parent) };
    let (text, files) = (String::new(), Vec::new());
    update(core, UpdateTicket { ticket, edits: vec![edit], text, files, staff: false }).await
}

fn numbered(core: &Arc<Core>, number: i64) -> Option<TicketId> {
    let state = core.state();
    let mut all = state.world.iter().flat_map(|world| world.tickets.all.values());
    all.find(|known| known.ticket.number == number).map(|known| known.ticket.id)
}

fn no_such_number() -> UiError {
    UiError::permanent(ErrorCode::NotFound, "no ticket has this number")
}

/// Whether a ticket is another one or a part of it, by whatever way.
fn is_within(tickets: &Tickets, ticket: TicketId, whole: TicketId) -> bool {
    let mut above = Some(ticket);
    // As many steps as there are tickets: a circle, which the desk lets nobody make, would end too.
    for _ in 0..=tickets.all.len() {
        match above {
            Some(id) if id == whole => return true,
            Some(id) => above = tickets.get(id).and_then(|ticket| ticket.parent),
            None => return false,
        }
    }
    false
}
