//! The live board: made anew when something changed and somebody looks.
//!
//! One task. It wakes after each commit and with each coming and going, waits a moment so that a
//! burst is one look, and makes the whole board from the store and the leases; nothing of it is
//! kept. With nobody to show it to it sleeps.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use jiff::tz::TimeZone;
use opora_domain::{LineId, PersonId, Timestamp, availability::Declared, report};
use opora_runtime::CancellationToken;
use opora_wire::board::{Doing, LineNow, LiveBoard, PersonNow};

use crate::{
    desk::{Desk, DeskError},
    record::{Entry, Server},
    store::Store,
};

/// What happens within this time is one change: nobody reads faster.
const BURST: Duration = Duration::from_millis(300);
/// The day ends and leases lapse without an event; looked at this often.
const SWEEP: Duration = Duration::from_secs(20);

/// Runs until it is stopped. A failing store is logged, and the next change tries again.
pub(crate) async fn run<S: Store>(desk: Desk<S>, stop: CancellationToken) {
    let mut hints = desk.inner.hints.subscribe();
    let mut presence = desk.inner.presence.watch();
    let mut since = Since::default();
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            _ = hints.changed() => {}
            _ = presence.changed() => {}
            () = tokio::time::sleep(SWEEP) => {}
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = tokio::time::sleep(BURST) => {}
        }
        hints.mark_unchanged();
        presence.mark_unchanged();
        if desk.inner.live.receiver_count() == 0 {
            // Who looks next must not see an old one first.
            desk.inner.live.send_replace(None);
            continue;
        }
        match make(&desk, &mut since).await {
            Ok(board) => show(&desk, board),
            Err(error) => tracing::error!(%error, "the live board cannot be made"),
        }
    }
}

fn show<S: Store>(desk: &Desk<S>, board: LiveBoard) {
    desk.inner.live.send_if_modified(|shown| {
        let changed = shown.as_deref() != Some(&board);
        if changed {
            *shown = Some(Arc::new(board));
        }
        changed
    });
}

/// When somebody began to do what they do, as far as the store does not say.
#[derive(Debug, Default)]
struct Since(BTreeMap<PersonId, (Doing, Timestamp)>);

impl Since {
    /// The moment this was first seen; none for what was so when the desk started.
    fn note(&mut self, person: PersonId, doing: Doing, now: Timestamp) -> Option<Timestamp> {
        match self.0.get(&person) {
            Some((known, since)) if *known == doing => (since.0 > 0).then_some(*since),
            Some(_) => {
                self.0.insert(person, (doing, now));
                Some(now)
            }
            None => {
                self.0.insert(person, (doing, Timestamp(0)));
                None
            }
        }
    }
}

async fn make<S: Store>(desk: &Desk<S>, since: &mut Since) -> Result<LiveBoard, DeskError> {
    let (store, now) = (&desk.inner.store, desk.now());
    let (entries, servers) = (store.queue().await?, store.servers().await?);
    let busy: BTreeMap<PersonId, Timestamp> = store.busy_since().await?.into_iter().collect();
    let day = store.day(report::midnight(now, &TimeZone::system())).await?;
    let here = desk.inner.presence.people(now);
    let people = servers.iter().map(|server| {
        let doing = doing(server, here.contains(&server.person), now);
        let seen = since.note(server.person, doing, now);
        let since = match doing {
            Doing::Busy | Doing::Full => busy.get(&server.person).copied().or(seen),
            Doing::Free => seen.or(Some(server.idle_since)),
            _ => seen,
        };
        PersonNow { person: server.person, doing, since, active: server.active, capacity: server.capacity }
    });
    let people = people.collect();
    Ok(LiveBoard { at: Timestamp(0), lines: lines(&entries, &servers, &here, now), people, day })
}

/// What somebody does: lunch and absence also when the computer sleeps meanwhile.
fn doing(server: &Server, here: bool, now: Timestamp) -> Doing {
    match server.declared.at(now) {
        Declared::Lunch { .. } => Doing::Lunch,
        Declared::Away { .. } => Doing::Away,
        _ if !here => Doing::Gone,
        Declared::Off => Doing::Off,
        Declared::OnLine if server.active == 0 => Doing::Free,
        Declared::OnLine if server.active >= server.capacity => Doing::Full,
        Declared::OnLine => Doing::Busy,
    }
}

fn lines(entries: &[Entry], servers: &[Server], here: &BTreeSet<PersonId>, now: Timestamp) -> Vec<LineNow> {
    let mut all: BTreeMap<LineId, LineNow> = BTreeMap::new();
    let named = servers.iter().flat_map(|server| server.lines.iter().copied());
    for line in named.chain(entries.iter().map(|entry| entry.line)) {
        let takes = |one: &Server| one.declared.at(now) == Declared::OnLine;
        let serves = |one: &&Server| takes(one) && here.contains(&one.person) && one.serves(line);
        let on_line = u32::try_from(servers.iter().filter(serves).count()).unwrap_or(u32::MAX);
        all.entry(line).or_insert(LineNow { line, waiting: 0, oldest: None, on_line });
    }
    for entry in entries {
        if let Some(line) = all.get_mut(&entry.line) {
            line.waiting += 1;
            let since = entry.waiting.since;
            line.oldest = Some(line.oldest.map_or(since, |oldest| oldest.min(since)));
        }
    }
    all.into_values().collect()
}
