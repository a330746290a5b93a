//! Packets that were sent and not answered for yet.

use std::{collections::VecDeque, time::Duration};

use crate::moves::Move;

/// What has to be known of a packet when it is answered for; never its bytes, which are not sent
/// twice.
#[derive(Clone, Default)]
pub(super) struct Sent {
    pub(super) at: Duration,
    pub(super) frame: u32,
    pub(super) tiles: Vec<u32>,
    pub(super) moves: Vec<Move>,
    /// Slots that the viewer was told to keep, with their generations.
    pub(super) keeps: Vec<(u32, u32)>,
}

#[derive(Default)]
pub(super) struct Log {
    /// The number of the first entry, less one so that an empty log begins with packet 1.
    before: u32,
    entries: VecDeque<Option<Sent>>,
}

impl Log {
    pub(super) fn push(&mut self, sent: Sent) {
        self.entries.push_back(Some(sent));
    }

    /// The oldest packet that is not answered for, or the next one.
    pub(super) fn first(&self) -> u32 {
        self.before + 1
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Takes a packet out.
    pub(super) fn close(&mut self, number: u32) -> Option<Sent> {
        let at = number.checked_sub(self.first())?;
        self.entries.get_mut(at as usize)?.take()
    }

    /// Forgets what is answered for.
    pub(super) fn tidy(&mut self) {
        while let Some(None) = self.entries.front() {
            self.entries.pop_front();
            self.before += 1;
        }
    }

    fn open(&self) -> impl Iterator<Item = (u32, &Sent)> {
        (self.first()..).zip(&self.entries).filter_map(|(number, sent)| Some((number, sent.as_ref()?)))
    }

    pub(super) fn open_after(&self, number: u32) -> impl Iterator<Item = &Sent> {
        self.open().filter(move |(at, _)| *at > number).map(|(_, sent)| sent)
    }

    /// Whether another packet of the frame carries its moves.
    pub(super) fn has_moves(&self, frame: u32) -> bool {
        self.open().any(|(_, sent)| sent.frame == frame && !sent.moves.is_empty())
    }

    /// The frame's moves were carried out: packets that repeat them do not matter for them.
    pub(super) fn strip_moves(&mut self, frame: u32) {
        for sent in self.entries.iter_mut().flatten().filter(|sent| sent.frame == frame) {
            sent.moves.clear();
        }
    }

    /// Whether the whole tile of that frame is on its way.
    pub(super) fn carries_whole(&self, tile: usize, frame: u32) -> bool {
        self.open().any(|(_, sent)| sent.frame == frame && sent.tiles.contains(&(tile as u32)))
    }

    pub(super) fn sent_before(&self, at: Option<Duration>) -> impl Iterator<Item = u32> {
        self.open().filter(move |(_, sent)| Some(sent.at) <= at).map(|(number, _)| number)
    }

    pub(super) fn oldest_open(&self) -> Option<Duration> {
        self.open().map(|(_, sent)| sent.at).next()
    }
}
