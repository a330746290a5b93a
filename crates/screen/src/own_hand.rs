//! The rule that the person's own hand wins (D6).
//!
//! Only what the person does themselves is noted; how that is told apart from what a helper does is
//! the platform's matter. Then everything of the helper rests until [`REST`] after the last of it.

use std::time::{Duration, Instant};

/// How long a helper's hands rest after the person's own. A movement comes in pieces with short halts
/// between them (aiming, the next key); a second bridges those, and is short enough that nobody has
/// to ask whether the help has ended.
pub(crate) const REST: Duration = Duration::from_secs(1);

/// When the person's own hand was last noticed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OwnHand {
    last: Option<Instant>,
}

impl OwnHand {
    /// The person moved, clicked, touched or typed. Notes may come late and out of order.
    pub(crate) fn note(&mut self, now: Instant) {
        self.last = self.last.max(Some(now));
    }

    /// When the rest is over, if there was one at all.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.last.map(|last| last + REST)
    }

    /// Whether the helper's hands rest.
    pub(crate) fn rests(&self, now: Instant) -> bool {
        self.until().is_some_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_helper_rests_for_a_second_after_the_last_movement() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut anna = OwnHand::default();
        assert!(!anna.rests(start) && anna.until().is_none(), "nobody has moved yet");

        anna.note(at(0));
        assert!(anna.rests(at(0)) && anna.rests(at(999)) && !anna.rests(at(1000)));
        anna.note(at(900));
        assert!(anna.rests(at(1899)) && !anna.rests(at(1900)), "each movement begins the second anew");
        anna.note(at(500));
        assert_eq!(anna.until(), Some(at(1900)), "a late note takes nothing back");
    }
}
