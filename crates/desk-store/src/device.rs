//! Devices: names, revocation, and links for further ones.

use opora_desk::store::{Answer, DeviceRow, DevicesRead, DevicesTx, VouchingRow};
use opora_domain::{PersonId, PublicKey, Timestamp};

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{id, json, key, to_json},
};

const DEVICE: &str = "SELECT person, certificate, revoked_at IS NOT NULL FROM devices WHERE key = ?1";
const NAME: &str = "UPDATE devices SET name = ?2, told = 1 WHERE key = ?1";
const REVOKE: &str = "UPDATE devices SET revoked_at = ?2 WHERE key = ?1 AND revoked_at IS NULL";
const ADD_VOUCHING: &str = "INSERT INTO vouchings (link_key, device, vouching, until) VALUES (?1, ?2, ?3, ?4)";
const VOUCHING: &str = "SELECT device, vouching, until FROM vouchings WHERE link_key = ?1";
const IS_REVOKED: &str = "SELECT count(*) FROM devices WHERE key = ?1 AND revoked_at IS NOT NULL";
const UNTOLD: &str = "SELECT person, key FROM devices WHERE told = 0 AND revoked_at IS NULL ORDER BY since, key";

fn bytes(key: PublicKey) -> Vec<u8> {
    key.0.to_vec()
}

impl DevicesTx for SqliteTx {
    async fn device(&mut self, device: PublicKey) -> Answer<Option<DeviceRow>> {
        let query = sqlx::query_as(DEVICE).bind(bytes(device));
        let found: Option<(Vec<u8>, String, bool)> = query.fetch_optional(self.db()).await.map_err(at("device.get"))?;
        let Some((person, certificate, revoked)) = found else { return Ok(None) };
        let (person, certificate) = (id(&person, "devices")?, json(&certificate, "devices")?);
        Ok(Some(DeviceRow { key: device, person, certificate, revoked }))
    }

    async fn name_device(&mut self, device: PublicKey, name: &str) -> Answer<()> {
        let query = sqlx::query(NAME).bind(bytes(device)).bind(name);
        query.execute(self.db()).await.map_err(at("device.name"))?;
        Ok(())
    }

    async fn revoke_device(&mut self, device: PublicKey, now: Timestamp) -> Answer<bool> {
        let query = sqlx::query(REVOKE).bind(bytes(device)).bind(now.0);
        Ok(query.execute(self.db()).await.map_err(at("device.revoke"))?.rows_affected() > 0)
    }

    async fn add_vouching(&mut self, link_key: PublicKey, row: &VouchingRow) -> Answer<()> {
        let vouching = to_json(&row.vouching, "vouchings")?;
        let query = sqlx::query(ADD_VOUCHING).bind(bytes(link_key)).bind(bytes(row.by)).bind(vouching);
        query.bind(row.until.0).execute(self.db()).await.map_err(at("device.add_vouching"))?;
        Ok(())
    }

    async fn vouching(&mut self, link_key: PublicKey) -> Answer<Option<VouchingRow>> {
        let query = sqlx::query_as(VOUCHING).bind(bytes(link_key));
        let found: Option<(Vec<u8>, String, i64)> =
            query.fetch_optional(self.db()).await.map_err(at("device.vouching"))?;
        let Some((by, vouching, until)) = found else { return Ok(None) };
        let (by, vouching) = (key(&by, "vouchings")?, json(&vouching, "vouchings")?);
        Ok(Some(VouchingRow { by, vouching, until: Timestamp(until) }))
    }
}

impl DevicesRead for SqliteStore {
    async fn is_revoked(&self, device: PublicKey) -> Answer<bool> {
        let query = sqlx::query_as(IS_REVOKED).bind(bytes(device));
        let (many,): (i64,) = query.fetch_one(&mut *self.reader().await?).await.map_err(at("device.is_revoked"))?;
        Ok(many > 0)
    }

    async fn untold_devices(&self) -> Answer<Vec<(PersonId, PublicKey)>> {
        let query = sqlx::query_as(UNTOLD);
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            query.fetch_all(&mut *self.reader().await?).await.map_err(at("device.untold"))?;
        rows.iter().map(|(person, device)| Ok((id(person, "devices")?, key(device, "devices")?))).collect()
    }
}
