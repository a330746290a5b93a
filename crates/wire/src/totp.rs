//! The second factor of the firm's people.

use opora_domain::{PersonId, rights::Act};
use serde::{Deserialize, Serialize};

/// What a client can have done about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Begin to use a secret that was made on this device and shown to the telephone.
    Enrol {
        /// Base32.
        secret: String,
        /// What the telephone shows now: it has understood.
        code: String,
        /// `recovery_hash` of each recovery code, in hex.
        recovery: Vec<String>,
    },
    /// Use it no longer.
    Drop {
        /// A code, or a recovery code.
        code: String,
    },
    /// The owner's wish: new devices of the firm's people need a code.
    Require {
        /// Or no longer.
        staff: bool,
    },
    /// The owner's wish: a device of who has a second factor is asked for a code again after so many days;
    /// never for 0.
    Again {
        /// How many.
        days: u16,
    },
    /// The owner has met a person whose telephone is lost.
    Reset {
        /// Who.
        person: PersonId,
    },
}

impl Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::Enrol { .. } | Self::Drop { .. } => Act::UseCode,
            Self::Require { .. } | Self::Again { .. } => Act::RequireCode,
            Self::Reset { .. } => Act::ResetCode,
        }
    }
}

/// What happened about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// A person uses a second factor. In `staff`.
    Enrolled {
        /// Who.
        person: PersonId,
    },
    /// A person uses none any more. In `staff`.
    Dropped {
        /// Who.
        person: PersonId,
    },
    /// New devices of the firm's people need a code, or do not. In `staff`.
    Required {
        /// Which.
        staff: bool,
    },
    /// A device is asked again after so many days, never for 0. In `staff`.
    Again {
        /// How many.
        days: u16,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}
