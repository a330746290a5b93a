//! TigerVNC: `X0tigervnc` (x0vncserver) shares the display, `xtigervncviewer` shows it full screen.

use std::{process::Command, time::Duration};

use anyhow::Result;
use opora_testkit::{Machine, Program, Stage, free_port};

use super::Peer;

/// Both programs, running.
pub struct TigerVnc {
    server: Program,
    viewer: Program,
}

impl TigerVnc {
    /// Shows the customer's display on the helper's.
    ///
    /// # Errors
    /// When a program is missing or does not connect.
    pub fn start(stage: &Stage, customer: &Machine, helper: &Machine) -> Result<Self> {
        let port = free_port()?.to_string();
        // The program itself: `x0vncserver` is a script that leaves it to itself, and its CPU would not be counted.
        let mut server = Command::new("X0tigervnc");
        server.args(["-display", customer.display().name(), "-rfbport", &port, "-SecurityTypes", "None"]);
        server.args(["-localhost", "-AlwaysShared"]);
        let server = customer.start_program("x0vncserver", &mut server)?;
        let listens = || Ok(std::net::TcpStream::connect(format!("127.0.0.1:{port}")).ok());
        stage.until("x0vncserver listens", Duration::from_secs(10), listens)?;
        let mut viewer = Command::new("xtigervncviewer");
        viewer.args(["-FullScreen", "-Shared", "-RemoteResize=0", "-MenuKey=", &format!("127.0.0.1::{port}")]);
        let viewer = helper.start_program("xtigervncviewer", &mut viewer)?;
        Ok(Self { server, viewer })
    }
}

impl Peer for TigerVnc {
    fn name(&self) -> &'static str {
        "tigervnc"
    }

    fn place(&self, x: i16, y: i16) -> Result<(i16, i16)> {
        Ok((x, y))
    }

    fn sharing(&self) -> Vec<u32> {
        vec![self.server.id()]
    }

    fn viewing(&self) -> Vec<u32> {
        vec![self.viewer.id()]
    }
}
