//! What is done at the helper's display, and what is looked at.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use opora_testkit::{Button, Machine, RgbaImage};

use super::{Cost, Peer, meter::measure};

/// The painter's window on the customer's display (see `opora-painter`).
const PAINTER: (i16, i16, u32, u32) = (40, 60, 480, 320);
/// A click that is not seen for this long was lost.
const LOST: Duration = Duration::from_secs(2);
/// Rest between clicks, so that each is answered on a quiet screen.
const REST: Duration = Duration::from_millis(250);
/// One character every eighth of a second.
const KEYSTROKE: Duration = Duration::from_millis(125);
/// Colours further apart than this, over the three channels, are different ones.
const DIFFERENT: u32 = 90;

/// Clicks on the painter; for each the milliseconds until its new colour is at the helper's display.
///
/// # Errors
/// When a display or the viewer is gone.
pub fn clicks(peer: &dyn Peer, helper: &Machine, count: usize) -> Result<Vec<Option<f64>>> {
    let hands = helper.display().hands()?;
    let (x, y) = peer.place(PAINTER.0 + 300, PAINTER.1 + 250)?;
    let (look_x, look_y) = peer.place(PAINTER.0 + 400, PAINTER.1 + 200)?;
    hands.move_to(x, y)?;
    let mut latencies = Vec::with_capacity(count);
    for _ in 0..count {
        rest(REST);
        let before = helper.display().colour_at(look_x, look_y)?;
        let start = Instant::now();
        hands.press(Button::Left)?;
        let mut seen = None;
        while seen.is_none() && start.elapsed() < LOST {
            if distance(helper.display().colour_at(look_x, look_y)?, before) > DIFFERENT {
                seen = Some(start.elapsed().as_secs_f64() * 1_000.0);
            }
        }
        latencies.push(seen);
    }
    Ok(latencies)
}

/// Nothing happens.
///
/// # Errors
/// When the kernel's counters cannot be read.
pub fn idle(peer: &dyn Peer, length: Duration) -> Result<Cost> {
    rest(REST * 4);
    Ok(measure(peer, || {
        rest(length);
        Ok(())
    })?
    .0)
}

/// Types into the painter at eight characters a second.
///
/// # Errors
/// When a display or the viewer is gone.
pub fn typing(peer: &dyn Peer, helper: &Machine, text: &str) -> Result<Cost> {
    let hands = helper.display().hands()?;
    let (cost, ()) = measure(peer, || {
        let start = Instant::now();
        for (count, letter) in (0_u32..).zip(text.chars()) {
            rest((start + KEYSTROKE * count).saturating_duration_since(Instant::now()));
            hands.type_text(letter.encode_utf8(&mut [0; 4]))?;
        }
        Ok(())
    })?;
    Ok(cost)
}

/// Likeness of the painter's window on both displays once it rests, in dB; 99 when exact.
///
/// # Errors
/// When a display or the viewer is gone.
pub fn likeness(peer: &dyn Peer, customer: &Machine, helper: &Machine) -> Result<f64> {
    rest(Duration::from_secs(2));
    let (x, y, width, height) = PAINTER;
    let (there_x, there_y) = peer.place(x, y)?;
    let here = cut(&customer.display().screenshot()?, x, y, width, height)?;
    let there = cut(&helper.display().screenshot()?, there_x, there_y, width, height)?;
    let error: u64 = here.iter().zip(&there).map(|(one, other)| u64::from(one.abs_diff(*other)).pow(2)).sum();
    let mean = error as f64 / here.len() as f64;
    Ok(if mean == 0.0 { 99.0 } else { (10.0 * (255.0_f64.powi(2) / mean).log10()).min(99.0) })
}

/// Waits; the time between two acts of a person, not for something to become true.
fn rest(length: Duration) {
    let until = Instant::now() + length;
    while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        std::thread::park_timeout(left);
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}

fn cut(picture: &RgbaImage, x: i16, y: i16, width: u32, height: u32) -> Result<Vec<u8>> {
    let (x, y) = (u32::try_from(x).context("left of the screen")?, u32::try_from(y).context("above the screen")?);
    anyhow::ensure!(x + width <= picture.width() && y + height <= picture.height(), "outside of the screen");
    let pixels = (y..y + height).flat_map(|row| (x..x + width).map(move |column| (column, row)));
    Ok(pixels.flat_map(|(column, row)| picture.get_pixel(column, row).0[..3].to_vec()).collect())
}
