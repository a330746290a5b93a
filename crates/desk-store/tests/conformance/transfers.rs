//! Hand-overs through the real operations: the bugs that other desks are known for, and our promises.

use opora_desk::{
    Actor,
    store::{Store, Tx, transfer::TransfersTx},
};
use opora_domain::{
    ConversationId, LineId, MessageId, RequestId, Span, Timestamp, TransferId,
    message::Draft,
    request::State,
    role::Role,
    transfer::{Brief, Ended, LIFE, Mood},
};
use opora_wire::{
    Fetch, OpBody, OpResult, RefusalCode,
    event::{Event, EventBody, Stream},
    participant, transfer,
};

use crate::office::{Engine, Office, TestResult};

/// Anna asks, Boris has the talk, Vera is his colleague; everybody reads what people of the role read.
pub(crate) struct Talk<S: Store> {
    pub(crate) office: Office<S>,
    pub(crate) anna: Actor,
    pub(crate) boris: Actor,
    pub(crate) vera: Actor,
    pub(crate) request: RequestId,
    pub(crate) id: ConversationId,
}

impl<S: Store> Talk<S> {
    pub(crate) async fn begin(store: S) -> TestResult<Self> {
        let office = Office::simulated(store, 7).await?;
        let anna = office.hire("Анна Соколова", Role::Customer).await?;
        let boris = office.hire("Борис Ким", Role::Specialist).await?;
        let vera = office.hire("Вера Титова", Role::Specialist).await?;
        for one in [&anna, &boris, &vera] {
            arrive(&office, one).await?;
        }
        let request = office.ask(&anna).await?;
        let talk = Self { office, anna, boris, vera, request, id: ConversationId(request.0) };
        talk.act(&talk.boris, OpBody::Accept { request, epoch: 0 }).await?;
        Ok(talk)
    }

    pub(crate) async fn act(&self, who: &Actor, body: OpBody) -> TestResult<OpResult> {
        Ok(self.office.act(who, body).await.map_err(|refusal| format!("{refusal:?}"))?)
    }

    pub(crate) async fn say(&self, who: &Actor, text: &str) -> TestResult<MessageId> {
        let id = MessageId(self.office.rng.uuid_v7(Timestamp(1)));
        let draft = Draft { id, text: text.into(), reply_to: None, file: None };
        self.act(who, OpBody::Say { conversation: self.id, draft }).await?;
        Ok(id)
    }

    pub(crate) async fn state(&self) -> TestResult<(State, i64)> {
        let mut tx = self.office.desk.store().begin().await?;
        let request = tx.request(self.request).await?.ok_or("it was asked")?;
        Ok((request.state, request.epoch))
    }

    pub(crate) async fn offer(&self, stays: bool, picked: Vec<MessageId>) -> TestResult<TransferId> {
        let transfer = TransferId(self.office.rng.uuid_v7(Timestamp(1)));
        let (_, epoch) = self.state().await?;
        let (conversation, to) = (self.id, self.vera.person.id);
        let op = transfer::Op::Offer { transfer, conversation, epoch, to, brief: brief(), picked, stays };
        self.act(&self.boris, OpBody::Transfer(op)).await?;
        Ok(transfer)
    }

    pub(crate) async fn queue(&self, who: &Actor, line: LineId) -> TestResult {
        let (_, epoch) = self.state().await?;
        let op = transfer::Op::Queue { conversation: self.id, epoch, line, brief: brief(), picked: Vec::new() };
        self.act(who, OpBody::Transfer(op)).await?;
        Ok(())
    }

    /// What a person reads of a stream; none when nothing may be read.
    pub(crate) async fn reads(&self, who: &Actor, stream: Stream) -> Option<Vec<Event>> {
        let fetch = Fetch { stream, from: 1, to: i64::MAX >> 11 };
        self.office.desk.fetch(who.person.id, fetch).await.ok().map(|page| page.events)
    }

    /// What was said in the talk, as a person reads it.
    pub(crate) async fn texts(&self, who: &Actor) -> Vec<String> {
        let events = self.reads(who, Stream::Conversation(self.id)).await.unwrap_or_default();
        let said = events.into_iter().filter_map(|event| match event.body {
            EventBody::Said(draft) => Some(draft.text),
            _ => None,
        });
        said.collect()
    }

    pub(crate) async fn load(&self, who: &Actor) -> TestResult<u32> {
        let servers = self.office.desk.store().servers().await?;
        Ok(servers.iter().find(|one| one.person == who.person.id).map(|one| one.active).ok_or("a specialist")?)
    }

    pub(crate) async fn refused(&self, who: &Actor, body: OpBody) -> TestResult<RefusalCode> {
        Ok(self.office.act(who, body).await.err().ok_or("it was not refused")?.code)
    }
}

/// As after redeeming an invite.
pub(crate) async fn arrive<S: Store>(office: &Office<S>, who: &Actor) -> TestResult {
    let (id, role) = (who.person.id, who.person.role);
    let mut tx = office.desk.store().begin().await?;
    tx.set_joined(id, Timestamp(1)).await?;
    tx.grant(id, Stream::Person(id), 1).await?;
    if role.is_staff() {
        tx.grant(id, Stream::Staff, 1).await?;
    }
    tx.commit(Timestamp(1)).await?;
    Ok(())
}

fn brief() -> Brief {
    Brief {
        problem: "Не печатается счёт".into(), tried: "Перезапуск".into(), mood: Some(Mood::Pressed)
    }
}

pub(crate) fn accept(transfer: TransferId) -> OpBody {
    OpBody::Transfer(transfer::Op::Accept { transfer, session: None })
}

fn held(by: &Actor) -> State {
    State::Accepted { by: by.person.id }
}

pub(crate) async fn boris_owns_the_talk_until_vera_accepts_and_anna_knows_her_name_before<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let picked = talk.say(&talk.anna, "Скриншот приложила").await?;
    let offer = talk.offer(false, vec![picked]).await?;
    assert_eq!(talk.state().await?.0, held(&talk.boris));

    let beside = talk.reads(&talk.vera, Stream::ConversationStaff(talk.id)).await.ok_or("the brief is hers to read")?;
    let copied = beside.iter().find_map(|event| match &event.body {
        EventBody::Copied(copied) => Some((copied.by_name.as_str(), copied.text.as_str())),
        _ => None,
    });
    assert_eq!(copied, Some(("Анна Соколова", "Скриншот приложила")));
    assert!(beside.iter().any(|event| matches!(&event.body,
        EventBody::Transfer(transfer::Event::Offered { brief: told, .. }) if *told == brief())));
    assert_eq!(talk.reads(&talk.vera, Stream::Conversation(talk.id)).await, None, "the talk is not hers yet");
    assert_eq!(talk.reads(&talk.anna, Stream::ConversationStaff(talk.id)).await, None, "and the brief never Anna's");
    let last = talk.reads(&talk.anna, Stream::Conversation(talk.id)).await.and_then(|mut all| all.pop());
    let announced =
        transfer::Event::Announced { transfer: offer, to: talk.vera.person.id, name: "Вера Титова".into() };
    assert_eq!(last.map(|event| event.body), Some(EventBody::Transfer(announced)));

    talk.act(&talk.vera, accept(offer)).await?;
    assert_eq!(talk.state().await?.0, held(&talk.vera));
    assert_eq!((talk.load(&talk.boris).await?, talk.load(&talk.vera).await?), (0, 1));
    assert_eq!(talk.refused(&talk.vera, accept(offer)).await?, RefusalCode::TransferOver);
    Ok(())
}

pub(crate) async fn nothing_of_the_history_is_missing_after_a_hand_over<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    talk.say(&talk.anna, "Не печатается").await?;
    talk.say(&talk.boris, "Смотрю").await?;
    let offer = talk.offer(false, Vec::new()).await?;
    talk.say(&talk.anna, "Жду").await?;
    talk.act(&talk.vera, accept(offer)).await?;
    talk.say(&talk.vera, "Добрый день").await?;
    assert_eq!(talk.texts(&talk.vera).await, ["Не печатается", "Смотрю", "Жду", "Добрый день"], "from the beginning");
    assert_eq!(talk.texts(&talk.boris).await, ["Не печатается", "Смотрю", "Жду"], "he reads what was, and no more");
    Ok(())
}

pub(crate) async fn what_goes_back_to_a_queue_lets_its_giver_go_and_is_taken_by_another<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let since = store.begin().await?.request(talk.request).await?.ok_or("asked")?.since;
    let _here = (talk.office.desk.connect(talk.boris.clone(), 0), talk.office.desk.connect(talk.vera.clone(), 0));
    talk.queue(&talk.boris, talk.office.line).await?;
    assert_eq!(talk.state().await?.0, State::Waiting);
    assert_eq!(talk.load(&talk.boris).await?, 0);
    assert_eq!(store.members(talk.id).await?, [talk.anna.person.id], "the giver is subscribed no longer");

    talk.office.desk.turn().await?;
    let (state, epoch) = talk.state().await?;
    assert!(matches!(state, State::Offered { to, .. } if to == talk.vera.person.id), "not first to who gave it away");
    talk.act(&talk.vera, OpBody::Accept { request: talk.request, epoch }).await?;
    let kept = store.begin().await?.request(talk.request).await?.ok_or("asked")?.since;
    assert_eq!(kept, since, "with its original time");
    let beside = talk.reads(&talk.vera, Stream::ConversationStaff(talk.id)).await.unwrap_or_default();
    assert!(
        beside.iter().any(|event| matches!(&event.body,
        EventBody::Transfer(transfer::Event::Queued { brief: told, .. }) if *told == brief())),
        "with its brief"
    );
    Ok(())
}

pub(crate) async fn boris_goes_off_line_and_gives_the_talk_back_to_its_own_line<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    talk.act(&talk.boris, OpBody::SetPresence { on_line: false }).await?;
    talk.queue(&talk.boris, talk.office.line).await?;
    assert_eq!(talk.state().await?.0, State::Waiting, "the same line is a line like any other");

    let other = LineId(talk.office.rng.uuid_v7(Timestamp(1)));
    let mut tx = store.begin().await?;
    tx.put_line(other, "Вторая линия").await?;
    tx.commit(Timestamp(1)).await?;
    let (_, epoch) = talk.state().await?;
    talk.act(&talk.vera, OpBody::Accept { request: talk.request, epoch }).await?;
    talk.queue(&talk.vera, other).await?;
    let entry = store.queue().await?.into_iter().find(|entry| entry.waiting.request == talk.request);
    assert_eq!(entry.map(|entry| entry.line), Some(other));
    Ok(())
}

pub(crate) async fn a_refused_an_unanswered_and_a_cancelled_offer_leave_the_talk_with_boris_who_can_go_on<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let beside = Stream::ConversationStaff(talk.id);
    let ended = async |offer: TransferId| {
        let events = talk.reads(&talk.boris, beside).await.unwrap_or_default();
        events.into_iter().find_map(|event| match event.body {
            EventBody::Transfer(transfer::Event::Ended { transfer, how }) if transfer == offer => Some(how),
            _ => None,
        })
    };

    let declined = talk.offer(false, Vec::new()).await?;
    let reason = "Иду на обед".to_owned();
    let no = transfer::Op::Decline { transfer: declined, reason: reason.clone() };
    talk.act(&talk.vera, OpBody::Transfer(no)).await?;
    assert_eq!(ended(declined).await, Some(Ended::Declined { reason }), "the giver is told why");

    let unanswered = talk.offer(false, Vec::new()).await?;
    talk.office.desk.clock().shift(LIFE);
    assert_eq!(talk.refused(&talk.vera, accept(unanswered)).await?, RefusalCode::TransferOver, "too late");
    talk.office.desk.turn().await?;
    assert_eq!(ended(unanswered).await, Some(Ended::Expired), "and that nobody answered");

    let cancelled = talk.offer(false, Vec::new()).await?;
    talk.act(&talk.boris, OpBody::Transfer(transfer::Op::Cancel { transfer: cancelled })).await?;
    assert_eq!(talk.refused(&talk.vera, accept(cancelled)).await?, RefusalCode::TransferOver);
    let told = talk.reads(&talk.vera, beside).await.unwrap_or_default().len();
    let note = opora_wire::note::Op::Write {
        conversation: talk.id,
        note: MessageId(talk.office.rng.uuid_v7(Timestamp(1))),
        text: "Справлюсь сам".into(),
    };
    talk.act(&talk.boris, OpBody::Note(note)).await?;
    assert_eq!(talk.reads(&talk.vera, beside).await.map(|all| all.len()), Some(told), "she reads nothing new");

    assert_eq!((talk.state().await?.0, talk.load(&talk.boris).await?), (held(&talk.boris), 1));
    let taken = talk.offer(false, Vec::new()).await?;
    talk.act(&talk.vera, accept(taken)).await?;
    talk.act(&talk.vera, OpBody::Close { conversation: talk.id }).await?;
    assert_eq!((talk.load(&talk.boris).await?, talk.load(&talk.vera).await?), (0, 0));
    Ok(())
}

pub(crate) async fn a_talk_that_came_back_to_boris_works_as_before<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    talk.say(&talk.boris, "Передаю").await?;
    talk.queue(&talk.boris, talk.office.line).await?;
    talk.say(&talk.anna, "Вы здесь?").await?;
    assert_eq!(talk.texts(&talk.boris).await, ["Передаю"]);
    let (_, epoch) = talk.state().await?;
    talk.act(&talk.boris, OpBody::Accept { request: talk.request, epoch }).await?;
    talk.say(&talk.boris, "Снова с вами").await?;
    let all = ["Передаю", "Вы здесь?", "Снова с вами"];
    assert_eq!(
        (talk.texts(&talk.boris).await, talk.texts(&talk.anna).await),
        (all.map(Into::into).into(), all.map(Into::into).into())
    );
    let events = talk.reads(&talk.boris, Stream::Conversation(talk.id)).await.unwrap_or_default();
    let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>(), "without a hole");
    Ok(())
}

pub(crate) async fn vera_with_full_hands_cannot_accept_and_nothing_moves<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    for _ in 0..4 {
        let request = talk.office.ask(&talk.anna).await?;
        talk.act(&talk.vera, OpBody::Accept { request, epoch: 0 }).await?;
    }
    let offer = talk.offer(false, Vec::new()).await?;
    assert_eq!(talk.refused(&talk.vera, accept(offer)).await?, RefusalCode::HandsFull);
    assert_eq!((talk.state().await?.0, talk.load(&talk.vera).await?), (held(&talk.boris), 4));
    Ok(())
}

pub(crate) async fn an_offer_dies_with_the_talk_it_was_about<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let offer = talk.offer(false, Vec::new()).await?;
    talk.act(&talk.boris, OpBody::Close { conversation: talk.id }).await?;
    assert_eq!(store.begin().await?.open_transfer(offer).await?, None);
    assert_eq!(talk.refused(&talk.vera, accept(offer)).await?, RefusalCode::TransferOver);
    assert_eq!((talk.state().await?.0, talk.load(&talk.vera).await?), (State::Closed, 0));
    Ok(())
}

pub(crate) async fn boris_who_stays_is_a_second_specialist_and_may_leave_the_owner_may_not<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let offer = talk.offer(true, Vec::new()).await?;
    talk.act(&talk.vera, accept(offer)).await?;
    talk.say(&talk.boris, "Я рядом").await?;
    let leave = || OpBody::Participant(participant::Op::Leave { conversation: talk.id });
    assert_eq!(talk.refused(&talk.vera, leave()).await?, RefusalCode::OwnerStays);
    assert_eq!(talk.refused(&talk.anna, leave()).await?, RefusalCode::OwnerStays, "it is her question");
    talk.act(&talk.boris, leave()).await?;
    let draft =
        Draft {
            id: MessageId(talk.office.rng.uuid_v7(Timestamp(1))), text: "Ещё".into(), reply_to: None, file: None
        };
    let late = OpBody::Say { conversation: talk.id, draft };
    assert_eq!(talk.refused(&talk.boris, late).await?, RefusalCode::NotAllowed);
    Ok(())
}

pub(crate) async fn an_answer_that_was_lost_is_given_again_and_moves_nothing_twice<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let offer = talk.offer(false, Vec::new()).await?;
    let op = opora_wire::Op { op: opora_domain::OpId(talk.office.rng.uuid_v7(Timestamp(1))), body: accept(offer) };
    let first = talk.office.desk.execute(&talk.vera, op.clone()).await;
    let state = talk.state().await?;
    talk.office.desk.clock().shift(Span::minutes(60));
    assert_eq!(talk.office.desk.execute(&talk.vera, op).await, first);
    assert_eq!((talk.state().await?, talk.load(&talk.vera).await?), (state, 1));
    Ok(())
}
