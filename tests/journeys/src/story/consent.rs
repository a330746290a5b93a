//! 6: Boris asks to see the screen; Anna's own window names him; she allows what she wants.

use anyhow::{Result, ensure};

use super::Story;
use crate::SOON;
use crate::recorder::Recorder;

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let boris = story.boris.main()?;
    boris.click("screen-ask")?;
    boris.fill("screen-reason", "Посмотреть накладную 118")?;
    boris.click("screen-send")?;

    let anna = story.anna.window()?;
    anna.switch_to("consent")?;
    anna.state("consent", "data-state", &["armed"], SOON)?;
    anna.says("consent-firm", "Опора-Сервис", SOON)?;
    anna.says("consent-reason", "накладную 118", SOON)?;
    anna.state("consent-verified", "data-state", &["verified"], SOON)?;
    let ticked = |scope: &str| -> Result<bool> {
        Ok(!anna.all(&format!("[data-testid=consent-scope-{scope}]:checked"))?.is_empty())
    };
    ensure!(ticked("view")? && !ticked("pointer")? && !ticked("keyboard")?, "only seeing is chosen beforehand");
    pictures.picture("06-consent", &story.anna)?;
    anna.choose("consent-scope-pointer")?;
    anna.choose("consent-scope-keyboard")?;
    anna.click_away("consent-allow")?;

    anna.switch_to("bar")?;
    anna.says("bar-helper", "Борис Седов", SOON)?;
    anna.state("bar", "data-state", &["live"], SOON)?;
    let boris = story.boris.window()?;
    let viewer = story.stage.until("Boris' viewer is open", SOON, || {
        Ok(boris.labels()?.into_iter().find(|label| label.starts_with("viewer-")))
    })?;
    boris.switch_to(&viewer)?;
    boris.state("viewer", "data-state", &["live"], SOON)?;
    pictures.picture("06-consent-bar", &story.anna)
}
