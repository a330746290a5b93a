//! Hours and contracts in real windows against a real desk.

use std::path::Path;

use anyhow::Result;

#[test]
fn anna_leaves_a_request_out_of_hours_and_asks_for_renewal_when_the_contract_is_over() -> Result<()> {
    opora_journeys::agreed::play(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreed"))
}
