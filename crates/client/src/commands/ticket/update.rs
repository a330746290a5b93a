//! Changes of tickets. They are kept here before the command answers, and go to the desk when there is one.

use std::sync::Arc;

use opora_domain::{
    ItemId, MessageId, OpId, TicketId,
    contract::allowance::MOST_NOTED,
    rating::Rating,
    ticket::{Change, Comment, Edit, Field, Item, Ticket, workflow::needs_words},
};
use opora_history::{AccountId, HistoryError, NewOp, OutboxRow};
use opora_ipc::{
    ErrorCode, UiError,
    ticket::{
        NoteTicketTime, PublishTicket, PutTicketItem, RateTicket, SettleTicket, SimilarView, TicketCard, UpdateTicket,
        UpdateTickets, UpdatedTickets, VoteTicket, WatchTicket,
    },
};
use opora_wire::{
    OpBody, contract,
    ticket::{Notice, Op},
};

use super::{lane, list, take_in, wrong};
use crate::{
    commands::op_row,
    core::Core,
    outbox::no_account,
    refusal::local,
    views::tickets::{CONFLICT, UPDATE},
    world::Changes,
};

/// Tickets that are changed at once at most.
const MOST_AT_ONCE: usize = 500;

/// Changes fields, says something, or both.
pub(crate) async fn update(core: &Arc<Core>, args: UpdateTicket) -> Result<TicketCard, UiError> {
    let UpdateTicket { ticket, edits, text, files, staff } = args;
    let (files, mut ops) = take_in(core, files).await?;
    let comment = Comment { text: text.trim().to_owned(), files, staff };
    comment.check().map_err(wrong)?;
    let comment = Some(comment).filter(|comment| !comment.is_empty());
    let now = known(core, ticket)?;
    let edits: Vec<Edit> = edits.into_iter().filter(|edit| edit.is_sound() && edit.was != edit.now).collect();
    check(core, &now, &edits, comment.as_ref())?;
    if edits.is_empty() && comment.is_none() {
        return list::open(core, ticket).await;
    }
    ops.push(entry(core.new_op(), ticket, edits, comment));
    core.enqueue(&ops).await?;
    list::open(core, ticket).await
}

/// The operation of one entry of the history.
fn entry(op: OpId, ticket: TicketId, edits: Vec<Edit>, comment: Option<Comment>) -> NewOp {
    let needs: Vec<String> = comment.iter().flat_map(|comment| &comment.files).map(|file| file.hash.clone()).collect();
    let body = OpBody::Ticket(Op::Update { ticket, entry: MessageId(op.0), edits, comment });
    op_row(op, lane(ticket), UPDATE, &body, &needs)
}

/// What can be known to be wrong without the desk is said at once.
fn check(core: &Core, ticket: &Ticket, edits: &[Edit], comment: Option<&Comment>) -> Result<(), UiError> {
    for edit in edits {
        edit.now.check().map_err(wrong)?;
    }
    let moves = edits.iter().find_map(|edit| match (&edit.was, &edit.now) {
        (Change::Status(from), Change::Status(to)) => Some((*from, *to)),
        _ => None,
    });
    let Some((from, to)) = moves else { return Ok(()) };
    let state = core.state();
    let world = state.world.as_ref().ok_or_else(no_account)?;
    if !world.tickets.tracker_of(ticket).workflow.may(world.role, from, to) {
        return Err(UiError::permanent(ErrorCode::NotAStep, "the workflow has no such step"));
    }
    if needs_words(from, to) && comment.is_none_or(|comment| comment.staff) {
        return Err(UiError::permanent(ErrorCode::WordsNeeded, "the customer has to be told in words"));
    }
    Ok(())
}

pub(super) fn known(core: &Core, ticket: TicketId) -> Result<Ticket, UiError> {
    let now = core.state().ticket_now(ticket);
    now.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "no such ticket"))
}

/// The same in many tickets. What may not be changed so is left and named.
pub(crate) async fn update_many(core: &Arc<Core>, args: UpdateTickets) -> Result<UpdatedTickets, UiError> {
    let UpdateTickets { tickets, changes, text } = args;
    if tickets.len() > MOST_AT_ONCE {
        return Err(UiError::permanent(ErrorCode::TooLong, "too many tickets at once"));
    }
    let comment = Comment { text: text.trim().to_owned(), files: Vec::new(), staff: false };
    comment.check().map_err(wrong)?;
    let comment = Some(comment).filter(|comment| !comment.is_empty());
    let (mut ops, mut left) = (Vec::new(), Vec::new());
    for id in tickets {
        let ticket = known(core, id)?;
        let edits = changes.iter().map(|now| Edit { was: ticket.value(now.field()), now: now.clone() });
        let edits: Vec<Edit> = edits.filter(|edit| edit.was != edit.now).collect();
        if check(core, &ticket, &edits, comment.as_ref()).is_err() {
            left.extend(core.state().ticket_label(id));
        } else if !edits.is_empty() || comment.is_some() {
            ops.push(entry(core.new_op(), id, edits, comment.clone()));
        }
    }
    if !ops.is_empty() {
        core.enqueue(&ops).await?;
    }
    Ok(UpdatedTickets { changed: u32::try_from(ops.len()).unwrap_or(u32::MAX), left })
}

/// Settles a field that two people changed to different things.
pub(crate) async fn settle(core: &Arc<Core>, args: SettleTicket) -> Result<TicketCard, UiError> {
    let SettleTicket { ticket, id, field, mine } = args;
    let conflict = core
        .state()
        .ticket_conflicts(ticket)
        .into_iter()
        .find(|(entry, conflict)| *entry == id && conflict.mine.field() == field);
    let Some((_, conflict)) = conflict else { return list::open(core, ticket).await };
    if mine {
        let edit = Edit { was: conflict.theirs, now: conflict.mine };
        core.enqueue(&[entry(core.new_op(), ticket, vec![edit], None)]).await?;
    }
    let account = core.state().account_id().ok_or_else(no_account)?;
    core.drop_conflict(account, OpId(id.0), field).await.map_err(local)?;
    list::open(core, ticket).await
}

impl Core {
    /// The desk has an update: what it left, because somebody else changed it, is kept for the person to choose.
    pub(crate) async fn settle_ticket_update(
        &self,
        account: AccountId,
        row: &OutboxRow,
        written: bool,
        conflicts: &[Field],
    ) -> Result<(), HistoryError> {
        let Some(OpBody::Ticket(Op::Update { ticket, edits, .. })) = body_of(row) else {
            return self.vault.remove(account, &[row.op]).await;
        };
        let left: Vec<Edit> = edits.into_iter().filter(|edit| conflicts.contains(&edit.now.field())).collect();
        if !left.is_empty() {
            return self.set_aside(account, row.op, ticket, left).await;
        }
        // Until its event is here, the entry is shown from this row.
        if written && self.cache.by_id(account, row.op.0).await?.is_none() {
            return self.vault.ack(row.id).await;
        }
        self.vault.remove(account, &[row.op]).await
    }

    async fn set_aside(
        &self,
        account: AccountId,
        op: OpId,
        ticket: TicketId,
        left: Vec<Edit>,
    ) -> Result<(), HistoryError> {
        let kept = self.new_op();
        let body = OpBody::Ticket(Op::Update { ticket, entry: MessageId(kept.0), edits: left, comment: None });
        let row = op_row(kept, format!("conflict:{kept}"), CONFLICT, &body, &[]);
        let code = serde_json::to_string(&ErrorCode::TicketConflict).unwrap_or_default();
        self.vault.set_aside(account, op, Some((&row, &code)), self.clock().now()).await?;
        self.refresh(account, &[op, kept]).await
    }

    /// A field is settled; the conflict goes with its last one.
    async fn drop_conflict(&self, account: AccountId, op: OpId, field: Field) -> Result<(), HistoryError> {
        let row = self.vault.queued(account, op).await?;
        let body = row.as_ref().and_then(body_of);
        let Some(OpBody::Ticket(Op::Update { ticket, edits, .. })) = body else { return Ok(()) };
        let left: Vec<Edit> = edits.into_iter().filter(|edit| edit.now.field() != field).collect();
        if left.is_empty() {
            self.vault.remove(account, &[op]).await?;
            self.refresh(account, &[op]).await?;
        } else {
            self.set_aside(account, op, ticket, left).await?;
        }
        self.publish(Changes { app: true, tickets: true, ..Changes::default() }).await;
        Ok(())
    }
}

/// What a row asks for; none of a row that a newer version wrote.
fn body_of(row: &OutboxRow) -> Option<OpBody> {
    serde_json::from_str(&row.body).ok()
}

/// Somebody hears of it, or no longer.
pub(crate) async fn watch(core: &Arc<Core>, args: WatchTicket) -> Result<TicketCard, UiError> {
    let me = core.state().world.as_ref().map(|world| world.me).ok_or_else(no_account)?;
    let WatchTicket { ticket, person, on } = args;
    send(core, ticket, Op::Watch { ticket, person: person.unwrap_or(me), on }).await
}

/// Puts a line into the checklist, changes it, takes it out.
pub(crate) async fn put_item(core: &Arc<Core>, args: PutTicketItem) -> Result<TicketCard, UiError> {
    let PutTicketItem { ticket, item, text, done } = args;
    let text = text.trim().to_owned();
    let op = match (item, text.is_empty()) {
        (Some(item), true) => Op::DropItem { ticket, item },
        (None, true) => return Err(UiError::permanent(ErrorCode::Empty, "the line says nothing")),
        (item, false) => {
            let id = item.unwrap_or_else(|| ItemId(core.new_op().0));
            Op::PutItem { ticket, item: Item { id, text, done } }
        }
    };
    send(core, ticket, op).await
}

/// Wants a wish too, or no longer.
pub(crate) async fn vote(core: &Arc<Core>, VoteTicket { ticket, on }: VoteTicket) -> Result<SimilarView, UiError> {
    core.execute(OpBody::Ticket(Op::Vote { ticket, on })).await?;
    let is_said = || core.state().world.as_ref().is_none_or(|world| world.tickets.voted.contains(&ticket) == on);
    core.until_heard(is_said).await;
    let notices = core.state().ticket_notices();
    Ok(SimilarView { notices, tickets: Vec::new() })
}

/// Rates it.
pub(crate) async fn rate(core: &Arc<Core>, args: RateTicket) -> Result<TicketCard, UiError> {
    let RateTicket { ticket, rating: Rating { stars, comment } } = args;
    let rating = Rating { stars, comment: comment.trim().to_owned() };
    send(core, ticket, Op::Rate { ticket, rating }).await
}

/// Tells all clients of it: at once or not at all.
pub(crate) async fn publish(core: &Arc<Core>, args: PublishTicket) -> Result<TicketCard, UiError> {
    let PublishTicket { ticket, notice } = args;
    let notice = notice.map(|notice| Notice { title: notice.title.trim().to_owned(), text: notice.text });
    if notice.as_ref().is_some_and(|notice| notice.title.is_empty()) {
        return Err(UiError::permanent(ErrorCode::Empty, "the notice has no title"));
    }
    core.execute(OpBody::Ticket(Op::Publish { ticket, notice: notice.clone() })).await?;
    let told = |world: &crate::world::World| world.tickets.notices.get(&ticket).map(|told| told.notice.clone());
    core.until_heard(|| core.state().world.as_ref().is_none_or(|world| told(world) == notice)).await;
    list::open(core, ticket).await
}

/// Notes the time that it took.
pub(crate) async fn note_time(core: &Arc<Core>, args: NoteTicketTime) -> Result<TicketCard, UiError> {
    let NoteTicketTime { ticket, minutes } = args;
    if minutes > MOST_NOTED {
        return Err(UiError::permanent(ErrorCode::TooLong, "more than a day"));
    }
    known(core, ticket)?;
    let body = OpBody::Contract(contract::Op::NoteTime { work: contract::Work::Ticket(ticket), minutes });
    core.enqueue(&[op_row(core.new_op(), lane(ticket), "note_time", &body, &[])]).await?;
    list::open(core, ticket).await
}

pub(super) async fn send(core: &Arc<Core>, ticket: TicketId, op: Op) -> Result<TicketCard, UiError> {
    known(core, ticket)?;
    let row = op_row(core.new_op(), lane(ticket), "ticket_act", &OpBody::Ticket(op), &[]);
    core.enqueue(&[row]).await?;
    list::open(core, ticket).await
}
