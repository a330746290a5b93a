//! What others would send for the same changes: ZRLE as VNC has it, raw pixels through one zlib
//! stream, and PNG. All get the changed 64 x 64 blocks of the damage, as a server that compares
//! (TigerVNC's does) would.

use flate2::{Compress, Compression, FlushCompress};
use opora_display::Rect;

use super::scene::Screen;

pub struct Baseline {
    before: Vec<u8>,
    zrle: Compress,
    raw: Compress,
    out: Vec<u8>,
}

#[derive(Clone, Copy, Default)]
pub struct Sizes {
    pub zrle: usize,
    pub zlib: usize,
    pub png: usize,
}

impl Baseline {
    pub fn new(screen: &Screen) -> Self {
        Self {
            before: vec![0; screen.bytes.len()],
            // Level 6: zlib's default, which ZRLE uses; Tight's default of 2 gives more bytes.
            zrle: Compress::new(Compression::new(6), true),
            raw: Compress::new(Compression::new(6), true),
            out: vec![0; 1 << 24],
        }
    }

    /// Bytes of one update.
    pub fn update(&mut self, screen: &Screen, damage: &[Rect]) -> Sizes {
        let rects = self.changed(screen, damage);
        let mut sizes = Sizes::default();
        if rects.is_empty() {
            return sizes;
        }
        // Message head, then a head for each rectangle, and its length.
        sizes.zrle = 4 + rects.len() * 16;
        sizes.zlib = sizes.zrle;
        for rect in &rects {
            let mut tiles = Vec::new();
            for y in (rect.y..rect.bottom()).step_by(64) {
                for x in (rect.x..rect.right()).step_by(64) {
                    let tile = Rect::new(x, y, (rect.right() - x).min(64), (rect.bottom() - y).min(64));
                    zrle_tile(&pixels(screen, tile), tile.width as usize, &mut tiles);
                }
            }
            sizes.zrle += through(&mut self.zrle, &tiles, &mut self.out);
            let all = pixels(screen, *rect);
            let raw: Vec<u8> = all.iter().flat_map(|pixel| pixel.to_le_bytes().into_iter().take(3)).collect();
            sizes.zlib += through(&mut self.raw, &raw, &mut self.out);
            sizes.png += png(&all, *rect);
        }
        sizes
    }

    /// Changed blocks, those beside each other joined.
    fn changed(&mut self, screen: &Screen, damage: &[Rect]) -> Vec<Rect> {
        let mut rects: Vec<Rect> = Vec::new();
        for damage in damage {
            for y in (damage.y..damage.bottom()).step_by(64) {
                for x in (damage.x..damage.right()).step_by(64) {
                    let block = Rect::new(x, y, (damage.right() - x).min(64), (damage.bottom() - y).min(64));
                    if !self.take(screen, block) {
                        continue;
                    }
                    match rects.last_mut() {
                        Some(last) if last.y == y && last.height == block.height && last.right() == x => {
                            last.width += block.width;
                        }
                        _ => rects.push(block),
                    }
                }
            }
        }
        rects
    }

    fn take(&mut self, screen: &Screen, block: Rect) -> bool {
        let mut any = false;
        for y in block.y..block.bottom() {
            let row = screen.at(block.x, y)..screen.at(block.x, y) + block.width as usize * 4;
            any |= self.before[row.clone()] != screen.bytes[row.clone()];
            self.before[row.clone()].copy_from_slice(&screen.bytes[row]);
        }
        any
    }
}

fn pixels(screen: &Screen, rect: Rect) -> Vec<u32> {
    let mut all = Vec::with_capacity(rect.area() as usize);
    for y in rect.y..rect.bottom() {
        let row = screen.at(rect.x, y)..screen.at(rect.x, y) + rect.width as usize * 4;
        all.extend(screen.bytes[row].chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], 0])));
    }
    all
}

fn through(zlib: &mut Compress, bytes: &[u8], out: &mut [u8]) -> usize {
    let before = zlib.total_out();
    zlib.compress(bytes, out, FlushCompress::Sync).expect("zlib compresses");
    (zlib.total_out() - before) as usize
}

fn png(pixels: &[u32], rect: Rect) -> usize {
    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
    let rgb: Vec<u8> =
        pixels.iter().flat_map(|pixel| [(pixel >> 16) as u8, (pixel >> 8) as u8, *pixel as u8]).collect();
    let mut out = Vec::new();
    PngEncoder::new(&mut out)
        .write_image(&rgb, rect.width, rect.height, ExtendedColorType::Rgb8)
        .expect("PNG in memory");
    out.len()
}

/// RFC 6143, 7.7.6: the cheapest of raw, solid, packed palette, runs, runs of a palette.
fn zrle_tile(tile: &[u32], width: usize, out: &mut Vec<u8>) {
    let mut palette: Vec<u32> = Vec::new();
    let (mut runs, mut singles, mut last, mut length) = (0, 0, None, 0_usize);
    for pixel in tile {
        if !palette.contains(pixel) && palette.len() < 128 {
            palette.push(*pixel);
        }
        if last == Some(*pixel) {
            length += 1;
        } else {
            match length {
                0 => {}
                1 => singles += 1,
                _ => runs += 1,
            }
            (last, length) = (Some(*pixel), 1);
        }
    }
    if length == 1 {
        singles += 1
    } else {
        runs += 1
    }
    let colour = |out: &mut Vec<u8>, pixel: u32| out.extend_from_slice(&pixel.to_le_bytes()[..3]);
    if palette.len() == 1 {
        out.push(1);
        return colour(out, palette[0]);
    }
    let bits = match palette.len() {
        2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    let small = palette.len() < 128;
    let packed = if palette.len() <= 16 { palette.len() * 3 + tile.len() * bits / 8 } else { usize::MAX };
    let plain_runs = 4 * (runs + singles);
    let palette_runs = if small { palette.len() * 3 + 2 * runs + singles } else { usize::MAX };
    let least = (tile.len() * 3).min(packed).min(plain_runs).min(palette_runs);
    if least == packed {
        out.push(palette.len() as u8);
        palette.iter().for_each(|pixel| colour(out, *pixel));
        for row in tile.chunks(width) {
            let (mut byte, mut left) = (0_u8, 8);
            for pixel in row {
                let index = palette.iter().position(|of| of == pixel).unwrap_or(0) as u8;
                left -= bits;
                byte |= index << left;
                if left == 0 {
                    out.push(byte);
                    (byte, left) = (0, 8);
                }
            }
            if left < 8 {
                out.push(byte);
            }
        }
    } else if least == palette_runs {
        out.push(128 + palette.len() as u8);
        palette.iter().for_each(|pixel| colour(out, *pixel));
        for run in tile.chunk_by(|a, b| a == b) {
            let index = palette.iter().position(|of| *of == run[0]).unwrap_or(0) as u8;
            if run.len() == 1 {
                out.push(index);
            } else {
                out.push(index | 128);
                put_length(out, run.len());
            }
        }
    } else if least == plain_runs {
        out.push(128);
        for run in tile.chunk_by(|a, b| a == b) {
            colour(out, run[0]);
            put_length(out, run.len());
        }
    } else {
        out.push(0);
        tile.iter().for_each(|pixel| colour(out, *pixel));
    }
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    let length = length - 1;
    out.extend(std::iter::repeat_n(255, length / 255));
    out.push((length % 255) as u8);
}
