//! Profiles of earlier versions open, with everything in them.
//!
//! `tests/frozen/*-N.sql` are dumps of a real profile (Anna's, off line, with unsent words) as the
//! version that ended an issue wrote it. They are never changed, only added to.

use std::path::Path;

use opora_domain::{OpId, Timestamp};
use opora_history::{
    Cache, OpState, Vault,
    search::words::{Query, Stems},
    vault::PROFILE,
};
use opora_wire::{EventBody, OpBody};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

async fn thaw(path: &Path, dump: &'static str) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut db = SqliteConnection::connect_with(&options).await.expect("a file");
    sqlx::raw_sql(dump).execute(&mut db).await.expect("the dump is whole");
    db.close().await.expect("written");
}

#[tokio::test]
async fn annas_first_vault_opens_and_every_unsent_word_is_in_it() {
    let profile = tempfile::tempdir().expect("a folder");
    thaw(&profile.path().join("vault.db"), include_str!("frozen/vault-1.sql")).await;
    let vault = Vault::open(profile.path(), NOW).await.expect("opens");

    let (id, account) = vault.accounts().await.expect("accounts").remove(0);
    assert_eq!((account.name.as_str(), account.desk_name.as_str()), ("Анна Белова", "Север-Софт"));
    assert_eq!(vault.settings(PROFILE).await.expect("settings")["language"], "\"en\"");
    let rows = vault.outbox(id).await.expect("outbox");
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["say", "upload", "say", "rate"]);
    for row in rows.iter().filter(|row| row.kind != "upload") {
        assert!(serde_json::from_str::<OpBody>(&row.body).is_ok(), "{}", row.body);
    }
    let due: Vec<OpId> = vault.due_heads(id, NOW, 9).await.expect("heads").into_iter().map(|row| row.op).collect();
    assert_eq!(due, [rows[0].op, rows[1].op], "the file waits for its upload, the rating for the file");
    assert!(rows.iter().all(|row| row.state == OpState::Queued));
}

#[tokio::test]
async fn annas_first_cache_opens_and_every_event_is_understood() {
    let profile = tempfile::tempdir().expect("a folder");
    thaw(&profile.path().join("vault.db"), include_str!("frozen/vault-1.sql")).await;
    thaw(&profile.path().join("cache.db"), include_str!("frozen/cache-1.sql")).await;
    let vault = Vault::open(profile.path(), NOW).await.expect("opens");
    let id = vault.accounts().await.expect("accounts").remove(0).0;
    let cache = Cache::open(profile.path(), NOW).await.expect("opens");

    assert!(cache.feed(id).await.expect("feed").is_some_and(|(_, cursor)| cursor > 0));
    let events = cache.all(id).await.expect("events");
    // So are the heads of streams.
    let mut heads = std::collections::BTreeMap::new();
    for event in &events {
        heads.insert(event.stream.clone(), event.seq);
    }
    assert_eq!(cache.heads(id).await.expect("heads"), heads.into_iter().collect::<Vec<_>>());
    let said = events.iter().filter(|event| event.body["is"] == "said").count();
    assert_eq!(said, 2);
    // The index is younger than this cache: it is made from what is stored.
    let printer = Query::new("принтеры", &Stems::default());
    assert!(
        cache.find(id, &printer, 9).await.expect("searches").is_empty() && !cache.is_indexed(id).await.expect("says")
    );
    while cache.index_more(id, 3).await.expect("goes on") {}
    let found = cache.find(id, &printer, 9).await.expect("searches");
    assert_eq!(found.first().map(|event| event.body["text"].clone()), Some("Какой принтер?".into()));
    for event in events {
        let body: EventBody = serde_json::from_value(event.body.clone()).expect("a body");
        assert_ne!(body, EventBody::Unknown, "{}", event.body);
    }
}
