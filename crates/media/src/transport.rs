//! Getting packets and messages from one device to another.
//!
//! [`MediaTransport`] is all that sharing and viewing know of WebRTC; [`WebrtcTransport`] is it on
//! the crate `webrtc`. Real congestion control comes later behind [`crate::flow`].

mod interceptors;
mod peer;
mod runtime;

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::mpsc;

pub use peer::WebrtcTransport;

use crate::fingerprint::Fingerprint;

/// The largest control message: the SCTP send buffer's limit (B4: 64 KiB keeps latency low).
pub const MOST_MESSAGE: usize = 64 * 1024;
/// Bytes of AV1 in one RTP packet; with headers, SRTP and TURN it stays under 1280, which every
/// IPv6 path carries.
pub const MOST_PAYLOAD: usize = 1100;

/// A STUN or TURN server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IceServer {
    /// Like `turn:HOST:PORT` or `stun:HOST:PORT`; UDP only.
    pub urls: Vec<String>,
    /// Empty for STUN.
    pub username: String,
    /// Empty for STUN.
    pub credential: String,
}

/// Which local addresses carry media.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Bind {
    /// Every interface but loopback.
    #[default]
    Everywhere,
    /// Every interface and 127.0.0.1: two programs on one computer find each other without a network.
    EverywhereAndLoopback,
    /// Only 127.0.0.1: tests.
    Loopback,
}

/// How to reach the other device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Servers, from the desk.
    pub ice: Vec<IceServer>,
    /// Local addresses.
    pub bind: Bind,
    /// Through TURN only: tests, and networks that forbid the rest.
    pub relay_only: bool,
}

/// One RTP packet of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoPacket {
    /// Sequence number.
    pub seq: u16,
    /// 90 kHz; one value a frame.
    pub timestamp: u32,
    /// Last packet of its frame.
    pub marker: bool,
    /// AV1 aggregation header and OBUs.
    pub payload: Bytes,
}

/// What came from the other device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// On the ordered, reliable channel.
    Control(Bytes),
    /// On the channel that loses what is late.
    Motion(Bytes),
    /// A packet of the screen; may come out of order.
    Video(VideoPacket),
}

/// Where the connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not yet.
    Connecting,
    /// Encrypted and open.
    Connected,
    /// No answer for a while; it may come back.
    Interrupted,
    /// For good.
    Closed,
}

/// News of the connection itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportEvent {
    /// A local ICE candidate, as the JSON that browsers exchange.
    Candidate(String),
    /// The phase changed.
    Phase(Phase),
}

/// Why the transport failed.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// WebRTC refused; the words are the library's and hold no content.
    #[error("the connection failed in {step}")]
    Webrtc {
        /// What was being done.
        step: &'static str,
        /// The library's error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Not connected (any more).
    #[error("the connection is closed")]
    Closed,
    /// Larger than [`MOST_MESSAGE`].
    #[error("the message is too large")]
    TooLarge,
}

/// The two streams that a transport feeds.
pub struct Streams {
    /// The connection itself.
    pub events: mpsc::Receiver<TransportEvent>,
    /// What the other device sends.
    pub incoming: mpsc::Receiver<Incoming>,
}

/// A connection to one other device: one screen, one ordered and one lossy channel.
#[async_trait]
pub trait MediaTransport: Send + Sync {
    /// Of this end's certificate; known before any description is sent.
    fn fingerprint(&self) -> Fingerprint;

    /// The offer of the end that shares.
    async fn offer(&self) -> Result<String, TransportError>;

    /// The answer of the end that views.
    async fn answer(&self, offer: &str) -> Result<String, TransportError>;

    /// Takes the answer in.
    async fn accept(&self, answer: &str) -> Result<(), TransportError>;

    /// A candidate of the other device.
    async fn add_candidate(&self, json: &str) -> Result<(), TransportError>;

    /// Of the certificate that the other device really showed in the handshake; `None` before.
    async fn remote_fingerprint(&self) -> Result<Option<Fingerprint>, TransportError>;

    /// Sends one packet of the screen. Waits while the driver is busy.
    async fn send_video(&self, packet: VideoPacket) -> Result<(), TransportError>;

    /// Sends a message in order and for sure. Waits while the channel is full.
    async fn send_control(&self, message: Bytes) -> Result<(), TransportError>;

    /// Sends a message that may be lost.
    async fn send_motion(&self, message: Bytes) -> Result<(), TransportError>;

    /// Ends it.
    async fn close(&self);
}
