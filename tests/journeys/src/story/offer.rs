//! 3: Boris, who looks at another program, is called; he accepts and the conversation opens.

use std::process::Command;

use anyhow::Result;

use super::Story;
use crate::SOON;
use crate::programs::built;
use crate::recorder::Recorder;

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let window = story.boris.main()?;
    window.click("presence")?;
    window.find("presence-on_line")?;
    pictures.picture("03-presence", &story.boris)?;
    let machine = story.boris.machine();
    let mut reading = Command::new(built("opora-painter")?);
    reading.arg(machine.home().join("reading.txt"));
    let reading = machine.start_program("reading", &mut reading)?;
    let display = machine.display();
    story
        .stage
        .until("Boris looks at another program", SOON, || Ok(display.window("Painter")?.is_some().then_some(())))?;

    window.click("presence-on_line")?; // back from lunch; his eyes are elsewhere all the same
    window.find("offer")?;
    story.stage.until("Boris' desktop notifies him", SOON, || {
        let told = machine.bus().notifications();
        Ok(told.iter().any(|one| one.app == "Opora").then_some(()))
    })?;
    drop(reading); // he has other things to look at now
    pictures.picture("03-offer", &story.boris)?;
    window.click("offer-accept")?;
    window.state("conversation", "data-state", &["accepted"], SOON)?;
    window.says("conversation-title", "Анна Белова", SOON)?;
    story.anna.main()?.state("conversation", "data-state", &["accepted"], SOON)?;
    pictures.picture("03-offer-accepted", &story.boris)
}
