//! Tickets as they are now, and how they are set up.

use opora_desk::{
    record::Kept,
    store::{
        Answer,
        ticket::{TicketsStore, TicketsTx},
    },
};
use opora_domain::{
    LineId, OrganisationId, PersonId, TicketId, Timestamp, TrackerId,
    ticket::{Category, Kind, Ticket, Tracker, Visibility, terms::Terms, tracker},
};
use opora_wire::{event::Stream, ticket::Notice};
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{From16, id, json, to_json, to_word, word},
};

const NEXT: &str = "UPDATE firm SET ticket = ticket + 1 WHERE id = 1 RETURNING ticket";
const GET: &str = "SELECT ticket, clocks, pressed FROM tickets WHERE id = ?1";
const PUT: &str = "
INSERT INTO tickets (number, id, customer, organisation, visibility, ticket, clocks, pressed, press_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (number) DO UPDATE SET organisation = excluded.organisation, visibility = excluded.visibility,
  ticket = excluded.ticket, clocks = excluded.clocks, pressed = excluded.pressed, press_at = excluded.press_at";
const SHOWN: &str = "
SELECT ticket FROM tickets WHERE organisation = ?1 AND visibility <> 'private' ORDER BY number";
const COLLEAGUES: &str = "
SELECT m.person FROM memberships m JOIN persons p ON p.id = m.person AND p.role = 'customer'
 WHERE m.organisation = ?1 AND (m.since IS NULL OR m.since <= ?2) AND (m.until IS NULL OR m.until > ?2)
 ORDER BY m.person";
const READERS: &str = "
SELECT r.person FROM rights r JOIN streams s ON s.id = r.stream
 WHERE s.name = ?1 AND r.to_seq IS NULL ORDER BY r.person";
const FIRST_LINE: &str = "SELECT id FROM lines ORDER BY place, id LIMIT 1";
const TRACKER: &str = "SELECT tracker FROM trackers WHERE id = ?1";
const PUT_TRACKER: &str = "
INSERT INTO trackers (id, tracker) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET tracker = excluded.tracker";
const SETTINGS: &str = "SELECT categories, terms FROM ticket_settings WHERE id = 1";
const PUT_CATEGORIES: &str = "UPDATE ticket_settings SET categories = ?1 WHERE id = 1";
const PUT_TERMS: &str = "UPDATE ticket_settings SET terms = ?1 WHERE id = 1";
const PUBLISHED: &str = "SELECT notice FROM published_tickets WHERE ticket = ?1";
const PUBLISH: &str = "
INSERT INTO published_tickets (ticket, notice) VALUES (?1, ?2)
ON CONFLICT (ticket) DO UPDATE SET notice = excluded.notice";
const UNPUBLISH: &str = "DELETE FROM published_tickets WHERE ticket = ?1";
const INTRODUCE: &str = "INSERT INTO introduced (ticket, person) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const TO_PRESS: &str = "SELECT id FROM tickets WHERE press_at <= ?1 ORDER BY press_at, number LIMIT ?2";

/// Names the table in errors.
const PLACE: &str = "tickets";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn ids<T: From16>(rows: &[(Vec<u8>,)], place: &'static str) -> Answer<Vec<T>> {
    rows.iter().map(|(one,)| id(one, place)).collect()
}

fn visibility(ticket: &Ticket) -> &'static str {
    match ticket.visibility {
        Visibility::Private => "private",
        Visibility::Organisation => "organisation",
        Visibility::Group(_) => "group",
    }
}

impl SqliteTx {
    async fn settings(&mut self) -> Answer<(Vec<Category>, Terms)> {
        let query = sqlx::query_as(SETTINGS);
        let (categories, terms): (String, Option<String>) =
            query.fetch_one(self.db()).await.map_err(at("tickets.settings"))?;
        let place = "ticket_settings";
        let terms = terms.map(|terms| json(&terms, place)).transpose()?.unwrap_or_default();
        Ok((json(&categories, place)?, terms))
    }
}

impl TicketsTx for SqliteTx {
    async fn next_ticket(&mut self) -> Answer<i64> {
        let (number,) = sqlx::query_as(NEXT).fetch_one(self.db()).await.map_err(at("tickets.next"))?;
        Ok(number)
    }

    async fn ticket(&mut self, id: TicketId) -> Answer<Option<Kept>> {
        let query = sqlx::query_as(GET).bind(bytes(id.0));
        let found: Option<(String, String, String)> =
            query.fetch_optional(self.db()).await.map_err(at("tickets.get"))?;
        let Some((ticket, clocks, pressed)) = found else { return Ok(None) };
        let (ticket, clocks) = (json(&ticket, PLACE)?, json(&clocks, PLACE)?);
        Ok(Some(Kept { ticket, clocks, pressed: word(&pressed, PLACE)? }))
    }

    async fn put_ticket(&mut self, kept: &Kept) -> Answer<()> {
        let ticket = &kept.ticket;
        sqlx::query(PUT)
            .bind(ticket.number)
            .bind(bytes(ticket.id.0))
            .bind(bytes(ticket.customer.0))
            .bind(ticket.organisation.map(|organisation| bytes(organisation.0)))
            .bind(visibility(ticket))
            .bind(to_json(ticket, PLACE)?)
            .bind(to_json(&kept.clocks, PLACE)?)
            .bind(to_word(&kept.pressed, PLACE)?)
            .bind(kept.pressed.next(ticket.deadlines, ticket.made).map(|next| next.0))
            .execute(self.db())
            .await
            .map_err(at("tickets.put"))?;
        Ok(())
    }

    async fn introduce(&mut self, ticket: TicketId, person: PersonId) -> Answer<bool> {
        let query = sqlx::query(INTRODUCE).bind(bytes(ticket.0)).bind(bytes(person.0));
        let done = query.execute(self.db()).await.map_err(at("tickets.introduce"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn shown_tickets(&mut self, organisation: OrganisationId) -> Answer<Vec<Ticket>> {
        let query = sqlx::query_as(SHOWN).bind(bytes(organisation.0));
        let rows: Vec<(String,)> = query.fetch_all(self.db()).await.map_err(at("tickets.shown"))?;
        rows.iter().map(|(ticket,)| json(ticket, PLACE)).collect()
    }

    async fn colleagues(&mut self, organisation: OrganisationId, now: Timestamp) -> Answer<Vec<PersonId>> {
        let query = sqlx::query_as(COLLEAGUES).bind(bytes(organisation.0)).bind(now.0);
        ids(&query.fetch_all(self.db()).await.map_err(at("tickets.colleagues"))?, "memberships")
    }

    async fn readers(&mut self, stream: Stream) -> Answer<Vec<PersonId>> {
        let query = sqlx::query_as(READERS).bind(stream.to_string());
        ids(&query.fetch_all(self.db()).await.map_err(at("tickets.readers"))?, "rights")
    }

    async fn first_line(&mut self) -> Answer<Option<LineId>> {
        let query = sqlx::query_as(FIRST_LINE);
        let found: Option<(Vec<u8>,)> = query.fetch_optional(self.db()).await.map_err(at("tickets.first_line"))?;
        found.map(|(line,)| id(&line, "lines")).transpose()
    }

    async fn tracker(&mut self, id: TrackerId) -> Answer<Option<Tracker>> {
        let query = sqlx::query_as(TRACKER).bind(bytes(id.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(at("tickets.tracker"))?;
        match found {
            Some((known,)) => json(&known, "trackers").map(Some),
            None => Ok(Kind::ALL.into_iter().find(|kind| tracker::standard(*kind) == id).map(Tracker::usual)),
        }
    }

    async fn put_tracker(&mut self, tracker: &Tracker) -> Answer<()> {
        let query = sqlx::query(PUT_TRACKER).bind(bytes(tracker.id.0)).bind(to_json(tracker, "trackers")?);
        query.execute(self.db()).await.map_err(at("tickets.put_tracker"))?;
        Ok(())
    }

    async fn categories(&mut self) -> Answer<Vec<Category>> {
        Ok(self.settings().await?.0)
    }

    async fn put_categories(&mut self, categories: &[Category]) -> Answer<()> {
        let query = sqlx::query(PUT_CATEGORIES).bind(to_json(&categories, "ticket_settings")?);
        query.execute(self.db()).await.map_err(at("tickets.put_categories"))?;
        Ok(())
    }

    async fn terms(&mut self) -> Answer<Terms> {
        Ok(self.settings().await?.1)
    }

    async fn put_terms(&mut self, terms: &Terms) -> Answer<()> {
        let query = sqlx::query(PUT_TERMS).bind(to_json(terms, "ticket_settings")?);
        query.execute(self.db()).await.map_err(at("tickets.put_terms"))?;
        Ok(())
    }

    async fn published(&mut self, id: TicketId) -> Answer<Option<Notice>> {
        let query = sqlx::query_as(PUBLISHED).bind(bytes(id.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(at("tickets.published"))?;
        found.map(|(notice,)| json(&notice, "published_tickets")).transpose()
    }

    async fn publish(&mut self, id: TicketId, notice: Option<&Notice>) -> Answer<()> {
        let query = match notice {
            Some(notice) => sqlx::query(PUBLISH).bind(bytes(id.0)).bind(to_json(notice, "published_tickets")?),
            None => sqlx::query(UNPUBLISH).bind(bytes(id.0)),
        };
        query.execute(self.db()).await.map_err(at("tickets.publish"))?;
        Ok(())
    }
}

impl TicketsStore for SqliteStore {
    async fn tickets_to_press(&self, now: Timestamp, most: u32) -> Answer<Vec<TicketId>> {
        let query = sqlx::query_as(TO_PRESS).bind(now.0).bind(most);
        let rows: Vec<(Vec<u8>,)> =
            query.fetch_all(&mut *self.reader().await?).await.map_err(at("tickets.to_press"))?;
        ids(&rows, PLACE)
    }
}
