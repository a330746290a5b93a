//! Invitations into talks.

use opora_desk::store::{
    Answer,
    invitation::{InvitationsStore, InvitationsTx},
};
use opora_domain::{
    ConversationId, InvitationId, Timestamp,
    invitation::{Ended, Invitation},
};

use crate::{SqliteStore, SqliteTx, error::at, value::id};

const ADD: &str = "
INSERT INTO invitations (id, conversation, by, person, from_seq, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const OPEN: &str = "
SELECT id, conversation, by, person, from_seq, until FROM invitations WHERE id = ?1 AND ended IS NULL";
const INTO: &str = "
SELECT id, conversation, by, person, from_seq, until FROM invitations
 WHERE conversation = ?1 AND ended IS NULL ORDER BY person";
const HAS: &str = "SELECT count(*) FROM invitations WHERE id = ?1";
const END: &str = "UPDATE invitations SET ended = ?2 WHERE id = ?1 AND ended IS NULL";
/// Asked at every look of the offers: the index knows the open ones and no other.
const LAPSED: &str = "
SELECT i.id FROM invitations i INDEXED BY invitations_open CROSS JOIN requests q ON q.id = i.conversation
 WHERE i.ended IS NULL AND (i.until <= ?1 OR q.state <> 'accepted') ORDER BY i.id";

type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, i64, i64);

fn invitation((own, conversation, by, person, from, until): Row) -> Answer<Invitation> {
    let place = "invitations";
    let (by, person) = (id(&by, place)?, id(&person, place)?);
    let (id, conversation) = (id(&own, place)?, id(&conversation, place)?);
    Ok(Invitation { id, conversation, by, person, from, until: Timestamp(until) })
}

/// What somebody wrote is in the log alone, where it can be erased.
fn word(how: &Ended) -> &'static str {
    match how {
        Ended::Joined => "joined",
        Ended::Declined { .. } => "declined",
        Ended::Withdrawn => "withdrawn",
        Ended::Expired => "expired",
        Ended::Overtaken => "overtaken",
    }
}

impl InvitationsTx for SqliteTx {
    async fn add_invitation(&mut self, invitation: &Invitation) -> Answer<()> {
        sqlx::query(ADD)
            .bind(invitation.id.as_bytes())
            .bind(invitation.conversation.as_bytes())
            .bind(invitation.by.as_bytes())
            .bind(invitation.person.as_bytes())
            .bind(invitation.from)
            .bind(invitation.until.0)
            .execute(self.db())
            .await
            .map_err(at("invitations.add"))?;
        Ok(())
    }

    async fn open_invitation(&mut self, id: InvitationId) -> Answer<Option<Invitation>> {
        let query = sqlx::query_as(OPEN).bind(id.as_bytes());
        let row: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("invitations.open"))?;
        row.map(invitation).transpose()
    }

    async fn invitations_into(&mut self, conversation: ConversationId) -> Answer<Vec<Invitation>> {
        let query = sqlx::query_as(INTO).bind(conversation.as_bytes());
        let rows: Vec<Row> = query.fetch_all(self.db()).await.map_err(at("invitations.into"))?;
        rows.into_iter().map(invitation).collect()
    }

    async fn has_invitation(&mut self, id: InvitationId) -> Answer<bool> {
        let query = sqlx::query_as(HAS).bind(id.as_bytes());
        let (many,): (i64,) = query.fetch_one(self.db()).await.map_err(at("invitations.has"))?;
        Ok(many > 0)
    }

    async fn end_invitation(&mut self, id: InvitationId, how: &Ended) -> Answer<bool> {
        let query = sqlx::query(END).bind(id.as_bytes()).bind(word(how));
        Ok(query.execute(self.db()).await.map_err(at("invitations.end"))?.rows_affected() > 0)
    }
}

impl InvitationsStore for SqliteStore {
    async fn lapsed_invitations(&self, now: Timestamp) -> Answer<Vec<InvitationId>> {
        let mut db = self.reader().await?;
        let query = sqlx::query_as(LAPSED).bind(now.0);
        let rows: Vec<(Vec<u8>,)> = query.fetch_all(&mut *db).await.map_err(at("invitations.lapsed"))?;
        rows.into_iter().map(|(invitation,)| id(&invitation, "invitations")).collect()
    }
}
