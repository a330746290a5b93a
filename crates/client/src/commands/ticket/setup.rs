//! Trackers, categories, terms; and lists that a person keeps under a name.

use std::sync::Arc;

use opora_domain::{CategoryId, FieldId, TrackerId};
use opora_ipc::{
    ErrorCode, UiError,
    ticket::{PutCategories, PutTerms, PutTracker, SavedLists, TicketSetupView},
};
use opora_wire::{OpBody, ticket::Op};

use crate::{core::Core, outbox::no_account, refusal::local, world::Tickets};

/// The vault's name for lists.
const LISTS: &str = "ticket_lists";
/// Lists at most.
const MOST_LISTS: usize = 50;

/// All that is set up.
pub(crate) fn setup(core: &Arc<Core>) -> TicketSetupView {
    core.state().ticket_setup_view(core.rev())
}

/// Adds a tracker, or changes one.
pub(crate) async fn put_tracker(core: &Arc<Core>, args: PutTracker) -> Result<TicketSetupView, UiError> {
    let mut tracker = args.tracker;
    tracker.name = tracker.name.trim().to_owned();
    if tracker.id.0.is_nil() {
        tracker.id = TrackerId(core.new_op().0);
    }
    if tracker.name.is_empty() && !tracker.is_standard() {
        return Err(UiError::permanent(ErrorCode::Empty, "the tracker has no name"));
    }
    for field in &mut tracker.fields {
        if field.id.0.is_nil() {
            field.id = FieldId(core.new_op().0);
        }
        if field.name.trim().is_empty() {
            return Err(UiError::permanent(ErrorCode::Empty, "a field has no name"));
        }
    }
    tracker.workflow.check().map_err(|error| UiError::permanent(ErrorCode::NotAStep, error))?;
    put(core, Op::PutTracker { tracker: tracker.clone() }, |known| known.trackers.get(&tracker.id) == Some(&tracker))
        .await
}

/// Says what tickets are about.
pub(crate) async fn put_categories(core: &Arc<Core>, args: PutCategories) -> Result<TicketSetupView, UiError> {
    let mut categories = args.categories;
    for category in &mut categories {
        if category.id.0.is_nil() {
            category.id = CategoryId(core.new_op().0);
        }
        if category.name.trim().is_empty() {
            return Err(UiError::permanent(ErrorCode::Empty, "a category has no name"));
        }
    }
    put(core, Op::PutCategories { categories: categories.clone() }, |known| known.categories == categories).await
}

/// Says what is promised.
pub(crate) async fn put_terms(core: &Arc<Core>, args: PutTerms) -> Result<TicketSetupView, UiError> {
    put(core, Op::PutTerms { terms: args.terms.clone() }, |known| known.terms == args.terms).await
}

/// Done now or not at all; answered when it is known here too.
async fn put(core: &Arc<Core>, op: Op, is_said: impl Fn(&Tickets) -> bool) -> Result<TicketSetupView, UiError> {
    core.execute(OpBody::Ticket(op)).await?;
    core.until_heard(|| core.state().world.as_ref().is_none_or(|world| is_said(&world.tickets))).await;
    Ok(setup(core))
}

/// Lists that were kept.
pub(crate) async fn lists(core: &Arc<Core>) -> Result<SavedLists, UiError> {
    let account = core.state().account_id().ok_or_else(no_account)?;
    let kept = core.vault.settings(account).await.map_err(local)?;
    // What a newer version wrote in another form is as if it were not there, and stays.
    Ok(kept.get(LISTS).and_then(|lists| serde_json::from_str(lists).ok()).unwrap_or_default())
}

/// Keeps lists.
pub(crate) async fn keep_lists(core: &Arc<Core>, mut args: SavedLists) -> Result<SavedLists, UiError> {
    for list in &mut args.lists {
        list.name = list.name.trim().to_owned();
        if list.name.is_empty() {
            return Err(UiError::permanent(ErrorCode::Empty, "a list has no name"));
        }
    }
    if args.lists.len() > MOST_LISTS {
        return Err(UiError::permanent(ErrorCode::TooLong, "too many lists"));
    }
    let account = core.state().account_id().ok_or_else(no_account)?;
    let written = serde_json::to_string(&args).map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
    core.vault.set(account, LISTS, &written).await.map_err(local)?;
    Ok(args)
}
