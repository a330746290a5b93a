//! Finding what moved: scrolled text, dragged windows.
//!
//! A few distinctive snippets of the new picture (anchors) are searched at every place of the old
//! one; each find votes for a vector. For the vectors with most votes the picture is compared in
//! cells, the rectangle with most changed cells that match is taken and grown to the pixel. So what
//! is returned has been compared, whatever the votes were.

use crate::{
    canvas::{Canvas, Picture},
    geometry::{Grid, Rect},
};

/// Content that moved: `to` holds what lay at `to` shifted by the vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) to: Rect,
    pub(crate) dx: i32,
    pub(crate) dy: i32,
}

impl Move {
    pub(crate) fn from(&self) -> Rect {
        self.to.shifted(self.dx, self.dy).unwrap_or_default()
    }
}

/// Anchors looked for: enough that a window's text outvotes chance, few enough to fit a byte.
const ANCHORS: usize = 96;
/// An anchor's width in pixels: three letters, so that one letter's return does not vote.
const ANCHOR: u32 = 24;
/// An anchor that is found more often says nothing.
const MOST_FINDS: u8 = 40;
/// Cells in which a vector is verified.
const CELL: u32 = 16;
/// Changed cells that a move has to explain to be worth its record: one and a half tiles.
const WORTH: u32 = 24;
/// Fewer votes than one of so many anchors are chance: letters repeat.
const CHANCE: u32 = 6;
/// A move that explains less than one of so many changed pixels is chance too: pages are alike.
const LITTLE: u64 = 8;
/// The same when what was there had rested: then it is a page that goes and may come back, and what
/// moves cannot be kept.
const LITTLE_OF_RESTED: u64 = 2;
/// Vectors tried.
const VECTORS: usize = 3;
/// Vectors that get votes at all; a power of two.
const BALLOT: usize = 4096;

/// Memory that is kept between searches.
pub(crate) struct Finder {
    anchors: Vec<(u32, u32, [u32; ANCHOR as usize])>,
    table: Vec<u8>,
    next: [u8; ANCHORS + 1],
    finds: [u8; ANCHORS + 1],
    ballot: Vec<((i32, i32), u32)>,
    votes: Vec<((i32, i32), u32)>,
    last: Option<(i32, i32)>,
    worth: u32,
    cells: Cells,
}

#[derive(Default)]
struct Cells {
    area: Rect,
    columns: usize,
    matched: Vec<bool>,
    /// Sums of useful cells above and left.
    sums: Vec<u32>,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self {
            anchors: Vec::with_capacity(ANCHORS),
            table: vec![0; 4096],
            next: [0; ANCHORS + 1],
            finds: [0; ANCHORS + 1],
            ballot: vec![((0, 0), 0); BALLOT],
            votes: Vec::new(),
            last: None,
            worth: WORTH,
            cells: Cells::default(),
        }
    }

    /// Finds moves that explain the change, carries them out in `old` and appends them to `found`.
    pub(crate) fn find(
        &mut self,
        old: &mut Canvas,
        new: &Picture,
        grid: &Grid,
        (changed, rested): (&[(usize, Rect)], bool),
        found: &mut Vec<Move>,
    ) {
        let area = changed.iter().fold(Rect::default(), |area, (_, rect)| area.join(rect));
        let pixels = changed.iter().map(|(_, rect)| rect.area()).sum::<u64>();
        let little = if rested { LITTLE_OF_RESTED } else { LITTLE };
        self.worth = WORTH.max((pixels / little / u64::from(CELL * CELL)) as u32);
        if let Some(vector) = self.last
            && let Some(one) = self.verify(old, new, &area, vector)
            && one.to.area() * 2 > area.area()
        {
            old.shift(&one.to, &one.from());
            found.push(one);
            return;
        }
        self.drop_anchors(old, new, grid, changed);
        if self.anchors.len() < 3 {
            return;
        }
        self.vote(old, &area);
        let least = (self.anchors.len() as u32 / CHANCE).max(3);
        self.votes.clear();
        self.votes.extend(self.ballot.iter().filter(|(_, votes)| *votes >= least));
        self.votes.sort_unstable_by_key(|(vector, votes)| (std::cmp::Reverse(*votes), *vector));
        for at in 0..self.votes.len().min(VECTORS) {
            let (vector, _) = self.votes[at];
            if let Some(one) = self.verify(old, new, &area, vector) {
                old.shift(&one.to, &one.from());
                found.push(one);
                self.last = Some(vector);
            }
        }
    }

    /// Chooses snippets with detail from the changed tiles, spread evenly.
    fn drop_anchors(&mut self, old: &Canvas, new: &Picture, grid: &Grid, changed: &[(usize, Rect)]) {
        self.anchors.clear();
        self.table.fill(0);
        let every = changed.len().div_ceil(ANCHORS);
        for (tile, rect) in changed.iter().step_by(every.max(1)) {
            let tile = grid.tile(*tile);
            if rect.width < ANCHOR || rect.height < 1 || self.anchors.len() == ANCHORS {
                continue;
            }
            if let Some((x, y)) = detailed(old, new, &tile.meet(rect)) {
                let bytes = new.row(x, y, ANCHOR);
                let mut pixels = [0; ANCHOR as usize];
                for (pixel, bytes) in pixels.iter_mut().zip(bytes.chunks_exact(4)) {
                    *pixel = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0xFF]);
                }
                self.anchors.push((x, y, pixels));
                let slot = slot(&pixels);
                let number = self.anchors.len();
                self.next[number] = self.table[slot];
                self.table[slot] = number as u8;
            }
        }
    }

    /// Looks at every place of the old picture for an anchor.
    fn vote(&mut self, old: &Canvas, area: &Rect) {
        self.ballot.fill(((0, 0), 0));
        self.finds.fill(0);
        if area.width < ANCHOR {
            return;
        }
        for y in area.y..area.bottom() {
            let row = old.row(area.x, y, area.width);
            for x in 0..row.len() - ANCHOR as usize {
                if row[x] == row[x + 1] {
                    continue;
                }
                let mut number = usize::from(self.table[slot(&row[x..x + 4])]);
                while number > 0 {
                    let (to_x, to_y, pixels) = &self.anchors[number - 1];
                    if self.finds[number] < MOST_FINDS && row[x..x + ANCHOR as usize] == *pixels {
                        self.finds[number] += 1;
                        let vector = ((area.x as i32 + x as i32) - *to_x as i32, y as i32 - *to_y as i32);
                        cast(&mut self.ballot, vector);
                    }
                    number = usize::from(self.next[number]);
                }
            }
        }
    }

    /// The best rectangle that really holds what the vector says.
    fn verify(&mut self, old: &Canvas, new: &Picture, area: &Rect, vector: (i32, i32)) -> Option<Move> {
        if vector == (0, 0) {
            return None;
        }
        self.cells.fill(old, new, area, vector);
        let (rect, useful) = self.cells.best()?;
        if useful < self.worth {
            return None;
        }
        let to = grown(old, new, area, rect, vector);
        Some(Move { to, dx: vector.0, dy: vector.1 })
    }
}

/// One vote, by open addressing; a full ballot takes no more vectors.
fn cast(ballot: &mut [((i32, i32), u32)], vector: (i32, i32)) {
    if vector == (0, 0) {
        return;
    }
    let mut at = (vector.0.wrapping_mul(0x0001_93B1) ^ vector.1.wrapping_mul(0x0100_0193)) as usize % BALLOT;
    for _ in 0..64 {
        if ballot[at].1 == 0 || ballot[at].0 == vector {
            ballot[at] = (vector, ballot[at].1 + 1);
            return;
        }
        at = (at + 1) % BALLOT;
    }
}

#[inline]
fn slot(four: &[u32]) -> usize {
    let mixed = four[0].wrapping_mul(0x9E37_79B1)
        ^ four[1].wrapping_mul(0x85EB_CA77)
        ^ four[2].wrapping_mul(0xC2B2_AE3D)
        ^ four[3].wrapping_mul(0x27D4_EB2F);
    mixed as usize >> 20 & 4095
}

/// A place with at least six changes of colour in a row, whose first two pixels differ, and that
/// shows something else than before.
fn detailed(old: &Canvas, new: &Picture, rect: &Rect) -> Option<(u32, u32)> {
    let middle = rect.y + rect.height / 2;
    let rows = (middle..rect.bottom() - 1 + 1).chain(rect.y..middle);
    for y in rows.step_by(3) {
        if old.same_row(new, (rect.x, y), (rect.x, y), rect.width) {
            continue;
        }
        let mut x = rect.x;
        while x + ANCHOR <= rect.right() {
            let bytes = new.row(x, y, ANCHOR);
            let changes = bytes.chunks_exact(4).zip(bytes.chunks_exact(4).skip(1)).filter(|(a, b)| a[..3] != b[..3]);
            let begins = bytes[..3] != bytes[4..7];
            if begins && changes.count() >= 6 && !old.same_row(new, (x, y), (x, y), ANCHOR) {
                return Some((x, y));
            }
            x += if begins { 5 } else { 1 };
        }
    }
    None
}

impl Cells {
    /// Compares cell by cell.
    fn fill(&mut self, old: &Canvas, new: &Picture, area: &Rect, (dx, dy): (i32, i32)) {
        self.area = *area;
        self.columns = area.width.div_ceil(CELL) as usize;
        let rows = area.height.div_ceil(CELL) as usize;
        self.matched.clear();
        self.matched.resize(self.columns * rows, false);
        self.sums.clear();
        self.sums.resize((self.columns + 1) * (rows + 1), 0);
        let bounds = Rect::new(0, 0, new.width(), new.height());
        for row in 0..rows {
            let mut line = 0;
            for column in 0..self.columns {
                let cell = self.cell(column, row);
                let from = cell.shifted(dx, dy).filter(|from| bounds.covers(from));
                let matched = from.is_some_and(|from| same_rect(old, new, &cell, &from));
                self.matched[row * self.columns + column] = matched;
                line += u32::from(matched && !same_rect(old, new, &cell, &cell));
                let above = self.sums[row * (self.columns + 1) + column + 1];
                self.sums[(row + 1) * (self.columns + 1) + column + 1] = above + line;
            }
        }
    }

    fn cell(&self, column: usize, row: usize) -> Rect {
        let (x, y) = (self.area.x + column as u32 * CELL, self.area.y + row as u32 * CELL);
        Rect::new(x, y, CELL, CELL).meet(&self.area)
    }

    /// The rectangle of matching cells with most useful ones: the largest rectangles under a
    /// histogram, row by row.
    fn best(&self) -> Option<(Rect, u32)> {
        let rows = self.matched.len() / self.columns.max(1);
        let mut heights = vec![0_usize; self.columns + 1];
        let mut stack: Vec<(usize, usize)> = Vec::with_capacity(self.columns + 1);
        let mut best = None;
        for row in 0..rows {
            for (column, height) in heights[..self.columns].iter_mut().enumerate() {
                *height = if self.matched[row * self.columns + column] { *height + 1 } else { 0 };
            }
            stack.clear();
            for (column, height) in heights.iter().copied().enumerate() {
                let mut start = column;
                while let Some((left, tall)) = stack.last().copied().filter(|(_, tall)| *tall >= height) {
                    stack.pop();
                    start = left;
                    if tall > 0 {
                        let useful = self.useful(left, column, row + 1 - tall, row + 1);
                        if best.is_none_or(|(_, most)| useful > most) {
                            let first = self.cell(left, row + 1 - tall);
                            best = Some((first.join(&self.cell(column - 1, row)), useful));
                        }
                    }
                }
                stack.push((start, height));
            }
        }
        best
    }

    fn useful(&self, left: usize, right: usize, top: usize, bottom: usize) -> u32 {
        let at = |column: usize, row: usize| self.sums[row * (self.columns + 1) + column];
        at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top)
    }
}

fn same_rect(old: &Canvas, new: &Picture, at: &Rect, from: &Rect) -> bool {
    (0..at.height).all(|row| old.same_row(new, (at.x, at.y + row), (from.x, from.y + row), at.width))
}

/// Grows a rectangle that matches by less than a cell on each side.
fn grown(old: &Canvas, new: &Picture, area: &Rect, mut rect: Rect, (dx, dy): (i32, i32)) -> Rect {
    let bounds = Rect::new(0, 0, new.width(), new.height());
    let matches = |part: Rect| {
        let inside = !part.is_empty() && area.covers(&part);
        let from = part.shifted(dx, dy).filter(|from| bounds.covers(from));
        inside && from.is_some_and(|from| same_rect(old, new, &part, &from))
    };
    for _ in 1..CELL {
        if rect.y > 0 && matches(Rect { y: rect.y - 1, height: 1, ..rect }) {
            rect = Rect { y: rect.y - 1, height: rect.height + 1, ..rect };
        }
        if matches(Rect { y: rect.bottom(), height: 1, ..rect }) {
            rect.height += 1;
        }
    }
    for _ in 1..CELL {
        if rect.x > 0 && matches(Rect { x: rect.x - 1, width: 1, ..rect }) {
            rect = Rect { x: rect.x - 1, width: rect.width + 1, ..rect };
        }
        if matches(Rect { x: rect.right(), width: 1, ..rect }) {
            rect.width += 1;
        }
    }
    rect
}
