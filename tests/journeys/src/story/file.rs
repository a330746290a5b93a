//! 5: Boris drops a file into the conversation; Anna takes it; it is the same file, byte by byte.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::Story;
use crate::SOON;
use crate::recorder::Recorder;

const NAME: &str = "fix-118.txt";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let sent = story.stage.folder().join(NAME);
    std::fs::write(&sent, contents()).context("write the file")?;
    let (boris, anna) = (story.boris.main()?, story.anna.main()?);
    story.boris.pick(&story.stage, "file-send", &sent)?;

    let css = format!("[data-testid=file][data-name=\"{NAME}\"]");
    let offered = story.stage.until("Anna is offered the file", SOON, || Ok(anna.all(&css)?.into_iter().next()))?;
    ensure!(anna.text_of(&offered)?.contains(NAME), "the card names the file");
    pictures.picture("05-file-offered", &story.anna)?;
    if !anna.all(&format!("{css} [data-testid=file-accept]"))?.is_empty() {
        anna.click("file-accept")?;
    }
    let here = format!("{css}[data-state=here]");
    story.stage.until("the file is at Anna's", SOON, || Ok(anna.all(&here)?.into_iter().next()))?;
    let save = anna.all(&format!("{css} [data-testid=file-save]"))?;
    anna.click_element(save.first().context("it can be saved")?)?;
    let saved = anna.text("file-saved")?;
    let (one, other) = (std::fs::read(&sent)?, std::fs::read(Path::new(saved.trim()))?);
    ensure!(one == other, "what arrived is what was sent: {} and {} bytes", one.len(), other.len());
    boris.find("conversation")?;
    pictures.picture("05-file", &story.anna)
}

/// Three quarters of a megabyte that no compression makes small: several pieces on the wire.
fn contents() -> Vec<u8> {
    let mut state = 118_u32;
    let next = || {
        // A linear congruential generator (Numerical Recipes): the same file in every run.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(768 * 1024).collect()
}
