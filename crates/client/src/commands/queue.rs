//! The specialist's queue.

use std::sync::Arc;

use opora_domain::{ConversationId, request::State};
use opora_ipc::{
    UiError,
    conversation::ConversationView,
    queue::{DeclineOffer, OfferRef, QueueView},
};
use opora_wire::OpBody;

use crate::core::Core;

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
pub(super) async fn decline(
    core: &Arc<Core>,
    DeclineOffer { request, epoch, reason }: DeclineOffer,
) -> Result<QueueView, UiError> {
    core.execute(OpBody::Decline { request, epoch, reason }).await?;
    core.until_known(|world| {
        let mine = |state| matches!(state, State::Offered { to, .. } if to == world.me);
        world.requests.get(&request).is_none_or(|one| one.epoch > epoch || !mine(one.state))
    })
    .await;
    Ok(queue(core))
}
