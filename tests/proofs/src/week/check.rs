//! The promises, held against the store after every step. Order, room and rest are worked out here
//! anew, so that a fault of the desk's rules is not repeated.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use opora_desk::{
    record::{Entry, Server},
    store::Store,
};
use opora_desk_store::SqliteStore;
use opora_domain::{
    LineId, PersonId, RequestId, Span, Timestamp,
    request::{Class, State},
};

use super::{Report, calendar::is_open};

/// As the desk begins with: what a rank is worth.
const AGEING: Span = Span::minutes(15);
/// As the week sets it: after so long the other line helps.
pub(super) const OVERFLOW: Span = Span::minutes(10);

/// A conversation that was accepted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Talk {
    pub(super) owner: PersonId,
    pub(super) held: bool,
}

/// What the week knows by itself.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Asked and not over.
    pub(super) open: BTreeMap<RequestId, Timestamp>,
    /// Accepted and not over.
    pub(super) talks: BTreeMap<RequestId, Talk>,
    /// Who takes requests now: connected and declared on line.
    pub(super) available: BTreeSet<PersonId>,
    /// Where the first line overflows to.
    pub(super) lines: Option<(LineId, LineId)>,
    /// Offers seen, so that each is judged once.
    pub(super) offered: BTreeMap<RequestId, (PersonId, i64)>,
}

/// Notes what is wrong; the first in words.
struct Judge<'a> {
    report: &'a mut Report,
}

impl Judge<'_> {
    fn note(&mut self, pick: fn(&mut Report) -> &mut usize, words: impl FnOnce() -> String) {
        *pick(self.report) += 1;
        if self.report.first.is_none() {
            self.report.first = Some(words());
        }
    }
}

/// Holds everything against everything. After the desk had its turn.
pub(super) async fn all(store: &SqliteStore, known: &mut Known, now: Timestamp, report: &mut Report) -> Result<()> {
    let (entries, servers) = (store.queue().await?, store.servers().await?);
    let mut judge = Judge { report };
    loads(&entries, &servers, known, &mut judge);
    orphans(&entries, &servers, known, now, &mut judge);
    idle_hands(&entries, &servers, known, now, &mut judge);
    order(&entries, &servers, known, now, &mut judge);
    Ok(())
}

fn loads(entries: &[Entry], servers: &[Server], known: &Known, judge: &mut Judge<'_>) {
    let mut in_hand: BTreeMap<PersonId, u32> = BTreeMap::new();
    for entry in entries {
        if let State::Offered { to, .. } = entry.state {
            *in_hand.entry(to).or_default() += 1;
        }
    }
    for talk in known.talks.values().filter(|talk| !talk.held) {
        *in_hand.entry(talk.owner).or_default() += 1;
    }
    for server in servers {
        let has = in_hand.get(&server.person).copied().unwrap_or_default();
        if has > server.capacity {
            judge.note(|report| &mut report.over_capacity, || format!("{:?} has {has}", server.person));
        }
        if has != server.active {
            judge.note(
                |report| &mut report.orphaned,
                || format!("{:?} has {has} and is counted as {}", server.person, server.active),
            );
        }
    }
}

fn orphans(entries: &[Entry], servers: &[Server], known: &Known, now: Timestamp, judge: &mut Judge<'_>) {
    let queued: BTreeSet<RequestId> = entries.iter().map(|entry| entry.waiting.request).collect();
    let firm: BTreeSet<PersonId> = servers.iter().map(|server| server.person).collect();
    for request in known.open.keys() {
        let owned = known.talks.get(request).is_some_and(|talk| firm.contains(&talk.owner));
        if queued.contains(request) == owned {
            judge.note(|report| &mut report.orphaned, || format!("{request:?} is in the queue and owned, or neither"));
        }
    }
    for entry in entries {
        if let State::Offered { to, until } = entry.state
            && (until <= now || !firm.contains(&to))
        {
            judge.note(|report| &mut report.orphaned, || format!("{:?} rings for nobody", entry.waiting.request));
        }
    }
}

impl Known {
    /// By the calendar of the week, not the desk's.
    fn is_open(&self, line: LineId, now: Timestamp) -> bool {
        self.lines.is_none_or(|(first, _)| is_open(usize::from(line != first), now))
    }
}

fn serves(server: &Server, entry: &Entry, known: &Known, now: Timestamp) -> bool {
    let helps = known.lines.is_some_and(|(from, to)| {
        entry.line == from && server.lines.contains(&to) && now >= entry.waiting.since + OVERFLOW
    });
    server.lines.contains(&entry.line) || helps
}

/// Somebody waits although somebody else has room, takes requests and has not just said no.
fn idle_hands(entries: &[Entry], servers: &[Server], known: &Known, now: Timestamp, judge: &mut Judge<'_>) {
    let waits = |entry: &&Entry| entry.state == State::Waiting && known.is_open(entry.line, now);
    for entry in entries.iter().filter(waits) {
        let request = entry.waiting.request;
        let idle = servers.iter().find(|server| {
            let rests = server.passed.iter().any(|pass| pass.request == request && pass.rests_until > now);
            known.available.contains(&server.person)
                && server.active < server.capacity
                && serves(server, entry, known, now)
                && !rests
        });
        if let Some(idle) = idle {
            judge.note(|report| &mut report.starved, || format!("{request:?} waits while {:?} is idle", idle.person));
        }
    }
}

fn due(entry: &Entry) -> Timestamp {
    let rank = match entry.waiting.class {
        Class::Broken => 0,
        _ => 1,
    };
    entry.waiting.since + Span(AGEING.0 * rank)
}

/// Whatever was offered since the last look: nobody whom the same specialist could have been shown was due
/// before it. Who has passed on a request is asked last, so that one is not counted.
fn order(entries: &[Entry], servers: &[Server], known: &mut Known, now: Timestamp, judge: &mut Judge<'_>) {
    for entry in entries {
        let State::Offered { to, .. } = entry.state else { continue };
        let seen = known.offered.insert(entry.waiting.request, (to, entry.epoch));
        if seen == Some((to, entry.epoch)) {
            continue;
        }
        judge.report.offers += 1;
        if !known.is_open(entry.line, now) {
            let words = || format!("{:?} was offered while its line is closed", entry.waiting.request);
            judge.note(|report| &mut report.offered_closed, words);
        }
        let Some(server) = servers.iter().find(|server| server.person == to) else { continue };
        let passed = |other: &Entry| server.passed.iter().any(|pass| pass.request == other.waiting.request);
        let overtaken = entries.iter().find(|other| {
            let waits = other.state == State::Waiting && known.is_open(other.line, now);
            waits && due(other) < due(entry) && serves(server, other, known, now) && !passed(other)
        });
        if let Some(other) = overtaken {
            judge.note(
                |report| &mut report.out_of_order,
                || format!("{:?} was offered before {:?}", entry.waiting.request, other.waiting.request),
            );
        }
    }
}
