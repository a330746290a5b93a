//! What remote sessions need from the rest of the client.

use std::{future::Future, pin::Pin};

use ed25519_dalek::SigningKey;
use opora_domain::{ConversationId, PersonId, PublicKey, certificate::Certificate, role::Role};
use opora_ipc::{CoreEvent, UiError, shell::ShellRequest};
use opora_runtime::{Clock, Rng, Tasks};
use opora_wire::{OpBody, OpResult, hello::IceServer, signal::Signal};

/// A boxed future that may move between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The rest of the client, as sessions see it.
pub trait Office: Send + Sync + 'static {
    /// Sends an operation now, not through the outbox; fails when there is no network.
    fn execute(&self, body: OpBody) -> BoxFuture<Result<OpResult, UiError>>;

    /// Keeps an operation and sends it as soon as there is a network.
    fn later(&self, body: OpBody);

    /// Sends a transient frame to a device of a session; lost when there is no network.
    fn signal(&self, signal: Signal);

    /// Waits until one is in a talk as far as this device knows; not for ever.
    fn until_inside(&self, conversation: ConversationId) -> BoxFuture<()>;

    /// The device's own key.
    fn device(&self) -> SigningKey;

    /// The organisation that the invite pinned; none is an account that cannot have sessions.
    fn organisation_key(&self) -> Option<PublicKey>;

    /// Who one is at the desk.
    fn me(&self) -> Option<(PersonId, Role)>;

    /// A device of a member of the conversation, with the proof it showed.
    fn device_in(&self, conversation: ConversationId, device: PublicKey) -> Option<Certificate>;

    /// First words of what was asked in the conversation.
    fn subject(&self, conversation: ConversationId) -> String;

    /// STUN and TURN servers that the desk named.
    fn ice(&self) -> Vec<IceServer>;

    /// The display whose screen may be shown, like `:0`; none without one.
    fn display(&self) -> Option<String>;

    /// Media may use loopback addresses (tests, and a desk on the same machine).
    fn loopback(&self) -> bool;

    /// Tells the interface.
    fn emit(&self, event: CoreEvent);

    /// Asks the shell.
    fn shell(&self, request: ShellRequest);

    /// The next revision of a view.
    fn rev(&self) -> u64;

    /// The clock.
    fn clock(&self) -> Clock;

    /// Chance.
    fn rng(&self) -> Rng;

    /// Tasks of this program.
    fn tasks(&self) -> Tasks;
}
