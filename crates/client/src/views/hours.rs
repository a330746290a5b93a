//! Hours of lines, and one's own wish to be called back.

use opora_domain::{
    RequestId, Timestamp,
    calendar::{Calendar, Zone},
    callback::Callback,
};
use opora_ipc::hours::{HoursView, LineHours};
use opora_wire::{OpBody, hours};

use crate::{core::Core, state::State};

impl Core {
    pub(crate) fn hours_view(&self) -> HoursView {
        let state = self.state();
        state.hours_view(self.rev(), self.clock().now())
    }
}

impl State {
    /// Hours of all lines at `now`.
    pub(crate) fn hours_view(&self, rev: u64, now: Timestamp) -> HoursView {
        let known = self.world.as_ref().map(|world| &world.hours.calendars);
        let of = |line| {
            let calendar = known.and_then(|all| all.get(&line)).cloned();
            let hours = calendar.clone().unwrap_or_else(Calendar::always);
            (calendar, hours.now(now), hours.zone.offset_minutes(now))
        };
        let lines = self.line_views().into_iter().map(|line| {
            let (calendar, now, offset_minutes) = of(line.id);
            LineHours { line: line.id, name: line.name, calendar, now, offset_minutes }
        });
        let lines: Vec<LineHours> = lines.collect();
        let until = lines.iter().filter_map(|line| line.now.until()).min();
        HoursView { rev, lines, until, usual: Calendar::usual(Zone::utc()) }
    }

    /// A wish to be called back: what waits here is newer than what the desk knows.
    pub(super) fn callback(&self, id: RequestId) -> Option<Callback> {
        let queued = self.ops().filter_map(|(_, body)| match body {
            OpBody::Hours(hours::Op::CallBack { request, callback }) if *request == id => Some(callback.clone()),
            _ => None,
        });
        let known = || self.world.as_ref()?.hours.callbacks.get(&id).cloned();
        queued.last().unwrap_or_else(known)
    }
}
