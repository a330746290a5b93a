//! Numbers in packets. Reading is total: any bytes give a value or [`Malformed`].

use crate::error::Malformed;

/// What is left of a packet.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(crate) fn left(&self) -> &'a [u8] {
        self.left
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(Malformed::Short)?;
        self.left = left;
        Ok(taken)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        Ok(self.take(1)?[0])
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Malformed> {
        let taken = self.take(2)?;
        Ok(u16::from_le_bytes([taken[0], taken[1]]))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Malformed> {
        let taken = self.take(4)?;
        Ok(u32::from_le_bytes([taken[0], taken[1], taken[2], taken[3]]))
    }

    /// Seven bits a byte, low first, the top bit says that more follow; at most 36 bits.
    pub(crate) fn number(&mut self) -> Result<u64, Malformed> {
        let mut value = 0_u64;
        for shift in (0..42).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return if value >> 36 == 0 { Ok(value) } else { Err(Malformed::Number) };
            }
        }
        Err(Malformed::Number)
    }

    /// A number that is at most `most`.
    pub(crate) fn at_most(&mut self, most: u32) -> Result<u32, Malformed> {
        let value = self.number()?;
        u32::try_from(value).ok().filter(|value| *value <= most).ok_or(Malformed::Number)
    }

    /// A number with a sign: 0, -1, 1, -2 and so on.
    pub(crate) fn signed(&mut self) -> Result<i32, Malformed> {
        let value = self.at_most(1 << 20)?;
        Ok((value >> 1) as i32 ^ -((value & 1) as i32))
    }

    pub(crate) fn colour(&mut self) -> Result<u32, Malformed> {
        let taken = self.take(3)?;
        Ok(u32::from_le_bytes([taken[0], taken[1], taken[2], 0xFF]))
    }
}

pub(crate) fn put_number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(crate) fn put_signed(out: &mut Vec<u8>, value: i32) {
    put_number(out, u64::from((value << 1 ^ value >> 31) as u32));
}

pub(crate) fn put_colour(out: &mut Vec<u8>, colour: u32) {
    out.extend_from_slice(&colour.to_le_bytes()[..3]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(value in 0_u64..1 << 36, signed in -(1 << 19)..1 << 19) {
            let mut bytes = Vec::new();
            put_number(&mut bytes, value);
            put_signed(&mut bytes, signed);
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!((reader.number(), reader.signed()), (Ok(value), Ok(signed)));
            prop_assert!(reader.is_empty());
        }
    }
}
