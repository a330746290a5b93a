//! What all viewers share: the picture, the bytes of its tiles, and the shelf. Each is made once.

use std::time::Duration;

use super::{busy::Busy, shelf::Shelf};
use crate::{
    block::{Coder, Kind, PIXELS},
    canvas::{Canvas, Picture, hash},
    geometry::{Grid, Rect},
    moves::{Finder, Move},
};

/// What stood still for so long is worth keeping when it goes.
const RESTED: Duration = Duration::from_millis(300);
/// With fewer changed pixels than this in all (two tiles), nothing has moved that is worth a search.
const SEARCH: u64 = 2 * PIXELS as u64;

/// The bytes of a block.
#[derive(Clone, Default)]
struct Coded {
    stamp: u32,
    area: Rect,
    kind: u8,
    bytes: Vec<u8>,
}

/// What one look at the screen found.
#[derive(Default)]
pub(crate) struct Step {
    /// Content that moved, in order; to be applied before the rest.
    pub(crate) moves: Vec<Move>,
    /// Tiles and the part of them that then still differed.
    pub(crate) changed: Vec<(usize, Rect)>,
    /// Tiles whose old content went onto the shelf, and where.
    pub(crate) shelved: Vec<(usize, u32)>,
}

pub(crate) struct Shared {
    pub(crate) grid: Grid,
    pub(crate) canvas: Canvas,
    /// Counts a tile's contents.
    stamps: Vec<u32>,
    since: Vec<Duration>,
    /// The whole tile, and the part that changed last.
    coded: Vec<[Coded; 2]>,
    hashes: Vec<(u32, u64)>,
    pub(crate) shelf: Shelf,
    pub(crate) busy: Busy,
    pub(crate) step: Step,
    finder: Finder,
    coder: Coder,
    scratch: Box<[u32; PIXELS]>,
    /// Blocks coded so far: the work that viewers share.
    pub(crate) blocks: u64,
}

impl Shared {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let grid = Grid::new(width, height);
        Self {
            grid,
            canvas: Canvas::new(width, height),
            stamps: vec![1; grid.len()],
            since: vec![Duration::ZERO; grid.len()],
            coded: vec![Default::default(); grid.len()],
            hashes: vec![(0, 0); grid.len()],
            shelf: Shelf::default(),
            busy: Busy::new(grid.len()),
            step: Step::default(),
            finder: Finder::new(),
            coder: Coder::new(),
            scratch: Box::new([0; PIXELS]),
            blocks: 0,
        }
    }

    /// The whole picture is new.
    pub(crate) fn began(&mut self, now: Duration) {
        self.since.fill(now);
    }

    /// Compares the damaged parts with the picture, takes over what changed and describes it in
    /// [`Shared::step`]; false if nothing did.
    pub(crate) fn look(&mut self, picture: &Picture, damage: &[Rect], now: Duration) -> bool {
        let mut step = std::mem::take(&mut self.step);
        step.moves.clear();
        step.shelved.clear();
        step.changed.clear();
        self.compare(picture, damage, &mut step.changed);
        if step.changed.is_empty() {
            self.step = step;
            return false;
        }
        if step.changed.iter().map(|(_, rect)| rect.area()).sum::<u64>() >= SEARCH {
            self.shelve(&step.changed, now, &mut step.shelved);
            let returned = self.has_returned(picture, &step.changed);
            let rested = step.shelved.len() * 2 > step.changed.len();
            if !returned {
                self.finder.find(&mut self.canvas, picture, &self.grid, (&step.changed, rested), &mut step.moves);
            }
        }
        for at in &step.moves {
            self.grid.tiles(&at.to).for_each(|tile| self.stamps[tile] = self.stamps[tile].wrapping_add(1));
        }
        if !step.moves.is_empty() {
            for (tile, rect) in &mut step.changed {
                self.since[*tile] = now;
                *rect = self.canvas.changed(picture, &self.grid.tile(*tile).meet(rect));
            }
            step.changed.retain(|(_, rect)| !rect.is_empty());
        }
        for (tile, rect) in &step.changed {
            self.canvas.take(picture, rect);
            self.stamps[*tile] = self.stamps[*tile].wrapping_add(1);
            self.since[*tile] = now;
            self.busy.changed(&self.canvas, *tile, &self.grid.tile(*tile), rect, now);
        }
        self.step = step;
        true
    }

    /// The changed part of each damaged tile.
    fn compare(&self, picture: &Picture, damage: &[Rect], changed: &mut Vec<(usize, Rect)>) {
        for rect in damage {
            let rect = rect.meet(&self.grid.bounds());
            for tile in self.grid.tiles(&rect) {
                let part = self.canvas.changed(picture, &self.grid.tile(tile).meet(&rect));
                if !part.is_empty() {
                    changed.push((tile, part));
                }
            }
        }
        changed.sort_unstable_by_key(|(tile, _)| *tile);
        changed.dedup_by(|(tile, rect), (kept, whole)| {
            let same = tile == kept;
            if same {
                *whole = whole.join(rect);
            }
            same
        });
    }

    /// Keeps the content of rested tiles of which much is about to change.
    fn shelve(&mut self, changed: &[(usize, Rect)], now: Duration, shelved: &mut Vec<(usize, u32)>) {
        for (tile, part) in changed {
            let rect = self.grid.tile(*tile);
            let rested = now.saturating_sub(self.since[*tile]) >= RESTED;
            if !rested || part.area() * 8 < rect.area() || self.canvas.single_colour(&rect).is_some() {
                continue;
            }
            let (hash, size) = (self.hash(*tile), (rect.width, rect.height));
            let found = self.shelf.find(hash, size, |pixels| self.canvas.holds(&rect, pixels));
            let slot = found.unwrap_or_else(|| {
                let pixels = self.canvas.read(&rect, &mut self.scratch);
                self.shelf.put(hash, size, pixels)
            });
            shelved.push((*tile, slot));
        }
    }

    /// Whether the screen goes back to what is on the shelf: then nothing has moved.
    fn has_returned(&mut self, picture: &Picture, changed: &[(usize, Rect)]) -> bool {
        /// Tiles looked at.
        const SAMPLES: usize = 12;
        let (mut known, mut looked) = (0, 0);
        for (tile, _) in changed.iter().step_by(changed.len().div_ceil(SAMPLES)) {
            let rect = self.grid.tile(*tile);
            let pixels = picture.read(&rect, &mut self.scratch);
            if pixels.iter().any(|pixel| *pixel != pixels[0]) {
                let hash = hash(pixels.chunks_exact(rect.width as usize));
                let found = self.shelf.find(hash, (rect.width, rect.height), |kept| kept == pixels);
                looked += 1;
                known += u32::from(found.is_some());
            }
        }
        known * 2 > looked
    }

    fn hash(&mut self, tile: usize) -> u64 {
        if self.hashes[tile].0 != self.stamps[tile] {
            self.hashes[tile] = (self.stamps[tile], self.canvas.hash(&self.grid.tile(tile)));
        }
        self.hashes[tile].1
    }

    /// The slot of the shelf that holds what a tile shows.
    pub(crate) fn shelved(&mut self, tile: usize) -> Option<u32> {
        let (hash, rect) = (self.hash(tile), self.grid.tile(tile));
        self.shelf.find(hash, (rect.width, rect.height), |pixels| self.canvas.holds(&rect, pixels))
    }

    /// The bytes of a part of a tile, made at most once for each content.
    pub(crate) fn coded(&mut self, tile: usize, area: &Rect) -> (Kind, &[u8]) {
        let whole = *area == self.grid.tile(tile);
        let (stamp, coded) = (self.stamps[tile], &mut self.coded[tile][usize::from(!whole)]);
        if coded.stamp != stamp || coded.area != *area {
            (coded.stamp, coded.area) = (stamp, *area);
            coded.bytes.clear();
            let pixels = self.canvas.read(area, &mut self.scratch);
            coded.kind = self.coder.write(pixels, area.width as usize, &mut coded.bytes) as u8;
            self.blocks += 1;
        }
        (Kind::of(coded.kind).unwrap_or(Kind::Raw), &coded.bytes)
    }
}
