//! The receiver's picture, the version of each of its tiles, and what records do to them.

use crate::{
    block::{Coder, Kind, PIXELS},
    canvas::Canvas,
    error::Malformed,
    geometry::{Grid, Rect},
    packet::{Fit, MoveRecord, Needs, TILES, version},
    record::{KEPT, Part, Record},
};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Carried out, or overtaken by something newer.
    Done,
    /// Something that it builds on is not there yet.
    Wait,
    /// What it builds on has gone: the sender has to send the tile anew.
    Broken,
    /// The tile is right, but what should have been kept had gone: the packet counts as lost.
    NotKept,
}

struct Kept {
    version: u64,
    size: (u32, u32),
    pixels: Box<[u32]>,
}

pub(super) struct Screen {
    pub(super) grid: Grid,
    pub(super) canvas: Canvas,
    versions: Vec<u64>,
    broken: Vec<bool>,
    video: Vec<bool>,
    kept: Vec<Option<Kept>>,
    coder: Coder,
    scratch: Box<[u32; PIXELS]>,
    /// Rectangles that changed since they were last fetched.
    pub(super) changed: Vec<Rect>,
}

impl Screen {
    pub(super) fn new(width: u32, height: u32) -> Self {
        let grid = Grid::new(width, height);
        Self {
            grid,
            canvas: Canvas::new(width, height),
            versions: vec![0; grid.len()],
            broken: vec![false; grid.len()],
            video: vec![false; grid.len()],
            kept: (0..KEPT).map(|_| None).collect(),
            coder: Coder::new(),
            scratch: Box::new([0; PIXELS]),
            changed: Vec::new(),
        }
    }

    /// Tiles that wait to be sent anew.
    pub(super) fn broken(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.broken).filter(|(_, broken)| **broken).map(|(tile, _)| tile)
    }

    /// Tiles that video is to show.
    pub(super) fn video(&self) -> impl Iterator<Item = usize> {
        self.video.iter().enumerate().filter(|(_, video)| **video).map(|(tile, _)| tile)
    }

    /// Whether every tile has come and none waits to be sent anew.
    pub(super) fn is_whole(&self) -> bool {
        self.versions.iter().all(|version| *version > 0) && !self.broken.contains(&true)
    }

    pub(super) fn set_broken(&mut self, tile: usize) {
        self.broken[tile] = true;
    }

    fn fit(&self, tile: usize, needs: Needs, frame: u32) -> Fit {
        if needs == Needs::Settled && self.broken[tile] {
            return Fit::Later;
        }
        needs.fit(self.versions[tile], frame)
    }

    fn set(&mut self, tile: usize, version: u64) {
        self.versions[tile] = version;
        self.broken[tile] = false;
        self.video[tile] = false;
    }

    /// Carries a tile's record out, if it can be.
    pub(super) fn apply(&mut self, record: &Record, frame: u32) -> Result<Outcome, Malformed> {
        let of = version(frame, TILES);
        if record.run > 1 && record.base.is_some() {
            return Err(Malformed::Kind);
        }
        let mut outcome = Outcome::Done;
        for step in 0..record.run {
            let tile = record.tile + step;
            if self.versions[tile] >= of {
                if record.keep.is_some() {
                    outcome = Outcome::NotKept;
                }
                continue;
            }
            match self.ready(record, tile, step as u32, frame) {
                Fit::Later => return Ok(Outcome::Wait),
                Fit::Never => {
                    self.broken[tile] = true;
                    outcome = Outcome::Broken;
                    continue;
                }
                Fit::Now => {}
            }
            if let Some(keep) = record.keep
                && !self.keep(keep as usize + step, tile, frame)
            {
                outcome = Outcome::NotKept;
            }
            self.draw(record, tile, step as u32, of)?;
        }
        Ok(outcome)
    }

    /// Whether everything is there that a record builds on.
    fn ready(&self, record: &Record, tile: usize, step: u32, frame: u32) -> Fit {
        let mut fit = record.base.map_or(Fit::Now, |base| self.fit(tile, base, frame));
        for part in &record.parts {
            match part.kind {
                Kind::Copy => {
                    let others = self.grid.tiles(&part.from).filter(|other| *other != record.tile);
                    for (other, needs) in others.zip(&part.needs) {
                        fit = fit.max(self.fit(other, *needs, frame));
                    }
                }
                Kind::Kept => {
                    let size = self.grid.tile(tile);
                    let kept = self.kept[(part.kept + step) as usize].as_ref();
                    let good = |kept: &Kept| kept.version < version(frame, 0) && kept.size == (size.width, size.height);
                    if !kept.is_some_and(good) {
                        fit = Fit::Never;
                    }
                }
                _ => {}
            }
        }
        fit
    }

    /// Keeps what a tile shows, unless a later frame was quicker.
    fn keep(&mut self, slot: usize, tile: usize, frame: u32) -> bool {
        let rect = self.grid.tile(tile);
        let newer = self.kept[slot].as_ref().is_some_and(|kept| kept.version >= version(frame, 0));
        if newer || self.fit(tile, Needs::Settled, frame) != Fit::Now {
            return false;
        }
        let pixels = self.canvas.read(&rect, &mut self.scratch).into();
        let size = (rect.width, rect.height);
        self.kept[slot] = Some(Kept { version: version(frame, TILES), size, pixels });
        true
    }

    fn draw(&mut self, record: &Record, tile: usize, step: u32, of: u64) -> Result<(), Malformed> {
        let rect = self.grid.tile(tile);
        for part in &record.parts {
            if let Err(error) = self.draw_part(part, &rect, step, record.run > 1) {
                // What stands there now is no version of the sender's.
                self.versions[tile] = 0;
                self.broken[tile] = true;
                return Err(error);
            }
        }
        self.set(tile, of);
        self.video[tile] = record.parts.first().is_some_and(|part| part.kind == Kind::Video);
        Ok(())
    }

    fn draw_part(&mut self, part: &Part, tile: &Rect, step: u32, in_run: bool) -> Result<(), Malformed> {
        let area = if in_run { *tile } else { part.area };
        match part.kind {
            Kind::Video => return Ok(()),
            Kind::Solid => self.canvas.fill(&area, crate::bytes::Reader::new(part.body).colour()?),
            Kind::Copy => {
                self.canvas.read(&part.from, &mut self.scratch);
                self.canvas.put(&area, &self.scratch[..area.area() as usize]);
            }
            Kind::Kept => {
                if let Some(kept) = &self.kept[(part.kept + step) as usize] {
                    self.canvas.put(&area, &kept.pixels);
                }
            }
            kind => {
                let pixels = &mut self.scratch[..area.area() as usize];
                self.coder.decode(kind, part.body, area.width as usize, pixels)?;
                self.canvas.put(&area, pixels);
            }
        }
        self.changed.push(area);
        Ok(())
    }

    /// Carries a move out. With `force`, tile by tile as far as it can be.
    pub(super) fn shift(&mut self, record: &MoveRecord, force: bool) -> Outcome {
        let (frame, of) = (record.frame, version(record.frame, record.phase));
        let (to, from) = (record.what.to, record.what.from());
        if self.grid.tiles(&to).all(|tile| self.versions[tile] >= of) {
            return Outcome::Done;
        }
        let tiles = self.grid.tiles(&to).zip(&record.to).chain(self.grid.tiles(&from).zip(&record.from));
        let (mut later, mut never) = (false, false);
        for (tile, needs) in tiles {
            match self.fit(tile, *needs, frame) {
                Fit::Now => {}
                Fit::Later => later = true,
                Fit::Never => never = true,
            }
        }
        if later && !force {
            return Outcome::Wait;
        }
        if later || never {
            self.shift_some(record, of);
            return Outcome::Broken;
        }
        self.canvas.shift(&to, &from);
        for tile in self.grid.tiles(&to) {
            self.set(tile, of);
        }
        self.changed.push(to);
        Outcome::Done
    }

    /// The tiles of a move that can be made, in the order in which none overwrites what another needs.
    fn shift_some(&mut self, record: &MoveRecord, of: u64) {
        let (to, from, frame) = (record.what.to, record.what.from(), record.frame);
        let fits: Vec<(usize, bool)> = self
            .grid
            .tiles(&from)
            .zip(&record.from)
            .map(|(tile, needs)| (tile, self.fit(tile, *needs, frame) == Fit::Now))
            .collect();
        let mut targets: Vec<(usize, Needs)> = self.grid.tiles(&to).zip(record.to.iter().copied()).collect();
        let columns = self.grid.columns as usize;
        targets.sort_by_key(|(tile, _)| {
            let (row, column) = ((tile / columns) as i64, (tile % columns) as i64);
            let (dx, dy) = (record.what.dx, record.what.dy);
            (if dy < 0 { -row } else { row }, if dx < 0 { -column } else { column })
        });
        for (tile, needs) in targets {
            if self.versions[tile] >= of {
                continue;
            }
            let part = self.grid.tile(tile).meet(&to);
            let source = part.shifted(record.what.dx, record.what.dy).unwrap_or_default();
            let there = |tile| fits.iter().any(|(of, fit)| *of == tile && *fit);
            if self.fit(tile, needs, frame) == Fit::Now && self.grid.tiles(&source).all(there) {
                self.canvas.shift(&part, &source);
                self.set(tile, of);
                self.changed.push(part);
            } else {
                self.broken[tile] = true;
            }
        }
    }
}
