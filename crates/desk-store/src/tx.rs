//! One transaction: each call goes to the module of its tables.

use opora_desk::{
    record::{Caller, Firm, Invite, NewEvent, OpKey, Person, Request, Screen, Upload},
    store::{Answer, Tx},
};
use opora_domain::{
    ConversationId, LineId, MessageId, OrganisationId, PersonId, PublicKey, RequestId, SessionId, Timestamp,
    rating::Rating, request, session, signed::Signed,
};
use opora_wire::{OpResult, event::Stream, hello::Device};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::{blobs, log, people, queue, screens, seal::Seal, talk, writer::Writing};

/// A transaction of the one writer. Dropping it rolls back.
#[derive(Debug)]
pub struct SqliteTx {
    tx: Writing,
    seal: Seal,
    events: Vec<NewEvent>,
}

impl SqliteTx {
    pub(crate) fn new(tx: Writing, seal: Seal) -> Self {
        Self { tx, seal, events: Vec::new() }
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
    }

    /// The connection, for the modules that implement a noun's part of [`Tx`] themselves.
    pub(crate) fn db(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }
}

impl Tx for SqliteTx {
    async fn commit(mut self, now: Timestamp) -> Answer<i64> {
        let last = log::append(&mut self.tx, self.events, now).await?;
        self.tx.commit().await?;
        Ok(last)
    }

    fn append(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    async fn caller(&mut self, key: OpKey) -> Answer<Option<Caller>> {
        people::caller(&mut self.tx, key).await
    }

    async fn save_op(&mut self, key: OpKey, result: &OpResult, now: Timestamp) -> Answer<()> {
        log::save_op(&mut self.tx, key, result, now).await
    }

    async fn firm(&mut self) -> Answer<Firm> {
        people::firm(&mut self.tx).await
    }

    async fn set_founding_seed(&mut self, seed: Option<[u8; 32]>) -> Answer<()> {
        people::set_founding_seed(&mut self.tx, seed).await
    }

    async fn set_feed_epoch(&mut self, epoch: Uuid) -> Answer<()> {
        people::set_feed_epoch(&mut self.tx, epoch).await
    }

    async fn found(&mut self, name: &str, key: PublicKey) -> Answer<()> {
        people::found(&mut self.tx, name, key).await
    }

    async fn put_line(&mut self, line: LineId, name: &str) -> Answer<()> {
        people::put_line(&mut self.tx, line, name).await
    }

    async fn line_name(&mut self, line: LineId) -> Answer<Option<String>> {
        people::line_name(&mut self.tx, line).await
    }

    async fn has_line(&mut self, line: LineId) -> Answer<bool> {
        people::has_line(&mut self.tx, line).await
    }

    async fn put_organisation(&mut self, id: OrganisationId, name: &str) -> Answer<()> {
        people::put_organisation(&mut self.tx, id, name).await
    }

    async fn organisation(&mut self, id: OrganisationId) -> Answer<Option<String>> {
        people::organisation(&mut self.tx, id).await
    }

    async fn person(&mut self, id: PersonId) -> Answer<Option<Person>> {
        people::person(&mut self.tx, id).await
    }

    async fn add_person(&mut self, person: &Person, now: Timestamp) -> Answer<()> {
        people::add_person(&mut self.tx, person, now).await
    }

    async fn set_joined(&mut self, id: PersonId, now: Timestamp) -> Answer<()> {
        people::set_joined(&mut self.tx, id, now).await
    }

    async fn invite(&mut self, key: PublicKey) -> Answer<Option<Invite>> {
        people::invite(&mut self.tx, key).await
    }

    async fn add_invite(&mut self, invite: &Invite, now: Timestamp) -> Answer<bool> {
        people::add_invite(&mut self.tx, invite, now).await
    }

    async fn use_invite(
        &mut self,
        key: PublicKey,
        person: PersonId,
        admission: &Signed,
        device: PublicKey,
        now: Timestamp,
    ) -> Answer<bool> {
        people::use_invite(&mut self.tx, key, person, admission, device, now).await
    }

    async fn owner_of(&mut self, device: PublicKey) -> Answer<Option<PersonId>> {
        people::owner_of(&mut self.tx, device).await
    }

    async fn add_device(&mut self, person: PersonId, device: &Device, now: Timestamp) -> Answer<()> {
        people::add_device(&mut self.tx, person, device, now).await
    }

    async fn devices(&mut self, person: PersonId) -> Answer<Vec<Device>> {
        people::devices(&mut self.tx, person).await
    }

    async fn grant(&mut self, person: PersonId, stream: Stream, from: i64) -> Answer<bool> {
        log::grant(&mut self.tx, person, stream, from, log::Silent::No).await
    }

    async fn grant_silently(&mut self, person: PersonId, stream: Stream, from: i64) -> Answer<bool> {
        log::grant(&mut self.tx, person, stream, from, log::Silent::Yes).await
    }

    async fn revoke(&mut self, person: PersonId, stream: Stream) -> Answer<bool> {
        log::revoke(&mut self.tx, person, stream).await
    }

    async fn leave(&mut self, person: PersonId, stream: Stream) -> Answer<bool> {
        let gathered = self.events.iter().filter(|event| event.stream == stream).count();
        log::leave(&mut self.tx, person, stream, gathered).await
    }

    async fn may_read(&mut self, person: PersonId, stream: Stream) -> Answer<bool> {
        Ok(log::right(&mut self.tx, person, stream).await?.is_some_and(|right| right.to.is_none()))
    }

    async fn is_member(&mut self, person: PersonId, stream: Stream) -> Answer<bool> {
        log::is_member(&mut self.tx, person, stream).await
    }

    async fn open_conversations(&mut self, person: PersonId) -> Answer<Vec<ConversationId>> {
        log::open_conversations(&mut self.tx, person).await
    }

    async fn stream_head(&mut self, stream: Stream) -> Answer<i64> {
        Ok(log::stream(&mut self.tx, stream).await?.1)
    }

    async fn has_event(&mut self, id: Uuid) -> Answer<bool> {
        log::has_event(&mut self.tx, id).await
    }

    async fn add_request(&mut self, request: &Request) -> Answer<()> {
        queue::add(&mut self.tx, request).await
    }

    async fn request(&mut self, id: RequestId) -> Answer<Option<Request>> {
        queue::get(&mut self.tx, id).await
    }

    async fn move_request(&mut self, id: RequestId, epoch: i64, to: request::State) -> Answer<bool> {
        queue::move_to(&mut self.tx, id, epoch, to).await
    }

    async fn take_load(&mut self, person: PersonId) -> Answer<bool> {
        queue::take_load(&mut self.tx, person).await
    }

    async fn free_load(&mut self, person: PersonId, now: Timestamp) -> Answer<()> {
        queue::free_load(&mut self.tx, person, now).await
    }

    async fn add_pass(&mut self, request: RequestId, person: PersonId, rests_until: Timestamp) -> Answer<()> {
        queue::add_pass(&mut self.tx, request, person, rests_until).await
    }

    async fn see(&mut self, conversation: ConversationId, person: PersonId, up_to: i64) -> Answer<bool> {
        talk::see(&mut self.tx, conversation, person, up_to).await
    }

    async fn rate(&mut self, conversation: ConversationId, rating: &Rating, now: Timestamp) -> Answer<()> {
        talk::rate(&mut self.tx, conversation, rating, now).await
    }

    async fn has_message(&mut self, conversation: ConversationId, message: MessageId) -> Answer<bool> {
        log::has_message(&mut self.tx, conversation, message.0).await
    }

    async fn blob(&mut self, person: PersonId, hash: [u8; 32]) -> Answer<Option<u64>> {
        blobs::readable(&mut self.tx, person, hash).await
    }

    async fn share_blob(&mut self, hash: [u8; 32], stream: Stream) -> Answer<()> {
        blobs::share(&mut self.tx, hash, stream).await
    }

    async fn add_screen(&mut self, screen: &Screen) -> Answer<()> {
        screens::add(&mut self.tx, screen).await
    }

    async fn screen(&mut self, id: SessionId) -> Answer<Option<Screen>> {
        screens::get(&mut self.tx, id).await
    }

    async fn move_screen(&mut self, screen: &Screen, from: session::State) -> Answer<bool> {
        screens::move_from(&mut self.tx, screen, from).await
    }

    async fn open_screens(&mut self, conversation: ConversationId) -> Answer<Vec<Screen>> {
        screens::open(&mut self.tx, conversation).await
    }

    async fn add_upload(&mut self, upload: &Upload, now: Timestamp) -> Answer<()> {
        blobs::add_upload(&mut self.tx, upload, now).await
    }

    async fn move_upload(&mut self, id: Uuid, from: u64, to: u64) -> Answer<bool> {
        blobs::move_upload(&mut self.tx, id, from, to).await
    }

    async fn drop_upload(&mut self, id: Uuid) -> Answer<()> {
        blobs::drop_upload(&mut self.tx, id).await
    }

    async fn add_blob(&mut self, hash: [u8; 32], size: u64, person: PersonId, now: Timestamp) -> Answer<()> {
        blobs::add(&mut self.tx, hash, size, person, now).await
    }
}
