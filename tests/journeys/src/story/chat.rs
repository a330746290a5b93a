//! 4: they write to each other, with marks, typing, a reply and a picture; a restart loses nothing.

use anyhow::{Context, Result};
use opora_testkit::RgbaImage;

use super::Story;
use crate::SOON;
use crate::person::Person;
use crate::recorder::Recorder;

const HELLO: &str = "Здравствуйте, Анна! Сейчас посмотрим. Какой документ?";
const ANSWER: &str = "Накладная 118 от 24 ноября";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let (boris, anna) = (story.boris.main()?, story.anna.main()?);
    let composer = boris.find("composer")?;
    boris.type_into(&composer, HELLO)?;
    anna.state("typing", "data-name", &["Борис Седов"], SOON)?;
    boris.click("composer-send")?;
    anna.says("message-text", HELLO, SOON)?;
    boris.state("message-mark", "data-state", &["seen", "sent"], SOON)?;

    anna.choose_in("[data-testid=message][data-mine=false] [data-testid=message-reply]")?;
    anna.find("composer-quote")?;
    write(&story.anna, ANSWER)?;
    boris.says("message-text", ANSWER, SOON)?;
    boris.says("message-quote", "Какой документ", SOON)?;

    let picture = story.stage.folder().join("invoice.png");
    invoice().save(&picture).context("draw the picture")?;
    story.anna.pick(&story.stage, "composer-attach", &picture)?;
    boris.state("file", "data-name", &["invoice.png"], SOON)?;
    if !boris.all("[data-testid=file-accept]")?.is_empty() {
        boris.click("file-accept")?;
    }
    boris.find_within("file-picture", SOON)?;
    pictures.picture("04-chat", &story.boris)?;
    pictures.picture("04-chat-anna", &story.anna)?;

    for person in [&mut story.boris, &mut story.anna] {
        person.close();
        person.open(None)?;
        reopen(person)?;
    }
    Ok(())
}

/// Writes a message in the conversation that is open.
///
/// # Errors
/// When it cannot be sent.
pub(super) fn write(person: &Person, text: &str) -> Result<()> {
    let window = person.main()?;
    window.fill("composer", text)?;
    window.click("composer-send")
}

/// After a restart: the conversation is where it was, with all that was said.
fn reopen(person: &Person) -> Result<()> {
    let window = person.main()?;
    window.state("app", "data-state", &["customer", "workplace"], SOON)?;
    let card = person.profile().ends_with("anna");
    window.click(if card { "queue-open" } else { "conversation-row" })?;
    window.says("message-text", HELLO, SOON)?;
    window.says("message-text", ANSWER, SOON)?;
    Ok(())
}

/// A picture of an invoice: a sheet with lines and one red field.
fn invoice() -> RgbaImage {
    RgbaImage::from_fn(320, 200, |x, y| {
        let line = y % 24 < 2 && (24..296).contains(&x);
        let field = (120..140).contains(&y) && (24..140).contains(&x);
        if field {
            [214, 69, 65, 255].into()
        } else if line {
            [90, 100, 120, 255].into()
        } else {
            [250, 250, 248, 255].into()
        }
    })
}
