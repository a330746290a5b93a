//! Beginning of a connection: who is there, on both sides.

use opora_domain::{
    PersonId, PublicKey, Span,
    certificate::Certificate,
    role::Role,
    signed::{Signed, Statement},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The client pings this often; three missed and either side hangs up.
pub const BEAT: Span = Span::seconds(15);

/// The desk's first frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Lowest and highest version the desk speaks.
    pub proto: [u16; 2],
    /// The desk's identity; the client compares it with its pin before it says anything.
    pub desk: PublicKey,
    /// To be signed; random.
    pub nonce: String,
}

/// Signed by the device: it is here, now, at this desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The desk it speaks to.
    pub desk: PublicKey,
    /// From the challenge.
    pub nonce: String,
}

impl Statement for Presence {
    const TAG: &'static str = "opora/hello/1";
}

/// The client's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Lowest and highest version the client speaks.
    pub proto: [u16; 2],
    /// What else it can do.
    #[serde(default)]
    pub caps: Vec<String>,
    /// The device.
    pub device: PublicKey,
    /// [`Presence`], signed by the device.
    pub presence: Signed,
    /// The feed the cursor belongs to; none at the first time.
    pub feed_epoch: Option<Uuid>,
    /// Everything up to this `gseq` is stored here.
    pub cursor: i64,
    /// A code of the second factor, when the desk has answered `code_needed` before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The desk knows the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Whose device it is.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The firm's name.
    pub desk_name: String,
    /// The organisation's key, to be compared with the pin of the invite.
    pub organisation_key: Option<PublicKey>,
    /// When it differs from the client's, the client drops its cache and starts at cursor 0.
    pub feed_epoch: Uuid,
    /// For HTTP: `Authorization: Bearer …`; lives as long as this connection and an hour more.
    pub token: String,
    /// STUN and TURN servers for media.
    pub ice: Vec<IceServer>,
    /// The largest file in bytes.
    pub most_file: u64,
}

/// A STUN or TURN server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    /// Like `turn:HOST:PORT`.
    pub urls: Vec<String>,
    /// Empty for STUN.
    #[serde(default)]
    pub username: String,
    /// Empty for STUN.
    #[serde(default)]
    pub credential: String,
}

/// A device and its proof, as other members of a conversation get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its key.
    pub key: PublicKey,
    /// Whose it is, said by the organisation.
    pub certificate: Certificate,
}
