//! The pixels of one rectangle inside a tile, and the kinds in which they travel.

use crate::{
    bytes::{Reader, put_colour, put_number},
    error::Malformed,
    indexed::Palette,
    lossless,
};

/// Pixels of a whole tile.
pub(crate) const PIXELS: usize = 64 * 64;
/// The longest body of a block: raw pixels. A coded one that is longer is sent raw.
pub(crate) const MOST_BODY: usize = PIXELS * 3;
/// Above this many colours the lossless way is tried too: by then indices cost as much as
/// differences (see the example `kinds`).
const MANY_COLOURS: usize = 48;

/// How a block's pixels travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// One colour.
    Solid = 0,
    /// 2 to 256 colours: [`crate::indexed`].
    Indexed = 1,
    /// Many colours: [`crate::lossless`].
    Lossless = 2,
    /// Blue, green, red of each pixel.
    Raw = 3,
    /// From another place of the receiver's picture.
    Copy = 4,
    /// A tile that the receiver keeps.
    Kept = 5,
    /// Left to frames of video.
    Video = 6,
}

impl Kind {
    pub(crate) fn of(bits: u8) -> Result<Self, Malformed> {
        use Kind::{Copy, Indexed, Kept, Lossless, Raw, Solid, Video};
        let kinds = [Solid, Indexed, Lossless, Raw, Copy, Kept, Video];
        kinds.get(usize::from(bits)).copied().ok_or(Malformed::Kind)
    }
}

/// Tries the kinds; its memory is used again for the next block.
pub(crate) struct Coder {
    palette: Palette,
    spare: Vec<u8>,
}

impl Coder {
    pub(crate) fn new() -> Self {
        Self { palette: Palette::new(), spare: Vec::new() }
    }

    /// Appends the body of a block (with its length where the kind has one) and says its kind.
    pub(crate) fn write(&mut self, pixels: &[u32], width: usize, out: &mut Vec<u8>) -> Kind {
        if pixels.iter().all(|colour| *colour == pixels[0]) {
            put_colour(out, pixels[0]);
            return Kind::Solid;
        }
        self.spare.clear();
        let mut kind = Kind::Indexed;
        match self.palette.read(pixels, width) {
            None => {
                kind = Kind::Lossless;
                lossless::write(pixels, width, &mut self.spare);
            }
            Some(colours) => {
                self.palette.write(&mut self.spare);
                if colours > MANY_COLOURS {
                    let first = self.spare.len();
                    lossless::write(pixels, width, &mut self.spare);
                    if self.spare.len() - first < first {
                        kind = Kind::Lossless;
                        self.spare.drain(..first);
                    } else {
                        self.spare.truncate(first);
                    }
                }
            }
        }
        if self.spare.len() >= pixels.len() * 3 {
            for colour in pixels {
                put_colour(out, *colour);
            }
            return Kind::Raw;
        }
        put_number(out, self.spare.len() as u64);
        out.extend_from_slice(&self.spare);
        kind
    }

    /// Decodes a body into `pixels`, rows without gaps.
    pub(crate) fn decode(
        &mut self,
        kind: Kind,
        body: &[u8],
        width: usize,
        pixels: &mut [u32],
    ) -> Result<(), Malformed> {
        match kind {
            Kind::Solid => pixels.fill(Reader::new(body).colour()?),
            Kind::Indexed => self.palette.decode(body, width, pixels)?,
            Kind::Lossless => lossless::decode(body, width, pixels),
            Kind::Raw => {
                let mut reader = Reader::new(body);
                for pixel in pixels {
                    *pixel = reader.colour()?;
                }
            }
            Kind::Copy | Kind::Kept | Kind::Video => return Err(Malformed::Kind),
        }
        Ok(())
    }
}

/// The body of a block of `area` pixels, without its length.
pub(crate) fn read_body<'a>(reader: &mut Reader<'a>, kind: Kind, area: usize) -> Result<&'a [u8], Malformed> {
    match kind {
        Kind::Solid => reader.take(3),
        Kind::Raw => reader.take(area * 3),
        Kind::Indexed | Kind::Lossless => {
            let length = reader.at_most(MOST_BODY as u32)?;
            reader.take(length as usize)
        }
        Kind::Copy | Kind::Kept | Kind::Video => Ok(&[]),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn round(pixels: &[u32], width: usize) -> (Kind, usize) {
        let mut coder = Coder::new();
        let mut out = Vec::new();
        let kind = coder.write(pixels, width, &mut out);
        let mut reader = Reader::new(&out);
        let body = read_body(&mut reader, kind, pixels.len()).expect("a body");
        assert!(reader.is_empty());
        let mut back = vec![0; pixels.len()];
        coder.decode(kind, body, width, &mut back).expect("decodes");
        assert!(back == pixels, "{kind:?} changed the pixels");
        (kind, out.len())
    }

    proptest! {
        #[test]
        fn every_block_comes_back_exactly(width in 1_usize..=64, height in 1_usize..=64, colours in 1_u32..300, seed in any::<u32>(), run in 1_u32..40) {
            let mut state = seed | 1;
            let mut left = 0;
            let mut colour = 0xFF00_0000;
            let pixels: Vec<u32> = (0..width * height).map(|_| {
                if left == 0 {
                    state ^= state << 13;
                    state ^= state >> 17;
                    state ^= state << 5;
                    left = state % run + 1;
                    colour = 0xFF00_0000 | ((state >> 8) % colours * 9973);
                }
                left -= 1;
                colour
            }).collect();
            round(&pixels, width);
        }

        #[test]
        fn any_bytes_give_pixels_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0_u8..8, width in 1_usize..=64, height in 1_usize..=64) {
            let mut pixels = vec![0; width * height];
            if let Ok(kind) = Kind::of(kind) {
                let _ = Coder::new().decode(kind, &bytes, width, &mut pixels);
            }
        }
    }

    #[test]
    fn each_content_takes_its_kind() {
        let gradient: Vec<u32> =
            (0..4096).map(|at| 0xFF00_0000 | (at / 64 * 3) << 16 | (at % 64 * 4) << 8 | 7).collect();
        let mut state = 1_u32;
        let noise: Vec<u32> = (0..4096)
            .map(|_| {
                state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
                0xFF00_0000 | (state >> 16 ^ state) & 0xFF_FFFF
            })
            .collect();
        let stripes: Vec<u32> = (0..4096).map(|at| if at % 7 < 3 { 0xFFFF_FFFF } else { 0xFF20_2020 }).collect();
        assert_eq!(round(&[0xFF12_3456; 4096], 64), (Kind::Solid, 3));
        assert_eq!(round(&noise, 64).0, Kind::Raw);
        let (kind, bytes) = round(&gradient, 64);
        assert!(kind == Kind::Lossless && bytes < 200, "{kind:?} {bytes}");
        let (kind, bytes) = round(&stripes, 64);
        assert!(kind == Kind::Indexed && bytes < 150, "{kind:?} {bytes}");
    }
}
