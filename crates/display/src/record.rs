//! A tile's record: what the receiver does to one tile, or to a run of tiles.
//!
//! `flags, [base], [kept], parts...`; a part is `kind, [area], body`. The first part's kind shares its
//! byte with the flags.

use crate::{
    block::{Kind, read_body},
    bytes::{Reader, put_number, put_signed},
    error::Malformed,
    geometry::{Grid, Rect},
    packet::{Needs, put_needs, read_needs, read_runs},
};

/// The kind, in the lower three bits.
const KIND: u8 = 7;
/// The part has an area of its own; without, it is the whole tile.
const AREA: u8 = 8;
/// The record builds on what the tile showed: what that has to be follows.
const BASED: u8 = 16;
/// Before anything else, what the tile shows is kept: the number follows.
const KEEP: u8 = 32;
/// Another part follows.
const MORE: u8 = 64;
/// Only of a later part: its rows are those of the part before, it begins where that ended, and only
/// its width less one follows.
const BESIDE: u8 = 16;

/// Most parts of a record.
pub(crate) const MOST_PARTS: usize = 64;
/// Tiles that a receiver keeps: four screens of 1920 x 1080, 32 MiB.
pub(crate) const KEPT: u32 = 2048;
/// The longest record: a raw tile in parts costs a little more than its pixels.
pub(crate) const MOST_RECORD: usize = 16 * 1024;

/// One part, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) kind: Kind,
    /// In pixels of the picture.
    pub(crate) area: Rect,
    pub(crate) body: &'a [u8],
    /// For [`Kind::Copy`]: from where, and what the tiles there have to be (without the own one).
    pub(crate) from: Rect,
    pub(crate) needs: Vec<Needs>,
    /// For [`Kind::Kept`]: which.
    pub(crate) kept: u32,
}

/// A record, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    /// Tiles from here on, in raster order.
    pub(crate) tile: usize,
    pub(crate) run: usize,
    pub(crate) base: Option<Needs>,
    /// Where what the first tile shows is kept; the run's others follow.
    pub(crate) keep: Option<u32>,
    pub(crate) parts: Vec<Part<'a>>,
}

impl<'a> Record<'a> {
    /// Reads a record of `tile`, whose version will be `of`.
    pub(crate) fn read(reader: &mut Reader<'a>, grid: &Grid, tile: usize, of: u64) -> Result<Self, Malformed> {
        if tile >= grid.len() {
            return Err(Malformed::Outside);
        }
        let mut flags = reader.byte()?;
        if flags & 128 != 0 || (flags & AREA != 0 && flags & BASED == 0) {
            return Err(Malformed::Kind);
        }
        let base = if flags & BASED == 0 { None } else { Some(read_needs(reader, of)?) };
        let keep = if flags & KEEP == 0 { None } else { Some(reader.at_most(KEPT - 1)?) };
        let mut record = Self { tile, run: 1, base, keep, parts: Vec::with_capacity(1) };
        loop {
            let whole = flags & AREA == 0;
            let single = record.parts.is_empty() && flags & MORE == 0;
            let beside = record.parts.last().map(|part| part.area).filter(|_| flags & BESIDE != 0);
            let part = Part::read(reader, grid, tile, flags, of, beside)?;
            if matches!(part.kind, Kind::Kept | Kind::Video) && !(whole && single) {
                return Err(Malformed::Kind);
            }
            if whole && single && matches!(part.kind, Kind::Solid | Kind::Kept | Kind::Video) {
                record.run += reader.at_most((grid.len() - tile - 1) as u32)? as usize;
            }
            record.parts.push(part);
            if flags & MORE == 0 {
                break;
            }
            flags = reader.byte()?;
            if flags & !(KIND | AREA | MORE | BESIDE) != 0
                || flags & (AREA | BESIDE) == BESIDE
                || record.parts.len() == MOST_PARTS
            {
                return Err(Malformed::Kind);
            }
        }
        let slots = |first: u32| first as usize + record.run <= KEPT as usize;
        let kept = record.parts.first().filter(|part| part.kind == Kind::Kept).map(|part| part.kept);
        if !keep.is_none_or(slots) || !kept.is_none_or(slots) {
            return Err(Malformed::Number);
        }
        Ok(record)
    }
}

impl<'a> Part<'a> {
    fn read(
        reader: &mut Reader<'a>,
        grid: &Grid,
        tile: usize,
        flags: u8,
        of: u64,
        beside: Option<Rect>,
    ) -> Result<Self, Malformed> {
        let kind = Kind::of(flags & KIND)?;
        let bounds = grid.tile(tile);
        let area = match beside {
            Some(before) => read_beside(reader, &bounds, &before)?,
            None if flags & AREA == 0 => bounds,
            None => read_area(reader, &bounds)?,
        };
        let mut part = Self { kind, area, body: &[], from: Rect::default(), needs: Vec::new(), kept: 0 };
        match kind {
            Kind::Copy => {
                let vector = (reader.signed()?, reader.signed()?);
                part.from = area.shifted(vector.0, vector.1).ok_or(Malformed::Outside)?;
                if !grid.bounds().covers(&part.from) {
                    return Err(Malformed::Outside);
                }
                let others = grid.tiles(&part.from).filter(|other| *other != tile).count();
                part.needs = read_runs(reader, of, others)?;
            }
            Kind::Kept => part.kept = reader.at_most(KEPT - 1)?,
            Kind::Video => {}
            _ => part.body = read_body(reader, kind, area.area() as usize)?,
        }
        Ok(part)
    }
}

/// Four numbers of six bits: left, top, width less one, height less one.
fn read_area(reader: &mut Reader, tile: &Rect) -> Result<Rect, Malformed> {
    let bytes = reader.take(3)?;
    let bits = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
    let six = |at: u32| bits >> at & 63;
    let area = Rect::new(tile.x + six(0), tile.y + six(6), six(12) + 1, six(18) + 1);
    if tile.covers(&area) { Ok(area) } else { Err(Malformed::Outside) }
}

fn read_beside(reader: &mut Reader, tile: &Rect, before: &Rect) -> Result<Rect, Malformed> {
    let area = Rect { x: before.right(), width: u32::from(reader.byte()?) + 1, ..*before };
    if tile.covers(&area) { Ok(area) } else { Err(Malformed::Outside) }
}

/// Begins a record.
pub(crate) fn put_flags(out: &mut Vec<u8>, base: Option<Needs>, keep: Option<u32>, of: u64) {
    out.push(if base.is_some() { BASED } else { 0 } | if keep.is_some() { KEEP } else { 0 });
    if let Some(base) = base {
        put_needs(out, of, base);
    }
    if let Some(keep) = keep {
        put_number(out, u64::from(keep));
    }
}

/// Begins a part. `at` is where the record's flags stand if this is its first part. Gives where its
/// kind stands.
pub(crate) fn put_part(out: &mut Vec<u8>, at: Option<usize>, kind: Kind, area: Option<(&Rect, &Rect)>) -> usize {
    let flags = kind as u8 | if area.is_some() { AREA } else { 0 };
    let place = at.unwrap_or(out.len());
    match at {
        Some(at) => out[at] |= flags,
        None => out.push(flags),
    }
    if let Some((area, tile)) = area {
        let bits = (area.x - tile.x) | (area.y - tile.y) << 6 | (area.width - 1) << 12 | (area.height - 1) << 18;
        out.extend_from_slice(&bits.to_le_bytes()[..3]);
    }
    place
}

/// Begins a later part that stands right of the one before.
pub(crate) fn put_beside(out: &mut Vec<u8>, kind: Kind, width: u32) -> usize {
    out.push(kind as u8 | AREA | BESIDE);
    out.push((width - 1) as u8);
    out.len() - 2
}

/// Says that another part follows the one that began at `at`.
pub(crate) fn put_more(out: &mut [u8], at: usize) {
    out[at] |= MORE;
}

/// The body of a copy but for its needs.
pub(crate) fn put_vector(out: &mut Vec<u8>, dx: i32, dy: i32) {
    put_signed(out, dx);
    put_signed(out, dy);
}
