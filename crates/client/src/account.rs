//! The account that is in use: its world, and the tasks that keep it going.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use opora_domain::{OpId, role::Role};
use opora_history::{Account, AccountId, HistoryError, StoredEvent};
use opora_ipc::{UiError, shell::ShellRequest};
use opora_runtime::{Backoff, CancellationToken};
use opora_wire::{Event, EventBody, Stream};

use crate::{
    core::Core,
    kept,
    link::{self, Cursor, Home, Link},
    outbox,
    read_marks::{NOTES, ReadMarks, TICKETS},
    refusal::local,
    state::Queued,
    status::Status,
    sync,
    world::Moment,
};

impl Core {
    /// Makes an account the one in use: reads what is here, then connects.
    pub(crate) async fn begin_account(self: &Arc<Self>, id: AccountId, account: Account) -> Result<(), UiError> {
        self.end_account();
        self.vault.recover(id).await.map_err(local)?;
        let moment = Moment { now: self.clock().now(), live: false };
        let (world, done) = kept::read(&self.cache, id, &account, moment).await.map_err(local)?;
        // The program may have ended between the two files.
        self.vault.remove(id, &done).await.map_err(local)?;
        let outbox = self.vault.outbox(id).await.map_err(local)?;
        let kept = self.vault.settings(id).await.map_err(local)?;
        let ((requests, inbox), (outlet, incoming)) = link::queues();
        {
            let mut state = self.state();
            // Until the desk has said what was declared.
            state.on_line = matches!(account.role, Role::Specialist | Role::Supervisor);
            state.staff.clear();
            state.world = Some(world);
            state.read_notes = ReadMarks::of(NOTES, &kept);
            state.seen_tickets = ReadMarks::of(TICKETS, &kept);
            state.outbox = outbox.into_iter().map(Queued::from).collect();
            state.requests = Some(requests);
            state.account = Some((id, account.clone()));
        }
        let rated = self.state().rated();
        self.vault.remove(id, &rated).await.map_err(local)?;
        self.refresh(id, &rated).await.map_err(local)?;
        self.set_status(Status::Connecting);
        let home = Arc::new(AccountHome { core: Arc::clone(self), id });
        let backoff = Backoff::new(self.rng().clone());
        let link = Link { account, home, inbox, outlet, backoff };
        let (for_sync, for_outbox, for_index) = (Arc::clone(self), Arc::clone(self), Arc::clone(self));
        let running = vec![
            self.tasks.spawn("link", |stop| link.run(stop)),
            self.tasks.spawn("sync", |stop| sync::run(for_sync, id, incoming, stop)),
            self.tasks.spawn("index", |stop| index(for_index, id, stop)),
            self.tasks.spawn("outbox", |stop| outbox::run(for_outbox, id, stop)),
        ];
        self.set_running(running);
        self.ask_shell(ShellRequest::MainAs(self.main_as()));
        self.emit_app();
        Ok(())
    }

    fn end_account(&self) {
        for task in self.set_running(Vec::new()) {
            task.stop();
        }
        let mut state = self.state();
        (state.requests, state.world, state.account) = (None, None, None);
        state.present.clear();
        state.places.clear();
        state.board = None;
    }

    fn set_running(&self, tasks: Vec<opora_runtime::tasks::Task>) -> Vec<opora_runtime::tasks::Task> {
        let mut running = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::replace(&mut *running, tasks)
    }

    /// The link's state changed.
    pub(crate) fn set_status(&self, status: Status) {
        let connected = status.ready().is_some();
        {
            let mut state = self.state();
            state.connected = connected;
            if !connected {
                state.present.clear();
                state.places.clear();
                state.board = None;
            }
        }
        if !connected {
            self.emit_board();
        }
        self.status.send_replace(status);
        self.emit_app();
    }

    /// These operations are shown as the vault has them now.
    pub(crate) async fn refresh(&self, id: AccountId, ops: &[OpId]) -> Result<(), HistoryError> {
        let _in_turn = self.refreshing.lock().await;
        for op in ops {
            let row = self.vault.queued(id, *op).await?;
            let mut state = self.state();
            if state.account_id() == Some(id) {
                state.put_queued(*op, row);
            }
        }
        Ok(())
    }
}

/// Events that are put into the search's index in one transaction: the cache is free in between.
const INDEXED_AT_ONCE: i64 = 500;

/// Puts what was stored by an earlier version into the search's index.
async fn index(core: Arc<Core>, id: AccountId, stop: CancellationToken) {
    loop {
        match core.cache.index_more(id, INDEXED_AT_ONCE).await {
            Ok(true) if !stop.is_cancelled() => tokio::task::yield_now().await,
            Ok(_) => return,
            Err(error) => return tracing::error!(%error, "earlier messages cannot be put into the index"),
        }
    }
}

/// A stored event as this version understands it; none when the stream is of an unknown kind.
pub(crate) fn to_event(stored: &StoredEvent) -> Option<Event> {
    let stream: Stream = stored.stream.parse().ok()?;
    // A body that this version cannot read is like one of an unknown kind: kept, not shown.
    let body = serde_json::from_value(stored.body.clone()).unwrap_or(EventBody::Unknown);
    let StoredEvent { seq, gseq, id, at, by, .. } = *stored;
    Some(Event { stream, seq, gseq, id, at, by, body })
}

/// The account as its link sees it.
struct AccountHome {
    core: Arc<Core>,
    id: AccountId,
}

impl Home for AccountHome {
    async fn cursor(&self) -> Cursor {
        match self.core.cache.feed(self.id).await {
            Ok(Some((epoch, cursor))) => (Some(epoch), cursor),
            Ok(None) => (None, 0),
            Err(error) => {
                tracing::error!(%error, "the cursor cannot be read; everything is asked for again");
                (None, 0)
            }
        }
    }

    fn status(&self, status: Status) {
        self.core.set_status(status);
    }

    fn device(&self) -> SigningKey {
        self.core.keys.device().clone()
    }

    fn code(&self) -> Option<String> {
        self.core.state().code.take()
    }
}
