//! Of an erased person's tickets nothing is left but that they were there: not what the person wrote in them, nor
//! what others answered, which says the same again. In tickets of others the person's words go and the rest of
//! the entry stays, so that a status that was changed beside them is still what everybody saw.

use opora_desk::store::{Answer, StoreError};
use opora_domain::PersonId;
use sqlx::SqliteConnection as Db;

use super::bytes;
use crate::error::at;

/// Tickets of a person, as they are named in bodies of events.
macro_rules! theirs {
    () => {
        "(SELECT json_extract(t.ticket, '$.id') FROM tickets t WHERE t.customer = ?1)"
    };
}
/// Files of the tickets' entries, drafts included.
const FILES: &str = concat!(
    "
SELECT DISTINCT json_extract(f.value, '$.hash') FROM events e JOIN event_bodies b ON b.gseq = e.gseq
  JOIN json_each(b.body, iif(e.kind = 'ticket', '$.comment.files', '$.draft.files')) f
 WHERE e.kind IN ('ticket', 'ticket_made')
   AND iif(e.kind = 'ticket', json_extract(b.body, '$.ticket'), json_extract(b.body, '$.draft.id')) IN ",
    theirs!()
);
const WIPE_EVENTS: &str = concat!(
    "
DELETE FROM event_bodies WHERE gseq IN (
  SELECT e.gseq FROM events e JOIN event_bodies b ON b.gseq = e.gseq
   WHERE e.kind = 'ticket' AND json_extract(b.body, '$.what') IN ('updated', 'rated', 'item_put')
     AND json_extract(b.body, '$.ticket') IN ",
    theirs!(),
    ")"
);
const WIPE_WORDS_ELSEWHERE: &str = "
UPDATE event_bodies SET body = json_remove(body, '$.comment') WHERE gseq IN (
  SELECT e.gseq FROM events e JOIN event_bodies b ON b.gseq = e.gseq
   WHERE e.kind = 'ticket' AND e.by = ?1 AND json_extract(b.body, '$.what') = 'updated')";
const WIPE_ROWS: &str = "
UPDATE tickets SET ticket = json_set(ticket, '$.subject', '', '$.description', '', '$.product', '', '$.release', '',
  '$.files', json('[]'), '$.custom', json('{}'), '$.checklist', json('{}'), '$.rating', NULL) WHERE customer = ?1";
/// Letters that wait may name them; one of the day tells of several, and is rather not sent.
const DROP_LETTERS: &str = "
DELETE FROM letters WHERE state = 'waiting' AND EXISTS (
  SELECT 1 FROM tickets t WHERE t.customer = ?1
     AND (letters.key LIKE 'tickets/%' OR letters.key LIKE 'ticket/' || json_extract(t.ticket, '$.id') || '/%'))";
const LET_GO_THERE: &str = "
DELETE FROM blob_streams WHERE hash = ?2 AND stream IN (
  SELECT s.id FROM tickets t JOIN streams s ON s.name = 'ticket/' || json_extract(t.ticket, '$.id')
   WHERE t.customer = ?1)";
/// The firm's people hold it no longer, unless another entry that they read has it.
const LET_GO_OF_STAFF: &str = "
DELETE FROM blob_streams WHERE hash = ?1 AND stream = (SELECT id FROM streams WHERE name = 'staff')
   AND NOT EXISTS (SELECT 1 FROM events e JOIN event_bodies b ON b.gseq = e.gseq
                    WHERE e.kind IN ('ticket', 'ticket_made') AND instr(b.body, ?2) > 0)";

/// Wipes; answers the files that were in the tickets and may have no other holder. Bodies of drafts are wiped
/// with whatever else names the person as its customer, after this.
pub(super) async fn erase(db: &mut Db, person: PersonId) -> Answer<Vec<String>> {
    let here = at("keeping.tickets");
    let files: Vec<(String,)> = sqlx::query_as(FILES).bind(bytes(person.0)).fetch_all(&mut *db).await.map_err(here)?;
    for sql in [WIPE_EVENTS, WIPE_WORDS_ELSEWHERE, WIPE_ROWS, DROP_LETTERS] {
        sqlx::query(sql).bind(bytes(person.0)).execute(&mut *db).await.map_err(here)?;
    }
    Ok(files.into_iter().map(|(file,)| file).collect())
}

/// Lets go of the files once no body names them; answers their hashes.
pub(super) async fn let_go(db: &mut Db, person: PersonId, files: Vec<String>) -> Answer<Vec<Vec<u8>>> {
    let here = at("keeping.ticket_files");
    let mut hashes = Vec::new();
    for file in files {
        let one = blake3::Hash::from_hex(&file).map_err(|_| StoreError::Corrupt("event_bodies"))?;
        let one = one.as_bytes().to_vec();
        let query = sqlx::query(LET_GO_THERE).bind(bytes(person.0)).bind(one.clone());
        query.execute(&mut *db).await.map_err(here)?;
        sqlx::query(LET_GO_OF_STAFF).bind(one.clone()).bind(file).execute(&mut *db).await.map_err(here)?;
        hashes.push(one);
    }
    Ok(hashes)
}
