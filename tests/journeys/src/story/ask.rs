//! 2: Anna asks for help, with a screenshot that hides a part, and sees her place in the queue.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use opora_testkit::Program;

use super::Story;
use crate::SOON;
use crate::programs::built;
use crate::recorder::Recorder;

/// What Anna writes.
pub(super) const TROUBLE: &str = "Не проводится накладная: пишет «Не заполнен склад»";

/// The base that Anna has open.
const PROGRAM: &str = "Бухгалтерия предприятия";
/// What is typed into the program goes here, in Anna's home.
pub(super) const TYPED: &str = "typed.txt";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    story.others.push(accounting(story)?);
    let window = story.anna.main()?;
    window.click("ask-help")?;
    window.choose("ask-class-error")?;
    window.fill("ask-description", TROUBLE)?;
    let found = window.state("ask-program", "data-name", &[PROGRAM], SOON)?;
    ensure!(window.attribute(&found, "data-running")?.as_deref() == Some("true"), "it is seen to run");
    window.choose("ask-program")?;

    window.click("ask-shot-take")?;
    window.find("shot-canvas")?;
    window.click("shot-add")?;
    window.state("shot-canvas", "data-count", &["1"], SOON)?;
    let facts = window.all("[data-testid=ask-fact]")?.len();
    if facts > 0 {
        window.click("ask-fact-remove")?;
        let fewer = || Ok((window.all("[data-testid=ask-fact]")?.len() < facts).then_some(()));
        story.stage.until("the fact is taken from the list", SOON, fewer)?;
    }
    pictures.picture("02-ask-form", &story.anna)?;

    window.click("ask-send")?;
    window.state("queue-card", "data-state", &["waiting", "offered"], SOON)?;
    let place = window.find("queue-place")?;
    let ahead = window.attribute(&place, "data-ahead")?.context("the card tells the place")?;
    ensure!(ahead.is_empty() || ahead == "0", "nobody is before Anna: {ahead:?}");
    window.state("queue-why", "data-why", &["lunch"], SOON)?;
    pictures.picture("02-ask", &story.anna)
}

/// The painter under the name and command line of 1C, by which a running 1C is known.
fn accounting(story: &Story) -> Result<Program> {
    let machine = story.anna.machine();
    let folder = machine.home().join("1cv8/8.3.27.1508");
    std::fs::create_dir_all(&folder).context("make the folder of 1C")?;
    let binary = folder.join("1cv8");
    std::fs::copy(built("opora-painter")?, &binary).context("install 1C")?;
    let mut command = Command::new(binary);
    command.arg(machine.home().join(TYPED)).args(["ENTERPRISE", "/IBName", PROGRAM]);
    let program = machine.start_program("1cv8", &mut command)?;
    let display = machine.display();
    let there = || Ok(display.window("Painter")?.map(drop));
    story.stage.until("Anna's program is on her screen", SOON, there)?;
    Ok(program)
}
