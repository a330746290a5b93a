//! What the owner's program holds for a while when people are brought in: fresh invites, a table that
//! is being imported, asks that were not believed.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use opora_domain::PublicKey;
use opora_ipc::structure::BulkInvites;

use crate::import::Import;

/// Kept in memory alone: it holds secrets of invites.
#[derive(Default)]
pub(crate) struct Bringing {
    invites: Mutex<BulkInvites>,
    import: Mutex<Option<Import>>,
    answering: AtomicBool,
    refused: Mutex<BTreeSet<PublicKey>>,
}

impl Bringing {
    /// Invites that were just made; they take the place of earlier ones.
    pub(crate) fn keep_invites(&self, invites: BulkInvites) {
        *self.invites.lock().unwrap_or_else(PoisonError::into_inner) = invites;
    }

    /// The invites that were made last.
    pub(crate) fn invites(&self) -> BulkInvites {
        self.invites.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The table that is being imported.
    pub(crate) fn import(&self) -> MutexGuard<'_, Option<Import>> {
        self.import.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One answers at a time; `false` when somebody does already.
    pub(crate) fn begin_answering(&self) -> bool {
        !self.answering.swap(true, Ordering::AcqRel)
    }

    /// See [`Self::begin_answering`].
    pub(crate) fn end_answering(&self) {
        self.answering.store(false, Ordering::Release);
    }

    /// This ask is not looked at again.
    pub(crate) fn refuse(&self, invite_key: PublicKey) {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).insert(invite_key);
    }

    /// Whether it was refused before.
    pub(crate) fn was_refused(&self, invite_key: PublicKey) -> bool {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).contains(&invite_key)
    }
}
