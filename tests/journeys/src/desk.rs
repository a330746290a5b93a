//! The desk of a story: the real program, on a port of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use opora_testkit::{Program, Stage, free_port};

use crate::SOON;
use crate::programs::built;

/// A desk that can be taken off the network and come back at the same address.
#[derive(Debug)]
pub struct Desk {
    address: String,
    data: PathBuf,
    program: Option<Program>,
}

impl Desk {
    /// Starts a new desk and gives the owner's invite, as it was printed.
    ///
    /// # Errors
    /// When it does not start or prints no invite.
    pub fn open(stage: &Stage) -> Result<(Self, String)> {
        let data = stage.folder().join("desk-data");
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut desk = Self { address, data, program: None };
        desk.start(stage)?;
        let invite = stage.until("the desk prints the owner's invite", SOON, || {
            Ok(stage.log_of("desk")?.lines().find(|line| line.starts_with("opora://")).map(str::to_owned))
        })?;
        Ok((desk, invite))
    }

    /// Starts it, again when it ran before.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(&mut self, stage: &Stage) -> Result<()> {
        let mut command = Command::new(built("opora-desk")?);
        command.args(["serve", "--listen", &self.address, "--data"]).arg(&self.data);
        self.program = Some(stage.start("desk", &mut command).context("start the desk")?);
        Ok(())
    }

    /// Takes it away at once: for the people it is "no network".
    pub fn cut(&mut self) {
        if let Some(mut program) = self.program.take() {
            program.kill();
        }
    }
}
