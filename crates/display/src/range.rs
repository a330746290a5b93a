//! An adaptive binary range coder: a bit costs what its probability says.
//!
//! 32-bit range, carries resolved by a held-back byte; the stream's first byte is always zero and is
//! left out, zeros at the end are cut and read back as zeros. So decoding never runs out of bytes
//! and every input decodes to something.

/// How fast a fresh probability learns: the n-th bit moves it by 1/(n + 1.5), in 1/16384.
const LEARN: [u32; 32] = {
    let mut rates = [0; 32];
    let mut n = 0;
    while n < 32 {
        rates[n] = 32_768 / (2 * n as u32 + 3);
        n += 1;
    }
    rates
};
/// Probabilities stay this far from certainty, so that no bit costs nothing or everything.
const EDGE: i32 = 96;

/// The probability of a zero, learnt from what was coded before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    zero: u16,
    seen: u16,
}

impl Chance {
    pub(crate) const EVEN: Self = Self { zero: 1 << 15, seen: 0 };

    #[inline]
    fn learn(&mut self, bit: bool) {
        let target = if bit { EDGE } else { (1 << 16) - EDGE };
        let step = (target - i32::from(self.zero)) * LEARN[usize::from(self.seen)] as i32 / (1 << 14);
        self.zero = (i32::from(self.zero) + step) as u16;
        if self.seen < 31 {
            self.seen += 1;
        }
    }
}

/// What both directions do, so that a model is written once.
pub(crate) trait Bits {
    /// Codes a bit; the encoder is given it, the decoder gives it.
    fn bit(&mut self, chance: &mut Chance, bit: bool) -> bool;

    /// Codes `count` bits of `value`, highest first, in a tree of chances (index 1 is the root).
    #[inline]
    fn tree(&mut self, chances: &mut [Chance], count: u32, value: u32) -> u32 {
        let mut node = 1_u32;
        for shift in (0..count).rev() {
            let bit = self.bit(&mut chances[node as usize], value >> shift & 1 == 1);
            node = node << 1 | u32::from(bit);
        }
        node - (1 << count)
    }
}

pub(crate) struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    low: u64,
    range: u32,
    /// Byte held back for a carry, and how many 0xFF follow it.
    held: Option<u8>,
    full: usize,
}

impl<'a> Encoder<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        let start = out.len();
        Self { out, start, low: 0, range: u32::MAX, held: None, full: 0 }
    }

    #[inline]
    fn shift(&mut self) {
        if self.low < 0xFF00_0000 || self.low > 0xFFFF_FFFF {
            let carry = (self.low >> 32) as u8;
            if let Some(held) = self.held {
                self.out.push(held.wrapping_add(carry));
            }
            for _ in 0..self.full {
                self.out.push(0xFF_u8.wrapping_add(carry));
            }
            self.full = 0;
            self.held = Some((self.low >> 24) as u8);
        } else {
            self.full += 1;
        }
        self.low = (self.low & 0x00FF_FFFF) << 8;
    }

    /// Ends the stream with as few bytes as tell it.
    pub(crate) fn finish(mut self) {
        let top = self.low + u64::from(self.range) - 1;
        let bits = (0..32).rev().find(|bits| top >> bits << bits >= self.low).unwrap_or(0);
        self.low = top >> bits << bits;
        for _ in 0..5 {
            self.shift();
        }
        while self.out.len() > self.start && self.out.last() == Some(&0) {
            self.out.pop();
        }
    }
}

impl Bits for Encoder<'_> {
    #[inline]
    fn bit(&mut self, chance: &mut Chance, bit: bool) -> bool {
        let bound = (self.range >> 16) * u32::from(chance.zero);
        if bit {
            self.low += u64::from(bound);
            self.range -= bound;
        } else {
            self.range = bound;
        }
        chance.learn(bit);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}

pub(crate) struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    code: u32,
    range: u32,
}

impl<'a> Decoder<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self { bytes, at: 0, code: 0, range: u32::MAX };
        for _ in 0..4 {
            decoder.code = decoder.code << 8 | decoder.next();
        }
        decoder
    }

    #[inline]
    fn next(&mut self) -> u32 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        u32::from(byte)
    }
}

impl Bits for Decoder<'_> {
    #[inline]
    fn bit(&mut self, chance: &mut Chance, _: bool) -> bool {
        let bound = (self.range >> 16) * u32::from(chance.zero);
        let bit = self.code >= bound;
        if bit {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        chance.learn(bit);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.code = self.code << 8 | self.next();
        }
        bit
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn coded(bits: &[(u8, bool)]) -> Vec<u8> {
        let mut out = vec![7];
        let mut chances = [Chance::EVEN; 4];
        let mut encoder = Encoder::new(&mut out);
        for (context, bit) in bits {
            encoder.bit(&mut chances[usize::from(context % 4)], *bit);
        }
        encoder.finish();
        assert_eq!(out.remove(0), 7, "what was there before stays");
        out
    }

    proptest! {
        #[test]
        fn bits_come_back(bits in proptest::collection::vec((0_u8..4, prop::bool::weighted(0.1)), 0..3000)) {
            let bytes = coded(&bits);
            let mut chances = [Chance::EVEN; 4];
            let mut decoder = Decoder::new(&bytes);
            for (context, bit) in bits {
                prop_assert_eq!(decoder.bit(&mut chances[usize::from(context % 4)], false), bit);
            }
        }
    }

    #[test]
    fn what_is_foreseen_costs_next_to_nothing() {
        assert!(coded(&[(0, false); 4096]).len() <= 3);
        assert!(coded(&[(0, true); 4096]).len() <= 16);
    }
}
