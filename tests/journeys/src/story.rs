//! The main job, end to end: a customer gets help from a specialist. Nine steps, as in the README.

mod ask;
mod chat;
mod consent;
mod control;
pub(crate) mod desk;
mod file;
mod glass;
mod offer;
mod offline;
mod ticket;
mod watch;

use std::path::Path;

use anyhow::Result;
use opora_testkit::{Program, Stage};

pub use glass::Glass;

use crate::desk::Desk;
use crate::person::Person;
use crate::recorder::{Recorder, Summary};

type Step = fn(&mut Story, &Recorder) -> Result<()>;

/// The steps by name, in order.
const STEPS: &[(&str, Step)] = &[
    ("1-desk", desk::play),
    ("2-ask", ask::play),
    ("3-offer", offer::play),
    ("4-chat", chat::play),
    ("5-file", file::play),
    ("6-consent", consent::play),
    ("7-control", control::play),
    ("8-ticket", ticket::play),
    ("9-offline", offline::play),
];

/// The steps of the story in which Galina watches.
const WATCHED: &[(&str, Step)] =
    &[("1-desk", desk::play), ("2-ask", ask::play), ("3-offer", offer::play), ("4-watch", watch::play)];

/// The people, and what is between them.
#[derive(Debug)]
pub struct Story {
    desk: Desk,
    owner_invite: String,
    galina: Person,
    boris: Person,
    anna: Person,
    /// Real programs on the people's screens.
    others: Vec<Program>,
    stage: Stage,
}

impl Story {
    /// Brings desk and people together; nobody has joined yet. Profiles are kept in `profiles`.
    ///
    /// # Errors
    /// When a part of the stage or the desk does not start.
    pub fn begin(stage: Stage, profiles: &Path) -> Result<Self> {
        let (desk, owner_invite) = Desk::open(&stage)?;
        let galina = Person::arrive(&stage, "galina", profiles)?;
        let boris = Person::arrive(&stage, "boris", profiles)?;
        let anna = Person::arrive(&stage, "anna", profiles)?;
        Ok(Self { desk, owner_invite, galina, boris, anna, others: Vec::new(), stage })
    }

    /// Plays the story until Boris sees Anna's screen, without the talk before it.
    ///
    /// # Errors
    /// When a step does not succeed.
    pub fn up_to_session(stage: Stage, profiles: &Path, pictures: &Recorder) -> Result<Self> {
        let mut story = Self::begin(stage, profiles)?;
        for step in [desk::play, ask::play, offer::play, consent::play] {
            step(&mut story, pictures)?;
        }
        Ok(story)
    }

    /// The customer.
    #[must_use]
    pub fn anna(&self) -> &Person {
        &self.anna
    }

    /// The specialist.
    #[must_use]
    pub fn boris(&self) -> &Person {
        &self.boris
    }

    /// Plays all steps and leaves pictures and summary in `out`. A step that fails ends the story.
    ///
    /// # Errors
    /// The first step's that failed; the summary is written all the same.
    pub fn play(out: &Path) -> Result<Summary> {
        Self::play_steps(out, STEPS)
    }

    /// Plays the story in which Galina looks in, whispers and takes over.
    ///
    /// # Errors
    /// As [`Story::play`].
    pub fn watch(out: &Path) -> Result<Summary> {
        Self::play_steps(out, WATCHED)
    }

    fn play_steps(out: &Path, steps: &[(&str, Step)]) -> Result<Summary> {
        let mut recorder = Recorder::new(out)?;
        let went = Self::steps(&mut recorder, steps);
        let names: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
        let summary = recorder.finish(&names)?;
        went.map(|()| summary)
    }

    fn steps(recorder: &mut Recorder, steps: &[(&str, Step)]) -> Result<()> {
        let stage = Stage::open("story")?;
        let profiles = stage.folder().join("profiles");
        let mut story = Self::begin(stage, &profiles)?;
        for (name, step) in steps {
            recorder.step(name, |pictures| step(&mut story, pictures))?;
        }
        Ok(())
    }
}
