//! Forgetting what has outlived its time.

use opora_domain::LineId;
use opora_wire::{
    event::EventBody,
    keeping::{Event, Previewed},
};

use crate::{
    desk::{Desk, DeskError},
    store::{Store, Tx, keeping::KeepingTx},
};

/// Talks of one transaction: others want to write too.
const MOST: u32 = 20;

impl<S: Store> Desk<S> {
    /// Wipes words and files of closed talks whose time has come, and tells every copy to.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_outlived(&self) -> Result<(), DeskError> {
        loop {
            let (now, mut tx) = (self.now(), self.inner.store.begin().await?);
            let talks = tx.outlived(now, MOST).await?;
            if talks.is_empty() {
                return Ok(());
            }
            for conversation in talks {
                let (streams, _) = tx.forget_talk(conversation, now).await?;
                for stream in streams {
                    tx.append(self.own_event(stream, EventBody::Keeping(Event::Forgotten { conversation })));
                }
            }
            self.commit(tx, now).await?;
        }
    }

    /// What would go if closed talks of a line were kept for so many days.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn preview(&self, line: LineId, days: u32) -> Result<Previewed, DeskError> {
        Ok(self.inner.store.preview(line, days, self.now()).await?)
    }

    /// Files to be taken off the disk, and whether somebody holds them again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn files_to_drop(&self, most: u32) -> Result<Vec<([u8; 32], bool)>, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let mut files = Vec::new();
        for hash in tx.to_drop(most).await? {
            files.push((hash, tx.has_blob(hash).await?));
        }
        Ok(files)
    }

    /// A file is off the disk, or stays for its new holder.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn file_dropped(&self, hash: [u8; 32]) -> Result<(), DeskError> {
        let mut tx = self.inner.store.begin().await?;
        tx.dropped(hash).await?;
        tx.commit(self.now()).await?;
        Ok(())
    }

    /// Waits until somebody was erased.
    pub async fn erased(&self) {
        self.inner.erased.notified().await;
    }
}
