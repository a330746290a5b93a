//! Bearer tokens for HTTP: given out with `Ready`, good while the link lives and an hour more.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use opora_domain::{PublicKey, Span, Timestamp};
use opora_runtime::{Clock, Rng};

/// An upload that began before the link broke may end.
const AFTERLIFE: Span = Span::minutes(60);

/// Kept by their hash: what is in memory opens nothing.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    clock: Clock,
    rng: Rng,
    known: Arc<Mutex<BTreeMap<[u8; 32], Known>>>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    device: PublicKey,
    /// None while the link lives.
    until: Option<Timestamp>,
}

/// A token whose hour begins when this is dropped.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) token: String,
    tokens: Tokens,
}

impl Tokens {
    pub(crate) fn new(clock: Clock, rng: Rng) -> Self {
        Self { clock, rng, known: Arc::default() }
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn issue(&self, device: PublicKey) -> Issued {
        let token = URL_SAFE_NO_PAD.encode(self.rng.bytes::<32>());
        let now = self.clock.now();
        let mut known = self.known();
        known.retain(|_, one| one.until.is_none_or(|until| until > now));
        known.insert(hash(&token), Known { device, until: None });
        Issued { token, tokens: self.clone() }
    }

    /// The device that the token was given to.
    pub(crate) fn device(&self, token: &str) -> Option<PublicKey> {
        let known = self.known().get(&hash(token)).copied()?;
        known.until.is_none_or(|until| until > self.clock.now()).then_some(known.device)
    }
}

impl Drop for Issued {
    fn drop(&mut self) {
        let until = self.tokens.clock.now() + AFTERLIFE;
        if let Some(known) = self.tokens.known().get_mut(&hash(&self.token)) {
            known.until = Some(until);
        }
    }
}

fn hash(token: &str) -> [u8; 32] {
    blake3::hash(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_outlives_its_link_by_an_hour() {
        let clock = Clock::fake();
        let tokens = Tokens::new(clock.clone(), Rng::seeded(1));
        let issued = tokens.issue(PublicKey([1; 32]));
        let token = issued.token.clone();
        clock.shift(Span::minutes(600));
        assert!(tokens.device(&token).is_some(), "the link lives");
        drop(issued);
        clock.shift(Span::minutes(59));
        assert!(tokens.device(&token).is_some());
        clock.shift(Span::minutes(2));
        assert!(tokens.device(&token).is_none());
        assert!(tokens.device("guessed").is_none());
    }
}
