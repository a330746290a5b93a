//! The live board: load and quality at this moment, for supervisors.
//!
//! A transient frame (D19): the desk sends the whole to each supervisor's device when it connects
//! and whenever something changed, so it is right after a reconnect without any history. Names of
//! people and lines, and the requests themselves, are in `staff`. Instants are the desk's; `at`
//! tells the client how far its own clock is off.

use opora_domain::{LineId, PersonId, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Everything at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveBoard {
    /// The desk's clock when it was sent.
    pub at: Timestamp,
    /// Every line that has somebody waiting or somebody who serves it.
    pub lines: Vec<LineNow>,
    /// Everybody who serves.
    pub people: Vec<PersonNow>,
    /// Today, in the desk's zone.
    pub day: DayNow,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNow {
    /// Which.
    pub line: LineId,
    /// Requests that wait or are being offered.
    pub waiting: u32,
    /// The oldest of them waits since.
    pub oldest: Option<Timestamp>,
    /// Specialists who take its requests now.
    pub on_line: u32,
}

/// What somebody who serves does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Takes requests and has none.
    Free,
    /// Takes requests and has some.
    Busy,
    /// Has as many as fit.
    Full,
    /// Connected, takes no requests.
    Off,
    /// At lunch.
    Lunch,
    /// Away for a while.
    Away,
    /// Not connected.
    Gone,
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// Somebody who serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonNow {
    /// Who.
    pub person: PersonId,
    /// What.
    pub doing: Doing,
    /// Since when; none when the desk does not know.
    pub since: Option<Timestamp>,
    /// Conversations and offers in hand.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
}

/// Today so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayNow {
    /// Requests asked.
    pub asked: u32,
    /// Of these, answered by a person.
    pub answered: u32,
    /// Of these, over.
    pub closed: u32,
    /// Half were first answered at least as fast.
    pub first_p50: Option<Span>,
    /// Nine of ten were.
    pub first_p90: Option<Span>,
    /// Ratings given today.
    pub rated: u32,
    /// Sum of their stars.
    pub stars: u32,
}
