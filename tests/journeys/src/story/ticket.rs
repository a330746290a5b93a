//! 8: the session ends; Boris makes a ticket, which Anna has in her list; she rates the help.

use anyhow::Result;

use super::Story;
use crate::SOON;
use crate::recorder::Recorder;

const SUBJECT: &str = "Не заполняется склад в накладной";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    end_the_session(story)?;
    let boris = story.boris.main()?;
    boris.click("ticket-make")?;
    boris.fill("ticket-subject", SUBJECT)?;
    boris.fill("ticket-description", "Проверить значение по умолчанию в настройках пользователя")?;
    boris.choose("ticket-kind-error")?;
    boris.select("ticket-priority", "high")?;
    pictures.picture("08-ticket-form", &story.boris)?;
    boris.click("ticket-send")?;
    boris.gone("ticket-dialog")?;

    boris.click("conversation-close")?;
    boris.click("close-sure")?;
    let anna = story.anna.main()?;
    anna.find_within("rating", SOON)?;
    anna.choose("rating-star-5")?;
    anna.fill("rating-comment", "Спасибо, всё понятно")?;
    anna.click("rating-send")?;
    anna.state("rating-done", "data-stars", &["5"], SOON)?;
    boris.state("rating-done", "data-stars", &["5"], SOON)?;
    pictures.picture("08-ticket-rated", &story.boris)?;

    anna.click("conversation-back")?;
    anna.click("tab-tickets")?;
    anna.says("ticket-row", SUBJECT, SOON)?;
    anna.find("ticket-number")?;
    pictures.picture("08-ticket", &story.anna)
}

fn end_the_session(story: &Story) -> Result<()> {
    let anna = story.anna.window()?;
    anna.switch_to("bar")?;
    anna.click_away("bar-stop")?;
    story.stage.until("the bar is gone", SOON, || Ok(anna.is_closed("bar")?.then_some(())))?;
    let boris = story.boris.main()?;
    boris.state("entry", "data-reason", &["stopped_by_customer"], SOON)?;
    Ok(())
}
