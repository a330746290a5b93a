//! Capture, convert, encode: one thread.
//!
//! A frame is made when the screen changed, a key frame is wanted, a lost tail must be shown
//! ([`Flow::probe_at`](crate::flow::Flow::probe_at)), or the last picture can still become sharper.
//! After [`REFINEMENTS`] frames of a still screen nothing is made at all.

use std::{
    sync::{Arc, PoisonError, atomic::Ordering},
    time::{Duration, Instant},
};

use bytes::Bytes;
use opora_domain::scope::Scope;
use opora_screen::{Picture, Rect, ScreenSource, Wake};
use tokio::sync::mpsc;

use super::{ShareEnd, Shared, locked, sender::Outgoing};
use crate::codec::{
    CodecError, I420,
    av1::{Encoder, EncoderConfig},
};

/// Frames that sharpen a still picture, and how often (research/media.md 2.2).
const REFINEMENTS: u32 = 5;
const REFINEMENT_PACE: Duration = Duration::from_millis(100);
/// Below this quantizer (0 best, 63 worst) text is as sharp as it gets.
const SHARP: u8 = 15;
/// A key frame costs five others; requests in between share one.
const KEY_FRAME_PACE: Duration = Duration::from_millis(500);
/// At most 60 frames a second.
const LEAST_PACE: Duration = Duration::from_millis(16);
/// RTP video's clock.
const TICKS: u128 = 90_000;

pub(super) fn start(shared: &Arc<Shared>, source: Box<dyn ScreenSource>, frames: mpsc::Sender<Outgoing>) {
    let mut pictures = Pictures::new(Arc::clone(shared), source, frames);
    let run = move || {
        let end = match pictures.run() {
            Err(end) => end,
            Ok(()) => ShareEnd::Stopped,
        };
        pictures.shared.finish(end);
    };
    if std::thread::Builder::new().name("opora-share".into()).spawn(run).is_err() {
        shared.finish(ShareEnd::ScreenLost);
    }
}

struct Pictures {
    shared: Arc<Shared>,
    source: Box<dyn ScreenSource>,
    frames: mpsc::Sender<Outgoing>,
    codec: Option<(Encoder, I420)>,
    born: Instant,
    last: Option<Last>,
    last_key: Option<Instant>,
    refinements: u32,
    /// When the screen was last looked at.
    looked: Option<Instant>,
    /// How long a frame takes, smoothed.
    cost: Duration,
}

#[derive(Clone, Copy)]
struct Last {
    at: Instant,
    timestamp: u32,
    quantizer: u8,
}

impl Pictures {
    fn new(shared: Arc<Shared>, source: Box<dyn ScreenSource>, frames: mpsc::Sender<Outgoing>) -> Self {
        Self {
            shared,
            source,
            frames,
            codec: None,
            born: Instant::now(),
            last: None,
            last_key: None,
            refinements: 0,
            looked: None,
            cost: Duration::ZERO,
        }
    }

    fn run(&mut self) -> Result<(), ShareEnd> {
        loop {
            self.wait_for_room();
            if self.shared.is_over() {
                return Ok(());
            }
            let due = self.due();
            let changed = self.source.wait(due)? == Wake::Changed;
            if self.shared.is_over() {
                return Ok(());
            }
            self.keep_pace();
            let now = Instant::now();
            if changed || due.is_some_and(|due| now >= due) || self.key_due(now) {
                self.make_frame(now)?;
            }
        }
    }

    /// Sleeps until a frame may go. The screen is not looked at meanwhile; its damage adds up.
    fn wait_for_room(&self) {
        let mut flow = locked(&self.shared.flow);
        loop {
            let now = Instant::now();
            if self.shared.is_over() || flow.may_send(now) {
                return;
            }
            let probe = flow.probe_at().map_or(KEY_FRAME_PACE, |due| due.saturating_duration_since(now));
            let waited = self.shared.flowed.wait_timeout(flow, probe.max(Duration::from_millis(1)));
            flow = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// When a frame is due although nothing changes.
    fn due(&self) -> Option<Instant> {
        let key = self.key_wanted().then(|| self.last_key.map_or(self.born, |at| at + KEY_FRAME_PACE));
        let sharper = self.last.filter(|last| self.refinements > 0 && last.quantizer > SHARP);
        let sharper = sharper.map(|last| last.at + REFINEMENT_PACE);
        let probe = locked(&self.shared.flow).probe_at();
        [key, sharper, probe].into_iter().flatten().min()
    }

    fn key_wanted(&self) -> bool {
        self.shared.key_wanted.load(Ordering::Acquire)
    }

    fn key_due(&self, now: Instant) -> bool {
        self.key_wanted() && self.last_key.is_none_or(|at| now >= at + KEY_FRAME_PACE)
    }

    /// Looks are as far apart as leaves half of a core to others, also those after which nothing was sent.
    fn keep_pace(&mut self) {
        let pace = LEAST_PACE.max(self.cost * 2);
        if let Some(left) = self.looked.and_then(|looked| pace.checked_sub(looked.elapsed())) {
            std::thread::sleep(left);
        }
        self.looked = Some(Instant::now());
    }

    fn make_frame(&mut self, now: Instant) -> Result<(), ShareEnd> {
        let update = self.source.take(&self.shared.gate, self.shared.clock.now())?;
        let fresh = self.codec.is_none() || update.resized;
        let due = self.due().is_some_and(|due| Instant::now() >= due);
        if update.rects.is_empty() && !fresh && !due {
            return Ok(());
        }
        if update.rects.is_empty() {
            self.refinements = self.refinements.saturating_sub(1);
        } else {
            self.refinements = REFINEMENTS;
        }
        let key = fresh || self.key_due(now);
        let encoded = self.encode(&update.rects, fresh, key, now).map_err(|error| {
            tracing::warn!(%error, "the encoder failed");
            ShareEnd::Codec
        })?;
        if encoded.key {
            self.last_key = Some(now);
            self.shared.key_wanted.store(false, Ordering::Release);
            self.shared.counters.key_frames.fetch_add(1, Ordering::Relaxed);
        }
        let timestamp = self.timestamp(now);
        self.last = Some(Last { at: now, timestamp, quantizer: encoded.quantizer });
        self.hand_over(encoded.data, timestamp)?;
        let cost = now.elapsed();
        self.cost = (self.cost * 7 + cost) / 8;
        let micros = u64::try_from(cost.as_micros()).unwrap_or(u64::MAX);
        self.shared.counters.encode_micros.fetch_add(micros, Ordering::Relaxed);
        Ok(())
    }

    fn encode(
        &mut self,
        rects: &[Rect],
        fresh: bool,
        key: bool,
        now: Instant,
    ) -> Result<crate::codec::av1::Encoded, CodecError> {
        let rate = locked(&self.shared.flow).rate();
        let picture = self.source.picture();
        if fresh {
            self.codec = Some(codec_for(picture, rate)?);
            self.shared.show_screen(picture.width, picture.height);
        }
        let (encoder, planes) = self.codec.as_mut().ok_or(CodecError::Form)?;
        let all = [picture.bounds()];
        planes.update(picture, if fresh { &all } else { rects })?;
        encoder.set_bitrate(rate)?;
        let since = self.last.map_or(LEAST_PACE, |last| now.saturating_duration_since(last.at));
        encoder.encode(planes, since, key)
    }

    /// Time as RTP counts it, always later than the last.
    fn timestamp(&self, now: Instant) -> u32 {
        let ticks = now.saturating_duration_since(self.born).as_micros() * TICKS / 1_000_000;
        let timestamp = (ticks & u128::from(u32::MAX)) as u32;
        match self.last {
            Some(last) if timestamp.wrapping_sub(last.timestamp).wrapping_sub(1) >= 1 << 31 => {
                last.timestamp.wrapping_add(1)
            }
            _ => timestamp,
        }
    }

    /// Gives the frame to the network behind the gate: one that was encoded while the gate closed
    /// does not leave.
    fn hand_over(&self, data: Bytes, timestamp: u32) -> Result<(), ShareEnd> {
        let shared = &self.shared;
        let bytes = data.len();
        let pass = shared.gate.check(Scope::View, shared.clock.now()).map_err(ShareEnd::Refused)?;
        let sent = self.frames.try_send(Outgoing { data, timestamp });
        drop(pass);
        if sent.is_err() {
            // The network task is gone or stuck: what was encoded is lost, so begin anew.
            shared.key_wanted.store(true, Ordering::Release);
            return Ok(());
        }
        locked(&shared.flow).on_sent(timestamp, bytes, Instant::now());
        shared.counters.pictures.fetch_add(1, Ordering::Relaxed);
        shared.counters.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(())
    }
}

fn codec_for(picture: &Picture, bitrate: u32) -> Result<(Encoder, I420), CodecError> {
    let (width, height) = (picture.width, picture.height);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = u32::try_from(cores).unwrap_or(4).clamp(1, 4);
    let encoder = Encoder::new(EncoderConfig { width, height, bitrate, threads })?;
    Ok((encoder, I420::black(width, height)?))
}
