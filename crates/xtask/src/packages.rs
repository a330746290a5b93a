//! Set-up: system packages by apt on Debian 12, named on other systems; npm packages by `npm ci`.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::run::{npm, program, run};
use crate::{interface, root};

/// The lists are `installer/<system>.packages`.
const DEBIAN: &str = "debian-12";
/// What the interface's tools need (`engines` of Vite).
const NODE: u32 = 20;
/// Set to `skip` by who has the packages under other names: then nothing is checked or installed.
const VARIABLE: &str = "OPORA_SETUP";

/// Installs what is missing and nothing else.
///
/// # Errors
/// When this is not Debian 12 (the error names the packages), or an installation fails.
pub(crate) fn set_up() -> Result<()> {
    if std::env::var(VARIABLE).is_ok_and(|wish| wish == "skip") {
        println!("system packages: not looked at ({VARIABLE}=skip)");
    } else {
        system_packages()?;
    }
    node()?;
    npm_packages()
}

fn system_packages() -> Result<()> {
    let wanted = wanted(DEBIAN)?;
    let system = system();
    ensure!(
        system == DEBIAN,
        "this is {system}; packages are installed by themselves on Debian 12 only.\n\
         Install what these Debian packages hold, then set {VARIABLE}=skip:\n  {}",
        wanted.join(" ")
    );
    let missing = missing(&wanted)?;
    if missing.is_empty() {
        println!("system packages: all {} are there", wanted.len());
        return Ok(());
    }
    println!("system packages: installing {}", missing.join(" "));
    // A fresh machine has no package lists, or old ones.
    install(&missing).or_else(|_| apt(&["update"]).and_then(|()| install(&missing)))
}

/// The names in a list: one a line, a comment after `#`.
fn wanted(system: &str) -> Result<Vec<String>> {
    let path = root().join(format!("installer/{system}.packages"));
    let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    let names = text.lines().filter_map(|line| line.split('#').next()?.split_whitespace().next());
    Ok(names.map(str::to_owned).collect())
}

/// `debian-12`, `ubuntu-24.04`, `macos`, …
fn system() -> String {
    let Ok(text) = std::fs::read_to_string("/etc/os-release") else {
        return std::env::consts::OS.to_owned();
    };
    let field = |name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().trim_matches('"').to_owned()
    };
    format!("{}-{}", field("ID"), field("VERSION_ID"))
}

fn missing(wanted: &[String]) -> Result<Vec<String>> {
    let mut query = Command::new("dpkg-query");
    query.args(["-Wf", "${Package} ${db:Status-Status}\n"]).args(wanted).stderr(Stdio::null());
    // It ends with 1 when it does not know a name; what it prints is right all the same.
    let said = query.output().context("start dpkg-query")?.stdout;
    let said = String::from_utf8_lossy(&said);
    let there = |name: &String| said.lines().any(|line| line == format!("{name} installed"));
    Ok(wanted.iter().filter(|name| !there(name)).cloned().collect())
}

fn install(names: &[String]) -> Result<()> {
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(names.iter().map(String::as_str));
    apt(&words)
}

/// apt-get as root: directly, else by sudo, which asks.
fn apt(words: &[&str]) -> Result<()> {
    let is_root = crate::run::read(program("id").arg("-u"))?.trim() == "0";
    let mut command = program(if is_root { "env" } else { "sudo" });
    if !is_root {
        println!("root is needed for: apt-get {}", words.join(" "));
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]);
    command.args(["-o", "Dpkg::Use-Pty=0"]).args(words).stdin(Stdio::inherit());
    run(&mut command)
}

fn node() -> Result<()> {
    let Ok(said) = crate::run::read(program("node").arg("--version")) else {
        bail!("Node {NODE} with npm is needed, and there is none");
    };
    let major = said.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok());
    ensure!(major.is_some_and(|major: u32| major >= NODE), "Node {NODE} is needed, this is {}", said.trim());
    Ok(())
}

/// `npm ci` when the lock file is not the one that `node_modules` was made from.
fn npm_packages() -> Result<()> {
    let lock = std::fs::read(root().join("ui/package-lock.json")).context("read ui/package-lock.json")?;
    let stamp = interface::node_modules().join(".made-from.json");
    if std::fs::read(&stamp).is_ok_and(|made_from| made_from == lock) {
        println!("npm packages: as in the lock file");
        return Ok(());
    }
    println!("npm packages: installing");
    run(&mut npm(&["ci"]))?;
    std::fs::write(&stamp, lock).context("remember the lock file")
}
