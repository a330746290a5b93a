//! Shows waiting requests to specialists, one at a time (D15).
//!
//! One task. It wakes when the queue, a load or a presence changed, and at the next deadline; once
//! a second it looks anyway, so that a lost wake-up costs a second and no more. Each offer is one
//! transaction with two guards, the request's epoch and the specialist's load; when either fails,
//! somebody was faster and the next pass sees it.

use std::{sync::Arc, time::Duration};

use opora_domain::{
    ConversationId, PersonId, RequestId, Span, Timestamp,
    availability::Declared,
    offer,
    queue::Decision,
    request::State,
    session::{self, ASK_LIFE, EndReason},
};
use opora_runtime::CancellationToken;
use opora_wire::{
    event::{EventBody, Stream},
    routing,
};

use crate::{
    around::Own,
    audience,
    board::Board,
    desk::{Desk, DeskError},
    look::Look,
    record::Request,
    store::{Store, Tx, routing::RoutingTx},
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
    desk.hint(desk.inner.store.head().await?);
    end_unanswered(desk).await?;
    let mut own = Own::default();
    crate::transfers::end_lapsed(desk).await?;
    crate::invitations::end_lapsed(desk).await?;
    for _ in 0..MOST_MOVES {
        let look = Look::take(desk, &mut own).await?;
        let moved = if let Some((request, offered)) = look.to_lapse() {
            lapse(desk, request, offered).await.map(|()| true)?
        } else if let Some((request, person)) = look.to_resume() {
            resume(desk, request, person).await?
        } else if let Some((request, decision)) = look.next_offer() {
            make_offer(desk, request, decision, look.offer_life()).await?
        } else {
            show(desk, look.board());
            return Ok(look.next_deadline());
        };
        if !moved {
            break;
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

async fn make_offer<S: Store>(
    desk: &Desk<S>,
    id: RequestId,
    decision: Decision,
    life: Span,
) -> Result<bool, DeskError> {
    let (now, to) = (desk.now(), decision.to);
    let mut tx = desk.inner.store.begin().await?;
    let Some(request) = tx.request(id).await? else { return Ok(false) };
    let Ok(offered) = offer::make(request.state, to, life, now) else { return Ok(false) };
    let takes = desk.is_here(to) && tx.declared(to).await?.at(now) == Declared::OnLine;
    if !takes || !tx.take_load(to).await? || !tx.move_request(id, request.epoch, offered).await? {
        return Ok(false);
    }
    moved(desk, &mut tx, &request, offered).await?;
    let decided = routing::Event::Decided { request: id, decision };
    tx.append(desk.own_event(Stream::Staff, EventBody::Routing(decided)));
    desk.commit(tx, now).await?;
    Ok(true)
}

/// The client of a conversation on hold has written, and there is room again.
async fn resume<S: Store>(desk: &Desk<S>, id: RequestId, person: PersonId) -> Result<bool, DeskError> {
    let now = desk.now();
    let mut tx = desk.inner.store.begin().await?;
    if !tx.take_load(person).await? || !tx.drop_hold(id).await? {
        return Ok(false);
    }
    let held = routing::Event::Held { conversation: ConversationId(id.0), on: false };
    tx.append(desk.own_event(Stream::Staff, EventBody::Routing(held)));
    desk.commit(tx, now).await?;
    Ok(true)
}

async fn lapse<S: Store>(desk: &Desk<S>, id: RequestId, offered: State) -> Result<(), DeskError> {
    let now = desk.now();
    let mut tx = desk.inner.store.begin().await?;
    let Some(request) = tx.request(id).await? else { return Ok(()) };
    let State::Offered { to, until } = offered else { return Ok(()) };
    let waiting = State::Waiting;
    if request.state != offered || !tx.move_request(id, request.epoch, waiting).await? {
        return Ok(());
    }
    tx.free_load(to, now).await?;
    tx.add_pass(id, to, now).await?;
    moved(desk, &mut tx, &request, waiting).await?;
    let passed = if now >= until { routing::Passed::Lapsed } else { routing::Passed::Left };
    let passed = routing::Event::Passed { request: id, person: to, passed };
    tx.append(desk.own_event(Stream::Supervisors, EventBody::Routing(passed)));
    desk.commit(tx, now).await?;
    Ok(())
}

async fn moved<S: Store>(desk: &Desk<S>, tx: &mut S::Tx, request: &Request, state: State) -> Result<(), DeskError> {
    let body = EventBody::RequestMoved { request: request.id, state, epoch: request.epoch + 1 };
    for stream in audience::of_request(tx, request).await? {
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
