//! Second factors.

use opora_desk::store::{Answer, totp::TotpTx};
use opora_domain::{PersonId, PublicKey, Timestamp, totp::Guard};

use crate::{SqliteTx, error::at, value::count};

const GET: &str = "SELECT secret, last_step, tries, paused_until FROM totp WHERE person = ?1";
const ADD: &str = "
INSERT INTO totp (person, secret, last_step, tries, paused_until, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ADD_RECOVERY: &str = "INSERT INTO totp_recovery (person, hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const SET: &str = "UPDATE totp SET last_step = ?2, tries = ?3, paused_until = ?4 WHERE person = ?1";
const USE: &str = "DELETE FROM totp_recovery WHERE person = ?1 AND hash = ?2";
const DROP: &str = "DELETE FROM totp WHERE person = ?1";
const STAFF: &str = "SELECT staff_code FROM firm WHERE id = 1";
const SET_STAFF: &str = "UPDATE firm SET staff_code = ?1 WHERE id = 1";
const DAYS: &str = "SELECT code_days FROM firm WHERE id = 1";
const SET_DAYS: &str = "UPDATE firm SET code_days = ?1 WHERE id = 1";
const PROVED_AT: &str = "SELECT coalesce(proved_at, since) FROM devices WHERE key = ?1 AND revoked_at IS NULL";
const SET_PROVED: &str = "UPDATE devices SET proved_at = ?2 WHERE key = ?1";

fn bytes(person: PersonId) -> Vec<u8> {
    person.as_bytes().to_vec()
}

impl TotpTx for SqliteTx {
    async fn totp(&mut self, person: PersonId) -> Answer<Option<(Vec<u8>, Guard)>> {
        type Row = (Vec<u8>, i64, i64, i64);
        let query = sqlx::query_as(GET).bind(bytes(person));
        let found: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("totp.get"))?;
        let Some((sealed, last_step, tries, paused_until)) = found else { return Ok(None) };
        let guard = Guard { last_step, tries: count(tries, "totp")?, paused_until: Timestamp(paused_until) };
        Ok(Some((self.seal().open("totp", &sealed)?, guard)))
    }

    async fn enrol_totp(
        &mut self,
        person: PersonId,
        secret: &[u8],
        guard: Guard,
        recovery: &[[u8; 32]],
        now: Timestamp,
    ) -> Answer<()> {
        let here = at("totp.enrol");
        let sealed = self.seal().close("totp", secret)?;
        let query = sqlx::query(ADD).bind(bytes(person)).bind(sealed).bind(guard.last_step);
        let query = query.bind(guard.tries).bind(guard.paused_until.0).bind(now.0);
        query.execute(self.db()).await.map_err(here)?;
        for hash in recovery {
            sqlx::query(ADD_RECOVERY).bind(bytes(person)).bind(hash.to_vec()).execute(self.db()).await.map_err(here)?;
        }
        Ok(())
    }

    async fn set_totp_guard(&mut self, person: PersonId, guard: Guard) -> Answer<()> {
        let query = sqlx::query(SET).bind(bytes(person)).bind(guard.last_step).bind(guard.tries);
        query.bind(guard.paused_until.0).execute(self.db()).await.map_err(at("totp.set"))?;
        Ok(())
    }

    async fn use_recovery(&mut self, person: PersonId, hash: [u8; 32]) -> Answer<bool> {
        let query = sqlx::query(USE).bind(bytes(person)).bind(hash.to_vec());
        Ok(query.execute(self.db()).await.map_err(at("totp.use_recovery"))?.rows_affected() > 0)
    }

    async fn drop_totp(&mut self, person: PersonId) -> Answer<bool> {
        let query = sqlx::query(DROP).bind(bytes(person));
        Ok(query.execute(self.db()).await.map_err(at("totp.drop"))?.rows_affected() > 0)
    }

    async fn staff_code(&mut self) -> Answer<bool> {
        let (staff,) = sqlx::query_as(STAFF).fetch_one(self.db()).await.map_err(at("totp.staff"))?;
        Ok(staff)
    }

    async fn set_staff_code(&mut self, staff: bool) -> Answer<()> {
        sqlx::query(SET_STAFF).bind(staff).execute(self.db()).await.map_err(at("totp.set_staff"))?;
        Ok(())
    }

    async fn code_days(&mut self) -> Answer<u16> {
        let query = sqlx::query_as(DAYS);
        let (days,): (i64,) = query.fetch_one(self.db()).await.map_err(at("totp.days"))?;
        count(days, "firm")
    }

    async fn set_code_days(&mut self, days: u16) -> Answer<()> {
        sqlx::query(SET_DAYS).bind(days).execute(self.db()).await.map_err(at("totp.set_days"))?;
        Ok(())
    }

    async fn proved_at(&mut self, device: PublicKey) -> Answer<Option<Timestamp>> {
        let query = sqlx::query_as(PROVED_AT).bind(device.0.to_vec());
        let found: Option<(i64,)> = query.fetch_optional(self.db()).await.map_err(at("totp.proved_at"))?;
        Ok(found.map(|(at,)| Timestamp(at)))
    }

    async fn set_proved(&mut self, device: PublicKey, now: Timestamp) -> Answer<()> {
        let query = sqlx::query(SET_PROVED).bind(device.0.to_vec()).bind(now.0);
        query.execute(self.db()).await.map_err(at("totp.set_proved"))?;
        Ok(())
    }
}
