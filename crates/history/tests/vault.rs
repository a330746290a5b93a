//! What Anna wrote stays hers: order, restarts, damage.

use opora_domain::{OpId, Timestamp};
use opora_history::{AccountId, HistoryError, NewOp, OpState, Vault};
use uuid::Uuid;

const ANNA: AccountId = AccountId(1);
const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

fn op(n: u128) -> OpId {
    OpId(Uuid::from_u128(n))
}

fn say(n: u128, lane: &str) -> NewOp {
    NewOp { op: op(n), lane: lane.into(), kind: "say", body: "{}".into(), needs: Vec::new() }
}

async fn due(vault: &Vault, now: Timestamp) -> Vec<OpId> {
    vault.due_heads(ANNA, now, 4).await.expect("heads").into_iter().map(|row| row.op).collect()
}

#[tokio::test]
async fn a_message_never_overtakes_the_one_before_it_but_other_talks_go_on() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let vault = Vault::open(profile.path(), NOW).await?;
    vault.enqueue(ANNA, &[say(1, "conversation:a"), say(2, "conversation:a"), say(3, "conversation:b")], NOW).await?;
    assert_eq!(due(&vault, NOW).await, [op(1), op(3)]);

    let first = vault.outbox(ANNA).await?.remove(0);
    vault.begin(first.id).await?;
    assert_eq!(due(&vault, NOW).await, [op(3)], "the second waits while the first is on its way");
    vault.again(first.id, Timestamp(NOW.0 + 1_000)).await?;
    assert_eq!(due(&vault, NOW).await, [op(3)], "and while it waits for its time");
    assert_eq!(vault.next_due(ANNA, NOW).await?, Some(Timestamp(NOW.0 + 1_000)));
    vault.stick(first.id, "\"not_allowed\"").await?;
    vault.wake(ANNA).await?;
    assert_eq!(due(&vault, NOW).await, [op(3)], "and when it was refused");
    vault.unstick(ANNA, op(1)).await?;
    vault.ack(first.id).await?;
    assert_eq!(due(&vault, NOW).await, [op(2), op(3)], "the desk has it: the next one goes");
    Ok(())
}

#[tokio::test]
async fn a_message_with_a_file_waits_for_its_upload() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let vault = Vault::open(profile.path(), NOW).await?;
    let upload = NewOp { kind: "upload", lane: "upload:cafe".into(), ..say(1, "") };
    let message = NewOp { needs: vec!["cafe".into()], ..say(2, "conversation:a") };
    let same_file_again = NewOp { op: op(4), ..upload.clone() };
    vault.enqueue(ANNA, &[upload, message, same_file_again, say(3, "conversation:b")], NOW).await?;
    assert_eq!(due(&vault, NOW).await, [op(1), op(3)]);
    vault.remove(ANNA, &[op(1)]).await?;
    assert_eq!(due(&vault, NOW).await, [op(2), op(3)]);
    Ok(())
}

#[tokio::test]
async fn a_stuck_lane_and_what_was_in_flight_survive_a_restart() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let vault = Vault::open(profile.path(), NOW).await?;
    vault.enqueue(ANNA, &[say(1, "conversation:a"), say(2, "conversation:a"), say(3, "conversation:b")], NOW).await?;
    let rows = vault.outbox(ANNA).await?;
    vault.stick(rows[0].id, "\"too_long\"").await?;
    vault.begin(rows[2].id).await?;
    drop(vault);

    let vault = Vault::open(profile.path(), NOW).await?;
    vault.recover(ANNA).await?;
    let rows = vault.outbox(ANNA).await?;
    assert_eq!((rows[0].state, rows[0].code.as_deref()), (OpState::Stuck, Some("\"too_long\"")));
    assert_eq!((rows[2].state, rows[2].attempts), (OpState::Queued, 1));
    assert_eq!(due(&vault, NOW).await, [op(3)]);
    Ok(())
}

#[tokio::test]
async fn only_the_last_read_mark_is_sent() -> Result<(), HistoryError> {
    let profile = tempfile::tempdir().expect("a folder");
    let vault = Vault::open(profile.path(), NOW).await?;
    for n in 1..=3 {
        vault.enqueue(ANNA, &[NewOp { kind: "see", ..say(n, "seen:a") }], NOW).await?;
    }
    assert_eq!(due(&vault, NOW).await, [op(3)]);
    Ok(())
}

#[tokio::test]
async fn a_damaged_vault_is_put_aside_not_deleted_and_a_newer_one_is_left_alone() {
    let profile = tempfile::tempdir().expect("a folder");
    let path = profile.path().join("vault.db");
    std::fs::write(&path, vec![b'x'; 8192]).expect("written");
    let vault = Vault::open(profile.path(), NOW).await.expect("begun anew");
    vault.enqueue(ANNA, &[say(1, "misc")], NOW).await.expect("works");
    drop(vault);
    let aside = profile.path().join(format!("vault.db.damaged-{}", NOW.0));
    assert_eq!(std::fs::read(aside).expect("kept"), vec![b'x'; 8192]);

    let newer = tempfile::tempdir().expect("a folder");
    drop(Vault::open(newer.path(), NOW).await.expect("made"));
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(newer.path().join("vault.db"));
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.expect("opens");
    sqlx::query("UPDATE meta SET version = 9, min_writer = 9").execute(&mut db).await.expect("as from the future");
    drop(db);
    assert!(matches!(Vault::open(newer.path(), NOW).await, Err(HistoryError::Newer)));
}
