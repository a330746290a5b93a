//! A person of a story: a machine, a profile, and the program's windows on it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use opora_testkit::{Display, Machine, RgbaImage, Size, Stage, WebDriver, differing};

use crate::SOON;
use crate::programs::built;

/// One person at one machine.
#[derive(Debug)]
pub struct Person {
    machine: Machine,
    profile: PathBuf,
    window: Option<WebDriver>,
}

impl Person {
    /// Sets up the machine of `who`, with no program running yet. The profile is in `profiles`, so
    /// that it can outlive the stage.
    ///
    /// # Errors
    /// When a part of the stage is missing.
    pub fn arrive(stage: &Stage, who: &str, profiles: &Path) -> Result<Self> {
        let machine = stage.machine_with(who, Size::default())?;
        Ok(Self { machine, profile: profiles.join(who), window: None })
    }

    /// Starts Opora, with an invite link if there is one, as a click on a link does.
    ///
    /// # Errors
    /// When the program does not show its window.
    pub fn open(&mut self, link: Option<&str>) -> Result<()> {
        let profile = self.profile.to_str().context("the profile has an odd path")?;
        let mut args = vec!["--profile", profile, "--key-store", "file", "--lang", "ru", "--loopback"];
        args.extend(link);
        let window = self.machine.drive(&built("opora-desktop")?, &args)?;
        window.switch_to("main")?;
        self.window = Some(window);
        Ok(())
    }

    /// Ends Opora as the person does, and waits for its end.
    pub fn close(&mut self) {
        self.window = None;
    }

    /// Kills Opora at once (`kill -9`): it can write nothing more.
    pub fn kill(&mut self) {
        if let Some(window) = self.window.take() {
            window.kill();
        }
    }

    /// The windows of Opora.
    ///
    /// # Errors
    /// When it does not run.
    pub fn window(&self) -> Result<&WebDriver> {
        self.window.as_ref().with_context(|| format!("Opora does not run at {}'s", self.machine.who()))
    }

    /// The main window, made current.
    ///
    /// # Errors
    /// When it does not run.
    pub fn main(&self) -> Result<&WebDriver> {
        let window = self.window()?;
        window.switch_to("main")?;
        Ok(window)
    }

    /// The machine: screen, bus, other programs.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Opora's folder of this person.
    #[must_use]
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Joins a desk by the link that the program was opened with.
    ///
    /// # Errors
    /// When the desk does not take the invite.
    pub fn join(&self) -> Result<()> {
        let window = self.main()?;
        window.click("join-look")?;
        window.find("join-preview")?;
        window.click("join-go")?;
        window.state("app", "data-state", &["customer", "workplace"], SOON)?;
        window.state("link-state", "data-state", &["online"], SOON)?;
        Ok(())
    }

    /// Picks a file in the system's dialog, which a click with `test_id` opens, by typing its path.
    ///
    /// # Errors
    /// When the dialog does not open or does not close.
    pub fn pick(&self, stage: &Stage, test_id: &str, path: &Path) -> Result<()> {
        let display = self.machine.display();
        self.window()?.click(test_id)?;
        stage.until("the file dialog is open", SOON, || display.window(DIALOG))?;
        display.activate(DIALOG)?; // the person may have typed elsewhere before
        stage.until("the file dialog is drawn", SOON, still(display))?;
        let hands = display.hands()?;
        // The first stroke makes GTK's dialog change to its field for paths; then it reads the rest.
        hands.type_text("/")?;
        stage.until("the dialog takes a path", SOON, still(display))?;
        hands.type_text(path.to_str().context("an odd path")?.trim_start_matches('/'))?;
        stage.until("the path is written", SOON, still(display))?;
        hands.type_text("\n")?;
        stage.until("the file dialog is gone", SOON, || Ok(display.window(DIALOG)?.is_none().then_some(())))?;
        Ok(())
    }
}

/// The title of the file dialog.
const DIALOG: &str = "Выберите файлы";

/// How long a screen has to stay as it is to count as drawn, and how many pixels a caret may blink.
const STILL: Duration = Duration::from_millis(300);
const CARET: usize = 400;

/// A condition: the screen has not changed for a moment.
fn still(display: &Display) -> impl FnMut() -> Result<Option<()>> + use<'_> {
    let mut last: Option<(Instant, RgbaImage)> = None;
    move || {
        let now = display.screenshot()?;
        if let Some((since, before)) = &last
            && differing(before, &now, 0) <= CARET
        {
            return Ok((since.elapsed() >= STILL).then_some(()));
        }
        last = Some((Instant::now(), now));
        Ok(None)
    }
}
