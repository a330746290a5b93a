//! Galina watches: the board, a look that nobody in the talk sees, a whisper that only Boris reads, taking
//! over, the trail.

use anyhow::{Result, ensure};

use super::Story;
use crate::SOON;
use crate::recorder::Recorder;

const QUESTION: &str = "Здравствуйте, Анна! Какой у вас принтер?";
const WHISPER: &str = "Спросите, когда его обновляли";
const LAST: &str = "Анна, дальше помогу я. Сейчас всё исправим";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let boris = story.boris.main()?;
    boris.fill("composer", QUESTION)?;
    boris.click("composer-send")?;
    story.anna.main()?.says("message-text", QUESTION, SOON)?;

    story.galina.open(None)?;
    board(story, pictures)?;
    look(story, pictures)?;
    whisper(story, pictures)?;
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

/// Boris's notes are marked, and he reads who whispers what; Anna's window shows nothing of it.
fn whisper(story: &Story, pictures: &Recorder) -> Result<()> {
    let galina = story.galina.main()?;
    galina.says("notes-only", "Борис", SOON)?;
    galina.fill("note-field", WHISPER)?;
    pictures.picture("whisper-galina", &story.galina)?;
    galina.click("note-send")?;
    let boris = story.boris.main()?;
    boris.state("side-notes", "data-unread", &["1"], SOON)?;
    pictures.picture("whisper-boris", &story.boris)?;
    boris.click("side-notes")?;
    boris.says("note", "Галина Орлова", SOON)?;
    boris.says("note-text", WHISPER, SOON)?;
    boris.state("side-notes", "data-unread", &["0"], SOON)?;
    pictures.picture("whisper-read-boris", &story.boris)?;
    let anna = story.anna.main()?;
    let shown = anna.text("conversation")?;
    ensure!(shown.contains(QUESTION) && !shown.contains(WHISPER), "nothing of it is on Anna's screen");
    ensure!(anna.all("[data-testid=note]")?.is_empty(), "she has no notes");
    pictures.picture("whisper-anna", &story.anna)?;
    Ok(())
}

/// Anna sees the new name; Boris is told, and leaves.
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
    let boris = story.boris.main()?;
    boris.find_within("taken", SOON)?;
    boris.state("conversation", "data-state", &["left"], SOON)?;
    ensure!(!boris.text("conversation")?.contains(LAST), "he reads nothing new");
    pictures.picture("taken-anna", &story.anna)?;
    pictures.picture("taken-boris", &story.boris)?;
    Ok(())
}

/// Every act is in the trail.
fn trail(story: &Story, pictures: &Recorder) -> Result<()> {
    let galina = story.galina.main()?;
    galina.click("rail-board")?;
    galina.click("board-tab-audit")?;
    for act in ["looked_in", "whispered", "took_over"] {
        story.stage.until("the act is in the trail", SOON, || {
            let rows = galina.all(&format!("[data-testid=audit-row][data-act={act}]"))?;
            Ok((rows.len() == 1).then_some(()))
        })?;
    }
    pictures.picture("trail", &story.galina)?;
    Ok(())
}
