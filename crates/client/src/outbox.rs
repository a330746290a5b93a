//! What was written here goes to the desk (D10).
//!
//! The row is the queue: this loop holds nothing that a crash could lose. Lanes go beside each
//! other, one operation each. A temporary error is tried again for ever, with full jitter, and at
//! once when the network is back; a refusal stops its lane and is shown to the person. A row
//! leaves only when sync has stored its event, so the message on screen never blinks.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use opora_domain::{OpId, RequestId, Span, Timestamp};
use opora_history::{AccountId, HistoryError, NewOp, OutboxRow};
use opora_ipc::{ErrorCode, UiError};
use opora_runtime::CancellationToken;
use opora_wire::{Op, OpBody, OpResult, ToClient, ToDesk};
use tokio::{sync::oneshot, task::JoinSet};

use crate::{
    core::Core,
    failpoint, files,
    link::Request,
    refusal::{code_of, local, refused},
    status::Status,
    world::Changes,
};

/// Lanes that send at once: more gains nothing on one connection.
const LANES: u32 = 4;
/// The desk answers at once or has a bad moment.
const PATIENCE: Duration = Duration::from_secs(20);
/// The first wait is at most this many milliseconds, each further one twice as much.
const FIRST_WAIT: u64 = 500;
/// No wait is longer, in milliseconds.
const MOST_WAIT: u64 = 60_000;

/// How a try ended.
pub(crate) enum Outcome {
    /// The desk has it, and says what came of it.
    Done(OpResult),
    /// Again later.
    Again,
    /// Refused for good.
    Refused(ErrorCode),
}

/// Runs until it is stopped.
pub(crate) async fn run(core: Arc<Core>, id: AccountId, stop: CancellationToken) {
    let mut status = core.status();
    let mut sends: JoinSet<(OutboxRow, Outcome)> = JoinSet::new();
    let mut outbox = Outbox { core: Arc::clone(&core), id };
    loop {
        let next = match outbox.start_due(&mut sends).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                Some(core.clock().now() + Span::seconds(5))
            }
        };
        let due = async {
            match next {
                Some(next) => core.clock().sleep_until(next).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            Some(sent) = sends.join_next(), if !sends.is_empty() => match sent {
                Ok((row, outcome)) => outbox.settle(row, outcome).await,
                Err(error) => tracing::error!(%error, "a send ended badly"),
            },
            () = core.bell.notified() => {}
            changed = status.changed() => {
                if changed.is_err() {
                    return;
                }
                outbox.show_all().await;
            }
            () = due => {}
        }
    }
}

struct Outbox {
    core: Arc<Core>,
    id: AccountId,
}

impl Outbox {
    /// Starts what is due. Answers when to look again.
    async fn start_due(
        &mut self,
        sends: &mut JoinSet<(OutboxRow, Outcome)>,
    ) -> Result<Option<Timestamp>, HistoryError> {
        if self.core.status.borrow().ready().is_none() {
            return Ok(None);
        }
        let now = self.core.clock().now();
        let under_way = u32::try_from(sends.len()).unwrap_or(LANES);
        let due = self.core.vault.due_heads(self.id, now, LANES.saturating_sub(under_way)).await?;
        for row in due {
            // Counted before it is sent, so that one that brings the program down shows.
            self.core.vault.begin(row.id).await?;
            self.core.refresh(self.id, &[row.op]).await?;
            self.show(row.op).await;
            let core = Arc::clone(&self.core);
            let id = self.id;
            sends.spawn(async move {
                let outcome = send(&core, id, &row).await;
                (row, outcome)
            });
        }
        self.core.vault.next_due(self.id, now).await
    }

    async fn settle(&mut self, row: OutboxRow, outcome: Outcome) {
        if let Err(error) = self.try_settle(&row, outcome).await {
            // The row is still in flight in the vault; the next start sends it again.
            tracing::error!(%error, "the outcome of a send cannot be kept");
        }
        if let Err(error) = self.core.refresh(self.id, &[row.op]).await {
            tracing::error!(%error, "the outbox cannot be read");
        }
        self.show(row.op).await;
        if row.kind == "upload" {
            self.show_all().await;
        }
    }

    async fn try_settle(&mut self, row: &OutboxRow, outcome: Outcome) -> Result<(), HistoryError> {
        let vault = &self.core.vault;
        match outcome {
            Outcome::Done(result) => {
                failpoint::here("outbox.after_ack");
                if let OpResult::Updated { written, conflicts } = result {
                    return self.core.settle_ticket_update(self.id, row, written, &conflicts).await;
                }
                if self.core.waits_for_event(self.id, row).await? {
                    vault.ack(row.id).await
                } else {
                    vault.remove(self.id, &[row.op]).await
                }
            }
            Outcome::Again => {
                let ceiling = (FIRST_WAIT << row.attempts.min(16)).min(MOST_WAIT);
                let wait = i64::try_from(self.core.rng().up_to(ceiling)).unwrap_or_default();
                vault.again(row.id, self.core.clock().now() + Span::millis(wait)).await
            }
            // Nobody wrote it, so nobody needs to choose.
            Outcome::Refused(_) if is_silent(&row.kind) => vault.remove(self.id, &[row.op]).await,
            Outcome::Refused(code) => {
                tracing::info!(kind = row.kind, ?code, "an operation was refused");
                vault.stick(row.id, &serde_json::to_string(&code).unwrap_or_default()).await
            }
        }
    }

    async fn show(&self, op: OpId) {
        self.core.publish(Changes { app: true, echoes: BTreeSet::from([op]), ..Changes::default() }).await;
    }

    /// The marks of everything that waits depend on the connection.
    async fn show_all(&self) {
        let echoes = self.core.state().rows().map(|row| row.op).collect();
        self.core.publish(Changes { app: true, echoes, ..Changes::default() }).await;
    }
}

async fn send(core: &Arc<Core>, id: AccountId, row: &OutboxRow) -> Outcome {
    failpoint::here("outbox.before_send");
    if row.kind == "upload" {
        // A part may take minutes on a bad line; a lost connection is noticed sooner by the link.
        return tokio::select! {
            biased;
            outcome = files::upload(core, id, row) => outcome,
            () = core.disconnected() => Outcome::Again,
        };
    }
    // Written by a newer version, perhaps: kept as it is until that one is back.
    let Ok(body) = serde_json::from_str::<OpBody>(&row.body) else { return Outcome::Refused(ErrorCode::Internal) };
    match core.ask(ToDesk::Op(Op { op: row.op, body })).await {
        Some(ToClient::Done(result)) => Outcome::Done(result),
        Some(ToClient::Refused(refusal)) if refusal.retry => Outcome::Again,
        Some(ToClient::Refused(refusal)) => Outcome::Refused(code_of(&refusal)),
        _ => Outcome::Again,
    }
}

impl Core {
    /// Keeps operations in the vault and wakes the outbox. When this returns, nothing can lose them.
    pub(crate) async fn enqueue(&self, ops: &[NewOp]) -> Result<(), UiError> {
        let id = self.state().account_id().ok_or_else(no_account)?;
        self.vault.enqueue(id, ops, self.clock().now()).await.map_err(local)?;
        failpoint::here("outbox.after_commit");
        let queued: Vec<OpId> = ops.iter().map(|op| op.op).collect();
        self.refresh(id, &queued).await.map_err(local)?;
        let echoes = queued.into_iter().collect();
        let changes = Changes { app: true, home: true, tickets: true, echoes, ..Changes::default() };
        self.publish(changes).await;
        self.bell.notify_one();
        Ok(())
    }

    /// Whether the row's event is still to come; an operation without an echo is done with its answer.
    async fn waits_for_event(&self, id: AccountId, row: &OutboxRow) -> Result<bool, HistoryError> {
        Ok(match row.kind.as_str() {
            "say" | "note" | "consult" => self.cache.by_id(id, row.op.0).await?.is_none(),
            "rate" => !self.state().rated().contains(&row.op),
            "ask" => !self.state().world.as_ref().is_some_and(|world| world.ask_is_done(RequestId(row.op.0))),
            "ticket" => {
                let state = self.state();
                let ticket = opora_domain::TicketId(row.op.0);
                !state.world.as_ref().is_some_and(|world| world.tickets.has(ticket))
            }
            _ => false,
        })
    }

    /// Waits until there is no connection.
    pub(crate) async fn disconnected(&self) {
        // The sender lives as long as the core, so an error cannot come.
        let _ = self.status().wait_for(|status| status.ready().is_none()).await;
    }

    /// Asks the desk; none when there is no connection, it is lost, or nothing comes in time.
    pub(crate) async fn ask(&self, question: ToDesk) -> Option<ToClient> {
        let (answer, answered) = oneshot::channel();
        let requests = self.state().requests.clone()?;
        let asking = async {
            requests.send(Request::Ask(question, answer)).await.ok()?;
            answered.await.ok()
        };
        tokio::time::timeout(PATIENCE, asking).await.ok()?
    }

    /// Has the desk do something now, not through the outbox. A lost answer is asked for again under
    /// the same id as long as a person would wait.
    ///
    /// # Errors
    /// What the desk says, or that there is no network.
    pub(crate) async fn execute(&self, body: OpBody) -> Result<OpResult, UiError> {
        let op = Op { op: self.new_op(), body };
        let offline = || UiError::temporary(ErrorCode::Offline, "there is no connection to the desk");
        let mut status = self.status();
        let attempts = async {
            loop {
                if matches!(*status.borrow_and_update(), Status::Idle | Status::Offline(_)) {
                    return Err(offline());
                }
                if self.status.borrow().ready().is_some() {
                    match self.ask(ToDesk::Op(op.clone())).await {
                        Some(ToClient::Done(result)) => return Ok(result),
                        Some(ToClient::Refused(refusal)) => return Err(refused(&refusal)),
                        _ => {}
                    }
                    if !status.has_changed().unwrap_or_default() {
                        return Err(offline());
                    }
                    continue;
                }
                status.changed().await.map_err(|_| offline())?;
            }
        };
        tokio::time::timeout(PATIENCE, attempts).await.unwrap_or_else(|_| Err(offline()))
    }
}

/// What goes without anybody having written it: dropped when it is refused, never shown.
pub(crate) fn is_silent(kind: &str) -> bool {
    matches!(kind, "see" | "end_session")
}

/// The answer to commands that need an account.
pub(crate) fn no_account() -> UiError {
    UiError::permanent(ErrorCode::NotAllowed, "there is no account")
}
