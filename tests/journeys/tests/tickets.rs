//! A ticket's life in real windows against a real desk.

use std::path::Path;

use anyhow::Result;

#[test]
fn a_draft_without_a_network_is_worked_on_the_board_settled_and_confirmed() -> Result<()> {
    opora_journeys::tickets::Tickets::play(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("tickets")).map(drop)
}
