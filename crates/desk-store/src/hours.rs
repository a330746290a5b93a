//! Hours of lines, and wishes to be called back.

use std::collections::BTreeMap;

use opora_desk::store::{Answer, HoursStore, HoursTx};
use opora_domain::{LineId, RequestId, Timestamp, calendar::Calendar, callback::Callback};
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{id, json, to_json},
};

const CALENDARS: &str = "SELECT line, calendar FROM line_calendars ORDER BY line";
const CALENDAR: &str = "SELECT calendar FROM line_calendars WHERE line = ?1";
const SET_CALENDAR: &str = "
INSERT INTO line_calendars (line, calendar) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET calendar = excluded.calendar";
const DROP_CALENDAR: &str = "DELETE FROM line_calendars WHERE line = ?1";
const CALLBACK: &str = "SELECT callback FROM callbacks WHERE request = ?1";
const SET_CALLBACK: &str = "
INSERT INTO callbacks (request, callback, at) VALUES (?1, ?2, ?3)
ON CONFLICT (request) DO UPDATE SET callback = excluded.callback, at = excluded.at";
const DROP_CALLBACK: &str = "DELETE FROM callbacks WHERE request = ?1";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

impl HoursStore for SqliteStore {
    async fn calendars(&self) -> Answer<BTreeMap<LineId, Calendar>> {
        let mut db = self.reader().await?;
        let rows: Vec<(Vec<u8>, String)> =
            sqlx::query_as(CALENDARS).fetch_all(&mut *db).await.map_err(at("hours.calendars"))?;
        let place = "line_calendars";
        rows.into_iter().map(|(line, calendar)| Ok((id(&line, place)?, json(&calendar, place)?))).collect()
    }
}

impl HoursTx for SqliteTx {
    async fn set_calendar(&mut self, line: LineId, calendar: Option<&Calendar>) -> Answer<()> {
        let query = match calendar {
            Some(calendar) => sqlx::query(SET_CALENDAR).bind(bytes(line.0)).bind(to_json(calendar, "line_calendars")?),
            None => sqlx::query(DROP_CALENDAR).bind(bytes(line.0)),
        };
        query.execute(self.db()).await.map_err(at("hours.set_calendar"))?;
        Ok(())
    }

    async fn calendar(&mut self, line: LineId) -> Answer<Option<Calendar>> {
        let query = sqlx::query_as(CALENDAR).bind(bytes(line.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(at("hours.calendar"))?;
        found.map(|(calendar,)| json(&calendar, "line_calendars")).transpose()
    }

    async fn set_callback(&mut self, request: RequestId, callback: Option<&Callback>, now: Timestamp) -> Answer<()> {
        let query = match callback {
            Some(callback) => {
                sqlx::query(SET_CALLBACK).bind(bytes(request.0)).bind(to_json(callback, "callbacks")?).bind(now.0)
            }
            None => sqlx::query(DROP_CALLBACK).bind(bytes(request.0)),
        };
        query.execute(self.db()).await.map_err(at("hours.set_callback"))?;
        Ok(())
    }

    async fn callback(&mut self, request: RequestId) -> Answer<Option<Callback>> {
        let query = sqlx::query_as(CALLBACK).bind(bytes(request.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(at("hours.callback"))?;
        found.map(|(callback,)| json(&callback, "callbacks")).transpose()
    }
}
