//! Desks of earlier versions open, with everything in them, and the file as it was is kept.
//!
//! `tests/frozen/desk-N.sql` are dumps of a desk with a small story, as version N of the schema
//! wrote it: Анна asked, Борис answered, a file, a ticket, a rating; a second request waits; Олег
//! is invited. They are never changed, only added to.

use std::path::Path;

use opora_desk::store::{Store, Tx, invitation::InvitationsStore, ticket::TicketsTx, totp::TotpTx};
use opora_desk_store::{SqliteStore, copy};
use opora_domain::{PersonId, Timestamp, ticket::Ticket};
use opora_runtime::Rng;
use opora_wire::{EventBody, Stream};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

type TestResult<T = ()> = Result<T, Box<dyn std::error::Error>>;

async fn thaw(path: &Path, dump: &'static str) -> TestResult<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(false);
    let mut db = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql(dump).execute(&mut db).await?;
    Ok(db)
}

async fn person(db: &mut SqliteConnection, name: &str) -> TestResult<PersonId> {
    let query = sqlx::query_as("SELECT id FROM persons WHERE name = ?1").bind(name);
    let (id,): (Vec<u8>,) = query.fetch_one(db).await?;
    Ok(PersonId::from_slice(&id).ok_or("an id")?)
}

/// What was kept as a draft is a ticket, and she reads what will happen to it.
async fn the_ticket_is_there(store: &SqliteStore, events: &[opora_wire::Event], anna: PersonId) -> TestResult {
    let made = events.iter().find_map(|event| match &event.body {
        EventBody::TicketMade { number, draft, .. } => Some((*number, draft.clone(), event.at, event.by)),
        _ => None,
    });
    let (number, draft, at, by) = made.ok_or("a ticket")?;
    let mut tx = store.begin().await?;
    let kept = tx.ticket(draft.id).await?.ok_or("the ticket is kept")?;
    let organisation = tx.person(anna).await?.ok_or("Anna")?.organisation;
    assert_eq!(kept.ticket, Ticket { organisation, ..Ticket::of(&draft, number, anna, by, at) });
    assert!(organisation.is_some() && tx.may_read(anna, Stream::Ticket(draft.id)).await?);
    Ok(())
}

#[tokio::test]
async fn the_first_desk_opens_in_this_version_and_its_file_is_kept_as_it_was() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("desk.db");
    let mut db = thaw(&path, include_str!("frozen/desk-1.sql")).await?;
    let (anna, boris) = (person(&mut db, "Анна Белова").await?, person(&mut db, "Борис Ким").await?);
    db.close().await?;
    let before = copy::contents(&path).await?;
    assert_eq!((before.version, before.firm.as_str()), (1, "Север-Софт"));

    let store = SqliteStore::open(&path, &Rng::system()).await?;
    let kept = folder.path().join("desk.db.before-3");
    assert_eq!(copy::contents(&kept).await?, before, "the copy is the old file, to the last event");
    assert_eq!(store.head().await?, before.head);
    let feed = store.feed(anna, 0, 1_000).await?;
    assert!(feed.events.iter().all(|event| event.body != EventBody::Unknown), "every event is understood");
    let said = |event: &&opora_wire::Event| matches!(event.body, EventBody::Said(_));
    assert_eq!(feed.events.iter().filter(said).count(), 2);
    let talk = feed.events.iter().find_map(|event| match event.stream {
        Stream::Conversation(talk) => Some(talk),
        _ => None,
    });
    assert_eq!(store.members(talk.ok_or("a talk")?).await?.len(), 2, "who read it before is a member of it");
    assert!(store.fetch(boris, Stream::Staff, 1, 100, 100).await?.is_some());
    assert_eq!(store.queue().await?.len(), 1, "the second request waits on");
    the_ticket_is_there(&store, &feed.events, anna).await?;
    store.close().await;

    let written = std::fs::metadata(&kept)?.modified()?;
    SqliteStore::open(&path, &Rng::system()).await?.close().await;
    assert_eq!(std::fs::metadata(&kept)?.modified()?, written, "one upgrade, one copy");
    Ok(())
}

/// What a desk of the second version had not.
const TO_THE_SECOND: &str = "
DROP TABLE invitations; ALTER TABLE firm DROP COLUMN code_days; ALTER TABLE devices DROP COLUMN proved_at;
UPDATE meta SET version = 2";

#[tokio::test]
async fn a_desk_of_the_second_version_gets_what_the_third_adds() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("desk.db");
    SqliteStore::open(&path, &Rng::system()).await?.close().await;
    let mut db = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await?;
    sqlx::raw_sql(TO_THE_SECOND).execute(&mut db).await?;
    db.close().await?;

    let store = SqliteStore::open(&path, &Rng::system()).await?;
    assert_eq!(store.lapsed_invitations(Timestamp(0)).await?, []);
    assert_eq!(store.begin().await?.code_days().await?, 30);
    assert!(folder.path().join("desk.db.before-3").exists());
    store.close().await;
    Ok(())
}
