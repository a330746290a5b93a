//! One look at queues and people: who is next, to whom, and what everybody is told.
//!
//! What is read is of one moment; everything after that is computed from it without another look.
//! Rules are the domain's (`queue`, `availability`, `wait`); here they meet the desk's records.

use std::collections::BTreeMap;

use opora_domain::{
    LineId, PersonId, RequestId, Timestamp,
    availability::{Availability, Declared, Hours},
    queue::{self, Candidate, Choice, Decision, Waiting},
    request::State,
    wait::{self, Serving},
};
use opora_wire::presence::Shown;

use crate::{
    around::{LineHours, Own},
    board::{Board, Place},
    desk::{Desk, DeskError},
    record::{Entry, Server},
    store::{Store, routing::Table},
};

/// One of the firm's people, and whether requests may be shown.
#[derive(Clone, Debug)]
struct Seen {
    server: Server,
    availability: Availability,
}

impl Seen {
    fn has_room(&self) -> bool {
        self.server.active < self.server.capacity
    }
}

/// What was seen.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) now: Timestamp,
    entries: Vec<Entry>,
    people: Vec<Seen>,
    table: Table,
    hours: LineHours,
    own: BTreeMap<RequestId, PersonId>,
}

impl Look {
    /// Looks.
    pub(crate) async fn take<S: Store>(desk: &Desk<S>, own: &mut Own) -> Result<Self, DeskError> {
        let store = &desk.inner.store;
        let (entries, servers, table) = (store.queue().await?, store.servers().await?, store.routing().await?);
        let now = desk.now();
        let here = desk.inner.presence.people(now);
        let hours = LineHours::at(desk, now).await?;
        let own = own.of(desk, &entries, now).await?;
        let people = servers.into_iter().map(|server| {
            let open = Hours::any(server.lines.iter().map(|line| hours.of(*line)));
            let availability = Availability::new(server.declared, here.contains(&server.person), open, now);
            Seen { server, availability }
        });
        Ok(Self { now, people: people.collect(), entries, table, hours, own })
    }

    /// A conversation on hold whose client waits, and whose owner has room again.
    pub(crate) fn to_resume(&self) -> Option<(RequestId, PersonId)> {
        let has_room = |person: PersonId| self.people.iter().any(|one| one.server.person == person && one.has_room());
        self.table.wanted.iter().copied().find(|(_, person)| has_room(*person))
    }

    /// An offer whose time is over, or whose specialist has declared something else since. Who is only
    /// disconnected for a moment keeps it.
    pub(crate) fn to_lapse(&self) -> Option<(RequestId, State)> {
        let on_line = |person: PersonId| {
            let known = self.people.iter().find(|one| one.server.person == person);
            known.is_some_and(|one| one.server.declared.at(self.now) == Declared::OnLine)
        };
        let lapsed = self.entries.iter().find(|entry| match entry.state {
            State::Offered { to, until } => self.now >= until || !on_line(to),
            _ => false,
        });
        lapsed.map(|entry| (entry.waiting.request, entry.state))
    }

    /// The first request, in the order of all that wait, that somebody can be shown.
    pub(crate) fn next_offer(&self) -> Option<(RequestId, Decision)> {
        self.in_order().into_iter().find_map(|entry| match self.choice(entry) {
            Choice::Offer(decision) => Some((entry.waiting.request, decision)),
            Choice::WaitForOwn { .. } | Choice::Nobody => None,
        })
    }

    /// Requests of open lines that wait: one order over all lines, so that who serves two of them
    /// takes what is due first.
    fn in_order(&self) -> Vec<&Entry> {
        let waits = |entry: &&Entry| entry.state == State::Waiting && self.hours.of(entry.line).is_open();
        let mut entries: Vec<&Entry> = self.entries.iter().filter(waits).collect();
        entries.sort_by_key(|entry| self.place_key(&entry.waiting));
        entries
    }

    fn place_key(&self, waiting: &Waiting) -> (Timestamp, Timestamp, RequestId) {
        (queue::due(waiting, &self.table.rules), waiting.since, waiting.request)
    }

    fn choice(&self, entry: &Entry) -> Choice {
        queue::choose(&entry.waiting, &self.candidates(entry), &self.table.rules, self.now)
    }

    fn candidates(&self, entry: &Entry) -> Vec<Candidate> {
        let overflow = self.table.overflows.get(&entry.line);
        let overflow = overflow.filter(|rule| self.now >= entry.waiting.since + rule.after).map(|rule| rule.to);
        let request = entry.waiting.request;
        let own = self.own.get(&request).copied();
        let asked = self.people.iter().filter_map(|seen| {
            let serves = seen.server.serves(entry.line);
            let overflows = overflow.is_some_and(|line| seen.server.serves(line));
            (serves || overflows).then_some((seen, !serves))
        });
        asked
            .map(|(Seen { server, availability }, overflow)| Candidate {
                person: server.person,
                availability: *availability,
                active: server.active,
                capacity: server.capacity,
                idle_since: server.idle_since,
                passed: server.passed.iter().find(|pass| pass.request == request).map(|pass| pass.rests_until),
                own: own == Some(server.person),
                overflow,
            })
            .collect()
    }

    /// When something changes although nobody does anything: an offer lapses, a lunch ends, a line
    /// opens, somebody may be asked again, an own specialist was waited for long enough, a line overflows.
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        let offers = self.entries.iter().filter_map(|entry| match entry.state {
            State::Offered { until, .. } => Some(until),
            _ => None,
        });
        let rests = self.people.iter().flat_map(|one| one.server.passed.iter().map(|pass| pass.rests_until));
        let ends = self.people.iter().filter_map(|one| one.server.declared.ends());
        let opens = self.hours.next_change.into_iter();
        let waiting = || self.entries.iter().filter(|entry| entry.state == State::Waiting);
        let own = waiting().filter(|entry| self.own.contains_key(&entry.waiting.request));
        let own = own.map(|entry| entry.waiting.since + self.table.rules.own_limit);
        let overflows = waiting()
            .filter_map(|entry| self.table.overflows.get(&entry.line).map(|rule| entry.waiting.since + rule.after));
        let all = offers.chain(rests).chain(ends).chain(opens).chain(own).chain(overflows);
        all.filter(|at| *at > self.now).min()
    }

    /// How long an offer lives.
    pub(crate) fn offer_life(&self) -> opora_domain::Span {
        self.table.rules.offer_life
    }

    /// What customers and the firm's people are told.
    pub(crate) fn board(&self) -> Board {
        let mut lines: BTreeMap<LineId, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            lines.entry(entry.line).or_default().push(entry);
        }
        let mut places: BTreeMap<PersonId, Vec<Place>> = BTreeMap::new();
        for (line, mut entries) in lines {
            entries.sort_by_key(|entry| self.place_key(&entry.waiting));
            for (ahead, entry) in entries.iter().enumerate() {
                places.entry(entry.customer).or_default().push(self.place(line, entry, count(ahead)));
            }
        }
        let shown = self.people.iter().map(|Seen { server, availability }| Shown {
            person: server.person,
            declared: server.declared.at(self.now),
            availability: *availability,
            active: server.active,
            capacity: server.capacity,
        });
        Board::new(places, shown.collect())
    }

    /// An offered request keeps its place: the offer may come back.
    fn place(&self, line: LineId, entry: &Entry, ahead: u32) -> Place {
        let serving: Vec<&Seen> = self.people.iter().filter(|one| one.server.serves(line)).collect();
        let available = || serving.iter().filter(|one| one.availability.is_available());
        let hands = Serving {
            room: available().map(|one| one.server.capacity).sum(),
            busy: available().map(|one| one.server.active.min(one.server.capacity)).sum(),
        };
        let reasons: Vec<_> = serving.iter().map(|one| (one.availability, one.has_room())).collect();
        let recent = self.table.recent.get(&line).map(Vec::as_slice).unwrap_or_default();
        let is_open = self.hours.of(line).is_open();
        Place {
            request: entry.waiting.request,
            ahead,
            specialists: count(available().count()),
            wait: wait::estimate(ahead, hands, recent).filter(|_| is_open),
            why: Some(wait::why(self.hours.of(line), &reasons)),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
