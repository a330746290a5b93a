//! Webhooks, and the log of what they tell. Deliveries are written by [`log::append`](crate::log).

use opora_desk::store::{
    Answer, StoreError, WebhooksStore,
    webhook::{Due, Then, Tried, WebhooksTx},
};
use opora_domain::{
    Timestamp, WebhookId,
    webhook::{Card, Delivery, Webhook},
};
use opora_wire::api::Replay;
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{count, id, json, to_json, word},
};

/// Names the tables in errors; the first is the label of sealed secrets too.
const PLACE: &str = "webhooks";
const LOG: &str = "deliveries";
const GET: &str = "SELECT id, url, topics, state, made, head, failing FROM webhooks WHERE id = ?1";
const ALL: &str = "SELECT id, url, topics, state, made, head, failing FROM webhooks ORDER BY made, id";
const COUNT: &str = "SELECT count(*) FROM webhooks";
const PUT: &str = "
INSERT INTO webhooks (id, url, topics, state, secret, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET url = excluded.url, topics = excluded.topics, state = excluded.state,
  secret = excluded.secret";
const KEEP_SECRET: &str = "UPDATE webhooks SET url = ?2, topics = ?3, state = ?4 WHERE id = ?1";
const DROP: &str = "DELETE FROM webhooks WHERE id = ?1";
const SET: &str = "UPDATE webhooks SET state = ?2, failing = ?3 WHERE id = ?1";
/// Oldest first, and of one that lags behind no more than of others: nobody waits for a receiver that is away.
const DUE: &str = "
SELECT webhook, seq, topic, at, state, tries, next_at, tried, status, said, url, secret, told
  FROM (SELECT d.*, w.url, w.secret, row_number() OVER (PARTITION BY d.webhook ORDER BY d.seq) AS nth
          FROM deliveries d JOIN webhooks w ON w.id = d.webhook AND w.state = 'on'
         WHERE d.state = 'waiting' AND d.next_at <= ?1)
 WHERE nth <= ?2 ORDER BY webhook, seq";
const DELIVERIES: &str = "
SELECT webhook, seq, topic, at, state, tries, next_at, tried, status, said FROM deliveries
 WHERE webhook = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
const SETTLE: &str = "
UPDATE deliveries SET state = ?3, tries = tries + 1, next_at = ?4, tried = ?5, status = ?6, said = ?7
 WHERE webhook = ?1 AND seq = ?2";
const REPLAY_ONE: &str = "
UPDATE deliveries SET state = 'waiting', tries = 0, next_at = ?3 WHERE webhook = ?1 AND seq = ?2";
const REPLAY_FAILED: &str = "
UPDATE deliveries SET state = 'waiting', tries = 0, next_at = ?3 WHERE webhook = ?1 AND at >= ?2 AND state = 'failed'";
const FORGET: &str = "DELETE FROM deliveries WHERE at < ?1";

type WebhookRow = (Vec<u8>, String, String, String, i64, i64, bool);

fn webhook((of, url, topics, state, made, head, failing): WebhookRow) -> Answer<Webhook> {
    let card = Card { url, topics: json(&topics, PLACE)?, on: state == "on" };
    Ok(Webhook { id: id(&of, PLACE)?, card, made: Timestamp(made), head, failing })
}

/// The columns of a delivery, without its webhook's.
type DeliveryRow = (Vec<u8>, i64, String, i64, String, i64, i64, Option<i64>, Option<i64>, String);

fn delivery((of, sequence, topic, happened, state, tries, next, tried, status, said): DeliveryRow) -> Answer<Delivery> {
    Ok(Delivery {
        webhook: id(&of, LOG)?,
        sequence,
        topic: word(&topic, LOG)?,
        at: Timestamp(happened),
        state: word(&state, LOG)?,
        tries: count(tries, LOG)?,
        next: Timestamp(next),
        tried: tried.map(Timestamp),
        status: status.map(|status| count(status, LOG)).transpose()?,
        said,
    })
}

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn state(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

impl WebhooksTx for SqliteTx {
    async fn webhook(&mut self, of: WebhookId) -> Answer<Option<Webhook>> {
        let query = sqlx::query_as(GET).bind(bytes(of.0));
        let found: Option<WebhookRow> = query.fetch_optional(self.db()).await.map_err(at("webhooks.get"))?;
        found.map(webhook).transpose()
    }

    async fn count_webhooks(&mut self) -> Answer<usize> {
        let (many,): (i64,) = sqlx::query_as(COUNT).fetch_one(self.db()).await.map_err(at("webhooks.count"))?;
        count(many, PLACE)
    }

    async fn put_webhook(&mut self, of: WebhookId, card: &Card, secret: Option<&str>, now: Timestamp) -> Answer<()> {
        let topics = to_json(&card.topics, PLACE)?;
        let query = match secret {
            Some(secret) => {
                let sealed = self.seal().close(PLACE, secret.as_bytes())?;
                let query = sqlx::query(PUT).bind(bytes(of.0)).bind(&card.url).bind(topics);
                query.bind(state(card.on)).bind(sealed).bind(now.0)
            }
            None => sqlx::query(KEEP_SECRET).bind(bytes(of.0)).bind(&card.url).bind(topics).bind(state(card.on)),
        };
        query.execute(self.db()).await.map_err(at("webhooks.put"))?;
        Ok(())
    }

    async fn drop_webhook(&mut self, of: WebhookId) -> Answer<bool> {
        let query = sqlx::query(DROP).bind(bytes(of.0));
        Ok(query.execute(self.db()).await.map_err(at("webhooks.drop"))?.rows_affected() > 0)
    }

    async fn set_webhook(&mut self, of: WebhookId, on: bool, failing: bool) -> Answer<()> {
        let query = sqlx::query(SET).bind(bytes(of.0)).bind(state(on)).bind(failing);
        query.execute(self.db()).await.map_err(at("webhooks.set"))?;
        Ok(())
    }

    async fn settle_delivery(&mut self, delivery: &Delivery, tried: &Tried, now: Timestamp) -> Answer<()> {
        let (state, next) = match tried.then {
            Then::Arrived => ("arrived", now),
            Then::Again(next) => ("waiting", next),
            Then::Failed => ("failed", now),
        };
        let query = sqlx::query(SETTLE).bind(bytes(delivery.webhook.0)).bind(delivery.sequence).bind(state);
        let query = query.bind(next.0).bind(now.0).bind(tried.status.map(i64::from)).bind(tried.said.clone());
        query.execute(self.db()).await.map_err(at("webhooks.settle"))?;
        Ok(())
    }

    async fn replay(&mut self, of: WebhookId, which: Replay, now: Timestamp) -> Answer<u64> {
        let query = match which {
            Replay::One(sequence) => sqlx::query(REPLAY_ONE).bind(bytes(of.0)).bind(sequence),
            Replay::FailedSince(since) => sqlx::query(REPLAY_FAILED).bind(bytes(of.0)).bind(since.0),
        };
        Ok(query.bind(now.0).execute(self.db()).await.map_err(at("webhooks.replay"))?.rows_affected())
    }

    async fn forget_deliveries(&mut self, before: Timestamp) -> Answer<u64> {
        let query = sqlx::query(FORGET).bind(before.0);
        Ok(query.execute(self.db()).await.map_err(at("webhooks.forget"))?.rows_affected())
    }
}

/// A delivery that is due, as it is read: its columns, then what its webhook adds.
#[derive(sqlx::FromRow)]
struct DueRow {
    webhook: Vec<u8>,
    seq: i64,
    topic: String,
    at: i64,
    state: String,
    tries: i64,
    next_at: i64,
    tried: Option<i64>,
    status: Option<i64>,
    said: String,
    url: String,
    secret: Vec<u8>,
    told: String,
}

impl WebhooksStore for SqliteStore {
    async fn webhooks(&self) -> Answer<Vec<Webhook>> {
        let query = sqlx::query_as(ALL);
        let rows = query.fetch_all(&mut *self.reader().await?).await.map_err(at("webhooks.all"))?;
        rows.into_iter().map(webhook).collect()
    }

    async fn due_deliveries(&self, now: Timestamp, most: u32) -> Answer<Vec<Due>> {
        let query = sqlx::query_as(DUE).bind(now.0).bind(most);
        let rows: Vec<DueRow> = query.fetch_all(&mut *self.reader().await?).await.map_err(at("webhooks.due"))?;
        let due = |row: DueRow| {
            let DueRow { webhook, seq, topic, at, state, tries, next_at, tried, status, said, url, secret, told } = row;
            let secret = String::from_utf8(self.seal.open(PLACE, &secret)?).map_err(|_| StoreError::Corrupt(PLACE))?;
            let row = (webhook, seq, topic, at, state, tries, next_at, tried, status, said);
            Ok(Due { delivery: delivery(row)?, url, secret, told })
        };
        rows.into_iter().map(due).collect()
    }

    async fn deliveries(&self, of: WebhookId, below: i64, most: u32) -> Answer<Vec<Delivery>> {
        let query = sqlx::query_as(DELIVERIES).bind(bytes(of.0)).bind(below).bind(most);
        let rows = query.fetch_all(&mut *self.reader().await?).await.map_err(at("webhooks.deliveries"))?;
        rows.into_iter().map(delivery).collect()
    }
}
