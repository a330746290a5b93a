//! Making one frame for one viewer: moves, then tiles, oldest difference first, until the budget is
//! used. What does not fit stays different and goes next time with whatever it shows by then.

use std::time::Duration;

use super::{Update, glyphs, log::Sent, shared::Shared, viewer::Viewer};
use crate::{
    block::Kind,
    bytes::{put_colour, put_number},
    geometry::Rect,
    moves::Move,
    packet::{MOST_MOVES, Packer, TILES, put_move, put_runs, version},
    record::{put_beside, put_flags, put_more, put_part, put_vector},
};

/// A change of more than this part of a tile (of 4) is sent as the whole tile, which builds on
/// nothing.
const WHOLE: u64 = 3;
/// A move that loses more than this part (of 4) of its target to unknown tiles is not worth it.
const CRIPPLED: u64 = 2;

/// Frames of more tiles than this are no typing: their letters are not searched for.
const FEW: usize = 24;
/// Searches for letters in one frame; each passes over much of the picture.
const SEARCHES: u32 = 8;

/// Tiles in a row that one record tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    Colour(u32),
    Kept(u32),
}

struct Run {
    tile: usize,
    count: u32,
    what: Same,
    keep: Option<u32>,
}

pub(super) struct Emit<'a> {
    pub(super) shared: &'a mut Shared,
    pub(super) viewer: &'a mut Viewer,
    pub(super) video: Rect,
    pub(super) step: u64,
    pub(super) now: Duration,
}

/// A frame in the making.
struct Frame {
    number: u32,
    packer: Packer,
    sent: Vec<Sent>,
    run: Option<Run>,
    record: Vec<u8>,
    searches: u32,
}

impl Emit<'_> {
    pub(super) fn frame(mut self, packet: usize, budget: usize) -> Option<Update> {
        let number = self.viewer.next;
        let (bytes, moves) = self.moves(number, packet / 2);
        let mut order: Vec<(u64, usize)> = (0..self.viewer.tiles.len())
            .filter(|tile| !self.viewer.tiles[*tile].dirty.is_empty())
            .map(|tile| (self.viewer.tiles[tile].since, tile))
            .collect();
        order.sort_unstable();
        let searches = if order.len() > FEW { 0 } else { SEARCHES };
        let grid = self.shared.grid;
        let size = (!self.viewer.met).then_some((grid.width as u16, grid.height as u16));
        let head = (self.viewer.epoch, number, self.viewer.log.first());
        let packer = Packer::new(head, size, packet, bytes);
        let mut frame = Frame { number, packer, sent: Vec::new(), run: None, record: Vec::new(), searches };
        let mut any = !moves.is_empty() || self.viewer.is_stuck();
        for (_, tile) in order {
            if any && frame.packer.bytes() + frame.record.len() >= budget {
                break;
            }
            any |= self.tile(&mut frame, tile);
        }
        self.end_run(&mut frame);
        any.then(|| self.finish(frame, moves))
    }

    fn finish(self, frame: Frame, moves: Vec<Move>) -> Update {
        self.viewer.told = self.viewer.log.first();
        let (packets, again) = frame.packer.finish();
        let mut sent = frame.sent;
        sent.resize(packets.len(), Sent::default());
        let last = sent.len() - 1;
        for (at, mut sent) in sent.into_iter().enumerate() {
            (sent.at, sent.frame) = (self.now, frame.number);
            if at == 0 || (at == last && again) {
                sent.moves.clone_from(&moves);
            }
            self.viewer.log.push(sent);
        }
        self.viewer.next += packets.len() as u32;
        Update { frame: frame.number, packets }
    }

    /// The moves' bytes, with what each tile has to be, and the moves as they are carried out.
    fn moves(&mut self, frame: u32, most: usize) -> (Vec<u8>, Vec<Move>) {
        let grid = self.shared.grid;
        if self.viewer.moves.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let unknown = |viewer: &Viewer, what: &Move, tile: usize| {
            let source = grid.tile(tile).meet(&what.to).shifted(what.dx, what.dy).unwrap_or_default();
            viewer.tiles[tile].unknown || grid.tiles(&source).any(|tile| viewer.tiles[tile].unknown)
        };
        let mut moves = self.viewer.moves.clone();
        let mut bad = Rect::default();
        for what in &moves {
            for tile in grid.tiles(&what.to).filter(|tile| unknown(self.viewer, what, *tile)) {
                bad = bad.join(&grid.tile(tile).meet(&what.to));
            }
        }
        if !bad.is_empty() {
            if moves.len() > 1 || bad.area() * 4 > moves[0].to.area() * CRIPPLED {
                self.viewer.drop_moves(&grid, self.step);
                return (Vec::new(), Vec::new());
            }
            moves = around(&moves[0], &bad);
            self.viewer.spoil(&grid, &bad, self.step);
        }
        let before: Vec<(usize, u64)> = Vec::new();
        let mut undo = before;
        let mut bytes = vec![moves.len().min(MOST_MOVES) as u8];
        for (phase, what) in (0..).zip(&moves) {
            let of = version(frame, phase);
            let tiles = grid.tiles(&what.to).chain(grid.tiles(&what.from()));
            put_move(&mut bytes, of, what, tiles.map(|tile| self.viewer.tiles[tile].needs()));
            for tile in grid.tiles(&what.to) {
                undo.push((tile, self.viewer.tiles[tile].version));
                self.viewer.tiles[tile].version = of;
            }
        }
        if bytes.len() > most || moves.is_empty() {
            for (tile, version) in undo.into_iter().rev() {
                self.viewer.tiles[tile].version = version;
            }
            self.viewer.drop_moves(&grid, self.step);
            return (Vec::new(), Vec::new());
        }
        self.viewer.moves.clear();
        (bytes, moves)
    }

    /// Adds what a tile needs; false if it needs nothing.
    fn tile(&mut self, frame: &mut Frame, tile: usize) -> bool {
        let (grid, at) = (self.shared.grid, self.viewer.tiles[tile]);
        let rect = grid.tile(tile);
        if self.video.covers(&rect) {
            return !at.video && !at.unknown && self.leave_to_video(frame, tile);
        }
        let whole = at.unknown || at.dirty.area() * 4 >= rect.area() * WHOLE;
        let keep = self.keep(tile, frame.number);
        let same = self.same(tile, &at.dirty, &rect);
        if let Some(what) = same {
            self.extend_run(frame, tile, what, keep);
            self.sent(tile, frame.number, true);
            return true;
        }
        self.end_run(frame);
        let of = version(frame.number, TILES);
        let base = (!whole).then(|| at.needs());
        let mut record = std::mem::take(&mut frame.record);
        record.clear();
        let start = 0;
        put_flags(&mut record, base, keep, of);
        let flags = record.clone();
        if whole || !self.glyphs(&mut record, tile, &at.dirty, (frame.number, &mut frame.searches)) {
            let area = if whole { rect } else { at.dirty };
            let (kind, body) = self.shared.coded(tile, &area);
            // The first part's kind and area stand before the base and the slot.
            record.clear();
            record.push(flags[0]);
            record.extend_from_slice(&flags[1..]);
            put_part(&mut record, Some(start), kind, (!whole).then_some((&area, &rect)));
            record.extend_from_slice(body);
            if whole && kind == Kind::Solid {
                put_number(&mut record, 0);
            }
        }
        let packets = frame.packer.add(tile as u32, 1, &record);
        frame.record = record;
        self.note(frame, packets, tile as u32..tile as u32 + 1, keep);
        self.sent(tile, frame.number, whole);
        true
    }

    /// What the receiver is to keep before this tile goes, if it can.
    fn keep(&self, tile: usize, frame: u32) -> Option<u32> {
        let at = &self.viewer.tiles[tile];
        let (slot, generation) = at.shelved?;
        let current = self.shared.shelf.generation(slot) == generation;
        let held = self.viewer.held.get(slot as usize).copied().flatten() == Some(generation);
        let settled = at.settled == at.version && at.version < version(frame, 0) && at.version > 0;
        (current && !held && settled && !at.unknown).then_some(slot)
    }

    /// Whether a tile is one colour or something that the viewer keeps.
    fn same(&mut self, tile: usize, dirty: &Rect, rect: &Rect) -> Option<Same> {
        if let Some(colour) = self.shared.canvas.single_colour(rect) {
            return Some(Same::Colour(colour));
        }
        if dirty.area() * 8 < rect.area() || self.viewer.held.is_empty() {
            return None;
        }
        let slot = self.shared.shelved(tile)?;
        let held = self.viewer.held.get(slot as usize).copied().flatten();
        (held == Some(self.shared.shelf.generation(slot))).then_some(Same::Kept(slot))
    }

    fn extend_run(&mut self, frame: &mut Frame, tile: usize, what: Same, keep: Option<u32>) {
        if let Some(run) = &mut frame.run {
            let next = match run.what {
                Same::Colour(colour) => Same::Colour(colour),
                Same::Kept(slot) => Same::Kept(slot + run.count),
            };
            if run.tile + run.count as usize == tile && next == what && run.keep.map(|slot| slot + run.count) == keep {
                run.count += 1;
                return;
            }
        }
        self.end_run(frame);
        frame.run = Some(Run { tile, count: 1, what, keep });
    }

    fn end_run(&mut self, frame: &mut Frame) {
        let Some(run) = frame.run.take() else { return };
        let mut record = std::mem::take(&mut frame.record);
        record.clear();
        put_flags(&mut record, None, run.keep, version(frame.number, TILES));
        match run.what {
            Same::Colour(colour) => {
                put_part(&mut record, Some(0), Kind::Solid, None);
                put_colour(&mut record, colour);
            }
            Same::Kept(slot) => {
                put_part(&mut record, Some(0), Kind::Kept, None);
                put_number(&mut record, u64::from(slot));
            }
        }
        put_number(&mut record, u64::from(run.count - 1));
        let packets = frame.packer.add(run.tile as u32, run.count, &record);
        frame.record = record;
        self.note(frame, packets, run.tile as u32..run.tile as u32 + run.count, run.keep);
    }

    /// Tells the receiver that video shows this tile from now on. What it has there stays.
    fn leave_to_video(&mut self, frame: &mut Frame, tile: usize) -> bool {
        self.end_run(frame);
        let mut record = Vec::new();
        put_flags(&mut record, Some(self.viewer.tiles[tile].needs()), None, version(frame.number, TILES));
        put_part(&mut record, Some(0), Kind::Video, None);
        put_number(&mut record, 0);
        let packets = frame.packer.add(tile as u32, 1, &record);
        self.note(frame, packets, tile as u32..tile as u32 + 1, None);
        let at = &mut self.viewer.tiles[tile];
        (at.video, at.version, at.shelved) = (true, version(frame.number, TILES), None);
        true
    }

    fn note(
        &self,
        frame: &mut Frame,
        packets: std::ops::RangeInclusive<u32>,
        tiles: std::ops::Range<u32>,
        keep: Option<u32>,
    ) {
        let last = (*packets.end() - frame.number) as usize;
        if frame.sent.len() <= last {
            frame.sent.resize(last + 1, Sent::default());
        }
        for number in packets {
            let sent = &mut frame.sent[(number - frame.number) as usize];
            sent.tiles.extend(tiles.clone());
            if let Some(first) = keep {
                let slots = (first..).take(tiles.len());
                sent.keeps.extend(slots.map(|slot| (slot, self.shared.shelf.generation(slot))));
            }
        }
    }

    fn sent(&mut self, tile: usize, frame: u32, whole: bool) {
        let at = &mut self.viewer.tiles[tile];
        at.version = version(frame, TILES);
        at.dirty = Rect::default();
        (at.video, at.shelved) = (false, None);
        if whole {
            (at.whole, at.unknown) = (frame, false);
        }
    }

    /// Writes a small change as copies of what the viewer shows elsewhere, and the rest; false if
    /// there is nothing to copy.
    fn glyphs(&mut self, record: &mut Vec<u8>, tile: usize, dirty: &Rect, (frame, searches): (u32, &mut u32)) -> bool {
        let (grid, of) = (self.shared.grid, version(frame, TILES));
        let rect = grid.tile(tile);
        if dirty.area() > glyphs::MOST_AREA || *searches == 0 {
            return false;
        }
        let tiles = &self.viewer.tiles;
        let usable = |from: &Rect| {
            from.meet(dirty).is_empty()
                && grid.tiles(from).all(|other| {
                    let at = &tiles[other];
                    other == tile || (at.dirty.is_empty() && !at.unknown && !at.video && at.version < of)
                })
        };
        let pieces = glyphs::split(&self.shared.canvas, dirty, searches, usable);
        if pieces.is_empty() {
            return false;
        }
        let mut last = None;
        for piece in &pieces {
            if let Some(at) = last {
                put_more(record, at);
            }
            let begin = |record: &mut Vec<u8>, kind| match last {
                None => put_part(record, Some(0), kind, Some((&piece.area, &rect))),
                Some(_) => put_beside(record, kind, piece.area.width),
            };
            last = Some(if let Some(from) = piece.from {
                let at = begin(record, Kind::Copy);
                let vector = (from.0 as i32 - piece.area.x as i32, from.1 as i32 - piece.area.y as i32);
                put_vector(record, vector.0, vector.1);
                let source = piece.area.shifted(vector.0, vector.1).unwrap_or_default();
                let others = grid.tiles(&source).filter(|other| *other != tile);
                put_runs(record, of, others.map(|other| tiles[other].needs()));
                at
            } else {
                let (kind, body) = self.shared.coded(tile, &piece.area);
                let at = begin(record, kind);
                record.extend_from_slice(body);
                at
            });
        }
        true
    }
}

/// A move without the part of its target that is `bad`, in the order in which no piece overwrites
/// what a later one needs.
fn around(what: &Move, bad: &Rect) -> Vec<Move> {
    let to = what.to;
    let above = Rect::between(to.x, to.y, to.right(), bad.y);
    let below = Rect::between(to.x, bad.bottom(), to.right(), to.bottom());
    let left = Rect::between(to.x, bad.y, bad.x, bad.bottom());
    let right = Rect::between(bad.right(), bad.y, to.right(), bad.bottom());
    let (first, last) = if what.dy < 0 { (below, above) } else { (above, below) };
    let (near, far) = if what.dx < 0 { (right, left) } else { (left, right) };
    let pieces = [first, near, far, last].into_iter().filter(|piece| !piece.is_empty());
    pieces.map(|to| Move { to, ..*what }).collect()
}
