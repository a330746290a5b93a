//! What a contract allows, over the way that every operation takes.

use opora_desk::{
    Actor,
    store::{ContractsStore, Store, Tx},
};
use opora_domain::{
    ContractId, ConversationId, LineId, MessageId, RequestId, SessionId, Span, TicketId, Timestamp,
    calendar::{Day, Zone},
    contract::{Channel, Contract, Entitlement, Every, Kind, Level, allowance::Left, entitlement::Why, notice::What},
    message::Draft,
    queue::{self, Rules},
    rating::{Rating, Stars},
    request::Class,
    role::Role,
    scope::Scope,
    session::EndReason,
    ticket,
};
use opora_wire::{
    OpBody, OpResult, Refusal, RefusalCode,
    contract::{Event, Op, Work},
    event::{EventBody, Stream},
};

use crate::office::{Engine, Office, TestResult};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

struct Firm<S: Store> {
    office: Office<S>,
    galina: Actor,
    boris: Actor,
    anna: Actor,
    contract: Contract,
}

/// Ромашка has ten hours on the first line, by writing and at the screen, until ten days from today.
pub(crate) fn sound<S: Store>(office: &Office<S>, id: ContractId) -> Contract {
    let zone = Zone("Europe/Moscow".into());
    let today = zone.day_of(office.desk.clock().now()).expect("a clock within the years of people");
    Contract {
        id,
        organisation: office.romashka,
        number: "С-17".into(),
        level: Level { name: "Базовый".into(), rank: 1 },
        zone,
        from: today.plus(-60),
        to: Some(today.plus(10)),
        paid: true,
        grace_days: 0,
        kind: Kind::Hours { minutes: 600, every: Every::Term },
        step: 15,
        entitlements: vec![Entitlement {
            line: office.line,
            channels: [Channel::Chat, Channel::Remote].into(),
            urgent: true,
        }],
    }
}

impl<S: Store> Firm<S> {
    async fn open(store: S) -> TestResult<Self> {
        let office = Office::simulated(store, 11).await?;
        let galina = office.hire("Галина Мельник", Role::Owner).await?;
        let boris = office.hire("Борис Ким", Role::Specialist).await?;
        let anna = office.hire("Анна Белова", Role::Customer).await?;
        let now = office.desk.clock().now();
        let contract = sound(&office, ContractId(office.rng.uuid_v7(now)));
        let firm = Self { office, galina, boris, anna, contract };
        firm.put(firm.contract.clone()).await?;
        let mut tx = firm.office.desk.store().begin().await?;
        tx.set_joined(firm.anna.person.id, now).await?;
        tx.grant(firm.boris.person.id, Stream::Staff, 1).await?;
        tx.commit(now).await?;
        firm.office.desk.settle_audiences(false).await?;
        Ok(firm)
    }

    async fn put(&self, contract: Contract) -> TestResult {
        self.done(&self.galina, Op::Put { contract }).await
    }

    async fn done(&self, who: &Actor, op: Op) -> TestResult {
        self.office.act(who, OpBody::Contract(op)).await.map_err(|refusal| format!("{refusal:?}"))?;
        Ok(())
    }

    async fn code(&self, who: &Actor, body: OpBody) -> Option<RefusalCode> {
        self.office.act(who, body).await.err().map(|refusal| refusal.code)
    }

    fn made<T>(&self, make: impl Fn(uuid::Uuid) -> T) -> T {
        make(self.office.rng.uuid_v7(self.office.desk.clock().now()))
    }

    fn say(&self, conversation: ConversationId) -> OpBody {
        let draft =
            Draft { id: self.made(MessageId), text: "Здравствуйте".into(), reply_to: None, file: None };
        OpBody::Say { conversation, draft }
    }

    fn ticket(&self) -> OpBody {
        let draft = ticket::Draft {
            id: self.made(TicketId),
            conversation: None,
            customer: None,
            subject: "Выгрузка".into(),
            description: String::new(),
            kind: ticket::Kind::Error,
            priority: ticket::Priority::Normal,
            files: Vec::new(),
            more: ticket::More::default(),
        };
        OpBody::MakeTicket { draft }
    }

    async fn asks(&self) -> Result<RequestId, Refusal> {
        let request = self.made(RequestId);
        let ask = opora_domain::request::Ask {
            line: self.office.line,
            class: opora_domain::request::Class::Error,
            program: Default::default(),
            description: "Не печатается счёт".into(),
            facts: Vec::new(),
            organisation: None,
        };
        self.office.act(&self.anna, OpBody::Ask { request, ask }).await?;
        Ok(request)
    }

    /// Anna asks, Boris accepts.
    async fn talk(&self) -> TestResult<ConversationId> {
        let request = self.asks().await.map_err(|refusal| format!("{refusal:?}"))?;
        self.office.act(&self.boris, OpBody::Accept { request, epoch: 0 }).await.map_err(|no| format!("{no:?}"))?;
        Ok(ConversationId(request.0))
    }

    async fn screen(&self, conversation: ConversationId) -> Result<SessionId, Refusal> {
        let session = self.made(SessionId);
        let (scopes, reason) = ([Scope::View].into(), String::new());
        self.office.act(&self.boris, OpBody::AskScreen { session, conversation, scopes, reason }).await?;
        Ok(session)
    }

    async fn left(&self) -> TestResult<Option<Left>> {
        let now = self.office.desk.clock().now();
        let all = self.office.desk.store().contracts(now).await?;
        let found = all.iter().find(|(contract, ..)| contract.id == self.contract.id).ok_or("the contract")?;
        Ok(found.0.left(found.1, now))
    }

    /// What Ромашка's stream says of contracts, as Anna reads it.
    async fn told(&self) -> TestResult<Vec<Event>> {
        let (anna, stream) = (self.anna.person.id, Stream::Organisation(self.office.romashka));
        let events = self.office.desk.store().fetch(anna, stream, 1, 1_000, 1_000).await?.ok_or("Anna may read it")?;
        let contract = |event: opora_wire::Event| match event.body {
            EventBody::Contract(event) => Some(event),
            _ => None,
        };
        Ok(events.into_iter().filter_map(contract).collect())
    }
}

pub(crate) async fn stopped_work_goes_first_only_where_the_contract_says_so<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let oleg = firm.office.hire_of("Олег Панин", "ИП Панин").await?;
    let mut plain = firm.contract.clone();
    plain.entitlements[0].urgent = false;
    firm.put(plain).await?;
    let line = firm.office.line;
    let on_common_terms = firm.office.ask_of(&firm.anna, line, Class::Broken).await?;
    firm.office.desk.clock().shift(Span::minutes(5));
    let first = firm.office.ask_of(&oleg, line, Class::Broken).await?;
    firm.office.desk.clock().shift(Span::minutes(5));
    firm.put(firm.contract.clone()).await?;
    let first_too = firm.office.ask_of(&firm.anna, line, Class::Broken).await?;

    let entries = firm.office.desk.store().queue().await?;
    let mut waiting: Vec<_> = entries.into_iter().map(|entry| entry.waiting).collect();
    queue::sort(&mut waiting, &Rules::default());
    let order: Vec<_> = waiting.iter().map(|one| one.request).collect();
    assert_eq!(order, [first, first_too, on_common_terms], "one rank is a quarter of an hour");

    // Specialists' programs put them into the same order.
    let told = firm.office.desk.store().fetch(firm.boris.person.id, Stream::Staff, 1, 1_000, 1_000).await?;
    let urgent = |event: opora_wire::Event| match event.body {
        EventBody::RequestAsked { request, urgent, .. } => Some((request, urgent)),
        _ => None,
    };
    let told: Vec<_> = told.ok_or("Boris may read it")?.into_iter().filter_map(urgent).collect();
    assert_eq!(told, [(on_common_terms, false), (first, true), (first_too, true)]);
    Ok(())
}

pub(crate) async fn an_expired_customer_is_refused_everything_but_what_stays_allowed<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let (finished, running, silent) = (firm.talk().await?, firm.talk().await?, firm.talk().await?);
    let waiting = firm.asks().await.map_err(|refusal| format!("{refusal:?}"))?;
    let session = firm.screen(running).await.map_err(|refusal| format!("{refusal:?}"))?;
    let allow = OpBody::AllowScreen { session, scopes: [Scope::View].into() };
    assert_eq!(firm.code(&firm.anna, allow).await, None);
    assert_eq!(firm.code(&firm.boris, OpBody::Close { conversation: finished }).await, None);
    firm.office.desk.clock().shift(Span::minutes(11 * DAY));

    let refusal = firm.asks().await.expect_err("the contract is over");
    let why = refusal.entitlement.map(|no| no.why);
    let since = firm.contract.ends().ok_or("it ends")?;
    assert_eq!((refusal.code, refusal.retry, why), (RefusalCode::NotEntitled, false, Some(Why::Over { since })));
    let no = Some(RefusalCode::NotEntitled);
    assert_eq!(firm.code(&firm.anna, firm.ticket()).await, no, "no ticket");
    assert_eq!(firm.code(&firm.anna, firm.say(silent)).await, no, "no talk without a session");
    let callback =
        opora_domain::callback::Callback { phone: "+7 812 555-01-23".into(), when: opora_domain::callback::When::Soon };
    let call = opora_wire::hours::Op::CallBack { request: waiting, callback: Some(callback) };
    assert_eq!(firm.code(&firm.anna, OpBody::Hours(call)).await, no, "no calling back");
    assert_eq!(firm.screen(silent).await.err().map(|refusal| refusal.code), no, "nor does Boris begin a session");

    assert_eq!(firm.code(&firm.anna, firm.say(running)).await, None, "a session that runs is finished");
    let end = OpBody::EndSession { session, reason: EndReason::StoppedByCustomer };
    assert_eq!(firm.code(&firm.anna, end).await, None);
    assert_eq!(firm.code(&firm.anna, firm.say(running)).await, no, "and then it is over");
    let stars = Stars::new(5).ok_or("five")?;
    let rating = Rating { stars, comment: String::new() };
    assert_eq!(firm.code(&firm.anna, OpBody::Rate { conversation: finished, rating }).await, None, "she may thank");
    assert_eq!(firm.code(&firm.anna, OpBody::See { conversation: finished, up_to: 1 }).await, None, "and read");
    let history = firm.office.desk.store().fetch(firm.anna.person.id, Stream::Conversation(finished), 1, 9, 9).await?;
    assert!(history.is_some_and(|events| !events.is_empty()));
    assert_eq!(firm.code(&firm.anna, OpBody::Cancel { request: waiting }).await, None);

    let renewal = || OpBody::Contract(Op::AskRenewal { organisation: None, comment: "До весны".into() });
    let of =
        |organisation| OpBody::Contract(Op::AskRenewal { organisation: Some(organisation), comment: String::new() });
    let vector = firm.office.hire_of("Пётр Чужой", "ООО «Вектор»").await?.person.organisation.ok_or("his")?;
    assert_eq!(firm.code(&firm.anna, of(vector)).await, Some(RefusalCode::NotMember), "not for another firm");
    assert_eq!(firm.code(&firm.anna, renewal()).await, None);
    assert_eq!(firm.code(&firm.anna, of(firm.office.romashka)).await, Some(RefusalCode::InUse), "it is the same firm");
    assert_eq!(firm.code(&firm.anna, renewal()).await, Some(RefusalCode::InUse), "one is enough");
    let longer = Contract { to: firm.contract.to.map(|to| to.plus(365)), ..firm.contract.clone() };
    firm.put(longer).await?;
    assert!(firm.asks().await.is_ok(), "renewed, she is helped at once, and nothing had to run for it");
    let told = firm.told().await?;
    assert!(told.iter().any(|event| matches!(event, Event::RenewalAnswered { .. })));
    assert_eq!(firm.code(&firm.anna, renewal()).await, None, "the next one may come");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn time_is_drawn_in_steps_corrected_not_doubled_and_told_to_both_sides<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let talk = firm.talk().await?;
    let note = |minutes| OpBody::Contract(Op::NoteTime { work: Work::Conversation(talk), minutes });
    assert_eq!(firm.code(&firm.anna, note(20)).await, Some(RefusalCode::NotAllowed), "not by the customer");
    assert_eq!(firm.code(&firm.boris, note(20)).await, None);
    assert_eq!(firm.left().await?, Some(Left::Minutes { left: 570, of: 600 }), "20 minutes are two steps of 15");
    assert_eq!(firm.code(&firm.boris, note(220)).await, None);
    assert_eq!(firm.left().await?, Some(Left::Minutes { left: 375, of: 600 }), "a correction, not a second note");
    let vera = firm.office.hire("Вера Соколова", Role::Specialist).await?;
    assert_eq!(firm.code(&vera, note(30)).await, Some(RefusalCode::NotAllowed), "it is not her talk");
    assert_eq!(firm.code(&firm.boris, note(25 * 60)).await, Some(RefusalCode::TooLarge));

    let last_used = firm.told().await?.into_iter().rev().find_map(|event| match event {
        Event::Used { used, .. } => Some(used.minutes),
        _ => None,
    });
    assert_eq!(last_used, Some(225), "Anna reads the same");
    let noted = firm.office.desk.store().time_spent(Timestamp(0), Timestamp(i64::MAX)).await?;
    assert_eq!(
        noted.iter().map(|one| (one.minutes, one.drawn, one.by)).collect::<Vec<_>>(),
        [(220, 225, firm.boris.person.id)]
    );
    let drop = OpBody::Contract(Op::Drop { contract: firm.contract.id });
    assert_eq!(firm.code(&firm.galina, drop).await, Some(RefusalCode::InUse), "what was drawn from stays");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_fifth_left_is_told_at_once_and_nothing_left_closes_the_line<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let talk = firm.talk().await?;
    let note = |minutes| Op::NoteTime { work: Work::Conversation(talk), minutes };
    firm.done(&firm.boris, note(480)).await?;
    firm.done(&firm.boris, note(481)).await?;
    let low = |told: &[Event]| {
        told.iter().filter(|event| matches!(event, Event::Reminded { notice, .. } if notice.what == What::Low)).count()
    };
    assert_eq!(low(&firm.told().await?), 1);
    firm.done(&firm.boris, note(600)).await?;
    let refusal = firm.asks().await.expect_err("nothing is left");
    assert_eq!(refusal.entitlement.map(|no| no.why), Some(Why::Spent));
    assert_eq!(firm.code(&firm.anna, firm.say(talk)).await, None, "what was begun rightly goes on");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn requests_are_counted_when_asked_and_given_back_when_taken_back<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    firm.put(Contract { kind: Kind::Requests { count: 2, every: Every::Term }, ..firm.contract.clone() }).await?;
    let first = firm.asks().await.map_err(|refusal| format!("{refusal:?}"))?;
    assert!(firm.asks().await.is_ok());
    assert_eq!(firm.asks().await.err().and_then(|no| no.entitlement).map(|no| no.why), Some(Why::Spent));
    assert_eq!(firm.code(&firm.anna, OpBody::Cancel { request: first }).await, None);
    assert_eq!(firm.left().await?, Some(Left::Requests { left: 1, of: 2 }));
    assert!(firm.asks().await.is_ok());
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn reminders_are_written_once_however_often_the_desk_looks<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let mut written = Vec::new();
    for _ in 0..2 * 14 {
        written.extend(firm.office.desk.remind().await?.into_iter().map(|(_, notice)| notice.what));
        assert!(firm.office.desk.due_reminders().await?.is_empty(), "nothing is due a second time");
        firm.office.desk.clock().shift(Span::minutes(DAY / 2));
    }
    let ends = |days| What::Ends { days };
    assert_eq!(written, [ends(7), ends(1), ends(0)], "the thirtieth day was told when the contract was written");
    let told = firm.told().await?.into_iter().filter(|event| matches!(event, Event::Reminded { .. })).count();
    assert_eq!(told, 4);
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn without_any_contract_the_owner_decides<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    firm.done(&firm.galina, Op::Drop { contract: firm.contract.id }).await?;
    assert!(firm.asks().await.is_ok(), "as it comes");
    assert_eq!(
        firm.code(&firm.boris, OpBody::Contract(Op::ServeWithout { serve: false })).await,
        Some(RefusalCode::NotAllowed)
    );
    firm.done(&firm.galina, Op::ServeWithout { serve: false }).await?;
    let refusal = firm.asks().await.expect_err("no contract, no help");
    assert_eq!(refusal.entitlement.map(|no| no.why), Some(Why::NoContract));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn only_an_owner_writes_contracts_and_only_sound_ones<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let put = |contract| OpBody::Contract(Op::Put { contract });
    let sound = firm.contract.clone();
    for (who, name) in [(&firm.anna, "customer"), (&firm.boris, "specialist")] {
        assert_eq!(firm.code(who, put(sound.clone())).await, Some(RefusalCode::NotAllowed), "{name}");
    }
    let yesterday: Option<Day> = Some(sound.from.plus(-1));
    assert_eq!(
        firm.code(&firm.galina, put(Contract { to: yesterday, ..sound.clone() })).await,
        Some(RefusalCode::Invalid)
    );
    let mut elsewhere = sound.clone();
    elsewhere.entitlements[0].line = firm.made(LineId);
    assert_eq!(firm.code(&firm.galina, put(elsewhere)).await, Some(RefusalCode::NotFound));
    let result = firm.office.act(&firm.galina, put(sound)).await;
    assert_eq!(result.ok(), Some(OpResult::Done));
    firm.office.close().await;
    Ok(())
}
