//! What one viewer has: which version of each tile, what of it differs from the screen by now, and
//! which packets are on their way.

use std::{collections::VecDeque, time::Duration};

use super::{
    log::{Log, Sent},
    shared::Shared,
};
use crate::{
    error::Malformed,
    geometry::{Grid, Rect},
    moves::Move,
    packet::{MOST_MOVES, Needs, TILES, version},
    report::{Report, Standing},
};

/// How long an answer may take before anything was heard of the line.
const FIRST_PATIENCE: Duration = Duration::from_millis(600);
/// The longest wait for an answer of a line that seems dead.
const MOST_PATIENCE: Duration = Duration::from_secs(5);

/// What a viewer knows of one tile.
#[derive(Clone, Copy, Default)]
pub(super) struct Tile {
    /// The version it has, once everything sent has come.
    pub(super) version: u64,
    /// The version that it is known to have had.
    pub(super) settled: u64,
    /// The frame that last sent the whole tile.
    pub(super) whole: u32,
    /// What differs from the screen, in pixels of the picture.
    pub(super) dirty: Rect,
    /// The step that made it differ.
    pub(super) since: u64,
    /// What the viewer has is not known: the whole tile has to go.
    pub(super) unknown: bool,
    /// It was told to show video here.
    pub(super) video: bool,
    /// Its content is on the shelf: slot and generation.
    pub(super) shelved: Option<(u32, u32)>,
}

impl Tile {
    fn settle(&mut self, version: u64) {
        if self.version == version {
            self.settled = version;
        }
    }

    pub(super) fn needs(&self) -> Needs {
        if self.settled == self.version { Needs::Settled } else { Needs::Version(self.version) }
    }
}

/// What a viewer keeps in a slot of the shelf.
pub(super) type Held = Option<u32>;

pub(super) struct Viewer {
    pub(super) epoch: u8,
    pub(super) next: u32,
    pub(super) tiles: Vec<Tile>,
    /// Moves that have not been sent, and the step of the first.
    pub(super) moves: Vec<Move>,
    /// Generations that the viewer has told us it keeps, by slot.
    pub(super) held: Vec<Held>,
    pub(super) log: Log,
    /// The highest report so far, and up to where the viewer has everything or was told to let go.
    serial: Option<u32>,
    floor: u32,
    /// The oldest open packet, as the viewer was last told.
    pub(super) told: u32,
    /// The viewer knows the size.
    pub(super) met: bool,
    pub(super) patience: Duration,
    doubled: u32,
    before: Vec<Rect>,
}

impl Viewer {
    /// A viewer that has nothing.
    pub(super) fn new(grid: &Grid, epoch: u8, step: u64) -> Self {
        let nothing = |tile| Tile { dirty: grid.tile(tile), since: step, unknown: true, ..Tile::default() };
        Self {
            epoch,
            next: 1,
            tiles: (0..grid.len()).map(nothing).collect(),
            moves: Vec::new(),
            held: Vec::new(),
            log: Log::default(),
            serial: None,
            floor: 1,
            told: 1,
            met: false,
            patience: FIRST_PATIENCE,
            doubled: 0,
            before: Vec::new(),
        }
    }

    /// The screen changed: what of it the viewer lacks.
    pub(super) fn see(&mut self, shared: &Shared, step: u64) {
        let found = &shared.step;
        for (tile, slot) in &found.shelved {
            let tile = &mut self.tiles[*tile];
            // The viewer shows what was shelved only if it had it all.
            if tile.dirty.is_empty() && !tile.unknown && !tile.video {
                tile.shelved = Some((*slot, shared.shelf.generation(*slot)));
            }
        }
        for what in &found.moves {
            if self.moves.len() == MOST_MOVES {
                self.drop_moves(&shared.grid, step);
                self.spoil(&shared.grid, &what.to, step);
            } else {
                self.carry(&shared.grid, what, step);
                self.moves.push(*what);
            }
        }
        for (tile, rect) in &found.changed {
            self.touch(*tile, rect, step);
        }
    }

    fn touch(&mut self, tile: usize, rect: &Rect, step: u64) {
        let tile = &mut self.tiles[tile];
        if tile.dirty.is_empty() {
            tile.since = step;
        }
        tile.dirty = tile.dirty.join(rect);
    }

    /// A rectangle differs.
    pub(super) fn spoil(&mut self, grid: &Grid, rect: &Rect, step: u64) {
        for tile in grid.tiles(rect) {
            self.touch(tile, &grid.tile(tile).meet(rect), step);
        }
    }

    /// Moves move what differs, too.
    fn carry(&mut self, grid: &Grid, what: &Move, step: u64) {
        let from = what.from();
        let any = |viewer: &Self, rect| grid.tiles(rect).any(|tile| !viewer.tiles[tile].dirty.is_empty());
        let touched = any(self, &from) || any(self, &what.to);
        for tile in grid.tiles(&what.to) {
            self.tiles[tile].shelved = None;
        }
        if !touched {
            return;
        }
        self.before.clear();
        self.before.extend(self.tiles.iter().map(|tile| tile.dirty));
        for tile in grid.tiles(&what.to) {
            let rect = grid.tile(tile);
            let target = rect.meet(&what.to);
            let Some(source) = target.shifted(what.dx, what.dy) else { continue };
            if target.covers(&self.before[tile]) {
                self.tiles[tile].dirty = Rect::default();
            }
            for other in grid.tiles(&source) {
                let dirty = self.before[other].meet(&source);
                if !dirty.is_empty()
                    && let Some(dirty) = dirty.shifted(-what.dx, -what.dy)
                {
                    self.touch(tile, &dirty, step);
                }
            }
        }
    }

    /// Gives up moves that cannot be sent: their targets differ instead.
    pub(super) fn drop_moves(&mut self, grid: &Grid, step: u64) {
        for what in std::mem::take(&mut self.moves) {
            self.spoil(grid, &what.to, step);
        }
    }

    /// Whether nothing has to be sent, as far as tiles outside of `video` go.
    pub(super) fn is_idle(&self, grid: &Grid, video: &Rect) -> bool {
        let rests = |(tile, at): (usize, &Tile)| at.dirty.is_empty() || (at.video && video.covers(&grid.tile(tile)));
        self.moves.is_empty() && !self.is_stuck() && self.tiles.iter().enumerate().all(rests)
    }

    /// Whether the viewer waits for packets that nobody will send again: what they held has gone in
    /// others, but no packet since has said so.
    pub(super) fn is_stuck(&self) -> bool {
        self.floor < self.log.first() && self.told < self.log.first()
    }

    /// What the receiver reports.
    pub(super) fn hear(&mut self, bytes: &[u8], grid: &Grid, step: u64) -> Result<(), Malformed> {
        let report = Report::read(bytes)?;
        let old = self.serial.is_some_and(|serial| report.serial.wrapping_sub(serial) as i32 <= 0);
        if report.epoch != self.epoch || old || report.floor > self.next {
            return Ok(());
        }
        (self.serial, self.floor) = (Some(report.serial), report.floor);
        let mut lost = VecDeque::new();
        let mut heard = false;
        for number in self.log.first()..report.floor {
            heard |= self.acknowledge(number, grid);
        }
        let mut number = report.floor;
        for (count, standing) in report.runs {
            let end = number.saturating_add(count).min(self.next);
            for number in number.max(self.log.first())..end {
                if standing == Standing::Done as u8 {
                    heard |= self.acknowledge(number, grid);
                } else if standing == Standing::Lost as u8 {
                    lost.push_back(number);
                }
            }
            number = end;
        }
        if heard {
            self.doubled = 0;
        }
        for number in lost {
            self.lose(number, grid, step);
        }
        let broken = report.broken.iter().flat_map(|(tile, count)| *tile..tile.saturating_add(*count));
        for tile in broken.filter(|tile| (*tile as usize) < grid.len()).take(grid.len()) {
            self.mend(tile as usize, grid, step);
        }
        self.log.tidy();
        Ok(())
    }

    /// A packet was carried out.
    fn acknowledge(&mut self, number: u32, grid: &Grid) -> bool {
        let Some(sent) = self.log.close(number) else { return false };
        self.met = true;
        if !sent.moves.is_empty() {
            self.log.strip_moves(sent.frame);
        }
        for (phase, what) in (0..).zip(&sent.moves) {
            let of = version(sent.frame, phase);
            grid.tiles(&what.to).for_each(|tile| self.tiles[tile].settle(of));
        }
        let of = version(sent.frame, TILES);
        sent.tiles.iter().for_each(|tile| self.tiles[*tile as usize].settle(of));
        for (slot, generation) in &sent.keeps {
            if self.held.len() <= *slot as usize {
                self.held.resize(*slot as usize + 1, None);
            }
            self.held[*slot as usize] = Some(*generation);
        }
        true
    }

    /// A packet is lost: its tiles, and what moved from them since, go again.
    fn lose(&mut self, number: u32, grid: &Grid, step: u64) {
        let Some(sent) = self.log.close(number) else { return };
        let mut bad = vec![false; grid.len()];
        for tile in sent.tiles.iter().map(|tile| *tile as usize) {
            bad[tile] |= self.tiles[tile].whole <= sent.frame;
        }
        if !self.log.has_moves(sent.frame) {
            for tile in sent.moves.iter().flat_map(|what| grid.tiles(&what.to)) {
                bad[tile] |= self.tiles[tile].whole < sent.frame;
            }
        }
        for Sent { moves, frame, .. } in self.log.open_after(number).filter(|later| later.frame > sent.frame) {
            for what in moves {
                for tile in grid.tiles(&what.to) {
                    let source = grid.tile(tile).meet(&what.to).shifted(what.dx, what.dy).unwrap_or_default();
                    let spoilt = grid.tiles(&source).any(|tile| bad[tile]);
                    bad[tile] |= spoilt && self.tiles[tile].whole < *frame;
                }
            }
        }
        for tile in (0..grid.len()).filter(|tile| bad[*tile]) {
            self.forget(tile, grid, step);
        }
    }

    /// The receiver cannot make a tile. If it is on its way already, that will do.
    fn mend(&mut self, tile: usize, grid: &Grid, step: u64) {
        let at = &self.tiles[tile];
        if !at.unknown && !self.log.carries_whole(tile, at.whole) {
            self.forget(tile, grid, step);
        }
    }

    fn forget(&mut self, tile: usize, grid: &Grid, step: u64) {
        self.touch(tile, &grid.tile(tile), step);
        let at = &mut self.tiles[tile];
        at.unknown = true;
        at.settled = 0;
        at.shelved = None;
        at.video = false;
    }

    /// What was sent too long ago without an answer is lost.
    pub(super) fn expire(&mut self, now: Duration, grid: &Grid, step: u64) {
        let patience = self.current_patience();
        let late: Vec<u32> = self.log.sent_before(now.checked_sub(patience)).collect();
        if !late.is_empty() {
            late.into_iter().for_each(|number| self.lose(number, grid, step));
            self.doubled = (self.doubled + 1).min(8);
            self.log.tidy();
        }
    }

    fn current_patience(&self) -> Duration {
        (self.patience * (1 << self.doubled)).min(MOST_PATIENCE)
    }

    /// When [`Viewer::expire`] matters next.
    pub(super) fn due(&self) -> Option<Duration> {
        self.log.oldest_open().map(|at| at + self.current_patience())
    }
}
