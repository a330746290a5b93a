//! Reading beside the writer, and beginning to write.

use opora_desk::{
    record::{Entry, Feed, Firm, Person, Screen, Server, Upload},
    store::{Answer, Store},
};
use opora_domain::{ConversationId, PersonId, PublicKey, SessionId, Timestamp};
use opora_wire::event::{Event, Stream};
use sqlx::{Sqlite, Transaction, pool::PoolConnection};
use uuid::Uuid;

use crate::{SqliteStore, SqliteTx, blobs, error::at, log, people, queue, screens};

impl SqliteStore {
    pub(crate) async fn reader(&self) -> Answer<PoolConnection<Sqlite>> {
        self.readers.acquire().await.map_err(at("store.reader"))
    }

    /// Several reads of one moment.
    pub(crate) async fn snapshot(&self) -> Answer<Transaction<'static, Sqlite>> {
        self.readers.begin().await.map_err(at("store.snapshot"))
    }
}

impl Store for SqliteStore {
    type Tx = SqliteTx;

    async fn begin(&self) -> Answer<SqliteTx> {
        let tx = self.writer.begin().await?;
        Ok(SqliteTx::new(tx, self.seal.clone()))
    }

    async fn firm(&self) -> Answer<Firm> {
        people::firm(&mut *self.reader().await?).await
    }

    async fn head(&self) -> Answer<i64> {
        log::head(&mut *self.reader().await?).await
    }

    async fn feed(&self, person: PersonId, after: i64, most: i64) -> Answer<Feed> {
        log::feed(&mut *self.snapshot().await?, person, after, most).await
    }

    async fn fetch(
        &self,
        person: PersonId,
        stream: Stream,
        from: i64,
        to: i64,
        most: i64,
    ) -> Answer<Option<Vec<Event>>> {
        log::fetch(&mut *self.reader().await?, person, stream, (from, to), most).await
    }

    async fn owner_of(&self, device: PublicKey) -> Answer<Option<Person>> {
        let mut db = self.reader().await?;
        match people::owner_of(&mut db, device).await? {
            Some(person) => people::person(&mut db, person).await,
            None => Ok(None),
        }
    }

    async fn queue(&self) -> Answer<Vec<Entry>> {
        queue::entries(&mut *self.reader().await?).await
    }

    async fn servers(&self) -> Answer<Vec<Server>> {
        queue::servers(&mut *self.snapshot().await?).await
    }

    async fn peers(&self, person: PersonId) -> Answer<Vec<PersonId>> {
        log::peers(&mut *self.reader().await?, person).await
    }

    async fn members(&self, conversation: ConversationId) -> Answer<Vec<PersonId>> {
        log::members(&mut *self.reader().await?, conversation).await
    }

    async fn screen(&self, id: SessionId) -> Answer<Option<Screen>> {
        screens::get(&mut *self.reader().await?, id).await
    }

    async fn unanswered(&self, before: Timestamp) -> Answer<Vec<SessionId>> {
        screens::unanswered(&mut *self.reader().await?, before).await
    }

    async fn blob(&self, person: PersonId, hash: [u8; 32]) -> Answer<Option<u64>> {
        blobs::readable(&mut *self.reader().await?, person, hash).await
    }

    async fn upload(&self, person: PersonId, id: Uuid) -> Answer<Option<Upload>> {
        blobs::upload(&mut *self.reader().await?, person, id).await
    }
}
