//! The log: no holes, nothing missed, nothing that is not one's own.

use std::{collections::BTreeMap, sync::Arc};

use opora_desk::store::{Store, Tx};
use opora_domain::{ConversationId, PersonId, Timestamp};
use opora_wire::event::{Event, EventBody, Stream};

use crate::office::{Engine, Office, TestResult, noted};

const WRITERS: i64 = 8;
const EACH: i64 = 25;

pub(crate) async fn a_reader_by_cursor_misses_nothing_while_eight_write<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let anna = PersonId(office.rng.uuid_v7(Timestamp(1)));
    let streams = [Stream::Desk, Stream::Staff, Stream::Person(anna)];
    let mut tx = store.begin().await?;
    for stream in streams {
        tx.grant(anna, stream, 1).await?;
    }
    tx.commit(Timestamp(1)).await?;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let (store, rng) = (store.clone(), office.rng.clone());
        writers.spawn(async move {
            for number in 0..EACH {
                let mut tx = store.begin().await?;
                for stream in streams {
                    tx.append(noted(&rng, stream, writer * EACH + number));
                }
                // Every fifth is given up and must leave no hole.
                if number % 5 == 4 { drop(tx) } else { tx.commit(Timestamp(2)).await.map(drop)? }
            }
            Ok::<(), opora_desk::StoreError>(())
        });
    }
    let expected = usize::try_from(WRITERS * EACH / 5 * 4 * 3)?;
    let read = read_all(&store, anna, expected).await?;
    for done in writers.join_all().await {
        done?;
    }
    let mut by_stream: BTreeMap<Stream, Vec<i64>> = BTreeMap::new();
    for event in &read {
        by_stream.entry(event.stream).or_default().push(event.seq);
    }
    let whole: Vec<i64> = (1..=WRITERS * EACH / 5 * 4).collect();
    assert!(by_stream.values().all(|seqs| *seqs == whole), "each stream counts without a hole");
    assert!(read.is_sorted_by(|one, next| one.gseq < next.gseq), "in the order of gseq");
    office.close().await;
    Ok(())
}

async fn read_all<S: Store>(store: &S, person: PersonId, expected: usize) -> TestResult<Vec<Event>> {
    let (mut read, mut cursor) = (Vec::new(), 0);
    let reading = async {
        while read.len() < expected {
            let feed = store.feed(person, cursor, 17).await?;
            cursor = feed.cursor;
            read.extend(feed.events);
            tokio::task::yield_now().await;
        }
        Ok::<Vec<Event>, opora_desk::StoreError>(read)
    };
    Ok(tokio::time::timeout(std::time::Duration::from_secs(60), reading).await??)
}

pub(crate) async fn a_right_shows_its_stream_from_its_first_number_on<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let (anna, boris, oleg) = (person(&office), person(&office), person(&office));
    let talk = Stream::Conversation(ConversationId(office.rng.uuid_v7(Timestamp(1))));
    let mut tx = store.begin().await?;
    assert!(tx.grant(anna, talk, 1).await?);
    assert!(!tx.grant(anna, talk, 1).await?, "had it");
    assert!(tx.grant(boris, talk, 3).await?);
    for number in 1..=4 {
        tx.append(noted(&office.rng, talk, number));
    }
    tx.commit(Timestamp(1)).await?;
    let seqs = async |who| -> TestResult<Vec<i64>> {
        let feed = store.feed(who, 0, 100).await?;
        Ok(feed.events.iter().map(|event| event.seq).collect())
    };
    assert_eq!(seqs(anna).await?, [1, 2, 3, 4]);
    assert_eq!(seqs(boris).await?, [3, 4]);
    assert!(seqs(oleg).await?.is_empty());
    assert_eq!(store.fetch(oleg, talk, 1, 4, 100).await?, None);
    let newest = store.fetch(anna, talk, 1, 4, 2).await?.ok_or("hers")?;
    assert_eq!(newest.iter().map(|event| event.seq).collect::<Vec<_>>(), [3, 4], "the newest two, in order");
    let behind = store.fetch(boris, talk, 1, 2, 100).await?;
    assert_eq!(behind.map(|events| events.len()), Some(0), "what was before is not his");
    office.close().await;
    Ok(())
}

pub(crate) async fn an_opened_stream_is_told_with_its_head_after_the_commit<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let boris = person(&office);
    let (own, talk) = (Stream::Person(boris), Stream::Conversation(ConversationId(office.rng.uuid_v7(Timestamp(1)))));
    let mut tx = store.begin().await?;
    tx.grant(boris, own, 1).await?;
    tx.grant(boris, talk, 1).await?;
    let opened = EventBody::StreamOpened { stream: talk, head: 0 };
    tx.append(opora_desk::record::NewEvent { body: opened, ..noted(&office.rng, own, 0) });
    tx.append(noted(&office.rng, talk, 1));
    tx.append(noted(&office.rng, talk, 2));
    tx.commit(Timestamp(1)).await?;
    let feed = store.feed(boris, 0, 100).await?;
    assert_eq!(feed.events[0].body, EventBody::StreamOpened { stream: talk, head: 2 });
    office.close().await;
    Ok(())
}

pub(crate) async fn pages_of_any_size_make_the_same_whole<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Arc::new(Office::over(store.clone()).await?);
    let (anna, oleg) = (person(&office), person(&office));
    let mut tx = store.begin().await?;
    tx.grant(anna, Stream::Person(anna), 1).await?;
    tx.commit(Timestamp(1)).await?;
    // Runs of hers and of somebody else's, of lengths that fall on and beside the ends of pages.
    for run in 0..40_i64 {
        let mut tx = store.begin().await?;
        for number in 0..=(run % 7) {
            let whose = if office.rng.up_to(2) == 0 { oleg } else { anna };
            tx.append(noted(&office.rng, Stream::Person(whose), number));
        }
        tx.commit(Timestamp(1)).await?;
    }
    let whole = store.feed(anna, 0, 10_000).await?;
    assert!(!whole.more && whole.cursor == store.head().await?);
    for page in 1..=9 {
        let (mut pages, mut cursor, mut more) = (Vec::new(), 0, true);
        while more {
            let feed = store.feed(anna, cursor, page).await?;
            (cursor, more) = (feed.cursor, feed.more);
            pages.extend(feed.events);
        }
        assert_eq!(pages, whole.events, "pages of {page}");
    }
    Ok(())
}

fn person<S>(office: &Office<S>) -> PersonId {
    PersonId(office.rng.uuid_v7(Timestamp(1)))
}
