//! Offers of talks that nobody answered, or whose talk went another way: a look once a sweep.

use opora_domain::{
    RequestId, TransferId,
    transfer::{Ended, Talk, Transfer},
};
use opora_wire::{
    event::{EventBody, Stream},
    transfer::Event,
};

use crate::{
    desk::{Desk, DeskError},
    store::{Store, Tx, transfer::TransfersTx},
};

/// What both sides, and the client, are told when an offer is over.
pub(crate) fn ended_events(offer: &Transfer, how: Ended) -> Vec<(Stream, EventBody)> {
    let Transfer { id: transfer, conversation, .. } = *offer;
    // The client learns that the owner stays; of a refusal's reason, nothing.
    let kept = matches!(how, Ended::Declined { .. } | Ended::Cancelled | Ended::Expired);
    let mut events = vec![(Stream::ConversationStaff(conversation), Event::Ended { transfer, how })];
    if kept {
        events.push((Stream::Conversation(conversation), Event::Kept { transfer }));
    }
    events.into_iter().map(|(stream, event)| (stream, EventBody::Transfer(event))).collect()
}

/// Ends what has lapsed: back to the giver, who is told.
pub(crate) async fn end_lapsed<S: Store>(desk: &Desk<S>) -> Result<(), DeskError> {
    for id in desk.inner.store.lapsed_transfers(desk.now()).await? {
        end_one(desk, id).await?;
    }
    Ok(())
}

async fn end_one<S: Store>(desk: &Desk<S>, id: TransferId) -> Result<(), DeskError> {
    let now = desk.now();
    let mut tx = desk.inner.store.begin().await?;
    let Some(offer) = tx.open_transfer(id).await? else { return Ok(()) };
    let Some(request) = tx.request(RequestId(offer.conversation.0)).await? else { return Ok(()) };
    let talk = Talk { state: request.state, epoch: request.epoch };
    let Some(how) = offer.lapse(talk, now) else { return Ok(()) };
    if !tx.end_transfer(id, &how).await? {
        return Ok(());
    }
    for (stream, body) in ended_events(&offer, how) {
        tx.append(desk.own_event(stream, body));
    }
    let beside = Stream::ConversationStaff(offer.conversation);
    if !tx.is_member(offer.to, Stream::Conversation(offer.conversation)).await? && tx.leave(offer.to, beside).await? {
        tx.append(desk.own_event(Stream::Person(offer.to), EventBody::StreamClosed { stream: beside }));
    }
    desk.commit(tx, now).await?;
    Ok(())
}
