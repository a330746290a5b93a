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
    // Anna's window is the smaller one, in front; her big button is the one thing of that blue.
    let asks = stage.until("Anna can ask for help", SOON, || {
        let accent = |pixel: &[u8]| pixel[2] > 180 && pixel[0] < 80 && pixel[1] < 120;
        let picture = guest.display().screenshot()?;
        let many = picture.pixels().filter(|pixel| accent(&pixel.0)).count();
        Ok((many > 5_000).then_some(()))
    });
    guest.display().save(&stage.pictures().join("demo.png"))?;
    both?;
    asks?;
    Ok(())
}
