//! The specialist's queue.

use std::sync::Arc;

use opora_domain::{ConversationId, request::State};
use opora_ipc::{
    UiError,
    conversation::ConversationView,
    queue::{OfferRef, QueueView, SetPresence},
};
use opora_wire::OpBody;

use crate::{core::Core, outbox::no_account, refusal::local, world::Changes};

/// The queue now.
pub(super) fn queue(core: &Arc<Core>) -> QueueView {
    let state = core.state();
    state.queue_view(core.rev(), core.clock().now())
}

/// Takes a request; answers with its conversation as soon as it is here.
pub(super) async fn accept(
    core: &Arc<Core>,
    OfferRef { request, epoch }: OfferRef,
) -> Result<ConversationView, UiError> {
    core.execute(OpBody::Accept { request, epoch }).await?;
    let conversation = ConversationId(request.0);
    core.until_known(|world| {
        let talk = world.conversations.get(&conversation);
        talk.is_some_and(|talk| talk.ask.is_some() && talk.members.contains_key(&world.me))
    })
    .await;
    super::conversation::open(core, conversation).await
}

/// "Not now."
pub(super) async fn decline(core: &Arc<Core>, OfferRef { request, epoch }: OfferRef) -> Result<QueueView, UiError> {
    core.execute(OpBody::Decline { request, epoch }).await?;
    core.until_known(|world| {
        let mine = |state| matches!(state, State::Offered { to, .. } if to == world.me);
        world.requests.get(&request).is_none_or(|one| one.epoch > epoch || !mine(one.state))
    })
    .await;
    Ok(queue(core))
}

/// Takes requests or not, now and after the next start.
pub(super) async fn set_presence(core: &Arc<Core>, SetPresence { on_line }: SetPresence) -> Result<QueueView, UiError> {
    let account = core.state().account_id().ok_or_else(no_account)?;
    let _in_turn = core.declaring.lock().await;
    core.execute(OpBody::SetPresence { on_line }).await?;
    core.vault.set(account, "on_line", if on_line { "true" } else { "false" }).await.map_err(local)?;
    core.state().on_line = on_line;
    core.publish(Changes { queue: true, ..Changes::default() }).await;
    Ok(queue(core))
}
