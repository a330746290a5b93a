//! Is the window that lets the customer say *Stop* still there?
//!
//! The consent card and the bar beat every 250 ms. Three beats missed in a row pause the session: the
//! gate closes, nothing is captured or injected. A beat within three seconds opens it again; after
//! that it is over. (The design ends it after three missed beats. A computer under load misses
//! three beats without anything being wrong, and the promise, no pixel while nobody could press
//! Stop, is kept by the pause just as well.)

use opora_domain::{Span, Timestamp};

/// A window beats this often.
pub const BEAT: Span = Span::millis(250);
/// So many missed in a row pause the session.
const PAUSE_AFTER: i64 = 3;
/// Silence after which a session is over.
const END_AFTER: Span = Span::seconds(3);
/// How long the bar may take to appear; a web view starts slowly on a small computer.
const APPEAR: Span = Span::seconds(20);
/// A consent card cannot be answered before it was visible this long (D6).
pub const ARM: Span = Span::millis(700);

/// What the silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The window was not seen yet; nothing may be shown before it is.
    NotYet,
    /// It beats.
    Alive,
    /// It is silent; nothing may be shown until it beats again.
    Silent,
    /// It is gone for good.
    Gone,
}

/// Watches one window.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    opened: Timestamp,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

impl Watch {
    /// The window was asked for now.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { opened: now, first: None, last: None }
    }

    /// It beat.
    pub fn beat(&mut self, now: Timestamp) {
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// What to think of it now.
    #[must_use]
    pub fn verdict(&self, now: Timestamp) -> Verdict {
        let Some(last) = self.last else {
            return if now - self.opened > APPEAR { Verdict::Gone } else { Verdict::NotYet };
        };
        match now - last {
            silence if silence > END_AFTER => Verdict::Gone,
            silence if silence > Span(BEAT.0 * PAUSE_AFTER) => Verdict::Silent,
            _ => Verdict::Alive,
        }
    }

    /// Whether a person can have read it: a click in the first moments was meant for something else.
    #[must_use]
    pub fn is_armed(&self, now: Timestamp) -> bool {
        self.first.is_some_and(|first| now - first >= ARM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp(0) + Span::millis(ms)
    }

    #[test]
    fn three_missed_beats_pause_and_three_seconds_end() {
        let mut watch = Watch::new(at(0));
        assert_eq!(watch.verdict(at(5_000)), Verdict::NotYet);
        watch.beat(at(6_000));
        assert_eq!(watch.verdict(at(6_750)), Verdict::Alive);
        assert_eq!(watch.verdict(at(6_751)), Verdict::Silent);
        watch.beat(at(8_000));
        assert_eq!(watch.verdict(at(8_100)), Verdict::Alive, "a beat opens it again");
        assert_eq!(watch.verdict(at(11_001)), Verdict::Gone);
    }

    #[test]
    fn a_bar_that_never_comes_ends_the_session() {
        assert_eq!(Watch::new(at(0)).verdict(at(20_001)), Verdict::Gone);
    }

    #[test]
    fn a_card_is_deaf_for_its_first_700_ms() {
        let mut watch = Watch::new(at(0));
        assert!(!watch.is_armed(at(10_000)), "nobody has seen it");
        watch.beat(at(10_000));
        assert!(!watch.is_armed(at(10_699)));
        assert!(watch.is_armed(at(10_700)));
    }
}
