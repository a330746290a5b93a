//! Finding clients, conversations, tickets, messages, and notes beside talks.
//!
//! What is in memory is looked through; messages are asked of the index. The best of each kind come
//! first, kinds in the order in which people look for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use opora_domain::{ConversationId, OrganisationId, PersonId, TicketId, Timestamp};
use opora_history::{
    StoredEvent,
    search::words::{Query, Stems},
};
use opora_ipc::{
    UiError,
    search::{Hit, HitKind, SearchFor, SearchView},
};
use opora_wire::{Event, EventBody, Stream, note};
use uuid::Uuid;

use crate::{
    account::to_event,
    core::Core,
    refusal::local,
    state::State,
    views::tickets::At,
    world::{World, excerpt, first_words},
};

/// Hits of one kind at most, and of messages.
const MOST: usize = 6;
/// Messages at most: they are the long tail.
const MOST_MESSAGES: usize = 20;
/// Messages that are asked of the index; some may be of conversations that are not one's own any more.
const ASKED: i64 = 60;
/// Characters of a message around what was found; two lines of the list.
const AROUND: usize = 110;
/// Digits of a telephone number at least: fewer stand in too many.
const LEAST_DIGITS: usize = 4;
/// What a telephone number weighs that holds what was typed: as a word of a name by its beginning.
const CALLED: u32 = 9;
/// What is so many days older weighs half as much of what newness adds; a month of work.
const HALF: f64 = 30.0;
/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// What was found, the best first.
pub(super) async fn search(core: &Arc<Core>, SearchFor { words }: SearchFor) -> Result<SearchView, UiError> {
    let stems = Stems::default();
    let query = Query::new(&words, &stems);
    let Some(account) = core.state().account_id().filter(|_| !query.is_empty()) else {
        return Ok(SearchView { words, ..SearchView::default() });
    };
    let stored = core.cache.find(account, &query, ASKED).await.map_err(local)?;
    let building = !core.cache.is_indexed(account).await.map_err(local)?;
    let state = core.state();
    let Some(world) = &state.world else { return Ok(SearchView { words, ..SearchView::default() }) };
    let number = number(&words);
    let query_number = words.trim().trim_start_matches(['#', '№']).trim().parse().ok();
    let asked = Asked { world, state: &state, query, query_number, number, stems, now: core.clock().now() };
    let mut hits = asked.clients();
    hits.extend(asked.organisations());
    hits.extend(asked.conversations());
    hits.extend(asked.waiting());
    hits.extend(asked.tickets(&stored));
    hits.extend(asked.messages(&stored));
    Ok(SearchView { words, hits, building })
}

/// What was typed as a telephone number: digits, and what people put between them.
fn number(typed: &str) -> Option<String> {
    let good = typed.chars().all(|c| c.is_ascii_digit() || "+-() .".contains(c));
    let digits = significant(typed);
    (good && digits.len() >= LEAST_DIGITS).then_some(digits)
}

/// Digits of a number without what Russians dial before it: 8 at home, 7 from abroad.
fn significant(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix(['7', '8']) {
        Some(rest) if digits.len() == 11 => rest.to_owned(),
        _ => digits,
    }
}

struct Asked<'a> {
    world: &'a World,
    state: &'a State,
    query: Query,
    /// What was typed, when it may be a ticket's number.
    query_number: Option<i64>,
    /// What was typed, when it may be a telephone number.
    number: Option<String>,
    stems: Stems,
    now: Timestamp,
}

impl Asked<'_> {
    fn score(&self, texts: &[(&str, u32)]) -> Option<u32> {
        self.query.score(texts, &self.stems)
    }

    /// The best `most` of some hits; of two that match as well, the newer one.
    fn best(mut scored: Vec<(u32, Hit)>, most: usize) -> Vec<Hit> {
        scored.sort_by(|(a, one), (b, other)| {
            (b, other.at, &one.title, &one.id).cmp(&(a, one.at, &other.title, &other.id))
        });
        scored.into_iter().take(most).map(|(_, hit)| hit).collect()
    }

    fn clients(&self) -> Vec<Hit> {
        if !self.world.role.is_staff() {
            return Vec::new();
        }
        let newest = self.newest_talks();
        let client = |(id, person): (&PersonId, &crate::world::Person)| {
            if person.role.is_staff() {
                return None;
            }
            let organisation = self.world.organisation_name(person);
            let score = self.score_client(*id, person, &organisation)?;
            let conversation = newest.get(id).copied();
            let what = HitKind::Client { person: *id, conversation };
            Some((
                score,
                Hit { id: format!("client-{id}"), what, title: person.name.clone(), note: organisation, at: None },
            ))
        };
        Self::best(self.world.people.iter().filter_map(client).collect(), MOST)
    }

    /// A client by name and organisation, by address, telephone, or the organisation's ИНН.
    fn score_client(&self, id: PersonId, person: &crate::world::Person, organisation: &str) -> Option<u32> {
        let known = &self.world.structure;
        let (email, phone) = known.people.get(&id).map_or(("", ""), |card| (&card.email, &card.phone));
        let called = self.number.as_ref().is_some_and(|typed| significant(phone).contains(typed));
        if called {
            return Some(CALLED);
        }
        let further = known.memberships.get(&id).into_iter().flatten().map(|one| one.organisation);
        let cards = person.organisation.into_iter().chain(further).filter_map(|id| known.organisations.get(&id));
        let inns = cards.map(|card| (card.inn.as_str(), 3));
        let texts: Vec<_> =
            [(person.name.as_str(), 3), (organisation, 2), (email, 3)].into_iter().chain(inns).collect();
        self.score(&texts)
    }

    /// Organisations without people: the others are found by those. By name, or by ИНН.
    fn organisations(&self) -> Vec<Hit> {
        if !self.world.role.is_staff() {
            return Vec::new();
        }
        let known = &self.world.structure;
        let further = known.memberships.values().flatten().map(|one| one.organisation);
        let main = self.world.people.values().filter_map(|person| person.organisation);
        let with_people: BTreeSet<OrganisationId> = further.chain(main).collect();
        let alone = self.world.organisations.iter().filter(|(id, _)| !with_people.contains(id));
        let organisation = |(id, name): (&OrganisationId, &String)| {
            let inn = known.organisations.get(id).map(|card| card.inn.clone()).unwrap_or_default();
            let score = self.score(&[(name, 3), (&inn, 3)])?;
            let what = HitKind::Organisation { organisation: *id };
            Some((score, Hit { id: format!("organisation-{id}"), what, title: name.clone(), note: inn, at: None }))
        };
        Self::best(alone.filter_map(organisation).collect(), MOST)
    }

    /// Where each customer talked last, as far as one may read it.
    fn newest_talks(&self) -> BTreeMap<PersonId, ConversationId> {
        let mut newest: BTreeMap<PersonId, (Timestamp, ConversationId)> = BTreeMap::new();
        for (id, talk) in self.world.conversations.iter().filter(|(id, _)| self.world.is_own(**id)) {
            if let Some(customer) = talk.customer {
                let known = newest.entry(customer).or_insert((talk.at, *id));
                *known = (*known).max((talk.at, *id));
            }
        }
        newest.into_iter().map(|(customer, (_, id))| (customer, id)).collect()
    }

    fn conversations(&self) -> Vec<Hit> {
        let rows = self.state.conversation_rows(0).into_iter();
        let conversation = |row: opora_ipc::conversation::ConversationRow| {
            let score = self.score(&[(&row.title, 3), (&row.organisation, 2), (&row.subject, 2)])?;
            let what = HitKind::Conversation { conversation: row.id };
            let note = [row.organisation, row.subject].into_iter().filter(|part| !part.is_empty());
            let note = note.collect::<Vec<_>>().join(" · ");
            Some((score, Hit { id: format!("talk-{}", row.id), what, title: row.title, note, at: Some(row.at) }))
        };
        Self::best(rows.filter_map(conversation).collect(), MOST)
    }

    fn waiting(&self) -> Vec<Hit> {
        if !self.world.role.is_staff() {
            return Vec::new();
        }
        let waiting = self.world.waiting().into_iter().filter_map(|(id, request)| {
            let (customer, organisation) = self.world.names_of_ask(request.customer, &request.ask);
            let score = self.score(&[(&customer, 3), (&organisation, 2), (&request.ask.description, 2)])?;
            let note = format!("{organisation} · {}", first_words(&request.ask.description));
            let what = HitKind::Queue { request: id };
            Some((score, Hit { id: format!("queue-{id}"), what, title: customer, note, at: Some(request.since) }))
        });
        Self::best(waiting.collect(), MOST)
    }

    /// By number or customer, and what waits here, in memory; by their words, from the index.
    fn tickets(&self, stored: &[StoredEvent]) -> Vec<Hit> {
        let at = At { rev: 0, now: self.now };
        let said = stored.iter().filter_map(to_event).filter_map(|event| match event.body {
            EventBody::TicketMade { draft, .. } => Some(draft.id),
            EventBody::Ticket(said) => said.ticket(),
            _ => None,
        });
        let said: BTreeSet<TicketId> = said.collect();
        let typed = self.query_number;
        let mut customers: BTreeMap<PersonId, bool> = BTreeMap::new();
        let mut of_customer = |person: PersonId| {
            *customers.entry(person).or_insert_with(|| {
                let (name, organisation) = self.world.name_of(person).unwrap_or_default();
                self.score(&[(&name, 2), (&organisation, 1)]).is_some()
            })
        };
        let waits = |id: TicketId| !self.world.tickets.has(id);
        let mut wanted = BTreeSet::new();
        for (id, known) in &self.world.tickets.all {
            if said.contains(id) || typed == Some(known.ticket.number) || of_customer(known.ticket.customer) {
                wanted.insert(*id);
            }
        }
        let views = self.state.ticket_views(at, usize::MAX, |ticket| wanted.contains(&ticket.id) || waits(ticket.id));
        Self::best(views.into_iter().filter_map(|ticket| self.ticket(ticket, &said)).collect(), MOST)
    }

    fn ticket(&self, ticket: opora_ipc::ticket::TicketView, said: &BTreeSet<TicketId>) -> Option<(u32, Hit)> {
        let number = ticket.number.map(|number| number.to_string()).unwrap_or_default();
        let texts =
            [(ticket.subject.as_str(), 3), (number.as_str(), 3), (&ticket.customer, 2), (&ticket.description, 1)];
        // What was said in it is in the index only.
        let score = self.score(&texts).or(said.contains(&ticket.id).then_some(1))?;
        let known = |id: &ConversationId| self.world.conversations.contains_key(id) && self.world.is_own(*id);
        let conversation = ticket.conversation.filter(known);
        let what = HitKind::Ticket { ticket: ticket.id, number: ticket.number, conversation };
        let (id, at) = (format!("ticket-{}", ticket.id), Some(ticket.at));
        Some((score, Hit { id, what, title: ticket.subject, note: ticket.customer, at }))
    }

    /// In the index's order, newer ones a little before older ones.
    fn messages(&self, stored: &[StoredEvent]) -> Vec<Hit> {
        let mut ranked: Vec<(f64, Hit)> = (0_u32..)
            .zip(stored.iter().filter_map(to_event))
            .filter_map(|(place, event)| {
                let days = u32::try_from((self.now - event.at).0.max(0) / DAY).unwrap_or(u32::MAX);
                let weight = 1.0 + 1.0 / (1.0 + f64::from(days) / HALF);
                Some((f64::from(place + 1) / weight, self.message(&event)?))
            })
            .collect();
        ranked.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        ranked.into_iter().take(MOST_MESSAGES).map(|(_, hit)| hit).collect()
    }

    /// A line of a talk, or a note beside it; none where one only looks in.
    fn message(&self, event: &Event) -> Option<Hit> {
        let (conversation, text, what) = match (&event.stream, &event.body) {
            (Stream::Conversation(conversation), body) => {
                let (text, entry) = said(*conversation, event.id, body)?;
                (*conversation, text, HitKind::Message { conversation: *conversation, entry, order: event.seq })
            }
            (Stream::ConversationStaff(conversation), EventBody::Note(note::Event::Written { text })) => {
                (*conversation, text.clone(), HitKind::Note { conversation: *conversation })
            }
            _ => return None,
        };
        let talk = self.world.conversations.get(&conversation).filter(|_| self.world.is_own(conversation))?;
        let by = event.by.map(|by| self.state.person_name(by, Some(conversation))).unwrap_or_default();
        let organisation = talk.customer.and_then(|customer| talk.members.get(&customer));
        let organisation = organisation.map(|member| member.organisation.clone()).unwrap_or_default();
        let title = if organisation.is_empty() { by } else { format!("{by} · {organisation}") };
        let note = self.query.around(&text, &self.stems, AROUND);
        Some(Hit { id: format!("message-{}", event.id), what, title, note, at: Some(event.at) })
    }
}

/// The words of a line of a talk, and the row's id there.
fn said(conversation: ConversationId, event: Uuid, body: &EventBody) -> Option<(String, String)> {
    match body {
        EventBody::Said(draft) if draft.text.trim().is_empty() => Some((excerpt(draft), event.to_string())),
        EventBody::Said(draft) => Some((draft.text.clone(), event.to_string())),
        EventBody::ConversationOpened { ask, .. } => Some((ask.description.clone(), conversation.to_string())),
        _ => None,
    }
}
