//! Asking vendors.

use std::sync::Arc;

use opora_domain::{MessageId, OrganisationId, message::Draft};
use opora_history::NewOp;
use opora_ipc::{
    ErrorCode, UiError,
    conversation::{ConversationRef, EntryView},
    vendor::{
        Escalate, FileToVendor, HandOver, MakeVendor, QuoteVendor, SayToVendor, VendorRows, VendorThread, VendorView,
    },
};
use opora_wire::{OpBody, vendor::Op};

use super::op_row;
use crate::{core::Core, files::Source};

/// Organisations that are vendors.
pub(super) fn vendors(core: &Arc<Core>) -> Vec<VendorView> {
    core.state().vendor_views()
}

/// Makes one; the list holds it.
pub(super) async fn make(core: &Arc<Core>, args: MakeVendor) -> Result<Vec<VendorView>, UiError> {
    let (organisation, name) = (OrganisationId(core.new_op().0), args.name.trim().to_owned());
    if name.is_empty() {
        return Err(UiError::permanent(ErrorCode::Empty, "a vendor has a name"));
    }
    core.execute(OpBody::Vendor(Op::Make { organisation, name })).await?;
    core.until_known(|world| world.vendors.contains(&organisation)).await;
    Ok(vendors(core))
}

/// Questions, newest first.
pub(super) fn rows(core: &Arc<Core>) -> VendorRows {
    let state = core.state();
    state.vendor_rows(core.rev())
}

/// What is said with a vendor.
pub(super) fn thread(core: &Arc<Core>, args: ConversationRef) -> VendorThread {
    core.vendor_thread(args.conversation)
}

/// Asks a vendor.
pub(super) async fn escalate(core: &Arc<Core>, args: Escalate) -> Result<VendorThread, UiError> {
    let Escalate { conversation, organisation, question, messages } = args;
    let (epoch, before) = (super::transfer::epoch(core, conversation), count(core, &args.conversation));
    let op = Op::Escalate { conversation, epoch, organisation, question, messages };
    core.execute(OpBody::Vendor(op)).await?;
    core.until_known(|world| world.vendor.get(&conversation).is_some_and(|events| events.len() > before)).await;
    Ok(core.vendor_thread(conversation))
}

/// Hands more messages over.
pub(super) async fn hand_over(core: &Arc<Core>, args: HandOver) -> Result<VendorThread, UiError> {
    let HandOver { conversation, messages } = args;
    let before = count(core, &conversation);
    core.execute(OpBody::Vendor(Op::HandOver { conversation, messages })).await?;
    core.until_known(|world| world.vendor.get(&conversation).is_some_and(|events| events.len() > before)).await;
    Ok(core.vendor_thread(conversation))
}

/// Writes to the other firm; it may wait for the network.
pub(super) async fn say(core: &Arc<Core>, args: SayToVendor) -> Result<VendorThread, UiError> {
    let SayToVendor { conversation, text } = args;
    let op = core.new_op();
    let draft = Draft { id: MessageId(op.0), text, reply_to: None, file: None };
    draft.check().map_err(|error| UiError::permanent(ErrorCode::Empty, error))?;
    let body = OpBody::Vendor(Op::Say { conversation, draft });
    queue(core, args.conversation, op, &body, Vec::new()).await
}

/// Sends a file to the other firm.
pub(super) async fn file(core: &Arc<Core>, args: FileToVendor) -> Result<VendorThread, UiError> {
    let FileToVendor { conversation, path } = args;
    let file = core.copy_in(Source::Path(path)).await?;
    let (op, upload) = (core.new_op(), core.upload_op(&file, Some(conversation)));
    let draft = Draft { id: MessageId(op.0), text: String::new(), reply_to: None, file: Some(file) };
    queue(core, conversation, op, &OpBody::Vendor(Op::Say { conversation, draft }), vec![upload]).await
}

async fn queue(
    core: &Arc<Core>,
    conversation: opora_domain::ConversationId,
    op: opora_domain::OpId,
    body: &OpBody,
    mut before: Vec<NewOp>,
) -> Result<VendorThread, UiError> {
    let needs: Vec<String> = match body {
        OpBody::Vendor(Op::Say { draft, .. }) => draft.file.iter().map(|file| file.hash.clone()).collect(),
        _ => Vec::new(),
    };
    before.push(op_row(op, format!("vendor:{conversation}"), "consult", body, &needs));
    core.enqueue(&before).await?;
    Ok(core.vendor_thread(conversation))
}

/// The question is settled.
pub(super) async fn settle(core: &Arc<Core>, args: ConversationRef) -> Result<VendorThread, UiError> {
    let ConversationRef { conversation } = args;
    let before = count(core, &conversation);
    core.execute(OpBody::Vendor(Op::Settle { conversation })).await?;
    core.until_known(|world| world.vendor.get(&conversation).is_none_or(|events| events.len() > before)).await;
    Ok(core.vendor_thread(conversation))
}

/// Quotes the vendor's answer in the talk, with its file.
pub(super) async fn quote(core: &Arc<Core>, args: QuoteVendor) -> Result<EntryView, UiError> {
    let QuoteVendor { conversation, message, text } = args;
    let gone = || UiError::permanent(ErrorCode::NotFound, "there is no such answer");
    let said = core.said(message).await.ok_or_else(gone)?;
    let op = core.new_op();
    let draft = Draft { id: MessageId(op.0), text: text.trim().to_owned(), reply_to: None, file: said.file };
    draft.check().map_err(|error| UiError::permanent(ErrorCode::Empty, error))?;
    super::conversation::say(core, conversation, op, draft, Vec::new()).await
}

fn count(core: &Arc<Core>, conversation: &opora_domain::ConversationId) -> usize {
    let state = core.state();
    state.world.as_ref().and_then(|world| world.vendor.get(conversation)).map_or(0, Vec::len)
}
