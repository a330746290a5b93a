//! The hours of all lines as of one look: what the offers ask before they show a request to anybody.

use std::collections::BTreeMap;

use opora_domain::{LineId, Timestamp, calendar::Calendar};

use crate::store::{Answer, HoursStore};

/// Hours of lines. A line without hours is always open.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    calendars: BTreeMap<LineId, Calendar>,
}

impl Hours {
    /// Looks.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn load<S: HoursStore>(store: &S) -> Answer<Self> {
        Ok(Self { calendars: store.calendars().await? })
    }

    /// Whether requests of this line are offered at `now`.
    #[must_use]
    pub fn is_open(&self, line: LineId, now: Timestamp) -> bool {
        self.calendars.get(&line).is_none_or(|calendar| calendar.open_at(now))
    }

    /// When any line next opens or closes: a deadline of the offers.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.calendars.values().filter_map(|calendar| calendar.next_change(now)).min()
    }

    /// The hours of a line, for working time; always open when nobody set any.
    #[must_use]
    pub fn of(&self, line: LineId) -> Calendar {
        self.calendars.get(&line).cloned().unwrap_or_else(Calendar::always)
    }
}
