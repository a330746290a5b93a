//! Tasks that are named, owned, cancellable and supervised.
//!
//! A task gets a token and ends soon after it is cancelled. One that panics is logged with its
//! name and counted; nothing else dies with it. [`Tasks::shutdown`] waits for all, then aborts
//! what does not end.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What does not end by itself in this time is aborted.
const GRACE: Duration = Duration::from_secs(5);

/// The tasks of one owner. Clones share them.
#[derive(Clone, Debug)]
pub struct Tasks {
    stop: CancellationToken,
    abort: CancellationToken,
    tracker: TaskTracker,
    panics: Arc<AtomicUsize>,
    runtime: Handle,
}

impl Tasks {
    /// Tasks on the runtime that is current here.
    ///
    /// # Panics
    /// Outside a tokio runtime; [`Tasks::on`] takes one.
    #[must_use]
    pub fn new() -> Self {
        Self::on(Handle::current())
    }

    /// Tasks on this runtime.
    #[must_use]
    pub fn on(runtime: Handle) -> Self {
        Self {
            stop: CancellationToken::new(),
            abort: CancellationToken::new(),
            tracker: TaskTracker::new(),
            panics: Arc::default(),
            runtime,
        }
    }

    /// Starts a task; `make` gets the token that says when to stop. The handle can stop it alone.
    pub fn spawn<F>(&self, name: &'static str, make: impl FnOnce(CancellationToken) -> F) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let stop = self.stop.child_token();
        let work = self.runtime.spawn(make(stop.clone()));
        let (abort, panics) = (self.abort.clone(), Arc::clone(&self.panics));
        self.tracker.spawn_on(supervise(name, work, abort, panics), &self.runtime);
        Task { stop }
    }

    /// Is cancelled when the owner shuts down.
    #[must_use]
    pub fn stop_token(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Tasks that ended in a panic so far.
    #[must_use]
    pub fn panics(&self) -> usize {
        self.panics.load(Ordering::Acquire)
    }

    /// Asks all tasks to stop and waits for them; after five seconds the rest are aborted.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(GRACE, self.tracker.wait()).await.is_err() {
            self.abort.cancel();
            self.tracker.wait().await;
        }
    }
}

impl Default for Tasks {
    fn default() -> Self {
        Self::new()
    }
}

/// One running task. Dropping the handle does not stop it.
#[derive(Clone, Debug)]
pub struct Task {
    stop: CancellationToken,
}

impl Task {
    /// Asks it to stop.
    pub fn stop(&self) {
        self.stop.cancel();
    }
}

async fn supervise(
    name: &'static str,
    mut work: tokio::task::JoinHandle<()>,
    abort: CancellationToken,
    panics: Arc<AtomicUsize>,
) {
    let ended = tokio::select! {
        ended = &mut work => ended,
        () = abort.cancelled() => {
            tracing::warn!(task = name, "did not stop in time, aborted");
            work.abort();
            work.await
        }
    };
    if ended.is_err_and(|error| error.is_panic()) {
        panics.fetch_add(1, Ordering::AcqRel);
        tracing::error!(task = name, "ended in a panic");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn shutdown_waits_for_what_a_task_still_has_to_do() {
        let tasks = Tasks::new();
        let done = Arc::new(AtomicUsize::new(0));
        tasks.spawn("last words", {
            let done = Arc::clone(&done);
            async move |stop: CancellationToken| {
                stop.cancelled().await;
                tokio::task::yield_now().await;
                done.store(1, Ordering::Release);
            }
        });
        tasks.shutdown().await;
        assert_eq!(done.load(Ordering::Acquire), 1);
    }

    #[tokio::test]
    async fn a_panic_is_counted_and_hurts_nobody_else() {
        let tasks = Tasks::new();
        tasks.spawn("falls", async |_| panic!("as told"));
        tasks.spawn("lives", async |stop: CancellationToken| stop.cancelled().await);
        tasks.shutdown().await;
        assert_eq!(tasks.panics(), 1);
    }
}
