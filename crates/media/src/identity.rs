//! What each side signs about its end of a connection (D7).
//!
//! A desk or relay in the middle can change a session description, but not this statement: it binds
//! session, role, both devices, the DTLS certificate and the ICE user fragment. The answer repeats
//! the offer's nonce, so an old answer does not fit a new offer.

use ed25519_dalek::SigningKey;
use opora_domain::{
    PublicKey, SessionId, Span, Timestamp,
    signed::{Signed, SignedError, Statement},
};
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;

/// How long a statement is believed. The nonce keeps it fresh; the time is wide because the two
/// computers' clocks may disagree.
pub const LIFE: Span = Span::minutes(30);

/// Which end of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The customer, whose screen it is; makes the offer.
    Shares,
    /// The specialist.
    Views,
}

impl Role {
    /// The other end.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Shares => Self::Views,
            Self::Views => Self::Shares,
        }
    }
}

/// One end of a connection, as its device states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SdpIdentity {
    /// The session.
    pub session: SessionId,
    /// The signer's end.
    pub role: Role,
    /// The signer.
    pub device: PublicKey,
    /// Whom it wants to talk to.
    pub peer: PublicKey,
    /// The signer's DTLS certificate.
    pub fingerprint: Fingerprint,
    /// The signer's ICE user fragment.
    pub ufrag: String,
    /// Fresh for each description.
    pub nonce: [u8; 16],
    /// In an answer: the nonce of the offer.
    pub answers: Option<[u8; 16]>,
    /// Not believed at or after this moment.
    pub until: Timestamp,
}

impl Statement for SdpIdentity {
    const TAG: &'static str = "opora/sdp-identity/1";
}

/// What the receiver of a statement knows for itself.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The session.
    pub session: SessionId,
    /// The peer's end.
    pub role: Role,
    /// The peer.
    pub device: PublicKey,
    /// This device.
    pub me: PublicKey,
    /// In the SDP that came with the statement.
    pub fingerprint: Fingerprint,
    /// In the SDP that came with the statement.
    pub ufrag: String,
    /// For an answer: the nonce of our offer.
    pub answers: Option<[u8; 16]>,
}

/// Why the other end was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not signed by the peer's device.
    #[error("the statement is not genuine: {0}")]
    NotGenuine(#[from] SignedError),
    /// Made for another session, end, device or offer.
    #[error("the statement belongs to something else")]
    Foreign,
    /// The description that came with it names another certificate or user fragment.
    #[error("the description is not the one that was signed")]
    Swapped,
    /// Too old, or the clocks disagree by half an hour.
    #[error("the statement has expired")]
    Expired,
}

impl SdpIdentity {
    /// Signs it.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Signed {
        Signed::new(self, key)
    }

    /// Reads a statement and checks all of it against what the receiver knows.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn verify(signed: &Signed, expected: &Expected, now: Timestamp) -> Result<Self, IdentityError> {
        let stated: Self = signed.open(&expected.device)?;
        let fits = stated.session == expected.session
            && stated.role == expected.role
            && stated.device == expected.device
            && stated.peer == expected.me
            && stated.answers == expected.answers;
        if !fits {
            return Err(IdentityError::Foreign);
        }
        if (stated.fingerprint, &stated.ufrag) != (expected.fingerprint, &expected.ufrag) {
            return Err(IdentityError::Swapped);
        }
        // A far end would never expire here.
        if now >= stated.until || stated.until - now > Span(2 * LIFE.0) {
            return Err(IdentityError::Expired);
        }
        Ok(stated)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOON: Timestamp = Timestamp(1_000_000_000);

    fn anna() -> SigningKey {
        SigningKey::from_bytes(&[1; 32])
    }

    fn boris() -> SigningKey {
        SigningKey::from_bytes(&[2; 32])
    }

    /// Anna shares and states her end; Boris expects it.
    fn stated() -> (SdpIdentity, Expected) {
        let session = SessionId(Uuid::from_u128(7));
        let (device, me) = (anna().verifying_key().into(), boris().verifying_key().into());
        let (fingerprint, ufrag) = (Fingerprint([5; 32]), "abcd".to_owned());
        let identity = SdpIdentity {
            session,
            role: Role::Shares,
            device,
            peer: me,
            fingerprint,
            ufrag: ufrag.clone(),
            nonce: [9; 16],
            answers: None,
            until: NOON + LIFE,
        };
        (identity, Expected { session, role: Role::Shares, device, me, fingerprint, ufrag, answers: None })
    }

    #[test]
    fn what_anna_signed_is_believed() {
        let (identity, expected) = stated();
        assert_eq!(SdpIdentity::verify(&identity.sign(&anna()), &expected, NOON), Ok(identity));
    }

    #[test]
    fn a_desk_that_puts_in_its_own_certificate_is_found_out() {
        let (identity, expected) = stated();
        let signed = identity.sign(&anna());
        let swapped = Expected { fingerprint: Fingerprint([6; 32]), ..expected.clone() };
        assert_eq!(SdpIdentity::verify(&signed, &swapped, NOON), Err(IdentityError::Swapped));
        let resigned =
            SdpIdentity { fingerprint: Fingerprint([6; 32]), ..identity }.sign(&SigningKey::from_bytes(&[3; 32]));
        let error = SdpIdentity::verify(&resigned, &swapped, NOON);
        assert_eq!(error, Err(IdentityError::NotGenuine(SignedError::Signature)));
        let other_ufrag = Expected { ufrag: "efgh".into(), ..expected };
        assert_eq!(SdpIdentity::verify(&signed, &other_ufrag, NOON), Err(IdentityError::Swapped));
    }

    #[test]
    fn another_session_end_peer_or_offer_is_foreign() {
        let (identity, expected) = stated();
        let foreign = [
            SdpIdentity { session: SessionId(Uuid::from_u128(8)), ..identity.clone() },
            SdpIdentity { role: Role::Views, ..identity.clone() },
            SdpIdentity { peer: anna().verifying_key().into(), ..identity.clone() },
            SdpIdentity { answers: Some([1; 16]), ..identity },
        ];
        for statement in foreign {
            let error = SdpIdentity::verify(&statement.sign(&anna()), &expected, NOON);
            assert_eq!(error, Err(IdentityError::Foreign), "{statement:?}");
        }
    }

    #[test]
    fn boris_own_statement_does_not_come_back_as_anna_s() {
        let (identity, expected) = stated();
        let reflected = identity.sign(&boris());
        let error = SdpIdentity::verify(&reflected, &expected, NOON);
        assert_eq!(error, Err(IdentityError::NotGenuine(SignedError::Signature)));
    }

    #[test]
    fn an_old_statement_and_one_without_end_are_refused() {
        let (identity, expected) = stated();
        let signed = identity.sign(&anna());
        assert_eq!(SdpIdentity::verify(&signed, &expected, NOON + LIFE), Err(IdentityError::Expired));
        let endless = SdpIdentity { until: Timestamp(i64::MAX), ..identity }.sign(&anna());
        assert_eq!(SdpIdentity::verify(&endless, &expected, NOON), Err(IdentityError::Expired));
    }
}
