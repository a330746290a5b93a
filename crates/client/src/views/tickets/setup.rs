//! Trackers, categories, what is promised, what all clients are told.

use opora_domain::ticket::{Tracker, Workflow};
use opora_ipc::ticket::TicketSetupView;

use crate::state::State;

impl State {
    /// All of it.
    pub(crate) fn ticket_setup_view(&self, rev: u64) -> TicketSetupView {
        let usual = Workflow::usual();
        let Some(world) = &self.world else { return TicketSetupView { rev, usual, ..TicketSetupView::default() } };
        let known = &world.tickets;
        let mut trackers: Vec<Tracker> = known.trackers.values().cloned().collect();
        trackers.sort_by_key(|tracker| (!tracker.is_standard(), tracker.id));
        TicketSetupView {
            rev,
            trackers,
            categories: known.categories.clone(),
            terms: known.terms.clone(),
            notices: self.ticket_notices(),
            usual,
        }
    }
}
