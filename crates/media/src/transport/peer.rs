//! [`MediaTransport`] on the crate `webrtc`.
//!
//! The traps of research/webrtc.md that end here: B3 (every data channel is polled for ever by a
//! task of its own), B8 (relays are accepted at once), B9 (errors of writes are never printed: they
//! contain the packet), B12 (the track gets a transceiver of its own). B1 is in `interceptors`, B2
//! and B4 in `runtime`. B5 and B6 (pacing, estimation, numbered RTX) wait for real congestion control.
//!
//! Who the peer is: the crate compares the certificate of the handshake with the fingerprint of the
//! remote description and fails on a mismatch (its `verify_peer_certificate`; the tests of this
//! crate prove it), and it also hands out the certificate itself, which [`crate::link`] compares
//! with the signed fingerprint before anything is accepted.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use opora_runtime::Tasks;
use rtc::{
    crypto::SignatureScheme,
    ice::mdns::MulticastDnsMode,
    media_stream::MediaStreamTrack,
    peer_connection::certificate::CertificateParams,
    rtp::{Packet, header::Header},
    rtp_transceiver::{
        RTCRtpTransceiverDirection, RTCRtpTransceiverInit,
        rtp_sender::{
            RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters, RTCRtpRtxParameters,
            RtpCodecKind,
        },
    },
};
use tokio::sync::{OnceCell, mpsc, watch};
use webrtc::{
    data_channel::{DataChannel, DataChannelEvent, RTCDataChannelInit},
    media_stream::{
        Track,
        track_local::{TrackLocal, static_rtp::TrackLocalStaticRTP},
        track_remote::{TrackRemote, TrackRemoteEvent},
    },
    peer_connection::{
        MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCCertificate,
        RTCConfigurationBuilder, RTCIceCandidateInit, RTCIceServer, RTCIceTransportPolicy, RTCPeerConnectionIceEvent,
        RTCPeerConnectionState, RTCSessionDescription, SettingEngineBuilder, crypto,
    },
    rtp_transceiver::RtpTransceiver,
};

use super::{
    Bind, Incoming, MOST_MESSAGE, MediaTransport, Network, Phase, Streams, TransportError, TransportEvent, VideoPacket,
    interceptors,
    runtime::{Haste, OporaRuntime},
};
use crate::{fingerprint::Fingerprint, identity::Role};

/// Dynamic payload types; both ends are ours.
const AV1: u8 = 45;
const AV1_RTX: u8 = 46;
/// One stream a connection, so the numbers need not be random.
const SSRC: u32 = 0x0990_0001;
const RTX_SSRC: u32 = 0x0990_0002;
/// Data channels are agreed beforehand: no announcement, no round trip.
const CONTROL_ID: u16 = 0;
const MOTION_ID: u16 = 2;
/// Candidates and phases; there are under twenty of each.
const EVENTS: usize = 128;
/// Packets and messages between the driver's readers and who handles them: 100 ms at 40 Mb/s.
const INCOMING: usize = 512;
/// No answer for this long is an interruption; for this long, the end; and how often to ask.
const ICE_TIMEOUTS: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(15), Duration::from_secs(2)];

/// A connection by the crate `webrtc`.
pub struct WebrtcTransport {
    connection: Arc<dyn PeerConnection>,
    control: Channel,
    motion: Channel,
    screen: Option<Screen>,
    fingerprint: Fingerprint,
    haste: Haste,
}

/// A data channel and whether it is open; messages before that would be refused.
struct Channel {
    channel: Arc<dyn DataChannel>,
    open: watch::Receiver<Open>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    NotYet,
    Yes,
    NoMore,
}

/// The sending side of the screen.
struct Screen {
    track: Arc<TrackLocalStaticRTP>,
    transceiver: Arc<dyn RtpTransceiver>,
    payload_type: OnceCell<u8>,
}

fn at<E: std::error::Error + Send + Sync + 'static>(step: &'static str) -> impl FnOnce(E) -> TransportError {
    move |source| TransportError::Webrtc { step, source: Box::new(source) }
}

impl WebrtcTransport {
    /// Opens one end; the one that shares makes the offer.
    ///
    /// # Errors
    /// [`TransportError::Webrtc`].
    pub async fn open(role: Role, network: &Network, tasks: &Tasks) -> Result<(Self, Streams), TransportError> {
        let (events_in, events) = mpsc::channel(EVENTS);
        let (incoming_in, incoming) = mpsc::channel(INCOMING);
        let (haste, closed) = (Haste::default(), events_in.clone());
        let (certificate, fingerprint) = certificate()?;
        let tasks = tasks.clone();
        let handler =
            Handler { events: events_in, incoming: incoming_in.clone(), haste: haste.clone(), tasks: tasks.clone() };
        let connection = connect(network, certificate, handler, haste.clone()).await?;
        let control = RTCDataChannelInit { negotiated: Some(CONTROL_ID), ..Default::default() };
        let control = connection.create_data_channel("control", Some(control)).await.map_err(at("control"))?;
        let motion = RTCDataChannelInit {
            ordered: false,
            max_retransmits: Some(0),
            negotiated: Some(MOTION_ID),
            ..Default::default()
        };
        let motion = connection.create_data_channel("motion", Some(motion)).await.map_err(at("motion"))?;
        let hear = |name, channel: Arc<dyn DataChannel>, wrap: fn(Bytes) -> Incoming| {
            let (open_in, open) = watch::channel(Open::NotYet);
            let poll = poll_channel(Arc::clone(&channel), open_in, incoming_in.clone(), wrap);
            tasks.spawn(name, |stop| async move {
                stop.run_until_cancelled(poll).await;
            });
            Channel { channel, open }
        };
        let control = hear("media-control", control, Incoming::Control);
        let motion = hear("media-motion", motion, Incoming::Motion);
        let told = tell_close(control.open.clone(), closed);
        tasks.spawn("media-close", |stop| async move {
            stop.run_until_cancelled(told).await;
        });
        let screen = match role {
            Role::Shares => Some(Screen::add(&*connection).await?),
            Role::Views => None,
        };
        Ok((Self { connection, control, motion, screen, fingerprint, haste }, Streams { events, incoming }))
    }
}

/// A fresh certificate for one connection.
fn certificate() -> Result<(RTCCertificate, Fingerprint), TransportError> {
    let provider = crypto::default_provider().map_err(at("crypto"))?;
    let params = CertificateParams::new(vec!["opora".to_owned()]).map_err(at("certificate"))?;
    let scheme = SignatureScheme::EcdsaP256Sha256;
    let certificate = RTCCertificate::generate(provider.crypto(), scheme, params).map_err(at("certificate"))?;
    let prints = certificate.get_fingerprints(provider.crypto()).map_err(at("fingerprint"))?;
    let print = prints.first().and_then(|print| Fingerprint::parse(&print.value)).ok_or(TransportError::Closed)?;
    Ok((certificate, print))
}

async fn connect(
    network: &Network,
    certificate: RTCCertificate,
    handler: Handler,
    haste: Haste,
) -> Result<Arc<dyn PeerConnection>, TransportError> {
    let server = |server: &super::IceServer| RTCIceServer {
        urls: server.urls.clone(),
        username: server.username.clone(),
        credential: server.credential.clone(),
    };
    let policy = if network.relay_only { RTCIceTransportPolicy::Relay } else { RTCIceTransportPolicy::All };
    let configuration = RTCConfigurationBuilder::new()
        .with_ice_servers(network.ice.iter().map(server).collect())
        .with_ice_transport_policy(policy)
        .with_certificates(vec![certificate])
        .build();
    let mut engine = MediaEngine::default();
    for (payload_type, mime, fmtp) in [(AV1, "video/AV1", "profile=0"), (AV1_RTX, "video/rtx", "apt=45")] {
        engine.register_codec(codec(payload_type, mime, fmtp), RtpCodecKind::Video).map_err(at("codecs"))?;
    }
    let registry = interceptors::chain(&mut engine).map_err(at("interceptors"))?;
    let [disconnected, failed, keep_alive] = ICE_TIMEOUTS.map(Some);
    let settings = SettingEngineBuilder::new()
        .with_relay_acceptance_min_wait(Some(Duration::ZERO))
        .with_multicast_dns_mode(MulticastDnsMode::Disabled)
        .with_ice_timeouts(disconnected, failed, keep_alive)
        .build();
    let addresses: &[&'static str] = match network.bind {
        Bind::Everywhere => &["0.0.0.0:0"],
        Bind::EverywhereAndLoopback => &["0.0.0.0:0", "127.0.0.1:0"],
        Bind::Loopback => &["127.0.0.1:0"],
    };
    let connection = PeerConnectionBuilder::new()
        .with_configuration(configuration)
        .with_media_engine(engine)
        .with_interceptor_registry(registry)
        .with_setting_engine(settings)
        .with_handler(Arc::new(handler))
        .with_runtime(Arc::new(OporaRuntime { haste }))
        .with_udp_addrs(addresses.to_vec())
        .with_dedicated_reactor_pool_size(1)
        .with_data_channel_send_buffer_limit(MOST_MESSAGE)
        .build()
        .await
        .map_err(at("sockets"))?;
    Ok(Arc::new(connection))
}

fn codec(payload_type: u8, mime: &str, fmtp: &str) -> RTCRtpCodecParameters {
    let rtp_codec = RTCRtpCodec {
        mime_type: mime.to_owned(),
        clock_rate: 90_000,
        channels: 0,
        sdp_fmtp_line: fmtp.to_owned(),
        rtcp_feedback: vec![],
    };
    RTCRtpCodecParameters { rtp_codec, payload_type }
}

impl Screen {
    async fn add(connection: &dyn PeerConnection) -> Result<Self, TransportError> {
        let coding = RTCRtpCodingParameters {
            ssrc: Some(SSRC),
            rtx: Some(RTCRtpRtxParameters { ssrc: RTX_SSRC }),
            ..Default::default()
        };
        let encoding = RTCRtpEncodingParameters {
            rtp_coding_parameters: coding,
            codec: codec(AV1, "video/AV1", "profile=0").rtp_codec,
            ..Default::default()
        };
        let name = || "screen".to_owned();
        let stream = MediaStreamTrack::new(name(), name(), name(), RtpCodecKind::Video, vec![encoding]);
        let track = Arc::new(TrackLocalStaticRTP::new(stream));
        let init = RTCRtpTransceiverInit {
            direction: RTCRtpTransceiverDirection::Sendonly,
            streams: vec![name()],
            send_encodings: track.codings().await,
        };
        let transceiver = connection
            .add_transceiver_from_track(track.clone() as Arc<dyn TrackLocal>, Some(init))
            .await
            .map_err(at("screen"))?;
        Ok(Self { track, transceiver, payload_type: OnceCell::new() })
    }

    /// What was negotiated; known after the answer.
    async fn payload_type(&self) -> Result<u8, TransportError> {
        let read = || async {
            let sender = self.transceiver.sender().await.map_err(at("screen"))?.ok_or(TransportError::Closed)?;
            let parameters = sender.get_parameters().await.map_err(at("screen"))?;
            let codec = parameters.rtp_parameters.codecs.first().ok_or(TransportError::Closed)?;
            Ok(codec.payload_type)
        };
        self.payload_type.get_or_try_init(read).await.copied()
    }
}

#[async_trait]
impl MediaTransport for WebrtcTransport {
    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    async fn offer(&self) -> Result<String, TransportError> {
        let offer = self.connection.create_offer(None).await.map_err(at("offer"))?;
        let sdp = offer.sdp.clone();
        self.connection.set_local_description(offer).await.map_err(at("offer"))?;
        Ok(sdp)
    }

    async fn answer(&self, offer: &str) -> Result<String, TransportError> {
        self.haste.begin();
        let offer = RTCSessionDescription::offer(offer.to_owned()).map_err(at("remote offer"))?;
        self.connection.set_remote_description(offer).await.map_err(at("remote offer"))?;
        let answer = self.connection.create_answer(None).await.map_err(at("answer"))?;
        let sdp = answer.sdp.clone();
        self.connection.set_local_description(answer).await.map_err(at("answer"))?;
        Ok(sdp)
    }

    async fn accept(&self, answer: &str) -> Result<(), TransportError> {
        self.haste.begin();
        let answer = RTCSessionDescription::answer(answer.to_owned()).map_err(at("remote answer"))?;
        self.connection.set_remote_description(answer).await.map_err(at("remote answer"))
    }

    async fn add_candidate(&self, json: &str) -> Result<(), TransportError> {
        let candidate: RTCIceCandidateInit = serde_json::from_str(json).map_err(at("candidate"))?;
        self.haste.begin();
        self.connection.add_ice_candidate(candidate).await.map_err(at("candidate"))
    }

    async fn remote_fingerprint(&self) -> Result<Option<Fingerprint>, TransportError> {
        let Some(sctp) = self.connection.sctp().await else { return Ok(None) };
        let dtls = sctp.transport();
        let chain = dtls.get_remote_certificates().await.map_err(at("remote certificate"))?;
        let pair = dtls.ice_transport().get_selected_candidate_pair().await.ok().flatten();
        self.haste.set_relayed(pair.is_some_and(|pair| pair.to_string().contains(" relay ")));
        Ok(chain.first().map(|der| Fingerprint::of_certificate(der)))
    }

    async fn send_video(&self, packet: VideoPacket) -> Result<(), TransportError> {
        let screen = self.screen.as_ref().ok_or(TransportError::Closed)?;
        let header = Header {
            version: 2,
            ssrc: SSRC,
            payload_type: screen.payload_type().await?,
            sequence_number: packet.seq,
            timestamp: packet.timestamp,
            marker: packet.marker,
            ..Default::default()
        };
        let packet = Packet { header, payload: packet.payload };
        screen.track.write_rtp(packet).await.map_err(|_| TransportError::Closed)
    }

    async fn send_control(&self, message: Bytes) -> Result<(), TransportError> {
        let mut open = self.control.open.clone();
        open.wait_for(|open| *open != Open::NotYet).await.map_err(|_| TransportError::Closed)?;
        send(&self.control, message).await
    }

    async fn send_motion(&self, message: Bytes) -> Result<(), TransportError> {
        send(&self.motion, message).await
    }

    async fn close(&self) {
        if let Err(error) = self.connection.close().await {
            tracing::debug!(%error, "closing");
        }
    }
}

async fn send(to: &Channel, message: Bytes) -> Result<(), TransportError> {
    if message.len() > MOST_MESSAGE {
        return Err(TransportError::TooLarge);
    }
    if *to.open.borrow() != Open::Yes {
        return Err(TransportError::Closed);
    }
    to.channel.send(BytesMut::from(&message[..])).await.map_err(|_| TransportError::Closed)
}

/// B3: polls a channel for as long as it lives, whoever listens. Control waits for room, which
/// holds the sender back; motion that finds no room is late anyway.
async fn poll_channel(
    channel: Arc<dyn DataChannel>,
    open: watch::Sender<Open>,
    to: mpsc::Sender<Incoming>,
    wrap: fn(Bytes) -> Incoming,
) {
    while let Some(event) = channel.poll().await {
        match event {
            DataChannelEvent::OnOpen => drop(open.send_replace(Open::Yes)),
            DataChannelEvent::OnClose => drop(open.send_replace(Open::NoMore)),
            DataChannelEvent::OnMessage(message) => match wrap(message.data.freeze()) {
                motion @ Incoming::Motion(_) => drop(to.try_send(motion)),
                // Nobody listens any more: go on polling all the same.
                other => drop(to.send(other).await),
            },
            _ => {}
        }
    }
    open.send_replace(Open::NoMore);
}

/// The other end closed the connection in good order: its control channel is gone. Without this one
/// would wait for ICE to miss it, 20 seconds.
async fn tell_close(mut control: watch::Receiver<Open>, to: mpsc::Sender<TransportEvent>) {
    drop(control.wait_for(|open| *open == Open::NoMore).await);
    drop(to.send(TransportEvent::Phase(Phase::Closed)).await);
}

/// Runs on the driver: it only passes on.
struct Handler {
    events: mpsc::Sender<TransportEvent>,
    incoming: mpsc::Sender<Incoming>,
    haste: Haste,
    tasks: Tasks,
}

impl Handler {
    fn tell(&self, event: TransportEvent) {
        if self.events.try_send(event).is_err() {
            tracing::debug!("nobody hears the connection");
        }
    }
}

#[async_trait]
impl PeerConnectionEventHandler for Handler {
    async fn on_ice_candidate(&self, event: RTCPeerConnectionIceEvent) {
        let json = event.candidate.to_json().ok().and_then(|candidate| serde_json::to_string(&candidate).ok());
        if let Some(json) = json {
            self.tell(TransportEvent::Candidate(json));
        }
    }

    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        let phase = match state {
            RTCPeerConnectionState::Connected => Phase::Connected,
            RTCPeerConnectionState::Disconnected => Phase::Interrupted,
            RTCPeerConnectionState::Failed | RTCPeerConnectionState::Closed => Phase::Closed,
            _ => Phase::Connecting,
        };
        if phase != Phase::Closed {
            self.haste.begin();
        }
        self.tell(TransportEvent::Phase(phase));
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let to = self.incoming.clone();
        self.tasks.spawn("media-screen", |stop| async move {
            stop.run_until_cancelled(poll_track(track, to)).await;
        });
    }
}

/// The crate drops what is not read in time; the reorder buffer and key frames heal that.
async fn poll_track(track: Arc<dyn TrackRemote>, to: mpsc::Sender<Incoming>) {
    while let Some(event) = track.poll().await {
        let TrackRemoteEvent::OnRtpPacket(packet) = event else { continue };
        let header = packet.header;
        let (seq, timestamp, marker) = (header.sequence_number, header.timestamp, header.marker);
        let packet = VideoPacket { seq, timestamp, marker, payload: packet.payload };
        if header.ssrc == SSRC && to.send(Incoming::Video(packet)).await.is_err() {
            return;
        }
    }
}
