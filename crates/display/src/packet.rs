//! A packet's head: which packet it is, of which frame, and what it carries.

use crate::{
    bytes::{Reader, put_number},
    error::Malformed,
    geometry::{Grid, Rect},
    moves::Move,
};

/// The format's version, in the upper two bits of the first byte.
const VERSION: u8 = 1;
/// The size of the picture follows.
const SIZE: u8 = 1;
/// Moves follow.
const MOVES: u8 = 2;
/// The packet begins with the rest of a record that an earlier one began.
const HEAD: u8 = 4;
/// The last record goes on in the next packet.
const TAIL: u8 = 8;
/// No earlier packet is open: `oldest` is this one and is left out.
const CLEAR: u8 = 16;
/// Not the first packet of its frame: how many came before follows.
const LATER: u8 = 32;

/// Most moves of one frame: phases 0 to 14 of a version, 15 is the frame's tiles.
pub(crate) const MOST_MOVES: usize = 15;
/// The phase of tile records.
pub(crate) const TILES: u64 = 15;
/// Largest picture side: 7680 x 4320 fits either way round.
pub(crate) const MOST_SIDE: u16 = 8192;

/// A tile's version: the frame that changed it last and in which of its steps.
pub(crate) fn version(frame: u32, phase: u64) -> u64 {
    u64::from(frame) << 4 | phase
}

/// What has to be there before a record can be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// What the receiver has acknowledged, and no later frame has touched.
    Settled,
    /// Exactly this version.
    Version(u64),
}

/// How what is there compares with what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    Now,
    Later,
    Never,
}

impl Needs {
    /// Judges a tile's version for a record of `frame`.
    pub(crate) fn fit(self, there: u64, frame: u32) -> Fit {
        match self {
            Self::Settled if there < version(frame, 0) => Fit::Now,
            Self::Settled => Fit::Never,
            Self::Version(needed) if there == needed => Fit::Now,
            Self::Version(needed) if there < needed => Fit::Later,
            Self::Version(_) => Fit::Never,
        }
    }
}

/// Reads a need of a record of version `of`: 0 is settled, else the distance back.
pub(crate) fn read_needs(reader: &mut Reader, of: u64) -> Result<Needs, Malformed> {
    match reader.number()? {
        0 => Ok(Needs::Settled),
        back => Ok(Needs::Version(of.checked_sub(back).ok_or(Malformed::Number)?)),
    }
}

pub(crate) fn put_needs(out: &mut Vec<u8>, of: u64, needs: Needs) {
    put_number(out, if let Needs::Version(version) = needs { of - version } else { 0 });
}

/// Reads the needs of `count` tiles: 0 when all are settled, else runs of equal ones.
pub(crate) fn read_runs(reader: &mut Reader, of: u64, count: usize) -> Result<Vec<Needs>, Malformed> {
    let mut needs = Vec::with_capacity(count);
    if count > 0 && reader.left().first() == Some(&0) {
        reader.byte()?;
        needs.resize(count, Needs::Settled);
    }
    while needs.len() < count {
        let run = reader.at_most((count - needs.len()) as u32)? as usize;
        if run == 0 {
            return Err(Malformed::Number);
        }
        let one = read_needs(reader, of)?;
        needs.resize(needs.len() + run, one);
    }
    Ok(needs)
}

pub(crate) fn put_runs(out: &mut Vec<u8>, of: u64, needs: impl Iterator<Item = Needs> + Clone) {
    let mut settled = needs.clone().peekable();
    if settled.peek().is_some() && settled.all(|one| one == Needs::Settled) {
        return out.push(0);
    }
    let mut run: Option<(Needs, u64)> = None;
    for one in needs {
        run = match run {
            Some((same, count)) if same == one => Some((same, count + 1)),
            before => {
                end_run(out, of, before);
                Some((one, 1))
            }
        };
    }
    end_run(out, of, run);
}

fn end_run(out: &mut Vec<u8>, of: u64, run: Option<(Needs, u64)>) {
    if let Some((needs, count)) = run {
        put_number(out, count);
        put_needs(out, of, needs);
    }
}

/// A packet as it came.
pub(crate) struct Packet<'a> {
    pub(crate) epoch: u8,
    pub(crate) number: u32,
    /// The number of the frame's first packet, which is the frame's number.
    pub(crate) frame: u32,
    /// Every packet before this one is settled between the two ends.
    pub(crate) oldest: u32,
    pub(crate) size: Option<(u16, u16)>,
    pub(crate) head: Option<&'a [u8]>,
    pub(crate) moves: bool,
    pub(crate) tail: bool,
    /// What follows the head: moves if any, then records.
    pub(crate) rest: Reader<'a>,
}

impl<'a> Packet<'a> {
    /// Reads a packet whose number is near `newest`.
    pub(crate) fn read(bytes: &'a [u8], newest: u32) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let first = reader.byte()?;
        if first >> 6 != VERSION {
            return Err(Malformed::Version);
        }
        let epoch = reader.byte()?;
        let number = near(reader.u16()?, newest).ok_or(Malformed::Number)?;
        let later = if first & LATER == 0 { 0 } else { reader.at_most(u32::MAX)? };
        let frame = number.checked_sub(later).ok_or(Malformed::Number)?;
        let open = if first & CLEAR == 0 { reader.at_most(u32::MAX)? } else { 0 };
        let oldest = number.checked_sub(open).ok_or(Malformed::Number)?;
        let size = if first & SIZE == 0 { None } else { Some((reader.u16()?, reader.u16()?)) };
        let head = if first & HEAD == 0 {
            None
        } else {
            let length = reader.at_most(u32::from(u16::MAX))?;
            Some(reader.take(length as usize)?)
        };
        let (moves, tail) = (first & MOVES != 0, first & TAIL != 0);
        if number == u32::MAX || (head.is_some() && number == frame) {
            return Err(Malformed::Number);
        }
        Ok(Self { epoch, number, frame, oldest, size, head, moves, tail, rest: reader })
    }
}

/// The number with these lower 16 bits that is nearest to `newest`.
fn near(low: u16, newest: u32) -> Option<u32> {
    let ahead = low.wrapping_sub(newest as u16) as i16;
    newest.checked_add_signed(i32::from(ahead))
}

/// A move as it came, with what each tile of its target and then of its source has to be.
#[derive(Clone, Debug)]
pub(crate) struct MoveRecord {
    pub(crate) what: Move,
    pub(crate) frame: u32,
    pub(crate) phase: u64,
    pub(crate) to: Vec<Needs>,
    pub(crate) from: Vec<Needs>,
}

/// Reads the moves of a frame.
pub(crate) fn read_moves(reader: &mut Reader, grid: &Grid, frame: u32) -> Result<Vec<MoveRecord>, Malformed> {
    let count = usize::from(reader.byte()?);
    if count == 0 || count > MOST_MOVES {
        return Err(Malformed::Number);
    }
    let mut moves = Vec::with_capacity(count);
    for phase in 0..count as u64 {
        let side = u32::from(MOST_SIDE);
        let corner = (reader.at_most(side)?, reader.at_most(side)?);
        let to = Rect::new(corner.0, corner.1, reader.at_most(side)?, reader.at_most(side)?);
        let what = Move { to, dx: reader.signed()?, dy: reader.signed()? };
        let from = to.shifted(what.dx, what.dy).ok_or(Malformed::Outside)?;
        if to.is_empty() || !grid.bounds().covers(&to) || !grid.bounds().covers(&from) {
            return Err(Malformed::Outside);
        }
        let (targets, sources) = (grid.tiles(&to).count(), grid.tiles(&from).count());
        let mut needs = read_runs(reader, version(frame, phase), targets + sources)?;
        let from = needs.split_off(targets);
        moves.push(MoveRecord { what, frame, phase, to: needs, from });
    }
    Ok(moves)
}

pub(crate) fn put_move(out: &mut Vec<u8>, of: u64, what: &Move, needs: impl Iterator<Item = Needs> + Clone) {
    for number in [what.to.x, what.to.y, what.to.width, what.to.height] {
        put_number(out, u64::from(number));
    }
    crate::bytes::put_signed(out, what.dx);
    crate::bytes::put_signed(out, what.dy);
    put_runs(out, of, needs);
}

/// Cuts a frame's moves and records into packets.
pub(crate) struct Packer {
    epoch: u8,
    frame: u32,
    oldest: u32,
    size: Option<(u16, u16)>,
    most: usize,
    moves: Vec<u8>,
    packets: Vec<Vec<u8>>,
    current: Vec<u8>,
    /// Where moves would stand in the current packet.
    body: usize,
    /// The tile that a record here would have at a distance of 0.
    expected: u32,
}

impl Packer {
    pub(crate) fn new(
        (epoch, frame, oldest): (u8, u32, u32),
        size: Option<(u16, u16)>,
        most: usize,
        moves: Vec<u8>,
    ) -> Self {
        let current = Vec::with_capacity(most);
        let mut packer =
            Self { epoch, frame, oldest, size, most, moves, packets: Vec::new(), current, body: 0, expected: 0 };
        packer.begin();
        if !packer.moves.is_empty() {
            packer.current[0] |= MOVES;
            packer.current.extend_from_slice(&packer.moves);
        }
        packer
    }

    /// The number of the packet that is being filled.
    pub(crate) fn number(&self) -> u32 {
        self.frame + self.packets.len() as u32
    }

    /// Bytes so far.
    pub(crate) fn bytes(&self) -> usize {
        self.packets.iter().map(Vec::len).sum::<usize>() + self.current.len()
    }

    fn begin(&mut self) {
        let number = self.number();
        let later = if number > self.frame { LATER } else { 0 };
        let clear = if number == self.oldest { CLEAR } else { 0 };
        self.current.push(VERSION << 6 | later | clear | if self.size.is_some() { SIZE } else { 0 });
        self.current.push(self.epoch);
        self.current.extend_from_slice(&(number as u16).to_le_bytes());
        if number > self.frame {
            put_number(&mut self.current, u64::from(number - self.frame));
        }
        if number > self.oldest {
            put_number(&mut self.current, u64::from(number - self.oldest));
        }
        if let Some((width, height)) = self.size {
            self.current.extend_from_slice(&width.to_le_bytes());
            self.current.extend_from_slice(&height.to_le_bytes());
        }
        self.body = self.current.len();
        self.expected = 0;
    }

    fn end(&mut self) {
        let next = Vec::with_capacity(self.most);
        self.packets.push(std::mem::replace(&mut self.current, next));
    }

    /// Adds a record of `run` tiles from `tile` on; gives the numbers of the packets that carry it.
    pub(crate) fn add(&mut self, tile: u32, run: u32, record: &[u8]) -> std::ops::RangeInclusive<u32> {
        /// A tile's number and the length of what follows take three bytes each at most.
        const SLACK: usize = 6;
        let fits = |packer: &Self, length: usize| packer.current.len() + SLACK + length <= packer.most;
        if !fits(self, record.len()) && record.len() + self.body + SLACK <= self.most {
            self.end();
            self.begin();
        }
        if self.current.len() + SLACK >= self.most {
            self.end();
            self.begin();
        }
        let first = self.number();
        crate::bytes::put_signed(&mut self.current, tile as i32 - self.expected as i32);
        self.expected = tile + run;
        let mut left = record;
        while self.current.len() + left.len() > self.most {
            let (now, later) = left.split_at(self.most - self.current.len());
            self.current.extend_from_slice(now);
            left = later;
            self.current[0] |= TAIL;
            self.end();
            self.begin();
            self.current[0] |= HEAD;
            let room = self.most - self.current.len() - 2;
            put_number(&mut self.current, left.len().min(room) as u64);
            self.body = self.current.len() + left.len().min(room);
        }
        self.current.extend_from_slice(left);
        first..=self.number()
    }

    /// Ends the frame. Moves stand in the last packet once more, if there is room: whoever loses
    /// the first loses no move.
    pub(crate) fn finish(mut self) -> (Vec<Vec<u8>>, bool) {
        let again = !self.moves.is_empty() && !self.packets.is_empty();
        let room = self.current.len() + self.moves.len() <= self.most;
        if again && room {
            self.current[0] |= MOVES;
            self.current.splice(self.body..self.body, self.moves.iter().copied());
        }
        self.end();
        (self.packets, again && room)
    }
}
