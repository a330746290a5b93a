//! When the world is kept: some seconds after the first change that is not, and at the end.

use opora_domain::{Span, Timestamp};

use super::Sync;

/// Events of so long are applied again by the next start after a kill: a busy desk's few hundred take
/// milliseconds, and rows that change with each message are written once for all of them.
const AFTER: Span = Span::seconds(10);

impl Sync {
    /// Something was applied.
    pub(super) fn keep_soon(&mut self) {
        let due = self.core.clock().now() + AFTER;
        self.keep_at.get_or_insert(due);
    }

    /// Waits until the world is to be kept; for ever while nothing is unwritten.
    pub(super) async fn keep_due(core: &crate::core::Core, at: Option<Timestamp>) {
        match at {
            Some(at) => core.clock().sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// Writes what is unwritten. After a failure nothing is: what was not carried to its end (an operation that
    /// is done, an erasure) is found in the log by the next start.
    pub(super) async fn keep(&mut self) {
        self.keep_at = None;
        if self.failed {
            return;
        }
        if let Err(error) = self.core.keep_world(self.id).await {
            tracing::warn!(%error, "what the log made cannot be kept");
        }
    }
}
