//! Tickets.

use std::sync::Arc;

use opora_domain::{
    TicketId,
    role::Role,
    ticket::{Draft, DraftError, More},
};
use opora_ipc::{
    ErrorCode, UiError,
    ticket::{MakeTicket, TicketView},
};
use opora_wire::OpBody;

use super::conversation::op_row;
use crate::{core::Core, files::Source};

/// Keeps the ticket and its files before it answers; its number comes from the desk.
pub(super) async fn make_ticket(core: &Arc<Core>, args: MakeTicket) -> Result<TicketView, UiError> {
    let op = core.new_op();
    let (customer, known) = {
        let state = core.state();
        let talk = args.conversation.and_then(|id| state.world.as_ref()?.conversations.get(&id));
        let customer = talk.and_then(|talk| talk.customer).filter(|_| state.role() != Role::Customer);
        (customer, args.conversation.is_none_or(|id| state.conversation_row(0, id).is_some()))
    };
    if !known {
        return Err(UiError::permanent(ErrorCode::NotFound, "no such conversation"));
    }
    let mut draft = Draft {
        id: TicketId(op.0),
        conversation: args.conversation,
        customer,
        subject: args.subject.trim().to_owned(),
        description: args.description,
        kind: args.kind,
        priority: args.priority,
        files: Vec::new(),
        more: More {
            organisation: args.organisation,
            message: args.message,
            session: args.session,
            tracker: args.tracker,
            category: args.category,
            product: args.product,
            release: args.release,
            due: args.due,
            visibility: args.visibility,
            custom: args.custom,
            joins: args.joins,
        },
    };
    draft.check().map_err(|error| match error {
        DraftError::NoSubject => UiError::permanent(ErrorCode::Empty, error),
        DraftError::SubjectTooLong | DraftError::TextTooLong | DraftError::TooManyFiles => {
            UiError::permanent(ErrorCode::TooLong, error)
        }
    })?;
    let mut ops = Vec::new();
    for path in args.files {
        let file = core.copy_in(Source::Path(path)).await?;
        ops.push(core.upload_op(&file, args.conversation));
        draft.files.push(file);
    }
    let needs: Vec<String> = draft.files.iter().map(|file| file.hash.clone()).collect();
    let id = draft.id;
    ops.push(op_row(op, format!("ticket:{id}"), "ticket", &OpBody::MakeTicket { draft }, &needs));
    core.enqueue(&ops).await?;
    let tickets = core.tickets_view().tickets;
    let made = tickets.into_iter().find(|ticket| ticket.id == id);
    made.ok_or_else(|| UiError::permanent(ErrorCode::Internal, "the ticket is gone"))
}
