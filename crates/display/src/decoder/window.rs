//! Which packets came: the receiver's book-keeping between the oldest open packet and the newest.

use std::{collections::VecDeque, time::Duration};

use crate::report::{Report, Standing};

/// How far ahead of the oldest open packet a number may be. A sender keeps at most
/// [`crate::encoder::MOST_OPEN`] packets open.
const REACH: u32 = 16_384;

struct Slot {
    /// When it came, or when its absence was noticed.
    since: Duration,
    /// Records that are not carried out yet.
    open: u32,
    came: bool,
    lost: bool,
}

/// What [`Window::note`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Noted {
    New,
    Known,
    Ahead,
}

pub(super) struct Window {
    floor: u32,
    slots: VecDeque<Slot>,
}

impl Window {
    pub(super) fn new() -> Self {
        Self { floor: 1, slots: VecDeque::new() }
    }

    /// A packet came. It is open until it is closed once.
    pub(super) fn note(&mut self, number: u32, now: Duration) -> Noted {
        let Some(at) = number.checked_sub(self.floor) else { return Noted::Known };
        if at >= REACH {
            return Noted::Ahead;
        }
        while self.slots.len() <= at as usize {
            self.slots.push_back(Slot { since: now, open: 0, came: false, lost: false });
        }
        let slot = &mut self.slots[at as usize];
        if slot.came {
            return Noted::Known;
        }
        *slot = Slot { since: now, open: 1, came: true, lost: false };
        Noted::New
    }

    /// The sender has settled everything before `oldest`.
    pub(super) fn settle(&mut self, oldest: u32) {
        let count = (oldest.saturating_sub(self.floor) as usize).min(self.slots.len());
        self.slots.drain(..count);
        self.floor += count as u32;
        while self.slots.front().is_some_and(|slot| slot.came && slot.open == 0 && !slot.lost) {
            self.slots.pop_front();
            self.floor += 1;
        }
    }

    pub(super) fn floor(&self) -> u32 {
        self.floor
    }

    /// The highest number that came, or the next one.
    pub(super) fn newest(&self) -> u32 {
        self.floor + (self.slots.len() as u32).saturating_sub(1)
    }

    fn slot(&mut self, number: u32) -> Option<&mut Slot> {
        self.slots.get_mut(number.checked_sub(self.floor)? as usize)
    }

    /// A record of these packets waits.
    pub(super) fn open(&mut self, number: u32) {
        if let Some(slot) = self.slot(number) {
            slot.open += 1;
        }
    }

    /// A record of this packet waits no longer.
    pub(super) fn close(&mut self, number: u32) {
        if let Some(slot) = self.slot(number) {
            slot.open = slot.open.saturating_sub(1);
        }
    }

    /// What the packet brought is of no use.
    pub(super) fn lose(&mut self, number: u32) {
        if let Some(slot) = self.slot(number) {
            slot.lost = true;
        }
    }

    /// Gives up what is missing for longer than `patience`; says whether anything was.
    pub(super) fn give_up(&mut self, now: Duration, patience: Duration) -> bool {
        let mut any = false;
        for slot in &mut self.slots {
            if !slot.came && !slot.lost && now.saturating_sub(slot.since) >= patience {
                slot.lost = true;
                any = true;
            }
        }
        any
    }

    /// Whether everything that is known of was carried out.
    pub(super) fn is_clear(&self) -> bool {
        self.slots.iter().all(|slot| slot.came && slot.open == 0 && !slot.lost)
    }

    pub(super) fn tell(&self, report: &mut Report) {
        report.floor = self.floor;
        for slot in &self.slots {
            report.push(match slot {
                Slot { lost: true, .. } => Standing::Lost,
                Slot { came: true, open: 0, .. } => Standing::Done,
                _ => Standing::Open,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_open_then_lost_then_settled_by_the_sender() {
        let mut window = Window::new();
        let ms = Duration::from_millis;
        assert_eq!(window.note(1, ms(0)), Noted::New);
        assert_eq!(window.note(3, ms(10)), Noted::New);
        assert_eq!(window.note(3, ms(11)), Noted::Known);
        window.close(1);
        window.close(3);
        window.settle(0);
        assert_eq!(window.floor(), 2);
        assert!(!window.give_up(ms(20), ms(50)));
        assert!(window.give_up(ms(60), ms(50)));
        let mut report = Report::default();
        window.tell(&mut report);
        assert_eq!(report.runs, [(1, Standing::Lost as u8), (1, Standing::Done as u8)]);
        window.settle(3);
        assert_eq!((window.floor(), window.is_clear()), (4, true));
        assert_eq!(window.note(2, ms(70)), Noted::Known, "what is settled does not come back");
        assert_eq!(window.note(4 + REACH, ms(70)), Noted::Ahead);
    }
}
