//! What the receiver tells the sender: which packets it has carried out, which it has given up, and
//! which tiles it cannot make. A report is the whole state, so a lost one costs nothing.

use crate::{
    bytes::{Reader, put_number},
    error::Malformed,
};

/// The first byte of a report of this version.
const TAG: u8 = 0x21;
/// Most runs of either list; what does not fit stands in a later report.
const MOST_RUNS: usize = 256;

/// How a packet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Standing {
    /// Not here, or not carried out yet; it may still be.
    Open = 0,
    /// Carried out, or overtaken by something newer.
    Done = 1,
    /// Given up.
    Lost = 2,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) epoch: u8,
    /// Of two reports the one with the higher number counts.
    pub(crate) serial: u32,
    /// Everything before this packet is done.
    pub(crate) floor: u32,
    /// From the floor on: how many packets stand how.
    pub(crate) runs: Vec<(u32, u8)>,
    /// Tiles that need to be sent anew, as first tile and count.
    pub(crate) broken: Vec<(u32, u32)>,
}

impl Report {
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = vec![TAG, self.epoch];
        out.extend_from_slice(&self.serial.to_le_bytes());
        out.extend_from_slice(&self.floor.to_le_bytes());
        let runs = &self.runs[..self.runs.len().min(MOST_RUNS)];
        put_number(&mut out, runs.len() as u64);
        for (count, standing) in runs {
            put_number(&mut out, u64::from(*count) << 2 | u64::from(*standing));
        }
        let broken = &self.broken[..self.broken.len().min(MOST_RUNS)];
        put_number(&mut out, broken.len() as u64);
        for (tile, count) in broken {
            put_number(&mut out, u64::from(*tile));
            put_number(&mut out, u64::from(*count));
        }
        out
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != TAG {
            return Err(Malformed::Version);
        }
        let mut report = Self { epoch: reader.byte()?, serial: reader.u32()?, floor: reader.u32()?, ..Self::default() };
        for _ in 0..reader.at_most(MOST_RUNS as u32)? {
            let run = reader.at_most(1 << 20)?;
            if run & 3 == 3 {
                return Err(Malformed::Kind);
            }
            report.runs.push((run >> 2, (run & 3) as u8));
        }
        for _ in 0..reader.at_most(MOST_RUNS as u32)? {
            report.broken.push((reader.at_most(1 << 16)?, reader.at_most(1 << 16)?));
        }
        if reader.is_empty() { Ok(report) } else { Err(Malformed::Kind) }
    }

    /// Appends one packet's standing.
    pub(crate) fn push(&mut self, standing: Standing) {
        match self.runs.last_mut() {
            Some((count, same)) if *same == standing as u8 => *count += 1,
            _ => self.runs.push((1, standing as u8)),
        }
    }

    /// Appends a tile that has to be sent anew.
    pub(crate) fn push_broken(&mut self, tile: u32) {
        match self.broken.last_mut() {
            Some((first, count)) if *first + *count == tile => *count += 1,
            _ => self.broken.push((tile, 1)),
        }
    }
}
