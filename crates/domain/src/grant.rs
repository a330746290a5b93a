//! Permission to a helper, signed by the controlled device.
//!
//! A grant is a value (D6): without one that is signed, live and names the scope, nothing captures
//! a pixel or injects an event. It binds session, both devices, scopes and time. It cannot be
//! widened; a new consent makes a new grant.

use serde::{Deserialize, Serialize};

use crate::{
    PublicKey, SessionId, Span, Timestamp,
    scope::{Scope, Scopes},
    signed::{Signed, SignedError, Statement},
};

/// How long a consent lasts; then the person is asked again (D6).
pub const LIFE: Span = Span::minutes(30);

/// What the controlled device allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The remote session it belongs to.
    pub session: SessionId,
    /// The device whose screen it is; it signs.
    pub controlled: PublicKey,
    /// The helper's device.
    pub helper: PublicKey,
    /// What is allowed.
    pub scopes: Scopes,
    /// Not before this moment of the controlled device's clock.
    pub from: Timestamp,
    /// And not at or after this one.
    pub until: Timestamp,
    /// Makes two grants of one moment different.
    pub nonce: [u8; 16],
}

impl Statement for Grant {
    const TAG: &'static str = "opora/grant/1";
}

/// Who asks, in which session: what a grant must have been given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The running session.
    pub session: SessionId,
    /// This machine's device.
    pub controlled: PublicKey,
    /// The peer's device, as proved by its certificate.
    pub helper: PublicKey,
}

/// Why something was not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not signed by the controlled device.
    #[error("the grant is not genuine: {0}")]
    NotGenuine(#[from] SignedError),
    /// Given for another session or device.
    #[error("the grant belongs to another session or device")]
    Foreign,
    /// Longer than [`LIFE`], or ends before it begins.
    #[error("the grant's time is out of bounds")]
    BadTime,
    /// Not yet or no longer.
    #[error("the grant is not live")]
    NotLive,
    /// This scope was not given.
    #[error("the grant does not give {0:?}")]
    Scope(Scope),
    /// Revoked, or there never was one.
    #[error("there is no grant")]
    None,
}

impl Grant {
    /// Reads a grant and checks everything about it but the present moment.
    ///
    /// # Errors
    /// [`Refused`] when it is not signed by the controlled device, or is for something else.
    pub fn open(signed: &Signed, claim: &Claim) -> Result<Self, Refused> {
        let grant: Self = signed.open(&claim.controlled)?;
        let given_for = Claim { session: grant.session, controlled: grant.controlled, helper: grant.helper };
        if given_for != *claim {
            return Err(Refused::Foreign);
        }
        let life = grant.until - grant.from;
        if life <= Span::ZERO || life > LIFE {
            return Err(Refused::BadTime);
        }
        Ok(grant)
    }

    /// Whether it allows `scope` at `now`.
    ///
    /// # Errors
    /// [`Refused::NotLive`] or [`Refused::Scope`].
    pub fn allows(&self, scope: Scope, now: Timestamp) -> Result<(), Refused> {
        if now < self.from || now >= self.until {
            return Err(Refused::NotLive);
        }
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Refused::Scope(scope)) }
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::scope;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn claim() -> Claim {
        Claim {
            session: SessionId(Uuid::from_u128(7)),
            controlled: key(1).verifying_key().into(),
            helper: key(2).verifying_key().into(),
        }
    }

    fn grant(scopes: &[Scope]) -> Grant {
        let Claim { session, controlled, helper } = claim();
        let (from, until) = (Timestamp(1_000), Timestamp(1_000) + LIFE);
        Grant { session, controlled, helper, scopes: scopes.iter().copied().collect(), from, until, nonce: [0; 16] }
    }

    #[test]
    fn the_helper_cannot_sign_for_the_customer() {
        let forged = Signed::new(&grant(&scope::ALL), &key(2));
        assert_eq!(Grant::open(&forged, &claim()), Err(Refused::NotGenuine(SignedError::Signature)));
    }

    #[test]
    fn a_grant_for_another_session_or_helper_is_foreign() {
        let signed = Signed::new(&grant(&scope::ALL), &key(1));
        let other_session = Claim { session: SessionId(Uuid::from_u128(8)), ..claim() };
        let other_helper = Claim { helper: key(3).verifying_key().into(), ..claim() };
        assert_eq!(Grant::open(&signed, &other_session), Err(Refused::Foreign));
        assert_eq!(Grant::open(&signed, &other_helper), Err(Refused::Foreign));
    }

    #[test]
    fn a_grant_longer_than_half_an_hour_is_refused() {
        let mut long = grant(&scope::ALL);
        long.until = long.until + Span(1);
        assert_eq!(Grant::open(&Signed::new(&long, &key(1)), &claim()), Err(Refused::BadTime));
    }

    proptest! {
        #[test]
        fn exactly_the_given_scopes_in_exactly_the_given_time(
            given in proptest::collection::btree_set(proptest::sample::select(&scope::ALL[..]), 0..4),
            asked in proptest::sample::select(&scope::ALL[..]),
            now in -10_000_000_000_i64..10_000_000_000,
        ) {
            let grant = Grant { scopes: given.clone(), ..grant(&[]) };
            let now = Timestamp(now);
            let expected = given.contains(&asked) && now >= grant.from && now < grant.until;
            prop_assert_eq!(grant.allows(asked, now).is_ok(), expected);
        }
    }
}
