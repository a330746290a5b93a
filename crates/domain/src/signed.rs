//! A statement with its signature.
//!
//! What is signed is opaque bytes: CBOR of the statement behind a domain tag. The bytes travel as
//! they were signed and are never written again from the parsed value, so two encoders cannot
//! disagree about what was said.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use ts_rs::TS;

use crate::PublicKey;

/// The largest statement that is parsed; the largest of ours is under 1 KiB.
const MOST_BYTES: usize = 4096;

/// A statement that can be signed; the tag keeps one kind from passing for another.
pub trait Statement: Serialize + DeserializeOwned {
    /// Domain tag, like `opora/grant/1`.
    const TAG: &'static str;
}

/// Signed bytes and their signature. Nothing is known of the content until [`Signed::open`].
#[derive(Clone, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub struct Signed {
    bytes: Vec<u8>,
    signature: [u8; 64],
}

/// Why a signed statement was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignedError {
    /// The signature is not by that key over these bytes.
    #[error("the signature does not match")]
    Signature,
    /// The signature is good, but the statement is of another kind or shape.
    #[error("the statement is of another kind")]
    Kind,
}

impl Signed {
    /// Signs a statement.
    #[must_use]
    pub fn new<T: Statement>(statement: &T, key: &SigningKey) -> Self {
        let mut bytes = Vec::with_capacity(256);
        ciborium::into_writer(&(T::TAG, statement), &mut bytes).expect("writing to memory does not fail");
        let signature = key.sign(&bytes).to_bytes();
        Self { bytes, signature }
    }

    /// Checks the signature, then reads the statement.
    ///
    /// # Errors
    /// [`SignedError`] when it is not by `key` or not a `T`.
    pub fn open<T: Statement>(&self, key: &PublicKey) -> Result<T, SignedError> {
        if self.bytes.len() > MOST_BYTES {
            return Err(SignedError::Kind);
        }
        let verifying = key.verifying().map_err(|_| SignedError::Signature)?;
        verifying
            .verify_strict(&self.bytes, &Signature::from_bytes(&self.signature))
            .map_err(|_| SignedError::Signature)?;
        let (tag, statement): (String, T) =
            ciborium::from_reader(self.bytes.as_slice()).map_err(|_| SignedError::Kind)?;
        if tag == T::TAG { Ok(statement) } else { Err(SignedError::Kind) }
    }
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signed({} bytes)", self.bytes.len())
    }
}

impl Serialize for Signed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = self.signature.to_vec();
        all.extend_from_slice(&self.bytes);
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(all))
    }
}

impl<'de> Deserialize<'de> for Signed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let all = URL_SAFE_NO_PAD.decode(text.as_bytes()).map_err(serde::de::Error::custom)?;
        match all.split_first_chunk::<64>() {
            Some((signature, bytes)) if bytes.len() <= MOST_BYTES => {
                Ok(Self { bytes: bytes.to_vec(), signature: *signature })
            }
            _ => Err(serde::de::Error::custom("not a signed statement")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Promise {
        minutes: u32,
    }
    impl Statement for Promise {
        const TAG: &'static str = "test/promise/1";
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Threat {
        minutes: u32,
    }
    impl Statement for Threat {
        const TAG: &'static str = "test/threat/1";
    }

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    #[test]
    fn a_statement_is_read_by_who_knows_the_signer() {
        let signed = Signed::new(&Promise { minutes: 5 }, &key(1));
        assert_eq!(signed.open::<Promise>(&key(1).verifying_key().into()), Ok(Promise { minutes: 5 }));
    }

    #[test]
    fn another_signer_another_kind_and_a_flipped_bit_are_refused() {
        let signed = Signed::new(&Promise { minutes: 5 }, &key(1));
        let signer = key(1).verifying_key().into();
        assert_eq!(signed.open::<Promise>(&key(2).verifying_key().into()), Err(SignedError::Signature));
        assert_eq!(signed.open::<Threat>(&signer), Err(SignedError::Kind));
        for at in 0..signed.bytes.len() {
            let mut flipped = signed.clone();
            flipped.bytes[at] ^= 1;
            assert_eq!(flipped.open::<Promise>(&signer), Err(SignedError::Signature), "byte {at}");
        }
    }
}
