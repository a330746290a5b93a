//! Sealing what a copy of the database alone must not show: passwords, secrets, letters.
//!
//! ChaCha20-Poly1305 (RFC 8439) under a key that lies beside the database; a random nonce stands
//! before each sealed text, and its label is sealed with it, so that none passes for another.

use std::sync::Arc;

use opora_desk::store::{Answer, StoreError};
use opora_runtime::Rng;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// A key to seal with. Clones share it.
#[derive(Clone)]
pub struct Seal {
    key: Arc<LessSafeKey>,
    rng: Rng,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// Seals under this key.
    #[must_use]
    pub fn new(key: &[u8; 32], rng: &Rng) -> Self {
        let key = UnboundKey::new(&CHACHA20_POLY1305, key).expect("the algorithm's key has 32 bytes");
        Self { key: Arc::new(LessSafeKey::new(key)), rng: rng.clone() }
    }

    pub(crate) fn close(&self, label: &'static str, plain: &[u8]) -> Answer<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = self.rng.bytes();
        let mut sealed = plain.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(label), &mut sealed)
            .map_err(|_| StoreError::Corrupt(label))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(crate) fn open(&self, label: &'static str, sealed: &[u8]) -> Answer<Vec<u8>> {
        let broken = || StoreError::Corrupt(label);
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or_else(broken)?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let plain = self.key.open_in_place(nonce, Aad::from(label), &mut sealed).map_err(|_| broken())?;
        Ok(plain.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_read_under_the_same_key_and_label_alone() -> Result<(), StoreError> {
        let rng = Rng::seeded(3);
        let seal = Seal::new(&[1; 32], &rng);
        let sealed = seal.close("password", b"secret")?;
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_eq!(seal.open("password", &sealed)?, b"secret");
        assert!(seal.open("letter", &sealed).is_err(), "another label");
        assert!(Seal::new(&[2; 32], &rng).open("password", &sealed).is_err(), "another key");
        assert!(seal.open("password", &sealed[..20]).is_err(), "a part");
        assert_ne!(seal.close("password", b"secret")?, sealed, "never the same twice");
        Ok(())
    }
}
