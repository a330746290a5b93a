//! Remote sessions.

use opora_desk::{record::Screen, store::Answer};
use opora_domain::{ConversationId, SessionId, Timestamp, session::State};
use sqlx::SqliteConnection as Db;

use crate::{
    error::at,
    value::{id, json, key, to_json, to_word, word},
};

type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, Option<Vec<u8>>, String, String, i64);

const ADD: &str = "
INSERT INTO screens (id, conversation, helper, helper_device, customer, controlled, scopes, state, asked_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const GET: &str = "
SELECT id, conversation, helper, helper_device, customer, controlled, scopes, state, asked_at
  FROM screens WHERE id = ?1";
const OPEN: &str = "
SELECT id, conversation, helper, helper_device, customer, controlled, scopes, state, asked_at
  FROM screens WHERE conversation = ?1 AND state <> 'ended' ORDER BY asked_at, id";
const MOVE: &str = "UPDATE screens SET state = ?3, scopes = ?4, controlled = ?5 WHERE id = ?1 AND state = ?2";
/// Asked at every look of the offers; `<> 'ended'` says the same to the index of the open ones.
const UNANSWERED: &str = "
SELECT id FROM screens INDEXED BY screens_open
 WHERE state <> 'ended' AND state = 'requested' AND asked_at <= ?1 ORDER BY asked_at";

fn bytes(id: uuid::Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn screen((own, conversation, helper, device, customer, controlled, scopes, state, asked_at): Row) -> Answer<Screen> {
    let place = "screens";
    Ok(Screen {
        id: id(&own, place)?,
        conversation: id(&conversation, place)?,
        helper: id(&helper, place)?,
        helper_device: key(&device, place)?,
        customer: id(&customer, place)?,
        controlled: controlled.map(|bytes| key(&bytes, place)).transpose()?,
        scopes: json(&scopes, place)?,
        state: word(&state, place)?,
        asked_at: Timestamp(asked_at),
    })
}

pub(crate) async fn add(db: &mut Db, screen: &Screen) -> Answer<()> {
    sqlx::query(ADD)
        .bind(bytes(screen.id.0))
        .bind(bytes(screen.conversation.0))
        .bind(bytes(screen.helper.0))
        .bind(screen.helper_device.0.to_vec())
        .bind(bytes(screen.customer.0))
        .bind(screen.controlled.map(|device| device.0.to_vec()))
        .bind(to_json(&screen.scopes, "screens")?)
        .bind(to_word(&screen.state, "screens")?)
        .bind(screen.asked_at.0)
        .execute(db)
        .await
        .map_err(at("screens.add"))?;
    Ok(())
}

pub(crate) async fn get(db: &mut Db, session: SessionId) -> Answer<Option<Screen>> {
    let query = sqlx::query_as(GET).bind(bytes(session.0));
    let found: Option<Row> = query.fetch_optional(db).await.map_err(at("screens.get"))?;
    found.map(screen).transpose()
}

pub(crate) async fn move_from(db: &mut Db, screen: &Screen, from: State) -> Answer<bool> {
    let query = sqlx::query(MOVE)
        .bind(bytes(screen.id.0))
        .bind(to_word(&from, "screens")?)
        .bind(to_word(&screen.state, "screens")?)
        .bind(to_json(&screen.scopes, "screens")?)
        .bind(screen.controlled.map(|device| device.0.to_vec()));
    Ok(query.execute(db).await.map_err(at("screens.move_from"))?.rows_affected() > 0)
}

pub(crate) async fn open(db: &mut Db, conversation: ConversationId) -> Answer<Vec<Screen>> {
    let query = sqlx::query_as(OPEN).bind(bytes(conversation.0));
    let rows: Vec<Row> = query.fetch_all(db).await.map_err(at("screens.open"))?;
    rows.into_iter().map(screen).collect()
}

pub(crate) async fn unanswered(db: &mut Db, before: Timestamp) -> Answer<Vec<SessionId>> {
    let query = sqlx::query_as(UNANSWERED).bind(before.0);
    let rows: Vec<(Vec<u8>,)> = query.fetch_all(db).await.map_err(at("screens.unanswered"))?;
    rows.into_iter().map(|(session,)| id(&session, "screens")).collect()
}
