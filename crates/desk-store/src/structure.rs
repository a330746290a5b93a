//! Lines, organisations, people and groups with what is known about them.

use opora_desk::store::{Answer, Asked, StoreError, StructureRead, StructureTx};
use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, Timestamp,
    line::{self, Tier},
    membership::Membership,
    organisation,
    own_specialist::Client,
    person,
    role::Role,
    skill::{Group, Served, Service},
};
use opora_wire::event::Stream;
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    value::{id, json, to_json, to_word, word},
};

const LINE: &str = "SELECT name, tier, description, place FROM lines WHERE id = ?1";
const PUT_LINE: &str = "
INSERT INTO lines (id, name, tier, description, place) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, tier = excluded.tier, description = excluded.description,
  place = excluded.place";
const ORGANISATION: &str = "SELECT name, inn, kpp, note, products FROM organisations WHERE id = ?1";
const TAKEN: &str = "SELECT count(*) FROM organisations WHERE inn = ?2 AND kpp = ?3 AND inn <> '' AND id <> ?1";
const PUT_ORGANISATION: &str = "
INSERT INTO organisations (id, name, inn, kpp, note, products) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, inn = excluded.inn, kpp = excluded.kpp, note = excluded.note,
  products = excluded.products";
const ORGANISATIONS: &str = "SELECT id FROM organisations ORDER BY id";
const PERSON: &str = "SELECT name, email, phone FROM persons WHERE id = ?1";
const SET_PERSON: &str = "UPDATE persons SET name = ?2, email = ?3, phone = ?4 WHERE id = ?1";
const MEMBERSHIPS: &str = "
SELECT m.organisation, m.role, m.since, m.until FROM memberships m JOIN persons p ON p.id = m.person
 WHERE m.person = ?1 ORDER BY m.organisation = p.organisation DESC, m.organisation";
const PUT_MEMBERSHIP: &str = "
INSERT INTO memberships (person, organisation, role, since, until) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (person, organisation) DO UPDATE SET role = excluded.role, since = excluded.since, until = excluded.until";
const DROP_MEMBERSHIP: &str = "DELETE FROM memberships WHERE person = ?1 AND organisation = ?2";
const SET_ROLE: &str = "UPDATE persons SET role = ?2 WHERE id = ?1";
const SET_MAIN: &str = "UPDATE persons SET organisation = ?2 WHERE id = ?1";
const SERVED: &str = "SELECT line, level FROM person_lines WHERE person = ?1 ORDER BY line";
const SKILLS: &str = "SELECT skills FROM persons WHERE id = ?1";
const SET_SKILLS: &str = "UPDATE persons SET skills = ?2 WHERE id = ?1";
const DROP_SERVED: &str = "DELETE FROM person_lines WHERE person = ?1";
const ADD_SERVED: &str = "INSERT INTO person_lines (person, line, level) VALUES (?1, ?2, ?3)";
const GROUP: &str = "SELECT name FROM groups WHERE id = ?1";
const MEMBERS: &str = "SELECT person FROM group_members WHERE grp = ?1 ORDER BY person";
const PUT_GROUP: &str = "
INSERT INTO groups (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
const DROP_MEMBERS: &str = "DELETE FROM group_members WHERE grp = ?1";
const ADD_MEMBER: &str = "INSERT INTO group_members (grp, person) VALUES (?1, ?2)";
const DROP_GROUP: &str = "DELETE FROM groups WHERE id = ?1";
const PUT_OWN: &str = "
INSERT INTO own_specialists (client, kind, line, specialist) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (client, line) DO UPDATE SET specialist = excluded.specialist
 WHERE own_specialists.specialist <> excluded.specialist";
const DROP_OWN: &str = "DELETE FROM own_specialists WHERE client = ?1 AND line = ?2";
/// The order is the rule of `domain::own_specialist`: the person's before the organisation's, the
/// main organisation before others, the line's before the general one. Of a request that names its
/// organisation, only that one's counts.
const OWN: &str = "
SELECT o.specialist
  FROM own_specialists o
  LEFT JOIN memberships m ON o.kind = 'organisation' AND m.organisation = o.client AND m.person = ?1
   AND (m.since IS NULL OR m.since <= ?3) AND (m.until IS NULL OR m.until > ?3)
   AND (?4 IS NULL OR m.organisation = ?4)
  LEFT JOIN persons p ON p.id = ?1
 WHERE (o.line = ?2 OR o.line = x'') AND ((o.kind = 'person' AND o.client = ?1) OR m.person IS NOT NULL)
 ORDER BY o.kind = 'person' DESC, coalesce(m.organisation = p.organisation, 0) DESC, m.organisation, o.line = ?2 DESC
 LIMIT 1";
const STAFF: &str = "
SELECT id FROM persons WHERE role <> 'customer' AND joined_at IS NOT NULL ORDER BY id";
const COME_IN: &str = "
SELECT id FROM persons WHERE joined_at IS NOT NULL AND (?1 = 0 OR EXISTS (
  SELECT 1 FROM memberships m WHERE m.person = persons.id AND (m.since IS NOT NULL OR m.until IS NOT NULL)))
 ORDER BY id";
const STREAMS: &str = "
SELECT s.name FROM rights r JOIN streams s ON s.id = r.stream
 WHERE r.person = ?1 AND s.name GLOB 'organisation/*'";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn line_bytes(line: Option<LineId>) -> Vec<u8> {
    line.map(|line| bytes(line.0)).unwrap_or_default()
}

impl StructureTx for SqliteTx {
    async fn line_card(&mut self, line: LineId) -> Answer<Option<line::Card>> {
        let query = sqlx::query_as(LINE).bind(bytes(line.0));
        let row: Option<(String, i64, String, i64)> =
            query.fetch_optional(self.db()).await.map_err(at("structure.line"))?;
        let Some((name, tier, description, order)) = row else { return Ok(None) };
        let tier = u8::try_from(tier).ok().and_then(Tier::from_number).ok_or(StoreError::Corrupt("lines"))?;
        let order = u16::try_from(order).map_err(|_| StoreError::Corrupt("lines"))?;
        Ok(Some(line::Card { name, tier, description, order }))
    }

    async fn put_line_card(&mut self, line: LineId, card: &line::Card) -> Answer<()> {
        let query = sqlx::query(PUT_LINE).bind(bytes(line.0)).bind(&card.name).bind(i64::from(card.tier.number()));
        let query = query.bind(&card.description).bind(i64::from(card.order));
        query.execute(self.db()).await.map_err(at("structure.put_line"))?;
        Ok(())
    }

    async fn organisation_card(&mut self, id: OrganisationId) -> Answer<Option<organisation::Card>> {
        let query = sqlx::query_as(ORGANISATION).bind(bytes(id.0));
        let row: Option<(String, String, String, String, String)> =
            query.fetch_optional(self.db()).await.map_err(at("structure.organisation"))?;
        let Some((name, inn, kpp, note, products)) = row else { return Ok(None) };
        Ok(Some(organisation::Card { name, inn, kpp, note, products: json(&products, "organisations")? }))
    }

    async fn put_organisation_card(&mut self, id: OrganisationId, card: &organisation::Card) -> Answer<bool> {
        let here = at("structure.put_organisation");
        let query = sqlx::query_as(TAKEN).bind(bytes(id.0)).bind(&card.inn).bind(&card.kpp);
        let (taken,): (i64,) = query.fetch_one(self.db()).await.map_err(here)?;
        if taken > 0 {
            return Ok(false);
        }
        let products = to_json(&card.products, "organisations")?;
        let query = sqlx::query(PUT_ORGANISATION).bind(bytes(id.0)).bind(&card.name).bind(&card.inn).bind(&card.kpp);
        query.bind(&card.note).bind(products).execute(self.db()).await.map_err(here)?;
        Ok(true)
    }

    async fn organisations(&mut self) -> Answer<Vec<OrganisationId>> {
        let rows: Vec<(Vec<u8>,)> =
            sqlx::query_as(ORGANISATIONS).fetch_all(self.db()).await.map_err(at("structure.organisations"))?;
        rows.iter().map(|(one,)| id(one, "organisations")).collect()
    }

    async fn person_card(&mut self, id: PersonId) -> Answer<Option<person::Card>> {
        let query = sqlx::query_as(PERSON).bind(bytes(id.0));
        let row: Option<(String, String, String)> =
            query.fetch_optional(self.db()).await.map_err(at("structure.person"))?;
        Ok(row.map(|(name, email, phone)| person::Card { name, email, phone }))
    }

    async fn set_person_card(&mut self, id: PersonId, card: &person::Card) -> Answer<()> {
        let query = sqlx::query(SET_PERSON).bind(bytes(id.0)).bind(&card.name).bind(&card.email).bind(&card.phone);
        query.execute(self.db()).await.map_err(at("structure.set_person"))?;
        Ok(())
    }

    async fn memberships(&mut self, person: PersonId) -> Answer<Vec<Membership>> {
        let query = sqlx::query_as(MEMBERSHIPS).bind(bytes(person.0));
        type Row = (Vec<u8>, String, Option<i64>, Option<i64>);
        let rows: Vec<Row> = query.fetch_all(self.db()).await.map_err(at("structure.memberships"))?;
        let membership = |(organisation, role, since, until): Row| {
            let (organisation, role) = (id(&organisation, "memberships")?, word(&role, "memberships")?);
            Ok(Membership { organisation, role, since: since.map(Timestamp), until: until.map(Timestamp) })
        };
        rows.into_iter().map(membership).collect()
    }

    async fn put_membership(&mut self, id: PersonId, membership: &Membership) -> Answer<()> {
        let query = sqlx::query(PUT_MEMBERSHIP).bind(bytes(id.0)).bind(bytes(membership.organisation.0));
        let query = query.bind(to_word(&membership.role, "memberships")?);
        let query = query.bind(membership.since.map(|at| at.0)).bind(membership.until.map(|at| at.0));
        query.execute(self.db()).await.map_err(at("structure.put_membership"))?;
        Ok(())
    }

    async fn drop_membership(&mut self, id: PersonId, organisation: OrganisationId) -> Answer<()> {
        let query = sqlx::query(DROP_MEMBERSHIP).bind(bytes(id.0)).bind(bytes(organisation.0));
        query.execute(self.db()).await.map_err(at("structure.drop_membership"))?;
        Ok(())
    }

    async fn set_role(&mut self, id: PersonId, role: Role) -> Answer<()> {
        let query = sqlx::query(SET_ROLE).bind(bytes(id.0)).bind(to_word(&role, "persons")?);
        query.execute(self.db()).await.map_err(at("structure.set_role"))?;
        Ok(())
    }

    async fn set_main(&mut self, id: PersonId, organisation: OrganisationId) -> Answer<()> {
        let query = sqlx::query(SET_MAIN).bind(bytes(id.0)).bind(bytes(organisation.0));
        query.execute(self.db()).await.map_err(at("structure.set_main"))?;
        Ok(())
    }

    async fn service(&mut self, person: PersonId) -> Answer<Service> {
        let here = at("structure.service");
        let query = sqlx::query_as(SERVED).bind(bytes(person.0));
        let rows: Vec<(Vec<u8>, String)> = query.fetch_all(self.db()).await.map_err(here)?;
        let served = |(line, level): (Vec<u8>, String)| {
            Ok(Served { line: id(&line, "person_lines")?, level: word(&level, "person_lines")? })
        };
        let lines = rows.into_iter().map(served).collect::<Answer<_>>()?;
        let query = sqlx::query_as(SKILLS).bind(bytes(person.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(here)?;
        let skills = found.map(|(skills,)| json(&skills, "persons")).transpose()?.unwrap_or_default();
        Ok(Service { lines, skills })
    }

    async fn set_service(&mut self, id: PersonId, service: &Service) -> Answer<()> {
        let here = at("structure.set_service");
        let skills = to_json(&service.skills, "persons")?;
        sqlx::query(SET_SKILLS).bind(bytes(id.0)).bind(skills).execute(self.db()).await.map_err(here)?;
        sqlx::query(DROP_SERVED).bind(bytes(id.0)).execute(self.db()).await.map_err(here)?;
        for one in &service.lines {
            let level = to_word(&one.level, "person_lines")?;
            let query = sqlx::query(ADD_SERVED).bind(bytes(id.0)).bind(bytes(one.line.0)).bind(level);
            query.execute(self.db()).await.map_err(here)?;
        }
        Ok(())
    }

    async fn group(&mut self, group: GroupId) -> Answer<Option<Group>> {
        let here = at("structure.group");
        let query = sqlx::query_as(GROUP).bind(bytes(group.0));
        let found: Option<(String,)> = query.fetch_optional(self.db()).await.map_err(here)?;
        let Some((name,)) = found else { return Ok(None) };
        let query = sqlx::query_as(MEMBERS).bind(bytes(group.0));
        let rows: Vec<(Vec<u8>,)> = query.fetch_all(self.db()).await.map_err(here)?;
        let members = rows.iter().map(|(one,)| id(one, "group_members")).collect::<Answer<_>>()?;
        Ok(Some(Group { name, members }))
    }

    async fn put_group(&mut self, group: GroupId, card: &Group) -> Answer<()> {
        let here = at("structure.put_group");
        let key = bytes(group.0);
        sqlx::query(PUT_GROUP).bind(key.clone()).bind(&card.name).execute(self.db()).await.map_err(here)?;
        sqlx::query(DROP_MEMBERS).bind(key.clone()).execute(self.db()).await.map_err(here)?;
        for member in &card.members {
            let query = sqlx::query(ADD_MEMBER).bind(key.clone()).bind(bytes(member.0));
            query.execute(self.db()).await.map_err(here)?;
        }
        Ok(())
    }

    async fn drop_group(&mut self, group: GroupId) -> Answer<bool> {
        let here = at("structure.drop_group");
        sqlx::query(DROP_MEMBERS).bind(bytes(group.0)).execute(self.db()).await.map_err(here)?;
        let done = sqlx::query(DROP_GROUP).bind(bytes(group.0)).execute(self.db()).await.map_err(here)?;
        Ok(done.rows_affected() > 0)
    }

    async fn put_own_specialist(
        &mut self,
        client: Client,
        line: Option<LineId>,
        specialist: Option<PersonId>,
    ) -> Answer<bool> {
        let (client, kind) = match client {
            Client::Organisation(id) => (bytes(id.0), "organisation"),
            Client::Person(id) => (bytes(id.0), "person"),
        };
        let query = match specialist {
            Some(specialist) => {
                let query = sqlx::query(PUT_OWN).bind(client).bind(kind).bind(line_bytes(line));
                query.bind(bytes(specialist.0))
            }
            None => sqlx::query(DROP_OWN).bind(client).bind(line_bytes(line)),
        };
        let done = query.execute(self.db()).await.map_err(at("structure.put_own_specialist"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn own_specialist(&mut self, asked: Asked, now: Timestamp) -> Answer<Option<PersonId>> {
        own_specialist(self.db(), asked, now).await
    }

    async fn staff(&mut self) -> Answer<Vec<PersonId>> {
        let rows: Vec<(Vec<u8>,)> = sqlx::query_as(STAFF).fetch_all(self.db()).await.map_err(at("structure.staff"))?;
        rows.iter().map(|(one,)| id(one, "persons")).collect()
    }

    async fn organisation_streams(&mut self, person: PersonId) -> Answer<Vec<Stream>> {
        let query = sqlx::query_as(STREAMS).bind(bytes(person.0));
        let rows: Vec<(String,)> = query.fetch_all(self.db()).await.map_err(at("structure.streams"))?;
        rows.iter().map(|(name,)| name.parse().map_err(|_| StoreError::Corrupt("streams"))).collect()
    }
}

async fn own_specialist(db: &mut Db, asked: Asked, now: Timestamp) -> Answer<Option<PersonId>> {
    let query = sqlx::query_as(OWN).bind(bytes(asked.customer.0)).bind(bytes(asked.line.0)).bind(now.0);
    let query = query.bind(asked.organisation.map(|one| bytes(one.0)));
    let found: Option<(Vec<u8>,)> = query.fetch_optional(db).await.map_err(at("structure.own_specialist"))?;
    found.map(|(specialist,)| id(&specialist, "own_specialists")).transpose()
}

impl StructureRead for SqliteStore {
    async fn own_specialist(&self, asked: Asked, now: Timestamp) -> Answer<Option<PersonId>> {
        own_specialist(&mut *self.reader().await?, asked, now).await
    }

    async fn come_in(&self, dated: bool) -> Answer<Vec<PersonId>> {
        let query = sqlx::query_as(COME_IN).bind(dated);
        let rows: Vec<(Vec<u8>,)> =
            query.fetch_all(&mut *self.reader().await?).await.map_err(at("structure.come_in"))?;
        rows.iter().map(|(one,)| id(one, "persons")).collect()
    }
}
