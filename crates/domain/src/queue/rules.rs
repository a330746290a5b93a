//! What the owner may change about routing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{LineId, Span, request::Class};

/// Conversations in one pair of hands at most; more is a slip of the hand.
pub const MOST_CAPACITY: u32 = 20;
/// The last rank; four classes need no more than this.
const LAST_RANK: u8 = 5;
/// A day: whoever waits longer is helped by no rank.
const MOST: Span = Span::minutes(24 * 60);

/// A rank for each class: 0 is served first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Ranks {
    /// Work has stopped.
    pub broken: u8,
    /// Something goes wrong.
    pub error: u8,
    /// How do I …?
    pub question: u8,
    /// It would be good if …
    pub wish: u8,
}

/// The owner's settings of routing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "RoutingRules")]
pub struct Rules {
    /// How urgent each class is.
    pub ranks: Ranks,
    /// One rank is worth so much waiting: after that long, a lower one is served like a higher one that
    /// was asked just now.
    pub ageing: Span,
    /// So long a request waits for the client's own specialist who is busy; zero is not at all.
    pub own_limit: Span,
    /// So long a specialist may think about an offer.
    pub offer_life: Span,
}

impl Default for Rules {
    /// Stopped work first, then the rest in order. A quarter of an hour is what people bear; two minutes
    /// for a familiar voice is what they gladly bear.
    fn default() -> Self {
        Self {
            ranks: Ranks { broken: 0, error: 1, question: 1, wish: 1 },
            ageing: Span::minutes(15),
            own_limit: Span::minutes(2),
            offer_life: crate::offer::LIFE,
        }
    }
}

/// Why the settings make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out of bounds: {0}")]
pub struct RulesError(pub &'static str);

impl Rules {
    /// Checks what an owner can get wrong.
    ///
    /// # Errors
    /// [`RulesError`] names the setting.
    pub fn check(&self) -> Result<(), RulesError> {
        let Ranks { broken, error, question, wish } = self.ranks;
        if [broken, error, question, wish].into_iter().any(|rank| rank > LAST_RANK) {
            return Err(RulesError("ranks"));
        }
        within(self.ageing, Span::minutes(1), MOST, "ageing")?;
        within(self.own_limit, Span::ZERO, Span::minutes(60), "own_limit")?;
        // Less than that nobody can read; more than that no client waits gladly.
        within(self.offer_life, Span::seconds(10), Span::minutes(5), "offer_life")
    }

    /// A class's rank.
    #[must_use]
    pub fn rank(&self, class: Class) -> u8 {
        match class {
            Class::Broken => self.ranks.broken,
            Class::Error => self.ranks.error,
            Class::Question => self.ranks.question,
            Class::Wish => self.ranks.wish,
        }
    }
}

/// Where a line's requests go as well when they have waited too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Overflow {
    /// Its specialists are asked too.
    pub to: LineId,
    /// After so long.
    pub after: Span,
}

impl Overflow {
    /// Checks what an owner can get wrong.
    ///
    /// # Errors
    /// [`RulesError`].
    pub fn check(&self, of: LineId) -> Result<(), RulesError> {
        if self.to == of {
            return Err(RulesError("to"));
        }
        within(self.after, Span::ZERO, MOST, "after")
    }
}

/// Checks a capacity: zero is "none", for who only supervises.
///
/// # Errors
/// [`RulesError`].
pub fn check_capacity(capacity: u32) -> Result<(), RulesError> {
    if capacity > MOST_CAPACITY { Err(RulesError("capacity")) } else { Ok(()) }
}

fn within(span: Span, least: Span, most: Span, what: &'static str) -> Result<(), RulesError> {
    if (least..=most).contains(&span) { Ok(()) } else { Err(RulesError(what)) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_the_desk_begins_with_is_sound() {
        assert_eq!(Rules::default().check(), Ok(()));
    }

    #[test]
    fn settings_that_would_stop_the_queue_are_refused() {
        let usual = Rules::default();
        assert_eq!(Rules { ageing: Span::ZERO, ..usual }.check(), Err(RulesError("ageing")));
        assert_eq!(Rules { offer_life: Span::seconds(1), ..usual }.check(), Err(RulesError("offer_life")));
        let ranks = Ranks { wish: 200, ..usual.ranks };
        assert_eq!(Rules { ranks, ..usual }.check(), Err(RulesError("ranks")));
        let line = LineId(Uuid::from_u128(1));
        assert_eq!(Overflow { to: line, after: Span::ZERO }.check(line), Err(RulesError("to")), "to itself");
        assert_eq!(check_capacity(MOST_CAPACITY + 1), Err(RulesError("capacity")));
    }
}
