//! Keys of the API, and webhooks.

use opora_domain::{
    KeyId, WebhookId, api,
    role::Action,
    webhook::{self, address},
};
use opora_wire::{
    OpResult, RefusalCode,
    api::{Event, Op, Replay},
    event::{EventBody, Stream},
};

use super::{Doing, Done};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn api(&mut self, op: Op) -> Done {
        self.must(Action::Manage)?;
        match op {
            Op::MakeKey { key, card, hash } => self.make_key(key, card, &hash).await?,
            Op::RevokeKey { key } => {
                self.tx.key(key).await?.ok_or(RefusalCode::NotFound)?;
                if self.tx.revoke_key(key, self.now).await? {
                    self.append(Stream::Staff, EventBody::Api(Event::KeyRevoked { key }));
                }
            }
            Op::PutWebhook { webhook, card, secret } => self.put_webhook(webhook, card, secret).await?,
            Op::DropWebhook { webhook } => {
                if self.tx.drop_webhook(webhook).await? {
                    self.append(Stream::Supervisors, EventBody::Api(Event::WebhookDropped { webhook }));
                }
            }
            Op::Replay { webhook, which } => self.replay(webhook, which).await?,
        }
        Ok(OpResult::Done)
    }

    async fn make_key(&mut self, key: KeyId, card: api::Card, hash: &str) -> Done<()> {
        card.check(self.now).map_err(|_| RefusalCode::Invalid)?;
        let hash = blake3::Hash::from_hex(hash).map_err(|_| RefusalCode::Invalid)?;
        if !self.tx.add_key(key, &card, hash.into(), self.now).await? {
            return Err(RefusalCode::InUse.into());
        }
        self.append(Stream::Staff, EventBody::Api(Event::KeyMade { key, card }));
        Ok(())
    }

    async fn put_webhook(&mut self, id: WebhookId, card: webhook::Card, secret: Option<String>) -> Done<()> {
        address::check(&card.url, self.reach).map_err(|_| RefusalCode::Invalid)?;
        if card.topics.is_empty() || secret.as_ref().is_some_and(|secret| !webhook::SECRET.contains(&secret.len())) {
            return Err(RefusalCode::Invalid.into());
        }
        let known = self.tx.webhook(id).await?;
        match &known {
            None if secret.is_none() => return Err(RefusalCode::Invalid.into()),
            None if self.tx.count_webhooks().await? >= webhook::MOST => return Err(RefusalCode::TooLarge.into()),
            // A secret is for the receiver that it was made for: another one gets its own.
            Some(known) if known.card.url != card.url && secret.is_none() => return Err(RefusalCode::Invalid.into()),
            _ => {}
        }
        self.tx.put_webhook(id, &card, secret.as_deref(), self.now).await?;
        if known.is_none_or(|known| known.card != card) {
            self.append(Stream::Supervisors, EventBody::Api(Event::WebhookSet { webhook: id, card }));
        }
        Ok(())
    }

    async fn replay(&mut self, webhook: WebhookId, what: Replay) -> Done<()> {
        self.tx.webhook(webhook).await?.ok_or(RefusalCode::NotFound)?;
        let again = self.tx.replay(webhook, what, self.now).await?;
        if again == 0 && matches!(what, Replay::One(_)) { Err(RefusalCode::NotFound.into()) } else { Ok(()) }
    }
}
