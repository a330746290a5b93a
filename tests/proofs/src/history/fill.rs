//! A support desk's years in the cache of one of its people.
//!
//! One conversation has a tenth of all messages, as one with a client who never closes it; the others have a few
//! to some hundred, with their requests, members, read marks, notes and ends. Two hundred conversations are not read
//! to their end.

use std::path::Path;

use anyhow::{Context as _, Result};
use opora_domain::{
    ConversationId, LineId, MessageId, OrganisationId, PersonId, RequestId, Span, Timestamp,
    certificate::Certificate,
    machine::Program,
    message::Draft,
    rating::{Rating, Stars},
    request::{Ask, Class, State},
    role::Role,
};
use opora_history::{AccountId, Cache, StoredEvent, Vault};
use opora_runtime::Rng;
use opora_wire::{EventBody, Stream, hello::Device, note};
use uuid::Uuid;

use super::{
    Options,
    words::{Words, pick},
};

/// Events that are stored in one transaction, as a client does that catches up.
const AT_ONCE: usize = 2_000;
const CUSTOMERS: usize = 2_000;
const ORGANISATIONS: usize = 300;
/// Codes that stand in one message each.
const CODES: usize = 50;
/// The first message was said in the autumn of 2023.
const BEGAN: Timestamp = Timestamp(1_700_000_000_000_000);
/// A message on a working day.
const PAUSE: Span = Span::seconds(90);

/// What is in it.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) talks: Vec<ConversationId>,
    pub(super) largest: usize,
    pub(super) largest_talk: ConversationId,
    pub(super) codes: Vec<String>,
}

/// Texts of all messages, in the order in which they are stored, and which of them has a code.
pub(super) struct Texts {
    words: Words,
    rng: Rng,
    messages: usize,
    said: usize,
}

impl Texts {
    pub(super) fn new(options: &Options) -> Self {
        let (words, rng) = (Words::new(options.seed), Rng::seeded(options.seed ^ 0x5A));
        Self { words, rng, messages: options.messages, said: 0 }
    }

    /// The next one.
    pub(super) fn next(&mut self) -> String {
        let text = self.words.message(&self.rng);
        let every = (self.messages / CODES).max(1);
        self.said += 1;
        match (self.said - 1) % every {
            0 => format!("{text} {}", code((self.said - 1) / every)),
            _ => text,
        }
    }
}

fn code(number: usize) -> String {
    format!("QX{}", 7_000_001 + number * 7_919)
}

/// Fills the cache of a profile that has joined.
pub(super) async fn fill(profile: &Path, options: &Options) -> Result<Filled> {
    let vault = Vault::open(profile, BEGAN).await?;
    let (account, me) = vault.accounts().await?.into_iter().next().context("an account")?;
    let cache = Cache::open(profile, BEGAN).await?;
    let heads: std::collections::BTreeMap<_, _> = cache.heads(account).await?.into_iter().collect();
    let rng = Rng::seeded(options.seed);
    let mut log = Log {
        cache,
        account,
        heads,
        waiting: Vec::new(),
        texts: Texts::new(options),
        at: BEGAN,
        me: me.person,
        certificate: me.certificate,
        gseq: 1_000,
        rng,
    };
    let firm = log.firm().await?;
    let filled = log.talks(&firm, options).await?;
    log.store().await?;
    Ok(filled)
}

/// A firm's clients.
struct Firm {
    line: LineId,
    customers: Vec<(PersonId, String, OrganisationId, String)>,
}

struct Log {
    cache: Cache,
    account: AccountId,
    heads: std::collections::BTreeMap<String, i64>,
    waiting: Vec<StoredEvent>,
    texts: Texts,
    at: Timestamp,
    me: PersonId,
    certificate: Certificate,
    gseq: i64,
    rng: Rng,
}

impl Log {
    async fn add(&mut self, stream: Stream, id: Uuid, by: PersonId, body: &EventBody) -> Result<i64> {
        let stream = stream.to_string();
        let seq = self.heads.entry(stream.clone()).and_modify(|seq| *seq += 1).or_insert(1);
        let (seq, body) = (*seq, serde_json::to_value(body)?);
        self.gseq += 1;
        self.waiting.push(StoredEvent { stream, seq, gseq: self.gseq, id, at: self.at, by: Some(by), body });
        if self.waiting.len() >= AT_ONCE {
            self.store().await?;
        }
        Ok(seq)
    }

    async fn store(&mut self) -> Result<()> {
        self.cache.apply(self.account, &self.waiting, None).await?;
        self.waiting.clear();
        Ok(())
    }

    fn id(&self) -> Uuid {
        self.rng.uuid_v7(self.at)
    }

    async fn firm(&mut self) -> Result<Firm> {
        let line = LineId(self.id());
        let me = self.me;
        let name = "Первая линия".to_owned();
        self.add(Stream::Staff, self.rng.uuid_v7(self.at), me, &EventBody::LineMade { line, name }).await?;
        let mut organisations = Vec::new();
        for number in 0..ORGANISATIONS {
            let (organisation, name) = (OrganisationId(self.id()), format!("ООО «Ромашка {number}»"));
            let body = EventBody::OrganisationMade { organisation, name: name.clone() };
            self.add(Stream::Staff, self.rng.uuid_v7(self.at), me, &body).await?;
            organisations.push((organisation, name));
        }
        let mut customers = Vec::new();
        for number in 0..CUSTOMERS {
            let (organisation, of) = pick(&self.rng, &organisations).cloned().context("organisations")?;
            let (person, name) = (PersonId(self.id()), format!("Анна {}ова {number}", self.texts.words.any(&self.rng)));
            let (role, lines) = (Role::Customer, Vec::new());
            let body =
                EventBody::PersonInvited { person, name: name.clone(), role, organisation: Some(organisation), lines };
            self.add(Stream::Staff, self.rng.uuid_v7(self.at), me, &body).await?;
            customers.push((person, name, organisation, of));
        }
        Ok(Firm { line, customers })
    }

    async fn talks(&mut self, firm: &Firm, options: &Options) -> Result<Filled> {
        let largest = options.messages / 10;
        let codes = (0..CODES.min(options.messages)).map(code).collect();
        let mut filled = Filled { talks: Vec::new(), largest, largest_talk: ConversationId(Uuid::nil()), codes };
        let mut left = options.messages;
        while left > 0 {
            let size = match filled.talks.len() {
                0 => largest,
                _ => usize::try_from(3 + self.rng.up_to(30) + self.rng.up_to(54))?,
            };
            let size = size.clamp(1, left);
            left -= size;
            // The first one, the largest, goes on, and so does every hundredth.
            let is_over = !filled.talks.len().is_multiple_of(100);
            filled.talks.push(self.talk(firm, size, is_over).await?);
        }
        filled.largest_talk = filled.talks.first().copied().context("messages")?;
        Ok(filled)
    }

    /// One talk: asked, taken, talked, closed. The largest goes on, and its last three hundred messages are not read.
    async fn talk(&mut self, firm: &Firm, size: usize, is_over: bool) -> Result<ConversationId> {
        let (id, me) = (ConversationId(self.id()), self.me);
        let (request, public, head) = (RequestId(id.0), Stream::Conversation(id), 1);
        let (customer, name, organisation, of) = pick(&self.rng, &firm.customers).cloned().context("customers")?;
        let description = self.texts.words.message(&self.rng);
        let program = Program::default();
        let ask = Ask {
            line: firm.line,
            class: Class::Error,
            program,
            description,
            facts: vec![],
            organisation: Some(organisation),
        };
        let asked = EventBody::RequestAsked { request, customer, ask: ask.clone(), since: self.at, urgent: true };
        self.add(Stream::Staff, self.rng.uuid_v7(self.at), customer, &asked).await?;
        let state = State::Accepted { by: me };
        let taken = EventBody::RequestMoved { request, state, epoch: 2 };
        self.add(Stream::Staff, self.rng.uuid_v7(self.at), me, &taken).await?;
        for stream in [public, Stream::ConversationStaff(id)] {
            let opened = EventBody::StreamOpened { stream, head };
            self.add(Stream::Person(me), self.rng.uuid_v7(self.at), me, &opened).await?;
        }
        let opened = EventBody::ConversationOpened { request, customer, ask };
        self.add(public, self.rng.uuid_v7(self.at), customer, &opened).await?;
        let both = [
            (customer, name, Role::Customer, of),
            (me, "Галина Орлова".to_owned(), Role::Owner, "Север-Софт".to_owned()),
        ];
        for (person, name, role, organisation) in both {
            let devices =
                vec![Device { key: opora_domain::PublicKey(self.rng.bytes()), certificate: self.certificate.clone() }];
            let joined = EventBody::Joined { person, name, role, organisation, devices };
            self.add(public, self.rng.uuid_v7(self.at), person, &joined).await?;
        }
        self.say(id, customer, size, is_over).await?;
        let text = self.texts.words.message(&self.rng);
        let note = EventBody::Note(note::Event::Written { text });
        self.add(Stream::ConversationStaff(id), self.rng.uuid_v7(self.at), me, &note).await?;
        if is_over {
            self.add(public, self.rng.uuid_v7(self.at), me, &EventBody::Closed).await?;
            let closed = EventBody::RequestMoved { request, state: State::Closed, epoch: 3 };
            self.add(Stream::Staff, self.rng.uuid_v7(self.at), me, &closed).await?;
            let rating = Rating { stars: Stars::new(5).context("stars")?, comment: String::new() };
            self.add(public, self.rng.uuid_v7(self.at), customer, &EventBody::Rated(rating)).await?;
        }
        Ok(id)
    }

    async fn say(&mut self, id: ConversationId, customer: PersonId, size: usize, is_over: bool) -> Result<()> {
        let (public, me) = (Stream::Conversation(id), self.me);
        let unread = if is_over { 0 } else { 300.min(size / 2) };
        for number in 0..size {
            self.at = self.at + PAUSE;
            let message = self.id();
            // Who waits writes in several messages; the answers come in between.
            let by = if number + unread >= size || number % 3 != 2 { customer } else { me };
            let draft = Draft { id: MessageId(message), text: self.texts.next(), reply_to: None, file: None };
            let seq = self.add(public, message, by, &EventBody::Said(draft)).await?;
            let is_last_read = number + unread + 1 == size;
            if is_last_read || (number % 4 == 1 && number + unread < size) {
                let other = if by == me { customer } else { me };
                self.add(public, self.rng.uuid_v7(self.at), other, &EventBody::Seen { up_to: seq }).await?;
            }
        }
        Ok(())
    }
}
