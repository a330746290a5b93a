//! Contracts, what is drawn from them, wishes for renewal, reminders.

use std::collections::BTreeSet;

use opora_desk::store::{Answer, ContractsStore, ContractsTx, Renewal, StoreError, TimeSpent};
use opora_domain::{
    ContractId, ConversationId, OrganisationId, RequestId, SessionId, TicketId, Timestamp,
    contract::{
        Contract,
        allowance::Used,
        entitlement::{Basis, Held},
        notice::Notice,
    },
};
use opora_wire::contract::Work;
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{count, id, json, to_json},
};

const ALL: &str = "SELECT body FROM contracts ORDER BY id";
const GET: &str = "SELECT body FROM contracts WHERE id = ?1";
const OF: &str = "SELECT body FROM contracts WHERE organisation = ?1 ORDER BY id";
const PUT: &str = "
INSERT INTO contracts (id, organisation, first_day, last_day, body) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day, body = excluded.body";
/// Nothing was drawn from it: the guard is in the write.
const DROP: &str = "
DELETE FROM contracts WHERE id = ?1
   AND NOT EXISTS (SELECT 1 FROM time_spent WHERE contract = ?1)
   AND NOT EXISTS (SELECT 1 FROM request_basis WHERE contract = ?1)";
const MINUTES: &str = "SELECT coalesce(sum(drawn), 0) FROM time_spent WHERE contract = ?1 AND at >= ?2";
const REQUESTS: &str = "
SELECT count(*) FROM request_basis b JOIN requests r ON r.id = b.request
 WHERE b.contract = ?1 AND b.at >= ?2 AND r.state <> 'cancelled'";
const SERVES_WITHOUT: &str = "SELECT serve_without FROM contract_policy WHERE id = 1";
const SET_SERVES_WITHOUT: &str = "UPDATE contract_policy SET serve_without = ?1 WHERE id = 1";
const SET_BASIS: &str = "
INSERT INTO request_basis (request, contract, at, urgent) VALUES (?1, ?2, ?3, ?4)";
const BASIS: &str = "SELECT contract FROM request_basis WHERE request = ?1";
const NOTE_TIME: &str = "
INSERT INTO time_spent (work, id, by, organisation, contract, minutes, drawn, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (work, id, by) DO UPDATE SET minutes = excluded.minutes, drawn = excluded.drawn";
const TIME_SPENT: &str = "
SELECT work, id, by, organisation, contract, minutes, drawn, at FROM time_spent
 WHERE at >= ?1 AND at < ?2 ORDER BY at, work, id, by";
const ADD_RENEWAL: &str = "
INSERT INTO renewals (organisation, by, comment, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
const DROP_RENEWAL: &str = "DELETE FROM renewals WHERE organisation = ?1";
const ADD_NOTICE: &str =
    "INSERT INTO contract_notices (contract, notice, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const NOTICES: &str = "SELECT notice FROM contract_notices WHERE contract = ?1";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn work_columns(work: Work) -> (&'static str, Vec<u8>) {
    match work {
        Work::Conversation(id) => ("conversation", bytes(id.0)),
        Work::Session(id) => ("session", bytes(id.0)),
        Work::Ticket(id) => ("ticket", bytes(id.0)),
    }
}

fn work(word: &str, of: &[u8]) -> Answer<Work> {
    let of: Uuid = id(of, "time_spent")?;
    match word {
        "conversation" => Ok(Work::Conversation(ConversationId(of))),
        "session" => Ok(Work::Session(SessionId(of))),
        "ticket" => Ok(Work::Ticket(TicketId(of))),
        _ => Err(StoreError::Corrupt("time_spent")),
    }
}

fn read_all(rows: Vec<(String,)>) -> Answer<Vec<Contract>> {
    rows.into_iter().map(|(body,)| json(&body, "contracts")).collect()
}

async fn used(db: &mut Db, contract: &Contract, now: Timestamp) -> Answer<Used> {
    let here = at("contract.used");
    let since = contract.window(now);
    let from = contract.zone.start_of(since).0;
    let minutes = sqlx::query_as(MINUTES).bind(bytes(contract.id.0)).bind(from);
    let (minutes,): (i64,) = minutes.fetch_one(&mut *db).await.map_err(here)?;
    let requests = sqlx::query_as(REQUESTS).bind(bytes(contract.id.0)).bind(from);
    let (requests,): (i64,) = requests.fetch_one(db).await.map_err(here)?;
    Ok(Used { since, minutes: count(minutes, "time_spent")?, requests: count(requests, "request_basis")? })
}

async fn notices(db: &mut Db, contract: ContractId) -> Answer<BTreeSet<Notice>> {
    let query = sqlx::query_as(NOTICES).bind(bytes(contract.0));
    let rows: Vec<(String,)> = query.fetch_all(db).await.map_err(at("contract.notices"))?;
    rows.into_iter().map(|(notice,)| json(&notice, "contract_notices")).collect()
}

impl ContractsStore for SqliteStore {
    async fn contracts(&self, now: Timestamp) -> Answer<Vec<(Contract, Used, BTreeSet<Notice>)>> {
        let here = at("contract.contracts");
        let mut db = self.snapshot().await?;
        let rows: Vec<(String,)> = sqlx::query_as(ALL).fetch_all(&mut *db).await.map_err(here)?;
        let mut all = Vec::new();
        for contract in read_all(rows)? {
            let used = used(&mut db, &contract, now).await?;
            let sent = notices(&mut db, contract.id).await?;
            all.push((contract, used, sent));
        }
        Ok(all)
    }

    async fn time_spent(&self, from: Timestamp, to: Timestamp) -> Answer<Vec<TimeSpent>> {
        type Row = (String, Vec<u8>, Vec<u8>, Vec<u8>, Option<Vec<u8>>, i64, i64, i64);
        let place = "time_spent";
        let mut db = self.reader().await?;
        let query = sqlx::query_as(TIME_SPENT).bind(from.0).bind(to.0);
        let rows: Vec<Row> = query.fetch_all(&mut *db).await.map_err(at("contract.time_spent"))?;
        let read = |(word, of, by, organisation, contract, minutes, drawn, at): Row| {
            Ok(TimeSpent {
                work: work(&word, &of)?,
                organisation: id(&organisation, place)?,
                contract: contract.map(|contract| id(&contract, place)).transpose()?,
                minutes: count(minutes, place)?,
                drawn: count(drawn, place)?,
                at: Timestamp(at),
                by: id(&by, place)?,
            })
        };
        rows.into_iter().map(read).collect()
    }
}

impl ContractsTx for SqliteTx {
    async fn put_contract(&mut self, contract: &Contract) -> Answer<()> {
        sqlx::query(PUT)
            .bind(bytes(contract.id.0))
            .bind(bytes(contract.organisation.0))
            .bind(contract.from.to_string())
            .bind(contract.to.map(|to| to.to_string()))
            .bind(to_json(contract, "contracts")?)
            .execute(self.db())
            .await
            .map_err(at("contract.put"))?;
        Ok(())
    }

    async fn drop_contract(&mut self, contract: ContractId) -> Answer<bool> {
        let query = sqlx::query(DROP).bind(bytes(contract.0));
        Ok(query.execute(self.db()).await.map_err(at("contract.drop"))?.rows_affected() > 0)
    }

    async fn contract(&mut self, contract: ContractId) -> Answer<Option<Contract>> {
        let query = sqlx::query_as(GET).bind(bytes(contract.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(at("contract.get"))?;
        found.map(|(body,)| json(&body, "contracts")).transpose()
    }

    async fn held(&mut self, organisation: OrganisationId, now: Timestamp) -> Answer<Vec<Held>> {
        let query = sqlx::query_as(OF).bind(bytes(organisation.0));
        let rows: Vec<(String,)> = query.fetch_all(self.db()).await.map_err(at("contract.held"))?;
        let mut held = Vec::new();
        for contract in read_all(rows)? {
            let used = used(self.db(), &contract, now).await?;
            held.push((contract, used));
        }
        Ok(held)
    }

    async fn used(&mut self, contract: &Contract, now: Timestamp) -> Answer<Used> {
        used(self.db(), contract, now).await
    }

    async fn serves_without(&mut self) -> Answer<bool> {
        let query = sqlx::query_as(SERVES_WITHOUT);
        let (serve,): (bool,) = query.fetch_one(self.db()).await.map_err(at("contract.serves_without"))?;
        Ok(serve)
    }

    async fn set_serves_without(&mut self, serve: bool) -> Answer<()> {
        let query = sqlx::query(SET_SERVES_WITHOUT).bind(serve);
        query.execute(self.db()).await.map_err(at("contract.set_serves_without"))?;
        Ok(())
    }

    async fn set_basis(&mut self, request: RequestId, basis: &Basis, now: Timestamp) -> Answer<()> {
        let contract = basis.contract.map(|contract| bytes(contract.0));
        let query = sqlx::query(SET_BASIS).bind(bytes(request.0)).bind(contract).bind(now.0).bind(basis.urgent);
        query.execute(self.db()).await.map_err(at("contract.set_basis"))?;
        Ok(())
    }

    async fn basis(&mut self, request: RequestId) -> Answer<Option<ContractId>> {
        let query = sqlx::query_as(BASIS).bind(bytes(request.0));
        let found: Option<(Option<Vec<u8>>,)> = query.fetch_optional(self.db()).await.map_err(at("contract.basis"))?;
        found.and_then(|(contract,)| contract).map(|contract| id(&contract, "request_basis")).transpose()
    }

    async fn note_time(&mut self, spent: &TimeSpent) -> Answer<()> {
        let (word, of) = work_columns(spent.work);
        sqlx::query(NOTE_TIME)
            .bind(word)
            .bind(of)
            .bind(bytes(spent.by.0))
            .bind(bytes(spent.organisation.0))
            .bind(spent.contract.map(|contract| bytes(contract.0)))
            .bind(i64::from(spent.minutes))
            .bind(i64::from(spent.drawn))
            .bind(spent.at.0)
            .execute(self.db())
            .await
            .map_err(at("contract.note_time"))?;
        Ok(())
    }

    async fn add_renewal(&mut self, renewal: &Renewal) -> Answer<bool> {
        let query = sqlx::query(ADD_RENEWAL).bind(bytes(renewal.organisation.0)).bind(bytes(renewal.by.0));
        let query = query.bind(&renewal.comment).bind(renewal.at.0);
        Ok(query.execute(self.db()).await.map_err(at("contract.add_renewal"))?.rows_affected() > 0)
    }

    async fn drop_renewal(&mut self, organisation: OrganisationId) -> Answer<bool> {
        let query = sqlx::query(DROP_RENEWAL).bind(bytes(organisation.0));
        Ok(query.execute(self.db()).await.map_err(at("contract.drop_renewal"))?.rows_affected() > 0)
    }

    async fn notices(&mut self, contract: ContractId) -> Answer<BTreeSet<Notice>> {
        notices(self.db(), contract).await
    }

    async fn add_notice(&mut self, contract: ContractId, notice: Notice, now: Timestamp) -> Answer<bool> {
        let query = sqlx::query(ADD_NOTICE).bind(bytes(contract.0)).bind(to_json(&notice, "contract_notices")?);
        Ok(query.bind(now.0).execute(self.db()).await.map_err(at("contract.add_notice"))?.rows_affected() > 0)
    }
}
