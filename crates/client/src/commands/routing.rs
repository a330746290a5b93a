//! Presence and routing.

use std::sync::Arc;

use opora_domain::{RequestId, Span, availability::Status};
use opora_ipc::{
    UiError,
    presence::{Declare, StaffView},
    queue::{QueueView, SetPresence},
    routing::{RoutingView, SetCapacity, SetHold, SetOverflow, SetRules, WayView},
};
use opora_wire::{OpBody, presence, routing};

use crate::core::Core;

/// The firm's people now.
pub(super) fn staff(core: &Arc<Core>) -> StaffView {
    let state = core.state();
    state.staff_view(core.rev())
}

/// Declares a status; the desk keeps it.
pub(super) async fn declare(core: &Arc<Core>, Declare { status, seconds }: Declare) -> Result<StaffView, UiError> {
    let lasts = seconds.map(|seconds| Span::seconds(i64::from(seconds)));
    let _in_turn = core.declaring.lock().await;
    core.execute(OpBody::Presence(presence::Op::Declare { status, lasts })).await?;
    core.until_declared(status).await;
    Ok(staff(core))
}

/// Takes requests or not.
pub(super) async fn set_presence(core: &Arc<Core>, SetPresence { on_line }: SetPresence) -> Result<QueueView, UiError> {
    let status = if on_line { Status::OnLine } else { Status::Off };
    declare(core, Declare { status, seconds: None }).await?;
    Ok(super::queue::queue(core))
}

/// The owner's settings.
pub(super) fn routing(core: &Arc<Core>) -> RoutingView {
    let state = core.state();
    state.routing_view(core.rev())
}

/// Changes ranks and times; the view holds them.
pub(super) async fn set_rules(core: &Arc<Core>, SetRules { rules }: SetRules) -> Result<RoutingView, UiError> {
    core.execute(OpBody::Routing(routing::Op::SetRules { rules })).await?;
    core.until_known(|world| world.routing.rules == rules).await;
    Ok(routing(core))
}

/// Says where a line overflows; the view holds it.
pub(super) async fn set_overflow(core: &Arc<Core>, args: SetOverflow) -> Result<RoutingView, UiError> {
    let SetOverflow { line, overflow } = args;
    core.execute(OpBody::Routing(routing::Op::SetOverflow { line, overflow })).await?;
    core.until_known(|world| world.routing.overflows.get(&line) == overflow.as_ref()).await;
    Ok(routing(core))
}

/// Says how many conversations a person has at most; the view holds it.
pub(super) async fn set_capacity(core: &Arc<Core>, args: SetCapacity) -> Result<RoutingView, UiError> {
    let SetCapacity { person, capacity } = args;
    core.execute(OpBody::Routing(routing::Op::SetCapacity { person, capacity })).await?;
    core.until_known(|world| world.routing.capacities.get(&person) == Some(&capacity)).await;
    Ok(routing(core))
}

/// The way of a request to its specialist.
pub(super) fn way(core: &Arc<Core>, request: RequestId) -> WayView {
    core.state().way_view(request)
}

/// Puts a conversation on hold, or takes it back.
pub(super) async fn set_hold(core: &Arc<Core>, SetHold { conversation, on }: SetHold) -> Result<WayView, UiError> {
    let op = if on { routing::Op::Hold { conversation } } else { routing::Op::Resume { conversation } };
    core.execute(OpBody::Routing(op)).await?;
    core.until_known(|world| world.routing.held.contains(&conversation) == on).await;
    Ok(way(core, RequestId(conversation.0)))
}
