//! Hours of lines, and calling back.

use opora_domain::{
    LineId, RequestId,
    calendar::{Calendar, CalendarError},
    callback::Callback,
    request::State,
    role::Action,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    hours::{Event, Op},
};

use super::{Doing, Done, moved};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn hours(&mut self, op: Op) -> Done {
        match op {
            Op::Set { line, calendar } => self.set_hours(line, calendar).await,
            Op::CallBack { request, callback } => self.call_back(request, callback).await,
        }
    }

    async fn set_hours(&mut self, line: LineId, calendar: Option<Calendar>) -> Done {
        self.must(Action::Supervise)?;
        if !self.tx.has_line(line).await? {
            return Err(RefusalCode::NotFound.into());
        }
        if let Some(calendar) = &calendar {
            calendar.check().map_err(|error| match error {
                CalendarError::TooMuch => RefusalCode::TooLarge,
                _ => RefusalCode::Invalid,
            })?;
        }
        self.tx.set_calendar(line, calendar.as_ref()).await?;
        self.append(Stream::Desk, EventBody::Hours(Event::Set { line, calendar }));
        Ok(OpResult::Done)
    }

    async fn call_back(&mut self, id: RequestId, callback: Option<Callback>) -> Done {
        let request = self.request(id).await?;
        if request.customer != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !matches!(request.state, State::Waiting | State::Offered { .. }) {
            return Err(moved(request.state).into());
        }
        if let Some(callback) = &callback {
            self.request_within_term(&request).await?;
            callback.check().map_err(|_| RefusalCode::Invalid)?;
        }
        self.tx.set_callback(id, callback.as_ref(), self.now).await?;
        let body = EventBody::Hours(Event::CallBack { request: id, callback });
        self.append(Stream::Staff, body.clone());
        self.append(Stream::Person(request.customer), body);
        Ok(OpResult::Done)
    }
}
