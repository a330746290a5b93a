//! Tickets over the way that every operation takes: who moves them where, who reads what of them, by when they
//! are due.

use opora_desk::{
    Actor,
    record::Kept,
    store::{HoursTx, Store, Tx, ticket::TicketsTx},
};
use opora_domain::{
    CategoryId, FieldId, ItemId, LineId, MessageId, OpId, Span, TicketId, Timestamp, TrackerId,
    calendar::{Calendar, Zone},
    membership::Membership,
    rating::{Rating, Stars},
    role::Role,
    ticket::{
        Category, Change, Comment, Draft, Edit, Field, Item, Kind, Link, More, Priority, Relation, Status, Tracker,
        Visibility,
        terms::Terms,
        tracker::Template,
        workflow::{Step, Who},
    },
};
use opora_wire::{
    Event as Logged, EventBody, Op as Sent, OpBody, OpResult, Refusal, RefusalCode, Stream,
    structure::Op as Structure,
    ticket::{Event, Notice, Op},
};
use uuid::Uuid;

use crate::office::{Engine, Office, TestResult};

const HOUR: i64 = 60;

/// Anna, Oleg and Тимур are of ООО «Ромашка», Пётр of another client; Boris and Vera are specialists, Galina
/// supervises, Ольга owns the desk.
pub(crate) struct Firm<S: Store> {
    pub(crate) office: Office<S>,
    pub(crate) anna: Actor,
    pub(crate) oleg: Actor,
    timur: Actor,
    pyotr: Actor,
    pub(crate) boris: Actor,
    pub(crate) vera: Actor,
    galina: Actor,
    pub(crate) olga: Actor,
}

impl<S: Store> Firm<S> {
    pub(crate) async fn open(store: S) -> TestResult<Self> {
        let office = Office::simulated(store, 19).await?;
        let hire = async |name: &str, role| office.hire(name, role).await;
        let (anna, oleg) = (hire("Анна Белова", Role::Customer).await?, hire("Олег Дроздов", Role::Customer).await?);
        let timur = hire("Тимур Заяц", Role::Customer).await?;
        let pyotr = office.hire_of("Пётр Сомов", "ООО «Василёк»").await?;
        let boris = hire("Борис Ким", Role::Specialist).await?;
        let vera = hire("Вера Соколова", Role::Specialist).await?;
        let (galina, olga) = (hire("Галина Орлова", Role::Supervisor).await?, hire("Ольга Тихая", Role::Owner).await?);
        let mut tx = office.desk.store().begin().await?;
        for person in [&anna, &oleg, &timur, &pyotr] {
            tx.set_joined(person.person.id, Timestamp(1)).await?;
            tx.grant(person.person.id, Stream::Desk, 1).await?;
            tx.grant(person.person.id, Stream::Person(person.person.id), 1).await?;
        }
        for person in [&boris, &vera, &galina, &olga] {
            tx.grant(person.person.id, Stream::Staff, 1).await?;
        }
        tx.commit(Timestamp(1)).await?;
        office.desk.settle_audiences(false).await?;
        Ok(Self { office, anna, oleg, timur, pyotr, boris, vera, galina, olga })
    }

    fn id(&self) -> Uuid {
        self.office.rng.uuid_v7(self.now())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.office.desk.clock().now()
    }

    pub(crate) fn pass(&self, minutes: i64) {
        self.office.desk.clock().shift(Span::minutes(minutes));
    }

    fn draft(&self, kind: Kind) -> Draft {
        Draft {
            id: TicketId(self.id()),
            conversation: None,
            customer: None,
            subject: "Не печатает счёт".into(),
            description: "После обновления".into(),
            kind,
            priority: Priority::Normal,
            files: Vec::new(),
            more: More::default(),
        }
    }

    async fn make(&self, who: &Actor, draft: Draft) -> TestResult<TicketId> {
        let id = draft.id;
        self.office.act(who, OpBody::MakeTicket { draft }).await.map_err(|refusal| format!("{refusal:?}"))?;
        Ok(id)
    }

    pub(crate) async fn annas(&self) -> TestResult<TicketId> {
        self.make(&self.anna, self.draft(Kind::Error)).await
    }

    async fn op(&self, who: &Actor, op: Op) -> Result<OpResult, Refusal> {
        self.office.act(who, OpBody::Ticket(op)).await
    }

    pub(crate) async fn done(&self, who: &Actor, op: Op) -> TestResult<OpResult> {
        Ok(self.op(who, op).await.map_err(|refusal| format!("{refusal:?}"))?)
    }

    async fn code(&self, who: &Actor, op: Op) -> Option<RefusalCode> {
        self.op(who, op).await.err().map(|refusal| refusal.code)
    }

    pub(crate) fn entry(&self, ticket: TicketId, edits: Vec<Edit>, comment: Option<Comment>) -> Op {
        Op::Update { ticket, entry: MessageId(self.id()), edits, comment }
    }

    /// One field, from what it is now.
    pub(crate) async fn to(&self, ticket: TicketId, now: Change, comment: Option<Comment>) -> TestResult<Op> {
        let was = self.kept(ticket).await?.ticket.value(now.field());
        Ok(self.entry(ticket, vec![Edit { was, now }], comment))
    }

    pub(crate) async fn moved(
        &self,
        who: &Actor,
        ticket: TicketId,
        to: Status,
        words: Option<&str>,
    ) -> TestResult<OpResult> {
        self.done(who, self.to(ticket, Change::Status(to), words.map(aloud)).await?).await
    }

    async fn kept(&self, id: TicketId) -> TestResult<Kept> {
        let mut tx = self.office.desk.store().begin().await?;
        Ok(tx.ticket(id).await?.ok_or("the ticket is there")?)
    }

    async fn feed(&self, who: &Actor) -> TestResult<Vec<Logged>> {
        Ok(self.office.desk.store().feed(who.person.id, 0, 10_000).await?.events)
    }

    /// What happened to a ticket, as somebody reads it.
    async fn history(&self, who: &Actor, ticket: TicketId) -> TestResult<Vec<(Logged, Event)>> {
        let events = self.feed(who).await?.into_iter().filter_map(|logged| match &logged.body {
            // Who is named in it is no part of what happened.
            EventBody::Ticket(Event::Introduced { .. }) => None,
            EventBody::Ticket(event) if event.ticket() == Some(ticket) => Some((logged.clone(), event.clone())),
            _ => None,
        });
        Ok(events.collect())
    }

    /// Whether a word is in anything that somebody gets.
    async fn hears(&self, who: &Actor, word: &str) -> TestResult<bool> {
        Ok(format!("{:?}", self.feed(who).await?).contains(word))
    }

    async fn reads(&self, who: &Actor, ticket: TicketId) -> TestResult<bool> {
        let mut tx = self.office.desk.store().begin().await?;
        Ok(tx.may_read(who.person.id, Stream::Ticket(ticket)).await?)
    }
}

pub(crate) fn aloud(text: &str) -> Comment {
    Comment { text: text.into(), files: Vec::new(), staff: false }
}

pub(crate) fn aside(text: &str) -> Comment {
    Comment { staff: true, ..aloud(text) }
}

fn updated(conflicts: Vec<Field>) -> OpResult {
    OpResult::Updated { written: true, conflicts }
}

pub(crate) async fn a_ticket_is_placed_and_its_customer_reads_it_in_a_stream_of_its_own<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let (line, category) = (LineId(firm.id()), CategoryId(firm.id()));
    let mut tx = firm.office.desk.store().begin().await?;
    tx.put_line(line, "Печать").await?;
    tx.set_calendar(line, Some(&Calendar::usual(Zone::utc()))).await?;
    tx.commit(firm.now()).await?;
    let known =
        Category { id: category, name: "Печать".into(), line: Some(line), assignee: Some(firm.vera.person.id) };
    firm.done(&firm.olga, Op::PutCategories { categories: vec![known] }).await?;
    let draft = firm.draft(Kind::Error);
    let more = More { category: Some(category), ..More::default() };
    let id = firm.make(&firm.boris, Draft { customer: Some(firm.anna.person.id), more, ..draft }).await?;

    let kept = firm.kept(id).await?.ticket;
    assert_eq!((kept.line, kept.assignee), (Some(line), Some(firm.vera.person.id)));
    assert_eq!(kept.organisation, Some(firm.office.romashka));
    let hours = Calendar::usual(Zone::utc());
    let solution = hours.add_working_time(firm.now(), Span::minutes(40 * HOUR));
    assert_eq!(kept.deadlines.solution, solution, "forty hours of the line's own time");
    for (who, stream) in [(&firm.anna, Stream::Ticket(id)), (&firm.boris, Stream::Staff)] {
        let made: Vec<_> = firm.feed(who).await?;
        let made = made.iter().filter(|event| matches!(&event.body, EventBody::TicketMade { .. }));
        let made: Vec<_> = made.map(|event| (event.stream, &event.body)).collect();
        assert_eq!(made.len(), 1, "told once: {made:?}");
        let EventBody::TicketMade { placed, .. } = made[0].1 else { return Err("made".into()) };
        assert_eq!((made[0].0, placed.assignee, placed.deadlines), (stream, kept.assignee, kept.deadlines));
    }
    let opened = firm.feed(&firm.anna).await?.into_iter().any(|event| {
        let mine = event.stream == Stream::Person(firm.anna.person.id);
        mine && matches!(event.body, EventBody::StreamOpened { stream, head: 1.. } if stream == Stream::Ticket(id))
    });
    assert!(opened, "she is told where to read");
    let own = firm.make(&firm.boris, firm.draft(Kind::Wish)).await?;
    assert!(!firm.reads(&firm.boris, own).await?, "the firm's own are in `staff`");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_ticket_counts_for_the_organisation_that_was_chosen<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let vasilyok = firm.pyotr.person.organisation.ok_or("a client")?;
    let wish = More { organisation: Some(vasilyok), ..More::default() };
    let draft = Draft { more: wish.clone(), ..firm.draft(Kind::Wish) };
    let elsewhere = firm.make(&firm.anna, draft).await?;
    assert_eq!(firm.kept(elsewhere).await?.ticket.organisation, Some(firm.office.romashka), "she is not of that one");
    let (person, membership) = (firm.anna.person.id, Membership::of(vasilyok));
    let put = OpBody::Structure(Structure::PutMembership { person, membership });
    firm.office.act(&firm.olga, put).await.map_err(|refusal| format!("{refusal:?}"))?;
    let there = firm.make(&firm.anna, Draft { more: wish, ..firm.draft(Kind::Wish) }).await?;
    assert_eq!(firm.kept(there).await?.ticket.organisation, Some(vasilyok));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_field_that_is_needed_is_asked_of_programs_that_know_it<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let field = FieldId(firm.id());
    let template = Template { id: field, name: "Номер заказа".into(), hint: String::new(), required: true };
    let id = TrackerId(firm.id());
    let orders = Tracker { id, name: "Заказ".into(), fields: vec![template], ..Tracker::usual(Kind::Error) };
    firm.done(&firm.olga, Op::PutTracker { tracker: orders.clone() }).await?;
    let with = |custom: &str| More {
        tracker: Some(id),
        custom: [(field, custom.to_owned())].into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        ..More::default()
    };
    let make = async |more: More, kind| {
        let draft = Draft { more, ..firm.draft(kind) };
        firm.office.act(&firm.anna, OpBody::MakeTicket { draft }).await.err().map(|refusal| refusal.code)
    };
    assert_eq!(make(with(""), Kind::Error).await, Some(RefusalCode::FieldNeeded));
    assert_eq!(make(with("  "), Kind::Error).await, Some(RefusalCode::FieldNeeded));
    assert_eq!(make(with("17"), Kind::Wish).await, Some(RefusalCode::Invalid), "it is no tracker of wishes");
    assert_eq!(make(with("17"), Kind::Error).await, None);
    let unknown = More { tracker: Some(TrackerId(firm.id())), ..More::default() };
    assert_eq!(make(unknown, Kind::Error).await, Some(RefusalCode::NotFound));
    let standard = Tracker { fields: orders.fields.clone(), ..Tracker::usual(Kind::Error) };
    firm.done(&firm.olga, Op::PutTracker { tracker: standard }).await?;
    assert_eq!(make(More::default(), Kind::Error).await, None, "an older program cannot ask for it");
    let turned = Tracker { kind: Kind::Wish, ..orders.clone() };
    assert_eq!(firm.code(&firm.olga, Op::PutTracker { tracker: turned }).await, Some(RefusalCode::Invalid));
    firm.done(&firm.olga, Op::PutTracker { tracker: Tracker { retired: true, ..orders } }).await?;
    assert_eq!(make(with("17"), Kind::Error).await, Some(RefusalCode::Invalid), "nothing new is made of it");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_ticket_goes_where_its_workflow_lets_it_and_not_without_words<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let confirm = firm.to(id, Change::Status(Status::Confirmed), Some(aloud("Готово"))).await?;
    assert_eq!(firm.code(&firm.boris, confirm).await, Some(RefusalCode::NotAStep));
    let solve = Change::Status(Status::Solved);
    for words in [None, Some(aloud("  ")), Some(aside("Сделал"))] {
        let silent = firm.to(id, solve.clone(), words).await?;
        assert_eq!(firm.code(&firm.boris, silent).await, Some(RefusalCode::WordsNeeded));
    }
    assert_eq!(firm.kept(id).await?.ticket.status, Status::New, "a no changes nothing");
    firm.moved(&firm.boris, id, Status::InWork, None).await?;
    firm.moved(&firm.boris, id, Status::Solved, Some("Обновили драйвер")).await?;
    firm.moved(&firm.anna, id, Status::Reopened, Some("Опять")).await?;
    firm.moved(&firm.boris, id, Status::Solved, Some("Теперь точно")).await?;
    let instead = firm.to(id, Change::Status(Status::Confirmed), None).await?;
    assert_eq!(firm.code(&firm.boris, instead.clone()).await, Some(RefusalCode::NotAStep));
    firm.done(&firm.galina, instead).await?;
    // The owner takes the last step away.
    let mut tracker = Tracker::usual(Kind::Error);
    tracker.workflow.steps.remove(&Step { from: Status::Confirmed, to: Status::Reopened, who: Who::Customer });
    firm.done(&firm.olga, Op::PutTracker { tracker }).await?;
    let reopen = firm.to(id, Change::Status(Status::Reopened), Some(aloud("И снова"))).await?;
    assert_eq!(firm.code(&firm.anna, reopen).await, Some(RefusalCode::NotAStep));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn who_was_asked_and_answers_sets_the_work_going_again<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    firm.moved(&firm.boris, id, Status::Waiting, Some("Какой принтер?")).await?;
    firm.done(&firm.vera, firm.entry(id, Vec::new(), Some(aside("Спрошу у коллег")))).await?;
    assert_eq!(firm.kept(id).await?.ticket.status, Status::Waiting, "the firm's own words move nothing");
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("HP 1020")))).await?;
    assert_eq!(firm.kept(id).await?.ticket.status, Status::InWork);
    let last = firm.history(&firm.boris, id).await?.pop().ok_or("an entry")?.1;
    assert!(matches!(last, Event::Updated { changes, .. } if changes == [Change::Status(Status::InWork)]));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn what_two_people_change_merges_and_the_same_field_is_asked_about<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let subject = |text: &str| Change::Subject(text.into());
    let hers =
        vec![Edit { was: subject("Не печатает счёт"), now: subject("Не печатает акт") }];
    let his = vec![
        Edit { was: subject("Не печатает счёт"), now: subject("Принтер") },
        Edit { was: Change::Priority(Priority::Normal), now: Change::Priority(Priority::High) },
    ];
    assert_eq!(firm.done(&firm.anna, firm.entry(id, hers.clone(), None)).await?, updated(Vec::new()));
    let answer = firm.done(&firm.boris, firm.entry(id, his, Some(aloud("Смотрю")))).await?;
    assert_eq!(answer, updated(vec![Field::Subject]), "he is asked once");
    let kept = firm.kept(id).await?.ticket;
    assert_eq!((kept.subject.as_str(), kept.priority), ("Не печатает акт", Priority::High));
    let history = firm.history(&firm.boris, id).await?;
    let Event::Updated { changes, comment, .. } = &history[1].1 else { return Err("an entry".into()) };
    assert_eq!(
        (changes.as_slice(), comment.as_ref()),
        (&[Change::Priority(Priority::High)][..], Some(&aloud("Смотрю")))
    );
    // The same again by somebody who did not know: nothing is left to say.
    let nothing = OpResult::Updated { written: false, conflicts: Vec::new() };
    assert_eq!(firm.done(&firm.vera, firm.entry(id, hers, None)).await?, nothing);
    assert_eq!(firm.history(&firm.boris, id).await?.len(), 2);
    let twice = Edit { was: subject("Не печатает акт"), now: subject("А") };
    let two = vec![twice.clone(), Edit { now: subject("Б"), ..twice }];
    assert_eq!(firm.code(&firm.anna, firm.entry(id, two, None)).await, Some(RefusalCode::Invalid));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn what_the_firm_says_among_itself_reaches_no_client<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let (id, parent) = (firm.annas().await?, firm.make(&firm.pyotr, firm.draft(Kind::Error)).await?);
    firm.done(&firm.boris, firm.entry(id, Vec::new(), Some(aside("Клиент нервный")))).await?;
    let hang = firm.to(id, Change::Parent(Some(parent)), None).await?;
    firm.done(&firm.boris, hang).await?;
    assert_eq!(firm.history(&firm.anna, id).await?.len(), 0, "not even that something happened");
    let mixed = firm.to(id, Change::Priority(Priority::Urgent), Some(aside("Директор звонил"))).await?;
    firm.done(&firm.boris, mixed).await?;
    let hers = firm.history(&firm.anna, id).await?;
    assert!(matches!(&hers[..], [(_, Event::Updated { changes, comment: None, .. })]
        if *changes == [Change::Priority(Priority::Urgent)]));
    for word in ["нервный", "Директор", &parent.to_string()] {
        assert!(!firm.hears(&firm.anna, word).await?, "{word}");
        assert!(firm.hears(&firm.vera, word).await?, "{word}");
    }
    let deep = firm.to(parent, Change::Parent(Some(id)), None).await?;
    assert_eq!(firm.code(&firm.boris, deep).await, Some(RefusalCode::Invalid), "no ticket is a part of itself");
    let stranger = firm.to(id, Change::Assignee(Some(firm.anna.person.id)), None).await?;
    assert_eq!(firm.code(&firm.boris, stranger).await, Some(RefusalCode::Invalid), "clients do no work here");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn an_entry_has_one_id_wherever_it_is_read<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let op = firm.entry(id, Vec::new(), Some(aloud("Смотрю")));
    let Op::Update { entry, .. } = op else { return Err("an entry".into()) };
    let sent = Sent { op: OpId(firm.id()), body: OpBody::Ticket(op.clone()) };
    let first = firm.office.desk.execute(&firm.boris, sent.clone()).await;
    let again = firm.office.desk.execute(&firm.boris, sent).await;
    assert_eq!(first, Ok(updated(Vec::new())));
    assert_eq!(again, first, "an answer that was lost is given again");
    for who in [&firm.anna, &firm.vera] {
        let ids: Vec<Uuid> = firm.history(who, id).await?.into_iter().map(|(logged, _)| logged.id).collect();
        assert_eq!(ids, [entry.0]);
    }
    assert_eq!(firm.code(&firm.boris, op).await, Some(RefusalCode::Invalid), "another operation is another entry");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_private_ticket_reaches_nobody_elses_device<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("Пароль Ландыш-17")))).await?;
    for who in [&firm.oleg, &firm.timur, &firm.pyotr] {
        for word in ["Ландыш", "Не печатает", &id.to_string()] {
            assert!(!firm.hears(who, word).await?, "{}: {word}", who.person.name);
        }
        let words = firm.entry(id, Vec::new(), Some(aloud("А у меня?")));
        assert_eq!(firm.code(who, words).await, Some(RefusalCode::NotAllowed));
        let nothing = firm.entry(TicketId(firm.id()), Vec::new(), Some(aloud("А у меня?")));
        assert_eq!(firm.code(who, nothing).await, Some(RefusalCode::NotAllowed), "as one that is not there");
    }
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_shared_ticket_is_read_by_colleagues_until_it_is_shared_no_longer<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let share = async |visibility: Visibility, comment: Option<Comment>| -> TestResult<OpResult> {
        firm.done(&firm.anna, firm.to(id, Change::Visibility(visibility), comment).await?).await
    };
    share(Visibility::Group([firm.oleg.person.id].into()), Some(aloud("Первое"))).await?;
    assert!(firm.hears(&firm.oleg, "Первое").await? && !firm.hears(&firm.timur, "Первое").await?);
    share(Visibility::Organisation, Some(aloud("Второе"))).await?;
    assert!(firm.hears(&firm.timur, "Первое").await? && firm.hears(&firm.timur, "Второе").await?);
    assert!(!firm.hears(&firm.pyotr, "Второе").await?, "another client's");
    firm.done(&firm.oleg, firm.entry(id, Vec::new(), Some(aloud("И у меня")))).await?;
    assert!(firm.hears(&firm.anna, "И у меня").await?);
    let wider = firm.to(id, Change::Visibility(Visibility::Private), None).await?;
    assert_eq!(firm.code(&firm.oleg, wider).await, Some(RefusalCode::NotAllowed), "whose it is says who sees it");

    share(Visibility::Private, Some(aloud("Третье"))).await?;
    for who in [&firm.oleg, &firm.timur] {
        assert!(!firm.reads(who, id).await? && !firm.hears(who, "Третье").await?, "{}", who.person.name);
        assert!(firm.hears(who, "Второе").await?, "what was read stays");
        let closed = firm
            .feed(who)
            .await?
            .into_iter()
            .any(|event| matches!(event.body, EventBody::StreamClosed { stream } if stream == Stream::Ticket(id)));
        assert!(closed, "and he is told that it goes on without him");
    }
    let strangers = Visibility::Group([firm.oleg.person.id, firm.pyotr.person.id].into());
    let shown = firm.to(id, Change::Visibility(strangers), None).await?;
    assert_eq!(firm.code(&firm.anna, shown).await, Some(RefusalCode::Invalid), "a group is of colleagues");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn who_comes_into_an_organisation_reads_what_it_shares_and_who_leaves_does_not<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let shared = More { visibility: Visibility::Organisation, ..More::default() };
    let id = firm.make(&firm.anna, Draft { more: shared, ..firm.draft(Kind::Error) }).await?;
    let own = firm.annas().await?;
    assert!(firm.reads(&firm.oleg, id).await? && !firm.reads(&firm.pyotr, id).await?);
    let (person, romashka) = (firm.pyotr.person.id, firm.office.romashka);
    let until = Some(firm.now() + Span::minutes(HOUR));
    let come = Structure::PutMembership { person, membership: Membership { until, ..Membership::of(romashka) } };
    firm.office.act(&firm.olga, OpBody::Structure(come)).await.map_err(|refusal| format!("{refusal:?}"))?;
    assert!(firm.reads(&firm.pyotr, id).await? && !firm.reads(&firm.pyotr, own).await?);
    firm.pass(HOUR);
    firm.office.desk.settle_audiences(true).await?;
    assert!(!firm.reads(&firm.pyotr, id).await?, "his time there is over");
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("Ещё раз")))).await?;
    assert!(!firm.hears(&firm.pyotr, "Ещё раз").await? && firm.hears(&firm.oleg, "Ещё раз").await?);
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn promises_run_from_the_making_to_the_first_words_and_the_solution<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let (id, made) = (firm.annas().await?, firm.now());
    let due = |hours: i64| Some(made + Span::minutes(hours * HOUR));
    let deadlines = async || -> TestResult<_> { Ok(firm.kept(id).await?.ticket.deadlines) };
    assert_eq!((deadlines().await?.answer, deadlines().await?.solution), (due(8), due(40)), "the line never closes");
    firm.pass(HOUR);
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("Есть кто?")))).await?;
    firm.done(&firm.boris, firm.entry(id, Vec::new(), Some(aside("Моё")))).await?;
    assert_eq!(deadlines().await?.answer, due(8), "neither is an answer to the client");
    firm.moved(&firm.boris, id, Status::Waiting, Some("Какой принтер?")).await?;
    assert_eq!((deadlines().await?.answer, deadlines().await?.solution), (None, None), "answered, and it stands still");
    firm.pass(10 * HOUR);
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("HP 1020")))).await?;
    assert_eq!(deadlines().await?.solution, due(50), "waiting cost nothing");
    let sooner = firm.to(id, Change::Priority(Priority::High), None).await?;
    firm.done(&firm.boris, sooner).await?;
    assert_eq!(deadlines().await?.solution, due(8), "promised anew, from the making");
    firm.moved(&firm.boris, id, Status::Solved, Some("Готово")).await?;
    assert_eq!(deadlines().await?.solution, None);
    let told = firm.history(&firm.anna, id).await?.pop().ok_or("an entry")?.1;
    assert!(matches!(told, Event::Updated { deadlines, .. } if deadlines.solution.is_none()), "{told:?}");
    firm.moved(&firm.anna, id, Status::Reopened, Some("Опять")).await?;
    assert_eq!(deadlines().await?.solution, Some(firm.now() + Span::minutes(8 * HOUR)));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn who_hears_of_a_ticket_reads_it_if_it_is_the_clients_and_no_stranger_does<E: Engine>() -> TestResult
{
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let watch = |who: &Actor, on| Op::Watch { ticket: id, person: who.person.id, on };
    assert_eq!(firm.code(&firm.boris, watch(&firm.pyotr, true)).await, Some(RefusalCode::Invalid));
    for who in [&firm.oleg, &firm.vera, &firm.oleg] {
        firm.done(&firm.boris, watch(who, true)).await?;
    }
    assert_eq!(firm.kept(id).await?.ticket.watchers.len(), 2);
    assert!(firm.reads(&firm.oleg, id).await? && !firm.reads(&firm.vera, id).await?, "she has it in `staff`");
    let of = |history: Vec<(Logged, Event)>| {
        let watched = history.into_iter().filter_map(|(_, event)| match event {
            Event::Watched { person, on, .. } => Some((person, on)),
            _ => None,
        });
        watched.collect::<Vec<_>>()
    };
    let (oleg, vera) = (firm.oleg.person.id, firm.vera.person.id);
    assert_eq!(of(firm.history(&firm.boris, id).await?), [(oleg, true), (vera, true)], "once, however often");
    assert_eq!(of(firm.history(&firm.anna, id).await?), [(oleg, true)], "the firm's people are its own matter");
    let named = |who: opora_domain::PersonId, logged: &Logged| matches!(logged.body, EventBody::Ticket(Event::Introduced { person, .. }) if person == who);
    assert!(firm.feed(&firm.anna).await?.iter().any(|logged| named(oleg, logged)), "she learns who that is");
    firm.done(&firm.boris, watch(&firm.oleg, false)).await?;
    firm.done(&firm.boris, firm.entry(id, Vec::new(), Some(aloud("Дальше без него")))).await?;
    assert!(!firm.hears(&firm.oleg, "Дальше без него").await?);
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn checklists_and_threads_are_the_firms_and_are_said_once<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let (id, other) = (firm.annas().await?, firm.make(&firm.pyotr, firm.draft(Kind::Error)).await?);
    let item = |text: &str| Item { id: ItemId(Uuid::from_u128(7)), text: text.into(), done: false };
    for text in ["Драйвер", "Драйвер", "Служба печати"] {
        firm.done(&firm.boris, Op::PutItem { ticket: id, item: item(text) }).await?;
    }
    let link = Link { relation: Relation::Blocks, other };
    for _ in 0..2 {
        firm.done(&firm.boris, Op::Link { ticket: id, link, on: true }).await?;
    }
    let turned = Link { relation: Relation::BlockedBy, other: id };
    assert_eq!(firm.kept(other).await?.ticket.links, [turned].into(), "seen from the other one");
    let own = Op::Link { ticket: id, link: Link { relation: Relation::Relates, other: id }, on: true };
    assert_eq!(firm.code(&firm.boris, own).await, Some(RefusalCode::Invalid));
    assert_eq!(firm.history(&firm.boris, id).await?.len(), 3, "two lines and a thread");
    assert_eq!(firm.history(&firm.boris, other).await?.len(), 1);
    assert!(firm.history(&firm.anna, id).await?.is_empty());
    for number in 0..99 {
        let item = Item { id: ItemId(firm.id()), text: format!("{number}"), done: false };
        firm.done(&firm.boris, Op::PutItem { ticket: id, item }).await?;
    }
    let more = Item { id: ItemId(firm.id()), text: "Ещё".into(), done: false };
    assert_eq!(firm.code(&firm.boris, Op::PutItem { ticket: id, item: more }).await, Some(RefusalCode::TooLarge));
    firm.done(&firm.boris, Op::DropItem { ticket: id, item: item("").id }).await?;
    firm.done(&firm.boris, Op::Link { ticket: other, link: turned, on: false }).await?;
    let kept = firm.kept(id).await?.ticket;
    assert_eq!((kept.checklist.len(), kept.links.len()), (99, 0), "taken away from either side");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_merged_ticket_goes_on_in_the_other_and_takes_its_customer_along_within_a_client<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let into = firm.annas().await?;
    let olegs = firm.make(&firm.oleg, firm.draft(Kind::Error)).await?;
    let pyotrs = firm.make(&firm.pyotr, firm.draft(Kind::Error)).await?;
    firm.done(&firm.anna, firm.entry(into, Vec::new(), Some(aloud("Пароль Ландыш-17")))).await?;
    for ticket in [olegs, pyotrs] {
        for _ in 0..2 {
            firm.done(&firm.boris, Op::Merge { ticket, into }).await?;
        }
        let kept = firm.kept(ticket).await?.ticket;
        assert_eq!((kept.status, kept.merged, kept.deadlines.solution), (Status::Solved, Some(into), None));
    }
    assert!(firm.hears(&firm.oleg, "Ландыш").await?, "Oleg goes along");
    assert!(!firm.hears(&firm.pyotr, "Ландыш").await? && !firm.reads(&firm.pyotr, into).await?);
    for (who, ticket) in [(&firm.oleg, olegs), (&firm.pyotr, pyotrs)] {
        let told: Vec<_> = firm.history(who, ticket).await?.into_iter().map(|(_, event)| event).collect();
        assert!(
            matches!(&told[..], [Event::Updated { changes, .. }, Event::Merged { number: 1, .. }]
            if *changes == [Change::Status(Status::Solved)]),
            "{told:?}"
        );
    }
    for (ticket, into) in [(into, into), (into, olegs), (olegs, pyotrs)] {
        assert_eq!(firm.code(&firm.boris, Op::Merge { ticket, into }).await, Some(RefusalCode::Invalid));
    }
    let again = firm.to(olegs, Change::Status(Status::Reopened), Some(aloud("Опять"))).await?;
    assert_eq!(firm.code(&firm.oleg, again).await, Some(RefusalCode::NotAStep), "it goes on elsewhere");
    firm.office.close().await;
    Ok(())
}

fn notice(title: &str) -> Notice {
    Notice { title: title.into(), text: "Ждите обновления".into() }
}

pub(crate) async fn news_of_an_error_go_to_everybody_who_joined_it_in_nobodys_name<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let join = |who: &Actor| {
        let more = More { joins: Some(id), ..More::default() };
        (Draft { more, ..firm.draft(Kind::Error) }, who.clone())
    };
    let (early, who) = join(&firm.oleg);
    let early = firm.make(&who, early).await?;
    assert!(firm.kept(early).await?.ticket.links.is_empty(), "nobody was told of it yet");
    firm.done(&firm.boris, Op::Publish { ticket: id, notice: Some(notice("Печать не работает")) }).await?;
    let (joined, who) = join(&firm.pyotr);
    let joined = firm.make(&who, joined).await?;
    assert_eq!(firm.kept(joined).await?.ticket.links, [Link { relation: Relation::Duplicates, other: id }].into());
    let answer = firm.kept(joined).await?.ticket.deadlines.answer;
    firm.pass(1);
    firm.done(&firm.boris, Op::Publish { ticket: id, notice: Some(notice("Исправлено")) }).await?;
    let told = firm.history(&firm.pyotr, joined).await?;
    let [(logged, Event::Updated { comment: Some(comment), changes, deadlines, .. })] = &told[..] else {
        return Err(format!("{told:?}").into());
    };
    assert_eq!((logged.by, comment.text.as_str()), (None, "Исправлено\n\nЖдите обновления"));
    assert!(changes.is_empty() && deadlines.answer == answer, "no person has answered");
    assert!(firm.history(&firm.oleg, early).await?.is_empty());
    firm.done(&firm.boris, Op::Publish { ticket: id, notice: None }).await?;
    firm.done(&firm.boris, Op::Publish { ticket: id, notice: None }).await?;
    let news = firm.history(&firm.timur, id).await?.into_iter().filter_map(|(_, event)| match event {
        Event::Published { notice, wish: false, .. } => Some(notice.map(|notice| notice.title)),
        _ => None,
    });
    assert_eq!(news.collect::<Vec<_>>(), [Some("Печать не работает".into()), Some("Исправлено".into()), None]);
    let question = firm.make(&firm.anna, firm.draft(Kind::Consultation)).await?;
    let publish = Op::Publish { ticket: question, notice: Some(notice("Вопрос")) };
    assert_eq!(firm.code(&firm.boris, publish).await, Some(RefusalCode::Invalid), "a question is nobody else's");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_wish_is_voted_for_by_who_sees_it_and_all_learn_how_many_and_not_who<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.make(&firm.anna, firm.draft(Kind::Wish)).await?;
    let vote = |on| Op::Vote { ticket: id, on };
    assert_eq!(firm.code(&firm.pyotr, vote(true)).await, Some(RefusalCode::NotAllowed), "he does not know of it");
    firm.done(&firm.anna, vote(true)).await?;
    firm.done(&firm.boris, Op::Publish { ticket: id, notice: Some(notice("Печать на двух сторонах")) }).await?;
    for _ in 0..2 {
        firm.done(&firm.pyotr, vote(true)).await?;
    }
    let counts: Vec<_> = firm.history(&firm.oleg, id).await?;
    let counted = counts.iter().map(|(logged, event)| match event {
        Event::Published { votes, wish: true, .. } => Ok((logged.by, *votes)),
        other => Err(format!("{other:?}")),
    });
    assert_eq!(counted.collect::<Result<Vec<_>, _>>()?, [(Some(firm.boris.person.id), 1), (None, 2)]);
    assert!(!firm.hears(&firm.oleg, &firm.pyotr.person.id.to_string()).await?, "nobody learns who");
    let own = firm.history(&firm.pyotr, id).await?.into_iter().filter(|(logged, event)| {
        logged.stream == Stream::Person(firm.pyotr.person.id) && matches!(event, Event::Voted { on: true, .. })
    });
    assert_eq!(own.count(), 1);
    firm.done(&firm.pyotr, vote(false)).await?;
    assert_eq!(firm.kept(id).await?.ticket.voters, [firm.anna.person.id].into());
    let error = firm.annas().await?;
    assert_eq!(firm.code(&firm.anna, Op::Vote { ticket: error, on: true }).await, Some(RefusalCode::Invalid));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn only_its_customer_rates_a_ticket_and_not_before_it_is_over<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let shared = More { visibility: Visibility::Organisation, ..More::default() };
    let id = firm.make(&firm.anna, Draft { more: shared, ..firm.draft(Kind::Error) }).await?;
    let rating = Rating { stars: Stars::new(4).ok_or("four")?, comment: "Быстро".into() };
    let rate = || Op::Rate { ticket: id, rating: rating.clone() };
    assert_eq!(firm.code(&firm.anna, rate()).await, Some(RefusalCode::StillOpen));
    firm.moved(&firm.boris, id, Status::Solved, Some("Готово")).await?;
    assert_eq!(firm.code(&firm.oleg, rate()).await, Some(RefusalCode::NotAllowed), "he reads it, and it is not his");
    firm.done(&firm.anna, rate()).await?;
    firm.done(&firm.anna, rate()).await?;
    assert_eq!(firm.kept(id).await?.ticket.rating, Some(rating.clone()));
    let rated =
        firm.history(&firm.boris, id).await?.into_iter().filter(|(_, event)| matches!(event, Event::Rated { .. }));
    assert_eq!(rated.count(), 1);
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_promise_presses_once_before_it_is_broken_and_once_when_it_is<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let id = firm.annas().await?;
    let desk = &firm.office.desk;
    let pressed = async || -> TestResult<Vec<bool>> {
        let history = firm.history(&firm.vera, id).await?.into_iter();
        Ok(history
            .filter_map(|(_, event)| if let Event::Pressed { broken, .. } = event { Some(broken) } else { None })
            .collect())
    };
    firm.pass(6 * HOUR);
    assert!(desk.press().await?.is_empty(), "more than a fifth of eight hours is left");
    firm.pass(30);
    assert_eq!((desk.press().await?, desk.press().await?), (vec![id], Vec::new()));
    firm.pass(2 * HOUR);
    assert_eq!((desk.press().await?, desk.press().await?), (vec![id], Vec::new()));
    assert_eq!(pressed().await?, [false, true]);
    // The answer is given at last; the solution is a promise of its own.
    firm.done(&firm.boris, firm.entry(id, Vec::new(), Some(aloud("Смотрю")))).await?;
    firm.pass(25 * HOUR);
    assert_eq!((desk.press().await?, pressed().await?.len()), (vec![id], 3));
    firm.moved(&firm.boris, id, Status::Waiting, Some("Какой принтер?")).await?;
    firm.done(&firm.anna, firm.entry(id, Vec::new(), Some(aloud("HP 1020")))).await?;
    assert!(desk.press().await?.is_empty(), "to and fro is no news");
    assert!(firm.history(&firm.anna, id).await?.iter().all(|(_, event)| !matches!(event, Event::Pressed { .. })));
    firm.moved(&firm.boris, id, Status::Solved, Some("Готово")).await?;
    firm.pass(1000 * HOUR);
    assert!(desk.press().await?.is_empty(), "what is over is due no more");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn only_what_makes_sense_is_set_up_and_the_same_again_is_no_news<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::open(store).await?;
    let usual = Tracker::usual(Kind::Error);
    let mut stuck = usual.clone();
    stuck.workflow.steps.retain(|step| step.from != Status::Waiting);
    let renamed = Tracker { id: TrackerId(firm.id()), ..usual.clone() };
    for tracker in [stuck, Tracker { kind: Kind::Wish, ..usual.clone() }, renamed] {
        assert_eq!(firm.code(&firm.olga, Op::PutTracker { tracker }).await, Some(RefusalCode::Invalid));
    }
    let category = Category { id: CategoryId(firm.id()), name: "Печать".into(), line: None, assignee: None };
    let theirs = Category { assignee: Some(firm.anna.person.id), ..category.clone() };
    for categories in [vec![theirs], vec![category.clone(), category.clone()]] {
        assert_eq!(firm.code(&firm.olga, Op::PutCategories { categories }).await, Some(RefusalCode::Invalid));
    }
    let mut terms = Terms::default();
    terms.promises.entry(Priority::Low).or_default().answer = Some(0);
    assert_eq!(firm.code(&firm.olga, Op::PutTerms { terms: terms.clone() }).await, Some(RefusalCode::Invalid));
    terms.promises.entry(Priority::Low).or_default().answer = Some(90);
    for _ in 0..2 {
        firm.done(&firm.olga, Op::PutTracker { tracker: usual.clone() }).await?;
        firm.done(&firm.olga, Op::PutTracker { tracker: Tracker { retired: true, ..usual.clone() } }).await?;
        firm.done(&firm.olga, Op::PutTracker { tracker: Tracker { retired: true, ..usual.clone() } }).await?;
        firm.done(&firm.olga, Op::PutCategories { categories: vec![category.clone()] }).await?;
        firm.done(&firm.olga, Op::PutTerms { terms: terms.clone() }).await?;
    }
    let told = firm.feed(&firm.anna).await?.into_iter().filter_map(|event| match event.body {
        EventBody::Ticket(event) => Some(event),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    let trackers = told.iter().filter(|event| matches!(event, Event::TrackerPut { .. })).count();
    assert_eq!((trackers, told.len()), (3, 5), "retired, taken back, retired; everybody reads it: {told:?}");
    let low = firm.make(&firm.anna, Draft { priority: Priority::Low, ..firm.draft(Kind::Wish) }).await?;
    assert_eq!(firm.kept(low).await?.ticket.deadlines.answer, Some(firm.now() + Span::minutes(90)));
    firm.office.close().await;
    Ok(())
}
