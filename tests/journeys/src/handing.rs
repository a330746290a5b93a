//! A warm hand-over in real windows: Boris has Anna's talk, Vera reads his brief and takes it, and
//! Anna sees the name before the switch.

use std::path::Path;

use anyhow::{Result, ensure};
use opora_testkit::Stage;

use crate::SOON;
use crate::desk::Desk;
use crate::person::Person;
use crate::recorder::{Recorder, Summary};
use crate::story::desk::{As, invite, own_the_desk};

const PROBLEM: &str = "После обновления не печатается счёт-фактура";
const PICKED: &str = "Отчётность сдаём до шести";

type Step = fn(&mut Handing, &Recorder) -> Result<()>;

/// The steps by name, in order.
const STEPS: &[(&str, Step)] =
    &[("1-office", office), ("2-talk", talk), ("3-offer", offer), ("4-decline", decline), ("5-accept", accept)];

/// The people, and what is between them.
#[derive(Debug)]
pub struct Handing {
    /// Holds the desk while the story is told.
    _desk: Desk,
    owner_invite: String,
    galina: Person,
    boris: Person,
    vera: Person,
    anna: Person,
    /// Holds the displays.
    _stage: Stage,
}

impl Handing {
    /// Plays all steps and leaves pictures and summary in `out`.
    ///
    /// # Errors
    /// The first step's that failed; the summary is written all the same.
    pub fn play(out: &Path) -> Result<Summary> {
        let mut recorder = Recorder::new(out)?;
        let went = Self::steps(&mut recorder);
        let names: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        let summary = recorder.finish(&names)?;
        went.map(|()| summary)
    }

    fn steps(recorder: &mut Recorder) -> Result<()> {
        let stage = Stage::open("handing")?;
        let profiles = stage.folder().join("profiles");
        let (desk, owner_invite) = Desk::open(&stage)?;
        let arrive = |who| Person::arrive(&stage, who, &profiles);
        let (galina, boris, vera, anna) = (arrive("galina")?, arrive("boris")?, arrive("vera")?, arrive("anna")?);
        let mut handing = Self { _desk: desk, owner_invite, galina, boris, vera, anna, _stage: stage };
        for (name, step) in STEPS {
            recorder.step(name, |pictures| step(&mut handing, pictures))?;
        }
        Ok(())
    }
}

/// Galina invites three people and goes; they join.
fn office(story: &mut Handing, _: &Recorder) -> Result<()> {
    story.galina.open(Some(&story.owner_invite))?;
    own_the_desk(&story.galina)?;
    let boris = invite(&story.galina, "Борис Седов", As::Specialist)?;
    let vera = invite(&story.galina, "Вера Титова", As::Specialist)?;
    let anna = invite(&story.galina, "Анна Белова", As::Customer)?;
    story.galina.close();
    for (person, link) in [(&mut story.boris, boris), (&mut story.vera, vera), (&mut story.anna, anna)] {
        person.open(Some(&link))?;
        person.join()?;
    }
    // Only Boris is to be offered the request.
    let vera = story.vera.main()?;
    vera.click("presence")?;
    vera.click("presence-lunch-60")?;
    vera.state("presence", "data-state", &["lunch"], SOON)?;
    Ok(())
}

/// Anna asks, Boris accepts, and she says what matters.
fn talk(story: &mut Handing, _: &Recorder) -> Result<()> {
    let anna = story.anna.main()?;
    anna.click("ask-help")?;
    anna.choose("ask-class-error")?;
    anna.fill("ask-description", "Не печатается счёт-фактура")?;
    anna.click("ask-send")?;
    let boris = story.boris.main()?;
    boris.find_within("offer", SOON)?;
    boris.click("offer-accept")?;
    boris.state("conversation", "data-state", &["accepted"], SOON)?;
    anna.state("conversation", "data-state", &["accepted"], SOON)?;
    anna.fill("composer", PICKED)?;
    anna.click("composer-send")?;
    boris.says("message-text", PICKED, SOON)?;
    Ok(())
}

/// Boris writes the brief and offers the talk to Vera.
fn offer(story: &mut Handing, pictures: &Recorder) -> Result<()> {
    write_brief(story)?;
    pictures.picture("03-brief", &story.boris)?;
    story.boris.main()?.click("transfer-send")?;
    story.boris.main()?.find_within("outgoing", SOON)?;
    let anna = story.anna.main()?;
    anna.state("handed", "data-name", &["Вера Титова"], SOON)?;
    anna.says("conversation-title", "Борис Седов", SOON)?;
    let vera = story.vera.main()?;
    vera.find_within("incoming", SOON)?;
    vera.says("brief-problem-text", PROBLEM, SOON)?;
    pictures.picture("03-incoming", &story.vera)?;
    pictures.picture("03-outgoing", &story.boris)?;
    pictures.picture("03-anna", &story.anna)
}

fn write_brief(story: &Handing) -> Result<()> {
    let boris = story.boris.main()?;
    boris.click("transfer-open")?;
    boris.find_within("transfer-to", SOON)?;
    boris.choose_in("[data-testid=transfer-to][data-name='Вера Титова']")?;
    boris.fill("transfer-problem", PROBLEM)?;
    boris.choose_in("[data-testid=pick]")?;
    Ok(())
}

/// Vera is on her way to lunch; the talk stays with Boris, who reads why.
fn decline(story: &mut Handing, pictures: &Recorder) -> Result<()> {
    let vera = story.vera.main()?;
    vera.click("incoming-decline")?;
    vera.fill("incoming-reason", "Иду на обед")?;
    vera.click("incoming-refuse")?;
    vera.gone("incoming")?;
    let boris = story.boris.main()?;
    boris.state("told", "data-how", &["declined"], SOON)?;
    pictures.picture("04-told", &story.boris)?;
    boris.click("told-read")?;
    story.anna.main()?.gone("handed")
}

/// Back from lunch she takes it: Anna reads her name, and goes on in the same talk.
fn accept(story: &mut Handing, pictures: &Recorder) -> Result<()> {
    write_brief(story)?;
    story.boris.main()?.click("transfer-send")?;
    let vera = story.vera.main()?;
    vera.find_within("incoming", SOON)?;
    vera.click("incoming-accept")?;
    vera.state("conversation", "data-state", &["accepted"], SOON)?;
    vera.says("message-text", PICKED, SOON)?;
    let anna = story.anna.main()?;
    anna.says("conversation-title", "Вера Титова", SOON)?;
    story.boris.main()?.state("conversation", "data-state", &["left"], SOON)?;
    vera.fill("composer", "Здравствуйте, Анна, уже вижу, в чём дело")?;
    vera.click("composer-send")?;
    anna.says("message-text", "уже вижу, в чём дело", SOON)?;
    ensure!(anna.all("[data-testid=note]")?.is_empty(), "the staff's side is not on Anna's screen");
    vera.click("side-notes")?;
    vera.find_within("note", SOON)?;
    pictures.picture("05-vera", &story.vera)?;
    pictures.picture("05-anna", &story.anna)?;
    pictures.picture("05-boris", &story.boris)
}
