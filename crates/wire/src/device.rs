//! Devices of a person: adding one from another, naming, revoking; and asking for a new invite.

use opora_domain::{PersonId, PublicKey, Span, certificate::Certificate, signed::Signed};
use serde::{Deserialize, Serialize};

/// A link for a further device lives so long: two computers stand side by side.
pub const LINK_LIFE: Span = Span::minutes(30);

/// What is done about devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Whoever opens my link is a further device of mine. Anybody may, for oneself.
    Vouch {
        /// Public half of the link's key.
        link_key: PublicKey,
        /// `certificate::Vouching`, signed by this device.
        vouching: Signed,
    },
    /// A device's name in the list. One's own devices.
    Name {
        /// Which.
        device: PublicKey,
        /// Its name.
        name: String,
    },
    /// It is a device of that person no longer. One's own, except the one that says it; the owner anyone's.
    Revoke {
        /// Which.
        device: PublicKey,
    },
    /// A customer needs a new invite, and I have checked who it is. Staff; the owner's device answers.
    AskInvite {
        /// For whom.
        person: PersonId,
        /// Public half of the invite's key.
        invite_key: PublicKey,
        /// `certificate::InviteAsk`, signed by this device.
        ask: Signed,
    },
}

/// What happened to devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "an event is moved once and kept as text")]
pub enum Event {
    /// In `staff` and the person's own stream: a person has this device.
    Added {
        /// Who.
        person: PersonId,
        /// Which.
        device: PublicKey,
        /// What it is called: at first the kind of its system.
        name: String,
        /// The device that vouched for it; none when an invite was redeemed.
        vouched_by: Option<PublicKey>,
    },
    /// In `staff` and the person's own stream.
    Named {
        /// Who.
        person: PersonId,
        /// Which.
        device: PublicKey,
        /// What it is called.
        name: String,
    },
    /// In `desk`, so that everybody learns of it and nobody believes it again. It names no person.
    Revoked {
        /// Which.
        device: PublicKey,
    },
    /// In `staff`: a specialist asks for a new invite for a customer.
    InviteAsked {
        /// For whom.
        person: PersonId,
        /// Public half of the invite's key.
        invite_key: PublicKey,
        /// The device that asks.
        device: PublicKey,
        /// `certificate::InviteAsk`, signed by it.
        ask: Signed,
        /// Its proof.
        certificate: Certificate,
    },
    /// In `staff`: the invite of this key works.
    InviteReady {
        /// For whom.
        person: PersonId,
        /// Public half of the invite's key.
        invite_key: PublicKey,
    },
    /// From a newer desk; kept for a newer client.
    #[serde(other)]
    Unknown,
}

/// What a further device is told when it redeems a link, to build its own chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VouchedBy {
    /// The device that vouches.
    pub device: PublicKey,
    /// Its proof.
    pub certificate: Certificate,
    /// `certificate::Vouching`, signed by it.
    pub vouching: Signed,
}
