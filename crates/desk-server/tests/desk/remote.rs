//! What a remote session needs of the desk.

use opora_domain::{
    SessionId,
    role::Role,
    scope::Scope,
    session::{EndReason, State},
};
use opora_wire::{
    EventBody, OpBody, RefusalCode, ToClient, ToDesk,
    signal::{Signal, SignalBody},
};

use crate::office::{Client, Office, TestResult};

async fn moved(client: &mut Client, to: State) -> TestResult<Option<EndReason>> {
    client
        .until("the session moved", |event| match &event.body {
            EventBody::SessionMoved { state, reason, .. } if *state == to => Some(*reason),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn signals_pass_between_the_two_devices_and_nobody_else() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let session = SessionId(office.id());
    let scopes = [Scope::View, Scope::Pointer].into();
    boris.must(OpBody::AskScreen { session, conversation, scopes, reason: "Посмотреть печать".into() }).await?;
    anna.until("the question", |event| matches!(event.body, EventBody::SessionAsked { .. }).then_some(())).await?;
    let wider = anna.try_do(OpBody::AllowScreen { session, scopes: [Scope::Keyboard].into() }).await?;
    assert_eq!(wider.map_err(|refusal| refusal.code), Err(RefusalCode::Invalid), "more than was asked for");
    anna.must(OpBody::AllowScreen { session, scopes: [Scope::View].into() }).await?;
    moved(&mut boris, State::Live).await?;

    let (to_boris, from_anna) = (boris.device.verifying_key().into(), anna.device.verifying_key().into());
    let candidate = |text: &str| SignalBody::Candidate { candidate: text.into() };
    oleg.tell(ToDesk::Signal(Signal { session, device: to_boris, n: 0, body: candidate("olegs") })).await?;
    oleg.ask(ToDesk::Ping).await?;
    anna.tell(ToDesk::Signal(Signal { session, device: to_boris, n: 0, body: candidate("annas") })).await?;
    let got = boris.until_frame("a signal", |frame| match frame {
        ToClient::Signal(signal) => Some(signal.clone()),
        _ => None,
    });
    assert_eq!(got.await?, Signal { session, device: from_anna, n: 0, body: candidate("annas") });

    boris.must(OpBody::Close { conversation }).await?;
    assert_eq!(moved(&mut anna, State::Ended).await?, Some(EndReason::ConversationClosed));
    Ok(())
}

#[tokio::test]
async fn a_question_for_the_screen_that_nobody_answers_ends_after_two_minutes() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let session = SessionId(office.id());
    let scopes = [Scope::View].into();
    boris.must(OpBody::AskScreen { session, conversation, scopes, reason: "Посмотреть".into() }).await?;
    office.clock.shift(opora_domain::session::ASK_LIFE);
    assert_eq!(moved(&mut boris, State::Ended).await?, Some(EndReason::NoAnswer));
    let late = anna.try_do(OpBody::AllowScreen { session, scopes: [Scope::View].into() }).await?;
    assert_eq!(late.map_err(|refusal| refusal.code), Err(RefusalCode::Closed));
    Ok(())
}

#[tokio::test]
async fn anna_sees_that_boris_is_there_and_that_he_went() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    office.conversation(&mut anna, &mut boris).await?;
    let device = boris.device.verifying_key().into();
    anna.until_frame("he is there", |frame| match frame {
        ToClient::Present { devices } if devices.contains(&device) => Some(()),
        _ => None,
    })
    .await?;
    drop(boris);
    anna.until_frame("he went", |frame| match frame {
        ToClient::Present { devices } if devices.is_empty() => Some(()),
        _ => None,
    })
    .await
}
