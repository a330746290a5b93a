//! The desk's log as it is kept here.

use opora_domain::{ConversationId, PersonId, Timestamp};
use opora_history::{AccountId, Cache, HistoryError, KeptRow, StoredEvent, kept::Extent};
use serde_json::{Value, json};
use uuid::Uuid;

const ANNA: AccountId = AccountId(1);
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

#[tokio::test]
async fn an_unknown_event_is_kept_as_it_came() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(profile.path(), NOW).await?;
    cache.begin_feed(ANNA, Uuid::from_u128(1), NOW).await?;
    let strange = json!({ "is": "hologram_shown", "depth": [1, 2, 3] });
    cache.apply(ANNA, &[event(1, strange.clone())], Some(10)).await?;
    drop(cache);
    let cache = Cache::open(profile.path(), NOW).await?;
    assert_eq!(cache.all(ANNA).await?.remove(0).body, strange);
    assert_eq!(cache.feed(ANNA).await?, Some((Uuid::from_u128(1), 10)));
    Ok(())
}

#[tokio::test]
async fn what_comes_twice_is_kept_once_and_the_cursor_never_goes_back() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(profile.path(), NOW).await?;
    cache.begin_feed(ANNA, Uuid::from_u128(1), NOW).await?;
    let said = |seq| event(seq, json!({ "is": "said" }));
    let seen = |seq| event(seq, json!({ "is": "seen", "up_to": 1 }));
    cache.apply(ANNA, &[said(1), seen(2), said(3)], Some(30)).await?;
    cache.apply(ANNA, &[said(1), said(3)], Some(10)).await?;
    assert_eq!(cache.all(ANNA).await?.len(), 3);
    assert_eq!(cache.feed(ANNA).await?.map(|feed| feed.1), Some(30));
    let seqs = |rows: Vec<StoredEvent>| rows.into_iter().map(|row| row.seq).collect::<Vec<_>>();
    assert_eq!(seqs(cache.window(ANNA, "conversation/x/public", 9, 10).await?), [1, 3], "read marks are no lines");
    assert_eq!(seqs(cache.window(ANNA, "conversation/x/public", 3, 10).await?), [1]);
    Ok(())
}

#[tokio::test]
async fn a_restored_desk_begins_anew_and_what_it_lost_is_still_here() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(profile.path(), NOW).await?;
    cache.begin_feed(ANNA, Uuid::from_u128(1), NOW).await?;
    cache.apply(ANNA, &[event(1, json!({ "is": "said" }))], Some(10)).await?;
    cache.begin_feed(ANNA, Uuid::from_u128(2), NOW).await?;
    assert!(cache.all(ANNA).await?.is_empty());
    assert_eq!(cache.feed(ANNA).await?, Some((Uuid::from_u128(2), 0)));
    assert!(profile.path().join(format!("cache.db.feed-{}", NOW.0)).is_file());
    Ok(())
}

#[tokio::test]
async fn what_is_erased_at_the_desk_is_let_go_here_and_its_headers_stay() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(profile.path(), NOW).await?;
    cache.begin_feed(ANNA, Uuid::from_u128(1), NOW).await?;
    let (talk, oleg, boris) = (Uuid::from_u128(9), PersonId(Uuid::from_u128(7)), PersonId(Uuid::from_u128(8)));
    let stream = format!("conversation/{talk}/public");
    let by = |seq, by, body| StoredEvent { stream: stream.clone(), by: Some(by), ..event(seq, body) };
    let said = |text: &str| json!({ "is": "said", "text": text });
    let joined = json!({ "is": "joined", "person": oleg, "name": "Олег" });
    let events = [by(1, oleg, joined), by(2, oleg, said("секрет")), by(3, boris, said("ответ"))];
    cache.apply(ANNA, &events, Some(30)).await?;
    let kinds = async || -> Result<Vec<Value>, HistoryError> {
        Ok(cache.range(ANNA, &stream, 1, 9).await?.into_iter().map(|row| row.body["is"].clone()).collect())
    };

    cache.forget_person(ANNA, oleg).await?;
    assert_eq!(kinds().await?, ["erased", "erased", "said"]);
    cache.forget_talk(ANNA, ConversationId(talk)).await?;
    assert_eq!(kinds().await?, ["erased", "erased", "erased"]);
    assert_eq!(cache.heads(ANNA).await?, [(stream.clone(), 3)], "no header is missing");
    Ok(())
}

/// Oleg's words also stand where others copied them, his number in the request to call, his wish with the
/// organisation: no file of the profile holds them when he is erased, not even in pages that are free.
#[tokio::test]
async fn of_oleg_who_is_erased_no_file_holds_a_word_or_a_number() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(profile.path(), NOW).await?;
    cache.begin_feed(ANNA, Uuid::from_u128(1), NOW).await?;
    let (talk, oleg, boris) = (Uuid::from_u128(9), PersonId(Uuid::from_u128(7)), PersonId(Uuid::from_u128(8)));
    let public = format!("conversation/{talk}/public");
    let ask = json!({ "description": "Ландыш не проводится" });
    let bodies = [
        (public.clone(), oleg, json!({ "is": "conversation_opened", "request": talk, "customer": oleg, "ask": ask })),
        (public.clone(), oleg, json!({ "is": "said", "text": "Пароль Ландыш-17" })),
        (public, boris, json!({ "is": "ticket_noted", "ticket": talk, "number": 1, "subject": "Ландыш" })),
        (
            format!("conversation/{talk}/vendor"),
            boris,
            json!({ "is": "copied", "by": oleg, "text": "Пароль Ландыш-17" }),
        ),
        ("staff".into(), oleg, json!({ "is": "request_asked", "request": talk, "customer": oleg, "ask": ask })),
        (
            "staff".into(),
            oleg,
            json!({ "is": "hours", "what": "call_back", "request": talk, "callback": { "phone": "555-77-02" } }),
        ),
        (
            "organisation/1".into(),
            oleg,
            json!({ "is": "contract", "what": "renewal_asked", "by": oleg, "comment": "Ландыш" }),
        ),
    ];
    let events = bodies.into_iter().zip(1..).map(|((stream, by, body), seq)| StoredEvent {
        stream,
        by: Some(by),
        ..event(seq, body)
    });
    cache.apply(ANNA, &events.collect::<Vec<_>>(), Some(30)).await?;
    // What the client made of it.
    let made = ["Ландыш не проводится", "555-77-02"].into_iter().zip(["1", "2"]);
    let made: Vec<KeptRow> =
        made.map(|(body, key)| KeptRow { part: "talks", key: key.into(), body: Some(body.into()) }).collect();
    assert!(cache.keep(ANNA, "a", Extent::Whole, &made).await?);
    cache.forget_person(ANNA, oleg).await?;
    drop(cache);
    for file in std::fs::read_dir(profile.path()).expect("the profile") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        for word in ["Ландыш", "ландыш", "555-77-02"] {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word} is still in {}", path.display());
        }
    }
    Ok(())
}
