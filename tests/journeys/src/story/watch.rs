//! Galina watches: the board, a look that nobody in the talk sees, taking over, the trail.

use anyhow::{Result, ensure};

use super::Story;
use crate::SOON;
use crate::recorder::Recorder;

const QUESTION: &str = "Здравствуйте, Анна! Какой у вас принтер?";
const LAST: &str = "Анна, дальше помогу я. Сейчас всё исправим";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let boris = story.boris.main()?;
    boris.fill("composer", QUESTION)?;
    boris.click("composer-send")?;
    story.anna.main()?.says("message-text", QUESTION, SOON)?;

    story.galina.open(None)?;
    board(story, pictures)?;
    look(story, pictures)?;
    take_over(story, pictures)?;
    trail(story, pictures)
}

/// Who talks with whom, and since when.
fn board(story: &Story, pictures: &Recorder) -> Result<()> {
    let galina = story.galina.main()?;
    galina.state("app", "data-state", &["workplace"], SOON)?;
    galina.click("rail-board")?;
    galina.state("board", "data-live", &["true"], SOON)?;
    story.stage.until("the board shows the talk and who has it", SOON, || {
        let talk = galina.all("[data-testid=board-talk][data-group=held]")?;
        let busy = galina.all("[data-testid=board-person][data-doing=busy]")?;
        Ok((talk.len() == 1 && busy.len() == 1).then_some(()))
    })?;
    pictures.picture("board", &story.galina)?;
    Ok(())
}

/// She reads what they say; Anna's window shows nothing of it.
fn look(story: &Story, pictures: &Recorder) -> Result<()> {
    let galina = story.galina.main()?;
    galina.choose_in("[data-testid=board-talk][data-group=held] [data-testid=look-in]")?;
    galina.find_within("look", SOON)?;
    galina.says("message-text", QUESTION, SOON)?;
    pictures.picture("look-galina", &story.galina)?;
    let anna = story.anna.main()?;
    let shown = anna.text("conversation")?;
    ensure!(shown.contains(QUESTION), "Anna reads the talk");
    ensure!(!shown.contains("Галина"), "she learns of no look");
    pictures.picture("look-anna", &story.anna)?;
    Ok(())
}

/// Anna sees the new name; Boris is told.
fn take_over(story: &Story, pictures: &Recorder) -> Result<()> {
    let galina = story.galina.main()?;
    galina.click("take-over")?;
    galina.click("take-over-sure")?;
    galina.find_within("composer", SOON)?;
    galina.fill("composer", LAST)?;
    galina.click("composer-send")?;
    let anna = story.anna.main()?;
    anna.says("message-text", LAST, SOON)?;
    anna.says("conversation-title", "Галина Орлова", SOON)?;
    story.boris.main()?.find_within("taken", SOON)?;
    pictures.picture("taken-anna", &story.anna)?;
    pictures.picture("taken-boris", &story.boris)?;
    Ok(())
}

/// Every act is in the trail.
fn trail(story: &Story, pictures: &Recorder) -> Result<()> {
    let galina = story.galina.main()?;
    galina.click("rail-board")?;
    galina.click("board-tab-audit")?;
    for act in ["looked_in", "took_over"] {
        story.stage.until("the act is in the trail", SOON, || {
            let rows = galina.all(&format!("[data-testid=audit-row][data-act={act}]"))?;
            Ok((rows.len() == 1).then_some(()))
        })?;
    }
    pictures.picture("trail", &story.galina)?;
    Ok(())
}
