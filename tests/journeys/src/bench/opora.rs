//! Opora: the story up to the moment when the specialist sees the customer's screen, in real windows.

use std::path::Path;

use anyhow::Result;
use opora_testkit::{Machine, Stage};

use super::Peer;
use crate::recorder::Recorder;
use crate::story::{Glass, Story};

/// A running session between two people's programs.
pub struct Opora {
    story: Story,
    glass: Glass,
    sharing: u32,
    viewing: u32,
}

impl Opora {
    /// Plays the story until the picture is there, then shows it pixel by pixel.
    ///
    /// # Errors
    /// When a step does not succeed.
    pub fn start(stage: Stage, pictures: &Path) -> Result<Self> {
        let recorder = Recorder::new(pictures)?;
        let profiles = stage.folder().join("profiles");
        let story = Story::up_to_session(stage, &profiles, &recorder)?;
        let glass = story.glass_one_to_one()?;
        let sharing = story.anna().window()?.program_id()?;
        let viewing = story.boris().window()?.program_id()?;
        Ok(Self { story, glass, sharing, viewing })
    }

    /// Whose screen is shown.
    #[must_use]
    pub fn customer(&self) -> &Machine {
        self.story.anna().machine()
    }

    /// Who looks.
    #[must_use]
    pub fn helper(&self) -> &Machine {
        self.story.boris().machine()
    }
}

impl Peer for Opora {
    fn name(&self) -> &'static str {
        "opora"
    }

    fn place(&self, x: i16, y: i16) -> Result<(i16, i16)> {
        Ok(self.glass.at((x, y)))
    }

    fn sharing(&self) -> Vec<u32> {
        vec![self.sharing]
    }

    fn viewing(&self) -> Vec<u32> {
        vec![self.viewing]
    }
}
