//! The desktop program's shell, by itself: its window, its page, one program a profile.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use opora_journeys::programs::built;
use opora_testkit::Stage;
use serde_json::json;

const SOON: Duration = Duration::from_secs(20);

#[test]
fn the_first_window_opens_and_a_second_start_only_shows_it() -> Result<()> {
    let stage = Stage::open("shell")?;
    let anna = stage.machine("anna")?;
    let (opora, profile) = (built("opora-desktop")?, anna.home().join("profile"));
    let profile = profile.to_str().context("an odd folder")?;
    let window = anna.drive(&opora, &["--profile", profile, "--key-store", "file"])?;

    window.switch_to("main")?;
    let first = stage.until("the first screen is there", SOON, || window.shown("join"));
    anna.display().save(&stage.pictures().join("first.png"))?;
    first?;
    assert_eq!(window.labels()?, ["main"], "one window, and no more");

    let reply = "const done = arguments[arguments.length - 1];\
        window.__TAURI_INTERNALS__.invoke('plugin:fs|read_file', {path: '/etc/passwd'}).then(() => done('read'), () => done('refused'))";
    assert_eq!(window.script_async(reply, &json!([]))?, "refused", "pages have no files");
    let gone = "const before = location.href; location.href = 'https://example.org/'; return before === location.href";
    assert_eq!(window.script(gone, &json!([]))?, true, "pages stay where they are");

    let mut second = anna.start_program("second", Command::new(&opora).args(["--profile", profile]))?;
    let code = stage.until("the second start ends", SOON, || second.ended())?;
    assert!(code.success(), "{code}: {}", anna.log_of("second")?);
    stage.until("the icon is in the tray", SOON, || Ok((!anna.bus().tray().is_empty()).then_some(())))?;
    Ok(())
}
