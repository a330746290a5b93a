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
    // Either may be in front; both have words once they are painted, and a blank one has none.
    let painted = stage.until("the one in front has words", SOON, || {
        let picture = guest.display().screenshot()?;
        let ink = picture.pixels().filter(|pixel| pixel.0[..3].iter().all(|channel| *channel < 0x48)).count();
        Ok((ink > 150).then_some(()))
    });
    guest.display().save(&stage.pictures().join("demo.png"))?;
    both?;
    painted?;
    Ok(())
}
