//! What people do, one after the other, each at its time.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use anyhow::{Context, Result, anyhow, bail};
use opora_desk::{
    Actor, Link,
    store::{Store, Tx},
};
use opora_desk_store::SqliteStore;
use opora_domain::{
    ContractId, ConversationId, LineId, MessageId, OrganisationId, PersonId, RequestId, Span, Timestamp,
    availability::Status,
    calendar::{Day, Zone},
    contract::{Channel, Contract, Entitlement, Kind, Level},
    message::Draft,
    queue::Overflow,
    request::{Class, State},
    role::Role,
};
use opora_runtime::{Clock, Rng};
use opora_wire::{OpBody, RefusalCode, contract, hours, presence, routing};

use super::{
    Break, Options, Report,
    calendar::{self, DAYS, START, at, shift, works},
    check::{self, Known, OVERFLOW, Talk},
};
use crate::firm::Firm;

/// Conversations at once; a few specialists manage more.
const CAPACITY: u32 = 3;
/// One customer in so many is of the client whose contract ends.
const EXPIRING: usize = 5;
/// It ends with this day.
const LAST_DAY: i64 = 5;
/// A computer that died is back after so long.
const REPAIR: Span = Span::minutes(7);
/// When something is broken on purpose: on the second morning, in the middle of the work.
const SABOTAGE: i64 = 11 * 60;
/// Requests that wait when it is: there has to be something to break.
const CROWD: usize = 30;

/// Something that happens. Ordered, so that one seed gives one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Comes(usize),
    Lunch(usize, i64),
    Goes(usize),
    Dies(usize),
    Asks {
        customer: usize,
        line: usize,
        class: usize,
    },
    Answers(RequestId),
    TakesBack(RequestId),
    Holds(RequestId),
    Writes(RequestId),
    Closes(RequestId),
    Breaks,
    /// Only the desk looks: an offer lapses, a lunch ends.
    Looks,
}

/// The contract that ends in the middle of the week: with Monday, the day after the clocks went forward.
fn agreed(firm: &Firm, organisation: OrganisationId, lines: &[LineId]) -> Result<Contract> {
    let day = |day| Day::new(2026, 3, day).context("a day of March");
    let entitlement = |line: &LineId| Entitlement { line: *line, channels: [Channel::Chat].into(), urgent: true };
    Ok(Contract {
        id: ContractId(firm.id()),
        organisation,
        number: "В-1".into(),
        level: Level { name: "Базовый".into(), rank: 1 },
        zone: Zone("Europe/Berlin".into()),
        from: day(1)?,
        to: Some(day(30)?),
        paid: true,
        grace_days: 0,
        kind: Kind::Flat,
        step: 15,
        entitlements: lines.iter().map(entitlement).collect(),
    })
}

pub(super) struct Week {
    options: Options,
    firm: Firm,
    rng: Rng,
    lines: Vec<LineId>,
    customers: Vec<Actor>,
    people: Vec<Actor>,
    links: BTreeMap<usize, Link<SqliteStore>>,
    /// Connected by name only: nothing is heard of them any more.
    dead: BTreeMap<usize, Link<SqliteStore>>,
    lunch_until: BTreeMap<usize, Timestamp>,
    customer_of: BTreeMap<RequestId, usize>,
    plan: BinaryHeap<Reverse<(Timestamp, u64, What)>>,
    planned: u64,
    known: Known,
    report: Report,
}

impl Week {
    pub(super) async fn begin(options: Options) -> Result<Self> {
        let clock = Clock::standing(START);
        let firm = Firm::open(clock, Rng::seeded(options.seed)).await?;
        let lines = vec![firm.line("Первая линия").await?, firm.line("Вторая линия").await?];
        let vasilek = firm.organisation("ООО «Василёк»").await?;
        let (mut customers, mut people) = (Vec::new(), Vec::new());
        for number in 0..options.customers {
            let of = if number.is_multiple_of(EXPIRING) { vasilek } else { firm.romashka };
            customers.push(firm.customer(&format!("Клиент {number}"), of).await?);
        }
        for number in 0..options.specialists {
            // Most serve the first line, some the second, a few both.
            let own = match number % 6 {
                0..=2 => &lines[..1],
                3 | 4 => &lines[1..],
                _ => &lines[..],
            };
            let capacity = CAPACITY + u32::from(number % 5 == 0);
            people.push(firm.hire(&format!("Специалист {number}"), Role::Specialist, own, capacity).await?);
        }
        let owner = firm.hire("Ольга Тихая", Role::Owner, &lines, 0).await?;
        let overflow = Some(Overflow { to: lines[1], after: OVERFLOW });
        let op = OpBody::Routing(routing::Op::SetOverflow { line: lines[0], overflow });
        firm.act(&owner, op).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
        for (number, line) in lines.iter().enumerate() {
            let op = OpBody::Hours(hours::Op::Set { line: *line, calendar: Some(calendar::hours(number)) });
            firm.act(&owner, op).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
        }
        let op = OpBody::Contract(contract::Op::Put { contract: agreed(&firm, vasilek, &lines)? });
        firm.act(&owner, op).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
        let known = Known { lines: Some((lines[0], lines[1])), ..Known::default() };
        let (rng, report) = (Rng::seeded(options.seed ^ 0x5eed), Report { seed: options.seed, ..Report::default() });
        let mut week = Self {
            options,
            firm,
            rng,
            lines,
            customers,
            people,
            links: BTreeMap::new(),
            dead: BTreeMap::new(),
            lunch_until: BTreeMap::new(),
            customer_of: BTreeMap::new(),
            plan: BinaryHeap::new(),
            planned: 0,
            known,
            report,
        };
        week.plan_days();
        Ok(week)
    }

    fn chance(&self, of: u64) -> bool {
        self.rng.up_to(of - 1) == 0
    }

    fn below(&self, of: usize) -> usize {
        let most = u64::try_from(of).unwrap_or(1).saturating_sub(1);
        usize::try_from(self.rng.up_to(most)).unwrap_or_default()
    }

    fn seconds(&self, from: u64, to: u64) -> Span {
        Span::seconds(i64::try_from(from + self.rng.up_to(to - from)).unwrap_or_default())
    }

    fn now(&self) -> Timestamp {
        self.firm.desk.clock().now()
    }

    fn plan(&mut self, when: Timestamp, what: What) {
        self.planned += 1;
        self.plan.push(Reverse((when, self.planned, what)));
    }

    fn plan_days(&mut self) {
        for day in (0..DAYS).filter(|day| works(*day)) {
            for person in 0..self.people.len() {
                let hours = shift(day, person);
                let late = self.seconds(0, 900);
                self.plan(hours.from + late, What::Comes(person));
                self.plan(hours.lunch, What::Lunch(person, hours.lasts.0));
                self.plan(hours.to, What::Goes(person));
                if self.chance(6) {
                    let hour = self.seconds(0, 6 * 3_600);
                    self.plan(hours.from + Span::minutes(60) + hour, What::Dies(person));
                }
            }
        }
        for _ in 0..self.options.requests {
            // On any day and at any hour somebody may need help; most do in the morning of a working day.
            let day = i64::try_from(self.below(7)).unwrap_or_default();
            let minute = if works(day) { 8 * 60 + self.rng.up_to(10 * 60 - 1) } else { self.rng.up_to(24 * 60 - 1) };
            let line = usize::from(self.chance(3));
            let ask = What::Asks { customer: self.below(self.customers.len()), line, class: self.below(4) };
            let spread = self.seconds(0, 60);
            self.plan(at(day, i64::try_from(minute).unwrap_or_default()) + spread, ask);
        }
        if self.options.broken.is_some() {
            for customer in 0..CROWD {
                let ask = What::Asks { customer, line: 0, class: 1 };
                let before = i64::try_from(CROWD - customer).unwrap_or_default();
                self.plan(at(1, SABOTAGE) + Span::seconds(-before), ask);
            }
            self.plan(at(1, SABOTAGE), What::Breaks);
        }
    }

    /// One thing after the other, a turn of the desk and a check after each.
    pub(super) async fn live(mut self) -> Result<Report> {
        while let Some(Reverse((when, _, what))) = self.plan.pop() {
            let now = self.now();
            if when > now {
                self.firm.desk.clock().shift(when - now);
            }
            // Whose computer works is heard of, however far the clock has gone.
            self.links.values().for_each(Link::beat);
            self.happen(what).await?;
            let deadline = self.firm.desk.turn().await?;
            self.follow().await?;
            let now = self.now();
            check::all(self.firm.desk.store(), &mut self.known, now, &mut self.report).await?;
            self.report.steps += 1;
            self.look_at(deadline);
        }
        self.end().await
    }

    /// The desk looks at its next deadline, unless something happens before anyway.
    fn look_at(&mut self, deadline: Option<Timestamp>) {
        let next = self.plan.peek().map(|Reverse((when, ..))| *when);
        if let Some(deadline) = deadline
            && next.is_some_and(|next| deadline < next)
        {
            self.plan(deadline, What::Looks);
        }
    }

    async fn happen(&mut self, what: What) -> Result<()> {
        match what {
            What::Comes(person) => self.comes(person).await,
            What::Lunch(person, lasts) => self.lunch(person, Span(lasts)).await,
            What::Goes(person) => {
                self.links.remove(&person);
                self.dead.remove(&person);
                Ok(())
            }
            What::Dies(person) => {
                if let Some(link) = self.links.remove(&person) {
                    self.dead.insert(person, link);
                    self.report.crashes += 1;
                    let back = self.now() + REPAIR;
                    self.plan(back, What::Comes(person));
                }
                Ok(())
            }
            What::Asks { customer, line, class } => self.asks(customer, line, class).await,
            What::Answers(request) => self.answers(request).await,
            What::TakesBack(request) => self.takes_back(request).await,
            What::Holds(request) => self.holds(request).await,
            What::Writes(request) => self.writes(request).await,
            What::Closes(request) => self.closes(request).await,
            What::Breaks => self.breaks().await,
            What::Looks => Ok(()),
        }
    }

    async fn comes(&mut self, person: usize) -> Result<()> {
        let hours = (0..DAYS).filter(|day| works(*day)).map(|day| shift(day, person));
        let now = self.now();
        if !hours.into_iter().any(|hours| hours.from <= now && now < hours.to) {
            return Ok(());
        }
        self.dead.remove(&person);
        let link = self.firm.desk.connect(self.people[person].clone(), i64::MAX >> 11);
        self.links.insert(person, link);
        Ok(())
    }

    async fn lunch(&mut self, person: usize, lasts: Span) -> Result<()> {
        if !self.links.contains_key(&person) {
            return Ok(());
        }
        let op = presence::Op::Declare { status: Status::Lunch, lasts: Some(lasts) };
        self.must(&self.people[person].clone(), OpBody::Presence(op)).await?;
        self.lunch_until.insert(person, self.now() + lasts);
        Ok(())
    }

    async fn asks(&mut self, customer: usize, line: usize, class: usize) -> Result<()> {
        let class = [Class::Broken, Class::Error, Class::Question, Class::Wish][class];
        let covered = !customer.is_multiple_of(EXPIRING) || self.now() < at(LAST_DAY + 1, 0);
        let asked = self.firm.try_ask(&self.customers[customer], self.lines[line], class).await;
        let request = match asked {
            Ok(request) => request,
            Err(refusal) if refusal.code == RefusalCode::NotEntitled && !covered => {
                self.report.refused += 1;
                return Ok(());
            }
            Err(refusal) => bail!("asking was refused: {refusal:?}"),
        };
        self.report.requests += 1;
        self.report.uncovered += usize::from(!covered);
        self.known.open.insert(request, self.now());
        self.customer_of.insert(request, customer);
        if self.chance(25) {
            let patience = self.seconds(60, 3_600);
            self.plan(self.now() + patience, What::TakesBack(request));
        }
        Ok(())
    }

    /// Who was shown something since the last look thinks about it.
    async fn follow(&mut self) -> Result<()> {
        self.see_who_is_available();
        self.see_holds().await?;
        for entry in self.firm.desk.store().queue().await? {
            let State::Offered { to, .. } = entry.state else { continue };
            let request = entry.waiting.request;
            let seen = self.known.offered.get(&request) == Some(&(to, entry.epoch));
            // One in ten is looking elsewhere, and it lapses.
            if !seen && !self.chance(10) {
                let thinks = self.seconds(2, 20);
                self.plan(self.now() + thinks, What::Answers(request));
            }
        }
        Ok(())
    }

    fn see_who_is_available(&mut self) {
        let now = self.now();
        self.lunch_until.retain(|_, until| now < *until);
        let at_work = self.links.keys().filter(|person| !self.lunch_until.contains_key(person));
        self.known.available = at_work.map(|person| self.people[*person].person.id).collect();
    }

    /// The desk takes back what was on hold when there is room.
    async fn see_holds(&mut self) -> Result<()> {
        if !self.known.talks.values().any(|talk| talk.held) {
            return Ok(());
        }
        let mut tx = self.firm.desk.store().begin().await?;
        for (request, talk) in self.known.talks.iter_mut().filter(|(_, talk)| talk.held) {
            talk.held = opora_desk::store::routing::RoutingTx::is_held(&mut tx, *request).await?;
        }
        Ok(())
    }

    async fn answers(&mut self, request: RequestId) -> Result<()> {
        let Some((to, epoch)) = self.offer(request).await? else { return Ok(()) };
        let Some(person) = self.people.iter().position(|one| one.person.id == to) else { return Ok(()) };
        if !self.links.contains_key(&person) {
            return Ok(());
        }
        let who = self.people[person].clone();
        if self.chance(12) {
            let reason = "Говорю по телефону".into();
            return self.may(&who, OpBody::Decline { request, epoch, reason }).await.map(drop);
        }
        if self.may(&who, OpBody::Accept { request, epoch }).await? {
            self.known.talks.insert(request, Talk { owner: to, held: false });
            let now = self.now();
            let asked = self.known.open.get(&request).copied().unwrap_or(now);
            self.note_wait(asked);
            let talk = self.seconds(120, 1_500);
            self.plan(now + talk, What::Closes(request));
            if self.chance(5) {
                let part = Span(talk.0 / 2);
                self.plan(now + part, What::Holds(request));
            }
        }
        Ok(())
    }

    fn note_wait(&mut self, asked: Timestamp) {
        let now = self.now();
        let opened = (0..DAYS).filter(|day| works(*day)).map(|day| at(day, 9 * 60)).filter(|from| *from <= now).max();
        let from = opened.map_or(asked, |opened| opened.max(asked));
        self.report.longest_wait_min = self.report.longest_wait_min.max((now - from).0 / Span::minutes(1).0);
    }

    async fn offer(&self, request: RequestId) -> Result<Option<(PersonId, i64)>> {
        let entries = self.firm.desk.store().queue().await?;
        Ok(entries.iter().find(|entry| entry.waiting.request == request).and_then(|entry| match entry.state {
            State::Offered { to, .. } => Some((to, entry.epoch)),
            _ => None,
        }))
    }

    async fn takes_back(&mut self, request: RequestId) -> Result<()> {
        let Some(customer) = self.customer_of.get(&request) else { return Ok(()) };
        if self.may(&self.customers[*customer].clone(), OpBody::Cancel { request }).await? {
            self.known.open.remove(&request);
        }
        Ok(())
    }

    async fn holds(&mut self, request: RequestId) -> Result<()> {
        let Some(owner) = self.owner(request) else { return Ok(()) };
        let conversation = ConversationId(request.0);
        self.must(&owner, OpBody::Routing(routing::Op::Hold { conversation })).await?;
        if let Some(talk) = self.known.talks.get_mut(&request) {
            talk.held = true;
        }
        self.report.holds += 1;
        let back = self.seconds(300, 7_200);
        self.plan(self.now() + back, What::Writes(request));
        Ok(())
    }

    async fn writes(&mut self, request: RequestId) -> Result<()> {
        let Some(customer) = self.customer_of.get(&request).copied() else { return Ok(()) };
        let draft = Draft { id: MessageId(self.firm.id()), text: "Готово".into(), reply_to: None, file: None };
        let body = OpBody::Say { conversation: ConversationId(request.0), draft };
        self.may(&self.customers[customer].clone(), body).await.map(drop)
    }

    async fn closes(&mut self, request: RequestId) -> Result<()> {
        let Some(owner) = self.owner(request) else { return Ok(()) };
        self.must(&owner, OpBody::Close { conversation: ConversationId(request.0) }).await?;
        self.known.talks.remove(&request);
        self.known.open.remove(&request);
        self.report.served += 1;
        Ok(())
    }

    fn owner(&self, request: RequestId) -> Option<Actor> {
        let owner = self.known.talks.get(&request)?.owner;
        self.people.iter().find(|one| one.person.id == owner).cloned()
    }

    async fn must(&self, who: &Actor, body: OpBody) -> Result<()> {
        self.firm.act(who, body).await.map_err(|refusal| anyhow!("refused: {refusal:?}"))?;
        Ok(())
    }

    /// Somebody else may have been faster.
    async fn may(&self, who: &Actor, body: OpBody) -> Result<bool> {
        match self.firm.act(who, body).await {
            Ok(_) => Ok(true),
            Err(refusal)
                if matches!(refusal.code, RefusalCode::Moved | RefusalCode::Closed | RefusalCode::NotEntitled) =>
            {
                Ok(false)
            }
            Err(refusal) => Err(anyhow!("refused: {refusal:?}")),
        }
    }

    /// Breaks something behind the desk's back.
    async fn breaks(&mut self) -> Result<()> {
        let now = self.now();
        let entries = self.firm.desk.store().queue().await?;
        let waits = |entry: &&opora_desk::record::Entry| entry.state == State::Waiting;
        let newest = entries.iter().filter(waits).max_by_key(|entry| entry.waiting.since).copied();
        let serving = |person: &PersonId| {
            let known = self.people.iter().find(|one| one.person.id == *person);
            known.is_some_and(|one| one.person.lines.contains(&self.lines[0]))
        };
        let busy = self.known.talks.values().map(|talk| talk.owner).find(serving);
        let mut tx = self.firm.desk.store().begin().await?;
        match (self.options.broken, newest, busy) {
            (Some(Break::Capacity), _, Some(person)) => {
                for _ in 0..4 {
                    tx.free_load(person, now).await?;
                }
            }
            (Some(Break::Order), Some(entry), Some(to)) => {
                let until = now + Span::seconds(25);
                tx.move_request(entry.waiting.request, entry.epoch, State::Offered { to, until }).await?;
            }
            (Some(Break::Orphan), Some(entry), _) => {
                let by = PersonId(self.firm.id());
                tx.move_request(entry.waiting.request, entry.epoch, State::Accepted { by }).await?;
            }
            (Some(Break::Starve), Some(entry), _) => {
                for one in &self.people {
                    tx.add_pass(entry.waiting.request, one.person.id, Timestamp(i64::MAX >> 11)).await?;
                }
            }
            _ => return Ok(()),
        }
        tx.commit(now).await?;
        Ok(())
    }

    /// Everybody went home: whoever asked has been served, unless nobody works any more.
    async fn end(mut self) -> Result<Report> {
        let last = (0..DAYS).filter(|day| works(*day)).map(|day| at(day, 15 * 60)).max();
        for (request, asked) in &self.known.open {
            // Who asks in the last hours may find nobody; who asked before that has waited for a whole afternoon.
            if !self.known.talks.contains_key(request) && last.is_some_and(|last| *asked < last) {
                self.report.starved += 1;
                let words = || format!("{request:?} was never served");
                self.report.first = self.report.first.take().or_else(|| Some(words()));
            }
        }
        Ok(self.report)
    }
}
