//! What routing asks of other nouns: hours of the lines, the client's own specialist.

use std::collections::BTreeMap;

use opora_domain::{LineId, PersonId, RequestId, Timestamp, availability::Hours, calendar, request::State};

use crate::{
    desk::{Desk, DeskError},
    record::Entry,
    store::{Asked, Store},
};

/// Requests whose own specialists are looked up at once, the oldest first; who waits behind so many is not
/// next.
const MOST_OWN: usize = 50;

/// What the lines' calendars say at a moment, and when the first of them says something else. A line that is
/// missing has no calendar and is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineHours {
    pub(crate) lines: BTreeMap<LineId, Hours>,
    pub(crate) next_change: Option<Timestamp>,
}

impl LineHours {
    /// Looks. Calendars are read at each look: what an owner has just changed counts from then on.
    pub(crate) async fn at<S: Store>(desk: &Desk<S>, now: Timestamp) -> Result<Self, DeskError> {
        let calendars = desk.inner.store.calendars().await?;
        let next_change = calendars.values().filter_map(|calendar| calendar.next_change(now)).min();
        let hours = |said: calendar::Now| match said.is_open() {
            true => Hours::Open,
            false => Hours::Closed { opens: said.until() },
        };
        let lines = calendars.iter().map(|(line, calendar)| (*line, hours(calendar.now(now))));
        Ok(Self { lines: lines.collect(), next_change })
    }

    /// Hours of a line.
    pub(crate) fn of(&self, line: LineId) -> Hours {
        self.lines.get(&line).copied().unwrap_or_default()
    }
}

/// Own specialists by who asks and where, as of one pass of the offers.
#[derive(Debug, Default)]
pub(crate) struct Own {
    known: BTreeMap<Asked, Option<PersonId>>,
}

impl Own {
    /// Own specialists of the requests that wait, for those that have one.
    pub(crate) async fn of<S: Store>(
        &mut self,
        desk: &Desk<S>,
        entries: &[Entry],
        now: Timestamp,
    ) -> Result<BTreeMap<RequestId, PersonId>, DeskError> {
        let mut own = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.state == State::Waiting).take(MOST_OWN) {
            let key = Asked { customer: entry.customer, line: entry.line, organisation: entry.organisation };
            let found = match self.known.get(&key) {
                Some(found) => *found,
                None => desk.inner.store.own_specialist(key, now).await?,
            };
            self.known.insert(key, found);
            own.extend(found.map(|found| (entry.waiting.request, found)));
        }
        Ok(own)
    }
}
