//! Shows waiting requests to specialists, one at a time (D15).
//!
//! One task. It wakes when the queue, a load or a presence changed, and at the next deadline; once
//! a second it looks anyway, so that a lost wake-up costs a second and no more. Each offer is one
//! transaction with two guards, the request's epoch and the specialist's load; when either fails,
//! somebody was faster and the next pass sees it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use opora_domain::{
    LineId, PersonId, RequestId, Span, Timestamp, offer,
    queue::{self, Candidate},
    request::State,
    session::{self, ASK_LIFE, EndReason},
};
use opora_runtime::CancellationToken;
use opora_wire::event::{EventBody, Stream};

use crate::{
    audience,
    board::Board,
    desk::{Desk, DeskError},
    hours::Hours,
    record::{Entry, Request, Server},
    store::{Store, Tx},
};

/// Looks at least this often.
const SWEEP: Duration = Duration::from_secs(1);
/// After a guard did not hold: whoever was faster has committed by then.
const AGAIN: Span = Span::millis(20);
/// Passes without a look at the world in between; each makes at least one move.
const MOST_MOVES: usize = 1_000;

/// Runs until it is stopped. A failing store is logged and tried again with the next sweep.
pub(crate) async fn run<S: Store>(desk: Desk<S>, stop: CancellationToken) {
    let mut here = std::collections::BTreeSet::new();
    loop {
        let people = desk.inner.presence.people(desk.now());
        if people != here {
            here = people;
            desk.inner.presence.bump();
        }
        let deadline = match pass(&desk).await {
            Ok(deadline) => deadline,
            Err(error) => {
                tracing::error!(%error, "offers: a pass failed");
                None
            }
        };
        let due = async {
            match deadline {
                Some(deadline) => desk.inner.clock.sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = desk.inner.wake.notified() => {}
            () = due => {}
            () = tokio::time::sleep(SWEEP) => {}
        }
    }
}

/// Moves what can be moved, then shows the board. Answers the next deadline.
pub(crate) async fn pass<S: Store>(desk: &Desk<S>) -> Result<Option<Timestamp>, DeskError> {
    let store = &desk.inner.store;
    desk.hint(store.head().await?);
    end_unanswered(desk).await?;
    let hours = Hours::load(store).await?;
    for _ in 0..MOST_MOVES {
        let (entries, servers) = (store.queue().await?, available(desk).await?);
        if let Some(lapsed) = entries.iter().find(|entry| offer::lapse(entry.state, desk.now()).is_some()) {
            lapse(desk, lapsed.waiting.request).await?;
        } else if let Some((request, person)) = next_offer(&entries, &servers, &hours, desk.now()) {
            if !make_offer(desk, request, person).await? {
                break;
            }
        } else {
            show(desk, Board::new(&entries, &servers));
            let deadline = next_deadline(&entries, &servers, desk.now());
            // Where nothing waits, nothing can be late when a line opens.
            let opens = hours.next_change(desk.now()).filter(|_| !entries.is_empty());
            return Ok(deadline.into_iter().chain(opens).min());
        }
    }
    // Somebody else was faster, or there is more to do.
    Ok(Some(desk.now() + AGAIN))
}

fn show<S: Store>(desk: &Desk<S>, board: Board) {
    desk.inner.board.send_if_modified(|shown| {
        let changed = **shown != board;
        if changed {
            *shown = Arc::new(board);
        }
        changed
    });
}

/// Who takes requests now: connected, declared on line. Load is looked at for each offer.
async fn available<S: Store>(desk: &Desk<S>) -> Result<Vec<Server>, DeskError> {
    let here = desk.inner.presence.people(desk.now());
    let mut servers = desk.inner.store.servers().await?;
    servers.retain(|one| one.on_line && here.contains(&one.person));
    Ok(servers)
}

/// The first request of an open line, in the line's order, that somebody can be shown.
fn next_offer(entries: &[Entry], servers: &[Server], hours: &Hours, now: Timestamp) -> Option<(RequestId, PersonId)> {
    let mut lines: BTreeMap<LineId, Vec<queue::Waiting>> = BTreeMap::new();
    let waiting = entries.iter().filter(|entry| entry.state == State::Waiting);
    for entry in waiting.filter(|entry| hours.is_open(entry.line, now)) {
        lines.entry(entry.line).or_default().push(entry.waiting);
    }
    lines.into_iter().find_map(|(line, mut waiting)| {
        queue::sort(&mut waiting);
        waiting.iter().find_map(|one| {
            let candidates = candidates(servers, line, one.request, now);
            queue::choose(one.request, &candidates).map(|person| (one.request, person))
        })
    })
}

fn candidates(servers: &[Server], line: LineId, request: RequestId, now: Timestamp) -> Vec<Candidate> {
    let rests = |one: &Server| one.passed.iter().any(|pass| pass.request == request && pass.rests_until > now);
    let serving = servers.iter().filter(|one| one.serves(line) && !rests(one));
    serving
        .map(|one| Candidate {
            person: one.person,
            active: one.active,
            capacity: one.capacity,
            idle_since: one.idle_since,
            passed: one.passed.iter().map(|pass| pass.request).collect(),
        })
        .collect()
}

/// When an offer lapses, or somebody may be asked again.
fn next_deadline(entries: &[Entry], servers: &[Server], now: Timestamp) -> Option<Timestamp> {
    let lapses = entries.iter().filter_map(|entry| match entry.state {
        State::Offered { until, .. } => Some(until),
        _ => None,
    });
    let rests = servers.iter().flat_map(|one| one.passed.iter().map(|pass| pass.rests_until));
    lapses.chain(rests.filter(|until| *until > now)).min()
}

async fn make_offer<S: Store>(desk: &Desk<S>, id: RequestId, to: PersonId) -> Result<bool, DeskError> {
    let now = desk.now();
    let mut tx = desk.inner.store.begin().await?;
    let Some(request) = tx.request(id).await? else { return Ok(false) };
    let Ok(offered) = offer::make(request.state, to, now) else { return Ok(false) };
    if !tx.take_load(to).await? || !tx.move_request(id, request.epoch, offered).await? {
        return Ok(false);
    }
    moved(desk, &mut tx, &request, offered).await?;
    desk.commit(tx, now).await?;
    Ok(true)
}

async fn lapse<S: Store>(desk: &Desk<S>, id: RequestId) -> Result<(), DeskError> {
    let now = desk.now();
    let mut tx = desk.inner.store.begin().await?;
    let Some(request) = tx.request(id).await? else { return Ok(()) };
    let (State::Offered { to, .. }, Some(waiting)) = (request.state, offer::lapse(request.state, now)) else {
        return Ok(());
    };
    if !tx.move_request(id, request.epoch, waiting).await? {
        return Ok(());
    }
    tx.free_load(to, now).await?;
    tx.add_pass(id, to, now).await?;
    moved(desk, &mut tx, &request, waiting).await?;
    desk.commit(tx, now).await?;
    Ok(())
}

async fn moved<S: Store>(desk: &Desk<S>, tx: &mut S::Tx, request: &Request, state: State) -> Result<(), DeskError> {
    let body = EventBody::RequestMoved { request: request.id, state, epoch: request.epoch + 1 };
    for stream in audience::of_request(tx, request.customer).await? {
        tx.append(desk.own_event(stream, body.clone()));
    }
    Ok(())
}

/// Nobody answered a question for the screen in time.
async fn end_unanswered<S: Store>(desk: &Desk<S>) -> Result<(), DeskError> {
    let now = desk.now();
    for id in desk.inner.store.unanswered(Timestamp(now.0 - ASK_LIFE.0)).await? {
        let mut tx = desk.inner.store.begin().await?;
        let Some(mut screen) = tx.screen(id).await? else { continue };
        screen.state = session::State::Ended;
        if !tx.move_screen(&screen, session::State::Requested).await? {
            continue;
        }
        let body = crate::ops::session_moved(&screen, Some(EndReason::NoAnswer));
        tx.append(desk.own_event(Stream::Conversation(screen.conversation), body));
        desk.commit(tx, now).await?;
    }
    Ok(())
}
