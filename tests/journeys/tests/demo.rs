//! `cargo xtask demo` on a person's own display.

use std::process::Command;

use anyhow::Result;
use opora_journeys::SOON;
use opora_journeys::programs::built;
use opora_testkit::Stage;

#[test]
fn the_demo_opens_a_customers_and_a_specialists_window() -> Result<()> {
    let stage = Stage::open("demo-open")?;
    let guest = stage.machine("guest")?;
    let _demo = guest.start_program("demo", Command::new(built("opora-demo-story")?).arg("open"))?;
    let both = stage.until("both windows are there", SOON * 3, || {
        let opened = guest.display().window_titles()?.iter().filter(|title| title.starts_with("Opora")).count();
        Ok((opened == 2).then_some(()))
    });
    guest.display().save(&stage.pictures().join("demo.png"))?;
    both?;
    Ok(())
}
