//! Messages are found by their words as soon as they are stored.

use opora_domain::Timestamp;
use opora_history::{
    AccountId, Cache, HistoryError, StoredEvent,
    search::words::{Query, Stems},
};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use uuid::Uuid;

const BORIS: AccountId = AccountId(1);
const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

fn event(seq: i64, body: Value) -> StoredEvent {
    StoredEvent {
        stream: "conversation/x/public".into(),
        seq,
        gseq: seq * 10,
        id: Uuid::from_u128(u128::try_from(seq).expect("small")),
        at: NOW,
        by: None,
        body,
    }
}

fn said(seq: i64, text: &str) -> StoredEvent {
    event(seq, json!({ "is": "said", "text": text }))
}

async fn found(cache: &Cache, typed: &str) -> Vec<i64> {
    let query = Query::new(typed, &Stems::default());
    cache.find(BORIS, &query, 20).await.expect("searches").into_iter().map(|event| event.seq).collect()
}

async fn open(profile: &tempfile::TempDir) -> Cache {
    Cache::open(profile.path(), NOW).await.expect("opens")
}

async fn with_talk(profile: &tempfile::TempDir) -> Result<Cache, HistoryError> {
    let cache = open(profile).await;
    cache.begin_feed(BORIS, Uuid::from_u128(1), NOW).await?;
    let ask = json!({ "description": "Не печатается счёт-фактура", "program": { "name": "Бухгалтерия" } });
    let events = [
        event(1, json!({ "is": "conversation_opened", "ask": ask })),
        event(2, json!({ "is": "seen", "up_to": 1 })),
        said(3, "Какой у вас принтер?"),
        said(4, "HP LaserJet, на складе. The printer was updated yesterday"),
        event(5, json!({ "is": "said", "text": "", "file": { "name": "Акт сверки.pdf" } })),
    ];
    cache.apply(BORIS, &events, Some(50)).await?;
    Ok(cache)
}

#[tokio::test]
async fn a_message_is_found_by_forms_beginnings_and_both_languages() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = with_talk(&profile).await?;
    assert_eq!(found(&cache, "печатать счета").await, [1], "other forms of the words");
    assert_eq!(found(&cache, "ПРИНТ").await, [3], "a beginning, in capitals");
    assert_eq!(found(&cache, "update printers").await, [4]);
    assert_eq!(found(&cache, "складу").await, [4]);
    assert_eq!(found(&cache, "акт").await, [5], "a file by its name");
    assert_eq!(found(&cache, "бухгалтерия").await, [1], "a talk by the program");
    assert!(found(&cache, "принтер вектор").await.is_empty(), "every word has to be there");
    for odd in ["", "\" OR *", "words : x", "(", "-", "NEAR(a b)"] {
        assert!(found(&cache, odd).await.len() <= 1, "{odd} is words and nothing else");
    }
    Ok(())
}

#[tokio::test]
async fn a_note_is_found_in_the_stream_beside_its_talk() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = with_talk(&profile).await?;
    let note = json!({ "is": "note", "what": "written", "text": "Картридж меняли в сентябре" });
    let note = StoredEvent { stream: "conversation/x/staff".into(), ..event(9, note) };
    cache.apply(BORIS, &[note], Some(60)).await?;
    let query = Query::new("картриджи", &Stems::default());
    let streams = async |cache: &Cache| -> Result<Vec<String>, HistoryError> {
        Ok(cache.find(BORIS, &query, 20).await?.into_iter().map(|event| event.stream).collect())
    };
    assert_eq!(streams(&cache).await?, ["conversation/x/staff"]);
    Ok(())
}

#[tokio::test]
async fn what_comes_twice_is_found_once_and_a_new_feed_forgets_it() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = with_talk(&profile).await?;
    cache.apply(BORIS, &[said(3, "Какой у вас принтер?")], None).await?;
    assert_eq!(found(&cache, "принтер").await, [3]);
    assert!(cache.find(AccountId(2), &Query::new("принтер", &Stems::default()), 9).await?.is_empty(), "not hers");
    cache.begin_feed(BORIS, Uuid::from_u128(2), NOW).await?;
    assert!(found(&cache, "принтер").await.is_empty());
    Ok(())
}

#[tokio::test]
async fn an_index_that_is_missing_or_of_older_rules_is_made_anew_from_the_log() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    drop(with_talk(&profile).await?);
    for damage in ["DROP TABLE search", "UPDATE search_state SET version = 0", "DROP TABLE search_row"] {
        let options = SqliteConnectOptions::new().filename(profile.path().join("cache.db"));
        let mut db = SqliteConnection::connect_with(&options).await.expect("a file");
        sqlx::raw_sql(damage).execute(&mut db).await.expect("damaged");
        db.close().await.expect("written");
        let cache = open(&profile).await;
        let mut steps = 0;
        while cache.index_more(BORIS, 2).await? {
            steps += 1;
        }
        assert!(steps >= 2, "in small steps: {damage}");
        assert!(cache.is_indexed(BORIS).await?);
        assert_eq!(found(&cache, "принтер").await, [3], "after {damage}");
        assert!(!cache.index_more(BORIS, 2).await?, "nothing is left to do");
        assert_eq!(found(&cache, "склад").await, [4]);
    }
    Ok(())
}
