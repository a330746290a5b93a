//! When the next frame may go, and at what bit rate.
//!
//! The place for real congestion control; today a window over acknowledgements. The viewer says for
//! each frame when it is complete there (`got`) and when it was taken for showing (`shown`). A frame
//! may go while few are on their way and few wait for the viewer's decoder, so no queue builds up
//! on the line or behind a slow viewer (D5). The rate falls when frames take longer than the
//! shortest way did, and grows while it is used. Pure: events and now go in.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// Bits a second: a legible page within a second, and no more than most lines carry.
const FIRST_RATE: u32 = 4_000_000;
/// Slower than this a screen is no help.
const LEAST_RATE: u32 = 150_000;
/// A screen has no use for more.
const MOST_RATE: u32 = 12_000_000;
/// Queueing on the way that is tolerated; above it typing feels slow.
const TOLERATED: Duration = Duration::from_millis(100);
/// The rate changes at most this often.
const STEP: Duration = Duration::from_millis(200);
/// Frames handed out but not yet taken by the viewer's decoder.
const MOST_UNSHOWN: usize = 4;
/// A frame that nobody answered for this long may have lost its last packet: another one lets the
/// receiver see the hole.
const LEAST_PROBE: Duration = Duration::from_millis(300);
/// The shortest way is forgotten after this long, so that a new route is learnt.
const MEMORY: Duration = Duration::from_secs(10);

#[derive(Clone, Copy)]
struct Sent {
    timestamp: u32,
    bytes: usize,
    at: Instant,
    got: bool,
}

/// What is on its way, and the rate that follows from it.
pub struct Flow {
    flying: VecDeque<Sent>,
    rate: u32,
    stepped: Option<Instant>,
    shortest: Option<(Duration, Instant)>,
    probed: Option<Instant>,
    /// Bits sent since `window`, to see whether the rate is used.
    used: (u64, Option<Instant>),
}

impl Default for Flow {
    fn default() -> Self {
        Self { flying: VecDeque::new(), rate: FIRST_RATE, stepped: None, shortest: None, probed: None, used: (0, None) }
    }
}

impl Flow {
    /// Target in bits a second for the encoder.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// The shortest way of a frame and back lately.
    #[must_use]
    pub fn round_trip(&self) -> Option<Duration> {
        self.shortest.map(|(way, _)| way)
    }

    /// Whether a frame may go now.
    #[must_use]
    pub fn may_send(&self, now: Instant) -> bool {
        let on_the_way = self.flying.iter().filter(|sent| !sent.got).count();
        (on_the_way < self.window() && self.flying.len() < self.window() + MOST_UNSHOWN) || self.probe_due(now)
    }

    /// When an unanswered frame should be followed by another to show a lost tail; `None` when all
    /// is answered.
    #[must_use]
    pub fn probe_at(&self) -> Option<Instant> {
        let last = self.flying.iter().rfind(|sent| !sent.got)?;
        let patience = LEAST_PROBE.max(self.round_trip().unwrap_or_default() * 3);
        let after = self.probed.map_or(last.at, |probed| probed.max(last.at));
        Some(after + patience)
    }

    fn probe_due(&self, now: Instant) -> bool {
        self.probe_at().is_some_and(|due| now >= due)
    }

    /// Two frames, and one more for each 33 ms of the way, so that a long way is filled.
    fn window(&self) -> usize {
        let way = self.round_trip().unwrap_or_default().as_millis();
        2 + usize::try_from(way / 33).unwrap_or(10).min(10)
    }

    /// A frame went out.
    pub fn on_sent(&mut self, timestamp: u32, bytes: usize, now: Instant) {
        if self.probe_due(now) {
            self.probed = Some(now);
        }
        self.flying.push_back(Sent { timestamp, bytes, at: now, got: false });
        // A viewer that never answers must not make this grow; probes go out a few a second.
        if self.flying.len() > 64 {
            self.flying.pop_front();
        }
        self.used.0 += bytes as u64 * 8;
        self.used.1.get_or_insert(now);
    }

    /// The viewer answered.
    pub fn on_ack(&mut self, got: u32, shown: u32, now: Instant) {
        let mut arrived = None;
        for sent in self.flying.iter_mut().filter(|sent| !sent.got && !is_after(sent.timestamp, got)) {
            sent.got = true;
            arrived = Some(*sent);
        }
        while self.flying.front().is_some_and(|sent| sent.got && !is_after(sent.timestamp, shown)) {
            self.flying.pop_front();
        }
        if let Some(sent) = arrived.filter(|sent| sent.timestamp == got) {
            self.probed = None;
            self.learn(sent, now);
        }
    }

    /// The viewer lost frames and asked for a key frame: what was on its way is gone.
    pub fn on_loss(&mut self, now: Instant) {
        self.flying.clear();
        self.change(0.7, now);
    }

    /// A viewer begins: nothing is on its way to it.
    pub fn restart(&mut self) {
        self.flying.clear();
        (self.probed, self.shortest) = (None, None);
    }

    fn learn(&mut self, sent: Sent, now: Instant) {
        let way = now.saturating_duration_since(sent.at);
        let fresh = self.shortest.filter(|(_, at)| now.saturating_duration_since(*at) < MEMORY);
        let shortest = fresh.map_or(way, |(shortest, _)| shortest.min(way));
        if fresh.is_none_or(|(before, _)| way <= before) {
            self.shortest = Some((shortest, now));
        }
        // A large frame takes its own time even on a free line.
        let own = Duration::from_secs_f64(sent.bytes as f64 * 8.0 / f64::from(self.rate));
        let queued = way.saturating_sub(shortest).saturating_sub(own);
        if queued > TOLERATED {
            self.change(0.85, now);
        } else if queued < TOLERATED / 2 && self.is_used(now) {
            self.change(1.08, now);
        }
    }

    /// Whether the encoder sent at least two thirds of the rate since the last step.
    fn is_used(&self, now: Instant) -> bool {
        let Some(since) = self.used.1 else { return false };
        let seconds = now.saturating_duration_since(since).as_secs_f64().max(0.05);
        self.used.0 as f64 / seconds > f64::from(self.rate) * 0.66
    }

    fn change(&mut self, factor: f64, now: Instant) {
        if self.stepped.is_some_and(|at| now.saturating_duration_since(at) < STEP) {
            return;
        }
        let rate = (f64::from(self.rate) * factor) as u32;
        self.rate = rate.clamp(LEAST_RATE, MOST_RATE);
        self.stepped = Some(now);
        self.used = (0, Some(now));
    }
}

/// Whether time stamp `a` is later than `b`; they wrap every 13 hours.
fn is_after(a: u32, b: u32) -> bool {
    a != b && a.wrapping_sub(b) < 1 << 31
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn frames_wait_for_a_slow_line_and_for_a_slow_viewer() {
        let (mut flow, start) = (Flow::default(), Instant::now());
        flow.on_sent(1, 1000, start);
        assert!(flow.may_send(start));
        flow.on_sent(2, 1000, start);
        assert!(!flow.may_send(start), "two are on the way");
        flow.on_ack(2, 0, start + 5 * MS);
        for timestamp in 3..7 {
            assert!(flow.may_send(start + 5 * MS), "the line is free");
            flow.on_sent(timestamp, 1000, start + 5 * MS);
            flow.on_ack(timestamp, 0, start + 10 * MS);
        }
        assert!(!flow.may_send(start + 10 * MS), "the viewer shows nothing");
        flow.on_ack(6, 6, start + 20 * MS);
        assert!(flow.may_send(start + 20 * MS));
    }

    #[test]
    fn a_lost_last_packet_is_shown_by_one_more_frame() {
        let (mut flow, start) = (Flow::default(), Instant::now());
        flow.on_sent(1, 1000, start);
        flow.on_sent(2, 1000, start);
        assert_eq!(flow.probe_at(), Some(start + LEAST_PROBE));
        let later = start + LEAST_PROBE;
        assert!(flow.may_send(later));
        flow.on_sent(3, 1000, later);
        assert!(!flow.may_send(later), "one probe, not a flood");
        flow.on_ack(3, 3, later + 5 * MS);
        assert_eq!(flow.probe_at(), None);
    }

    #[test]
    fn the_rate_falls_on_a_full_line_and_comes_back() {
        let (mut flow, mut now) = (Flow::default(), Instant::now());
        let mut run = |flow: &mut Flow, way: Duration, frames: u32| {
            for _ in 0..frames {
                let timestamp = flow.flying.back().map_or(1, |sent| sent.timestamp) + 1;
                flow.on_sent(timestamp, flow.rate() as usize / 8 / 25, now);
                flow.on_ack(timestamp, timestamp, now + way);
                now += 40 * MS;
            }
        };
        run(&mut flow, 30 * MS, 50);
        let free = flow.rate();
        run(&mut flow, 400 * MS, 50);
        let full = flow.rate();
        assert!(full < free / 3, "{full} of {free}");
        run(&mut flow, 30 * MS, 300);
        assert!(flow.rate() > full * 3, "{} after {full}", flow.rate());
    }
}
