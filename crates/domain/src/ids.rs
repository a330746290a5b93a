//! Names of things: UUIDv7, so that ids sort by the time they were made.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl $name {
            /// The 16 bytes kept in SQL.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            /// Reads the 16 bytes kept in SQL.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A person at one desk: customer, specialist or owner.
    PersonId,
    /// A client organisation of the desk, or the support firm itself.
    OrganisationId,
    /// A queue with people and rules.
    LineId,
    /// A contract of a client organisation.
    ContractId,
    /// What a customer asks for.
    RequestId,
    /// The talk that follows; has the same value as its request.
    ConversationId,
    /// One message; the sender's operation id.
    MessageId,
    /// A promise of work.
    TicketId,
    /// What sort of work, as the owner named it.
    TrackerId,
    /// What a ticket is about, as the owner named it.
    CategoryId,
    /// A field of the owner's own in a tracker.
    FieldId,
    /// One line of a checklist.
    ItemId,
    /// A remote session (D19).
    SessionId,
    /// A group of specialists.
    GroupId,
    /// An offer to take a conversation over.
    TransferId,
    /// An invitation into a conversation.
    InvitationId,
    /// A key of the API.
    KeyId,
    /// A webhook.
    WebhookId,
    /// A client's operation: the idempotency key for ever (D10).
    OpId,
}
