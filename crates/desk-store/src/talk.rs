//! Marks and ratings.

use opora_desk::store::Answer;
use opora_domain::{ConversationId, PersonId, Timestamp, rating::Rating};
use sqlx::SqliteConnection as Db;

use crate::error::at;

const SEE: &str = "
INSERT INTO seen (conversation, person, up_to) VALUES (?1, ?2, ?3)
ON CONFLICT (conversation, person) DO UPDATE SET up_to = excluded.up_to WHERE excluded.up_to > seen.up_to";
const RATE: &str = "
INSERT INTO ratings (conversation, stars, comment, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (conversation) DO UPDATE SET stars = excluded.stars, comment = excluded.comment, at = excluded.at";

pub(crate) async fn see(db: &mut Db, conversation: ConversationId, person: PersonId, up_to: i64) -> Answer<bool> {
    let query = sqlx::query(SEE).bind(conversation.0.as_bytes().to_vec()).bind(person.0.as_bytes().to_vec());
    Ok(query.bind(up_to).execute(db).await.map_err(at("talk.see"))?.rows_affected() > 0)
}

pub(crate) async fn rate(db: &mut Db, conversation: ConversationId, rating: &Rating, now: Timestamp) -> Answer<()> {
    let query = sqlx::query(RATE).bind(conversation.0.as_bytes().to_vec()).bind(i64::from(rating.stars.get()));
    query.bind(&rating.comment).bind(now.0).execute(db).await.map_err(at("talk.rate"))?;
    Ok(())
}
