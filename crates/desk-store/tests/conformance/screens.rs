//! A session at the customer's screen when its talk changes hands: it goes along if the customer says yes
//! once more, and no device gets anything by an old yes.

use opora_desk::{
    record::Screen,
    store::{ContractsStore, Store, Tx},
};
use opora_domain::{
    SessionId, Timestamp, TransferId,
    request::State as Request,
    scope::{Scope, Scopes},
    session::{EndReason, State},
};
use opora_wire::{
    OpBody, OpResult, RefusalCode, contract,
    event::{EventBody, Stream},
    transfer,
};

use crate::{
    office::{Engine, TestResult},
    transfers::Talk,
};

fn scopes() -> Scopes {
    [Scope::View, Scope::Pointer].into()
}

/// Boris sees what Anna allowed, and offers the talk to Vera.
async fn shared<S: Store>(talk: &Talk<S>, stays: bool) -> TestResult<(SessionId, TransferId)> {
    let session = SessionId(talk.office.rng.uuid_v7(Timestamp(1)));
    let asked = [Scope::View, Scope::Pointer, Scope::Keyboard].into();
    let ask = OpBody::AskScreen { session, conversation: talk.id, scopes: asked, reason: "Печать".into() };
    talk.act(&talk.boris, ask).await?;
    talk.act(&talk.anna, OpBody::AllowScreen { session, scopes: scopes() }).await?;
    Ok((session, talk.offer(stays, Vec::new()).await?))
}

async fn vera_accepts<S: Store>(talk: &Talk<S>, transfer: TransferId) -> TestResult<(SessionId, OpResult)> {
    let session = SessionId(talk.office.rng.uuid_v7(Timestamp(1)));
    let accept = transfer::Op::Accept { transfer, session: Some(session) };
    Ok((session, talk.act(&talk.vera, OpBody::Transfer(accept)).await?))
}

async fn screen<S: Store>(talk: &Talk<S>, session: SessionId) -> TestResult<Option<Screen>> {
    Ok(talk.office.desk.store().begin().await?.screen(session).await?)
}

async fn ended<S: Store>(talk: &Talk<S>, session: SessionId) -> Vec<EndReason> {
    let events = talk.reads(&talk.anna, Stream::Conversation(talk.id)).await.unwrap_or_default();
    let how = events.into_iter().filter_map(|event| match event.body {
        EventBody::SessionMoved { session: one, state: State::Ended, reason, .. } if one == session => reason,
        _ => None,
    });
    how.collect()
}

pub(crate) async fn the_session_goes_along_once_anna_has_said_yes_to_vera<E: Engine>() -> TestResult {
    for stays in [false, true] {
        let (store, _place) = E::open().await?;
        let talk = Talk::begin(store).await?;
        let (before, offer) = shared(&talk, stays).await?;
        let (after, answer) = vera_accepts(&talk, offer).await?;
        assert_eq!(answer, OpResult::GoesOn { session: after, scopes: scopes() }, "for what Boris had, and no more");
        assert_eq!(ended(&talk, before).await, [EndReason::HandedOver], "his is over, also when he stays");
        let asked = screen(&talk, after).await?.ok_or("Anna is asked")?;
        assert_eq!((asked.state, asked.helper), (State::Requested, talk.vera.person.id));
        assert_eq!((asked.helper_device, asked.controlled), (talk.vera.device, None), "nobody has said yes to her");
        let events = talk.reads(&talk.anna, Stream::Conversation(talk.id)).await.unwrap_or_default();
        let follows = events.iter().any(|event| {
            event.by == Some(talk.vera.person.id)
                && matches!(&event.body, EventBody::SessionAsked { after: Some(from), .. } if *from == before)
        });
        assert!(follows, "Anna's device knows what it goes on from");

        let wider = OpBody::AllowScreen { session: after, scopes: [Scope::View, Scope::Keyboard].into() };
        assert_eq!(talk.refused(&talk.anna, wider).await?, RefusalCode::Invalid);
        let by_boris = OpBody::AllowScreen { session: after, scopes: scopes() };
        assert_eq!(talk.refused(&talk.boris, by_boris).await?, RefusalCode::NotAllowed);
        talk.act(&talk.anna, OpBody::AllowScreen { session: after, scopes: scopes() }).await?;
        assert_eq!(screen(&talk, after).await?.map(|one| one.state), Some(State::Live));
    }
    Ok(())
}

pub(crate) async fn when_anna_says_no_to_vera_the_talk_is_handed_over_all_the_same<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let (before, offer) = shared(&talk, false).await?;
    let (after, _) = vera_accepts(&talk, offer).await?;
    talk.act(&talk.anna, OpBody::EndSession { session: after, reason: EndReason::Refused }).await?;
    assert_eq!(talk.state().await?.0, Request::Accepted { by: talk.vera.person.id });
    assert_eq!(
        (ended(&talk, before).await, ended(&talk, after).await),
        (vec![EndReason::HandedOver], vec![EndReason::Refused])
    );
    talk.say(&talk.vera, "Тогда опишите словами").await?;
    Ok(())
}

pub(crate) async fn without_a_session_of_the_giver_or_a_free_receiver_nobody_is_asked<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let (before, offer) = shared(&talk, false).await?;
    talk.act(&talk.anna, OpBody::EndSession { session: before, reason: EndReason::StoppedByCustomer }).await?;
    let (after, answer) = vera_accepts(&talk, offer).await?;
    assert_eq!((answer, screen(&talk, after).await?), (OpResult::Done, None), "Anna stopped it meanwhile");

    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let (before, transfer) = shared(&talk, false).await?;
    let accept = transfer::Op::Accept { transfer, session: None };
    assert_eq!(talk.act(&talk.vera, OpBody::Transfer(accept)).await?, OpResult::Done);
    assert_eq!(ended(&talk, before).await, [EndReason::HandedOver], "Vera is at another screen: it ends");
    Ok(())
}

pub(crate) async fn boris_notes_the_time_of_his_session_after_the_talk_went_on_with_vera_who_may_not<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let (before, offer) = shared(&talk, false).await?;
    vera_accepts(&talk, offer).await?;
    let note = || {
        let work = contract::Work::Session(before);
        OpBody::Contract(contract::Op::NoteTime { work, minutes: 25 })
    };
    assert_eq!(talk.refused(&talk.vera, note()).await?, RefusalCode::NotAllowed, "it was not her work");
    assert_eq!(talk.refused(&talk.anna, note()).await?, RefusalCode::NotAllowed);
    talk.act(&talk.boris, note()).await?;
    let noted = store.time_spent(Timestamp(0), Timestamp(i64::MAX)).await?;
    assert_eq!(noted.iter().map(|one| (one.minutes, one.by)).collect::<Vec<_>>(), [(25, talk.boris.person.id)]);
    Ok(())
}
