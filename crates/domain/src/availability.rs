//! Whether somebody takes requests now, and if not, why (D15).
//!
//! What a person declared, whether one of the person's devices has a live lease, and the hours of
//! the lines: availability is computed from these three and never stored. A calendar never writes
//! into the declaration, so nothing has to be put back in the morning; what was declared with an end
//! is over by itself, without anyone touching it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Span, Timestamp};

/// The longest lunch; longer ones are an absence and said as such.
pub const MOST_LUNCH: Span = Span::minutes(4 * 60);
/// The longest absence with an end. Who is away for longer says "off".
pub const MOST_AWAY: Span = Span::minutes(14 * 24 * 60);
/// A shorter one is a slip of the hand.
pub const LEAST: Span = Span::seconds(30);

/// What one can declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PresenceStatus")]
pub enum Status {
    /// Takes requests.
    OnLine,
    /// At lunch, for a known time.
    Lunch,
    /// Not at the desk, for a known time or until further notice.
    Away,
    /// Does not work now.
    Off,
}

/// What a person declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(rename = "DeclaredPresence")]
pub enum Declared {
    /// Takes requests.
    OnLine,
    /// At lunch.
    Lunch {
        /// Then on line again.
        until: Timestamp,
    },
    /// Not at the desk.
    Away {
        /// Then on line again; none is "until further notice".
        until: Option<Timestamp>,
    },
    /// Does not work now.
    Off,
}

/// Why a declaration makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeclareError {
    /// A lunch has an end; "on line" and "off" have none.
    #[error("this status needs an end, or must have none")]
    End,
    /// Shorter than [`LEAST`], or longer than [`MOST_LUNCH`] or [`MOST_AWAY`].
    #[error("too short or too long")]
    Length,
}

impl Declared {
    /// Declares `status` from `now` on, for a length of time.
    ///
    /// # Errors
    /// [`DeclareError`].
    pub fn new(status: Status, lasts: Option<Span>, now: Timestamp) -> Result<Self, DeclareError> {
        let most = if status == Status::Lunch { MOST_LUNCH } else { MOST_AWAY };
        if lasts.is_some_and(|lasts| lasts < LEAST || lasts > most) {
            return Err(DeclareError::Length);
        }
        match (status, lasts) {
            (Status::OnLine, None) => Ok(Self::OnLine),
            (Status::Lunch, Some(lasts)) => Ok(Self::Lunch { until: now + lasts }),
            (Status::Away, lasts) => Ok(Self::Away { until: lasts.map(|lasts| now + lasts) }),
            (Status::Off, None) => Ok(Self::Off),
            _ => Err(DeclareError::End),
        }
    }

    /// What it has become by `now`: lunch ends by itself.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        if self.ends().is_some_and(|until| now >= until) { Self::OnLine } else { self }
    }

    /// When it is over by itself.
    #[must_use]
    pub fn ends(self) -> Option<Timestamp> {
        match self {
            Self::Lunch { until } => Some(until),
            Self::Away { until } => until,
            Self::OnLine | Self::Off => None,
        }
    }
}

/// What a calendar says of a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Hours {
    /// Within them.
    #[default]
    Open,
    /// Outside.
    Closed {
        /// When they begin again; none when no calendar says so.
        opens: Option<Timestamp>,
    },
}

impl Hours {
    /// Within them.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::Open
    }

    /// Hours of who serves several lines: open with the first of them. No line is no calendar.
    #[must_use]
    pub fn any(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().reduce(Self::or).unwrap_or_default()
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Closed { opens: one }, Self::Closed { opens: two }) => {
                Self::Closed { opens: [one, two].into_iter().flatten().min() }
            }
            _ => Self::Open,
        }
    }
}

/// Whether somebody takes requests, and why not. How much is in hand is another matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Availability {
    /// Takes requests.
    Available,
    /// At lunch.
    Lunch {
        /// Until then.
        until: Timestamp,
    },
    /// Away.
    Away {
        /// Until then; none is "until further notice".
        until: Option<Timestamp>,
    },
    /// Declared off.
    Off,
    /// No device is connected.
    Gone,
    /// The lines are closed.
    OutOfHours {
        /// When the first of them opens.
        opens: Option<Timestamp>,
    },
}

impl Availability {
    /// What follows from a declaration, a live lease and the hours. The most telling reason wins: who
    /// went to lunch and closed the lid is at lunch.
    #[must_use]
    pub fn new(declared: Declared, here: bool, hours: Hours, now: Timestamp) -> Self {
        match declared.at(now) {
            Declared::Off => Self::Off,
            Declared::Lunch { until } => Self::Lunch { until },
            Declared::Away { until } => Self::Away { until },
            Declared::OnLine => match hours {
                _ if !here => Self::Gone,
                Hours::Closed { opens } => Self::OutOfHours { opens },
                Hours::Open => Self::Available,
            },
        }
    }

    /// Takes requests.
    #[must_use]
    pub fn is_available(self) -> bool {
        self == Self::Available
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Timestamp = Timestamp(1_790_000_000_000_000);

    fn lunch(minutes: i64) -> Declared {
        Declared::new(Status::Lunch, Some(Span::minutes(minutes)), NOON).expect("a lunch")
    }

    #[test]
    fn lunch_ends_by_itself_and_he_is_available_if_he_is_there() {
        let (declared, one) = (lunch(45), NOON + Span::minutes(45));
        let at = |here, now| Availability::new(declared, here, Hours::Open, now);
        assert_eq!(at(true, NOON), Availability::Lunch { until: one });
        assert_eq!(at(true, one), Availability::Available);
        assert_eq!(at(false, one), Availability::Gone, "the lid is still closed");
    }

    #[test]
    fn a_closed_line_never_changes_what_was_declared() {
        let closed = Hours::Closed { opens: Some(NOON + Span::minutes(900)) };
        let off = Availability::new(Declared::Off, true, closed, NOON);
        let on = Availability::new(Declared::OnLine, true, closed, NOON);
        assert_eq!((off, on), (Availability::Off, Availability::OutOfHours { opens: Some(NOON + Span::minutes(900)) }));
        assert_eq!(
            Availability::new(Declared::Off, true, Hours::Open, NOON),
            Availability::Off,
            "off in the morning too"
        );
    }

    #[test]
    fn a_lunch_needs_an_end_and_is_not_a_holiday() {
        assert_eq!(Declared::new(Status::Lunch, None, NOON), Err(DeclareError::End));
        assert_eq!(Declared::new(Status::Off, Some(Span::minutes(5)), NOON), Err(DeclareError::End));
        assert_eq!(Declared::new(Status::Lunch, Some(Span::minutes(600)), NOON), Err(DeclareError::Length));
        assert_eq!(Declared::new(Status::Away, Some(Span::seconds(-5)), NOON), Err(DeclareError::Length));
    }

    #[test]
    fn who_serves_two_lines_works_when_either_is_open() {
        let closed = |minutes| Hours::Closed { opens: Some(NOON + Span::minutes(minutes)) };
        assert_eq!(Hours::any([closed(60), Hours::Open]), Hours::Open);
        assert_eq!(Hours::any([closed(60), closed(30)]), closed(30), "the earlier opening counts");
        assert_eq!(Hours::any([]), Hours::Open);
    }

    proptest! {
        /// Nobody is shown requests who is not connected, not declared on line, or out of hours.
        #[test]
        fn only_who_is_there_on_line_and_in_hours_is_available(
            kind in 0_u8..5, until in 0_i64..100, here: bool, open: bool, now in 0_i64..100,
        ) {
            let until = Timestamp(until);
            let declared = match kind {
                0 => Declared::OnLine,
                1 => Declared::Lunch { until },
                2 => Declared::Away { until: Some(until) },
                3 => Declared::Away { until: None },
                _ => Declared::Off,
            };
            let hours = if open { Hours::Open } else { Hours::Closed { opens: None } };
            let available = Availability::new(declared, here, hours, Timestamp(now)).is_available();
            let on_line = kind == 0 || (kind < 3 && Timestamp(now) >= until);
            prop_assert_eq!(available, here && open && on_line);
        }
    }
}
