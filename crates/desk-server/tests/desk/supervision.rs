//! Galina looks in, and the customer's device never learns of it: every frame it gets is looked at.

use opora_domain::{MessageId, request::State, role::Role};
use opora_wire::{
    EventBody, OpBody, RefusalCode, Stream, ToClient, ToDesk,
    board::{Doing, LiveBoard},
    note::Op as Note,
    supervision::{Act, Event, Op},
};

use crate::office::{Client, Office, TestResult, frames, said};

async fn board(client: &mut Client, what: &str, fits: impl Fn(&LiveBoard) -> bool) -> TestResult<LiveBoard> {
    let found = client.until_frame(what, |frame| match frame {
        ToClient::Board(board) if fits(board) => Some(board.clone()),
        _ => None,
    });
    found.await
}

#[tokio::test]
async fn a_look_a_whisper_a_message_in_sight_and_the_looks_end_are_in_no_frame_that_anna_gets() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut svetlana = office.welcome("Светлана Руднева", Role::Supervisor).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let stream = Stream::Conversation(conversation);
    let before = office.id();
    boris.must(OpBody::Say { conversation, draft: said(before, "Смотрю") }).await?;
    anna.until("his word", |event| (event.id == before).then_some(())).await?;
    let events_before = anna.log.len();

    svetlana.must(OpBody::Supervise(Op::LookIn { conversation })).await?;
    let opened = svetlana.until("the talk is open to her", |event| match event.body {
        EventBody::StreamOpened { stream: opened, head } if opened == stream => Some(head),
        _ => None,
    });
    assert!(opened.await? >= 4);
    let read = svetlana.fetch(stream).await?.map_err(crate::office::refused)?;
    assert!(read.iter().any(|event| event.id == before), "she reads what was said before");
    let whisper = Note::Write {
        conversation, note: MessageId(office.id()), text: "Спросите про драйвер".into()
    };
    svetlana.must(OpBody::Note(whisper)).await?;
    let by = boris.until("the whisper, with her name on it", |event| match &event.body {
        EventBody::Note(_) => Some(event.by),
        _ => None,
    });
    assert_eq!(by.await?, Some(svetlana.ready.person));
    let acted = svetlana.until("the trail has it", |event| match event.body {
        EventBody::Supervision(Event::Acted { act: Act::Whispered, specialist, .. }) => Some(specialist),
        _ => None,
    });
    assert_eq!(acted.await?, Some(boris.ready.person));
    // Whatever a curious or broken client of hers sends is not heard in the talk.
    svetlana.tell(ToDesk::Typing { conversation }).await?;
    for body in
        [OpBody::See { conversation, up_to: 4 }, OpBody::Say { conversation, draft: said(office.id(), "Это Светлана") }]
    {
        let refused = svetlana.try_do(body).await?;
        assert_eq!(refused.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));
    }
    // Her device goes and comes: others' presence must not show it.
    let mut svetlana = svetlana.reconnect().await?;
    svetlana.must(OpBody::Supervise(Op::LookAway { conversation })).await?;

    let last = office.id();
    boris.must(OpBody::Say { conversation, draft: said(last, "Готово") }).await?;
    anna.until("his last word", |event| (event.id == last).then_some(())).await?;
    anna.ask(ToDesk::Ping).await?;
    let since: Vec<&EventBody> = anna.log.iter().skip(events_before).map(|event| &event.body).collect();
    assert_eq!(since.len(), 1, "nothing but his word: {since:?}");
    let all = frames(&anna)?;
    let key = serde_json::to_string(&opora_domain::PublicKey::from(svetlana.device.verifying_key()))?;
    let hers = svetlana.ready.person.to_string();
    for secret in [hers.as_str(), key.trim_matches('"'), "Светлана", "supervision", "Спросите про драйвер", "/staff"]
    {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    assert!(all.contains("Борис Ким"), "the search finds what is there");
    Ok(())
}

#[tokio::test]
async fn who_takes_over_is_named_to_the_client_and_an_older_epoch_comes_too_late() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut svetlana = office.welcome("Светлана Руднева", Role::Supervisor).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let request = opora_domain::RequestId(conversation.0);
    let epoch = boris.until("accepted", |event| match event.body {
        EventBody::RequestMoved { state: State::Accepted { .. }, epoch, .. } => Some(epoch),
        _ => None,
    });
    let epoch = epoch.await?;
    let stale = svetlana.try_do(OpBody::Supervise(Op::TakeOver { request, epoch: epoch - 1, stays: false })).await?;
    assert_eq!(stale.map_err(|refusal| refusal.code), Err(RefusalCode::Moved));
    let own = boris.try_do(OpBody::Supervise(Op::TakeOver { request, epoch, stays: false })).await?;
    assert_eq!(own.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));
    svetlana.must(OpBody::Supervise(Op::TakeOver { request, epoch, stays: false })).await?;

    let named = anna.until("the new name", |event| match &event.body {
        EventBody::Joined { name, .. } if name.starts_with("Светлана") => Some(name.clone()),
        _ => None,
    });
    assert_eq!(named.await?, "Светлана Руднева");
    let told = boris.until("he is told", |event| match event.body {
        EventBody::Supervision(Event::TakenOver { by, .. }) => Some(by),
        _ => None,
    });
    assert_eq!(told.await?, svetlana.ready.person);
    let draft = opora_domain::message::Draft { id: MessageId(office.id()), ..said(office.id(), "Продолжу я") };
    svetlana.must(OpBody::Say { conversation, draft }).await?;
    Ok(())
}

#[tokio::test]
async fn the_board_comes_by_itself_and_is_right_again_after_a_reconnect() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut svetlana = office.welcome("Светлана Руднева", Role::Supervisor).await?;
    let boris_id = boris.ready.person;
    let does =
        |board: &LiveBoard, person, doing| board.people.iter().any(|one| one.person == person && one.doing == doing);
    boris.must(OpBody::SetPresence { on_line: true }).await?;
    board(&mut svetlana, "Boris is free", |board| does(board, boris_id, Doing::Free)).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let busy = board(&mut svetlana, "Boris is busy", |board| does(board, boris_id, Doing::Busy)).await?;
    let him = busy.people.iter().find(|one| one.person == boris_id).ok_or("he is there")?;
    assert_eq!(him.active, 1);
    assert!(him.since.is_some_and(|since| since <= busy.at));

    // What happens while she is away is on the first board she gets.
    let (link, device) = (svetlana.link.clone(), svetlana.device.clone());
    let from = Some((svetlana.ready.feed_epoch, svetlana.cursor));
    drop(svetlana);
    boris.must(OpBody::Say { conversation, draft: said(office.id(), "Смотрю") }).await?;
    boris.must(OpBody::Close { conversation }).await?;
    let mut svetlana = Client::connect(&link, device, from).await?;
    let first = board(&mut svetlana, "a board", |_| true).await?;
    assert!(does(&first, boris_id, Doing::Free), "{first:?}");
    assert_eq!((first.day.asked, first.day.answered, first.day.closed), (1, 1, 1));

    anna.ask(ToDesk::Ping).await?;
    boris.ask(ToDesk::Ping).await?;
    for client in [&anna, &boris] {
        assert!(!client.transient.iter().any(|frame| matches!(frame, ToClient::Board(_))), "only for supervisors");
    }
    Ok(())
}
