//! Keys of the API.

use opora_desk::{
    record::OpKey,
    store::{Answer, api::KeysTx},
};
use opora_domain::{
    KeyId, Timestamp,
    api::{Card, Key},
};
use opora_wire::OpResult;
use uuid::Uuid;

use crate::{
    SqliteTx,
    error::at,
    value::{id, json, to_json},
};

const PLACE: &str = "api_keys";
const ADD: &str = "
INSERT INTO api_keys (id, hash, name, scopes, until, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
const GET: &str = "SELECT id, name, scopes, until, made, revoked, used FROM api_keys WHERE id = ?1";
pub(crate) const BY_HASH: &str = "SELECT id, name, scopes, until, made, revoked, used FROM api_keys WHERE hash = ?1";
pub(crate) const ALL: &str = "SELECT id, name, scopes, until, made, revoked, used FROM api_keys ORDER BY made, id";
const REVOKE: &str = "UPDATE api_keys SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL";
const USED: &str = "UPDATE api_keys SET used = ?2 WHERE id = ?1";
const ANSWERED: &str = "SELECT result FROM done_ops WHERE device = ?1 AND op = ?2";

pub(crate) type Row = (Vec<u8>, String, String, Option<i64>, i64, Option<i64>, Option<i64>);

pub(crate) fn read((key, name, scopes, until, made, revoked, used): Row) -> Answer<Key> {
    let card = Card { name, scopes: json(&scopes, PLACE)?, until: until.map(Timestamp) };
    let (revoked, used) = (revoked.map(Timestamp), used.map(Timestamp));
    Ok(Key { id: id(&key, PLACE)?, card, made: Timestamp(made), revoked, used })
}

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

impl KeysTx for SqliteTx {
    async fn add_key(&mut self, key: KeyId, card: &Card, hash: [u8; 32], now: Timestamp) -> Answer<bool> {
        let query = sqlx::query(ADD).bind(bytes(key.0)).bind(hash.to_vec()).bind(&card.name);
        let query = query.bind(to_json(&card.scopes, PLACE)?).bind(card.until.map(|until| until.0)).bind(now.0);
        Ok(query.execute(self.db()).await.map_err(at("keys.add"))?.rows_affected() > 0)
    }

    async fn key(&mut self, key: KeyId) -> Answer<Option<Key>> {
        let query = sqlx::query_as(GET).bind(bytes(key.0));
        let found: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("keys.get"))?;
        found.map(read).transpose()
    }

    async fn revoke_key(&mut self, key: KeyId, now: Timestamp) -> Answer<bool> {
        let query = sqlx::query(REVOKE).bind(bytes(key.0)).bind(now.0);
        Ok(query.execute(self.db()).await.map_err(at("keys.revoke"))?.rows_affected() > 0)
    }

    async fn used_key(&mut self, key: KeyId, now: Timestamp) -> Answer<()> {
        let query = sqlx::query(USED).bind(bytes(key.0)).bind(now.0);
        query.execute(self.db()).await.map_err(at("keys.used"))?;
        Ok(())
    }

    async fn answered(&mut self, key: OpKey) -> Answer<Option<OpResult>> {
        let query = sqlx::query_as(ANSWERED).bind(key.device.0.to_vec()).bind(bytes(key.op.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(at("keys.answered"))?;
        found.map(|(result,)| json(&result, "done_ops")).transpose()
    }
}
