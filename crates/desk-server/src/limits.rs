//! Token buckets for each address: many people behind one office router pass, a guesser does not.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use opora_domain::Timestamp;

/// Addresses remembered at most; then full buckets are forgotten, which changes nothing for them.
const MOST_ADDRESSES: usize = 10_000;

/// One bucket for each address.
#[derive(Debug)]
pub(crate) struct Limits {
    burst: f64,
    per_second: f64,
    buckets: Mutex<BTreeMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Limits {
    pub(crate) fn new(burst: f64, per_second: f64) -> Self {
        Self { burst, per_second, buckets: Mutex::default() }
    }

    /// Takes a token; `false` when there is none.
    pub(crate) fn take(&self, address: IpAddr, now: Timestamp) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_ADDRESSES {
            buckets.retain(|_, bucket| self.filled(*bucket, now) < self.burst);
        }
        let bucket = buckets.entry(network(address)).or_insert(Bucket { tokens: self.burst, at: now });
        let tokens = self.filled(*bucket, now);
        let taken = tokens >= 1.0;
        *bucket = Bucket { tokens: if taken { tokens - 1.0 } else { tokens }, at: now };
        taken
    }

    fn filled(&self, bucket: Bucket, now: Timestamp) -> f64 {
        let millis = i32::try_from((now - bucket.at).as_millis().max(0)).unwrap_or(i32::MAX);
        (bucket.tokens + f64::from(millis) / 1_000.0 * self.per_second).min(self.burst)
    }
}

/// One customer of a provider has a whole IPv6 network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use opora_domain::Span;

    use super::*;

    #[test]
    fn a_guesser_is_stopped_others_are_not_and_time_heals() {
        let limits = Limits::new(3.0, 1.0);
        let (guesser, anna): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let taken = (0..10).filter(|_| limits.take(guesser, Timestamp(0))).count();
        assert_eq!(taken, 3);
        assert!(limits.take(anna, Timestamp(0)));
        assert!(limits.take(guesser, Timestamp(0) + Span::seconds(1)));
    }
}
