//! The world of an account: read as the cache keeps it, with what has come since; and kept again.
//!
//! What is kept is true through the `seq` that it says, or is not there ([`opora_history::kept`]), so a kill at
//! any moment costs no more than the time to apply some events again. It is written now and then and not with
//! each event, and only what has changed.

#[cfg(test)]
mod tests;

use opora_domain::OpId;
use opora_history::{Account, AccountId, Cache, HistoryError, StoredEvent};
use opora_wire::Stream;

use crate::{
    account::to_event,
    core::Core,
    world::{
        Moment, World,
        kept::{RULES, Reader},
    },
};

/// Events that are read at once: some megabytes.
const PAGE: i64 = 5_000;

/// The world as it is stored, and the operations whose events are in what was not kept of it.
pub(crate) async fn read(
    cache: &Cache,
    id: AccountId,
    account: &Account,
    moment: Moment,
) -> Result<(World, Vec<OpId>), HistoryError> {
    let mut reader = Reader::default();
    let is_kept = cache.kept(id, RULES, |part, key, body| reader.take(part, key, body)).await?;
    let kept = if is_kept { reader.finish(account.person) } else { None };
    match kept {
        Some(mut world) => {
            let done = catch_up(cache, id, &mut world, moment).await?;
            Ok((world, done))
        }
        None => replay(cache, id, World::new(account.person, account.role), moment).await,
    }
}

/// A world of the whole log, kept for the next start.
pub(crate) async fn replay(
    cache: &Cache,
    id: AccountId,
    mut world: World,
    moment: Moment,
) -> Result<(World, Vec<OpId>), HistoryError> {
    let done = catch_up(cache, id, &mut world, moment).await?;
    // Without it the next start takes longer, no more.
    match write(cache, id, &mut world).await {
        Ok(()) => {}
        Err(error) => tracing::warn!(%error, "what the log made cannot be kept"),
    }
    Ok((world, done))
}

/// Applies what is stored and not in the world yet, as far as there is no hole. Answers the operations whose
/// events are there.
pub(crate) async fn catch_up(
    cache: &Cache,
    id: AccountId,
    world: &mut World,
    moment: Moment,
) -> Result<Vec<OpId>, HistoryError> {
    let heads = cache.heads(id).await?;
    // One's own stream says from where others can be read.
    let (own, others): (Vec<_>, Vec<_>) = heads.into_iter().partition(|(name, _)| name.starts_with("person/"));
    let mut done = Vec::new();
    for (name, head) in own.into_iter().chain(others) {
        let Ok(stream) = name.parse::<Stream>() else { continue };
        while world.applied(stream) < head {
            let from = world.applied(stream) + 1;
            let stored = cache.range(id, &name, from, from + PAGE - 1).await?;
            if !apply(world, &stored, moment, &mut done) {
                break;
            }
        }
    }
    Ok(done)
}

/// Applies events of one stream; false when there is a hole, or nothing.
fn apply(world: &mut World, stored: &[StoredEvent], moment: Moment, done: &mut Vec<OpId>) -> bool {
    for event in stored {
        let Some(changes) = to_event(event).and_then(|event| world.apply(&event, moment)) else { return false };
        done.extend(changes.done);
    }
    !stored.is_empty()
}

/// Writes what has changed of a world that nobody else looks at.
async fn write(cache: &Cache, id: AccountId, world: &mut World) -> Result<(), HistoryError> {
    let rows = world.unwritten().map_err(|_| HistoryError::Row("kept"))?;
    if cache.keep(id, RULES, world.extent(), &rows).await? {
        world.written();
    }
    Ok(())
}

impl Core {
    /// Writes what has changed of the world in use. Only sync may: nothing else changes it meanwhile.
    pub(crate) async fn keep_world(&self, id: AccountId) -> Result<(), HistoryError> {
        loop {
            let (extent, rows) = {
                let mut state = self.state();
                let Some(world) = state.world_of(id) else { return Ok(()) };
                (world.extent(), world.unwritten().map_err(|_| HistoryError::Row("kept"))?)
            };
            if rows.is_empty() {
                return Ok(());
            }
            let is_written = self.cache.keep(id, RULES, extent, &rows).await?;
            let mut state = self.state();
            let Some(world) = state.world_of(id) else { return Ok(()) };
            if is_written {
                world.written();
                return Ok(());
            }
            world.not_kept();
        }
    }
}
