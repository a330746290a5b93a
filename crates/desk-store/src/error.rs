//! From the engine's errors to the port's.

use opora_desk::store::StoreError;

/// SQLite's result code for a full disk.
const FULL: &str = "13";

/// Names the operation that failed.
pub(crate) fn at(operation: &'static str) -> impl Fn(sqlx::Error) -> StoreError + Copy {
    move |error| match &error {
        sqlx::Error::Database(inner) if inner.code().as_deref() == Some(FULL) => StoreError::DiskFull,
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        _ => StoreError::Engine { at: operation, source: Box::new(error) },
    }
}
