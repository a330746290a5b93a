//! Files of tickets.

use std::sync::Arc;

use opora_domain::message::Attachment;
use opora_ipc::{ErrorCode, UiError, app::Nothing, ticket::TicketFileRef};
use opora_wire::{Event, EventBody, ticket::Event as Said};

use super::list::events;
use crate::{commands::NOTHING, core::Core};

/// Fetches a file if it is not here, and opens it.
pub(crate) async fn open_file(core: &Arc<Core>, args: TicketFileRef) -> Result<Nothing, UiError> {
    let TicketFileRef { ticket, hash } = args;
    let events = events(core, ticket).await?;
    let waiting = core.state().ticket_now(ticket).map(|ticket| ticket.files).unwrap_or_default();
    let mut files = events.iter().flat_map(files_of).chain(&waiting);
    let file = files.find(|file| file.hash == hash);
    let file = file.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "the ticket has no such file"))?.clone();
    core.fetch_now(&file).await?;
    core.open_attachment(&file).await?;
    Ok(NOTHING)
}

fn files_of(event: &Event) -> &[Attachment] {
    match &event.body {
        EventBody::TicketMade { draft, .. } => &draft.files,
        EventBody::Ticket(Said::Updated { comment: Some(comment), .. }) => &comment.files,
        _ => &[],
    }
}
