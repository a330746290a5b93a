//! The chain that RTP and RTCP pass: NACK with RTX, reports, TWCC.
//!
//! [`RtxUnwrap`] is B1 of research/webrtc.md: the crate unwraps RTX after the chain, so its NACK
//! generator never learns that a gap was filled and asks again for ever.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

use rtc::{
    interceptor::{
        Interceptor, NackGeneratorBuilder, NackResponderBuilder, Packet, Registry, Slot, StreamInfo, TaggedPacket,
    },
    peer_connection::configuration::{
        interceptor_registry::{configure_rtcp_reports, configure_twcc},
        media_engine::MediaEngine,
    },
    rtp_transceiver::rtp_sender::{RTCPFeedback, RtpCodecKind},
    sansio::Protocol,
    shared::error::{Error, Result},
};

/// How often a gap is looked for: under one frame at 30 a second (measured, B1).
const NACK_INTERVAL: Duration = Duration::from_millis(20);
/// Packets remembered for repair: two seconds at 20 Mb/s. A power of two, as the crate wants.
const NACK_PACKETS: u16 = 4096;
/// Wire-ward of the NACK generator at 7000.
const RTX_UNWRAP_SLOT: usize = 6_900;

/// Codecs must be registered in `engine` before: feedback is added to those that are there.
pub(super) fn chain(engine: &mut MediaEngine) -> Result<Registry> {
    let registry = configure_twcc(Registry::new(), engine)?;
    let registry = configure_rtcp_reports(registry);
    // As `configure_nack`, which would put in generators with its own figures.
    for parameter in ["", "pli"] {
        let feedback = RTCPFeedback { typ: "nack".to_owned(), parameter: parameter.to_owned() };
        engine.register_feedback(feedback, RtpCodecKind::Video);
    }
    let generator = NackGeneratorBuilder::new().with_interval(NACK_INTERVAL).with_size(NACK_PACKETS).build();
    let responder = NackResponderBuilder::new().with_size(NACK_PACKETS).build();
    Ok(registry
        .with(Slot::NackGenerator, generator)
        .with(Slot::NackResponder, responder)
        .with(Slot::from(RTX_UNWRAP_SLOT), RtxUnwrap::default()))
}

/// Turns a repeated packet (RFC 4588) back into the original before anything looks at sequence
/// numbers.
#[derive(Default)]
struct RtxUnwrap {
    /// RTX SSRC to the primary's SSRC and payload type.
    primaries: HashMap<u32, (u32, u8)>,
    read: VecDeque<TaggedPacket>,
    written: VecDeque<TaggedPacket>,
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for RtxUnwrap {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, mut message: TaggedPacket) -> Result<()> {
        if let Packet::Rtp(packet) = &mut message.message.packet
            && let Some((ssrc, payload_type)) = self.primaries.get(&packet.header.ssrc).copied()
            && packet.payload.len() > 2
        {
            let original = packet.payload.split_to(2);
            packet.header.sequence_number = u16::from_be_bytes([original[0], original[1]]);
            (packet.header.ssrc, packet.header.payload_type) = (ssrc, payload_type);
        }
        self.read.push_back(message);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.read.pop_front()
    }

    fn handle_write(&mut self, message: TaggedPacket) -> Result<()> {
        self.written.push_back(message);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.written.pop_front()
    }
}

impl Interceptor for RtxUnwrap {
    fn bind_local_stream(&mut self, _info: &StreamInfo) {}

    fn unbind_local_stream(&mut self, _info: &StreamInfo) {}

    fn bind_remote_stream(&mut self, info: &StreamInfo) {
        if let Some(rtx) = info.ssrc_rtx {
            self.primaries.insert(rtx, (info.ssrc, info.payload_type));
        }
    }

    fn unbind_remote_stream(&mut self, info: &StreamInfo) {
        if let Some(rtx) = info.ssrc_rtx {
            self.primaries.remove(&rtx);
        }
    }
}
