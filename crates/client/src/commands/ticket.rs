//! Tickets: made, changed, listed, taken out.

mod drafts;
pub(crate) mod export;
mod files;
mod links;
mod list;
mod print;
mod setup;
mod update;

use std::sync::Arc;

use opora_domain::{
    OpId, TicketId,
    message::Attachment,
    role::Role,
    ticket::{Draft, DraftError, More},
};
use opora_history::NewOp;
use opora_ipc::{
    ErrorCode, UiError,
    ticket::{MakeTicket, TicketView},
};
use opora_wire::OpBody;

pub(super) use self::{
    drafts::{drafts, drop_draft, keep_draft},
    export::export,
    files::open_file,
    links::{link, part_of},
    list::{list, open, saw, similar},
    print::print,
    setup::{keep_lists, lists, put_categories, put_terms, put_tracker, setup},
    update::{note_time, publish, put_item, rate, settle, update, update_many, vote, watch},
};
use super::conversation::op_row;
use crate::{core::Core, files::Source};

/// What goes to the desk in its order for one ticket.
fn lane(ticket: TicketId) -> String {
    format!("ticket:{ticket}")
}

/// Copies files in, so that the originals may go, and queues their way to the desk.
async fn take_in(core: &Arc<Core>, paths: Vec<String>) -> Result<(Vec<Attachment>, Vec<NewOp>), UiError> {
    let (mut files, mut ops) = (Vec::new(), Vec::new());
    for path in paths {
        let file = core.copy_in(Source::Path(path)).await?;
        ops.push(core.upload_op(&file, None));
        files.push(file);
    }
    Ok((files, ops))
}

fn wrong(error: DraftError) -> UiError {
    match error {
        DraftError::NoSubject => UiError::permanent(ErrorCode::Empty, error),
        DraftError::SubjectTooLong | DraftError::TextTooLong | DraftError::TooManyFiles => {
            UiError::permanent(ErrorCode::TooLong, error)
        }
    }
}

/// Keeps the ticket and its files before it answers; its number comes from the desk. What was a draft is none any
/// more, and sent once however often it is asked for.
pub(super) async fn make_ticket(core: &Arc<Core>, args: MakeTicket) -> Result<TicketView, UiError> {
    let op = args.draft.map_or_else(|| core.new_op(), |draft| OpId(draft.0));
    let id = TicketId(op.0);
    if let Some(made) = view(core, id) {
        return Ok(made);
    }
    let kept = match args.draft {
        Some(draft) => drafts::files_of(core, draft).await?,
        None => Vec::new(),
    };
    let of_draft = args.draft.is_some();
    let (mut draft, paths) = drafted(core, id, args)?;
    draft.check().map_err(wrong)?;
    let (files, mut ops) = take_in(core, paths).await?;
    ops.extend(kept.iter().map(|file| core.upload_op(file, None)));
    draft.files = kept.into_iter().chain(files).collect();
    draft.check().map_err(wrong)?;
    let needs: Vec<String> = draft.files.iter().map(|file| file.hash.clone()).collect();
    ops.push(op_row(op, lane(id), "ticket", &OpBody::MakeTicket { draft }, &needs));
    core.enqueue(&ops).await?;
    if of_draft {
        drafts::tell(core).await?;
    }
    view(core, id).ok_or_else(|| UiError::permanent(ErrorCode::Internal, "the ticket is gone"))
}

fn view(core: &Arc<Core>, id: TicketId) -> Option<TicketView> {
    let at = core.at();
    core.state().ticket_views(at, 1, |ticket| ticket.id == id).pop()
}

/// The ticket without its files, and the paths of these.
fn drafted(core: &Arc<Core>, id: TicketId, args: MakeTicket) -> Result<(Draft, Vec<String>), UiError> {
    let (customer, known) = {
        let state = core.state();
        let talk = args.conversation.and_then(|id| state.world.as_ref()?.conversations.get(&id));
        let of_talk = talk.and_then(|talk| talk.customer);
        let customer = args.customer.or(of_talk).filter(|_| state.role() != Role::Customer);
        (customer, args.conversation.is_none_or(|id| state.conversation_row(0, id).is_some()))
    };
    if !known {
        return Err(UiError::permanent(ErrorCode::NotFound, "no such conversation"));
    }
    let draft = Draft {
        id,
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
    Ok((draft, args.files))
}
