//! The stage itself: real input reaches a real program, and nothing is left behind.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use opora_testkit::{Button, Size, Stage, has_colour, share_of};

const SOON: Duration = Duration::from_secs(15);
const SMALL: Size = Size { width: 800, height: 600 };

#[test]
fn a_click_and_typing_reach_a_program_on_annas_screen() -> Result<()> {
    let stage = Stage::open("painter")?;
    let anna = stage.machine_with("anna", SMALL)?;
    let typed = anna.home().join("typed.txt");
    let painter = Command::new(env!("CARGO_BIN_EXE_opora-painter"));
    let _painter = anna.start_program("painter", { painter }.arg(&typed))?;
    let screen = anna.display();
    let shows = |colour| Ok(has_colour(&screen.screenshot()?, colour, 0, 100_000).then_some(()));
    stage.until("the painter is there", SOON, || shows([0xf0, 0xf0, 0xf0]))?;

    let hands = screen.hands()?;
    hands.click(200, 200)?;
    stage.until("the click changed the colour", SOON, || shows([0x20, 0xa0, 0x40]))?;
    hands.press(Button::WheelDown)?;
    hands.type_text("Hi, Ёлка №7!")?;
    let wrote = || Ok((std::fs::read_to_string(&typed)? == "Hi, Ёлка №7!").then_some(()));
    stage.until("every letter arrived", SOON, wrote)?;

    assert!(!hands.anything_held()?, "no key may stay pressed");
    assert!(share_of(&screen.screenshot()?, [0x20, 0xa0, 0x40], 0) > 0.3, "the picture shows the painter");
    let window = screen.window("Painter")?.context("it has a title")?;
    assert_eq!((window.width, window.height), (480, 320));
    Ok(())
}

#[test]
fn a_notification_is_recorded_by_the_private_bus() -> Result<()> {
    let stage = Stage::open("bus")?;
    let boris = stage.machine_with("boris", SMALL)?;
    let mut send = Command::new("dbus-send");
    send.args(["--session", "--print-reply", "--dest=org.freedesktop.Notifications", "/org/freedesktop/Notifications"]);
    send.args(["org.freedesktop.Notifications.GetServerInformation"]);
    let said = send.env("DBUS_SESSION_BUS_ADDRESS", boris.bus().address()).output()?;
    assert!(String::from_utf8_lossy(&said.stdout).contains("opora-stage"), "{said:?}");
    assert!(boris.bus().notifications().is_empty(), "nothing has been notified yet");
    Ok(())
}

#[test]
fn a_missed_deadline_leaves_a_picture_of_every_display() -> Result<()> {
    let stage = Stage::open("missed")?;
    let _anna = stage.machine_with("anna", SMALL)?;
    let missed = stage.until::<()>("pigs fly", Duration::from_millis(50), || Ok(None));
    let Err(missed) = missed else { anyhow::bail!("it must be missed") };
    let text = missed.to_string();
    let picture = text.lines().find_map(|line| line.trim().strip_prefix("picture: ")).map(Path::new);
    assert!(picture.is_some_and(Path::exists), "{text}");
    Ok(())
}

#[test]
fn nothing_is_left_when_the_stage_closes() -> Result<()> {
    let stage = Stage::open("closing")?;
    let folder = stage.folder().to_owned();
    let sleeper = stage.start("sleeper", Command::new("sh").args(["-c", "sleep 1000 & wait"]))?;
    let group = sleeper.id();
    assert!(group_lives(group)?, "the control: it runs now");
    drop((sleeper, stage));
    assert!(!group_lives(group)?, "the whole group has ended");
    assert!(!folder.exists(), "the folder is gone");
    Ok(())
}

/// Whether a process of this group runs; one that has ended and waits to be collected does not.
fn group_lives(group: u32) -> Result<bool> {
    for process in std::fs::read_dir("/proc")?.flatten() {
        let stat = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        let Some((_, fields)) = stat.rsplit_once(") ") else { continue };
        let mut fields = fields.split(' ');
        let (state, of) = (fields.next(), fields.nth(1));
        if of == Some(&group.to_string()) && !matches!(state, Some("Z" | "X")) {
            return Ok(true);
        }
    }
    Ok(false)
}
