//! Moves what was committed from the journal into the file, beside the writer.
//!
//! The engine would do it inside a commit, and everybody who waits for that commit would wait for two
//! more ways to the disk. This task does it through a connection of its own, which keeps nobody from
//! writing. The journal begins anew when a write finds that all of it was moved; under a load without a
//! pause none ever does, so a long journal is moved once more while nobody writes: by then little is left.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use opora_desk::store::Answer;
use opora_runtime::CancellationToken;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{Mutex, Notify};

use crate::{error::at, writer::Group};

/// Never waits for readers or the writer. Answers whether it was kept from something, the pages of the
/// journal, and how many of them are moved.
const MOVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// Commits within this time are moved together: the same pages change again and again.
const PAUSE: Duration = Duration::from_secs(1);
/// Pages of a long journal: 64 MiB.
const LONG: i64 = 16_384;

/// Moves until the writer is gone or it is stopped; then closes its connection.
pub(crate) async fn run(
    mut db: SqliteConnection,
    group: Weak<Mutex<Group>>,
    bell: Arc<Notify>,
    stop: CancellationToken,
) {
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            () = bell.notified() => {}
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
        let Some(group) = group.upgrade() else { break };
        if let Err(error) = make_room(&mut db, &group, LONG).await {
            tracing::warn!(%error, "the journal was not moved into the file");
        }
    }
    if let Err(error) = db.close().await {
        tracing::warn!(%error, "the file was not closed well");
    }
}

async fn make_room(db: &mut SqliteConnection, group: &Mutex<Group>, long: i64) -> Answer<()> {
    if move_pages(db).await? < long {
        return Ok(());
    }
    let mut group = group.lock().await;
    group.settle().await;
    move_pages(db).await?;
    Ok(())
}

/// Answers the pages of the journal.
async fn move_pages(db: &mut SqliteConnection) -> Answer<i64> {
    let (_, pages, _): (i64, i64, i64) = sqlx::query_as(MOVE).fetch_one(db).await.map_err(at("store.move_pages"))?;
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use opora_desk::{
        record::NewEvent,
        store::{Store, Tx},
    };
    use opora_domain::Timestamp;
    use opora_runtime::Rng;
    use opora_wire::{Stream, event::EventBody};

    use super::*;
    use crate::SqliteStore;

    async fn write(store: &SqliteStore, rng: &Rng, times: usize) -> Answer<()> {
        for _ in 0..times {
            let mut tx = store.begin().await?;
            let body = EventBody::DeskNamed { name: "Север-Софт".repeat(100) };
            tx.append(NewEvent { stream: Stream::Desk, id: rng.uuid_v7(Timestamp(1)), by: None, body });
            tx.commit(Timestamp(1)).await?;
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_long_journal_begins_anew_and_a_short_one_is_left_alone() -> Result<(), Box<dyn std::error::Error>> {
        let (folder, rng) = (tempfile::tempdir()?, Rng::system());
        let path = folder.path().join("desk.db");
        let store = SqliteStore::open(&path, &rng).await?;
        let mut db = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await?;
        write(&store, &rng, 50).await?;
        let before = move_pages(&mut db).await?;
        // Somebody has written and waits: the journal is not shut behind his back.
        let mut tx = store.begin().await?;
        tx.append(NewEvent {
            stream: Stream::Desk,
            id: rng.uuid_v7(Timestamp(1)),
            by: None,
            body: EventBody::DeskNamed { name: String::new() },
        });
        let (saved, room) = tokio::join!(tx.commit(Timestamp(1)), make_room(&mut db, store.writer.group(), 1));
        room?;
        assert_eq!(saved?, store.head().await?);
        write(&store, &rng, 1).await?;
        let after = move_pages(&mut db).await?;
        assert!(before > 50 && after < 20, "{before} pages, then {after}");

        make_room(&mut db, store.writer.group(), 1_000).await?;
        store.close().await;
        Ok(())
    }
}
