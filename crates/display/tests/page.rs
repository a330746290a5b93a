//! The page `docs/DISPLAY.md` is true: its bytes decode to what it says.

use std::time::Duration;

use opora_display::{Config, Decoder, Encoder, Limits, Picture};

const PAGE: &str = include_str!("../../../docs/DISPLAY.md");

/// The bytes of a block of the page.
fn bytes(name: &str) -> Vec<u8> {
    let begin = format!("```hex {name}\n");
    let block = PAGE.split_once(&begin).and_then(|(_, rest)| rest.split_once("```")).expect("the block is there").0;
    block.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("two digits")).collect()
}

/// What the page says the picture shows after a packet.
fn pixel(x: u32, y: u32, after: &str) -> u32 {
    let d = (x.wrapping_sub(10), y.wrapping_sub(20));
    match (x, y) {
        _ if after >= "E" && x < 64 && y >= 64 => (3 * x) << 16 | (20 * (y - 64) + x) << 8 | (200 - 2 * x),
        _ if after >= "D" && d.0 < 8 && d.1 < 8 && d.0 * d.1 % 2 == 1 => 0x00FF_FFFF,
        _ if after >= "D" && d.0 < 8 && d.1 < 8 => u32::from(d.0 == 4) * 0x00FF_0000,
        (4, 5) if after >= "B" => 0x00FF_FFFF,
        (5, 5) if after >= "B" => 0x00FF_0000,
        (20 | 65, 5 | 65) if after >= "C" && (x == 20) == (y == 5) => 0x00FF_FFFF,
        (21 | 66, 5 | 65) if after >= "C" && (x == 21) == (y == 5) => 0x00FF_0000,
        _ => 0x0010_2030,
    }
}

fn screen(after: &str) -> Vec<u32> {
    (0..70).flat_map(|y| (0..80).map(move |x| pixel(x, y, after))).collect()
}

#[test]
fn the_bytes_on_the_page_decode_to_what_it_says() {
    let mut decoder = Decoder::new(Limits::default());
    for name in ["A", "B", "C", "D", "E"] {
        decoder.apply(&bytes(name), Duration::ZERO).expect("a packet");
        let shown: Vec<u32> = decoder.pixels().iter().map(|pixel| pixel & 0xFF_FFFF).collect();
        assert!(shown == screen(name), "after {name}");
        assert!(decoder.is_exact(), "after {name}");
    }
}

#[test]
fn the_encoder_says_the_same_for_one_colour() {
    let mut encoder = Encoder::new(Config::default());
    let viewer = encoder.join();
    let bytes_of: Vec<u8> = screen("A").iter().flat_map(|pixel| pixel.to_le_bytes()).collect();
    let picture = Picture::new(80, 70, 320, &bytes_of).expect("fits");
    encoder.observe(&picture, &[], Duration::ZERO);
    let update = encoder.update(viewer, usize::MAX, Duration::ZERO).expect("a picture");
    assert_eq!(update.packets, [bytes("A")]);
}

#[test]
fn the_report_on_the_page_is_what_a_receiver_says() {
    let mut decoder = Decoder::new(Limits::default());
    for name in ["A", "B", "D"] {
        decoder.apply(&bytes(name), Duration::ZERO).expect("a packet");
    }
    let report = decoder.report(Duration::ZERO).expect("news");
    let page = bytes("report");
    // The page's receiver has a broken tile besides.
    assert_eq!(report[..10], page[..10]);
    let mut encoder = Encoder::new(Config::default());
    let viewer = encoder.join();
    let black = [0; 80 * 70 * 4];
    encoder.observe(&Picture::new(80, 70, 320, &black).expect("fits"), &[], Duration::ZERO);
    encoder.hear(viewer, &page).expect("a report");
}
