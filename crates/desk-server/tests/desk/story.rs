//! Asking, offering, talking, ending.

use opora_domain::{
    OpId, RequestId, SessionId, Span, TicketId,
    rating::{Rating, Stars},
    request::State,
    role::Role,
    ticket,
};
use opora_wire::{EventBody, OpBody, OpResult, RefusalCode, Stream, ToClient, ToDesk};

use crate::office::{Client, LAPSED, Office, TestResult, said};

#[tokio::test]
async fn an_offer_that_lapses_comes_back_with_its_original_time_and_is_accepted() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let request = RequestId(office.id());
    anna.must(OpBody::Ask { request, ask: office.ask("Не печатается счёт") }).await?;
    let place = anna.until_frame("a place", |frame| match frame {
        ToClient::Place(place) => Some(*place),
        _ => None,
    });
    let place = place.await?;
    assert_eq!((place.request, place.ahead, place.specialists), (request, 0, 1));

    let (_, first) = boris.offered_after(0, request).await?;
    office.clock.shift(LAPSED);
    boris.ask(ToDesk::Ping).await?;
    let (epoch, _) = boris.offered_after(first, request).await?;
    let stale = boris.try_do(OpBody::Accept { request, epoch: epoch - 1 }).await?.expect_err("an older epoch");
    assert_eq!(stale.code, RefusalCode::Moved);
    assert!(matches!(stale.moved, Some(State::Offered { to, .. }) if to == boris.ready.person));
    boris.must(OpBody::Accept { request, epoch }).await?;

    let asked = boris.until("the request", |event| match &event.body {
        EventBody::RequestAsked { since, .. } => Some((*since, event.at)),
        _ => None,
    });
    let (since, asked_at) = asked.await?;
    assert_eq!(since, asked_at, "waiting since it was asked");
    let accepted = anna.until("accepted", |event| match event.body {
        EventBody::RequestMoved { state: State::Accepted { by }, .. } => Some(by),
        _ => None,
    });
    assert_eq!(accepted.await?, boris.ready.person);
    Ok(())
}

#[tokio::test]
async fn both_chat_see_marks_and_find_everything_again() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let stream = Stream::Conversation(conversation);
    let opened = boris.until("the conversation", |event| match event.body {
        EventBody::StreamOpened { stream: opened, head } if opened == stream => Some(head),
        _ => None,
    });
    assert_eq!(opened.await?, 3, "opened, Anna, Boris");

    anna.tell(ToDesk::Typing { conversation }).await?;
    let typing = boris.until_frame("typing", |frame| match frame {
        ToClient::Typing { person, .. } => Some(*person),
        _ => None,
    });
    assert_eq!(typing.await?, anna.ready.person);
    let hello = office.id();
    anna.must(OpBody::Say { conversation, draft: said(hello, "Здравствуйте!") }).await?;
    let seq = boris.until("her message", |event| (event.id == hello).then_some(event.seq)).await?;
    boris.must(OpBody::See { conversation, up_to: seq }).await?;
    let seen = anna.until("his mark", |event| match event.body {
        EventBody::Seen { up_to } => Some((event.by, up_to)),
        _ => None,
    });
    assert_eq!(seen.await?, (Some(boris.ready.person), seq));

    let fetched = boris.fetch(stream).await?.map_err(crate::office::refused)?;
    let seqs: Vec<i64> = fetched.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, (1..=5).collect::<Vec<i64>>(), "no hole: opened, Anna, Boris, message, mark");
    Ok(())
}

#[tokio::test]
async fn an_operation_sent_again_does_nothing_again() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let id = TicketId(office.id());
    let draft = ticket::Draft {
        id,
        conversation: Some(conversation),
        customer: None,
        subject: "Не печатается счёт".into(),
        description: "После обновления".into(),
        kind: ticket::Kind::Error,
        priority: ticket::Priority::Normal,
        files: Vec::new(),
        more: ticket::More::default(),
    };
    let (op, body) = (OpId(office.id()), OpBody::MakeTicket { draft });
    let first = boris.op(op, body.clone()).await?;
    let mut boris = boris.reconnect().await?;
    let again = boris.op(op, body).await?;
    assert_eq!(first, Ok(OpResult::Ticket { number: 1 }));
    assert_eq!(again, first);

    anna.until("the note in the talk", |event| match &event.body {
        EventBody::TicketNoted { number, .. } => Some(*number),
        _ => None,
    })
    .await?;
    let own = anna.fetch(Stream::Ticket(id)).await?.map_err(crate::office::refused)?;
    let made = own.iter().filter(|event| matches!(event.body, EventBody::TicketMade { .. })).count();
    assert_eq!(made, 1, "one ticket in her list");
    Ok(())
}

#[tokio::test]
async fn who_was_away_gets_exactly_what_was_missed() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let first = office.id();
    boris.must(OpBody::Say { conversation, draft: said(first, "Смотрю") }).await?;
    anna.until("his first message", |event| (event.id == first).then_some(())).await?;
    let (link, device) = (anna.link.clone(), anna.device.clone());
    let (epoch, cursor) = (anna.ready.feed_epoch, anna.cursor);
    drop(anna);
    let mut missed = Vec::new();
    for text in ["Нашёл", "Дело в драйвере", "Перезапустите печать"] {
        let id = office.id();
        boris.must(OpBody::Say { conversation, draft: said(id, text) }).await?;
        missed.push(id);
    }
    let anna = Client::connect(&link, device, Some((epoch, cursor))).await?;
    let got: Vec<_> = anna.log.iter().map(|event| event.id).collect();
    assert_eq!(got, missed);
    Ok(())
}

#[tokio::test]
async fn a_closed_talk_takes_a_rating_and_no_more_words() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let early = anna.try_do(OpBody::EndSession {
        session: SessionId(office.id()),
        reason: opora_domain::session::EndReason::Refused,
    });
    assert_eq!(early.await?.map_err(|refusal| refusal.code), Err(RefusalCode::NotFound));
    boris.must(OpBody::Close { conversation }).await?;
    let late = anna.try_do(OpBody::Say { conversation, draft: said(office.id(), "И ещё…") }).await?;
    assert_eq!(late.map_err(|refusal| refusal.code), Err(RefusalCode::Closed));
    let stars = Stars::new(5).ok_or("five stars")?;
    anna.must(OpBody::Rate { conversation, rating: Rating { stars, comment: "Быстро!".into() } }).await?;
    let rated = boris.until("the rating", |event| match &event.body {
        EventBody::Rated(rating) => Some(rating.stars),
        _ => None,
    });
    assert_eq!(rated.await?, stars);
    let own = boris.try_do(OpBody::Rate { conversation, rating: Rating { stars, comment: String::new() } }).await?;
    assert_eq!(own.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed), "nobody rates himself");
    Ok(())
}

#[tokio::test]
async fn a_declined_request_goes_to_vera_and_a_fifth_one_waits() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut requests = Vec::new();
    for number in 0..5 {
        let request = RequestId(office.id());
        anna.must(OpBody::Ask { request, ask: office.ask(&format!("Вопрос {number}")) }).await?;
        requests.push(request);
    }
    let mut epochs = Vec::new();
    for request in &requests[..4] {
        epochs.push(boris.offered(*request).await?);
    }
    let full = boris.try_do(OpBody::Accept { request: requests[4], epoch: 0 }).await?.expect_err("four is all");
    assert_eq!((full.code, full.retry), (RefusalCode::Busy, false));

    let mut vera = office.welcome("Вера Соколова", Role::Specialist).await?;
    vera.offered(requests[4]).await?;
    boris.must(OpBody::Decline { request: requests[0], epoch: epochs[0], reason: String::new() }).await?;
    vera.offered(requests[0]).await?;
    let late = boris.try_do(OpBody::Accept { request: requests[0], epoch: epochs[0] }).await?;
    assert_eq!(late.map_err(|refusal| refusal.code), Err(RefusalCode::Moved));
    Ok(())
}

#[tokio::test]
async fn who_said_not_now_is_left_alone_for_half_a_minute() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let request = RequestId(office.id());
    anna.must(OpBody::Ask { request, ask: office.ask("Не печатается счёт") }).await?;
    let (epoch, first) = boris.offered_after(0, request).await?;
    boris.must(OpBody::Decline { request, epoch, reason: String::new() }).await?;
    // Another one, asked later, is offered before it: the desk has looked meanwhile.
    let other = RequestId(office.id());
    anna.must(OpBody::Ask { request: other, ask: office.ask("И ещё вопрос") }).await?;
    let (_, second) = boris.offered_after(first, other).await?;
    let again = boris.log.iter().any(|event| {
        event.gseq > first
            && event.gseq < second
            && matches!(event.body,
            EventBody::RequestMoved { request: moved, state: State::Offered { .. }, .. } if moved == request)
    });
    assert!(!again, "he has just said no");
    office.clock.shift(Span::seconds(31));
    boris.ask(ToDesk::Ping).await?;
    boris.offered_after(second, request).await?;
    Ok(())
}
