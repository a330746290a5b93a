//! The wall clock, which a test can shift.
//!
//! Timers are deadlines on this clock. A shift wakes every sleeper, which then looks again; so
//! does the passing of [`LOOK`], because a wall clock may be set while a computer sleeps.
//! Rejected: tokio's paused time, which also stops sockets and databases from timing out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use opora_domain::{Span, Timestamp};
use tokio::sync::watch;

/// A sleeper looks at the wall at least this often; a minute late after a suspend is early enough.
const LOOK: Duration = Duration::from_secs(20);

/// The present moment. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// What a standing clock shows before any shift.
    standing: Option<Timestamp>,
    offset: AtomicI64,
    shifted: watch::Sender<u64>,
    may_shift: bool,
}

impl Clock {
    /// The computer's own clock.
    #[must_use]
    pub fn system() -> Self {
        Self::with(None, false)
    }

    /// A clock that runs like the computer's and can be shifted with [`Clock::shift`].
    #[must_use]
    pub fn fake() -> Self {
        Self::with(None, true)
    }

    /// A clock that shows `at` until it is shifted; for simulations that give the same trace twice.
    #[must_use]
    pub fn standing(at: Timestamp) -> Self {
        Self::with(Some(at), true)
    }

    fn with(standing: Option<Timestamp>, may_shift: bool) -> Self {
        let inner = Inner { standing, offset: AtomicI64::new(0), shifted: watch::Sender::new(0), may_shift };
        Self { inner: Arc::new(inner) }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.standing.unwrap_or_else(wall) + Span(self.inner.offset.load(Ordering::Acquire))
    }

    /// Waits until the clock shows `deadline`; returns at once when it already does.
    pub async fn sleep_until(&self, deadline: Timestamp) {
        let mut shifted = self.inner.shifted.subscribe();
        loop {
            let left = deadline - self.now();
            if left <= Span::ZERO {
                return;
            }
            let left = Duration::from_micros(u64::try_from(left.0).unwrap_or_default());
            tokio::select! {
                biased;
                // The sender lives as long as `self`, so an error cannot come.
                _ = shifted.changed() => {}
                () = tokio::time::sleep(left.min(LOOK)) => {}
            }
        }
    }

    /// Waits for a length of this clock's time.
    pub async fn sleep(&self, span: Span) {
        self.sleep_until(self.now() + span).await;
    }

    /// Moves a fake clock by `span` and wakes all sleepers. A system clock stays as it is.
    pub fn shift(&self, span: Span) {
        if self.inner.may_shift {
            self.inner.offset.fetch_add(span.0, Ordering::AcqRel);
            self.inner.shifted.send_modify(|times| *times += 1);
        }
    }
}

fn wall() -> Timestamp {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(wall.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_shift_of_an_hour_wakes_who_sleeps_for_half_an_hour() {
        let clock = Clock::fake();
        let deadline = clock.now() + Span::minutes(30);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(deadline).await }
        });
        tokio::task::yield_now().await;
        clock.shift(Span::minutes(60));
        tokio::time::timeout(Duration::from_secs(5), sleeper).await.expect("woken").expect("no panic");
        assert!(clock.now() >= deadline);
    }

    #[test]
    fn the_real_clock_is_not_shifted() {
        let clock = Clock::system();
        let before = clock.now();
        clock.shift(Span::minutes(60));
        assert!(clock.now() - before < Span::minutes(1));
    }
}
