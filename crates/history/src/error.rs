//! Why something could not be kept or read back.

use std::io;

/// A failure of vault, cache, blobs or lock.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// Another program has this profile open.
    #[error("another program uses this profile")]
    InUse,
    /// There is no room; nothing was saved.
    #[error("the disk is full")]
    DiskFull,
    /// The file was written by a newer version that older ones must not write.
    #[error("the file needs a newer version of this program")]
    Newer,
    /// The content does not have the hash it was asked for by.
    #[error("the content is damaged")]
    Damaged,
    /// SQLite refused.
    #[error("{at}: the database refused")]
    Database {
        /// Which function.
        at: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// A row does not mean anything.
    #[error("{0}: a row cannot be read")]
    Row(&'static str),
    /// A file could not be read or written.
    #[error("a file cannot be read or written")]
    File(#[source] io::Error),
}

/// SQLite's primary result codes (<https://sqlite.org/rescode.html>).
const SQLITE_FULL: &str = "13";
const SQLITE_CORRUPT: &str = "11";
const SQLITE_NOTADB: &str = "26";

/// Names the function in an error of SQLite.
pub(crate) fn at(at: &'static str) -> impl Fn(sqlx::Error) -> HistoryError {
    move |source| match code_of(&source).as_deref() {
        Some(SQLITE_FULL) => HistoryError::DiskFull,
        _ => HistoryError::Database { at, source },
    }
}

/// The file is not a sound database.
pub(crate) fn is_damage(error: &HistoryError) -> bool {
    let HistoryError::Database { source, .. } = error else { return matches!(error, HistoryError::Damaged) };
    matches!(code_of(source).as_deref(), Some(SQLITE_CORRUPT | SQLITE_NOTADB))
}

/// The primary code; extended codes carry it in their low byte.
fn code_of(error: &sqlx::Error) -> Option<String> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some((code & 0xff).to_string())
}

impl From<io::Error> for HistoryError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File(error),
        }
    }
}
