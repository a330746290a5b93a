//! Handing talks over, who is in them, and notes beside them.

use std::sync::Arc;

use opora_domain::{ConversationId, MessageId, TransferId, transfer::BriefError};
use opora_ipc::{
    ErrorCode, UiError,
    app::Nothing,
    conversation::{ConversationRef, ConversationView},
    transfer::{BesideView, ColleagueView, DeclineTalk, OfferTalk, QueueTalk, TransferRef, TransfersView, WriteNote},
};
use opora_wire::{OpBody, Stream, note, participant, transfer};

use super::{NOTHING, op_row};
use crate::{
    core::Core,
    outbox::no_account,
    refusal::local,
    world::{Changes, World},
};

/// What is being handed over.
pub(super) fn transfers(core: &Arc<Core>) -> TransfersView {
    core.transfers_view()
}

/// Offers a talk to a colleague; the view holds the offer.
pub(super) async fn offer(core: &Arc<Core>, args: OfferTalk) -> Result<TransfersView, UiError> {
    let OfferTalk { conversation, to, brief, picked, stays } = args;
    check(brief.check(picked.len()))?;
    let (transfer, epoch) = (TransferId(core.new_op().0), epoch(core, conversation));
    let op = transfer::Op::Offer { transfer, conversation, epoch, to, brief, picked, stays };
    core.execute(OpBody::Transfer(op)).await?;
    core.until_known(|world| offered(world, conversation, transfer)).await;
    Ok(transfers(core))
}

/// Puts a talk back into a line's queue.
pub(super) async fn queue(core: &Arc<Core>, args: QueueTalk) -> Result<TransfersView, UiError> {
    let QueueTalk { conversation, line, brief, picked } = args;
    check(brief.check(picked.len()))?;
    let epoch = epoch(core, conversation);
    let op = transfer::Op::Queue { conversation, epoch, line, brief, picked };
    core.execute(OpBody::Transfer(op)).await?;
    core.until_known(|world| world.has_left(conversation)).await;
    Ok(transfers(core))
}

/// Takes a talk over; answers with it as soon as it is here.
pub(super) async fn accept(core: &Arc<Core>, args: TransferRef) -> Result<ConversationView, UiError> {
    let TransferRef { transfer } = args;
    let conversation = talk_of(core, transfer)?;
    super::session::sessions(core)?.take_over(transfer, conversation).await?;
    core.until_known(|world| world.is_inside(conversation)).await;
    super::conversation::open(core, conversation).await
}

/// Says no; the view holds the offer no longer.
pub(super) async fn decline(core: &Arc<Core>, args: DeclineTalk) -> Result<TransfersView, UiError> {
    let DeclineTalk { transfer, reason } = args;
    let conversation = talk_of(core, transfer)?;
    core.execute(OpBody::Transfer(transfer::Op::Decline { transfer, reason: reason.trim().to_owned() })).await?;
    core.until_known(|world| !offered(world, conversation, transfer)).await;
    Ok(transfers(core))
}

/// Takes an offer back.
pub(super) async fn cancel(core: &Arc<Core>, args: TransferRef) -> Result<TransfersView, UiError> {
    let TransferRef { transfer } = args;
    let conversation = talk_of(core, transfer)?;
    core.execute(OpBody::Transfer(transfer::Op::Cancel { transfer })).await?;
    core.until_known(|world| !offered(world, conversation, transfer)).await;
    Ok(transfers(core))
}

/// How an offer ended was read.
pub(super) async fn read_told(core: &Arc<Core>, args: TransferRef) -> TransfersView {
    if let Some(world) = &mut core.state().world {
        world.told.retain(|told| told.id != args.transfer);
    }
    core.publish(Changes { transfers: true, ..Changes::default() }).await;
    transfers(core)
}

/// Who can be brought into a talk, or take it over.
pub(super) fn colleagues(core: &Arc<Core>, args: ConversationRef) -> Vec<ColleagueView> {
    core.state().colleagues(args.conversation)
}

/// Leaves a talk that somebody else owns.
pub(super) async fn leave(core: &Arc<Core>, args: ConversationRef) -> Result<ConversationView, UiError> {
    let ConversationRef { conversation } = args;
    core.execute(OpBody::Participant(participant::Op::Leave { conversation })).await?;
    core.until_known(|world| world.has_left(conversation)).await;
    super::conversation::open(core, conversation).await
}

/// What is said beside a talk.
pub(super) fn beside(core: &Arc<Core>, args: ConversationRef) -> BesideView {
    core.beside_view(args.conversation)
}

/// Writes a note; it may wait for the network.
pub(super) async fn write_note(core: &Arc<Core>, args: WriteNote) -> Result<BesideView, UiError> {
    let WriteNote { conversation, text } = args;
    opora_domain::note::check(&text).map_err(|error| match error {
        opora_domain::note::NoteError::Empty => UiError::permanent(ErrorCode::Empty, error),
        opora_domain::note::NoteError::TooLong => UiError::permanent(ErrorCode::TooLong, error),
    })?;
    let op = core.new_op();
    let body = OpBody::Note(note::Op::Write { conversation, note: MessageId(op.0), text });
    core.enqueue(&[op_row(op, format!("beside:{conversation}"), "note", &body, &[])]).await?;
    Ok(core.beside_view(conversation))
}

/// What is written beside a talk was read; it is so after a restart, too.
pub(super) async fn saw_notes(
    core: &Arc<Core>,
    ConversationRef { conversation }: ConversationRef,
) -> Result<Nothing, UiError> {
    let (account, seq) = {
        let state = core.state();
        let world = state.world.as_ref().ok_or_else(no_account)?;
        let account = state.account_id().ok_or_else(no_account)?;
        (account, world.applied(Stream::ConversationStaff(conversation)))
    };
    let name = core.state().read_notes.name(&conversation);
    core.vault.set(account, &name, &seq.to_string()).await.map_err(local)?;
    core.state().read_notes.set(conversation, seq);
    core.publish(Changes { rows: [conversation].into(), ..Changes::default() }).await;
    Ok(NOTHING)
}

fn check(brief: Result<(), BriefError>) -> Result<(), UiError> {
    brief.map_err(|error| match error {
        BriefError::Empty => UiError::permanent(ErrorCode::Empty, error),
        BriefError::TooLong | BriefError::TooMany => UiError::permanent(ErrorCode::TooLong, error),
    })
}

pub(super) fn epoch(core: &Arc<Core>, conversation: ConversationId) -> i64 {
    core.state().world.as_ref().map_or(0, |world| world.epoch_of(conversation))
}

fn offered(world: &World, conversation: ConversationId, transfer: TransferId) -> bool {
    let offer = world.beside.get(&conversation).and_then(|beside| beside.offer.as_ref());
    offer.is_some_and(|offer| offer.id == transfer)
}

fn talk_of(core: &Arc<Core>, transfer: TransferId) -> Result<ConversationId, UiError> {
    let state = core.state();
    let world = state.world.as_ref();
    let talk = world.and_then(|world| world.handed().into_iter().find(|(_, offer)| offer.id == transfer));
    talk.map(|(id, _)| id).ok_or_else(|| UiError::permanent(ErrorCode::TransferOver, "the offer is over"))
}
