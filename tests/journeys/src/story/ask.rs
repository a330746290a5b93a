//! 2: Anna asks for help, with a screenshot that hides a part, and sees her place in the queue.

use anyhow::{Context, Result};

use super::Story;
use crate::SOON;
use crate::recorder::Recorder;

/// What Anna writes.
pub(super) const TROUBLE: &str = "Не проводится накладная: пишет «Не заполнен склад»";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let window = story.anna.main()?;
    window.click("ask-help")?;
    window.choose("ask-class-error")?;
    window.fill("ask-description", TROUBLE)?;
    window.choose("ask-program-other").or_else(|_| window.find("ask-program-name").map(drop))?;
    window.fill("ask-program-name", "1С:Бухгалтерия предприятия")?;
    window.fill("ask-program-release", "3.0.168.27")?;

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
    anyhow::ensure!(ahead.is_empty() || ahead == "0", "nobody is before Anna: {ahead:?}");
    pictures.picture("02-ask", &story.anna)
}
