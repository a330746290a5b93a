//! The demo on the person's own display: a desk with a small firm, and a customer's and a specialist's window.
//!
//! Galina, who owns the firm, has no window here; the headless client sets it up as she would.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use opora_testkit::{Program, Stage};
use serde_json::{Value, json};

use crate::SOON;
use crate::desk::Desk;
use crate::programs::built;

/// A firm at work. Everything ends with it.
#[derive(Debug)]
pub struct Firm {
    /// Anna's window, then Boris'.
    windows: Vec<Program>,
    _desk: Desk,
    _stage: Stage,
}

impl Firm {
    /// Starts the desk, sets the firm up, lets both people join and opens their windows on this display.
    ///
    /// # Errors
    /// When a program is not built, or something is refused.
    pub fn open() -> Result<Self> {
        let stage = Stage::open("demo")?;
        let (desk, owner_invite) = Desk::open(&stage)?;
        let profile = |who: &str| stage.folder().join(who);
        join(&profile("galina"), &owner_invite, &["--name", "Галина Орлова", "--firm", "Опора-Сервис"])?;
        let mut galina = Headless::start(&profile("galina"))?;
        stage.until("Galina's client is on line", SOON, || {
            let link = galina.call("app", &json!({}))?["link"]["is"].clone();
            Ok((link == "online").then_some(()))
        })?;
        let view = galina.call("make_line", &json!({ "name": "Первая линия" }))?;
        let lines = json!([view["lines"][0]["id"]]);
        let view = galina.call("make_organisation", &json!({ "name": "ООО «Ромашка»" }))?;
        let organisation = view["organisations"][0]["id"].clone();
        let invite = |name: &str, role: &str, organisation: Value, lines: Value| json!({ "name": name, "role": role, "organisation": organisation, "lines": lines });
        let boris = galina.call("make_invite", &invite("Борис Седов", "specialist", Value::Null, lines))?;
        let anna = galina.call("make_invite", &invite("Анна Белова", "customer", organisation, json!([])))?;
        drop(galina);
        let mut windows = Vec::new();
        for (who, invite) in [("anna", anna), ("boris", boris)] {
            join(&profile(who), invite["link"].as_str().context("an invite has a link")?, &[])?;
            let mut opora = Command::new(built("opora-desktop")?);
            opora.arg("--profile").arg(profile(who)).args(["--key-store", "file", "--loopback"]);
            windows.push(stage.start(who, &mut opora)?);
        }
        Ok(Self { windows, _desk: desk, _stage: stage })
    }

    /// Waits until both people have closed their windows.
    ///
    /// # Errors
    /// When a window's program failed.
    pub fn wait(&mut self) -> Result<()> {
        for window in &mut self.windows {
            let status = window.pipes().wait().context("wait for a window")?;
            ensure!(status.success(), "a window ended with {status}");
        }
        Ok(())
    }
}

fn join(profile: &Path, link: &str, more: &[&str]) -> Result<()> {
    let mut join = headless(profile)?;
    let output = join.args(["join", link]).args(more).output().context("start opora-headless")?;
    ensure!(output.status.success(), "joining failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

fn headless(profile: &Path) -> Result<Command> {
    let mut command = Command::new(built("opora-headless")?);
    command.arg("--profile").arg(profile).args(["--key-store", "file"]);
    Ok(command)
}

/// A client without windows, driven line by line; ends when its input does.
struct Headless {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    last: u64,
}

impl Headless {
    fn start(profile: &Path) -> Result<Self> {
        let mut command = headless(profile)?;
        command.arg("lines").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().context("start opora-headless")?;
        let input = child.stdin.take().context("its input is piped")?;
        let output = BufReader::new(child.stdout.take().context("its output is piped")?);
        Ok(Self { child, input, output, last: 0 })
    }

    /// Has the client carry out a command of the contract.
    fn call(&mut self, name: &str, args: &Value) -> Result<Value> {
        self.last += 1;
        writeln!(self.input, "{}", json!({ "id": self.last, "name": name, "args": args })).context("ask the client")?;
        let mut line = String::new();
        loop {
            line.clear();
            ensure!(self.output.read_line(&mut line).context("hear the client")? > 0, "the client ended");
            let mut said: Value = serde_json::from_str(&line).context("the client speaks JSON")?;
            if said["id"] != self.last {
                continue; // an event
            }
            if !said["error"].is_null() {
                bail!("{name} was refused: {}", said["error"]["message"]);
            }
            return Ok(said["ok"].take());
        }
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        // The firm is set up; whatever keeps the client from its own end does not matter any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
