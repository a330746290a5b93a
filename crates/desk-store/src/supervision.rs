//! Who is a member and who only looks, the trail of supervisors, the head's marks.

use opora_desk::store::{Acted, Answer, SupervisionStore, SupervisionTx};
use opora_domain::{ConversationId, PersonId, Timestamp, rating::Rating};
use opora_wire::event::Stream;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    log,
    value::{id, to_word, word},
};

const ADD_ACT: &str = "
INSERT INTO supervision (id, at, by, act, conversation, specialist) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ACTS: &str = "
SELECT id, at, by, act, conversation, specialist FROM supervision ORDER BY at DESC, id DESC LIMIT ?1";
const SET_MARK: &str = "
INSERT INTO head_marks (conversation, by, stars, comment, at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (conversation) DO UPDATE
   SET by = excluded.by, stars = excluded.stars, comment = excluded.comment, at = excluded.at";
const NOTE_MARK: &str = "UPDATE requests SET head_stars = ?2 WHERE id = ?1";

fn bytes(id: uuid::Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

impl SupervisionTx for SqliteTx {
    async fn add_act(&mut self, acted: &Acted) -> Answer<()> {
        let query = sqlx::query(ADD_ACT)
            .bind(bytes(acted.id))
            .bind(acted.at.0)
            .bind(bytes(acted.by.0))
            .bind(to_word(&acted.act, "supervision")?)
            .bind(bytes(acted.conversation.0))
            .bind(acted.specialist.map(|person| bytes(person.0)));
        query.execute(self.db()).await.map_err(at("supervision.add_act"))?;
        Ok(())
    }

    async fn end_look(&mut self, person: PersonId, stream: Stream) -> Answer<bool> {
        log::end_look(self.db(), person, stream).await
    }

    async fn looks(&mut self, person: PersonId) -> Answer<Vec<ConversationId>> {
        log::looks(self.db(), person).await
    }

    async fn set_mark(
        &mut self,
        conversation: ConversationId,
        by: PersonId,
        mark: &Rating,
        now: Timestamp,
    ) -> Answer<()> {
        let here = at("supervision.set_mark");
        let stars = i64::from(mark.stars.get());
        let query = sqlx::query(SET_MARK).bind(bytes(conversation.0)).bind(bytes(by.0)).bind(stars);
        query.bind(&mark.comment).bind(now.0).execute(self.db()).await.map_err(&here)?;
        let query = sqlx::query(NOTE_MARK).bind(bytes(conversation.0)).bind(stars);
        query.execute(self.db()).await.map_err(&here)?;
        Ok(())
    }
}

impl SupervisionStore for SqliteStore {
    async fn acts(&self, most: i64) -> Answer<Vec<Acted>> {
        type Row = (Vec<u8>, i64, Vec<u8>, String, Vec<u8>, Option<Vec<u8>>);
        let place = "supervision";
        let query = sqlx::query_as(ACTS).bind(most);
        let rows: Vec<Row> = query.fetch_all(&mut *self.reader().await?).await.map_err(at("supervision.acts"))?;
        let acted = |(event, moment, by, act, conversation, specialist): Row| {
            Ok(Acted {
                id: id(&event, place)?,
                at: Timestamp(moment),
                by: id(&by, place)?,
                act: word(&act, place)?,
                conversation: id(&conversation, place)?,
                specialist: specialist.map(|person| id(&person, place)).transpose()?,
            })
        };
        rows.into_iter().map(acted).collect()
    }
}
