//! Running other programs, with what they print going straight to the terminal.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::root;

/// A program that runs at the top of the repository.
pub(crate) fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that runs us, at the top of the repository, never changing `Cargo.lock`.
pub(crate) fn cargo(subcommand: &str) -> Command {
    let mut command = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.arg(subcommand);
    if subcommand != "fmt" {
        command.arg("--locked");
    }
    command
}

/// npm in the interface's folder.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = program("npm");
    command.current_dir(root().join("ui")).args(args);
    // No advertising and no calls home between the lines that matter.
    command.env("npm_config_fund", "false").env("npm_config_audit", "false");
    command.env("npm_config_update_notifier", "false");
    command
}

/// Runs it to its end.
///
/// # Errors
/// When it cannot be started or ends with another code than 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = spell(command);
    let status = command.status().with_context(|| format!("start {line}"))?;
    ensure!(status.success(), "{line}: {status}");
    Ok(())
}

/// Runs it and gives what it printed.
///
/// # Errors
/// When it cannot be started or ends with another code than 0.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let line = spell(command);
    let output = command.output().with_context(|| format!("start {line}"))?;
    ensure!(output.status.success(), "{line}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).with_context(|| format!("{line} printed no UTF-8"))
}

/// Cargo's target folder.
///
/// # Errors
/// When cargo cannot say.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let said = read(cargo("metadata").args(["--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&said).context("read cargo's metadata")?;
    Ok(PathBuf::from(metadata["target_directory"].as_str().context("cargo names no target folder")?))
}

fn spell(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
