//! Hours of lines, and calling back.

use std::sync::Arc;

use opora_domain::{ConversationId, callback::Callback};
use opora_ipc::{
    ErrorCode, UiError,
    ask::HomeView,
    hours::{AskCallback, HoursView, SetHours},
};
use opora_wire::{OpBody, hours::Op};

use super::conversation::{lane, op_row};
use crate::core::Core;

/// Sets the hours of lines; the view holds them.
pub(super) async fn set_hours(core: &Arc<Core>, SetHours { lines, calendar }: SetHours) -> Result<HoursView, UiError> {
    if let Some(calendar) = &calendar {
        calendar.check().map_err(|error| UiError::permanent(ErrorCode::HoursWrong, error))?;
    }
    for line in lines {
        core.execute(OpBody::Hours(Op::Set { line, calendar: calendar.clone() })).await?;
        core.until_known(|world| world.hours.calendars.get(&line) == calendar.as_ref()).await;
    }
    Ok(core.hours_view())
}

/// Keeps the wish, and sends it after the request it belongs to; it may be offline.
pub(super) async fn ask_callback(core: &Arc<Core>, args: AskCallback) -> Result<HomeView, UiError> {
    let AskCallback { request, phone, when } = args;
    let phone = phone.trim().to_owned();
    let callback = Some(Callback { phone, when }).filter(|callback| !callback.phone.is_empty());
    if let Some(callback) = &callback {
        callback.check().map_err(|error| UiError::permanent(ErrorCode::PhoneWrong, error))?;
    }
    let known = core.state().request_view(request).is_some();
    if !known {
        return Err(UiError::permanent(ErrorCode::NotFound, "no such request"));
    }
    let body = OpBody::Hours(Op::CallBack { request, callback });
    let lane = lane(ConversationId(request.0));
    core.enqueue(&[op_row(core.new_op(), lane, "callback", &body, &[])]).await?;
    Ok(super::ask::home(core))
}
