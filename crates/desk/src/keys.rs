//! Keys of the API: who comes with one, and what it has done.
//!
//! A key is no person and has no device, yet what it does goes the way of everybody's operations: one transaction,
//! the same rights, rules, journal and events. Its own id stands where a person's does; staff learn its name when it
//! is made, a client from the ticket that it writes into.

use opora_domain::{
    KeyId, PersonId, PublicKey, Span,
    api::{Card, Key, Scope, hash},
    role::Role,
};
use opora_wire::{
    Op, OpResult, Refusal, RefusalCode,
    api::{Event, Listed},
    event::{EventBody, Stream},
};

use crate::{
    desk::{Desk, DeskError},
    ops::{self, Doing},
    record::{Actor, OpKey, Person},
    store::{Store, Tx, api::KeysTx},
};

/// The last use is kept to the minute: a program that asks every second writes once.
const TOUCH: Span = Span::minutes(1);

impl<S: Store> Desk<S> {
    /// The key with this text, when there is one and it holds. Unknown, revoked and over are the same to whoever
    /// tries.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn key(&self, text: &str) -> Result<Option<Key>, DeskError> {
        let now = self.now();
        let Some(hash) = hash(text) else { return Ok(None) };
        let Some(key) = self.inner.store.key_by_hash(hash).await?.filter(|key| key.holds(now)) else {
            return Ok(None);
        };
        if key.used.is_none_or(|used| now - used >= TOUCH) {
            let mut tx = self.inner.store.begin().await?;
            tx.used_key(key.id, now).await?;
            self.commit(tx, now).await?;
        }
        Ok(Some(key))
    }

    /// Does an operation in the name of a key, once, however often it is sent.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing was changed.
    pub async fn execute_by_key(&self, key: KeyId, op: Op) -> Result<OpResult, Refusal> {
        let span = tracing::info_span!("op", id = %op.op, %key);
        let wakes = ops::wakes(&op.body);
        let done = tracing::Instrument::instrument(self.by_key_in_tx(key, op), span).await;
        if wakes && done.is_ok() {
            self.inner.wake.notify_one();
        }
        Ok(done?)
    }

    async fn by_key_in_tx(&self, id: KeyId, op: Op) -> Result<OpResult, DeskError> {
        let (now, mut tx) = (self.now(), self.inner.store.begin().await?);
        // What a key may ends at once, also for a request that was begun before.
        let key = tx.key(id).await?.filter(|key| key.holds(now)).ok_or(RefusalCode::UnknownDevice)?;
        let scope = op.body.scope().filter(|scope| key.card.scopes.contains(scope)).ok_or(RefusalCode::NotAllowed)?;
        let actor = actor(&key, scope);
        if op.body.act().reach(actor.person.role).is_nowhere() {
            return Err(RefusalCode::NotAllowed.into());
        }
        let place = OpKey { device: actor.device, op: op.op };
        if let Some(result) = tx.answered(place).await? {
            tx.commit(now).await?;
            return Ok(result);
        }
        let mut doing =
            Doing { tx: &mut tx, actor: &actor, rng: &self.inner.rng, now, robot: true, reach: self.reach() };
        let result = ops::run(&mut doing, op.body).await?;
        tx.save_op(place, &result, now).await?;
        self.commit(tx, now).await?;
        Ok(result)
    }

    /// Whether an entry of this id is in the log.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_logged(&self, entry: uuid::Uuid) -> Result<bool, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let is_logged = tx.has_event(entry).await?;
        tx.commit(self.now()).await?;
        Ok(is_logged)
    }

    /// Gives out a key in the name of whoever has the desk's files.
    ///
    /// # Errors
    /// [`RefusalCode::Invalid`] for a card that makes no sense.
    pub async fn give_key(&self, key: KeyId, card: Card, hash: [u8; 32]) -> Result<(), DeskError> {
        let now = self.now();
        card.check(now).map_err(|_| RefusalCode::Invalid)?;
        let mut tx = self.inner.store.begin().await?;
        if !tx.add_key(key, &card, hash, now).await? {
            return Err(RefusalCode::InUse.into());
        }
        tx.append(self.own_event(Stream::Staff, EventBody::Api(Event::KeyMade { key, card })));
        self.commit(tx, now).await?;
        Ok(())
    }

    /// Takes a key back, in the name of whoever has the desk's files; `false` when it did not hold before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn take_key(&self, key: KeyId) -> Result<bool, DeskError> {
        let (now, mut tx) = (self.now(), self.inner.store.begin().await?);
        let taken = tx.revoke_key(key, now).await?;
        if taken {
            tx.append(self.own_event(Stream::Staff, EventBody::Api(Event::KeyRevoked { key })));
        }
        self.commit(tx, now).await?;
        Ok(taken)
    }

    /// Keys and webhooks, for who keeps them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keys_and_webhooks(&self) -> Result<Listed, DeskError> {
        Ok(Listed { keys: self.inner.store.keys().await?, webhooks: self.inner.store.webhooks().await? })
    }
}

/// A key as somebody who acts. What the owner alone may do, the owner has let it do by the scope; in tickets it is
/// as any specialist is, so that the workflow holds.
fn actor(key: &Key, scope: Scope) -> Actor {
    let role = match scope {
        Scope::OrganisationsWrite | Scope::WebhooksWrite => Role::Owner,
        _ => Role::Specialist,
    };
    let device = PublicKey(blake3::derive_key("opora 2026 a key of the API as a device", key.id.as_bytes()));
    let (id, name) = (PersonId(key.id.0), key.card.name.clone());
    let person = Person { id, name, role, organisation: None, lines: Vec::new(), on_line: false, joined: false };
    Actor { person, device }
}
