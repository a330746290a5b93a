//! A screen to draw on, and a line that loses, doubles and reorders.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use std::time::Duration;

use opora_display::{Config, Decoder, Encoder, Limits, Picture, Rect, Update, ViewerId};

/// Numbers by chance from a seed (xorshift).
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 32) as u32) % most.max(1)
    }

    pub fn happens(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }
}

/// A screen in memory.
#[derive(Clone)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

impl Screen {
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, bytes: vec![0; (width * height * 4) as usize] }
    }

    pub fn picture(&self) -> Picture<'_> {
        Picture::new(self.width, self.height, self.width as usize * 4, &self.bytes).expect("fits")
    }

    pub fn bounds(&self) -> Rect {
        Rect::new(0, 0, self.width, self.height)
    }

    pub fn set(&mut self, x: u32, y: u32, colour: u32) {
        let at = ((y * self.width + x) * 4) as usize;
        self.bytes[at..at + 4].copy_from_slice(&colour.to_le_bytes());
    }

    pub fn get(&self, x: u32, y: u32) -> u32 {
        let at = ((y * self.width + x) * 4) as usize;
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four"))
    }

    pub fn fill(&mut self, rect: Rect, colour: u32) {
        for y in rect.y..rect.y + rect.height {
            for x in rect.x..rect.x + rect.width {
                self.set(x, y, colour);
            }
        }
    }

    /// Something like text: dark strokes on light ground, `seed` says which.
    pub fn text(&mut self, rect: Rect, seed: u64) {
        self.fill(rect, 0x00F0_F0F0);
        for y in rect.y..rect.y + rect.height {
            for x in rect.x..rect.x + rect.width {
                let (line, column) = ((y - rect.y) / 12, (x - rect.x) / 8);
                let mut letter = Chance::new(seed + u64::from(line * 977 + column) % 31 + u64::from(line) * 7919);
                let bits = letter.below(1 << 30);
                let stroke = (y - rect.y) % 12 < 9 && bits >> ((y % 5) * 6 + x % 6) & 1 == 1;
                if stroke {
                    self.set(x, y, 0x0010_1010 * (1 + bits % 3));
                }
            }
        }
    }

    pub fn noise(&mut self, rect: Rect, chance: &mut Chance) {
        for y in rect.y..rect.y + rect.height {
            for x in rect.x..rect.x + rect.width {
                let colour = chance.below(1 << 24);
                self.set(x, y, colour);
            }
        }
    }

    /// Copies a rectangle within the screen.
    pub fn copy(&mut self, from: Rect, x: u32, y: u32) {
        let before = self.clone();
        for row in 0..from.height {
            for column in 0..from.width {
                self.set(x + column, y + row, before.get(from.x + column, from.y + row));
            }
        }
    }

    /// Whether a receiver shows exactly this.
    pub fn is_shown_by(&self, decoder: &Decoder) -> bool {
        let pixels = self.bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], 0xFF]));
        decoder.size() == Some((self.width, self.height)) && pixels.eq(decoder.pixels().iter().copied())
    }
}

/// What a line does to packets, in percent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    pub lost: u32,
    pub doubled: u32,
    pub reordered: u32,
}

/// A viewer with its line in both directions.
pub struct Seat {
    pub id: ViewerId,
    pub decoder: Decoder,
    pub line: Line,
    late: Vec<Vec<u8>>,
    late_reports: Vec<Vec<u8>>,
    chance: Chance,
    pub bytes: usize,
}

impl Seat {
    pub fn new(encoder: &mut Encoder, line: Line, seed: u64) -> Self {
        let decoder = Decoder::new(Limits { patience: Duration::from_millis(60), ..Limits::default() });
        let (late, late_reports) = (Vec::new(), Vec::new());
        Self { id: encoder.join(), decoder, line, late, late_reports, chance: Chance::new(seed), bytes: 0 }
    }

    /// Carries packets over the line.
    pub fn carry(&mut self, update: Option<Update>, now: Duration) {
        let mut arriving = std::mem::take(&mut self.late);
        for packet in update.into_iter().flat_map(|update| update.packets) {
            self.bytes += packet.len();
            if self.chance.happens(self.line.lost) {
                continue;
            }
            if self.chance.happens(self.line.doubled) {
                self.late.push(packet.clone());
            }
            if self.chance.happens(self.line.reordered) {
                self.late.push(packet);
            } else {
                let at = self.chance.below(arriving.len() as u32 + 1) as usize;
                let at = if self.chance.happens(self.line.reordered) { at } else { arriving.len() };
                arriving.insert(at, packet);
            }
        }
        for packet in arriving {
            self.decoder.apply(&packet, now).expect("the sender's own packets are good");
        }
    }

    /// One turn: what the encoder has for this viewer, and the viewer's answer.
    pub fn turn(&mut self, encoder: &mut Encoder, budget: usize, now: Duration) {
        let update = encoder.update(self.id, budget, now);
        self.carry(update, now);
        self.decoder.tick(now);
        let mut reports = std::mem::take(&mut self.late_reports);
        reports.extend(self.decoder.report(now));
        for report in reports {
            if self.chance.happens(self.line.lost) {
                continue;
            }
            if self.chance.happens(self.line.reordered) {
                self.late_reports.push(report);
            } else {
                encoder.hear(self.id, &report).expect("the receiver's own reports are good");
            }
        }
    }

    /// Turns on a line that has become good, until nothing is left to send; says after how many.
    pub fn settle(&mut self, encoder: &mut Encoder, now: &mut Duration) -> u32 {
        self.line = Line::default();
        for turn in 0..400 {
            *now += Duration::from_millis(20);
            self.turn(encoder, usize::MAX, *now);
            if self.decoder.is_exact() && encoder.due(self.id).is_none() && self.late.is_empty() {
                return turn;
            }
        }
        panic!("never at rest: exact {}, due {:?}", self.decoder.is_exact(), encoder.due(self.id));
    }
}

pub fn encoder() -> Encoder {
    Encoder::new(Config::default())
}
