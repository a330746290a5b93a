//! What the store keeps of hours.

use std::{collections::BTreeMap, future::Future};

use opora_domain::{LineId, RequestId, Timestamp, calendar::Calendar, callback::Callback};

use super::Answer;

/// Reads of hours beside the writer.
pub trait HoursStore {
    /// Hours of the lines that have some; a line that is not here is always open.
    fn calendars(&self) -> impl Future<Output = Answer<BTreeMap<LineId, Calendar>>> + Send;
}

/// Hours in a transaction.
pub trait HoursTx {
    /// Keeps the hours of a line; `None`: always open.
    fn set_calendar(&mut self, line: LineId, calendar: Option<&Calendar>) -> impl Future<Output = Answer<()>> + Send;
    /// The hours of a line; none when it is always open.
    fn calendar(&mut self, line: LineId) -> impl Future<Output = Answer<Option<Calendar>>> + Send;
    /// Keeps a wish to be called back; `None` forgets it.
    fn set_callback(
        &mut self,
        request: RequestId,
        callback: Option<&Callback>,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The wish to be called back that belongs to a request.
    fn callback(&mut self, request: RequestId) -> impl Future<Output = Answer<Option<Callback>>> + Send;
}
