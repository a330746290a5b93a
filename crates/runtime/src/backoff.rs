//! How long to wait before the next try: full jitter, so that a thousand clients of a restarted
//! desk do not come back together.

use std::time::Duration;

use crate::Rng;

/// The first wait is at most this long.
const FIRST: u64 = 500;
/// No wait is longer than this.
const MOST: u64 = 60_000;

/// Counts failures. Milliseconds: the n-th wait is between 0 and min(60 000, 500 * 2^n).
#[derive(Debug)]
pub struct Backoff {
    rng: Rng,
    failures: u32,
}

impl Backoff {
    /// No failure yet.
    #[must_use]
    pub fn new(rng: Rng) -> Self {
        Self { rng, failures: 0 }
    }

    /// Counts a failure and says how long to wait.
    pub fn after_failure(&mut self) -> Duration {
        let ceiling = FIRST.saturating_mul(1 << self.failures.min(16)).min(MOST);
        self.failures = self.failures.saturating_add(1);
        Duration::from_millis(self.rng.up_to(ceiling))
    }

    /// It worked: the next failure is the first again.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// Failures since the last success.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_begin_again_after_a_success() {
        let mut backoff = Backoff::new(Rng::seeded(3));
        let waits: Vec<Duration> = (0..200).map(|_| backoff.after_failure()).collect();
        assert!(waits[0] <= Duration::from_millis(500));
        assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(60)));
        assert!(waits.iter().any(|wait| *wait > Duration::from_secs(30)), "the whole range is used");
        backoff.reset();
        assert!(backoff.after_failure() <= Duration::from_millis(500));
    }
}
