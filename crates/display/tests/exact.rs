//! Whatever is drawn and whatever the line does: once it has rested, both pictures are the same.

mod common;

use std::time::Duration;

use common::{Chance, Line, Screen, Seat, encoder};
use opora_display::{Config, Encoder, Rect};
use proptest::prelude::*;

/// Something happens on the screen; gives the damage that a system would report for it.
fn something(screen: &mut Screen, chance: &mut Chance) -> Vec<Rect> {
    let (width, height) = (screen.width, screen.height);
    let mut rect = |most: u32| {
        let (w, h) = (1 + chance.below(most.min(width)), 1 + chance.below(most.min(height)));
        Rect::new(chance.below(width - w + 1), chance.below(height - h + 1), w, h)
    };
    let (small, large, place) = (rect(24), rect(400), rect(400));
    let seed = u64::from(chance.below(5));
    match chance.below(9) {
        0 => screen.fill(large, 0x0030_6090 + chance.below(9)),
        1 => screen.text(large, seed),
        2 => screen.noise(small, chance),
        3 => {
            screen.text(small, seed);
            return vec![screen.bounds()];
        }
        4 => {
            // A window or a text moves, as far as it fits.
            let to = (place.x.min(width - large.width), place.y.min(height - large.height));
            screen.copy(large, to.0, to.1);
            return vec![large, Rect::new(to.0, to.1, large.width, large.height)];
        }
        5 => {
            let by = 1 + chance.below(40);
            if large.height > by {
                let from = Rect::new(large.x, large.y + by, large.width, large.height - by);
                screen.copy(from, large.x, large.y);
            }
        }
        6 => {
            let by = 1 + chance.below(40);
            if large.width > by {
                let from = Rect::new(large.x, large.y, large.width - by, large.height);
                screen.copy(from, large.x + by, large.y);
            }
        }
        7 => {
            screen.text(screen.bounds(), seed);
            return vec![screen.bounds()];
        }
        _ => {
            screen.fill(small, 0x00FF_0000);
            return vec![small];
        }
    }
    vec![large, small]
}

fn line() -> impl Strategy<Value = Line> {
    (0_u32..40, 0_u32..30, 0_u32..60).prop_map(|(lost, doubled, reordered)| Line { lost, doubled, reordered })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn after_repair_both_pictures_are_equal(
        seed in any::<u64>(), line in line(), width in 1_u32..420, height in 1_u32..330,
        budget in prop_oneof![Just(usize::MAX), 300_usize..6000], packet in 256_usize..1400,
    ) {
        let mut chance = Chance::new(seed);
        let mut screen = Screen::new(width, height);
        let mut encoder = Encoder::new(Config { packet, video: chance.happens(30) });
        let mut boris = Seat::new(&mut encoder, line, seed ^ 1);
        let mut now = Duration::from_millis(1);
        encoder.observe(&screen.picture(), &[], now);
        for _ in 0..40 {
            now += Duration::from_millis(u64::from(chance.below(60)));
            for _ in 0..chance.below(3) {
                let damage = something(&mut screen, &mut chance);
                encoder.observe(&screen.picture(), &damage, now);
            }
            boris.turn(&mut encoder, budget, now);
        }
        boris.settle(&mut encoder, &mut now);
        prop_assert!(screen.is_shown_by(&boris.decoder));
    }

    #[test]
    fn a_joiner_at_any_time_gets_the_same_picture(seed in any::<u64>(), line in line(), at in 0_u32..30) {
        let mut chance = Chance::new(seed);
        let mut screen = Screen::new(300, 260);
        let mut encoder = encoder();
        let mut boris = Seat::new(&mut encoder, Line::default(), seed ^ 1);
        let mut vera = None;
        let mut now = Duration::from_millis(1);
        encoder.observe(&screen.picture(), &[], now);
        for turn in 0..30 {
            now += Duration::from_millis(30);
            let damage = something(&mut screen, &mut chance);
            encoder.observe(&screen.picture(), &damage, now);
            if turn == at {
                vera = Some(Seat::new(&mut encoder, line, seed ^ 2));
            }
            boris.turn(&mut encoder, usize::MAX, now);
            prop_assert!(screen.is_shown_by(&boris.decoder), "the first viewer notices nothing");
            if let Some(vera) = &mut vera {
                vera.turn(&mut encoder, 3000, now);
            }
        }
        let mut vera = vera.expect("she joined");
        vera.settle(&mut encoder, &mut now);
        prop_assert!(screen.is_shown_by(&vera.decoder));
    }

    #[test]
    fn scrolling_by_any_amount_is_a_copy(dx in -90_i32..90, dy in -90_i32..90, seed in 0_u64..4) {
        prop_assume!((dx, dy) != (0, 0));
        let mut screen = Screen::new(520, 460);
        screen.fill(screen.bounds(), 0x0020_4060);
        let window = Rect::new(37, 51, 400, 350);
        screen.text(window, seed);
        let mut encoder = encoder();
        let mut boris = Seat::new(&mut encoder, Line::default(), 1);
        let mut now = Duration::from_secs(1);
        encoder.observe(&screen.picture(), &[], now);
        boris.turn(&mut encoder, usize::MAX, now);
        let whole = boris.bytes;

        // The text moves inside of its window; what comes in is blank.
        let before = screen.clone();
        screen.fill(window, 0x00F0_F0F0);
        for y in 0..window.height {
            for x in 0..window.width {
                let (from_x, from_y) = (x as i32 + dx, y as i32 + dy);
                if (0..400).contains(&from_x) && (0..350).contains(&from_y) {
                    let pixel = before.get(window.x + from_x as u32, window.y + from_y as u32);
                    screen.set(window.x + x, window.y + y, pixel);
                }
            }
        }
        now += Duration::from_millis(50);
        encoder.observe(&screen.picture(), &[window], now);
        boris.bytes = 0;
        boris.turn(&mut encoder, usize::MAX, now);
        prop_assert!(screen.is_shown_by(&boris.decoder));
        prop_assert!(boris.bytes * 8 < whole, "{} bytes after {whole}", boris.bytes);
    }
}
