//! Vendors and what they are asked.

use opora_desk::store::{
    Answer,
    vendor::{Escalation, VendorsTx},
};
use opora_domain::{ConversationId, OrganisationId, PersonId};

use crate::{SqliteTx, error::at, value::id};

const MAKE: &str = "INSERT INTO vendors (organisation) VALUES (?1) ON CONFLICT DO NOTHING";
const IS: &str = "SELECT count(*) FROM vendors WHERE organisation = ?1";
const PEOPLE: &str = "SELECT id FROM persons WHERE organisation = ?1 ORDER BY id";
const ESCALATE: &str = "
INSERT INTO escalations (conversation, organisation) VALUES (?1, ?2)
ON CONFLICT (conversation) DO UPDATE SET settled = 0";
const ESCALATION: &str = "SELECT organisation, settled FROM escalations WHERE conversation = ?1";
const SETTLE: &str = "UPDATE escalations SET settled = 1 WHERE conversation = ?1 AND settled = 0";

impl VendorsTx for SqliteTx {
    async fn make_vendor(&mut self, organisation: OrganisationId) -> Answer<()> {
        let query = sqlx::query(MAKE).bind(organisation.as_bytes());
        query.execute(self.db()).await.map_err(at("vendors.make"))?;
        Ok(())
    }

    async fn is_vendor(&mut self, organisation: OrganisationId) -> Answer<bool> {
        let query = sqlx::query_as(IS).bind(organisation.as_bytes());
        let (many,): (i64,) = query.fetch_one(self.db()).await.map_err(at("vendors.is"))?;
        Ok(many > 0)
    }

    async fn people_of(&mut self, organisation: OrganisationId) -> Answer<Vec<PersonId>> {
        let query = sqlx::query_as(PEOPLE).bind(organisation.as_bytes());
        let rows: Vec<(Vec<u8>,)> = query.fetch_all(self.db()).await.map_err(at("vendors.people"))?;
        rows.into_iter().map(|(person,)| id(&person, "persons")).collect()
    }

    async fn escalate(&mut self, conversation: ConversationId, organisation: OrganisationId) -> Answer<()> {
        let query = sqlx::query(ESCALATE).bind(conversation.as_bytes()).bind(organisation.as_bytes());
        query.execute(self.db()).await.map_err(at("vendors.escalate"))?;
        Ok(())
    }

    async fn escalation(&mut self, conversation: ConversationId) -> Answer<Option<Escalation>> {
        let query = sqlx::query_as(ESCALATION).bind(conversation.as_bytes());
        let row: Option<(Vec<u8>, bool)> = query.fetch_optional(self.db()).await.map_err(at("vendors.escalation"))?;
        row.map(|(organisation, settled)| {
            Ok(Escalation { organisation: id(&organisation, "escalations")?, open: !settled })
        })
        .transpose()
    }

    async fn settle(&mut self, conversation: ConversationId) -> Answer<bool> {
        let query = sqlx::query(SETTLE).bind(conversation.as_bytes());
        Ok(query.execute(self.db()).await.map_err(at("vendors.settle"))?.rows_affected() > 0)
    }
}
