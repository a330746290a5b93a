//! Several viewers of one screen, each with its own line and rate.

mod common;

use std::time::Duration;

use common::{Chance, Line, Screen, Seat, encoder};
use opora_display::{Config, Encoder, Rect};

const MS: Duration = Duration::from_millis(1);

#[test]
fn a_still_screen_sends_nothing_and_codes_nothing() {
    let mut screen = Screen::new(640, 480);
    screen.text(screen.bounds(), 1);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = MS;
    encoder.observe(&screen.picture(), &[], now);
    boris.settle(&mut encoder, &mut now);
    let blocks = encoder.coded_blocks();

    assert!(!encoder.observe(&screen.picture(), &[screen.bounds()], now), "damage without change");
    for _ in 0..1000 {
        now += 20 * MS;
        assert_eq!(encoder.update(boris.id, usize::MAX, now), None);
        assert_eq!(boris.decoder.report(now), None);
    }
    assert_eq!((encoder.due(boris.id), encoder.coded_blocks()), (None, blocks));
}

#[test]
fn vera_joins_from_the_cache_and_boris_notices_nothing() {
    let mut screen = Screen::new(640, 480);
    screen.text(screen.bounds(), 1);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = MS;
    encoder.observe(&screen.picture(), &[], now);
    boris.settle(&mut encoder, &mut now);
    let (blocks, bytes) = (encoder.coded_blocks(), boris.bytes);

    let mut vera = Seat::new(&mut encoder, Line::default(), 2);
    vera.settle(&mut encoder, &mut now);
    boris.turn(&mut encoder, usize::MAX, now);

    assert!(screen.is_shown_by(&vera.decoder));
    assert_eq!(encoder.coded_blocks(), blocks, "no pixel was coded again");
    assert_eq!(boris.bytes, bytes, "nothing was sent to Boris");
}

#[test]
fn a_slow_viewer_skips_what_is_old_and_holds_nobody_up() {
    let mut screen = Screen::new(640, 480);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut vera = Seat::new(&mut encoder, Line::default(), 2);
    let mut now = MS;
    encoder.observe(&screen.picture(), &[], now);
    for page in 0..20 {
        now += 50 * MS;
        screen.text(screen.bounds(), page);
        encoder.observe(&screen.picture(), &[screen.bounds()], now);
        boris.turn(&mut encoder, usize::MAX, now);
        vera.turn(&mut encoder, 2000, now);
        assert!(screen.is_shown_by(&boris.decoder));
    }
    vera.settle(&mut encoder, &mut now);
    assert!(screen.is_shown_by(&vera.decoder));
    assert!(vera.bytes * 4 < boris.bytes, "{} of {}", vera.bytes, boris.bytes);
}

#[test]
fn the_page_before_comes_back_from_what_the_viewer_keeps() {
    let mut screen = Screen::new(1280, 720);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = MS;
    let mut bytes = Vec::new();
    for page in [1, 2, 1, 2] {
        now += 600 * MS;
        screen.text(screen.bounds(), page);
        encoder.observe(&screen.picture(), &[screen.bounds()], now);
        let before = boris.bytes;
        boris.settle(&mut encoder, &mut now);
        assert!(screen.is_shown_by(&boris.decoder));
        bytes.push(boris.bytes - before);
    }
    assert!(bytes[2] * 10 < bytes[0] && bytes[3] < 200, "{bytes:?}: a page that was there before is a few references");
}

#[test]
fn a_lost_packet_holds_back_only_the_tiles_it_touches() {
    let mut screen = Screen::new(1280, 720);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = MS;
    encoder.observe(&screen.picture(), &[], now);
    boris.settle(&mut encoder, &mut now);
    screen.text(screen.bounds(), 3);
    now += 20 * MS;
    encoder.observe(&screen.picture(), &[screen.bounds()], now);
    let mut update = encoder.update(boris.id, usize::MAX, now).expect("a page");
    let lost = update.packets.remove(3);
    boris.carry(Some(update), now);

    let wrong = (0..720).step_by(64).flat_map(|y| (0..1280).step_by(64).map(move |x| (x, y)));
    let wrong = wrong.filter(|(x, y)| {
        let tile = (0..64).flat_map(|dy| (0..64).map(move |dx| (x + dx, y + dy)));
        tile.filter(|(_, y)| *y < 720)
            .any(|(x, y)| boris.decoder.pixels()[(y * 1280 + x) as usize] & 0xFF_FFFF != screen.get(x, y) & 0xFF_FFFF)
    });
    let count = wrong.count();
    assert!((1..8).contains(&count), "{count} tiles of 240 wait for {} bytes", lost.len());

    // The retransmission, or else the repair.
    boris.decoder.apply(&lost, now + 40 * MS).expect("good");
    assert!(screen.is_shown_by(&boris.decoder));
}

#[test]
fn a_lost_tail_is_sent_again_without_anything_changing() {
    let mut screen = Screen::new(300, 200);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = MS;
    encoder.observe(&screen.picture(), &[], now);
    boris.settle(&mut encoder, &mut now);
    encoder.set_round_trip(boris.id, 40 * MS);
    screen.text(Rect::new(10, 10, 60, 20), 1);
    encoder.observe(&screen.picture(), &[screen.bounds()], now);
    assert!(encoder.update(boris.id, usize::MAX, now).is_some(), "and the line swallows it");

    assert_eq!(encoder.update(boris.id, usize::MAX, now + 100 * MS), None, "an answer may still come");
    let due = encoder.due(boris.id).expect("a time");
    let again = encoder.update(boris.id, usize::MAX, due);
    boris.carry(again, due);
    assert!(screen.is_shown_by(&boris.decoder));
}

#[test]
fn another_size_begins_anew() {
    let mut screen = Screen::new(300, 200);
    screen.text(screen.bounds(), 1);
    let mut encoder = encoder();
    let mut boris = Seat::new(&mut encoder, Line { lost: 20, doubled: 10, reordered: 30 }, 9);
    let mut now = MS;
    encoder.observe(&screen.picture(), &[], now);
    for (width, height) in [(500, 100), (64, 64), (300, 200)] {
        boris.line = Line { lost: 20, doubled: 10, reordered: 30 };
        for _ in 0..5 {
            now += 20 * MS;
            boris.turn(&mut encoder, usize::MAX, now);
        }
        screen = Screen::new(width, height);
        screen.text(screen.bounds(), u64::from(width));
        encoder.observe(&screen.picture(), &[], now);
    }
    boris.settle(&mut encoder, &mut now);
    assert!(screen.is_shown_by(&boris.decoder));
}

#[test]
fn what_moves_too_fast_is_left_to_video_and_exact_once_it_rests() {
    let mut chance = Chance::new(5);
    let mut screen = Screen::new(800, 600);
    screen.text(screen.bounds(), 1);
    let mut encoder = Encoder::new(Config { video: true, ..Config::default() });
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = Duration::from_secs(1);
    encoder.observe(&screen.picture(), &[], now);
    boris.settle(&mut encoder, &mut now);
    let film = Rect::new(100, 80, 420, 300);
    let mut late = 0;
    for picture in 0..40 {
        now += 40 * MS;
        screen.noise(film, &mut chance);
        encoder.observe(&screen.picture(), &[film], now);
        let before = boris.bytes;
        boris.turn(&mut encoder, usize::MAX, now);
        if picture >= 20 {
            late += boris.bytes - before;
        }
    }
    let region = encoder.video_region().expect("it was seen to be video");
    assert!(region.covers(&Rect::new(128, 128, 384, 192)), "{region:?}");
    assert!(late < 20 * 30_000, "{late} bytes: the middle does not go as tiles");
    assert!(boris.decoder.video().count() > 6 && !boris.decoder.is_exact());

    now += 500 * MS;
    boris.settle(&mut encoder, &mut now);
    assert_eq!(encoder.video_region(), None);
    assert!(screen.is_shown_by(&boris.decoder), "exact once it rests");
}

#[test]
fn typing_becomes_no_video() {
    let mut screen = Screen::new(800, 600);
    screen.text(screen.bounds(), 1);
    let mut encoder = Encoder::new(Config { video: true, ..Config::default() });
    let mut boris = Seat::new(&mut encoder, Line::default(), 1);
    let mut now = Duration::from_secs(1);
    encoder.observe(&screen.picture(), &[], now);
    boris.settle(&mut encoder, &mut now);
    for letter in 0..60 {
        now += 50 * MS;
        screen.text(Rect::new(20 + letter * 8, 60, 8, 12), u64::from(letter));
        encoder.observe(&screen.picture(), &[Rect::new(0, 48, 800, 36)], now);
        boris.turn(&mut encoder, usize::MAX, now);
        assert!(screen.is_shown_by(&boris.decoder));
    }
    assert_eq!(encoder.video_region(), None);
}
