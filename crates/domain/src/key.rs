//! Public keys of devices, desks and organisations (Ed25519).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// An Ed25519 public key; URL-safe base64 without padding in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct PublicKey(pub [u8; 32]);

/// The text or bytes are not a public key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a public key")]
pub struct BadKey;

/// The first 16 bytes of BLAKE3 over a public key: what an invite link pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyHash(pub [u8; 16]);

impl PublicKey {
    /// Reads 32 bytes.
    ///
    /// # Errors
    /// When the slice has another length.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, BadKey> {
        bytes.try_into().map(Self).map_err(|_| BadKey)
    }

    /// The key as the signature library wants it.
    ///
    /// # Errors
    /// When the bytes are not a point of the curve.
    pub fn verifying(&self) -> Result<VerifyingKey, BadKey> {
        VerifyingKey::from_bytes(&self.0).map_err(|_| BadKey)
    }

    /// What a link pins of this key. 128 bits: an attacker needs a second preimage, not a collision.
    #[must_use]
    pub fn hash(&self) -> KeyHash {
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..16]);
        KeyHash(hash)
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self(key.to_bytes())
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl std::str::FromStr for PublicKey {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Self, BadKey> {
        Self::from_slice(&URL_SAFE_NO_PAD.decode(text).map_err(|_| BadKey)?)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
