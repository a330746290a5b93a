//! Invitations into talks that nobody answers any more.

use opora_domain::{
    InvitationId, RequestId,
    invitation::{Ended, Invitation},
};
use opora_wire::{
    event::{EventBody, Stream},
    participant::Event,
};

use crate::{
    desk::{Desk, DeskError},
    store::{Store, Tx, invitation::InvitationsTx},
};

/// What is said when an invitation ends: to the firm's people in the talk, and to the one who was asked.
pub(crate) fn ended_events(invitation: &Invitation, how: &Ended) -> [(Stream, EventBody); 2] {
    let Invitation { id, conversation, person, .. } = *invitation;
    let ended = Event::InvitationEnded { invitation: id, conversation, person, how: how.clone() };
    [Stream::ConversationStaff(conversation), Stream::Person(person)]
        .map(|stream| (stream, EventBody::Participant(ended.clone())))
}

/// Ends what has lapsed; both sides are told.
pub(crate) async fn end_lapsed<S: Store>(desk: &Desk<S>) -> Result<(), DeskError> {
    for id in desk.inner.store.lapsed_invitations(desk.now()).await? {
        end_one(desk, id).await?;
    }
    Ok(())
}

async fn end_one<S: Store>(desk: &Desk<S>, id: InvitationId) -> Result<(), DeskError> {
    let now = desk.now();
    let mut tx = desk.inner.store.begin().await?;
    let Some(invitation) = tx.open_invitation(id).await? else { return Ok(()) };
    let Some(request) = tx.request(RequestId(invitation.conversation.0)).await? else { return Ok(()) };
    let Some(how) = invitation.lapse(request.state, now) else { return Ok(()) };
    if !tx.end_invitation(id, &how).await? {
        return Ok(());
    }
    for (stream, body) in ended_events(&invitation, &how) {
        tx.append(desk.own_event(stream, body));
    }
    desk.commit(tx, now).await?;
    Ok(())
}
