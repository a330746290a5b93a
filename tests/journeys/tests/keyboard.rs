//! The way to help and back, by keys alone.

use std::path::Path;

use anyhow::Result;
use opora_journeys::keyboard::Keyboard;

#[test]
fn anna_and_boris_need_no_mouse() -> Result<()> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keyboard");
    let summary = Keyboard::play(&out)?;
    assert!(summary.ok, "{summary:?}; pictures are in {}", out.display());
    Ok(())
}
