//! A talk is handed over in real windows, and the customer sees it.

use std::path::Path;

use anyhow::Result;
use opora_journeys::handing::Handing;

#[test]
fn vera_takes_over_from_boris_and_anna_knows_her_name_before() -> Result<()> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("handing");
    let summary = Handing::play(&out)?;
    assert!(summary.ok, "{summary:?}; pictures are in {}", out.display());
    Ok(())
}
