//! The way to help and back without a mouse: real keys at both displays, Tab to what is meant, Enter or a blank.

use std::path::Path;

use anyhow::{Result, ensure};
use opora_testkit::{Hands, Keysym, Stage, WebDriver};
use serde_json::json;

use crate::SOON;
use crate::desk::Desk;
use crate::person::Person;
use crate::recorder::{Recorder, Summary};
use crate::story::desk::{As, invite, own_the_desk};

const TROUBLE: &str = "Не проводится накладная";
const HELLO: &str = "Здравствуйте, смотрю";
/// No window has so many places that Tab stops at.
const MOST_STOPS: usize = 80;

type Step = fn(&mut Keyboard, &Recorder) -> Result<()>;

/// The steps by name, in order.
const STEPS: &[(&str, Step)] = &[
    ("1-join", join),
    ("2-ask", ask),
    ("3-chat", chat),
    ("4-screen", screen),
    ("5-ticket", ticket),
    ("6-rating", rate),
];

/// Two people whose mice are broken.
#[derive(Debug)]
pub struct Keyboard {
    /// Holds the desk while the story is told.
    _desk: Desk,
    owner_invite: String,
    galina: Person,
    boris: Person,
    anna: Person,
    stage: Stage,
}

impl Keyboard {
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
        let stage = Stage::open("keyboard")?;
        let profiles = stage.folder().join("profiles");
        let (desk, owner_invite) = Desk::open(&stage)?;
        let arrive = |who| Person::arrive(&stage, who, &profiles);
        let (galina, boris, anna) = (arrive("galina")?, arrive("boris")?, arrive("anna")?);
        let mut story = Self { _desk: desk, owner_invite, galina, boris, anna, stage };
        for (name, step) in STEPS {
            recorder.step(name, |pictures| step(&mut story, pictures))?;
        }
        Ok(())
    }

    fn at<'a>(&'a self, person: &'a Person, window: &str) -> Result<Keys<'a>> {
        let driver = person.window()?;
        driver.switch_to(window)?;
        Ok(Keys { stage: &self.stage, window: driver, hands: person.machine().display().hands()? })
    }
}

/// Notes what has the focus, and whether a Tab has come since.
const BEFORE_TAB: &str = "window.oporaBefore = document.activeElement;
    window.oporaTabbed = false;
    document.addEventListener('keyup', () => (window.oporaTabbed = true), { once: true, capture: true });";

/// The keys at one window; the driver is only asked what has the focus.
struct Keys<'a> {
    stage: &'a Stage,
    window: &'a WebDriver,
    hands: Hands,
}

impl Keys<'_> {
    /// Goes on by Tab until this has the focus.
    fn to(&self, test_id: &str) -> Result<()> {
        self.window.find(test_id)?;
        for _ in 0..MOST_STOPS {
            if self.focus()? == test_id {
                return Ok(());
            }
            self.window.script(BEFORE_TAB, &json!([]))?;
            self.hands.chord(&[Keysym::Tab])?;
            // A date is three stops in one element.
            let moved = "const at = document.activeElement;
                return window.oporaBefore !== at || (window.oporaTabbed && at?.type === 'date')";
            let moved = || Ok((self.window.script(moved, &json!([]))? == true).then_some(()));
            self.stage.until(&format!("Tab goes on, on the way to {test_id}"), SOON, moved)?;
        }
        anyhow::bail!("{test_id} cannot be reached by Tab")
    }

    fn focus(&self) -> Result<String> {
        let script = "return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? ''";
        Ok(self.window.script(script, &json!([]))?.as_str().unwrap_or_default().to_owned())
    }

    fn enter(&self, test_id: &str) -> Result<()> {
        self.to(test_id)?;
        self.hands.chord(&[Keysym::Return])
    }

    fn tick(&self, test_id: &str) -> Result<()> {
        self.to(test_id)?;
        self.hands.chord(&[Keysym::space])
    }

    fn write(&self, test_id: &str, text: &str) -> Result<()> {
        self.to(test_id)?;
        self.hands.type_text(text)?;
        // The page may be behind the keys.
        let there = || Ok(self.window.value(test_id)?.ends_with(text).then_some(()));
        Ok(self.stage.until(&format!("{test_id} holds what was typed"), SOON, there)?)
    }
}

/// Galina has a mouse; the two join by keys.
fn join(story: &mut Keyboard, _: &Recorder) -> Result<()> {
    story.galina.open(Some(&story.owner_invite))?;
    own_the_desk(&story.galina)?;
    let boris = invite(&story.galina, "Борис Седов", As::Specialist)?;
    let anna = invite(&story.galina, "Анна Белова", As::Customer)?;
    story.galina.close();
    for (person, link) in [(&mut story.boris, boris), (&mut story.anna, anna)] {
        person.open(Some(&link))?;
    }
    for person in [&story.boris, &story.anna] {
        let keys = story.at(person, "main")?;
        keys.enter("join-look")?;
        keys.enter("join-go")?;
        keys.window.state("app", "data-state", &["customer", "workplace"], SOON)?;
        keys.window.state("link-state", "data-state", &["online"], SOON)?;
    }
    Ok(())
}

fn ask(story: &mut Keyboard, pictures: &Recorder) -> Result<()> {
    let anna = story.at(&story.anna, "main")?;
    anna.enter("ask-help")?;
    anna.window.find("ask-description")?;
    anna.write("ask-description", TROUBLE)?;
    anna.enter("ask-send")?;
    let boris = story.at(&story.boris, "main")?;
    boris.window.find_within("offer", SOON)?;
    boris.enter("offer-accept")?;
    boris.window.state("conversation", "data-state", &["accepted"], SOON)?;
    anna.window.state("conversation", "data-state", &["accepted"], SOON)?;
    pictures.picture("2-accepted", &story.boris)
}

fn chat(story: &mut Keyboard, _: &Recorder) -> Result<()> {
    let (boris, anna) = (story.at(&story.boris, "main")?, story.at(&story.anna, "main")?);
    boris.write("composer", HELLO)?;
    boris.hands.chord(&[Keysym::Return])?;
    anna.window.says("message-text", HELLO, SOON)?;
    anna.write("composer", "Спасибо")?;
    anna.hands.chord(&[Keysym::Return])?;
    boris.window.says("message-text", "Спасибо", SOON)?;
    Ok(())
}

fn screen(story: &mut Keyboard, pictures: &Recorder) -> Result<()> {
    let boris = story.at(&story.boris, "main")?;
    boris.hands.chord(&[Keysym::F6])?;
    boris.enter("screen-send")?;
    let consent = story.at(&story.anna, "consent")?;
    consent.window.state("consent", "data-state", &["armed"], SOON)?;
    // The card takes nobody's focus by itself; a person goes to it with Alt+Tab.
    story.anna.machine().display().activate("Opora: просят показать экран")?;
    consent.tick("consent-scope-pointer")?;
    pictures.picture("4-consent", &story.anna)?;
    consent.enter("consent-allow")?;
    let bar = story.at(&story.anna, "bar")?;
    bar.window.state("bar", "data-state", &["live"], SOON)?;
    bar.hands.chord(&[Keysym::Control_L, Keysym::Alt_L, Keysym::End])?;
    let gone = || Ok(bar.window.is_closed("bar")?.then_some(()));
    story.stage.until("the stop key ends it", SOON, gone)?;
    let boris = story.at(&story.boris, "main")?;
    boris.window.state("entry", "data-reason", &["stopped_by_customer"], SOON)?;
    story.boris.machine().display().activate("Opora")
}

fn ticket(story: &mut Keyboard, _: &Recorder) -> Result<()> {
    let boris = story.at(&story.boris, "main")?;
    boris.hands.chord(&[Keysym::F7])?;
    boris.window.find("ticket-subject")?;
    boris.write("ticket-description", "Проверить склад по умолчанию")?;
    boris.enter("ticket-send")?;
    boris.window.gone("ticket-dialog")?;
    boris.hands.chord(&[Keysym::F9])?;
    boris.enter("close-sure")?;
    boris.window.state("conversation", "data-state", &["closed"], SOON)?;
    Ok(())
}

fn rate(story: &mut Keyboard, pictures: &Recorder) -> Result<()> {
    story.anna.machine().display().activate("Opora")?;
    let anna = story.at(&story.anna, "main")?;
    anna.window.find_within("rating", SOON)?;
    anna.tick("rating-star-1")?;
    for _ in 0..4 {
        anna.hands.chord(&[Keysym::Right])?;
    }
    let chosen = || Ok((anna.focus()? == "rating-star-5").then_some(()));
    story.stage.until("the arrows go to five stars", SOON, chosen)?;
    anna.enter("rating-send")?;
    anna.window.state("rating-done", "data-stars", &["5"], SOON)?;
    pictures.picture("6-rated", &story.anna)?;
    ensure!(!story.anna.machine().display().hands()?.anything_held()?, "no key stays down");
    Ok(())
}
