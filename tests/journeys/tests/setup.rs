//! A firm sets itself up, in real windows against a real desk.

use std::path::Path;

use anyhow::Result;
use opora_journeys::setup::Setup;

#[test]
fn galina_takes_the_first_steps_is_called_away_and_goes_on() -> Result<()> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("first-steps");
    Setup::begin("first-steps")?.first_steps(&out)
}

#[test]
fn galina_brings_her_clients_in_from_a_table_and_a_second_time_nothing_changes() -> Result<()> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import");
    Setup::begin("import")?.import(&out)
}
