//! Frames and messages onto the network.
//!
//! A frame is cut into packets and paced: bursts of [`BURST`] packets at 2.5 times the rate, and
//! never slower than makes a frame take 100 ms, so a key frame neither floods a home router nor
//! keeps the viewer waiting.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use opora_runtime::CancellationToken;
use rtc::rtp::{codec::av1::Av1Payloader, packetizer::Payloader};
use tokio::{sync::mpsc, time::Instant};

use super::{Shared, locked};
use crate::{
    message::ToViewer,
    transport::{MOST_PAYLOAD, VideoPacket},
};

/// Packets sent at once: about 13 KB, which any router's queue takes.
const BURST: usize = 12;
/// A frame leaves in at most this time.
const MOST_FRAME_TIME: Duration = Duration::from_millis(100);

/// An encoded frame that may leave.
pub(super) struct Outgoing {
    pub(super) data: Bytes,
    pub(super) timestamp: u32,
}

/// Opens the track at the other end with a packet that means nothing. `webrtc` 0.21 makes the remote
/// track from the first packet, and may drop that packet because the track is not there yet; it
/// must not be the beginning of the first picture.
pub(super) async fn open_track(shared: &Shared) {
    let nothing = Bytes::from_static(&[0]);
    let packet = VideoPacket { seq: u16::MAX, timestamp: 0, marker: true, payload: nothing };
    if shared.link.transport().send_video(packet).await.is_err() {
        tracing::debug!("the track was not opened"); // the link is down
    }
}

pub(super) async fn send_frames(shared: Arc<Shared>, mut frames: mpsc::Receiver<Outgoing>, stop: CancellationToken) {
    let mut seq = 0_u16; // follows that of `open_track`
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = shared.stop.cancelled() => return,
            frame = frames.recv() => {
                let Some(frame) = frame else { return };
                tokio::select! {
                    biased;
                    () = shared.stop.cancelled() => return,
                    () = send_frame(&shared, frame, &mut seq) => {}
                }
            }
        }
    }
}

async fn send_frame(shared: &Shared, frame: Outgoing, seq: &mut u16) {
    let payloads = match Av1Payloader::default().payload(MOST_PAYLOAD, &frame.data) {
        Ok(payloads) => payloads,
        Err(_) => {
            tracing::warn!("the encoder's frame could not be cut into packets");
            return shared.want_key();
        }
    };
    let bits = frame.data.len() as f64 * 8.0;
    let rate = f64::from(locked(&shared.flow).rate()) * 2.5;
    let rate = rate.max(bits / MOST_FRAME_TIME.as_secs_f64());
    let burst = Duration::from_secs_f64((BURST * MOST_PAYLOAD) as f64 * 8.0 / rate);
    let last = payloads.len().saturating_sub(1);
    let mut next = Instant::now();
    for (at, payload) in payloads.into_iter().enumerate() {
        if at > 0 && at % BURST == 0 {
            next += burst;
            tokio::time::sleep_until(next).await;
        }
        let packet = VideoPacket { seq: *seq, timestamp: frame.timestamp, marker: at == last, payload };
        *seq = seq.wrapping_add(1);
        // A closed link ends the share elsewhere.
        if shared.link.transport().send_video(packet).await.is_err() {
            return;
        }
    }
}

pub(super) async fn send_messages(
    shared: Arc<Shared>,
    mut messages: mpsc::Receiver<ToViewer>,
    stop: CancellationToken,
) {
    if !shared.link.up().await {
        return;
    }
    loop {
        let message = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = shared.stop.cancelled() => return,
            message = messages.recv() => message,
        };
        let Some(message) = message else { return };
        let transport = shared.link.transport();
        let bytes = message.encode();
        let sent = match message {
            ToViewer::Pointer(_) => transport.send_motion(bytes).await,
            _ => transport.send_control(bytes).await,
        };
        if sent.is_err() {
            tracing::debug!("a message to the viewer was not sent");
        }
    }
}
