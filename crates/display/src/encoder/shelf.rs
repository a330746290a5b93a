//! Tiles that were on the screen and may come back: the window behind the window, the page before
//! this one. One shelf for all viewers; each viewer's state says what it has been told to keep.

use std::collections::HashMap;

use crate::record::KEPT;

struct Kept {
    hash: u64,
    size: (u32, u32),
    pixels: Box<[u32]>,
    used: u64,
    generation: u32,
}

/// Content by its hash, compared before it is believed.
#[derive(Default)]
pub(crate) struct Shelf {
    by_hash: HashMap<u64, u32>,
    slots: Vec<Kept>,
    clock: u64,
}

impl Shelf {
    /// The slot that holds exactly this content.
    pub(crate) fn find(&mut self, hash: u64, size: (u32, u32), same: impl Fn(&[u32]) -> bool) -> Option<u32> {
        let slot = *self.by_hash.get(&hash)?;
        let kept = &mut self.slots[slot as usize];
        if kept.size != size || !same(&kept.pixels) {
            return None;
        }
        self.clock += 1;
        kept.used = self.clock;
        Some(slot)
    }

    /// Puts content on the shelf, in place of what was used least recently.
    pub(crate) fn put(&mut self, hash: u64, size: (u32, u32), pixels: &[u32]) -> u32 {
        self.clock += 1;
        let mut kept = Kept { hash, size, pixels: pixels.into(), used: self.clock, generation: 0 };
        if (self.slots.len() as u32) < KEPT {
            self.slots.push(kept);
            let slot = self.slots.len() as u32 - 1;
            self.by_hash.insert(hash, slot);
            return slot;
        }
        let oldest = (0..).zip(&self.slots).min_by_key(|(_, kept)| kept.used).map_or(0, |(slot, _): (u32, _)| slot);
        let before = &mut self.slots[oldest as usize];
        kept.generation = before.generation.wrapping_add(1);
        if self.by_hash.get(&before.hash) == Some(&oldest) {
            self.by_hash.remove(&before.hash);
        }
        *before = kept;
        self.by_hash.insert(hash, oldest);
        oldest
    }

    /// Tells contents of one slot apart.
    pub(crate) fn generation(&self, slot: u32) -> u32 {
        self.slots.get(slot as usize).map_or(0, |kept| kept.generation)
    }
}
