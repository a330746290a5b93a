//! Mail: the server, choices, letters.

use opora_desk::store::{
    Answer, StoreError,
    mail::{Letter, MailStore, MailTx, Outcome, Stage, Unread},
};
use opora_domain::{
    OrganisationId, PersonId, Timestamp,
    calendar::Zone,
    mail::{Address, Choice, Server, Tongue},
    request::Ask,
};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    SqliteStore, SqliteTx,
    error::at,
    seal::Seal,
    value::{count, id, json, to_json, to_word, word},
};

const SERVER: &str = "SELECT server, password FROM mail_server WHERE id = 1";
const DROP_SERVER: &str = "DELETE FROM mail_server";
const PUT_SERVER: &str = "
INSERT INTO mail_server (id, server, password) VALUES (1, ?1, ?2)
ON CONFLICT (id) DO UPDATE SET server = excluded.server, password = excluded.password";
const KEEP_PASSWORD: &str = "UPDATE mail_server SET server = ?1 WHERE id = 1";
const CHOOSE: &str = "
INSERT INTO mail_choices (person, address, tongue, unread_after, contracts, tickets, quiet, zone)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (person) DO UPDATE SET address = excluded.address, tongue = excluded.tongue,
  unread_after = excluded.unread_after, contracts = excluded.contracts, tickets = excluded.tickets,
  quiet = excluded.quiet, zone = excluded.zone";
const CHOICE: &str =
    "SELECT address, tongue, unread_after, contracts, tickets, quiet, zone FROM mail_choices WHERE person = ?1";
const QUEUE: &str = "
INSERT INTO letters (id, key, person, letter, written_at, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO NOTHING";
const NOTE_STAGE: &str = "
INSERT INTO ticket_stages (person, entry, ticket, status, said, due) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO NOTHING";
const STAGES: &str = "
SELECT person, entry, ticket, status, said, due FROM ticket_stages WHERE due <= ?1 ORDER BY person, rowid";
const DROP_STAGES: &str = "DELETE FROM ticket_stages WHERE due <= ?1";
const HAS_STAGES: &str = "SELECT EXISTS (SELECT 1 FROM ticket_stages WHERE due <= ?1)";
const DUE: &str = "
SELECT id, key, person, letter, written_at, attempts, next_at FROM letters
 WHERE state = 'waiting' AND next_at <= ?1 AND letter IS NOT NULL ORDER BY next_at, id LIMIT ?2";
const SENT: &str = "
UPDATE letters SET state = 'sent', letter = NULL, attempts = attempts + 1, next_at = ?2, said = '' WHERE id = ?1";
const AGAIN: &str = "UPDATE letters SET attempts = attempts + 1, next_at = ?2, said = ?3 WHERE id = ?1";
const FAILED: &str = "
UPDATE letters SET state = 'failed', letter = NULL, attempts = attempts + 1, next_at = ?2, said = ?3 WHERE id = ?1";
/// A letter for each stretch of unread answers: the next one comes when this one was read. An
/// answer that is a week old was read elsewhere, or never will be.
const UNREAD: &str = "
SELECT c.person, c.address, c.tongue, s.conversation, max(e.seq), coalesce(p.name, ''), q.ask
  FROM mail_choices c
  JOIN rights r ON r.person = c.person AND r.silent = 0
  JOIN streams s ON s.id = r.stream AND s.conversation IS NOT NULL
  JOIN requests q ON q.id = s.conversation
  JOIN events e ON e.stream = s.id AND e.kind = 'said' AND e.seq >= r.from_seq AND e.by <> c.person
   AND e.at <= ?1 - c.unread_after * 60000000 AND e.at > ?1 - 604800000000
  LEFT JOIN persons p ON p.id = e.by
  LEFT JOIN seen v ON v.conversation = s.conversation AND v.person = c.person
  LEFT JOIN mail_told t ON t.conversation = s.conversation AND t.person = c.person
 WHERE c.address IS NOT NULL AND c.unread_after IS NOT NULL
   AND e.seq > coalesce(v.up_to, 0)
   AND (t.seq IS NULL OR t.seq <= coalesce(v.up_to, 0))
   AND NOT EXISTS (SELECT 1 FROM events mine
                    WHERE mine.stream = s.id AND mine.by = c.person AND mine.kind = 'said' AND mine.seq > e.seq)
 GROUP BY c.person, s.conversation
 ORDER BY c.person, s.conversation";
const CONTRACT_READERS: &str = "
SELECT c.person, c.address, c.tongue FROM mail_choices c
  JOIN rights r ON r.person = c.person
  JOIN streams s ON s.id = r.stream AND s.name = 'organisation/' || ?1
 WHERE c.contracts AND c.address IS NOT NULL
 ORDER BY c.person";
const TOLD: &str = "
INSERT INTO mail_told (person, conversation, seq) VALUES (?1, ?2, ?3)
ON CONFLICT (person, conversation) DO UPDATE SET seq = excluded.seq";

/// What is sealed of a letter.
#[derive(Serialize, Deserialize)]
struct Sealed {
    address: Address,
    subject: String,
    text: String,
}

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

async fn server(db: &mut Db) -> Answer<Option<(Server, Option<Vec<u8>>)>> {
    let found: Option<(String, Option<Vec<u8>>)> =
        sqlx::query_as(SERVER).fetch_optional(db).await.map_err(at("mail.server"))?;
    found.map(|(server, password)| Ok((json(&server, "mail_server")?, password))).transpose()
}

async fn unread(db: &mut Db, now: Timestamp) -> Answer<Vec<Unread>> {
    type Row = (Vec<u8>, String, String, Vec<u8>, i64, String, String);
    let place = "mail_choices";
    let rows: Vec<Row> = sqlx::query_as(UNREAD).bind(now.0).fetch_all(db).await.map_err(at("mail.unread"))?;
    let read = |(person, address, tongue, conversation, seq, from, ask): Row| {
        let ask: Ask = json(&ask, "requests")?;
        Ok(Unread {
            person: id(&person, place)?,
            address: Address::parse(&address).map_err(|_| StoreError::Corrupt(place))?,
            tongue: word(&tongue, place)?,
            conversation: id(&conversation, "streams")?,
            seq,
            from,
            about: ask.description,
        })
    };
    rows.into_iter().map(read).collect()
}

impl MailTx for SqliteTx {
    async fn set_mail_server(&mut self, server: Option<&Server>, password: Option<&str>) -> Answer<()> {
        let here = at("mail.set_server");
        let Some(server) = server else {
            sqlx::query(DROP_SERVER).execute(self.db()).await.map_err(here)?;
            return Ok(());
        };
        let text = to_json(server, "mail_server")?;
        let Some(password) = password else {
            sqlx::query(KEEP_PASSWORD).bind(text).execute(self.db()).await.map_err(here)?;
            return Ok(());
        };
        let sealed = match password {
            "" => None,
            password => Some(self.seal().close("mail_server", password.as_bytes())?),
        };
        sqlx::query(PUT_SERVER).bind(text).bind(sealed).execute(self.db()).await.map_err(here)?;
        Ok(())
    }

    async fn mail_server(&mut self) -> Answer<Option<(Server, bool)>> {
        Ok(server(self.db()).await?.map(|(server, password)| (server, password.is_some())))
    }

    async fn choose_mail(&mut self, person: PersonId, choice: &Choice) -> Answer<()> {
        sqlx::query(CHOOSE)
            .bind(bytes(person.0))
            .bind(choice.address.as_ref().map(|address| address.as_str().to_owned()))
            .bind(to_word(&choice.tongue, "mail_choices")?)
            .bind(choice.unread_after)
            .bind(choice.contracts)
            .bind(to_json(&choice.tickets, "mail_choices")?)
            .bind(choice.quiet.map(|quiet| to_json(&quiet, "mail_choices")).transpose()?)
            .bind(&choice.zone.0)
            .execute(self.db())
            .await
            .map_err(at("mail.choose"))?;
        Ok(())
    }

    async fn mail_choice(&mut self, person: PersonId) -> Answer<Option<Choice>> {
        type Row = (Option<String>, String, Option<i64>, bool, String, Option<String>, String);
        let place = "mail_choices";
        let query = sqlx::query_as(CHOICE).bind(bytes(person.0));
        let found: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("mail.choice"))?;
        let read = |(address, tongue, unread_after, contracts, tickets, quiet, zone): Row| {
            let address = address.map(|text| Address::parse(&text).map_err(|_| StoreError::Corrupt(place)));
            let unread_after = unread_after.map(|minutes| count(minutes, place)).transpose()?;
            let (tickets, quiet) = (json(&tickets, place)?, quiet.map(|quiet| json(&quiet, place)).transpose()?);
            let (address, tongue, zone) = (address.transpose()?, word(&tongue, place)?, Zone(zone));
            Ok(Choice { address, tongue, unread_after, contracts, tickets, quiet, zone })
        };
        found.map(read).transpose()
    }

    async fn queue_letter(&mut self, letter: &Letter) -> Answer<bool> {
        let Letter { address, subject, text, .. } = letter.clone();
        let sealed = to_json(&Sealed { address, subject, text }, "letters")?;
        let sealed = self.seal().close("letters", sealed.as_bytes())?;
        let query = sqlx::query(QUEUE).bind(bytes(letter.id)).bind(letter.key.clone());
        let query = query.bind(letter.person.map(|person| bytes(person.0))).bind(sealed).bind(letter.written_at.0);
        let query = query.bind(letter.due.0);
        Ok(query.execute(self.db()).await.map_err(at("mail.queue"))?.rows_affected() > 0)
    }

    async fn contract_readers(&mut self, of: OrganisationId) -> Answer<Vec<(PersonId, Address, Tongue)>> {
        let place = "mail_choices";
        let query = sqlx::query_as(CONTRACT_READERS).bind(of.to_string());
        let rows: Vec<(Vec<u8>, String, String)> =
            query.fetch_all(self.db()).await.map_err(at("mail.contract_readers"))?;
        let read = |(person, address, tongue): (Vec<u8>, String, String)| {
            let address = Address::parse(&address).map_err(|_| StoreError::Corrupt(place))?;
            Ok((id(&person, place)?, address, word(&tongue, place)?))
        };
        rows.into_iter().map(read).collect()
    }

    async fn unread(&mut self, now: Timestamp) -> Answer<Vec<Unread>> {
        unread(self.db(), now).await
    }

    async fn told_of(&mut self, unread: &Unread) -> Answer<()> {
        let query = sqlx::query(TOLD).bind(bytes(unread.person.0)).bind(bytes(unread.conversation.0)).bind(unread.seq);
        query.execute(self.db()).await.map_err(at("mail.told_of"))?;
        Ok(())
    }

    async fn note_stage(&mut self, stage: &Stage) -> Answer<()> {
        sqlx::query(NOTE_STAGE)
            .bind(bytes(stage.person.0))
            .bind(bytes(stage.entry))
            .bind(bytes(stage.ticket.0))
            .bind(stage.status.map(|status| to_word(&status, "ticket_stages")).transpose()?)
            .bind(stage.said)
            .bind(stage.due.0)
            .execute(self.db())
            .await
            .map_err(at("mail.note_stage"))?;
        Ok(())
    }

    async fn take_stages(&mut self, now: Timestamp) -> Answer<Vec<Stage>> {
        let here = at("mail.take_stages");
        let rows: Vec<StageRow> = sqlx::query_as(STAGES).bind(now.0).fetch_all(self.db()).await.map_err(here)?;
        sqlx::query(DROP_STAGES).bind(now.0).execute(self.db()).await.map_err(here)?;
        rows.into_iter().map(stage).collect()
    }

    async fn settle_letter(&mut self, letter: Uuid, outcome: &Outcome, now: Timestamp) -> Answer<()> {
        let query = match outcome {
            Outcome::Sent => sqlx::query(SENT).bind(bytes(letter)).bind(now.0),
            Outcome::Again { at, said } => sqlx::query(AGAIN).bind(bytes(letter)).bind(at.0).bind(said.clone()),
            Outcome::Failed { said } => sqlx::query(FAILED).bind(bytes(letter)).bind(now.0).bind(said.clone()),
        };
        query.execute(self.db()).await.map_err(at("mail.settle"))?;
        Ok(())
    }
}

impl MailStore for SqliteStore {
    async fn mail_server(&self) -> Answer<Option<(Server, Option<String>)>> {
        let Some((server, sealed)) = server(&mut *self.reader().await?).await? else { return Ok(None) };
        let open = |sealed: Vec<u8>| {
            let plain = self.seal.open("mail_server", &sealed)?;
            String::from_utf8(plain).map_err(|_| StoreError::Corrupt("mail_server"))
        };
        Ok(Some((server, sealed.map(open).transpose()?)))
    }

    async fn due_letters(&self, now: Timestamp, most: u32) -> Answer<Vec<Letter>> {
        let mut db = self.reader().await?;
        let query = sqlx::query_as(DUE).bind(now.0).bind(most);
        let rows: Vec<LetterRow> = query.fetch_all(&mut *db).await.map_err(at("mail.due"))?;
        rows.into_iter().map(|row| letter(row, &self.seal)).collect()
    }

    async fn has_unread(&self, now: Timestamp) -> Answer<bool> {
        Ok(!unread(&mut *self.reader().await?, now).await?.is_empty())
    }

    async fn has_stages(&self, now: Timestamp) -> Answer<bool> {
        let query = sqlx::query_as(HAS_STAGES).bind(now.0);
        let (has,): (bool,) = query.fetch_one(&mut *self.reader().await?).await.map_err(at("mail.has_stages"))?;
        Ok(has)
    }
}

type StageRow = (Vec<u8>, Vec<u8>, Vec<u8>, Option<String>, bool, i64);

fn stage((person, entry, ticket, status, said, due): StageRow) -> Answer<Stage> {
    let place = "ticket_stages";
    let status = status.map(|status| word(&status, place)).transpose()?;
    let (person, entry, ticket) = (id(&person, place)?, id(&entry, place)?, id(&ticket, place)?);
    Ok(Stage { person, ticket, entry, status, said, due: Timestamp(due) })
}

type LetterRow = (Vec<u8>, String, Option<Vec<u8>>, Vec<u8>, i64, i64, i64);

fn letter((letter_id, key, person, sealed, written_at, attempts, due): LetterRow, seal: &Seal) -> Answer<Letter> {
    let place = "letters";
    let plain = seal.open(place, &sealed)?;
    let Sealed { address, subject, text } = serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt(place))?;
    Ok(Letter {
        id: id(&letter_id, place)?,
        key,
        person: person.map(|person| id(&person, place)).transpose()?,
        address,
        subject,
        text,
        written_at: Timestamp(written_at),
        due: Timestamp(due),
        attempts: count(attempts, place)?,
    })
}
