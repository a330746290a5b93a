//! Races and losses that other service desks are known for, each with the thread it was reported in.
//! What concerns handing over is with the transfers.

use std::sync::Arc;

use opora_desk::{
    Actor, Link,
    store::{Store, StructureTx, Tx, routing::RoutingTx},
};
use opora_domain::{
    ConversationId, MessageId, OpId, PersonId, RequestId, Span,
    availability::{Declared, Status},
    message::Draft,
    offer::LIFE,
    own_specialist::Client,
    request::State,
    role::Role,
};
use opora_wire::{Fetch, Op, OpBody, RefusalCode, Stream, ToClient, event::EventBody, hello::BEAT, presence, routing};

use crate::office::{Engine, Office, TestResult};

/// A lease is three beats; a little more is certainly over.
const PAST_LEASE: Span = Span(BEAT.0 * 3 + 1);

/// A desk where Boris and Vera serve and Anna asks; nobody is connected yet.
struct Morning<S> {
    office: Office<S>,
    anna: Actor,
    boris: Actor,
    vera: Actor,
}

impl<S: Store> Morning<S> {
    async fn over(store: S) -> TestResult<Self> {
        let office = Office::simulated(store, 3).await?;
        let anna = office.hire("Анна Белова", Role::Customer).await?;
        let boris = office.hire("Борис Ким", Role::Specialist).await?;
        let vera = office.hire("Вера Соколова", Role::Specialist).await?;
        let mut tx = office.desk.store().begin().await?;
        for who in [&anna, &boris, &vera] {
            tx.grant(who.person.id, Stream::Person(who.person.id), 1).await?;
            if who.person.role.is_staff() {
                tx.grant(who.person.id, Stream::Staff, 1).await?;
            }
        }
        tx.commit(office.desk.clock().now()).await?;
        Ok(Self { office, anna, boris, vera })
    }

    fn come(&self, who: &Actor) -> Link<S> {
        self.office.desk.connect(who.clone(), 0)
    }

    async fn must(&self, who: &Actor, body: OpBody) -> TestResult {
        self.office.act(who, body).await.map_err(|refusal| format!("{refusal:?}"))?;
        Ok(())
    }

    async fn state(&self, request: RequestId) -> TestResult<(State, i64)> {
        let mut tx = self.office.desk.store().begin().await?;
        let request = tx.request(request).await?.ok_or("the request is there")?;
        Ok((request.state, request.epoch))
    }

    async fn offered_to(&self, request: RequestId) -> TestResult<Option<PersonId>> {
        Ok(match self.state(request).await?.0 {
            State::Offered { to, .. } => Some(to),
            _ => None,
        })
    }

    /// Takes everything that rings for this one.
    async fn accept_all(&self, who: &Actor) -> TestResult {
        for entry in self.office.desk.store().queue().await? {
            if matches!(entry.state, State::Offered { to, .. } if to == who.person.id) {
                let (request, epoch) = (entry.waiting.request, entry.epoch);
                self.must(who, OpBody::Accept { request, epoch }).await?;
            }
        }
        Ok(())
    }

    async fn active(&self, who: &Actor) -> TestResult<u32> {
        let servers = self.office.desk.store().servers().await?;
        let own = servers.iter().find(|one| one.person == who.person.id).ok_or("a specialist")?;
        Ok(own.active)
    }

    fn say(&self, request: RequestId, text: &str) -> OpBody {
        let id = MessageId(self.office.rng.uuid_v7(self.office.desk.clock().now()));
        let draft = Draft { id, text: text.into(), reply_to: None, file: None };
        OpBody::Say { conversation: ConversationId(request.0), draft }
    }

    fn wait(&self, span: Span) {
        self.office.desk.clock().shift(span);
    }
}

fn declare(status: Status, lasts: Option<Span>) -> OpBody {
    OpBody::Presence(presence::Op::Declare { status, lasts })
}

/// Everything that is there to be read, up to the end.
async fn read<S: Store>(link: &mut Link<S>) -> TestResult<Vec<opora_wire::Event>> {
    let mut all = Vec::new();
    loop {
        if let ToClient::Events(events) = link.next().await? {
            all.extend(events.events);
            if !events.more {
                return Ok(all);
            }
        }
    }
}

/// Two specialists accept the same chat and both talk to the client: RocketChat/Rocket.Chat#22206.
pub(crate) async fn two_specialists_never_both_have_one_client<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let _here = (morning.come(&morning.boris), morning.come(&morning.vera));
    let request = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    let asked = morning.offered_to(request).await?.ok_or("it rings")?;
    let (first, second) = if asked == morning.boris.person.id {
        (&morning.boris, &morning.vera)
    } else {
        (&morning.vera, &morning.boris)
    };
    let epoch = morning.state(request).await?.1;
    let grabs = morning.office.act(second, OpBody::Accept { request, epoch }).await.expect_err("it rings elsewhere");
    assert_eq!(grabs.code, RefusalCode::Moved);
    morning.must(first, OpBody::Accept { request, epoch }).await?;
    let late = morning.office.act(second, OpBody::Accept { request, epoch }).await.expect_err("too late");
    assert_eq!(late.moved, Some(State::Accepted { by: asked }), "and it says who has it");
    let says = morning.office.act(second, morning.say(request, "Здравствуйте")).await;
    assert_eq!(says.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));
    morning.office.close().await;
    Ok(())
}

/// The limit is three, several nodes count and then assign, and somebody has four:
/// RocketChat/Rocket.Chat#37776, #19352, #35722.
pub(crate) async fn three_is_three_however_many_assign_at_once<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let galina = morning.office.hire("Галина Орлова", Role::Supervisor).await?;
    let person = morning.boris.person.id;
    morning.must(&galina, OpBody::Routing(routing::Op::SetCapacity { person, capacity: 3 })).await?;
    let mut requests = Vec::new();
    for _ in 0..8 {
        requests.push(morning.office.ask(&morning.anna).await?);
    }
    let _here = morning.come(&morning.boris);
    let morning = Arc::new(morning);
    let mut race = tokio::task::JoinSet::new();
    for (number, request) in requests.into_iter().enumerate() {
        let morning = Arc::clone(&morning);
        race.spawn(async move {
            if number % 2 == 0 {
                let _ = morning.office.desk.turn().await;
            } else {
                let _ = morning.office.act(&morning.boris, OpBody::Accept { request, epoch: 0 }).await;
            }
        });
    }
    race.join_all().await;
    morning.office.desk.turn().await?;
    assert_eq!(morning.active(&morning.boris).await?, 3);
    Ok(())
}

/// A new chat is invisible until the page is loaded again: RocketChat/Rocket.Chat#22105, #23642, #19837,
/// RocketChat/Rocket.Chat.Livechat#614.
pub(crate) async fn a_new_request_reaches_who_is_connected<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let mut vera = morning.come(&morning.vera);
    read(&mut vera).await?;
    let request = morning.office.ask(&morning.anna).await?;
    let came = read(&mut vera).await?;
    let asked = |event: &opora_wire::Event| matches!(event.body, EventBody::RequestAsked { request: one, .. } if one == request);
    assert!(came.iter().any(asked), "{came:?}");
    morning.office.desk.turn().await?;
    let rings = read(&mut vera).await?;
    let offered =
        |event: &opora_wire::Event| matches!(event.body, EventBody::RequestMoved { state: State::Offered { .. }, .. });
    assert!(rings.iter().any(offered), "{rings:?}");
    drop(vera);
    morning.office.close().await;
    Ok(())
}

/// A chat is stuck: nobody can take it, forward it or close it: RocketChat/Rocket.Chat#18029, #18028, #18200.
pub(crate) async fn a_request_whose_specialist_vanished_is_taken_and_closed_by_another<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let boris = morning.come(&morning.boris);
    let request = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(request).await?, Some(morning.boris.person.id));
    drop(boris);
    morning.wait(LIFE);
    morning.office.desk.turn().await?;
    let (state, epoch) = morning.state(request).await?;
    assert_eq!((state, morning.active(&morning.boris).await?), (State::Waiting, 0), "back in the queue by itself");
    morning.must(&morning.vera, OpBody::Accept { request, epoch }).await?;
    morning.must(&morning.vera, OpBody::Close { conversation: ConversationId(request.0) }).await?;
    assert_eq!((morning.state(request).await?.0, morning.active(&morning.vera).await?), (State::Closed, 0));
    morning.office.close().await;
    Ok(())
}

/// Business hours reset what a person had declared, and a stale copy says "closed":
/// RocketChat/Rocket.Chat PR#24112, PR#18835, PR#24896.
pub(crate) async fn what_somebody_declared_is_changed_by_nobody_else<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store.clone()).await?;
    morning.must(&morning.boris, declare(Status::Off, None)).await?;
    let boris = morning.come(&morning.boris);
    for _ in 0..5 {
        morning.wait(Span::minutes(12 * 60));
        boris.beat();
        morning.office.desk.turn().await?;
    }
    let request = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(request).await?, None, "two mornings later he is still off");
    let mut tx = store.begin().await?;
    assert_eq!(tx.declared(morning.boris.person.id).await?, Declared::Off);
    drop(tx);
    morning.must(&morning.boris, declare(Status::OnLine, None)).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(request).await?, Some(morning.boris.person.id), "at once, from no copy");
    drop(boris);
    morning.office.close().await;
    Ok(())
}

/// A returning client goes to the old agent, who is off line: chatwoot/chatwoot#4158, #7204, #9587.
pub(crate) async fn the_own_specialist_is_asked_first_and_not_waited_for_when_gone<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store.clone()).await?;
    let mut tx = store.begin().await?;
    let (client, own) = (Client::Person(morning.anna.person.id), Some(morning.boris.person.id));
    tx.put_own_specialist(client, None, own).await?;
    tx.commit(morning.office.desk.clock().now()).await?;
    let vera = morning.come(&morning.vera);
    let gone = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(gone).await?, Some(morning.vera.person.id), "Boris is not there: the line answers");
    morning.accept_all(&morning.vera).await?;
    let boris = morning.come(&morning.boris);
    let there = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(there).await?, own, "he is there, and asked first");
    // Three more, and his hands are full; Vera's are not.
    for _ in 0..3 {
        morning.office.ask(&morning.anna).await?;
    }
    morning.office.desk.turn().await?;
    morning.accept_all(&morning.boris).await?;
    let busy = morning.office.ask(&morning.anna).await?;
    for _ in 0..4 {
        morning.office.desk.turn().await?;
        assert_eq!(morning.state(busy).await?.0, State::Waiting, "for a busy one she waits ...");
        morning.wait(Span::seconds(30));
        boris.beat();
        vera.beat();
    }
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(busy).await?, Some(morning.vera.person.id), "... two minutes and no longer");
    drop((boris, vera));
    morning.office.close().await;
    Ok(())
}

/// The backlog is not assigned when people come on line, and newcomers overtake it:
/// chatwoot/chatwoot#10685, #10376.
pub(crate) async fn the_backlog_is_served_in_order_when_somebody_comes<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let mut backlog = Vec::new();
    for _ in 0..6 {
        backlog.push(morning.office.ask(&morning.anna).await?);
        morning.wait(Span::minutes(1));
        morning.office.desk.turn().await?;
    }
    let boris = morning.come(&morning.boris);
    let newcomer = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    let mut order = Vec::new();
    while order.len() < 7 {
        let offered = {
            let entries = morning.office.desk.store().queue().await?;
            let mut offered: Vec<_> = entries.into_iter().filter(|one| one.state != State::Waiting).collect();
            offered.sort_by_key(|one| one.waiting.since);
            offered
        };
        assert!(!offered.is_empty(), "the backlog is offered as soon as there is room");
        for entry in offered {
            let request = entry.waiting.request;
            morning.must(&morning.boris, OpBody::Accept { request, epoch: entry.epoch }).await?;
            morning.must(&morning.boris, OpBody::Close { conversation: ConversationId(request.0) }).await?;
            order.push(request);
        }
        morning.office.desk.turn().await?;
    }
    backlog.push(newcomer);
    assert_eq!(order, backlog);
    drop(boris);
    morning.office.close().await;
    Ok(())
}

/// After a reconnect only the last 26 seconds come, and two answer differently: chatwoot/chatwoot#14934.
pub(crate) async fn who_was_away_for_a_day_gets_every_message<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let request = morning.office.ask(&morning.anna).await?;
    morning.must(&morning.boris, OpBody::Accept { request, epoch: 0 }).await?;
    let mut boris = morning.come(&morning.boris);
    let before = read(&mut boris).await?;
    let cursor = before.last().ok_or("something happened")?.gseq;
    drop(boris);
    for number in 0..250 {
        morning.must(&morning.anna, morning.say(request, &number.to_string())).await?;
        morning.wait(Span::minutes(6));
    }
    let mut again = morning.office.desk.connect(morning.boris.clone(), cursor);
    let said: Vec<String> = read(&mut again)
        .await?
        .into_iter()
        .filter_map(|event| match event.body {
            EventBody::Said(draft) => Some(draft.text),
            _ => None,
        })
        .collect();
    assert_eq!(said, (0..250).map(|number| number.to_string()).collect::<Vec<_>>());
    drop(again);
    morning.office.close().await;
    Ok(())
}

/// Presence is wrong until somebody flushes the cache: chatwoot/chatwoot#5918.
pub(crate) async fn presence_heals_by_itself<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    // The cable is cut: nobody says good-bye.
    let boris = morning.come(&morning.boris);
    morning.wait(PAST_LEASE);
    let request = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(request).await?, None, "he is not there, whatever the connection says");
    boris.beat();
    morning.office.desk.turn().await?;
    assert_eq!(morning.offered_to(request).await?, Some(morning.boris.person.id), "one beat and he is back");
    drop(boris);
    morning.office.close().await;
    Ok(())
}

/// One contact, several conversations: chatwoot/chatwoot#6128, #2098, #10633.
pub(crate) async fn the_same_request_sent_again_is_one_conversation<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let request = RequestId(morning.office.rng.uuid_v7(morning.office.desk.clock().now()));
    let ask = morning.office.words();
    let op = Op { op: OpId(request.0), body: OpBody::Ask { request, ask: ask.clone() } };
    let desk = &morning.office.desk;
    // The answer is lost, and the outbox sends it again; twice at once for good measure.
    let (first, second) =
        tokio::join!(desk.execute(&morning.anna, op.clone()), desk.execute(&morning.anna, op.clone()));
    let third = desk.execute(&morning.anna, op).await;
    assert_eq!((&first, &second), (&third, &third));
    assert!(third.is_ok());
    let other = morning.office.act(&morning.anna, OpBody::Ask { request, ask }).await;
    assert_eq!(other.map_err(|refusal| refusal.code), Err(RefusalCode::Invalid), "an id names one request");
    assert_eq!(desk.store().queue().await?.len(), 1);
    let fetch = Fetch { stream: Stream::Person(morning.anna.person.id), from: 1, to: 100 };
    let own = desk.fetch(morning.anna.person.id, fetch).await.map_err(|refusal| format!("{refusal:?}"))?;
    let opened = own.events.iter().filter(|event| matches!(event.body, EventBody::StreamOpened { .. })).count();
    assert_eq!(opened, 1);
    morning.office.close().await;
    Ok(())
}

/// A chat is offered while no agent is there; the client types on after the end; an agent who logged off
/// is "online": zammad/zammad#4970, #2559, #1075.
pub(crate) async fn nobody_is_asked_who_is_not_there_and_nobody_writes_after_the_end<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let morning = Morning::over(store).await?;
    let request = morning.office.ask(&morning.anna).await?;
    morning.office.desk.turn().await?;
    assert_eq!(morning.state(request).await?.0, State::Waiting, "nobody is there");
    drop(morning.come(&morning.boris));
    morning.office.desk.turn().await?;
    assert_eq!(morning.state(request).await?.0, State::Waiting, "he logged off");
    let vera = morning.come(&morning.vera);
    morning.office.desk.turn().await?;
    let (state, epoch) = morning.state(request).await?;
    assert!(matches!(state, State::Offered { to, .. } if to == morning.vera.person.id));
    morning.must(&morning.vera, OpBody::Accept { request, epoch }).await?;
    morning.must(&morning.vera, OpBody::Close { conversation: ConversationId(request.0) }).await?;
    let late = morning.office.act(&morning.anna, morning.say(request, "И ещё вопрос")).await;
    assert_eq!(late.map_err(|refusal| (refusal.code, refusal.retry)), Err((RefusalCode::Closed, false)));
    drop(vera);
    morning.office.close().await;
    Ok(())
}
