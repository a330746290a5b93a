//! Asking people into talks, and answering.

use std::sync::Arc;

use opora_domain::{InvitationId, invitation::MOST_WORDS};
use opora_ipc::{
    ErrorCode, UiError,
    conversation::ConversationView,
    invitation::{DeclineInvitation, InvitationRef, InvitationsView, InviteIn},
};
use opora_wire::{OpBody, participant::Op};

use crate::{core::Core, world::World};

/// Asks somebody in; the view holds the invitation.
pub(super) async fn invite(core: &Arc<Core>, args: InviteIn) -> Result<InvitationsView, UiError> {
    let InviteIn { conversation, person, from, words } = args;
    let words = short(&words)?;
    let invitation = InvitationId(core.new_op().0);
    core.execute(OpBody::Participant(Op::Invite { invitation, conversation, person, from, words })).await?;
    let asked = |world: &World| {
        let open = world.invitations.values().filter(|one| one.conversation == conversation && one.ended.is_none());
        let inside = world.conversations.get(&conversation).and_then(|talk| talk.members.get(&person));
        open.into_iter().any(|one| one.person == person) || inside.is_some_and(|member| !member.left)
    };
    core.until_known(asked).await;
    Ok(core.invitations_view())
}

/// Takes an invitation back.
pub(super) async fn withdraw(core: &Arc<Core>, args: InvitationRef) -> Result<InvitationsView, UiError> {
    end(core, Op::Withdraw { invitation: args.invitation }, args.invitation).await
}

/// Says no.
pub(super) async fn decline(core: &Arc<Core>, args: DeclineInvitation) -> Result<InvitationsView, UiError> {
    let DeclineInvitation { invitation, reason } = args;
    let reason = short(&reason)?;
    end(core, Op::Decline { invitation, reason }, invitation).await
}

/// Comes in; answers with the talk as soon as it is here.
pub(super) async fn accept(core: &Arc<Core>, args: InvitationRef) -> Result<ConversationView, UiError> {
    let InvitationRef { invitation } = args;
    let conversation = {
        let state = core.state();
        let known = state.world.as_ref().and_then(|world| world.invitations.get(&invitation));
        let gone = || UiError::permanent(ErrorCode::InvitationOver, "the invitation is over");
        known.filter(|one| one.ended.is_none()).map(|one| one.conversation).ok_or_else(gone)?
    };
    core.execute(OpBody::Participant(Op::Accept { invitation })).await?;
    core.until_known(|world| {
        let me = world.conversations.get(&conversation).and_then(|talk| talk.members.get(&world.me));
        me.is_some_and(|me| !me.left) && !world.has_left(conversation)
    })
    .await;
    super::conversation::open(core, conversation).await
}

async fn end(core: &Arc<Core>, op: Op, invitation: InvitationId) -> Result<InvitationsView, UiError> {
    core.execute(OpBody::Participant(op)).await?;
    core.until_known(|world| world.invitations.get(&invitation).is_none_or(|one| one.ended.is_some())).await;
    Ok(core.invitations_view())
}

fn short(text: &str) -> Result<String, UiError> {
    let text = text.trim();
    if text.chars().count() > MOST_WORDS {
        return Err(UiError::permanent(ErrorCode::TooLong, "an invitation is short"));
    }
    Ok(text.to_owned())
}
