//! 9: without a network Anna writes and drafts a ticket; killed and started again, both arrive once.

use std::path::Path;

use anyhow::{Context, Result};
use opora_testkit::WebDriver;

use super::{Story, chat};
use crate::SOON;
use crate::recorder::Recorder;

const MESSAGE: &str = "Пишу без сети: печать тоже не работает";
const SUBJECT: &str = "Не печатается накладная";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    talk_again(story)?;
    story.desk.cut();
    let file = story.stage.folder().join("printer.log");
    std::fs::write(&file, "E07 paper jam\n".repeat(200)).context("write the log")?;

    let anna = story.anna.main()?;
    anna.state("link-state", "data-state", &["offline", "connecting"], SOON)?;
    chat::write(&story.anna, MESSAGE)?;
    let mark = format!("{} [data-testid=message-mark]", message(anna, MESSAGE)?);
    story.stage.until("the message waits", SOON, || waits(anna, &mark))?;
    pictures.picture("09-offline-message", &story.anna)?;
    draft_a_ticket(story, &file)?;
    let waiting = "[data-testid=ticket-row][data-mark=waiting]";
    story.stage.until("the ticket waits", SOON, || Ok(anna.all(waiting)?.into_iter().next().map(drop)))?;
    pictures.picture("09-offline-ticket", &story.anna)?;

    story.anna.kill();
    story.anna.open(None)?;
    story.desk.start(&story.stage)?;
    let (anna, boris) = (story.anna.main()?, story.boris.main()?);
    anna.state("link-state", "data-state", &["online"], SOON * 2)?;
    boris.says("message-text", MESSAGE, SOON)?;
    anna.click("tab-tickets")?;
    let sent = "[data-testid=ticket-row][data-mark=sent], [data-testid=ticket-row][data-mark=seen]";
    story.stage.until("both tickets are at the desk", SOON, || Ok((anna.all(sent)?.len() == 2).then_some(())))?;

    let texts = boris.all("[data-testid=message-text]")?;
    let texts = texts.iter().map(|element| boris.text_of(element)).collect::<Result<Vec<_>>>()?;
    anyhow::ensure!(texts.iter().filter(|text| *text == MESSAGE).count() == 1, "once, not {texts:?}");
    pictures.picture("09-offline", &story.boris)?;
    boris.click("rail-tickets")?;
    boris.says("ticket-row", SUBJECT, SOON)?;
    let rows = boris.all("[data-testid=ticket-row]")?;
    let rows = rows.iter().map(|row| boris.text_of(row)).collect::<Result<Vec<_>>>()?;
    anyhow::ensure!(rows.iter().filter(|row| row.contains(SUBJECT)).count() == 1, "once, not {rows:?}");
    pictures.picture("09-offline-tickets", &story.boris)
}

/// A second request, which Boris takes, so that there is a talk to write in.
fn talk_again(story: &Story) -> Result<()> {
    let anna = story.anna.main()?;
    anna.click("tab-help")?;
    anna.click("ask-help")?;
    anna.choose("ask-class-broken")?;
    anna.fill("ask-description", "Не печатает принтер")?;
    anna.click("ask-send")?;
    let boris = story.boris.main()?;
    boris.click("offer-accept")?;
    boris.state("conversation", "data-state", &["accepted"], SOON)?;
    anna.state("conversation", "data-state", &["accepted"], SOON)?;
    Ok(())
}

fn draft_a_ticket(story: &Story, file: &Path) -> Result<()> {
    let anna = story.anna.main()?;
    anna.click("conversation-back")?;
    anna.click("tab-tickets")?;
    anna.click("ticket-new")?;
    anna.fill("ticket-subject", SUBJECT)?;
    story.anna.pick(&story.stage, "ticket-attach", file)?;
    anna.find("ticket-file")?;
    anna.click("ticket-send")?;
    anna.gone("ticket-dialog")
}

/// The CSS of the message with this text.
fn message(window: &WebDriver, text: &str) -> Result<String> {
    window.says("message-text", text, SOON)?;
    let script = "return [...document.querySelectorAll('[data-testid=message]')]\
        .find((one) => one.querySelector('[data-testid=message-text]')?.textContent === arguments[0])?.dataset.id";
    let id = window.script(script, &serde_json::json!([text]))?;
    Ok(format!("[data-testid=message][data-id=\"{}\"]", id.as_str().context("the message is on the screen")?))
}

fn waits(window: &WebDriver, mark: &str) -> Result<Option<()>> {
    let Some(mark) = window.all(mark)?.into_iter().next() else { return Ok(None) };
    let state = window.attribute(&mark, "data-state")?;
    Ok(matches!(state.as_deref(), Some("waiting" | "sending")).then_some(()))
}
