//! Marks, ratings and tickets.

use opora_desk::{record::Ticket, store::Answer};
use opora_domain::{ConversationId, PersonId, TicketId, Timestamp, rating::Rating, ticket::Status};
use sqlx::SqliteConnection as Db;

use crate::{
    error::at,
    value::{to_json, to_word},
};

const SEE: &str = "
INSERT INTO seen (conversation, person, up_to) VALUES (?1, ?2, ?3)
ON CONFLICT (conversation, person) DO UPDATE SET up_to = excluded.up_to WHERE excluded.up_to > seen.up_to";
const RATE: &str = "
INSERT INTO ratings (conversation, stars, comment, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (conversation) DO UPDATE SET stars = excluded.stars, comment = excluded.comment, at = excluded.at";
const NEXT_TICKET: &str = "UPDATE firm SET ticket = ticket + 1 WHERE id = 1 RETURNING ticket";
const HAS_TICKET: &str = "SELECT count(*) FROM tickets WHERE id = ?1";
const ADD_TICKET: &str = "
INSERT INTO tickets (number, id, customer, by, draft, status, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(crate) async fn see(db: &mut Db, conversation: ConversationId, person: PersonId, up_to: i64) -> Answer<bool> {
    let query = sqlx::query(SEE).bind(conversation.0.as_bytes().to_vec()).bind(person.0.as_bytes().to_vec());
    Ok(query.bind(up_to).execute(db).await.map_err(at("talk.see"))?.rows_affected() > 0)
}

pub(crate) async fn rate(db: &mut Db, conversation: ConversationId, rating: &Rating, now: Timestamp) -> Answer<()> {
    let query = sqlx::query(RATE).bind(conversation.0.as_bytes().to_vec()).bind(i64::from(rating.stars.get()));
    query.bind(&rating.comment).bind(now.0).execute(db).await.map_err(at("talk.rate"))?;
    Ok(())
}

pub(crate) async fn next_ticket(db: &mut Db) -> Answer<i64> {
    let (number,) = sqlx::query_as(NEXT_TICKET).fetch_one(db).await.map_err(at("talk.next_ticket"))?;
    Ok(number)
}

pub(crate) async fn has_ticket(db: &mut Db, ticket: TicketId) -> Answer<bool> {
    let query = sqlx::query_as(HAS_TICKET).bind(ticket.0.as_bytes().to_vec());
    let (many,): (i64,) = query.fetch_one(db).await.map_err(at("talk.has_ticket"))?;
    Ok(many > 0)
}

pub(crate) async fn add_ticket(db: &mut Db, ticket: &Ticket) -> Answer<()> {
    sqlx::query(ADD_TICKET)
        .bind(ticket.number)
        .bind(ticket.id.0.as_bytes().to_vec())
        .bind(ticket.customer.0.as_bytes().to_vec())
        .bind(ticket.by.0.as_bytes().to_vec())
        .bind(to_json(&ticket.draft, "tickets")?)
        .bind(to_word(&Status::New, "tickets")?)
        .bind(ticket.at.0)
        .execute(db)
        .await
        .map_err(at("talk.add_ticket"))?;
    Ok(())
}
