//! What the API reads, page by page. Every list has an index in its order, so a page costs what it holds.

use opora_desk::{
    record::Request,
    store::{
        Answer, ListingStore, StoreError,
        api::{KnownPerson, KnownRequest, Place, Which},
    },
};
use opora_domain::{
    ContractId, OrganisationId, PersonId, RequestId, TicketId, Timestamp,
    api::Key,
    contract::Contract,
    membership::{MemberRole, Membership},
    organisation, person,
    ticket::Ticket,
};
use opora_wire::{Event, Stream};
use uuid::Uuid;

use crate::{
    SqliteStore,
    error::at,
    keys, log, queue,
    value::{id, json, word},
};

/// The columns with each of two ends: one row, and a page.
macro_rules! both {
    ($select:literal, $one:literal, $page:literal) => {
        [concat!($select, $one), concat!($select, $page)]
    };
}
const ORGANISATIONS: [&str; 2] = both!(
    "SELECT id, name, inn, kpp, note, products FROM organisations ",
    "WHERE id = ?1",
    "WHERE id > ?1 ORDER BY id LIMIT ?2"
);
const PERSONS: [&str; 2] = both!(
    "
SELECT p.id, p.name, p.email, p.phone, p.role, p.joined_at IS NOT NULL,
       (SELECT json_group_array(json_array(hex(m.organisation), m.role, m.since, m.until))
          FROM memberships m WHERE m.person = p.id)
  FROM persons p WHERE p.erased_at IS NULL AND ",
    "p.id = ?1",
    "p.id > ?1 ORDER BY p.id LIMIT ?2"
);
const CONTRACTS: [&str; 2] =
    both!("SELECT body FROM contracts ", "WHERE id = ?1", "WHERE id > ?1 ORDER BY id LIMIT ?2");
const REQUESTS: [&str; 2] = both!(
    "
SELECT id, customer, ask, since, state, holder, until, epoch, organisation, moved_at, owner, closed_at FROM requests ",
    "WHERE id = ?1",
    "WHERE (moved_at, id) > (?1, ?2) ORDER BY moved_at, id LIMIT ?3"
);
const TICKETS: [&str; 2] = both!(
    "SELECT ticket FROM tickets ",
    "WHERE id = ?1",
    "WHERE (json_extract(ticket, '$.updated'), number) > (?1, ?2)
 ORDER BY json_extract(ticket, '$.updated'), number LIMIT ?3"
);

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

/// SQL, and the two values that a list by id binds. Nothing is below the empty blob.
fn by_id<I: Copy>(sql: [&'static str; 2], which: Which<I>, uuid: impl Fn(I) -> Uuid) -> (&'static str, Vec<u8>, u32) {
    let [one, page] = sql;
    match which {
        Which::One(id) => (one, bytes(uuid(id)), 1),
        Which::Page(after, most) => (page, after.map(|id| bytes(uuid(id))).unwrap_or_default(), most),
    }
}

type PersonRow = (Vec<u8>, String, String, String, String, bool, String);

fn read_person((of, name, email, phone, role, joined, memberships): PersonRow) -> Answer<KnownPerson> {
    let place = "memberships";
    let rows: Vec<(String, MemberRole, Option<Timestamp>, Option<Timestamp>)> = json(&memberships, place)?;
    let membership = |(organisation, role, since, until): (String, MemberRole, _, _)| {
        let organisation = Uuid::parse_str(&organisation).map_err(|_| StoreError::Corrupt(place))?;
        Ok(Membership { organisation: OrganisationId(organisation), role, since, until })
    };
    let memberships = rows.into_iter().map(membership).collect::<Answer<_>>()?;
    let (id, role) = (id(&of, "persons")?, word(&role, "persons")?);
    Ok(KnownPerson { id, card: person::Card { name, email, phone }, role, joined, memberships })
}

type RequestRow = (
    Vec<u8>,
    Vec<u8>,
    String,
    i64,
    String,
    Option<Vec<u8>>,
    Option<i64>,
    i64,
    Option<Vec<u8>>,
    i64,
    Option<Vec<u8>>,
    Option<i64>,
);

fn read_request(row: RequestRow) -> Answer<KnownRequest> {
    let (of, customer, ask, since, state, holder, until, epoch, organisation, moved, owner, closed) = row;
    let place = "requests";
    let known = |bytes: Option<Vec<u8>>| bytes.map(|bytes| id(&bytes, place)).transpose();
    let request = Request {
        id: id(&of, place)?,
        customer: id(&customer, place)?,
        ask: json(&ask, place)?,
        organisation: organisation.map(|bytes| id(&bytes, place)).transpose()?,
        since: Timestamp(since),
        state: queue::state(&state, holder, until)?,
        epoch,
    };
    Ok(KnownRequest { request, moved: Timestamp(moved), owner: known(owner)?, closed: closed.map(Timestamp) })
}

impl ListingStore for SqliteStore {
    async fn key_by_hash(&self, hash: [u8; 32]) -> Answer<Option<Key>> {
        let query = sqlx::query_as(keys::BY_HASH).bind(hash.to_vec());
        let found = query.fetch_optional(&mut *self.reader().await?).await.map_err(at("keys.by_hash"))?;
        found.map(keys::read).transpose()
    }

    async fn keys(&self) -> Answer<Vec<Key>> {
        let rows = sqlx::query_as(keys::ALL).fetch_all(&mut *self.reader().await?).await.map_err(at("keys.all"))?;
        rows.into_iter().map(keys::read).collect()
    }

    async fn list_organisations(
        &self,
        which: Which<OrganisationId>,
    ) -> Answer<Vec<(OrganisationId, organisation::Card)>> {
        type Row = (Vec<u8>, String, String, String, String, String);
        let place = "organisations";
        let (sql, key, most) = by_id(ORGANISATIONS, which, |id| id.0);
        let query = sqlx::query_as(sql).bind(key).bind(most);
        let rows: Vec<Row> = query.fetch_all(&mut *self.reader().await?).await.map_err(at("listing.organisations"))?;
        let read = |(of, name, inn, kpp, note, products): Row| {
            Ok((id(&of, place)?, organisation::Card { name, inn, kpp, note, products: json(&products, place)? }))
        };
        rows.into_iter().map(read).collect()
    }

    async fn list_persons(&self, which: Which<PersonId>) -> Answer<Vec<KnownPerson>> {
        let (sql, key, most) = by_id(PERSONS, which, |id| id.0);
        let query = sqlx::query_as(sql).bind(key).bind(most);
        let rows = query.fetch_all(&mut *self.reader().await?).await.map_err(at("listing.persons"))?;
        rows.into_iter().map(read_person).collect()
    }

    async fn list_contracts(&self, which: Which<ContractId>) -> Answer<Vec<Contract>> {
        let (sql, key, most) = by_id(CONTRACTS, which, |id| id.0);
        let query = sqlx::query_as(sql).bind(key).bind(most);
        let rows: Vec<(String,)> =
            query.fetch_all(&mut *self.reader().await?).await.map_err(at("listing.contracts"))?;
        rows.iter().map(|(body,)| json(body, "contracts")).collect()
    }

    async fn list_requests(&self, which: Which<RequestId, Place<RequestId>>) -> Answer<Vec<KnownRequest>> {
        let [one, page] = REQUESTS;
        let query = match which {
            Which::One(request) => sqlx::query_as(one).bind(bytes(request.0)),
            Which::Page(after, most) => {
                let (moved, last) = after.map_or((i64::MIN, None), |place| (place.changed.0, place.last));
                // Without an id the whole moment is meant: nothing is below the empty blob.
                let last = last.map(|request| bytes(request.0)).unwrap_or_default();
                sqlx::query_as(page).bind(moved).bind(last).bind(most)
            }
        };
        let rows: Vec<RequestRow> =
            query.fetch_all(&mut *self.reader().await?).await.map_err(at("listing.requests"))?;
        rows.into_iter().map(read_request).collect()
    }

    async fn list_tickets(&self, which: Which<TicketId, Place<i64>>) -> Answer<Vec<Ticket>> {
        let [one, page] = TICKETS;
        let query = match which {
            Which::One(ticket) => sqlx::query_as(one).bind(bytes(ticket.0)),
            Which::Page(after, most) => {
                let (changed, last) = after.map_or((i64::MIN, None), |place| (place.changed.0, place.last));
                // Numbers begin with 1.
                sqlx::query_as(page).bind(changed).bind(last.unwrap_or_default()).bind(most)
            }
        };
        let rows: Vec<(String,)> = query.fetch_all(&mut *self.reader().await?).await.map_err(at("listing.tickets"))?;
        rows.iter().map(|(ticket,)| json(ticket, "tickets")).collect()
    }

    async fn list_entries(&self, ticket: TicketId, after: i64, most: u32) -> Answer<Vec<Event>> {
        log::entries(&mut *self.reader().await?, Stream::Ticket(ticket), after, most).await
    }
}
