//! Hours of lines, and wishes to be called back.

use std::collections::BTreeMap;

use opora_domain::{LineId, RequestId, calendar::Calendar, callback::Callback};
use opora_wire::hours::Event;
use serde::{Deserialize, Serialize};

use super::{Changes, Rows, World};

/// What is known of hours.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Hours {
    /// Hours of lines that have some; the others are always open.
    pub calendars: BTreeMap<LineId, Calendar>,
    /// Who wants to be called back, by request.
    #[serde(skip)]
    pub callbacks: Rows<RequestId, Callback>,
}

impl World {
    pub(super) fn apply_hours(&mut self, event: &Event) -> Changes {
        match event {
            Event::Set { line, calendar } => {
                match calendar {
                    Some(calendar) => self.hours.calendars.insert(*line, calendar.clone()),
                    None => self.hours.calendars.remove(line),
                };
                Changes { hours: true, ..Changes::default() }
            }
            Event::CallBack { request, callback } => {
                match callback {
                    Some(callback) => self.hours.callbacks.insert(*request, callback.clone()),
                    None => self.hours.callbacks.remove(request),
                };
                Changes { queue: true, home: true, ..Changes::default() }
            }
        }
    }
}
