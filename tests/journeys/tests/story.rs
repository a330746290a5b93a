//! The main job, end to end, in real windows against a real desk: the nine steps of the story.

use std::path::Path;

use anyhow::Result;
use opora_journeys::story::Story;

#[test]
fn anna_gets_help_from_boris_and_nothing_is_lost() -> Result<()> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("story");
    let summary = Story::play(&out)?;
    assert!(summary.ok, "{summary:?}; pictures are in {}", out.display());
    Ok(())
}
