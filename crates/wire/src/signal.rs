//! Frames between two devices of a remote session: never in the log, never understood by the desk (D19).

use opora_domain::{PublicKey, SessionId, signed::Signed};
use serde::{Deserialize, Serialize};

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// The session.
    pub session: SessionId,
    /// The other device: the addressee on the way to the desk, the sender on the way from it.
    pub device: PublicKey,
    /// Counts up from 0 for each sender and session.
    pub n: u32,
    /// What is said.
    pub body: SignalBody,
}

/// What two devices say to each other to make a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SignalBody {
    /// From the customer's device, which shares.
    Offer {
        /// The session description.
        sdp: String,
        /// Session, keys and DTLS fingerprint, signed by the sender's device.
        identity: Signed,
        /// What is allowed, signed by the customer's device.
        grant: Signed,
    },
    /// From the helper's device.
    Answer {
        /// The session description.
        sdp: String,
        /// As above.
        identity: Signed,
    },
    /// An ICE candidate, as JSON.
    Candidate {
        /// `RTCIceCandidateInit` as the browsers write it.
        candidate: String,
    },
    /// The sender is gone from this session.
    Bye,
}
