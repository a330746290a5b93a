//! Many colours: photographs and gradients.
//!
//! Green, blue less green and red less green, each pixel foretold from its left, upper and upper
//! left neighbour (the median edge detector of LOCO-I), the difference coded by the activity around.

use crate::{
    range::{Bits, Decoder, Encoder},
    residual::{Residuals, activity},
};

/// A margin to the left and right of a row.
const STRIDE: usize = 64 + 2;

#[derive(Clone, Copy, Default)]
struct Sample {
    value: [u8; 3],
    size: [u8; 3],
}

/// Writes a block.
pub(crate) fn write(pixels: &[u32], width: usize, out: &mut Vec<u8>) {
    let mut encoder = Encoder::new(out);
    let mut at = 0;
    code(&mut encoder, width, pixels.len() / width, |_| {
        at += 1;
        pixels[at - 1]
    });
    encoder.finish();
}

/// Reads a block into `pixels`; any bytes give some pixels.
pub(crate) fn decode(bytes: &[u8], width: usize, pixels: &mut [u32]) {
    let mut decoder = Decoder::new(bytes);
    let height = pixels.len() / width;
    let mut at = 0;
    code(&mut decoder, width, height, |made| {
        if let Some(colour) = made {
            pixels[at] = colour;
            at += 1;
        }
        0
    });
}

/// Both directions: `pixel(None)` asks for the next pixel, `pixel(Some(..))` tells what it was.
fn code<B: Bits + Direction>(bits: &mut B, width: usize, height: usize, mut pixel: impl FnMut(Option<u32>) -> u32) {
    let mut models = [Residuals::new(), Residuals::new(), Residuals::new()];
    let mut above = [Sample::default(); STRIDE];
    for row in 0..height {
        let mut corner = above[0];
        let mut left = if row == 0 { Sample::default() } else { above[1] };
        for column in 0..width {
            let up = if row == 0 { left } else { above[column + 1] };
            if column == 0 {
                corner = up;
            }
            let given = if B::WRITES { planes(pixel(None)) } else { [0; 3] };
            let made = code_pixel(bits, &mut models, given, [left, up, corner]);
            if !B::WRITES {
                pixel(Some(colour(made.value)));
            }
            corner = up;
            left = made;
            above[column + 1] = made;
        }
    }
}

#[inline]
fn code_pixel<B: Bits>(
    bits: &mut B,
    models: &mut [Residuals; 3],
    given: [u8; 3],
    [left, up, corner]: [Sample; 3],
) -> Sample {
    let mut made = Sample::default();
    let mut beside = 0;
    for plane in 0..3 {
        let guess = median(left.value[plane], up.value[plane], corner.value[plane]);
        let around = u32::from(left.size[plane]) + u32::from(up.size[plane]) + beside;
        let (step, size) = models[plane].code(bits, activity(around), given[plane].wrapping_sub(guess));
        made.value[plane] = guess.wrapping_add(step);
        made.size[plane] = size;
        beside = u32::from(size) >> 1;
    }
    made
}

/// Which way a coder goes.
pub(crate) trait Direction {
    const WRITES: bool;
}

impl Direction for Encoder<'_> {
    const WRITES: bool = true;
}

impl Direction for Decoder<'_> {
    const WRITES: bool = false;
}

#[inline]
fn median(left: u8, up: u8, corner: u8) -> u8 {
    let (low, high) = (left.min(up), left.max(up));
    if corner >= high {
        low
    } else if corner <= low {
        high
    } else {
        left.wrapping_add(up).wrapping_sub(corner)
    }
}

#[inline]
fn planes(colour: u32) -> [u8; 3] {
    let [blue, green, red, _] = colour.to_le_bytes();
    [green, blue.wrapping_sub(green), red.wrapping_sub(green)]
}

#[inline]
fn colour([green, blue, red]: [u8; 3]) -> u32 {
    u32::from_le_bytes([blue.wrapping_add(green), green, red.wrapping_add(green), 0xFF])
}
