//! How often one address or one device may ask: many people behind one office router pass, a
//! guesser and a broken client do not. Whoever is refused hears `Busy` and may come again.
//!
//! Time is the desk's own clock, so that a test shifts it instead of waiting.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{Quota, RateLimiter, middleware::NoOpMiddleware, nanos::Nanos, state::keyed::HashMapStateStore};
use opora_runtime::Clock;

/// So many at once, then one in this time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    burst: NonZeroU32,
    every: Duration,
}

impl Rate {
    const fn new(burst: u32, every: Duration) -> Self {
        let burst = match NonZeroU32::new(burst) {
            Some(burst) => burst,
            None => NonZeroU32::MIN,
        };
        Self { burst, every }
    }
}

/// Redeeming and looking at invites, for an address: a firm of sixty people joins in one minute
/// behind one router; a secret of 256 bits is not guessed at one try a second.
pub(crate) const JOINING: Rate = Rate::new(60, Duration::from_secs(1));
/// New links, for an address: an office of a hundred comes back after a power cut.
pub(crate) const LINKS: Rate = Rate::new(120, Duration::from_millis(200));
/// STUN and TURN requests that cost something, for an address.
pub(crate) const RELAYING: Rate = Rate::new(200, Duration::from_millis(100));
/// Operations and fetches, for a device over all its links: an outbox of a week off line passes at
/// once, and a client that connects again and again gains nothing by it.
pub(crate) const OPERATIONS: Rate = Rate::new(400, Duration::from_millis(50));
/// New uploads, for a device: a folder of photographs at once, then two a second.
pub(crate) const UPLOADS: Rate = Rate::new(120, Duration::from_millis(500));

/// Letters that test the mail, and previews, for a device: somebody tries a few settings.
pub(crate) const QUESTIONS: Rate = Rate::new(10, Duration::from_secs(6));

/// Calls of the API, for a key: a program that reads a year of tickets goes on, one that has lost its way waits.
pub(crate) const API: Rate = Rate::new(600, Duration::from_millis(20));
/// Keys of the API that are none, for an address: whoever forgot to put in a new one is told so.
pub(crate) const KEY_TRIES: Rate = Rate::new(600, Duration::from_millis(50));

/// Keys remembered at most before those that are full again are forgotten, which changes nothing
/// for them.
const MOST_KEYS: u32 = 10_000;

/// The desk's clock as the library wants it.
#[derive(Clone, Debug)]
struct Ticking(Clock);

impl governor::clock::Clock for Ticking {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Duration::from_micros(u64::try_from(self.0.now().0).unwrap_or_default()).into()
    }
}

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Ticking, NoOpMiddleware<Nanos>>;

/// One allowance for each key.
pub(crate) struct Limits<K: Hash + Eq + Clone> {
    limiter: Limiter<K>,
    taken: AtomicU32,
}

impl<K: Hash + Eq + Clone> std::fmt::Debug for Limits<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl<K: Hash + Eq + Clone> Limits<K> {
    pub(crate) fn new(rate: Rate, clock: &Clock) -> Self {
        let quota = Quota::with_period(rate.every).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        let limiter = RateLimiter::hashmap_with_clock(quota.allow_burst(rate.burst), Ticking(clock.clone()));
        Self { limiter, taken: AtomicU32::new(0) }
    }

    /// Takes one; `false` when there is none.
    pub(crate) fn take(&self, key: &K) -> bool {
        if self.taken.fetch_add(1, Ordering::Relaxed) % MOST_KEYS == MOST_KEYS - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).is_ok()
    }
}

/// One customer of a provider has a whole IPv6 network of 64 bits.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use opora_domain::{Span, Timestamp};

    use super::*;

    #[test]
    fn a_guesser_is_stopped_others_are_not_and_time_heals() {
        let clock = Clock::standing(Timestamp(1_790_000_000_000_000));
        let limits = Limits::new(JOINING, &clock);
        let (guesser, anna): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let taken = (0..1_000).filter(|_| limits.take(&guesser)).count();
        assert_eq!(taken, 60);
        assert!(limits.take(&anna));
        clock.shift(Span::seconds(1));
        assert!(limits.take(&guesser), "one more each second");
        assert!(!limits.take(&guesser));
        clock.shift(Span::minutes(1));
        assert_eq!((0..1_000).filter(|_| limits.take(&guesser)).count(), 60, "and no more than at first");
    }

    #[test]
    fn addresses_of_one_ipv6_network_are_one() {
        let of = |text: &str| text.parse().map(network);
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
    }
}
