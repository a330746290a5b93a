//! The firm, its lines and clients, people, invites, devices.

use opora_desk::{
    record::{Caller, Firm, Invite, OpKey, Person},
    store::{Answer, StoreError},
};
use opora_domain::{LineId, OrganisationId, PersonId, PublicKey, Timestamp, signed::Signed};
use opora_wire::hello::Device;
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    error::at,
    value::{id, json, key, to_json, to_word, word},
};

const FIRM: &str = "SELECT name, organisation_key, feed_epoch, founding_seed FROM firm WHERE id = 1";
const FOUND: &str = "UPDATE firm SET name = ?1, organisation_key = ?2 WHERE id = 1";
const SET_SEED: &str = "UPDATE firm SET founding_seed = ?1 WHERE id = 1";
const SET_EPOCH: &str = "UPDATE firm SET feed_epoch = ?1 WHERE id = 1";
const PUT_LINE: &str = "
INSERT INTO lines (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
const LINE: &str = "SELECT name FROM lines WHERE id = ?1";
const PUT_ORGANISATION: &str = "
INSERT INTO organisations (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
const ORGANISATION: &str = "SELECT name FROM organisations WHERE id = ?1";
/// A person's columns, with the lines in their order.
macro_rules! person {
    ($more:literal) => {
        concat!(
            "
SELECT p.id, p.name, p.role, p.organisation, p.on_line, p.joined_at,
       (SELECT json_group_array(hex(line) ORDER BY line) FROM person_lines WHERE person = p.id) AS lines",
            $more
        )
    };
}
const PERSON: &str = person!(" FROM persons p WHERE p.id = ?1");
/// Every operation asks for these together, so they are one way to the engine.
const CALLER: &str = person!(
    ", (SELECT result FROM done_ops WHERE device = ?1 AND op = ?2) AS result
  FROM devices d JOIN persons p ON p.id = d.person WHERE d.key = ?1 AND d.revoked_at IS NULL"
);
const ADD_PERSON: &str = "
INSERT INTO persons (id, name, role, organisation, on_line, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ADD_PERSON_LINE: &str = "INSERT INTO person_lines (person, line) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const ADD_MEMBERSHIP: &str = "INSERT INTO memberships (person, organisation, role) VALUES (?1, ?2, 'user')";
const ADD_LOAD: &str = "INSERT INTO specialist_load (person, idle_since) VALUES (?1, ?2)";
const SET_JOINED: &str = "UPDATE persons SET joined_at = ?2 WHERE id = ?1 AND joined_at IS NULL";
const INVITE: &str = "SELECT person, admission, device FROM invites WHERE key = ?1";
const ADD_INVITE: &str = "
INSERT INTO invites (key, person, admission, made_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
const USE_INVITE: &str = "
UPDATE invites SET person = ?2, admission = ?3, device = ?4, redeemed_at = ?5 WHERE key = ?1 AND device IS NULL";
const OWNER_OF: &str = "SELECT person FROM devices WHERE key = ?1 AND revoked_at IS NULL";
const ADD_DEVICE: &str = "INSERT INTO devices (key, person, certificate, since) VALUES (?1, ?2, ?3, ?4)";
const DEVICES: &str = "
SELECT key, certificate FROM devices WHERE person = ?1 AND revoked_at IS NULL ORDER BY since, key";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

pub(crate) async fn firm(db: &mut Db) -> Answer<Firm> {
    type Row = (String, Option<Vec<u8>>, Vec<u8>, Option<Vec<u8>>);
    let (name, organisation_key, epoch, seed): Row =
        sqlx::query_as(FIRM).fetch_one(db).await.map_err(at("people.firm"))?;
    let organisation_key = organisation_key.map(|bytes| key(&bytes, "firm")).transpose()?;
    let founding_seed = seed.map(|seed| seed.try_into().map_err(|_| StoreError::Corrupt("firm"))).transpose()?;
    Ok(Firm { name, organisation_key, feed_epoch: id(&epoch, "firm")?, founding_seed })
}

pub(crate) async fn found(db: &mut Db, name: &str, key: PublicKey) -> Answer<()> {
    sqlx::query(FOUND).bind(name).bind(key.0.to_vec()).execute(db).await.map_err(at("people.found"))?;
    Ok(())
}

pub(crate) async fn set_founding_seed(db: &mut Db, seed: Option<[u8; 32]>) -> Answer<()> {
    let seed = seed.map(|seed| seed.to_vec());
    sqlx::query(SET_SEED).bind(seed).execute(db).await.map_err(at("people.set_founding_seed"))?;
    Ok(())
}

pub(crate) async fn set_feed_epoch(db: &mut Db, epoch: Uuid) -> Answer<()> {
    sqlx::query(SET_EPOCH).bind(bytes(epoch)).execute(db).await.map_err(at("people.set_feed_epoch"))?;
    Ok(())
}

pub(crate) async fn put_line(db: &mut Db, line: LineId, name: &str) -> Answer<()> {
    sqlx::query(PUT_LINE).bind(bytes(line.0)).bind(name).execute(db).await.map_err(at("people.put_line"))?;
    Ok(())
}

pub(crate) async fn line_name(db: &mut Db, line: LineId) -> Answer<Option<String>> {
    let found: Option<(String,)> =
        sqlx::query_as(LINE).bind(bytes(line.0)).fetch_optional(db).await.map_err(at("people.line_name"))?;
    Ok(found.map(|(name,)| name))
}

pub(crate) async fn has_line(db: &mut Db, line: LineId) -> Answer<bool> {
    let found: Option<(String,)> =
        sqlx::query_as(LINE).bind(bytes(line.0)).fetch_optional(db).await.map_err(at("people.has_line"))?;
    Ok(found.is_some())
}

pub(crate) async fn put_organisation(db: &mut Db, organisation: OrganisationId, name: &str) -> Answer<()> {
    let query = sqlx::query(PUT_ORGANISATION).bind(bytes(organisation.0)).bind(name);
    query.execute(db).await.map_err(at("people.put_organisation"))?;
    Ok(())
}

pub(crate) async fn organisation(db: &mut Db, organisation: OrganisationId) -> Answer<Option<String>> {
    let query = sqlx::query_as(ORGANISATION).bind(bytes(organisation.0));
    let found: Option<(String,)> = query.fetch_optional(db).await.map_err(at("people.organisation"))?;
    Ok(found.map(|(name,)| name))
}

/// As [`PERSON`] and [`CALLER`] name them.
#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Vec<u8>,
    name: String,
    role: String,
    organisation: Option<Vec<u8>>,
    on_line: bool,
    joined_at: Option<i64>,
    lines: String,
}

impl PersonRow {
    fn read(self) -> Answer<Person> {
        let place = "persons";
        let lines: Vec<Uuid> = json(&self.lines, "person_lines")?;
        Ok(Person {
            id: id(&self.id, place)?,
            name: self.name,
            role: word(&self.role, place)?,
            organisation: self.organisation.map(|bytes| id(&bytes, place)).transpose()?,
            lines: lines.into_iter().map(LineId).collect(),
            on_line: self.on_line,
            joined: self.joined_at.is_some(),
        })
    }
}

pub(crate) async fn person(db: &mut Db, person: PersonId) -> Answer<Option<Person>> {
    let query = sqlx::query_as(PERSON).bind(bytes(person.0));
    let found: Option<PersonRow> = query.fetch_optional(db).await.map_err(at("people.person"))?;
    found.map(PersonRow::read).transpose()
}

pub(crate) async fn caller(db: &mut Db, key: OpKey) -> Answer<Option<Caller>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        person: PersonRow,
        result: Option<String>,
    }
    let query = sqlx::query_as(CALLER).bind(key.device.0.to_vec()).bind(bytes(key.op.0));
    let found: Option<Row> = query.fetch_optional(db).await.map_err(at("people.caller"))?;
    let Some(Row { person, result }) = found else { return Ok(None) };
    let answered = result.map(|result| json(&result, "done_ops")).transpose()?;
    Ok(Some(Caller { person: person.read()?, answered }))
}

pub(crate) async fn add_person(db: &mut Db, person: &Person, now: Timestamp) -> Answer<()> {
    let here = at("people.add_person");
    sqlx::query(ADD_PERSON)
        .bind(bytes(person.id.0))
        .bind(&person.name)
        .bind(to_word(&person.role, "persons")?)
        .bind(person.organisation.map(|organisation| bytes(organisation.0)))
        .bind(person.on_line)
        .bind(now.0)
        .execute(&mut *db)
        .await
        .map_err(here)?;
    for line in &person.lines {
        let query = sqlx::query(ADD_PERSON_LINE).bind(bytes(person.id.0)).bind(bytes(line.0));
        query.execute(&mut *db).await.map_err(here)?;
    }
    if let Some(organisation) = person.organisation {
        let query = sqlx::query(ADD_MEMBERSHIP).bind(bytes(person.id.0)).bind(bytes(organisation.0));
        query.execute(&mut *db).await.map_err(here)?;
    }
    if person.role.is_staff() {
        sqlx::query(ADD_LOAD).bind(bytes(person.id.0)).bind(now.0).execute(db).await.map_err(here)?;
    }
    Ok(())
}

pub(crate) async fn set_joined(db: &mut Db, person: PersonId, now: Timestamp) -> Answer<()> {
    let query = sqlx::query(SET_JOINED).bind(bytes(person.0)).bind(now.0);
    query.execute(db).await.map_err(at("people.set_joined"))?;
    Ok(())
}

pub(crate) async fn invite(db: &mut Db, invite: PublicKey) -> Answer<Option<Invite>> {
    type Row = (Option<Vec<u8>>, Option<String>, Option<Vec<u8>>);
    let query = sqlx::query_as(INVITE).bind(invite.0.to_vec());
    let found: Option<Row> = query.fetch_optional(db).await.map_err(at("people.invite"))?;
    let Some((person, admission, device)) = found else { return Ok(None) };
    let person = person.map(|bytes| id(&bytes, "invites")).transpose()?;
    let admission = admission.map(|text| json(&text, "invites")).transpose()?;
    let device = device.map(|bytes| key(&bytes, "invites")).transpose()?;
    Ok(Some(Invite { key: invite, person, admission, device }))
}

pub(crate) async fn add_invite(db: &mut Db, invite: &Invite, now: Timestamp) -> Answer<bool> {
    let admission = invite.admission.as_ref().map(|admission| to_json(admission, "invites")).transpose()?;
    let person = invite.person.map(|person| bytes(person.0));
    let query = sqlx::query(ADD_INVITE).bind(invite.key.0.to_vec()).bind(person).bind(admission).bind(now.0);
    Ok(query.execute(db).await.map_err(at("people.add_invite"))?.rows_affected() > 0)
}

pub(crate) async fn use_invite(
    db: &mut Db,
    invite: PublicKey,
    person: PersonId,
    admission: &Signed,
    device: PublicKey,
    now: Timestamp,
) -> Answer<bool> {
    let query = sqlx::query(USE_INVITE)
        .bind(invite.0.to_vec())
        .bind(bytes(person.0))
        .bind(to_json(admission, "invites")?)
        .bind(device.0.to_vec())
        .bind(now.0);
    Ok(query.execute(db).await.map_err(at("people.use_invite"))?.rows_affected() > 0)
}

pub(crate) async fn owner_of(db: &mut Db, device: PublicKey) -> Answer<Option<PersonId>> {
    let query = sqlx::query_as(OWNER_OF).bind(device.0.to_vec());
    let found: Option<(Vec<u8>,)> = query.fetch_optional(db).await.map_err(at("people.owner_of"))?;
    found.map(|(person,)| id(&person, "devices")).transpose()
}

pub(crate) async fn add_device(db: &mut Db, person: PersonId, device: &Device, now: Timestamp) -> Answer<()> {
    let certificate = to_json(&device.certificate, "devices")?;
    let query = sqlx::query(ADD_DEVICE).bind(device.key.0.to_vec()).bind(bytes(person.0));
    query.bind(certificate).bind(now.0).execute(db).await.map_err(at("people.add_device"))?;
    Ok(())
}

pub(crate) async fn devices(db: &mut Db, person: PersonId) -> Answer<Vec<Device>> {
    let query = sqlx::query_as(DEVICES).bind(bytes(person.0));
    let rows: Vec<(Vec<u8>, String)> = query.fetch_all(db).await.map_err(at("people.devices"))?;
    let device = |(device, certificate): (Vec<u8>, String)| {
        Ok(Device { key: key(&device, "devices")?, certificate: json(&certificate, "devices")? })
    };
    rows.into_iter().map(device).collect()
}
