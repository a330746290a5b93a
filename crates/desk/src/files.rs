//! What the desk knows of files; the bytes themselves are the server's.

use opora_domain::PersonId;
use uuid::Uuid;

use crate::{
    desk::{Desk, DeskError},
    record::Upload,
    store::{Store, Tx},
};

impl<S: Store> Desk<S> {
    /// Size of a blob that this person may read; none also when there is no such blob.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn blob_size(&self, person: PersonId, hash: [u8; 32]) -> Result<Option<u64>, DeskError> {
        Ok(self.inner.store.blob(person, hash).await?)
    }

    /// An upload of this person.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn upload(&self, person: PersonId, id: Uuid) -> Result<Option<Upload>, DeskError> {
        Ok(self.inner.store.upload(person, id).await?)
    }

    /// Begins an upload.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn add_upload(&self, upload: Upload) -> Result<(), DeskError> {
        let (mut tx, now) = (self.inner.store.begin().await?, self.now());
        tx.add_upload(&upload, now).await?;
        tx.commit(now).await?;
        Ok(())
    }

    /// Keeps the offset up to which bytes are safe on disk; `false` when it moved meanwhile.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn move_upload(&self, upload: &Upload, to: u64) -> Result<bool, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let moved = tx.move_upload(upload.id, upload.offset, to).await?;
        tx.commit(self.now()).await?;
        Ok(moved)
    }

    /// Forgets an upload.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn drop_upload(&self, upload: Uuid) -> Result<(), DeskError> {
        let mut tx = self.inner.store.begin().await?;
        tx.drop_upload(upload).await?;
        tx.commit(self.now()).await?;
        Ok(())
    }

    /// The upload is a blob now: verified, and durable under its hash.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn finish_upload(&self, upload: &Upload) -> Result<(), DeskError> {
        let (mut tx, now) = (self.inner.store.begin().await?, self.now());
        tx.add_blob(upload.hash, upload.size, upload.person, now).await?;
        tx.drop_upload(upload.id).await?;
        tx.commit(now).await?;
        Ok(())
    }
}
