//! Any bytes in: a picture or an error, no panic, and the stream goes on.

mod common;

use std::{sync::LazyLock, time::Duration};

use common::{Chance, Line, Screen, Seat, encoder};
use opora_display::{DecodeError, Decoder, Limits, Malformed, Rect, fuzz};
use proptest::prelude::*;

/// Packets of three streams with every kind of record.
static STREAMS: LazyLock<[Vec<Vec<u8>>; 3]> = LazyLock::new(|| std::array::from_fn(|seed| stream(seed as u64)));

fn stream(seed: u64) -> Vec<Vec<u8>> {
    let mut chance = Chance::new(seed);
    let mut screen = Screen::new(400, 300);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut packets = Vec::new();
    let mut now = Duration::ZERO;
    for turn in 0..12 {
        now += Duration::from_millis(500);
        match turn % 6 {
            0 => screen.text(screen.bounds(), 1),
            1 => screen.copy(Rect::new(0, 30, 400, 270), 0, 0),
            2 => screen.noise(Rect::new(60, 60, 40, 40), &mut chance),
            3 => screen.text(screen.bounds(), 2),
            4 => screen.fill(Rect::new(0, 0, 400, 100), 0x00FF_8000),
            _ => screen.text(Rect::new(5, 5, 16, 12), 1),
        }
        encoder.observe(&screen.picture(), &[screen.bounds()], now);
        let update = encoder.update(boris.id, usize::MAX, now);
        packets.extend(update.iter().flat_map(|update| update.packets.clone()));
        boris.carry(update, now);
        if let Some(report) = boris.decoder.report(now) {
            encoder.hear(boris.id, &report).expect("a report");
        }
    }
    assert!(screen.is_shown_by(&boris.decoder));
    packets
}

fn framed(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for packet in packets {
        bytes.extend_from_slice(&(packet.len() as u16).to_le_bytes());
        bytes.extend_from_slice(packet);
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let _ = fuzz::receive(&bytes);
        fuzz::hear(&bytes);
    }

    #[test]
    fn arbitrary_bodies_behind_a_good_head_do_no_harm(bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 1..20), flags in 0_u8..64) {
        let packets: Vec<Vec<u8>> = (1..).zip(bodies).map(|(number, body)| {
            let mut packet = vec![0x40 | flags & !32 | 1, 0, number, 0, 0, 200, 0, 150, 0];
            packet.extend(body);
            packet
        }).collect();
        let _ = fuzz::receive(&framed(&packets));
    }

    #[test]
    fn mutated_streams_do_no_harm(seed in 0_usize..3, changes in proptest::collection::vec((any::<u32>(), any::<u8>()), 1..40), cut in any::<u32>()) {
        let mut bytes = framed(&STREAMS[seed]);
        let length = bytes.len();
        for (at, value) in changes {
            bytes[at as usize % length] = value;
        }
        bytes.truncate(cut as usize % length + 1);
        let _ = fuzz::receive(&bytes);
    }

    #[test]
    fn a_stream_survives_foreign_packets_between_its_own(seed in 0_usize..3, junk in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 1..30)) {
        let mut decoder = Decoder::new(Limits::default());
        let packets = &STREAMS[seed];
        let mut junk = junk.iter().cycle();
        for packet in packets {
            // Another version: what a newer sender might say.
            let mut foreign = vec![0xE0];
            foreign.extend(junk.next().expect("cycles"));
            prop_assert_eq!(decoder.apply(&foreign, Duration::ZERO).map(<[Rect]>::len), Err(DecodeError::Malformed(Malformed::Version)));
            decoder.apply(packet, Duration::ZERO).expect("a good packet");
        }
        prop_assert!(decoder.is_exact());
    }
}

#[test]
fn a_picture_larger_than_allowed_is_refused_before_memory_is_taken() {
    let packet = |width: u16, height: u16| {
        let mut packet = vec![0x41, 0, 1, 0, 0];
        packet.extend(width.to_le_bytes());
        packet.extend(height.to_le_bytes());
        packet
    };
    let mut decoder = Decoder::new(Limits { pixels: 1000 * 1000, ..Limits::default() });
    let refused = |width, height| DecodeError::TooLarge { width, height };
    let mut tried = |width: u16, height: u16| decoder.apply(&packet(width, height), Duration::ZERO).map(<[Rect]>::len);
    assert_eq!(tried(8000, 8000), Err(refused(8000, 8000)));
    assert_eq!(tried(u16::MAX, 1), Err(DecodeError::Malformed(Malformed::Outside)));
    assert_eq!(tried(0, 5), Err(DecodeError::Malformed(Malformed::Outside)));
    assert_eq!(tried(1000, 1000), Ok(0));
}

#[test]
fn a_number_far_ahead_is_refused() {
    let mut decoder = Decoder::new(Limits::default());
    let mut packet = vec![0x41, 0, 1, 0, 0, 10, 0, 10, 0];
    decoder.apply(&packet, Duration::ZERO).expect("the first");
    packet[2..4].copy_from_slice(&20_000_u16.to_le_bytes());
    assert_eq!(decoder.apply(&packet, Duration::ZERO).map(<[Rect]>::len), Err(DecodeError::Ahead));
}
