//! Invitations into talks.

use opora_domain::{ConversationId, InvitationId, MessageId, PersonId, invitation::Ended};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An invitation that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationView {
    /// Which.
    pub id: InvitationId,
    /// Into which talk.
    pub conversation: ConversationId,
    /// Who is asked.
    pub name: String,
    /// Who asks.
    pub by: String,
    /// What for, in that one's words; may be empty.
    pub words: String,
    /// The customer whose talk it is, and the organisation; empty when one may not know.
    pub customer: String,
    /// The organisation.
    pub organisation: String,
    /// First words of what the customer asked; empty when one may not know.
    pub subject: String,
    /// Milliseconds left when this view was made.
    #[ts(type = "number")]
    pub left_ms: i64,
    /// Milliseconds from the beginning to the deadline.
    #[ts(type = "number")]
    pub life_ms: i64,
}

/// How an invitation ended that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationTold {
    /// Which.
    pub id: InvitationId,
    /// Into which talk.
    pub conversation: ConversationId,
    /// Who was asked.
    pub name: String,
    /// How.
    pub how: Ended,
}

/// What one is asked into, and who is asked into one's talks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationsView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// To oneself, what lapses first in front.
    pub incoming: Vec<InvitationView>,
    /// Into talks that one is in.
    pub outgoing: Vec<InvitationView>,
    /// The last of each person who said no, or nothing, while the talk goes on.
    pub told: Vec<InvitationTold>,
}

/// Ask somebody into a talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteIn {
    /// Which talk.
    pub conversation: ConversationId,
    /// Whom.
    pub person: PersonId,
    /// From this message on; none: from the beginning.
    pub from: Option<MessageId>,
    /// What for; may be empty.
    pub words: String,
}

/// Names an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationRef {
    /// Which.
    pub invitation: InvitationId,
}

/// "Not me."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclineInvitation {
    /// Which.
    pub invitation: InvitationId,
    /// Why.
    pub reason: String,
}
