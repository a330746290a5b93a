//! What one profile keeps on this machine (D9).
//!
//! Two SQLite files, because two things deserve two promises. [`Vault`] holds what exists nowhere
//! else (accounts, settings, everything written that the desk has not confirmed) and is synced to
//! the disk before anything is called saved. [`Cache`] holds the desk's log as far as it was
//! received, with the cursor in the same transaction; it can be built anew. [`Blobs`] holds files
//! under the hash of their content. [`ProfileLock`] keeps a second program out.
//!
//! One connection per file does all writing and reading, so SQLite never has to retry and no
//! second connection can disturb a checkpoint. A file that cannot be read is moved aside together
//! with its journal, never deleted.

pub mod blobs;
pub mod cache;
mod database;
pub mod error;
pub mod kept;
mod lock;
pub mod search;
pub mod vault;

pub use blobs::Blobs;
pub use cache::{Cache, StoredEvent};
pub use error::HistoryError;
pub use kept::KeptRow;
pub use lock::ProfileLock;
pub use vault::{Account, AccountId, DraftRow, NewOp, OpState, OutboxRow, Vault};
