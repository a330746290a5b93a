//! Presence, holds and the owner's settings against the real store.

use opora_desk::{
    Actor, Link,
    store::{Store, routing::RoutingStore},
};
use opora_domain::{
    ConversationId, LineId, MessageId, RequestId, Span,
    availability::Status,
    message::Draft,
    queue::{Because, Overflow, Ranks, Rules},
    request::{Class, State},
    role::Role,
};
use opora_wire::{OpBody, RefusalCode, Stream, event::EventBody, presence, routing};

use crate::office::{Engine, Office, TestResult};

async fn must<S: Store>(office: &Office<S>, who: &Actor, body: OpBody) -> TestResult {
    office.act(who, body).await.map_err(|refusal| format!("{refusal:?}"))?;
    Ok(())
}

async fn waiting<S: Store>(office: &Office<S>) -> TestResult<Vec<(RequestId, State, i64)>> {
    let entries = office.desk.store().queue().await?;
    Ok(entries.into_iter().map(|one| (one.waiting.request, one.state, one.epoch)).collect())
}

async fn active<S: Store>(office: &Office<S>, who: &Actor) -> TestResult<u32> {
    let servers = office.desk.store().servers().await?;
    Ok(servers.iter().find(|one| one.person == who.person.id).ok_or("a specialist")?.active)
}

/// Asks, has it offered and accepts it.
async fn serve<S: Store>(office: &Office<S>, anna: &Actor, boris: &Actor) -> TestResult<ConversationId> {
    let request = office.ask(anna).await?;
    let epoch = waiting(office).await?.into_iter().find(|one| one.0 == request).ok_or("it waits")?.2;
    must(office, boris, OpBody::Accept { request, epoch }).await?;
    Ok(ConversationId(request.0))
}

fn say<S: Store>(office: &Office<S>, conversation: ConversationId) -> OpBody {
    let id = MessageId(office.rng.uuid_v7(office.desk.clock().now()));
    OpBody::Say { conversation, draft: Draft { id, text: "Готово?".into(), reply_to: None, file: None } }
}

fn hold(conversation: ConversationId) -> OpBody {
    OpBody::Routing(routing::Op::Hold { conversation })
}

pub(crate) async fn lunch_takes_its_offer_back_and_ends_by_itself<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let (anna, boris) =
        (office.hire("Анна Белова", Role::Customer).await?, office.hire("Борис Ким", Role::Specialist).await?);
    let here = office.desk.connect(boris.clone(), 0);
    let request = office.ask(&anna).await?;
    office.desk.turn().await?;
    assert!(matches!(waiting(&office).await?.as_slice(), [(one, State::Offered { .. }, _)] if *one == request));
    let lunch = presence::Op::Declare { status: Status::Lunch, lasts: Some(Span::minutes(45)) };
    must(&office, &boris, OpBody::Presence(lunch)).await?;
    office.desk.turn().await?;
    assert!(matches!(waiting(&office).await?.as_slice(), [(_, State::Waiting, _)]), "he left while it rang");
    office.desk.clock().shift(Span::minutes(45));
    here.beat();
    office.desk.turn().await?;
    assert!(matches!(waiting(&office).await?.as_slice(), [(_, State::Offered { .. }, _)]), "nobody touched a switch");
    drop(here);
    office.close().await;
    Ok(())
}

pub(crate) async fn a_hold_frees_a_place_and_the_clients_word_takes_it_back<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let (anna, boris) =
        (office.hire("Анна Белова", Role::Customer).await?, office.hire("Борис Ким", Role::Specialist).await?);
    let talk = serve(&office, &anna, &boris).await?;
    must(&office, &boris, hold(talk)).await?;
    must(&office, &boris, hold(talk)).await?;
    assert_eq!(active(&office, &boris).await?, 0, "held once, however often it is said");
    must(&office, &boris, say(&office, talk)).await?;
    assert_eq!(active(&office, &boris).await?, 0, "his own word changes nothing");
    must(&office, &anna, say(&office, talk)).await?;
    assert_eq!(active(&office, &boris).await?, 1);
    must(&office, &boris, hold(talk)).await?;
    must(&office, &boris, OpBody::Close { conversation: talk }).await?;
    assert_eq!(active(&office, &boris).await?, 0, "closing what was on hold frees nothing twice");
    office.close().await;
    Ok(())
}

pub(crate) async fn with_full_hands_a_hold_waits_for_room_and_goes_before_the_queue<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let (anna, boris) =
        (office.hire("Анна Белова", Role::Customer).await?, office.hire("Борис Ким", Role::Specialist).await?);
    let here = office.desk.connect(boris.clone(), 0);
    let held = serve(&office, &anna, &boris).await?;
    must(&office, &boris, hold(held)).await?;
    let mut talks = Vec::new();
    for _ in 0..4 {
        talks.push(serve(&office, &anna, &boris).await?);
    }
    let next = office.ask(&anna).await?;
    must(&office, &anna, say(&office, held)).await?;
    let resume = office.act(&boris, OpBody::Routing(routing::Op::Resume { conversation: held })).await;
    assert_eq!(resume.map_err(|refusal| (refusal.code, refusal.retry)), Err((RefusalCode::Busy, false)));
    office.desk.turn().await?;
    assert_eq!(active(&office, &boris).await?, 4, "never more than the capacity");
    must(&office, &boris, OpBody::Close { conversation: talks[0] }).await?;
    office.desk.turn().await?;
    assert_eq!(active(&office, &boris).await?, 4);
    let queue = waiting(&office).await?;
    assert_eq!(queue.iter().map(|one| (one.0, one.1)).collect::<Vec<_>>(), [(next, State::Waiting)], "Anna came first");
    assert!(office.desk.store().routing().await?.wanted.is_empty());
    drop(here);
    office.close().await;
    Ok(())
}

pub(crate) async fn only_the_owner_of_a_talk_holds_it_and_only_the_desks_owner_sets_rules<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let (boris, vera) =
        (office.hire("Борис Ким", Role::Specialist).await?, office.hire("Вера Соколова", Role::Specialist).await?);
    let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
    let talk = serve(&office, &anna, &boris).await?;
    let code = |answer: Result<_, opora_wire::Refusal>| answer.map_err(|refusal| refusal.code);
    for (who, body) in [
        (&vera, hold(talk)),
        (&anna, hold(talk)),
        (&anna, OpBody::Presence(presence::Op::Declare { status: Status::Off, lasts: None })),
        (&galina, OpBody::Routing(routing::Op::SetRules { rules: Rules::default() })),
        (&vera, OpBody::Routing(routing::Op::SetCapacity { person: vera.person.id, capacity: 9 })),
        (&boris, OpBody::Routing(routing::Op::SetOverflow { line: office.line, overflow: None })),
    ] {
        assert_eq!(code(office.act(who, body.clone()).await), Err(RefusalCode::NotAllowed), "{body:?}");
    }
    let nobody = routing::Op::SetCapacity { person: anna.person.id, capacity: 3 };
    assert_eq!(code(office.act(&galina, OpBody::Routing(nobody)).await), Err(RefusalCode::NotFound));
    let many = routing::Op::SetCapacity { person: vera.person.id, capacity: 500 };
    assert_eq!(code(office.act(&galina, OpBody::Routing(many)).await), Err(RefusalCode::Invalid));
    office.close().await;
    Ok(())
}

pub(crate) async fn what_the_owner_sets_is_kept_and_changes_the_order_at_once<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let owner = office.hire("Ольга Зимина", Role::Owner).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let mut asked = Vec::new();
    for class in [Class::Question, Class::Wish] {
        asked.push(office.ask_of(&anna, office.line, class).await?);
        office.desk.clock().shift(Span::seconds(1));
    }
    // Here wishes are what the firm lives on.
    let rules = Rules { ranks: Ranks { wish: 0, question: 2, ..Rules::default().ranks }, ..Rules::default() };
    must(&office, &owner, OpBody::Routing(routing::Op::SetRules { rules })).await?;
    must(&office, &owner, OpBody::Routing(routing::Op::SetCapacity { person: boris.person.id, capacity: 1 })).await?;
    let here = office.desk.connect(boris.clone(), 0);
    office.desk.turn().await?;
    let rings: Vec<_> =
        waiting(&office).await?.into_iter().filter(|one| one.1 != State::Waiting).map(|one| one.0).collect();
    assert_eq!((rings, office.desk.store().routing().await?.rules), (vec![asked[1]], rules));
    drop(here);
    office.close().await;
    Ok(())
}

pub(crate) async fn a_line_that_waits_too_long_is_helped_by_the_other_and_the_reason_is_kept<E: Engine>() -> TestResult
{
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store.clone(), 5).await?;
    let owner = office.hire("Ольга Зимина", Role::Owner).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let second = LineId(office.rng.uuid_v7(office.desk.clock().now()));
    must(&office, &owner, OpBody::MakeLine { line: second, name: "Вторая линия".into() }).await?;
    let overflow = Some(Overflow { to: office.line, after: Span::minutes(10) });
    must(&office, &owner, OpBody::Routing(routing::Op::SetOverflow { line: second, overflow })).await?;
    let request = office.ask_of(&anna, second, Class::Error).await?;
    let here = office.desk.connect(boris.clone(), 0);
    office.desk.clock().shift(Span::minutes(9));
    here.beat();
    office.desk.turn().await?;
    assert!(matches!(waiting(&office).await?.as_slice(), [(_, State::Waiting, _)]), "not yet");
    office.desk.clock().shift(Span::minutes(1));
    here.beat();
    office.desk.turn().await?;
    assert!(matches!(waiting(&office).await?.as_slice(), [(_, State::Offered { .. }, _)]));
    let decision = decision(&office, request).await?;
    let helps: Vec<_> = decision.considered.iter().map(|one| (one.person, one.overflow)).collect();
    assert_eq!((decision.because, helps.first()), (Because::Only, Some(&(boris.person.id, true))));
    drop(here);
    office.close().await;
    Ok(())
}

async fn decision<S: Store>(office: &Office<S>, request: RequestId) -> TestResult<opora_domain::queue::Decision> {
    let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
    let mut tx = office.desk.store().begin().await?;
    opora_desk::store::Tx::grant(&mut tx, galina.person.id, Stream::Staff, 1).await?;
    opora_desk::store::Tx::commit(tx, office.desk.clock().now()).await?;
    let mut link: Link<S> = office.desk.connect(galina, 0);
    loop {
        let opora_wire::ToClient::Events(events) = link.next().await? else { continue };
        for event in events.events {
            match event.body {
                EventBody::Routing(routing::Event::Decided { request: one, decision }) if one == request => {
                    return Ok(decision);
                }
                _ => {}
            }
        }
    }
}
