//! Randomness that a test can seed.

use std::sync::{Arc, Mutex, PoisonError};

use opora_domain::Timestamp;
use rand::{Rng as _, RngCore, SeedableRng, rngs::StdRng};
use uuid::{Builder, Uuid};

/// A source of chance (ChaCha12, good for keys). Clones draw from the same sequence.
#[derive(Clone)]
pub struct Rng {
    inner: Arc<Mutex<StdRng>>,
}

impl Rng {
    /// Seeded by the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self::with(StdRng::from_os_rng())
    }

    /// The same seed gives the same sequence; for tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::with(StdRng::seed_from_u64(seed))
    }

    fn with(rng: StdRng) -> Self {
        Self { inner: Arc::new(Mutex::new(rng)) }
    }

    fn draw<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// An id that sorts by `now` to a quarter of a microsecond (RFC 9562, 6.2, method 3).
    #[must_use]
    pub fn uuid_v7(&self, now: Timestamp) -> Uuid {
        let micros = u64::try_from(now.0).unwrap_or_default();
        let mut tail: [u8; 10] = self.bytes();
        let fraction = u16::try_from((micros % 1_000) * 4_096 / 1_000).unwrap_or_default();
        tail[..2].copy_from_slice(&fraction.to_be_bytes());
        Builder::from_unix_timestamp_millis(micros / 1_000, &tail).into_uuid()
    }

    /// So many random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.draw(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }

    /// A number from 0 to `most`, both included.
    #[must_use]
    pub fn up_to(&self, most: u64) -> u64 {
        self.draw(|rng| rng.random_range(0..=most))
    }
}

impl std::fmt::Debug for Rng {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rng")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_sequence() {
        let ids = |seed| {
            let rng = Rng::seeded(seed);
            (rng.uuid_v7(Timestamp(5_000_000)), rng.uuid_v7(Timestamp(5_000_000)))
        };
        assert_eq!(ids(1), ids(1));
        assert_ne!(ids(1), ids(2));
    }

    #[test]
    fn ids_sort_by_the_microsecond_they_were_made_in() {
        let rng = Rng::seeded(7);
        let ids: Vec<Uuid> = (0..3_000).map(|n| rng.uuid_v7(Timestamp(1_790_000_000_000_000 + n))).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids[0].get_version_num(), 7);
    }
}
