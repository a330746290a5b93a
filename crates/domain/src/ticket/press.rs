//! When the firm's people are told that a promise is nearly broken, and that it is: once each.
//!
//! `No` → `Near` → `Broken`; back to `No` when there is time enough again, so that a new promise presses anew.
//! Waiting for the customer takes nothing back: a ticket that goes to and fro does not press each time.

use serde::{Deserialize, Serialize};

use super::{Deadlines, terms::Light};
use crate::Timestamp;

/// What was said about a ticket's promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    /// Nothing.
    #[default]
    No,
    /// One is nearly broken.
    Near,
    /// One is.
    Broken,
}

impl Pressed {
    /// What has to be said in this light and was not.
    #[must_use]
    pub fn due(self, light: Light) -> Option<Self> {
        let wanted = match light {
            Light::None | Light::Green => Self::No,
            Light::Yellow => Self::Near,
            Light::Red => Self::Broken,
        };
        (wanted > self).then_some(wanted)
    }

    /// What counts as said after the ticket changed.
    #[must_use]
    pub fn after(self, light: Light) -> Self {
        if light == Light::Green { Self::No } else { self }
    }

    /// When something has to be said next if nothing happens until then.
    #[must_use]
    pub fn next(self, deadlines: Deadlines, made: Timestamp) -> Option<Timestamp> {
        let of = |due: Timestamp| match self {
            Self::No => Some(Timestamp(due.0 - (due - made).0.max(0) / 5)),
            Self::Near => Some(Timestamp(due.0 + 1)),
            Self::Broken => None,
        };
        [deadlines.answer, deadlines.solution].into_iter().flatten().filter_map(of).min()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::terms::light, *};

    proptest! {
        #[test]
        fn who_looks_when_told_to_says_each_thing_once(
            answer in proptest::option::of(-50_i64..200), solution in proptest::option::of(-50_i64..200),
        ) {
            let deadlines = Deadlines { answer: answer.map(Timestamp), solution: solution.map(Timestamp) };
            let (made, mut pressed, mut said) = (Timestamp(0), Pressed::No, Vec::new());
            while let Some(next) = pressed.next(deadlines, made) {
                prop_assert!(said.len() < 2, "{:?}", said);
                let due = pressed.due(light(deadlines, made, next));
                prop_assert!(due.is_some(), "there was something to say at {:?}", next);
                let before = light(deadlines, made, Timestamp(next.0 - 1));
                prop_assert_eq!(pressed.due(before), None, "and nothing a moment before");
                pressed = due.unwrap_or_default();
                said.push(pressed);
            }
            prop_assert_eq!(pressed == Pressed::Broken, answer.is_some() || solution.is_some());
        }
    }

    #[test]
    fn only_time_enough_begins_anew() {
        assert_eq!(Pressed::Near.after(Light::None), Pressed::Near);
        assert_eq!(Pressed::Broken.after(Light::Yellow), Pressed::Broken);
        assert_eq!(Pressed::Broken.after(Light::Green), Pressed::No);
    }
}
