//! The port to what is kept (D13).
//!
//! A [`Tx`] is one transaction with exclusive write access to what it touches. Events are gathered
//! and numbered at commit: first the streams, then the desk's counter, so that commit order is
//! number order and a rollback leaves no hole. What a transaction reads may be of another that is not
//! durable yet: whoever tells a client of it commits first, also when nothing was written. Guards (`move_request`, `take_load`, `use_invite`)
//! are decided by the engine in the write itself and answer `false` when they do not hold.
//! Nothing here may need what only one engine can do.

pub mod api;
mod contract;
mod device;
mod hours;
pub mod invitation;
pub mod keeping;
pub mod mail;
pub mod reports;
pub mod routing;
mod structure;
pub mod supervision;
pub mod ticket;
pub mod totp;
pub mod transfer;
pub mod vendor;
pub mod webhook;

use std::future::Future;

use opora_domain::{
    ConversationId, LineId, MessageId, OrganisationId, PersonId, PublicKey, RequestId, SessionId, Timestamp,
    rating::Rating, request, session, signed::Signed,
};
use opora_wire::{
    OpResult,
    event::{Event, Stream},
    hello::Device,
};
use uuid::Uuid;

pub use api::ListingStore;
pub use contract::{ContractsStore, ContractsTx, Renewal, TimeSpent};
pub use device::{DeviceRow, DevicesRead, DevicesTx, VouchingRow};
pub use hours::{HoursStore, HoursTx};
pub use reports::{Milestones, ReportsStore, ReportsTx};
pub use structure::{Asked, StructureRead, StructureTx};
pub use supervision::{Acted, SupervisionStore, SupervisionTx};
pub use webhook::WebhooksStore;

use crate::record::{Caller, Entry, Feed, Firm, Invite, NewEvent, OpKey, Person, Request, Screen, Server, Upload};

/// The store failed; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left.
    #[error("the disk is full")]
    DiskFull,
    /// Too many write at once; nothing was tried.
    #[error("too much at once")]
    Busy,
    /// What was read cannot be understood.
    #[error("{0} holds what cannot be read")]
    Corrupt(&'static str),
    /// Written by a newer desk.
    #[error("the data was written by a newer version")]
    Newer,
    /// Anything else.
    #[error("{at} failed")]
    Engine {
        /// Which operation.
        at: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What a store operation answers.
pub type Answer<T> = Result<T, StoreError>;

/// Keeps everything that must not be lost.
pub trait Store:
    ContractsStore
    + DevicesRead
    + HoursStore
    + ReportsStore
    + StructureRead
    + SupervisionStore
    + routing::RoutingStore
    + mail::MailStore
    + keeping::KeepingStore
    + transfer::TransfersStore
    + invitation::InvitationsStore
    + ticket::TicketsStore
    + ListingStore
    + WebhooksStore
    + Clone
    + Send
    + Sync
    + 'static
{
    /// Its transaction.
    type Tx: Tx;

    /// Begins a transaction; waits while another one writes.
    fn begin(&self) -> impl Future<Output = Answer<Self::Tx>> + Send;
    /// The firm.
    fn firm(&self) -> impl Future<Output = Answer<Firm>> + Send;
    /// The highest `gseq`.
    fn head(&self) -> impl Future<Output = Answer<i64>> + Send;
    /// Events after `after` in the streams this person may read, `most` at most.
    fn feed(&self, person: PersonId, after: i64, most: i64) -> impl Future<Output = Answer<Feed>> + Send;
    /// The newest `most` events of `stream` with `seq` in `from..=to`; none when it may not be read.
    fn fetch(
        &self,
        person: PersonId,
        stream: Stream,
        from: i64,
        to: i64,
        most: i64,
    ) -> impl Future<Output = Answer<Option<Vec<Event>>>> + Send;
    /// Whose device it is.
    fn owner_of(&self, device: PublicKey) -> impl Future<Output = Answer<Option<Person>>> + Send;
    /// Requests that wait or are offered, in no order.
    fn queue(&self) -> impl Future<Output = Answer<Vec<Entry>>> + Send;
    /// Specialists and owner.
    fn servers(&self) -> impl Future<Output = Answer<Vec<Server>>> + Send;
    /// People who share an open conversation with this person, without the person.
    fn peers(&self, person: PersonId) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
    /// Members of a conversation.
    fn members(&self, conversation: ConversationId) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
    /// A remote session.
    fn screen(&self, id: SessionId) -> impl Future<Output = Answer<Option<Screen>>> + Send;
    /// Sessions in state `Requested` that were asked for at or before `before`.
    fn unanswered(&self, before: Timestamp) -> impl Future<Output = Answer<Vec<SessionId>>> + Send;
    /// Size of a blob that this person may read.
    fn blob(&self, person: PersonId, hash: [u8; 32]) -> impl Future<Output = Answer<Option<u64>>> + Send;
    /// An upload of this person.
    fn upload(&self, person: PersonId, id: Uuid) -> impl Future<Output = Answer<Option<Upload>>> + Send;
}

/// One transaction. Dropping it undoes everything.
pub trait Tx:
    ContractsTx
    + DevicesTx
    + HoursTx
    + StructureTx
    + routing::RoutingTx
    + mail::MailTx
    + keeping::KeepingTx
    + totp::TotpTx
    + ReportsTx
    + SupervisionTx
    + transfer::TransfersTx
    + invitation::InvitationsTx
    + vendor::VendorsTx
    + ticket::TicketsTx
    + api::KeysTx
    + webhook::WebhooksTx
    + Send
{
    /// Numbers and writes the gathered events, makes all durable and answers the last `gseq`.
    fn commit(self, now: Timestamp) -> impl Future<Output = Answer<i64>> + Send;
    /// Adds an event to the log. A `StreamOpened` gets the stream's head as of the commit.
    fn append(&mut self, event: NewEvent);

    // -- operations done before
    /// Who works at the device, and what the operation answered the first time; none when nobody does.
    fn caller(&mut self, key: OpKey) -> impl Future<Output = Answer<Option<Caller>>> + Send;
    /// Keeps an operation's answer.
    fn save_op(&mut self, key: OpKey, result: &OpResult, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;

    // -- firm, lines, organisations
    /// The firm.
    fn firm(&mut self) -> impl Future<Output = Answer<Firm>> + Send;
    /// Keeps the seed of the owner's first invite; `None` forgets it.
    fn set_founding_seed(&mut self, seed: Option<[u8; 32]>) -> impl Future<Output = Answer<()>> + Send;
    /// The feed begins anew.
    fn set_feed_epoch(&mut self, epoch: Uuid) -> impl Future<Output = Answer<()>> + Send;
    /// Names the firm and keeps its key.
    fn found(&mut self, name: &str, key: PublicKey) -> impl Future<Output = Answer<()>> + Send;
    /// Adds a line, or renames it.
    fn put_line(&mut self, line: LineId, name: &str) -> impl Future<Output = Answer<()>> + Send;
    /// A line's name.
    fn line_name(&mut self, line: LineId) -> impl Future<Output = Answer<Option<String>>> + Send;
    /// Whether the line exists.
    fn has_line(&mut self, line: LineId) -> impl Future<Output = Answer<bool>> + Send;
    /// Adds a client organisation, or renames it.
    fn put_organisation(&mut self, id: OrganisationId, name: &str) -> impl Future<Output = Answer<()>> + Send;
    /// A client organisation's name.
    fn organisation(&mut self, id: OrganisationId) -> impl Future<Output = Answer<Option<String>>> + Send;

    // -- people, invites, devices
    /// A person.
    fn person(&mut self, id: PersonId) -> impl Future<Output = Answer<Option<Person>>> + Send;
    /// Adds a person.
    fn add_person(&mut self, person: &Person, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// The person has redeemed an invite.
    fn set_joined(&mut self, id: PersonId, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// An invite.
    fn invite(&mut self, key: PublicKey) -> impl Future<Output = Answer<Option<Invite>>> + Send;
    /// Adds an invite; `false` when the key is known already.
    fn add_invite(&mut self, invite: &Invite, now: Timestamp) -> impl Future<Output = Answer<bool>> + Send;
    /// Marks an unused invite as used; `false` when another device was faster.
    fn use_invite(
        &mut self,
        key: PublicKey,
        person: PersonId,
        admission: &Signed,
        device: PublicKey,
        now: Timestamp,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// Whose device it is.
    fn owner_of(&mut self, device: PublicKey) -> impl Future<Output = Answer<Option<PersonId>>> + Send;
    /// Adds a device with its proof.
    fn add_device(
        &mut self,
        person: PersonId,
        device: &Device,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The person's devices, oldest first.
    fn devices(&mut self, person: PersonId) -> impl Future<Output = Answer<Vec<Device>>> + Send;

    // -- rights
    /// Gives the right to a stream from `from`; `false` when the person had it.
    fn grant(&mut self, person: PersonId, stream: Stream, from: i64) -> impl Future<Output = Answer<bool>> + Send;
    /// As [`Tx::grant`], without the person becoming a member whom others learn of.
    fn grant_silently(
        &mut self,
        person: PersonId,
        stream: Stream,
        from: i64,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// Takes the right to a stream; `false` when the person had none.
    fn revoke(&mut self, person: PersonId, stream: Stream) -> impl Future<Output = Answer<bool>> + Send;
    /// What the person may read of a stream ends with what is in it now, events gathered here
    /// included; `false` when it had ended or never began. See [`Tx::grant`] for coming back.
    fn leave(&mut self, person: PersonId, stream: Stream) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether the person may read what comes into the stream.
    fn may_read(&mut self, person: PersonId, stream: Stream) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether the person reads the stream as a member, whom the others know of.
    fn is_member(&mut self, person: PersonId, stream: Stream) -> impl Future<Output = Answer<bool>> + Send;
    /// Open conversations of a person.
    fn open_conversations(&mut self, person: PersonId) -> impl Future<Output = Answer<Vec<ConversationId>>> + Send;
    /// Last `seq` of a stream, events gathered here not counted.
    fn stream_head(&mut self, stream: Stream) -> impl Future<Output = Answer<i64>> + Send;
    /// Whether an event has this id.
    fn has_event(&mut self, id: Uuid) -> impl Future<Output = Answer<bool>> + Send;

    // -- requests and load
    /// Adds a request.
    fn add_request(&mut self, request: &Request) -> impl Future<Output = Answer<()>> + Send;
    /// A request.
    fn request(&mut self, id: RequestId) -> impl Future<Output = Answer<Option<Request>>> + Send;
    /// Moves a request that is still at `epoch`, to `epoch + 1`; `false` when it is not.
    fn move_request(
        &mut self,
        id: RequestId,
        epoch: i64,
        to: request::State,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// One more in this person's hands; `false` when they are full.
    fn take_load(&mut self, person: PersonId) -> impl Future<Output = Answer<bool>> + Send;
    /// One less. Not for a request on hold, which has none: see `Doing::let_go`.
    fn free_load(&mut self, person: PersonId, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// The person passed on a request, and is not asked again before `rests_until`.
    fn add_pass(
        &mut self,
        request: RequestId,
        person: PersonId,
        rests_until: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;

    // -- talk
    /// Moves a person's mark forward; `false` when it was there or further.
    fn see(
        &mut self,
        conversation: ConversationId,
        person: PersonId,
        up_to: i64,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// Keeps a rating; a later one takes its place.
    fn rate(
        &mut self,
        conversation: ConversationId,
        rating: &Rating,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Whether a message of this conversation has this id.
    fn has_message(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// Size of a blob that this person may read.
    fn blob(&mut self, person: PersonId, hash: [u8; 32]) -> impl Future<Output = Answer<Option<u64>>> + Send;
    /// Who may read the stream may read the blob.
    fn share_blob(&mut self, hash: [u8; 32], stream: Stream) -> impl Future<Output = Answer<()>> + Send;

    // -- remote sessions
    /// Adds a session.
    fn add_screen(&mut self, screen: &Screen) -> impl Future<Output = Answer<()>> + Send;
    /// A session.
    fn screen(&mut self, id: SessionId) -> impl Future<Output = Answer<Option<Screen>>> + Send;
    /// Writes state, scopes and the controlled device of a session that is still in `from`.
    fn move_screen(&mut self, screen: &Screen, from: session::State) -> impl Future<Output = Answer<bool>> + Send;
    /// Sessions of a conversation that are not over.
    fn open_screens(&mut self, conversation: ConversationId) -> impl Future<Output = Answer<Vec<Screen>>> + Send;

    // -- uploads
    /// Adds an upload.
    fn add_upload(&mut self, upload: &Upload, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// Moves the safe offset from one place to the next; `false` when it is elsewhere.
    fn move_upload(&mut self, id: Uuid, from: u64, to: u64) -> impl Future<Output = Answer<bool>> + Send;
    /// Forgets an upload.
    fn drop_upload(&mut self, id: Uuid) -> impl Future<Output = Answer<()>> + Send;
    /// A verified blob exists; `person` sent it.
    fn add_blob(
        &mut self,
        hash: [u8; 32],
        size: u64,
        person: PersonId,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
}
