//! The head watches in real windows, and the customer learns of nothing but a new name.

use std::path::Path;

use anyhow::Result;
use opora_journeys::story::Story;

#[test]
fn galina_looks_in_and_takes_over_and_anna_sees_only_the_new_name() -> Result<()> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch");
    let summary = Story::watch(&out)?;
    assert!(summary.ok, "{summary:?}; pictures are in {}", out.display());
    Ok(())
}
