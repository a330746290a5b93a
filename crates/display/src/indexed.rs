//! Few colours: text, forms, icons.
//!
//! The colours come first, sorted by green, each as its difference from the one before. Then every
//! pixel is guessed from its neighbours: is it the left one, the upper one, one of the two above at
//! the corners? What the guess is worth is learnt for each pattern of equality among the
//! neighbours, which is what makes letters cheap: 0.1 to 0.3 bits a pixel where palettes with runs
//! need about one. What no neighbour foretells is written as its index.

use crate::{
    error::Malformed,
    range::{Bits, Chance, Decoder, Encoder},
    residual::Residuals,
};

/// Most colours; beyond it [`crate::lossless`] is the better way.
pub(crate) const MOST_COLOURS: usize = 256;
/// Patterns of the neighbourhood: ten questions.
const PATTERNS: usize = 1 << 10;
/// Neighbourhoods that are remembered with what followed them; a power of two.
const MEMORY: usize = 4096;
/// How often a memory has held counts up to this.
const SURE: u8 = 7;
/// A row of indices and its margins: three to the left, two to the right, two rows above.
const STRIDE: usize = 64 + 5;
const FIRST: usize = 2 * STRIDE + 3;

/// A block's colours and which pixel has which.
pub(crate) struct Indices {
    width: usize,
    height: usize,
    colours: Vec<u32>,
    /// The commonest: what lies outside counts as it.
    ground: u8,
    cells: [u8; STRIDE * (64 + 2)],
}

/// Scratch that is kept between blocks.
pub(crate) struct Palette {
    indices: Indices,
    slots: [(u32, u16); 1024],
    counts: [u16; MOST_COLOURS],
    model: Box<Model>,
}

struct Model {
    /// What followed a neighbourhood of nine the last time, and how often it has.
    memory: [(u8, u8); MEMORY],
    again: [[Chance; 16]; SURE as usize + 1],
    left: [Chance; PATTERNS],
    up: [Chance; PATTERNS],
    corner: [[Chance; 64]; 2],
    index: [[Chance; 256]; 4],
}

impl Model {
    fn fresh(&mut self) {
        self.memory.fill((0, 0));
        self.again = [[Chance::EVEN; 16]; SURE as usize + 1];
        self.left.fill(Chance::EVEN);
        self.up.fill(Chance::EVEN);
        self.corner = [[Chance::EVEN; 64]; 2];
        self.index = [[Chance::EVEN; 256]; 4];
    }
}

impl Palette {
    pub(crate) fn new() -> Self {
        let model = Model {
            memory: [(0, 0); MEMORY],
            again: [[Chance::EVEN; 16]; SURE as usize + 1],
            left: [Chance::EVEN; PATTERNS],
            up: [Chance::EVEN; PATTERNS],
            corner: [[Chance::EVEN; 64]; 2],
            index: [[Chance::EVEN; 256]; 4],
        };
        Self {
            indices: Indices {
                width: 0,
                height: 0,
                colours: Vec::with_capacity(MOST_COLOURS),
                ground: 0,
                cells: [0; STRIDE * 66],
            },
            slots: [(0, u16::MAX); 1024],
            counts: [0; MOST_COLOURS],
            model: Box::new(model),
        }
    }

    /// Takes a block in; gives the number of its colours, or `None` when there are too many.
    pub(crate) fn read(&mut self, pixels: &[u32], width: usize) -> Option<usize> {
        let found = &mut self.indices;
        (found.width, found.height) = (width, pixels.len() / width);
        found.colours.clear();
        self.slots.fill((0, u16::MAX));
        self.counts.fill(0);
        let mut last = (!pixels[0], 0_u8);
        for (row, line) in pixels.chunks_exact(width).enumerate() {
            let cells = &mut found.cells[FIRST + row * STRIDE..][..width];
            for (cell, colour) in cells.iter_mut().zip(line) {
                if *colour != last.0 {
                    last = (*colour, look_up(&mut self.slots, &mut found.colours, *colour)?);
                }
                *cell = last.1;
                self.counts[usize::from(last.1)] += 1;
            }
        }
        self.sort();
        Some(self.indices.colours.len())
    }

    /// Colours in order of green, blue, red; indices follow.
    fn sort(&mut self) {
        let found = &mut self.indices;
        let count = found.colours.len();
        let mut order: [u8; MOST_COLOURS] = std::array::from_fn(|at| at as u8);
        order[..count].sort_unstable_by_key(|at| rank(found.colours[usize::from(*at)]));
        let mut place = [0_u8; MOST_COLOURS];
        for (new, old) in order[..count].iter().enumerate() {
            place[usize::from(*old)] = new as u8;
        }
        found.colours.sort_unstable_by_key(|colour| rank(*colour));
        for row in 0..found.height {
            for cell in &mut found.cells[FIRST + row * STRIDE..][..found.width] {
                *cell = place[usize::from(*cell)];
            }
        }
        let commonest = (0..count).max_by_key(|at| self.counts[*at]).unwrap_or(0);
        found.ground = place[commonest];
    }

    /// Writes what [`Palette::read`] took in.
    pub(crate) fn write(&mut self, out: &mut Vec<u8>) {
        let count = self.indices.colours.len();
        out.push((count - 1) as u8);
        out.push(self.indices.ground);
        let mut encoder = Encoder::new(out);
        code_colours(&mut encoder, &mut self.indices.colours, count);
        self.model.fresh();
        code_cells(&mut encoder, &mut self.indices, &mut self.model);
        encoder.finish();
    }

    /// Reads a block of this size into `pixels`, rows without gaps.
    pub(crate) fn decode(&mut self, bytes: &[u8], width: usize, pixels: &mut [u32]) -> Result<(), Malformed> {
        let [count, ground, bytes @ ..] = bytes else { return Err(Malformed::Short) };
        let count = usize::from(*count) + 1;
        if usize::from(*ground) >= count || count < 2 {
            return Err(Malformed::Pixels);
        }
        let found = &mut self.indices;
        (found.width, found.height, found.ground) = (width, pixels.len() / width, *ground);
        found.colours.clear();
        found.colours.resize(count, 0);
        let mut decoder = Decoder::new(bytes);
        code_colours(&mut decoder, &mut found.colours, count);
        self.model.fresh();
        code_cells(&mut decoder, found, &mut self.model);
        for (row, line) in pixels.chunks_exact_mut(width).enumerate() {
            for (pixel, cell) in line.iter_mut().zip(&found.cells[FIRST + row * STRIDE..]) {
                *pixel = *found.colours.get(usize::from(*cell)).ok_or(Malformed::Pixels)?;
            }
        }
        Ok(())
    }
}

fn rank(colour: u32) -> u32 {
    (colour >> 8 & 0xFF) << 16 | (colour & 0xFF) << 8 | colour >> 16 & 0xFF
}

/// The index of a colour, by open addressing.
fn look_up(slots: &mut [(u32, u16); 1024], colours: &mut Vec<u32>, colour: u32) -> Option<u8> {
    let mut at = (colour.wrapping_mul(0x9E37_79B1) >> 22) as usize;
    loop {
        let (held, index) = slots[at];
        if index == u16::MAX {
            if colours.len() == MOST_COLOURS {
                return None;
            }
            slots[at] = (colour, colours.len() as u16);
            colours.push(colour);
            return Some((colours.len() - 1) as u8);
        }
        if held == colour {
            return Some(index as u8);
        }
        at = (at + 1) & 1023;
    }
}

/// Green against the colour before, blue and red against green and the colour before.
fn code_colours<B: Bits>(bits: &mut B, colours: &mut [u32], count: usize) {
    let (mut greens, mut others) = (Residuals::new(), [Residuals::new(), Residuals::new()]);
    let mut last = [0_u8; 3];
    for colour in &mut colours[..count] {
        let [blue, green, red, _] = colour.to_le_bytes();
        let step = greens.code(bits, 0, green.wrapping_sub(last[0])).0;
        let green = last[0].wrapping_add(step);
        let mut made = [0; 2];
        for ((value, other), (before, made)) in
            [blue, red].into_iter().zip(&mut others).zip(last[1..].iter().zip(&mut made))
        {
            let guess = green.wrapping_add(*before);
            *made = guess.wrapping_add(other.code(bits, 0, value.wrapping_sub(guess)).0);
        }
        last = [green, made[0].wrapping_sub(green), made[1].wrapping_sub(green)];
        *colour = u32::from_le_bytes([made[0], green, made[1], 0xFF]);
    }
}

fn code_cells<B: Bits>(bits: &mut B, block: &mut Indices, model: &mut Model) {
    let Indices { width, height, ground, ref mut cells, ref colours } = *block;
    let depth = usize::BITS - (colours.len() - 1).leading_zeros();
    let two = colours.len() == 2;
    margins(cells, width, height, ground);
    for row in 0..height {
        for column in 0..width {
            let at = FIRST + row * STRIDE + column;
            let (left, up, before) = (cells[at - 1], cells[at - STRIDE], cells[at - STRIDE - 1]);
            let (after, left2, up2) = (cells[at - STRIDE + 1], cells[at - 2], cells[at - 2 * STRIDE]);
            let pattern = usize::from(left == up)
                | usize::from(left == before) << 1
                | usize::from(up == before) << 2
                | usize::from(up == after) << 3
                | usize::from(left == left2) << 4
                | usize::from(up == up2) << 5
                | usize::from(left == ground) << 6
                | usize::from(up == ground) << 7
                | usize::from(after == ground) << 8
                | usize::from(left2 == ground) << 9;
            let cell = cells[at];
            let (left3, after2, before2) = (cells[at - 3], cells[at - STRIDE + 2], cells[at - STRIDE - 2]);
            let place = hash([left, left2, left3, before2, before, up, after, after2, up2]);
            let (memory, times) = model.memory[place];
            if times > 0 {
                let few = pattern & 9 | usize::from(memory == left) << 1 | usize::from(memory == up) << 2;
                if !bits.bit(&mut model.again[usize::from(times)][few], cell != memory) {
                    cells[at] = memory;
                    model.memory[place].1 = (times + 1).min(SURE);
                    continue;
                }
            }
            let cell =
                fresh_cell(bits, model, cell, [left, up, before, after], pattern, ground, if two { 0 } else { depth });
            cells[at] = cell;
            model.memory[place] = (cell, if cell == memory { times } else { 1 });
        }
    }
}

#[inline]
fn hash(around: [u8; 9]) -> usize {
    let low =
        u64::from_le_bytes([around[0], around[1], around[2], around[3], around[4], around[5], around[6], around[7]]);
    let mixed = (low ^ u64::from(around[8]) << 37).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ u64::from(around[8]).wrapping_mul(0xC2B2_AE3D_27D4_EB4F)) as usize >> 50 & (MEMORY - 1)
}

/// A pixel that no memory foretold. A depth of 0 says that there are two colours.
#[inline]
fn fresh_cell<B: Bits>(
    bits: &mut B,
    model: &mut Model,
    cell: u8,
    [left, up, before, after]: [u8; 4],
    pattern: usize,
    ground: u8,
    depth: u32,
) -> u8 {
    if !bits.bit(&mut model.left[pattern], cell != left) {
        return left;
    }
    if up != left && !bits.bit(&mut model.up[pattern], cell != up) {
        return up;
    }
    if depth == 0 {
        // Two colours: what is neither neighbour's is the other one.
        return 1 - left.min(1);
    }
    corner(bits, model, cell, [left, up, before, after], pattern, ground, depth)
}

/// One of the upper corners, or an index of its own.
fn corner<B: Bits>(
    bits: &mut B,
    model: &mut Model,
    cell: u8,
    [left, up, before, after]: [u8; 4],
    pattern: usize,
    ground: u8,
    depth: u32,
) -> u8 {
    let few = pattern & 15 | (pattern >> 6 & 3) << 4;
    if before != left && before != up && !bits.bit(&mut model.corner[0][few], cell != before) {
        return before;
    }
    let new = after != left && after != up && after != before;
    if new && !bits.bit(&mut model.corner[1][few], cell != after) {
        return after;
    }
    let class = usize::from(left == ground) | usize::from(up == ground) << 1;
    bits.tree(&mut model.index[class], depth, u32::from(cell)) as u8
}

/// Outside of the block everything is ground.
fn margins(cells: &mut [u8], width: usize, height: usize, ground: u8) {
    cells[..2 * STRIDE].fill(ground);
    for row in 0..height {
        let line = &mut cells[FIRST + row * STRIDE - 3..][..width + 5];
        line[..3].fill(ground);
        line[width + 3..].fill(ground);
    }
}
