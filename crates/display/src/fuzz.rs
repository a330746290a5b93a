//! Entries for fuzzers: any bytes, no panic, bounded memory and time.

use std::time::Duration;

use crate::{Config, Decoder, Encoder, Limits, Picture};

/// What a fuzzed receiver is allowed: small, so that many runs fit a second.
const PIXELS: u64 = 512 * 512;

/// Feeds a receiver with packets cut from `bytes`: two bytes of length, then a packet, and so on.
/// Time goes 10 ms a packet. Gives the receiver back, so that a caller can look at it.
#[must_use]
pub fn receive(bytes: &[u8]) -> Decoder {
    let mut decoder = Decoder::new(Limits { pixels: PIXELS, ..Limits::default() });
    let (mut left, mut now) = (bytes, Duration::ZERO);
    while let [low, high, rest @ ..] = left {
        let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len());
        let (packet, after) = rest.split_at(length);
        left = after;
        now += Duration::from_millis(10);
        let _ = decoder.apply(packet, now);
        decoder.tick(now);
        let _ = decoder.report(now);
    }
    assert!(decoder.pixels().len() as u64 <= PIXELS, "a picture larger than allowed");
    decoder
}

/// Feeds a sender that has something to send with a report of any bytes.
pub fn hear(bytes: &[u8]) {
    let mut encoder = Encoder::new(Config::default());
    let viewer = encoder.join();
    let screen = [90; 130 * 70 * 4];
    if let Some(picture) = Picture::new(130, 70, 130 * 4, &screen) {
        encoder.observe(&picture, &[], Duration::ZERO);
    }
    let _ = encoder.update(viewer, usize::MAX, Duration::ZERO);
    let _ = encoder.hear(viewer, bytes);
    let _ = encoder.update(viewer, usize::MAX, Duration::from_millis(1));
}
