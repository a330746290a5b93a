//! Records that wait for what they build on, and pieces of records that wait for each other.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    packet::{MoveRecord, TILES, version},
    record::MOST_RECORD,
};

/// Most bytes that wait: a second of a 30 Mbit/s line.
const MOST_BYTES: usize = 4 << 20;
/// Most records that wait.
const MOST_RECORDS: usize = 4096;
/// Most moves that wait: each is looked at with all its tiles whenever a packet comes.
const MOST_MOVES: usize = 32;
/// Most pieces of a record: packets carry 256 bytes of it at least.
const MOST_PIECES: u32 = 64;
/// What a record costs beside its bytes.
const OVERHEAD: usize = 64;

pub(super) type Key = (u64, u64);
/// A record put together: tile, frame, bytes, first and last packet.
pub(super) type Joined = (usize, u32, Vec<u8>, (u32, u32));

pub(super) enum Item {
    Move { record: MoveRecord, packet: u32 },
    Record { tile: usize, frame: u32, bytes: Vec<u8>, packets: (u32, u32) },
}

struct Head {
    frame: u32,
    bytes: Vec<u8>,
    middle: bool,
}

struct Tail {
    frame: u32,
    tile: usize,
    bytes: Vec<u8>,
}

/// By version, so that what builds on something comes after it.
pub(super) struct Waiting {
    items: BTreeMap<Key, (Item, Duration)>,
    heads: BTreeMap<u32, Head>,
    tails: BTreeMap<u32, Tail>,
    bytes: usize,
    moves: usize,
    serial: u64,
}

impl Waiting {
    pub(super) fn new() -> Self {
        let (heads, tails) = (BTreeMap::new(), BTreeMap::new());
        Self { items: BTreeMap::new(), heads, tails, bytes: 0, moves: 0, serial: 0 }
    }

    fn put(&mut self, of: u64, item: Item, now: Duration) {
        self.serial += 1;
        self.items.insert((of, self.serial), (item, now));
    }

    /// Gives the move back if too many wait.
    pub(super) fn put_move(
        &mut self,
        of: u64,
        record: MoveRecord,
        packet: u32,
        now: Duration,
    ) -> Result<(), MoveRecord> {
        if self.moves == MOST_MOVES {
            return Err(record);
        }
        self.moves += 1;
        self.put(of, Item::Move { record, packet }, now);
        Ok(())
    }

    /// False if too much waits.
    pub(super) fn put_record(
        &mut self,
        frame: u32,
        tile: usize,
        bytes: &[u8],
        packets: (u32, u32),
        now: Duration,
    ) -> bool {
        if self.items.len() >= MOST_RECORDS || self.bytes + bytes.len() + OVERHEAD > MOST_BYTES {
            return false;
        }
        self.bytes += bytes.len() + OVERHEAD;
        let bytes = bytes.to_vec();
        self.put(version(frame, TILES), Item::Record { tile, frame, bytes, packets }, now);
        true
    }

    /// The first key after `last`.
    pub(super) fn after(&self, last: Option<Key>) -> Option<Key> {
        let from = last.map_or((0, 0), |(of, serial)| (of, serial + 1));
        self.items.range(from..).next().map(|(key, _)| *key)
    }

    pub(super) fn get(&self, key: Key) -> Option<(&Item, Duration)> {
        self.items.get(&key).map(|(item, since)| (item, *since))
    }

    pub(super) fn remove(&mut self, key: Key) {
        match self.items.remove(&key) {
            Some((Item::Move { .. }, _)) => self.moves -= 1,
            Some((Item::Record { bytes, .. }, _)) => self.bytes -= bytes.len() + OVERHEAD,
            None => {}
        }
    }

    /// The rest of a record that an earlier packet began.
    pub(super) fn put_head(&mut self, number: u32, frame: u32, bytes: &[u8], middle: bool) {
        if self.bytes + bytes.len() + OVERHEAD <= MOST_BYTES {
            self.bytes += bytes.len() + OVERHEAD;
            self.heads.insert(number, Head { frame, bytes: bytes.to_vec(), middle });
        }
    }

    /// The beginning of a record that a later packet ends.
    pub(super) fn put_tail(&mut self, number: u32, frame: u32, tile: usize, bytes: &[u8]) {
        if self.bytes + bytes.len() + OVERHEAD <= MOST_BYTES {
            self.bytes += bytes.len() + OVERHEAD;
            self.tails.insert(number, Tail { frame, tile, bytes: bytes.to_vec() });
        }
    }

    /// The record that has a piece in this packet, if all of it is here.
    pub(super) fn join(&mut self, number: u32) -> Option<Joined> {
        let mut first = number;
        while !self.tails.contains_key(&first) {
            // Without a beginning here, this has to be the rest of something earlier.
            self.heads.get(&first)?;
            first = first.checked_sub(1).filter(|first| number - first <= MOST_PIECES)?;
        }
        let tail = self.tails.get(&first)?;
        let (mut last, mut length) = (first, tail.bytes.len());
        loop {
            last += 1;
            let head = self.heads.get(&last).filter(|head| head.frame == tail.frame)?;
            length += head.bytes.len();
            if length > MOST_RECORD {
                return None;
            }
            if !head.middle {
                break;
            }
        }
        let tail = self.tails.remove(&first)?;
        self.bytes -= tail.bytes.len() + OVERHEAD;
        let mut bytes = tail.bytes;
        for number in first + 1..=last {
            let head = self.heads.remove(&number)?;
            self.bytes -= head.bytes.len() + OVERHEAD;
            bytes.extend_from_slice(&head.bytes);
        }
        Some((tail.tile, tail.frame, bytes, (first, last)))
    }

    /// Pieces of packets before `floor` are never joined.
    pub(super) fn forget(&mut self, floor: u32) {
        let heads = self.heads.split_off(&floor);
        let tails = self.tails.split_off(&floor);
        let gone = std::mem::replace(&mut self.heads, heads).into_values().map(|head| head.bytes.len());
        let gone = gone.chain(std::mem::replace(&mut self.tails, tails).into_values().map(|tail| tail.bytes.len()));
        self.bytes -= gone.map(|length| length + OVERHEAD).sum::<usize>();
    }
}
