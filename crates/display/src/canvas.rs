//! Pictures: a borrowed one as the screen gives it, and the owned one that both ends keep.

use crate::{block::PIXELS, geometry::Rect};

/// What a pixel's unused byte always is in an owned picture.
pub(crate) const OPAQUE: u32 = 0xFF00_0000;
const ROW: usize = 64;

/// A picture of the screen: rows from the top, 4 bytes a pixel (blue, green, red, unused).
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    width: u32,
    height: u32,
    stride: usize,
    bytes: &'a [u8],
}

impl<'a> Picture<'a> {
    /// A picture in `bytes` whose rows begin `stride` bytes apart; `None` if the bytes do not hold it.
    #[must_use]
    pub fn new(width: u32, height: u32, stride: usize, bytes: &'a [u8]) -> Option<Self> {
        let row = width as usize * 4;
        let needed = stride.checked_mul((height as usize).checked_sub(1)?)?.checked_add(row)?;
        (width > 0 && stride >= row && bytes.len() >= needed).then_some(Self { width, height, stride, bytes })
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes of a part of a row.
    #[inline]
    pub(crate) fn row(&self, x: u32, y: u32, width: u32) -> &'a [u8] {
        let start = y as usize * self.stride + x as usize * 4;
        &self.bytes[start..start + width as usize * 4]
    }

    /// The pixels of a rectangle no larger than a tile, as an owned picture holds them.
    pub(crate) fn read<'b>(&self, rect: &Rect, into: &'b mut [u32; PIXELS]) -> &'b [u32] {
        let width = rect.width as usize;
        for (line, y) in into.chunks_exact_mut(width).zip(rect.y..rect.bottom()) {
            for (pixel, bytes) in line.iter_mut().zip(self.row(rect.x, y, rect.width).chunks_exact(4)) {
                *pixel = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0xFF]);
            }
        }
        &into[..width * rect.height as usize]
    }

    /// One pixel, as an owned picture holds it.
    #[inline]
    pub(crate) fn pixel(&self, x: u32, y: u32) -> u32 {
        let bytes = self.row(x, y, 1);
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0xFF])
    }
}

/// A picture that is kept.
pub(crate) struct Canvas {
    width: usize,
    pixels: Vec<u32>,
}

/// Whether a row of the screen shows the same as pixels of a canvas; no branch inside, so that the
/// compiler compares whole vectors.
#[inline]
fn same(bytes: &[u8], pixels: &[u32]) -> bool {
    let mut differs = 0;
    for (bytes, pixel) in bytes.chunks_exact(4).zip(pixels) {
        differs |= (u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) ^ pixel) << 8;
    }
    differs == 0
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        Self { width: width as usize, pixels: vec![OPAQUE; width as usize * height as usize] }
    }

    pub(crate) fn width(&self) -> u32 {
        self.width as u32
    }

    pub(crate) fn height(&self) -> u32 {
        (self.pixels.len() / self.width) as u32
    }

    pub(crate) fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    #[inline]
    pub(crate) fn row(&self, x: u32, y: u32, width: u32) -> &[u32] {
        let start = y as usize * self.width + x as usize;
        &self.pixels[start..start + width as usize]
    }

    #[inline]
    fn row_mut(&mut self, x: u32, y: u32, width: u32) -> &mut [u32] {
        let start = y as usize * self.width + x as usize;
        &mut self.pixels[start..start + width as usize]
    }

    /// Whether a row of the screen at (x, y) shows what the canvas has at another place.
    #[inline]
    pub(crate) fn same_row(&self, picture: &Picture, (x, y): (u32, u32), from: (u32, u32), width: u32) -> bool {
        let (bytes, pixels) = (picture.row(x, y, width), self.row(from.0, from.1, width));
        let halves = bytes.chunks(ROW * 4).zip(pixels.chunks(ROW));
        halves.into_iter().all(|(bytes, pixels)| same(bytes, pixels))
    }

    /// The smallest part of `rect` outside of which nothing differs; empty when nothing does.
    pub(crate) fn changed(&self, picture: &Picture, rect: &Rect) -> Rect {
        let same_at = |y: u32| self.same_row(picture, (rect.x, y), (rect.x, y), rect.width);
        let Some(top) = (rect.y..rect.bottom()).find(|y| !same_at(*y)) else { return Rect::default() };
        let bottom = (top..rect.bottom()).rev().find(|y| !same_at(*y)).unwrap_or(top) + 1;
        let (mut left, mut right) = (rect.right(), rect.x);
        for y in top..bottom {
            let differs = |x: &u32| picture.pixel(*x, y) != self.row(*x, y, 1)[0];
            left = (rect.x..left).find(differs).unwrap_or(left);
            right = (right.max(left)..rect.right()).rev().find(differs).map_or(right, |x| x + 1);
        }
        Rect::between(left, top, right, bottom)
    }

    /// Takes a part of the screen over.
    pub(crate) fn take(&mut self, picture: &Picture, rect: &Rect) {
        for y in rect.y..rect.bottom() {
            let bytes = picture.row(rect.x, y, rect.width);
            for (pixel, bytes) in self.row_mut(rect.x, y, rect.width).iter_mut().zip(bytes.chunks_exact(4)) {
                *pixel = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) | OPAQUE;
            }
        }
    }

    /// Copies what lies at `to` shifted by the vector into `to`; the two may overlap.
    pub(crate) fn shift(&mut self, to: &Rect, from: &Rect) {
        let mut copy = |row: u32| {
            let (source, target) = (from.y + row, to.y + row);
            let start = source as usize * self.width + from.x as usize;
            let target = target as usize * self.width + to.x as usize;
            self.pixels.copy_within(start..start + to.width as usize, target);
        };
        if from.y >= to.y {
            (0..to.height).for_each(&mut copy);
        } else {
            (0..to.height).rev().for_each(&mut copy);
        }
    }

    /// The pixels of a rectangle no larger than a tile, rows without gaps.
    pub(crate) fn read<'a>(&self, rect: &Rect, into: &'a mut [u32; PIXELS]) -> &'a [u32] {
        let width = rect.width as usize;
        for (line, y) in into.chunks_exact_mut(width).zip(rect.y..rect.bottom()) {
            line.copy_from_slice(self.row(rect.x, y, rect.width));
        }
        &into[..width * rect.height as usize]
    }

    /// Whether a rectangle holds these pixels.
    pub(crate) fn holds(&self, rect: &Rect, pixels: &[u32]) -> bool {
        let rows = pixels.chunks_exact(rect.width as usize).zip(rect.y..rect.bottom());
        rows.into_iter().all(|(line, y)| line == self.row(rect.x, y, rect.width))
    }

    /// Puts pixels (rows without gaps) into a rectangle.
    pub(crate) fn put(&mut self, rect: &Rect, pixels: &[u32]) {
        for (line, y) in pixels.chunks_exact(rect.width as usize).zip(rect.y..rect.bottom()) {
            self.row_mut(rect.x, y, rect.width).copy_from_slice(line);
        }
    }

    /// One colour in a rectangle.
    pub(crate) fn fill(&mut self, rect: &Rect, colour: u32) {
        for y in rect.y..rect.bottom() {
            self.row_mut(rect.x, y, rect.width).fill(colour);
        }
    }

    /// The colour of a rectangle that has only one.
    pub(crate) fn single_colour(&self, rect: &Rect) -> Option<u32> {
        let first = self.row(rect.x, rect.y, 1)[0];
        let uniform =
            |y| self.row(rect.x, y, rect.width).iter().fold(0, |differs, pixel| differs | (pixel ^ first)) == 0;
        (rect.y..rect.bottom()).all(uniform).then_some(first)
    }

    /// The hash of a tile's content.
    pub(crate) fn hash(&self, rect: &Rect) -> u64 {
        hash((rect.y..rect.bottom()).map(|y| self.row(rect.x, y, rect.width)))
    }
}

/// 64 bits that stand for the rows of a tile. Found content is compared before it is used, so this
/// has to be quick, not proof against malice.
pub(crate) fn hash<'a>(rows: impl Iterator<Item = &'a [u32]>) -> u64 {
    /// Odd numbers without pattern: 2^64 over the golden ratio and its like.
    const FACTORS: [u64; 4] =
        [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5];
    let mut lanes = FACTORS;
    for row in rows {
        for eight in row.chunks(8) {
            for (at, pair) in eight.chunks(2).enumerate() {
                let word = u64::from(pair[0]) | u64::from(*pair.last().unwrap_or(&0)) << 32;
                lanes[at] = (lanes[at] ^ word).wrapping_mul(FACTORS[0]).rotate_left(29);
            }
        }
    }
    lanes.iter().zip(FACTORS).fold(0, |hash, (lane, factor)| (hash ^ lane).wrapping_mul(factor).rotate_left(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_changed_part_is_the_smallest_one() {
        let mut bytes = vec![0_u8; 100 * 80 * 4];
        let canvas = Canvas::new(100, 80);
        for (x, y) in [(10_usize, 20_usize), (30, 22), (12, 40)] {
            bytes[(y * 100 + x) * 4 + 1] = 9;
        }
        bytes[3] = 77; // the unused byte is no change
        let picture = Picture::new(100, 80, 400, &bytes).expect("fits");
        assert_eq!(canvas.changed(&picture, &Rect::new(0, 0, 64, 64)), Rect::new(10, 20, 21, 21));
        assert_eq!(canvas.changed(&picture, &Rect::new(64, 0, 36, 64)), Rect::default());
        assert!(Picture::new(100, 81, 400, &bytes).is_none());
    }

    #[test]
    fn a_shift_over_itself_keeps_what_it_moves() {
        for (dx, dy) in [(3, 5), (-3, 5), (3, -5), (-3, -5), (0, 1), (1, 0), (-1, 0)] {
            let mut canvas = Canvas::new(40, 40);
            let before: Vec<u32> = (0..1600).collect();
            canvas.put(&Rect::new(0, 0, 40, 40), &before);
            let to = Rect::new(10, 10, 20, 20);
            canvas.shift(&to, &to.shifted(dx, dy).expect("inside"));
            for (x, y) in [(10, 10), (29, 29), (10, 29), (17, 18)] {
                let from = (y + dy) * 40 + x + dx;
                assert_eq!(canvas.row(x as u32, y as u32, 1)[0], from as u32, "{dx} {dy}");
            }
        }
    }
}
