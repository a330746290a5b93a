//! What the demo leaves: a picture of every step and `summary.json`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use opora_testkit::RgbaImage;
use serde::Serialize;

use crate::person::Person;

/// How a step went.
#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    /// `1-desk` and so on.
    pub name: String,
    /// It was seen on the screen of the one who should see it.
    pub ok: bool,
    /// How long it took, in milliseconds; 0 when it was not reached.
    pub ms: u64,
}

/// `summary.json`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// In the order of the story.
    pub steps: Vec<StepReport>,
    /// All of them.
    pub ok: bool,
}

/// Writes pictures and summary into one folder.
#[derive(Debug)]
pub struct Recorder {
    folder: PathBuf,
    summary: Summary,
}

/// Looks at a screen that does not come to rest: a caret blinks, a bar runs.
const MOST_LOOKS: usize = 6;

/// The screen after two frames of the page.
fn painted(of: &Person) -> Result<RgbaImage> {
    // Somebody may be looked at whose program is closed.
    if let Ok(window) = of.window() {
        window.painted()?;
    }
    of.machine().display().screenshot()
}

impl Recorder {
    /// Records into `folder`; a summary of an earlier run is removed first.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
        match std::fs::remove_file(folder.join("summary.json")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).context("remove summary.json"),
            _ => Ok(Self { folder: folder.to_owned(), summary: Summary::default() }),
        }
    }

    /// Saves what a person's screen shows, as `<name>.png`, when the page has painted what it has.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn picture(&self, name: &str, of: &Person) -> Result<()> {
        let mut shown = painted(of)?;
        for _ in 0..MOST_LOOKS {
            let next = painted(of)?;
            let still = shown == next;
            shown = next;
            if still {
                break;
            }
        }
        let path = self.folder.join(format!("{name}.png"));
        shown.save(&path).with_context(|| format!("save {}", path.display()))
    }

    /// Runs a step and notes how it went. The steps after a failed one are noted as not reached.
    ///
    /// # Errors
    /// The step's own.
    pub fn step(&mut self, name: &str, play: impl FnOnce(&Self) -> Result<()>) -> Result<()> {
        let start = Instant::now();
        let went = play(self).with_context(|| format!("step {name}"));
        let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.summary.steps.push(StepReport { name: name.to_owned(), ok: went.is_ok(), ms });
        went
    }

    /// Writes `summary.json`; `names` are all steps there should have been.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, names: &[&str]) -> Result<Summary> {
        for name in names.iter().skip(self.summary.steps.len()) {
            self.summary.steps.push(StepReport { name: (*name).to_owned(), ok: false, ms: 0 });
        }
        self.summary.ok = self.summary.steps.iter().all(|step| step.ok);
        let text = serde_json::to_string_pretty(&self.summary).context("write the summary")?;
        std::fs::write(self.folder.join("summary.json"), text + "\n").context("write summary.json")?;
        Ok(self.summary)
    }
}
