//! Hand-overs, and who is in a talk.

use opora_desk::{
    record::Request,
    store::{
        Answer,
        transfer::{Said, TransfersStore, TransfersTx},
    },
};
use opora_domain::{
    ConversationId, MessageId, PersonId, Timestamp, TransferId,
    request::Ask,
    transfer::{Ended, Transfer},
};
use opora_wire::event::EventBody;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    log,
    value::{id, json, to_json},
};

const ADD: &str = "
INSERT INTO transfers (id, conversation, giver, receiver, epoch, until, stays) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const OPEN: &str = "
SELECT id, conversation, giver, receiver, epoch, until, stays FROM transfers WHERE id = ?1 AND ended IS NULL";
const OF: &str = "
SELECT id, conversation, giver, receiver, epoch, until, stays FROM transfers
 WHERE conversation = ?1 AND ended IS NULL";
const HAS: &str = "SELECT count(*) FROM transfers WHERE id = ?1";
const END: &str = "UPDATE transfers SET ended = ?2 WHERE id = ?1 AND ended IS NULL";
const LAPSED: &str = "
SELECT t.id FROM transfers t INDEXED BY transfers_open CROSS JOIN requests q ON q.id = t.conversation
 WHERE t.ended IS NULL AND (t.until <= ?1 OR q.epoch <> t.epoch) ORDER BY t.id";
const SET_LINE: &str = "UPDATE requests SET line = ?2, ask = ?3 WHERE id = ?1";
const SAID: &str = "
SELECT e.seq, e.by, e.at, b.body FROM events e
  JOIN streams s ON s.id = e.stream
  JOIN event_bodies b ON b.gseq = e.gseq
 WHERE e.id = ?1 AND s.conversation = ?2 AND e.kind = 'said'";

type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, i64, i64, bool);

fn transfer((own, conversation, from, to, epoch, until, stays): Row) -> Answer<Transfer> {
    let place = "transfers";
    let (from, to) = (id(&from, place)?, id(&to, place)?);
    let (id, conversation) = (id(&own, place)?, id(&conversation, place)?);
    Ok(Transfer { id, conversation, from, to, epoch, until: Timestamp(until), stays })
}

impl TransfersTx for SqliteTx {
    async fn add_transfer(&mut self, transfer: &Transfer) -> Answer<()> {
        sqlx::query(ADD)
            .bind(transfer.id.as_bytes())
            .bind(transfer.conversation.as_bytes())
            .bind(transfer.from.as_bytes())
            .bind(transfer.to.as_bytes())
            .bind(transfer.epoch)
            .bind(transfer.until.0)
            .bind(transfer.stays)
            .execute(self.db())
            .await
            .map_err(at("transfers.add"))?;
        Ok(())
    }

    async fn open_transfer(&mut self, id: TransferId) -> Answer<Option<Transfer>> {
        let query = sqlx::query_as(OPEN).bind(id.as_bytes());
        let row: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("transfers.open"))?;
        row.map(transfer).transpose()
    }

    async fn transfer_of(&mut self, conversation: ConversationId) -> Answer<Option<Transfer>> {
        let query = sqlx::query_as(OF).bind(conversation.as_bytes());
        let row: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("transfers.of"))?;
        row.map(transfer).transpose()
    }

    async fn has_transfer(&mut self, id: TransferId) -> Answer<bool> {
        let query = sqlx::query_as(HAS).bind(id.as_bytes());
        let (many,): (i64,) = query.fetch_one(self.db()).await.map_err(at("transfers.has"))?;
        Ok(many > 0)
    }

    async fn end_transfer(&mut self, id: TransferId, how: &Ended) -> Answer<bool> {
        let query = sqlx::query(END).bind(id.as_bytes()).bind(to_json(how, "transfers")?);
        Ok(query.execute(self.db()).await.map_err(at("transfers.end"))?.rows_affected() > 0)
    }

    async fn set_line(&mut self, request: &Request, ask: &Ask) -> Answer<()> {
        let query = sqlx::query(SET_LINE).bind(request.id.as_bytes()).bind(ask.line.as_bytes());
        query.bind(to_json(ask, "requests")?).execute(self.db()).await.map_err(at("transfers.set_line"))?;
        Ok(())
    }

    async fn said(&mut self, conversation: ConversationId, message: MessageId) -> Answer<Option<Said>> {
        type Row = (i64, Option<Vec<u8>>, i64, String);
        let query = sqlx::query_as(SAID).bind(message.as_bytes()).bind(conversation.as_bytes());
        let row: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("transfers.said"))?;
        let Some((seq, by, when, body)) = row else { return Ok(None) };
        let EventBody::Said(draft) = json(&body, "event_bodies")? else { return Ok(None) };
        let by = by.map(|by| id(&by, "events")).transpose()?;
        Ok(Some(Said { seq, by, at: Timestamp(when), draft }))
    }

    async fn inside(&mut self, conversation: ConversationId) -> Answer<Vec<PersonId>> {
        log::members(self.db(), conversation).await
    }
}

impl TransfersStore for SqliteStore {
    async fn lapsed_transfers(&self, now: Timestamp) -> Answer<Vec<TransferId>> {
        let mut db = self.reader().await?;
        let query = sqlx::query_as(LAPSED).bind(now.0);
        let rows: Vec<(Vec<u8>,)> = query.fetch_all(&mut *db).await.map_err(at("transfers.lapsed"))?;
        rows.into_iter().map(|(transfer,)| id(&transfer, "transfers")).collect()
    }
}
