//! RTP packets back into frames: in order, without doubles, without holes.
//!
//! Repaired packets come late (NACK), so packets wait for an earlier one up to [`PATIENCE`]. After
//! that the hole is given up: nothing is shown until the next key frame, which the caller asks for.
//! States: looking for a key frame → following. Pure: packets and now go in, frames come out.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};

use crate::{
    depacketize::{Depacketizer, NEW_SEQUENCE},
    transport::VideoPacket,
};

/// How long a hole may wait for its repair: some round trips of a bad line.
pub const PATIENCE: Duration = Duration::from_millis(400);
/// Most packets that wait behind a hole: over a second at 20 Mb/s.
const MOST_WAITING: usize = 2048;
/// The largest frame: a 4K key frame is under 1 MiB.
const MOST_FRAME: usize = 4 << 20;

/// A whole temporal unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// RTP time stamp, 90 kHz.
    pub timestamp: u32,
    /// Decoding may begin here.
    pub key: bool,
    /// OBUs with sizes.
    pub data: Bytes,
}

/// Turns packets into frames.
pub struct Assembler {
    waiting: BTreeMap<u64, VideoPacket>,
    /// The next number in order; `None` while looking for a key frame.
    next: Option<u64>,
    /// The highest number so far, to unwrap 16 bits.
    highest: Option<u64>,
    hole_since: Option<Instant>,
    depacketizer: Depacketizer,
    partial: BytesMut,
    partial_key: bool,
    out: VecDeque<Frame>,
    /// Holes given up.
    holes: u64,
}

impl Default for Assembler {
    fn default() -> Self {
        Self {
            waiting: BTreeMap::new(),
            next: None,
            highest: None,
            hole_since: None,
            depacketizer: Depacketizer::default(),
            partial: BytesMut::new(),
            partial_key: false,
            out: VecDeque::new(),
            holes: 0,
        }
    }
}

impl Assembler {
    /// Takes one packet in.
    pub fn push(&mut self, packet: VideoPacket, now: Instant) {
        let number = self.unwrap_number(packet.seq);
        if self.next.is_some_and(|next| number < next) {
            return; // a double, or too late
        }
        self.waiting.insert(number, packet);
        if self.waiting.len() > MOST_WAITING {
            self.give_up();
        }
        self.advance(now);
    }

    /// The next whole frame.
    pub fn pop(&mut self) -> Option<Frame> {
        self.out.pop_front()
    }

    /// When [`Assembler::on_deadline`] should be called.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.hole_since.map(|since| since + PATIENCE)
    }

    /// Gives up a hole that has waited long enough.
    pub fn on_deadline(&mut self, now: Instant) {
        if self.deadline().is_some_and(|due| now >= due) {
            self.give_up();
            self.advance(now);
        }
    }

    /// Whether nothing can be shown until a key frame comes.
    #[must_use]
    pub fn needs_key(&self) -> bool {
        self.next.is_none()
    }

    /// Holes given up so far.
    #[must_use]
    pub fn holes(&self) -> u64 {
        self.holes
    }

    /// Looks for a key frame from now on; for when frames were dropped behind this.
    pub fn restart(&mut self) {
        self.next = None;
        self.hole_since = None;
        self.partial.clear();
        self.partial_key = false;
        self.depacketizer.clear();
    }

    fn unwrap_number(&mut self, seq: u16) -> u64 {
        // Begin in the middle of nowhere, so that what was sent before the first packet has room below.
        let highest = self.highest.unwrap_or(1 << 20 | u64::from(seq));
        let ahead = seq.wrapping_sub((highest & 0xffff) as u16) as i16;
        let number = highest.saturating_add_signed(i64::from(ahead));
        self.highest = Some(highest.max(number));
        number
    }

    fn give_up(&mut self) {
        self.holes += 1;
        self.restart();
        // What begins a key frame, and what follows it, is still good.
        let key = self.waiting.iter().find(|(_, packet)| begins_sequence(packet)).map(|(number, _)| *number);
        match key {
            Some(number) => self.waiting = self.waiting.split_off(&number),
            None => self.waiting.clear(),
        }
    }

    fn advance(&mut self, now: Instant) {
        if self.next.is_none() {
            let key = self.waiting.iter().find(|(_, packet)| begins_sequence(packet)).map(|(number, _)| *number);
            let Some(key) = key else {
                self.waiting.clear();
                return;
            };
            self.waiting = self.waiting.split_off(&key);
            self.next = Some(key);
        }
        while let Some(next) = self.next
            && let Some(packet) = self.waiting.remove(&next)
        {
            self.next = Some(next + 1);
            self.take(&packet);
        }
        self.hole_since = match (self.waiting.is_empty(), self.hole_since) {
            (true, _) => None,
            (false, since) => since.or(Some(now)),
        };
    }

    fn take(&mut self, packet: &VideoPacket) {
        self.partial_key |= begins_sequence(packet);
        if self.depacketizer.take(&packet.payload, MOST_FRAME, &mut self.partial).is_err() {
            // Not AV1, or endless: the peer is broken or hostile. A key frame starts afresh.
            self.restart();
            return;
        }
        if packet.marker && !self.partial.is_empty() {
            let data = self.partial.split().freeze();
            let key = std::mem::take(&mut self.partial_key);
            self.out.push_back(Frame { timestamp: packet.timestamp, key, data });
        }
    }
}

fn begins_sequence(packet: &VideoPacket) -> bool {
    packet.payload.first().is_some_and(|header| header & NEW_SEQUENCE != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of one packet: an AV1 OBU of type 6 (frame) with one byte, with the sequence bit for keys.
    fn packet(seq: u16, key: bool) -> VideoPacket {
        let header = 0x10 | if key { NEW_SEQUENCE } else { 0 };
        let payload = Bytes::from(vec![header, 6 << 3, seq as u8]);
        VideoPacket { seq, timestamp: u32::from(seq), marker: true, payload }
    }

    fn shown(assembler: &mut Assembler) -> Vec<u32> {
        std::iter::from_fn(|| assembler.pop()).map(|frame| frame.timestamp).collect()
    }

    #[test]
    fn a_repaired_packet_takes_its_place_and_doubles_are_dropped() {
        let (mut assembler, now) = (Assembler::default(), Instant::now());
        for seq in [65534, 65535, 1, 65535, 2] {
            assembler.push(packet(seq, seq == 65534), now);
        }
        assert_eq!(shown(&mut assembler), [65534, 65535], "1 and 2 wait for 0");
        assembler.push(packet(0, false), now);
        assert_eq!(shown(&mut assembler), [0, 1, 2]);
        assert_eq!(assembler.deadline(), None);
    }

    #[test]
    fn a_hole_that_stays_is_given_up_and_only_a_key_frame_goes_on() {
        let (mut assembler, now) = (Assembler::default(), Instant::now());
        for seq in [10, 12, 13] {
            assembler.push(packet(seq, seq == 10), now);
        }
        assembler.on_deadline(now + PATIENCE / 2);
        assert!(!assembler.needs_key(), "it waits for the repair");
        assembler.on_deadline(now + PATIENCE);
        assert!(assembler.needs_key());
        assembler.push(packet(14, false), now);
        assembler.push(packet(15, true), now);
        assembler.push(packet(16, false), now);
        assert_eq!(shown(&mut assembler), [10, 15, 16]);
        assert_eq!(assembler.holes(), 1);
    }

    #[test]
    fn nothing_is_shown_before_the_first_key_frame() {
        let (mut assembler, now) = (Assembler::default(), Instant::now());
        for seq in 0..5 {
            assembler.push(packet(seq, seq == 3), now);
        }
        assert_eq!(shown(&mut assembler), [3, 4]);
    }

    proptest::proptest! {
        /// Whatever packets a peer sends, in whatever order: no panic, and no frame larger than they were.
        #[test]
        fn any_packets_make_frames_or_not(
            packets in proptest::collection::vec(
                (0..50_u16, proptest::bool::ANY, proptest::collection::vec(proptest::num::u8::ANY, 0..40)), 0..60,
            ),
        ) {
            let (mut assembler, now) = (Assembler::default(), Instant::now());
            let mut most = 0;
            for (seq, marker, payload) in packets {
                most += payload.len() * 2 + 8;
                assembler.push(VideoPacket { seq, timestamp: 0, marker, payload: payload.into() }, now);
            }
            assembler.on_deadline(now + PATIENCE);
            let frames: usize = std::iter::from_fn(|| assembler.pop()).map(|frame| frame.data.len()).sum();
            proptest::prop_assert!(frames <= most);
        }
    }
}
