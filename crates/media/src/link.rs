//! A connection to one proven device (D7).
//!
//! States: new → described (both descriptions signed, verified, exchanged) → up → down. It becomes
//! *up* only after the certificate that the peer really showed in the handshake was compared with
//! the one that its device signed; until then everything that comes is held back, and on a
//! difference the connection is closed. There is no mode without this.
//!
//! The end that shares makes the [`Link::offer`]; the other [`Link::answer`]s; the first
//! [`Link::accept`]s. Candidates go both ways as soon as they are found; those that come before the
//! description are kept.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ed25519_dalek::SigningKey;
use opora_domain::{PublicKey, SessionId, signed::Signed};
use opora_runtime::{CancellationToken, Clock, Rng, Tasks};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};

use crate::{
    fingerprint::{Fingerprint, SdpError, read_sdp},
    identity::{self, Expected, IdentityError, Role, SdpIdentity},
    transport::{Incoming, MediaTransport, Network, Phase, Streams, TransportError, TransportEvent, WebrtcTransport},
};

/// Candidates that are kept until the description comes; a peer has under twenty.
const MOST_EARLY: usize = 64;
/// What came and was not yet taken.
const INBOX: usize = 256;
/// Candidates and states that were not yet read.
const EVENTS: usize = 128;
/// From the exchanged descriptions to an open connection; over a relay it takes under 5 s
/// (research/webrtc.md). A refused certificate ends here too: `webrtc` itself would go on for ever.
const CONNECT: Duration = Duration::from_secs(12);

/// Who, with whom, over what.
pub struct LinkConfig {
    /// The session.
    pub session: SessionId,
    /// This end.
    pub role: Role,
    /// This device's key.
    pub key: SigningKey,
    /// The other device.
    pub peer: PublicKey,
    /// How to reach it.
    pub network: Network,
    /// The time.
    pub clock: Clock,
    /// For nonces.
    pub rng: Rng,
    /// Owns what runs here.
    pub tasks: Tasks,
}

/// A session description and who stands for it. What both are: opaque to the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// SDP.
    pub sdp: String,
    /// [`SdpIdentity`], signed by the sender's device.
    pub identity: Signed,
}

/// Where a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Not yet up.
    Connecting,
    /// Open, and the other device is proven.
    Up,
    /// No answer for a while; it may come back.
    Interrupted,
    /// For good.
    Down(Down),
}

/// Why a link is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    /// This end closed it.
    Closed,
    /// It was lost, or never came to be.
    Lost,
    /// The other end showed a certificate that its device did not sign.
    NotGenuine,
}

/// What the owner of a link must pass on or show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkEvent {
    /// For the other device's [`Link::candidate`].
    Candidate(String),
    /// The state changed.
    State(LinkState),
}

/// Why a step of setting up failed.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The other device could not prove itself.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// Its description is not usable.
    #[error(transparent)]
    Sdp(#[from] SdpError),
    /// The connection failed.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Offered, answered or accepted by the wrong end, or twice.
    #[error("not the turn of this end")]
    OutOfTurn,
}

/// One end of a connection to a proven device.
pub struct Link {
    config: Ours,
    transport: Arc<dyn MediaTransport>,
    signalling: tokio::sync::Mutex<Signalling>,
    signed: Arc<Mutex<Option<Fingerprint>>>,
    inbox: Mutex<Option<mpsc::Receiver<Incoming>>>,
    state: watch::Receiver<LinkState>,
    closing: CancellationToken,
}

struct Ours {
    session: SessionId,
    role: Role,
    key: SigningKey,
    peer: PublicKey,
    clock: Clock,
    rng: Rng,
}

#[derive(Default)]
struct Signalling {
    /// Nonce of our offer.
    offered: Option<[u8; 16]>,
    described: bool,
    early: Vec<String>,
}

impl Link {
    /// Opens this end on the WebRTC transport.
    ///
    /// # Errors
    /// [`LinkError::Transport`] when no socket can be opened.
    pub async fn open(config: LinkConfig) -> Result<(Arc<Self>, mpsc::Receiver<LinkEvent>), LinkError> {
        let (transport, streams) = WebrtcTransport::open(config.role, &config.network, &config.tasks).await?;
        Ok(Self::over(config, Arc::new(transport), streams))
    }

    /// Opens this end on a given transport.
    pub fn over(
        config: LinkConfig,
        transport: Arc<dyn MediaTransport>,
        streams: Streams,
    ) -> (Arc<Self>, mpsc::Receiver<LinkEvent>) {
        let (events, events_out) = mpsc::channel(EVENTS);
        let (inbox, inbox_out) = mpsc::channel(INBOX);
        let (state, state_out) = watch::channel(LinkState::Connecting);
        let closing = CancellationToken::new();
        let signed = Arc::new(Mutex::new(None));
        let guard = Guard {
            transport: Arc::clone(&transport),
            signed: Arc::clone(&signed),
            proven: false,
            events,
            inbox,
            state,
            closing: closing.clone(),
        };
        config.tasks.spawn("media-link", |stop| guard.run(streams, stop));
        let LinkConfig { session, role, key, peer, clock, rng, .. } = config;
        let link = Self {
            config: Ours { session, role, key, peer, clock, rng },
            transport,
            signalling: tokio::sync::Mutex::default(),
            signed,
            inbox: Mutex::new(Some(inbox_out)),
            state: state_out,
            closing,
        };
        (Arc::new(link), events_out)
    }

    /// Makes and signs the offer; for the end that shares, once.
    ///
    /// # Errors
    /// [`LinkError`].
    pub async fn offer(&self) -> Result<Description, LinkError> {
        let mut signalling = self.signalling.lock().await;
        if self.config.role != Role::Shares || signalling.offered.is_some() {
            return Err(LinkError::OutOfTurn);
        }
        let sdp = self.transport.offer().await?;
        let nonce = self.config.rng.bytes();
        signalling.offered = Some(nonce);
        self.sign(sdp, nonce, None)
    }

    /// Verifies an offer and answers it; for the end that views, once.
    ///
    /// # Errors
    /// [`LinkError::Identity`] when it is not from the peer's device.
    pub async fn answer(&self, offer: &Description) -> Result<Description, LinkError> {
        let mut signalling = self.signalling.lock().await;
        if self.config.role != Role::Views || signalling.described {
            return Err(LinkError::OutOfTurn);
        }
        let stated = self.verify(offer, None)?;
        let sdp = self.transport.answer(&offer.sdp).await?;
        self.described(&mut signalling).await;
        self.sign(sdp, self.config.rng.bytes(), Some(stated.nonce))
    }

    /// Verifies the answer to our offer and connects.
    ///
    /// # Errors
    /// [`LinkError::Identity`] when it is not from the peer's device, or answers another offer.
    pub async fn accept(&self, answer: &Description) -> Result<(), LinkError> {
        let mut signalling = self.signalling.lock().await;
        let offered = signalling.offered.filter(|_| !signalling.described).ok_or(LinkError::OutOfTurn)?;
        self.verify(answer, Some(offered))?;
        self.transport.accept(&answer.sdp).await?;
        self.described(&mut signalling).await;
        Ok(())
    }

    /// A candidate of the other device. A bad one is dropped: others may do.
    pub async fn candidate(&self, json: &str) {
        let mut signalling = self.signalling.lock().await;
        if signalling.described {
            self.add(json).await;
        } else if signalling.early.len() < MOST_EARLY {
            signalling.early.push(json.to_owned());
        }
    }

    /// Where the link stands now, and every change.
    #[must_use]
    pub fn state(&self) -> watch::Receiver<LinkState> {
        self.state.clone()
    }

    /// Ends it.
    pub fn close(&self) {
        self.closing.cancel();
    }

    /// What the other device sends, after it was proven. Can be taken once.
    pub(crate) fn take_inbox(&self) -> Option<mpsc::Receiver<Incoming>> {
        locked(&self.inbox).take()
    }

    pub(crate) fn transport(&self) -> &Arc<dyn MediaTransport> {
        &self.transport
    }

    /// Waits until the link is up; `false` when it never will be.
    pub(crate) async fn up(&self) -> bool {
        let mut state = self.state.clone();
        let settled = state.wait_for(|state| matches!(state, LinkState::Up | LinkState::Down(_))).await;
        settled.is_ok_and(|state| *state == LinkState::Up)
    }

    async fn described(&self, signalling: &mut Signalling) {
        signalling.described = true;
        for json in std::mem::take(&mut signalling.early) {
            self.add(&json).await;
        }
    }

    async fn add(&self, json: &str) {
        if let Err(error) = self.transport.add_candidate(json).await {
            tracing::debug!(%error, "a candidate was dropped");
        }
    }

    fn sign(&self, sdp: String, nonce: [u8; 16], answers: Option<[u8; 16]>) -> Result<Description, LinkError> {
        let (fingerprint, ufrag) = read_sdp(&sdp)?;
        debug_assert_eq!(fingerprint, self.transport.fingerprint());
        let Ours { session, role, ref key, peer, ref clock, .. } = self.config;
        let (device, until) = (key.verifying_key().into(), clock.now() + identity::LIFE);
        let stated = SdpIdentity { session, role, device, peer, fingerprint, ufrag, nonce, answers, until };
        Ok(Description { sdp, identity: stated.sign(key) })
    }

    /// Checks a description and remembers whose certificate must come.
    fn verify(&self, theirs: &Description, answers: Option<[u8; 16]>) -> Result<SdpIdentity, LinkError> {
        let (fingerprint, ufrag) = read_sdp(&theirs.sdp)?;
        let Ours { session, role, ref key, peer, ref clock, .. } = self.config;
        let (role, device, me) = (role.other(), peer, key.verifying_key().into());
        let expected = Expected { session, role, device, me, fingerprint, ufrag, answers };
        let stated = SdpIdentity::verify(&theirs.identity, &expected, clock.now())?;
        *locked(&self.signed) = Some(stated.fingerprint);
        Ok(stated)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.closing.cancel();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Stands between the transport and everybody else.
struct Guard {
    transport: Arc<dyn MediaTransport>,
    signed: Arc<Mutex<Option<Fingerprint>>>,
    proven: bool,
    events: mpsc::Sender<LinkEvent>,
    inbox: mpsc::Sender<Incoming>,
    state: watch::Sender<LinkState>,
    closing: CancellationToken,
}

impl Guard {
    async fn run(mut self, mut streams: Streams, stop: CancellationToken) {
        let mut give_up: Option<Instant> = None;
        let down = loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => break Down::Closed,
                () = self.closing.cancelled() => break Down::Closed,
                () = sleep_until(give_up.unwrap_or_else(Instant::now)), if give_up.is_some() => break Down::Lost,
                Some(event) = streams.events.recv() => match event {
                    TransportEvent::Candidate(json) => self.tell(LinkEvent::Candidate(json)),
                    TransportEvent::Phase(Phase::Connecting) => {
                        give_up.get_or_insert_with(|| Instant::now() + CONNECT);
                    }
                    TransportEvent::Phase(Phase::Connected) => {
                        give_up = None;
                        self.proven = false; // also after an interruption
                        match self.prove().await {
                            Ok(()) => self.set(LinkState::Up),
                            Err(down) => break down,
                        }
                    }
                    TransportEvent::Phase(Phase::Interrupted) => {
                        // Before it was up there was nothing to interrupt.
                        if *self.state.borrow() == LinkState::Up {
                            self.set(LinkState::Interrupted);
                        }
                    }
                    TransportEvent::Phase(Phase::Closed) => break Down::Lost,
                },
                Some(incoming) = streams.incoming.recv() => {
                    if let Err(down) = self.prove().await {
                        break down;
                    }
                    let room = tokio::select! {
                        biased;
                        () = stop.cancelled() => break Down::Closed,
                        () = self.closing.cancelled() => break Down::Closed,
                        room = self.inbox.reserve() => room,
                    };
                    // Nobody reads any more: the session is being taken down.
                    if let Ok(room) = room {
                        room.send(incoming);
                    }
                },
                else => break Down::Lost,
            }
        };
        self.set(LinkState::Down(down));
        self.transport.close().await;
    }

    /// Compares the certificate of the handshake with the signed one.
    async fn prove(&mut self) -> Result<(), Down> {
        if self.proven {
            return Ok(());
        }
        let shown = self.transport.remote_fingerprint().await.ok().flatten();
        let signed = *locked(&self.signed);
        self.proven = shown.is_some() && shown == signed;
        if self.proven {
            return Ok(());
        }
        tracing::warn!("the other end showed a certificate that its device did not sign");
        Err(Down::NotGenuine)
    }

    fn set(&self, state: LinkState) {
        if self.state.send_replace(state) != state {
            self.tell(LinkEvent::State(state));
        }
    }

    fn tell(&self, event: LinkEvent) {
        if self.events.try_send(event).is_err() {
            tracing::debug!("nobody hears the link");
        }
    }
}
