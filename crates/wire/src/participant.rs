//! Who else is in a talk: a second specialist, another customer of the same organisation. Each is asked first.

use opora_domain::{ConversationId, InvitationId, MessageId, PersonId, Span, invitation::Ended, role::Role};
use serde::{Deserialize, Serialize};

use crate::{Stream, hello::Device};

/// What people can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// The owner asks somebody in.
    Invite {
        /// Made by the client.
        invitation: InvitationId,
        /// Into which talk.
        conversation: ConversationId,
        /// Whom.
        person: PersonId,
        /// The first message the person may read; none: from the beginning.
        from: Option<MessageId>,
        /// What for; the person reads it before answering.
        words: String,
    },
    /// Come in.
    Accept {
        /// By which invitation.
        invitation: InvitationId,
    },
    /// "Not me."
    Decline {
        /// Which invitation.
        invitation: InvitationId,
        /// Why; the firm's people in the talk read it.
        reason: String,
    },
    /// Take an invitation back.
    Withdraw {
        /// Which.
        invitation: InvitationId,
    },
    /// Go out of a talk that somebody else owns.
    Leave {
        /// Which.
        conversation: ConversationId,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// In the staff's side of the talk, and in the person's own stream: somebody is asked in.
    Invited {
        /// Which invitation.
        invitation: InvitationId,
        /// Into which talk.
        conversation: ConversationId,
        /// Who is asked.
        person: PersonId,
        /// The name.
        name: String,
        /// Who asks.
        by_name: String,
        /// What for.
        words: String,
        /// How long it stands.
        life: Span,
    },
    /// In the same streams: it is over.
    InvitationEnded {
        /// Which.
        invitation: InvitationId,
        /// Into which talk.
        conversation: ConversationId,
        /// Who was asked.
        person: PersonId,
        /// How.
        how: Ended,
    },
    /// In the talk: somebody is not in it any more.
    Left {
        /// Who.
        person: PersonId,
    },
    /// In the person's own stream, before `StreamOpened`: nothing before `from` can be read.
    ReadsFrom {
        /// Which stream.
        stream: Stream,
        /// First `seq`.
        from: i64,
    },
    /// In the person's own stream: who was in the talk already, for one who reads it from later on.
    Introduced {
        /// Which talk.
        conversation: ConversationId,
        /// Everybody in it.
        members: Vec<Member>,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// Somebody in a talk, as `Joined` says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Firm or client organisation.
    pub organisation: String,
    /// The person's devices, with their proofs.
    pub devices: Vec<Device>,
}
