//! Small signed differences, near zero most of the time.
//!
//! A difference is the length of its magnitude in bits (in unary), its sign, and the bits below the
//! top one. Lengths are learnt by the activity around, the rest by length.

use crate::range::{Bits, Chance};

/// Classes of activity around a pixel.
pub(crate) const ACTIVITIES: usize = 12;

/// The activity of two neighbours' magnitudes, as a class: 0 when both are exact, then by doubling.
#[inline]
pub(crate) fn activity(sum: u32) -> usize {
    // 0, 1, 2, 3, 4..5, 6..7, 8..11, 12..15, 16..23, 24..31, 32..63, 64 and more
    const CLASS: [u8; 64] = {
        let mut class = [10_u8; 64];
        let mut at = 0;
        while at < 32 {
            class[at] = match at {
                0..=3 => at as u8,
                4..=5 => 4,
                6..=7 => 5,
                8..=11 => 6,
                12..=15 => 7,
                16..=23 => 8,
                _ => 9,
            };
            at += 1;
        }
        class
    };
    CLASS.get(sum as usize).map_or(ACTIVITIES - 1, |class| usize::from(*class))
}

/// What was learnt of one channel.
pub(crate) struct Residuals {
    lengths: [[Chance; 9]; ACTIVITIES],
    signs: [Chance; 3],
    below: [[Chance; 4]; 9],
}

impl Residuals {
    pub(crate) const fn new() -> Self {
        Self { lengths: [[Chance::EVEN; 9]; ACTIVITIES], signs: [Chance::EVEN; 3], below: [[Chance::EVEN; 4]; 9] }
    }

    /// Codes a difference modulo 256 and gives it back with its magnitude.
    #[inline]
    pub(crate) fn code<B: Bits>(&mut self, bits: &mut B, activity: usize, value: u8) -> (u8, u8) {
        let magnitude = (value as i8).unsigned_abs();
        let wanted = 8 - magnitude.leading_zeros() as usize;
        let lengths = &mut self.lengths[activity];
        let mut length = 0;
        while length < 8 && bits.bit(&mut lengths[length], wanted > length) {
            length += 1;
        }
        if length == 0 {
            return (0, 0);
        }
        let negative = bits.bit(&mut self.signs[activity.min(2)], (value as i8) < 0);
        let mut made = 1_u8;
        for below in (0..length - 1).rev() {
            let chance = &mut self.below[length][below.min(3)];
            made = made << 1 | u8::from(bits.bit(chance, magnitude >> below & 1 == 1));
        }
        (if negative { made.wrapping_neg() } else { made }, made)
    }
}
