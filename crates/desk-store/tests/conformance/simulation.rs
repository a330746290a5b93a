//! A random day of an office, with its promises looked at after every step (D23).
//!
//! One seed gives one trace: clock, chance and the order of calls are the simulation's own.
//! `OPORA_SEED=N` plays another day, `OPORA_STEPS=N` a longer one.

use std::collections::BTreeMap;

use opora_desk::{
    Actor, Link,
    record::Request,
    store::{Store, Tx},
};
use opora_domain::{
    ConversationId, MessageId, OpId, PersonId, RequestId, SessionId, Span, TicketId,
    machine::Program,
    message::Draft,
    rating::{Rating, Stars},
    request::{Ask, Class, State},
    role::Role,
    scope::Scope,
    session::EndReason,
    ticket,
};
use opora_wire::{
    Fetch, Op, OpBody, OpResult, Refusal, ToClient,
    event::{Event, EventBody, Stream},
};

use crate::office::{Engine, Office, TestResult};

const STEPS: u64 = 250;

pub(crate) async fn a_random_day_keeps_every_promise_and_can_be_played_again<E: Engine>() -> TestResult {
    let seed = from_env("OPORA_SEED", 20_261_124);
    #[allow(clippy::print_stderr, reason = "shown with a failed test")]
    {
        eprintln!("OPORA_SEED={seed}");
    }
    let first = day::<E>(seed).await?;
    let again = day::<E>(seed).await?;
    assert_eq!(first, again, "one seed, one trace");
    Ok(())
}

fn from_env(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

async fn day<E: Engine>(seed: u64) -> TestResult<blake3::Hash> {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, seed).await?;
    let mut people = Vec::new();
    for (name, role) in [
        ("Анна Белова", Role::Customer),
        ("Олег Дроздов", Role::Customer),
        ("Борис Ким", Role::Specialist),
        ("Вера Соколова", Role::Specialist),
    ] {
        people.push(Member { actor: office.hire(name, role).await?, link: None, read: Vec::new(), cursor: 0 });
    }
    let mut day = Day { office, people, requests: Vec::new(), screens: Vec::new(), last: None, trace: String::new() };
    for person in 0..day.people.len() {
        day.welcome(person).await?;
    }
    for step in 0..from_env("OPORA_STEPS", STEPS) {
        day.step().await?;
        day.check().await.map_err(|error| format!("after step {step}: {error}"))?;
    }
    day.end().await
}

struct Member<S: Store> {
    actor: Actor,
    link: Option<Link<S>>,
    /// What came over all links together.
    read: Vec<Event>,
    cursor: i64,
}

struct Day<S: Store> {
    office: Office<S>,
    people: Vec<Member<S>>,
    requests: Vec<RequestId>,
    screens: Vec<SessionId>,
    /// The last operation, to be sent again.
    last: Option<(usize, Op, Result<OpResult, Refusal>)>,
    trace: String,
}

impl<S: Store> Day<S> {
    fn chance(&self, below: usize) -> usize {
        usize::try_from(self.office.rng.up_to(u64::try_from(below).unwrap_or(1).saturating_sub(1))).unwrap_or(0)
    }

    fn id(&self) -> uuid::Uuid {
        self.office.rng.uuid_v7(self.office.desk.clock().now())
    }

    async fn welcome(&mut self, person: usize) -> TestResult {
        let Actor { person: who, .. } = &self.people[person].actor;
        let mut tx = self.office.desk.store().begin().await?;
        for stream in [Stream::Desk, Stream::Person(who.id), Stream::Staff] {
            if stream != Stream::Staff || who.role.is_staff() {
                tx.grant(who.id, stream, 1).await?;
            }
        }
        tx.commit(self.office.desk.clock().now()).await?;
        Ok(())
    }

    async fn step(&mut self) -> TestResult {
        let person = self.chance(self.people.len());
        match self.chance(14) {
            0 => self.come_or_go(person).await?,
            1 => {
                let seconds = i64::try_from(1 + self.chance(40))?;
                self.office.desk.clock().shift(Span::seconds(seconds));
                for member in &self.people {
                    member.link.as_ref().inspect(|link| link.beat());
                }
            }
            2 | 3 => _ = self.office.desk.turn().await?,
            4 => self.send_again().await?,
            _ => {
                let (person, body) = self.wish(person).await?;
                let op = Op { op: OpId(self.id()), body };
                let done = self.office.desk.execute(&self.people[person].actor, op.clone()).await;
                self.trace += &format!("{person} {} {done:?}\n", serde_json::to_string(&op)?);
                self.last = Some((person, op, done));
            }
        }
        Ok(())
    }

    /// Comes from the cursor, reads everything, and sometimes goes.
    async fn come_or_go(&mut self, person: usize) -> TestResult {
        let desk = self.office.desk.clone();
        let member = &mut self.people[person];
        if member.link.take().is_none() {
            let mut link = desk.connect(member.actor.clone(), member.cursor);
            loop {
                if let ToClient::Events(events) = link.next().await? {
                    member.cursor = events.cursor;
                    member.read.extend(events.events);
                    if !events.more {
                        break;
                    }
                }
            }
            member.link = Some(link);
        }
        Ok(())
    }

    /// An answer that was lost: the same is asked again and answered the same, and nothing happens.
    async fn send_again(&mut self) -> TestResult {
        if let Some((person, op, done)) = &self.last
            && done.is_ok()
        {
            let head = self.office.desk.store().head().await?;
            let again = self.office.desk.execute(&self.people[*person].actor, op.clone()).await;
            assert_eq!(&again, done);
            assert_eq!(self.office.desk.store().head().await?, head, "nothing was done again");
        }
        Ok(())
    }

    /// Something that somebody comes to ask for; mostly somebody who may, and at a time when it makes sense.
    async fn wish(&mut self, anybody: usize) -> TestResult<(usize, OpBody)> {
        if self.requests.is_empty() || (self.chance(5) == 0 && self.requests.len() < 40) {
            let (customer, request) = (self.chance(2), RequestId(self.id()));
            self.requests.push(request);
            return Ok((customer, OpBody::Ask { request, ask: self.ask() }));
        }
        let recent = self.requests.len().min(8);
        let id = self.requests[self.requests.len() - 1 - self.chance(recent)];
        let Some(request) = self.requests(&[id]).await?.pop() else {
            return Ok((anybody, OpBody::Cancel { request: id }));
        };
        let (kind, sensible) = match request.state {
            State::Waiting => [("cancel", 0), ("accept", 1), ("accept", 1), ("say", 0)][self.chance(4)],
            State::Offered { .. } => [("accept", 1), ("accept", 1), ("decline", 1), ("cancel", 0)][self.chance(4)],
            _ => [
                ("say", 0),
                ("say", 1),
                ("see", 1),
                ("screen", 1),
                ("allow", 0),
                ("end", 0),
                ("ticket", 1),
                ("close", 1),
                ("close", 0),
                ("rate", 0),
            ][self.chance(10)],
        };
        let staff = match request.state {
            State::Offered { to: holder, .. } | State::Accepted { by: holder } => holder,
            _ => self.people[2 + self.chance(2)].actor.person.id,
        };
        let who = if sensible == 0 { request.customer } else { staff };
        let who = self.people.iter().position(|member| member.actor.person.id == who).unwrap_or(anybody);
        let who = if self.chance(8) == 0 { anybody } else { who };
        let body = match self.chance(10) {
            0 => OpBody::SetPresence { on_line: self.chance(4) != 0 },
            _ => self.body(kind, &request)?,
        };
        Ok((who, body))
    }

    fn ask(&self) -> Ask {
        Ask {
            line: self.office.line,
            class: [Class::Broken, Class::Error, Class::Question, Class::Wish][self.chance(4)],
            program: Program::default(),
            description: "Не печатается счёт".into(),
            facts: Vec::new(),
            organisation: None,
        }
    }

    fn body(&mut self, kind: &str, about: &Request) -> TestResult<OpBody> {
        let (request, conversation) = (about.id, about.conversation());
        // Now and then what a client knows is too old.
        let epoch = if self.chance(6) == 0 { about.epoch - 1 } else { about.epoch };
        let scopes = [Scope::View].into();
        let session = self.screens.last().copied().unwrap_or(SessionId(self.id()));
        Ok(match kind {
            "cancel" => OpBody::Cancel { request },
            "accept" => OpBody::Accept { request, epoch },
            "decline" => OpBody::Decline { request, epoch, reason: String::new() },
            "say" => {
                let draft = Draft { id: MessageId(self.id()), text: "Смотрю".into(), reply_to: None, file: None };
                OpBody::Say { conversation, draft }
            }
            "see" => OpBody::See { conversation, up_to: i64::try_from(1 + self.chance(6))? },
            "screen" => {
                let session = SessionId(self.id());
                self.screens.push(session);
                OpBody::AskScreen { session, conversation, scopes, reason: "Смотрю".into() }
            }
            "allow" => OpBody::AllowScreen { session, scopes },
            "end" => OpBody::EndSession { session, reason: EndReason::Refused },
            "ticket" => OpBody::MakeTicket { draft: self.ticket(conversation) },
            "rate" => {
                let stars = Stars::new(5).ok_or("five stars")?;
                OpBody::Rate { conversation, rating: Rating { stars, comment: String::new() } }
            }
            _ => OpBody::Close { conversation },
        })
    }

    fn ticket(&self, conversation: ConversationId) -> ticket::Draft {
        ticket::Draft {
            id: TicketId(self.id()),
            conversation: Some(conversation),
            customer: None,
            subject: "Печать".into(),
            description: String::new(),
            kind: ticket::Kind::Error,
            priority: ticket::Priority::Normal,
            files: Vec::new(),
            more: ticket::More::default(),
        }
    }

    async fn requests(&self, ids: &[RequestId]) -> TestResult<Vec<Request>> {
        let mut tx = self.office.desk.store().begin().await?;
        let mut found = Vec::new();
        for id in ids {
            found.extend(tx.request(*id).await?);
        }
        Ok(found)
    }

    /// A load is what is held, and never more than the capacity.
    async fn check(&self) -> TestResult {
        let mut held: BTreeMap<PersonId, u32> = BTreeMap::new();
        for request in self.requests(&self.requests).await? {
            if let State::Offered { to: holder, .. } | State::Accepted { by: holder } = request.state {
                *held.entry(holder).or_default() += 1;
            }
        }
        for server in self.office.desk.store().servers().await? {
            let holds = held.remove(&server.person).unwrap_or_default();
            if server.active != holds || holds > server.capacity {
                return Err(format!("{:?} holds {holds}, counted as {}", server.person, server.active).into());
            }
        }
        Ok(())
    }

    /// Everybody comes once more: what was read over links is what the streams hold.
    async fn end(mut self) -> TestResult<blake3::Hash> {
        for person in 0..self.people.len() {
            self.people[person].link = None;
            self.come_or_go(person).await?;
            let (read, who) = (std::mem::take(&mut self.people[person].read), self.people[person].actor.person.id);
            let mut by_stream: BTreeMap<Stream, BTreeMap<i64, Event>> = BTreeMap::new();
            for event in read {
                if let EventBody::StreamOpened { stream, .. } = event.body {
                    by_stream.entry(stream).or_default();
                }
                by_stream.entry(event.stream).or_default().insert(event.seq, event);
            }
            for (stream, mut events) in by_stream {
                let fetch = Fetch { stream, from: 1, to: i64::MAX >> 11 };
                let whole = self.office.desk.fetch(who, fetch).await.map_err(|no| format!("{stream}: {no:?}"))?;
                let newest: BTreeMap<i64, Event> = whole.events.into_iter().map(|event| (event.seq, event)).collect();
                // What came before the right did not come over the link; the client fetches it.
                let gap = newest.keys().find(|seq| !events.contains_key(seq)).copied().unwrap_or_default();
                let opened_late = matches!(stream, Stream::Conversation(_) | Stream::ConversationStaff(_));
                assert!(gap == 0 || opened_late, "{stream} lacks {gap}");
                events.retain(|seq, _| newest.contains_key(seq));
                assert!(events.iter().all(|(seq, event)| newest.get(seq) == Some(event)), "{stream} differs");
                let last = newest.keys().last().copied();
                assert_eq!(events.keys().last().copied(), last, "{stream} ends elsewhere");
                self.trace += &format!("{stream} {}\n", serde_json::to_string(&newest)?);
            }
        }
        let hash = blake3::hash(self.trace.as_bytes());
        self.office.close().await;
        Ok(hash)
    }
}
