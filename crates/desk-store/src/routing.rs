//! Presence and routing: what people declare, the owner's settings, holds, lengths of conversations.

use std::collections::BTreeMap;

use opora_desk::store::{
    Answer, StoreError,
    routing::{RoutingStore, RoutingTx, Table},
};
use opora_domain::{
    LineId, PersonId, RequestId, Span, Timestamp,
    availability::Declared,
    queue::{Overflow, Rules},
    wait::MOST_SAMPLES,
};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{id, json, to_json},
};

const DECLARE: &str = "
INSERT INTO declared (person, status, until) VALUES (?1, ?2, ?3)
ON CONFLICT (person) DO UPDATE SET status = excluded.status, until = excluded.until";
const DECLARED: &str = "
SELECT d.status, d.until, p.on_line FROM persons p LEFT JOIN declared d ON d.person = p.id WHERE p.id = ?1";
const RULES: &str = "SELECT rules FROM routing WHERE id = 1";
const SET_RULES: &str = "
INSERT INTO routing (id, rules) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET rules = excluded.rules";
const OVERFLOWS: &str = "SELECT line, target, after FROM overflows ORDER BY line";
const SET_OVERFLOW: &str = "
INSERT INTO overflows (line, target, after) VALUES (?1, ?2, ?3)
ON CONFLICT (line) DO UPDATE SET target = excluded.target, after = excluded.after";
const DROP_OVERFLOW: &str = "DELETE FROM overflows WHERE line = ?1";
const SET_CAPACITY: &str = "UPDATE specialist_load SET capacity = ?2 WHERE person = ?1";
const HOLD: &str = "INSERT INTO holds (request, person, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
/// Who wrote first is taken back first, however often.
const WANT: &str = "UPDATE holds SET wanted = coalesce(wanted, ?2) WHERE request = ?1";
const WANTED: &str = "SELECT request, person FROM holds WHERE wanted IS NOT NULL ORDER BY wanted, request";
const DROP_HOLD: &str = "DELETE FROM holds WHERE request = ?1";
const IS_HELD: &str = "SELECT count(*) FROM holds WHERE request = ?1";
const BEGAN: &str = "INSERT INTO services (request, line, began) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const ENDED: &str = "UPDATE services SET ended = ?2 WHERE request = ?1 AND ended IS NULL";
const BUSY_LINES: &str = "SELECT DISTINCT line FROM requests WHERE state IN ('waiting', 'offered')";
const RECENT: &str = "
SELECT ended - began FROM services WHERE line = ?1 AND ended IS NOT NULL ORDER BY ended DESC LIMIT ?2";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

/// Reads a declaration; without a row what was said at the beginning counts.
pub(crate) fn declared(status: Option<&str>, until: Option<i64>, on_line: bool) -> Answer<Declared> {
    match (status, until.map(Timestamp)) {
        (None, _) if on_line => Ok(Declared::OnLine),
        (None, _) => Ok(Declared::Off),
        (Some("on_line"), _) => Ok(Declared::OnLine),
        (Some("lunch"), Some(until)) => Ok(Declared::Lunch { until }),
        (Some("away"), until) => Ok(Declared::Away { until }),
        (Some("off"), _) => Ok(Declared::Off),
        _ => Err(StoreError::Corrupt("declared")),
    }
}

fn to_columns(declared: Declared) -> (&'static str, Option<i64>) {
    let status = match declared {
        Declared::OnLine => "on_line",
        Declared::Lunch { .. } => "lunch",
        Declared::Away { .. } => "away",
        Declared::Off => "off",
    };
    (status, declared.ends().map(|until| until.0))
}

impl RoutingTx for SqliteTx {
    async fn declare(&mut self, person: PersonId, now: Declared) -> Answer<()> {
        let (status, until) = to_columns(now);
        let query = sqlx::query(DECLARE).bind(bytes(person.0)).bind(status).bind(until);
        query.execute(self.db()).await.map_err(at("routing.declare"))?;
        Ok(())
    }

    async fn declared(&mut self, person: PersonId) -> Answer<Declared> {
        type Row = (Option<String>, Option<i64>, bool);
        let query = sqlx::query_as(DECLARED).bind(bytes(person.0));
        let found: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("routing.declared"))?;
        let (status, until, on_line) = found.unwrap_or((None, None, false));
        declared(status.as_deref(), until, on_line)
    }

    async fn set_rules(&mut self, rules: &Rules) -> Answer<()> {
        let rules = to_json(rules, "routing")?;
        sqlx::query(SET_RULES).bind(rules).execute(self.db()).await.map_err(at("routing.set_rules"))?;
        Ok(())
    }

    async fn set_overflow(&mut self, line: LineId, overflow: Option<Overflow>) -> Answer<()> {
        let query = match overflow {
            Some(rule) => sqlx::query(SET_OVERFLOW).bind(bytes(line.0)).bind(bytes(rule.to.0)).bind(rule.after.0),
            None => sqlx::query(DROP_OVERFLOW).bind(bytes(line.0)),
        };
        query.execute(self.db()).await.map_err(at("routing.set_overflow"))?;
        Ok(())
    }

    async fn set_capacity(&mut self, person: PersonId, capacity: u32) -> Answer<bool> {
        let query = sqlx::query(SET_CAPACITY).bind(bytes(person.0)).bind(i64::from(capacity));
        Ok(query.execute(self.db()).await.map_err(at("routing.set_capacity"))?.rows_affected() > 0)
    }

    async fn hold(&mut self, request: RequestId, person: PersonId, now: Timestamp) -> Answer<bool> {
        let query = sqlx::query(HOLD).bind(bytes(request.0)).bind(bytes(person.0)).bind(now.0);
        Ok(query.execute(self.db()).await.map_err(at("routing.hold"))?.rows_affected() > 0)
    }

    async fn want_back(&mut self, request: RequestId, now: Timestamp) -> Answer<()> {
        let query = sqlx::query(WANT).bind(bytes(request.0)).bind(now.0);
        query.execute(self.db()).await.map_err(at("routing.want_back"))?;
        Ok(())
    }

    async fn drop_hold(&mut self, request: RequestId) -> Answer<bool> {
        let query = sqlx::query(DROP_HOLD).bind(bytes(request.0));
        Ok(query.execute(self.db()).await.map_err(at("routing.drop_hold"))?.rows_affected() > 0)
    }

    async fn is_held(&mut self, request: RequestId) -> Answer<bool> {
        let query = sqlx::query_as(IS_HELD).bind(bytes(request.0));
        let (many,): (i64,) = query.fetch_one(self.db()).await.map_err(at("routing.is_held"))?;
        Ok(many > 0)
    }

    async fn began(&mut self, request: RequestId, line: LineId, now: Timestamp) -> Answer<()> {
        let query = sqlx::query(BEGAN).bind(bytes(request.0)).bind(bytes(line.0)).bind(now.0);
        query.execute(self.db()).await.map_err(at("routing.began"))?;
        Ok(())
    }

    async fn ended(&mut self, request: RequestId, now: Timestamp) -> Answer<()> {
        let query = sqlx::query(ENDED).bind(bytes(request.0)).bind(now.0);
        query.execute(self.db()).await.map_err(at("routing.ended"))?;
        Ok(())
    }
}

impl RoutingStore for SqliteStore {
    async fn routing(&self) -> Answer<Table> {
        let db = &mut *self.snapshot().await?;
        Ok(Table {
            rules: rules(db).await?,
            overflows: overflows(db).await?,
            recent: recent(db).await?,
            wanted: wanted(db).await?,
        })
    }
}

async fn rules(db: &mut Db) -> Answer<Rules> {
    let found: Option<(String,)> = sqlx::query_as(RULES).fetch_optional(db).await.map_err(at("routing.rules"))?;
    found.map_or(Ok(Rules::default()), |(rules,)| json(&rules, "routing"))
}

async fn overflows(db: &mut Db) -> Answer<BTreeMap<LineId, Overflow>> {
    type Row = (Vec<u8>, Vec<u8>, i64);
    let rows: Vec<Row> = sqlx::query_as(OVERFLOWS).fetch_all(db).await.map_err(at("routing.overflows"))?;
    let overflow = |(line, target, after): Row| {
        Ok((id(&line, "overflows")?, Overflow { to: id(&target, "overflows")?, after: Span(after) }))
    };
    rows.into_iter().map(overflow).collect()
}

/// Of the lines that have a queue; nobody asks about the others.
async fn recent(db: &mut Db) -> Answer<BTreeMap<LineId, Vec<Span>>> {
    let here = at("routing.recent");
    let most = i64::try_from(MOST_SAMPLES).unwrap_or(i64::MAX);
    let lines: Vec<(Vec<u8>,)> = sqlx::query_as(BUSY_LINES).fetch_all(&mut *db).await.map_err(here)?;
    let mut all = BTreeMap::new();
    for (line,) in lines {
        let query = sqlx::query_as(RECENT).bind(line.clone()).bind(most);
        let rows: Vec<(i64,)> = query.fetch_all(&mut *db).await.map_err(here)?;
        all.insert(id(&line, "requests")?, rows.into_iter().map(|(length,)| Span(length)).collect());
    }
    Ok(all)
}

async fn wanted(db: &mut Db) -> Answer<Vec<(RequestId, PersonId)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(WANTED).fetch_all(db).await.map_err(at("routing.wanted"))?;
    rows.into_iter().map(|(request, person)| Ok((id(&request, "holds")?, id(&person, "holds")?))).collect()
}
