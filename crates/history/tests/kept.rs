//! What the client made of the log is given back as it was kept, or is not there.

use opora_domain::{ConversationId, PersonId, Timestamp};
use opora_history::{
    AccountId, Cache, HistoryError, KeptRow, StoredEvent,
    kept::Extent::{Changes, Whole},
};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

const ANNA: AccountId = AccountId(1);
const BORIS: AccountId = AccountId(2);
const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
const TALK: Uuid = Uuid::from_u128(9);
const OLEG: PersonId = PersonId(Uuid::from_u128(7));

fn said(seq: i64, text: &str) -> StoredEvent {
    let body = json!({ "is": "said", "text": text });
    let id = Uuid::from_u128(100 + seq.unsigned_abs() as u128);
    StoredEvent { stream: format!("conversation/{TALK}/public"), seq, gseq: seq, id, at: NOW, by: Some(OLEG), body }
}

fn row(key: &str, body: Option<&str>) -> KeptRow {
    KeptRow { part: "talks", key: key.into(), body: body.map(Into::into) }
}

async fn kept(cache: &Cache, account: AccountId) -> Option<Vec<String>> {
    let mut rows = Vec::new();
    let is_there = cache.kept(account, "a", |part, key, body| rows.push(format!("{part} {key} {body}"))).await;
    is_there.expect("reads").then_some(rows)
}

async fn open(folder: &std::path::Path) -> Result<Cache, HistoryError> {
    let cache = Cache::open(folder, NOW).await?;
    for account in [ANNA, BORIS] {
        cache.begin_feed(account, Uuid::from_u128(1), NOW).await?;
        cache.apply(account, &[said(1, "раз"), said(2, "два")], Some(2)).await?;
        assert!(cache.keep(account, "a", Whole, &[row("1", Some("Олег")), row("2", Some("Вера"))]).await?);
    }
    Ok(cache)
}

#[tokio::test]
async fn changes_go_over_what_is_kept_and_a_whole_takes_its_place() -> Result<(), HistoryError> {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = open(folder.path()).await?;
    assert!(cache.keep(ANNA, "a", Changes, &[row("1", None), row("3", Some("Ян"))]).await?);
    assert_eq!(kept(&cache, ANNA).await, Some(vec!["talks 2 Вера".into(), "talks 3 Ян".into()]));
    assert!(cache.keep(ANNA, "a", Whole, &[row("4", Some("Анна"))]).await?);
    assert_eq!(kept(&cache, ANNA).await, Some(vec!["talks 4 Анна".into()]));
    assert_eq!(kept(&cache, BORIS).await.map(|rows| rows.len()), Some(2), "another account's stays");
    Ok(())
}

#[tokio::test]
async fn what_other_rules_made_is_neither_read_nor_added_to() -> Result<(), HistoryError> {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = open(folder.path()).await?;
    assert!(!cache.kept(ANNA, "b", |_, _, _| {}).await?);
    assert!(!cache.keep(ANNA, "b", Changes, &[row("1", Some("Олег"))]).await?, "there is nothing of these rules");
    assert!(kept(&cache, ANNA).await.is_some(), "and nothing was written");
    assert!(cache.keep(ANNA, "b", Whole, &[row("1", Some("Олег"))]).await?);
    assert_eq!(kept(&cache, ANNA).await, None);
    Ok(())
}

#[tokio::test]
async fn an_erasure_and_a_new_feed_leave_nothing_to_read_or_to_add_to() -> Result<(), HistoryError> {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = open(folder.path()).await?;
    cache.forget_talk(ANNA, ConversationId(TALK)).await?;
    assert_eq!(kept(&cache, ANNA).await, None);
    assert!(!cache.keep(ANNA, "a", Changes, &[row("1", Some("Олег"))]).await?);
    assert_eq!(kept(&cache, ANNA).await, None, "a part is no whole");
    assert!(kept(&cache, BORIS).await.is_some(), "his log was not touched");

    assert!(cache.keep(ANNA, "a", Whole, &[row("1", Some("—"))]).await?);
    cache.forget_person(ANNA, PersonId(Uuid::from_u128(6))).await?;
    assert!(kept(&cache, ANNA).await.is_some(), "of whom nothing is here, nothing goes");
    cache.begin_feed(ANNA, Uuid::from_u128(2), NOW).await?;
    assert_eq!(kept(&cache, ANNA).await, None);
    Ok(())
}

/// A program of before knows the table of events alone.
#[tokio::test]
async fn an_older_program_that_writes_the_file_leaves_it_true() -> Result<(), HistoryError> {
    let folder = tempfile::tempdir().expect("a folder");
    drop(open(folder.path()).await?);
    let path = format!("sqlite:{}", folder.path().join("cache.db").display());
    let mut older = SqliteConnection::connect(&path).await.expect("the same file");
    let add = "INSERT INTO event (account, stream, seq, gseq, id, at, by, kind, body)
               VALUES (1, 'staff', 4, 9, x'00', 1, NULL, 'closed', '{}') ON CONFLICT (account, stream, seq) DO NOTHING";
    sqlx::query(add).execute(&mut older).await.expect("added");
    sqlx::query(add).execute(&mut older).await.expect("added once");
    sqlx::query("UPDATE event SET body = '{}' WHERE account = 2").execute(&mut older).await.expect("erased");
    older.close().await.expect("closed");

    let cache = Cache::open(folder.path(), NOW).await?;
    let talk = (format!("conversation/{TALK}/public"), 2);
    assert_eq!(cache.heads(ANNA).await?, [talk, ("staff".into(), 4)]);
    assert!(kept(&cache, ANNA).await.is_some());
    assert_eq!(kept(&cache, BORIS).await, None);
    Ok(())
}

#[tokio::test]
async fn heads_are_the_last_of_each_stream_whatever_came_when() -> Result<(), HistoryError> {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = open(folder.path()).await?;
    let other = |seq, body: Value| StoredEvent { stream: "staff".into(), body, ..said(seq, "") };
    cache.apply(ANNA, &[other(5, json!({})), other(3, json!({}))], None).await?;
    cache.apply(ANNA, &[other(4, json!({})), said(2, "noch einmal")], None).await?;
    let talk = format!("conversation/{TALK}/public");
    assert_eq!(cache.heads(ANNA).await?, [(talk.clone(), 2), ("staff".into(), 5)]);
    cache.begin_feed(ANNA, Uuid::from_u128(2), NOW).await?;
    assert_eq!((cache.heads(ANNA).await?, cache.heads(BORIS).await?), (vec![], vec![(talk, 2)]));
    Ok(())
}
