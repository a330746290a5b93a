//! The checks, as stages with their times.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run::{cargo, run};
use crate::{budgets, edges, generate, interface, locales, packages, root, windows};

/// Runs stages one after the other, all of them, and remembers which failed and why.
#[derive(Default)]
struct Stages {
    times: Vec<(&'static str, Duration)>,
    failed: Vec<String>,
}

impl Stages {
    fn stage(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        println!("\n=== {name}");
        let start = Instant::now();
        if let Err(error) = work() {
            eprintln!("xtask: {name}: {error:#}");
            self.failed.push(format!("{name}: {error:#}"));
        }
        let took = start.elapsed();
        println!("=== {name}: {:.1} s", took.as_secs_f64());
        self.times.push((name, took));
    }

    fn print_times(&self) {
        println!("\n=== times");
        for (name, took) in &self.times {
            println!("{:>8.1} s  {name}", took.as_secs_f64());
        }
    }

    fn verdict(self) -> Result<()> {
        if !self.failed.is_empty() {
            // Said again at the end: where only the end of the output is kept, it must name the reason.
            bail!("failed: {}", self.failed.join("\n"));
        }
        Ok(())
    }
}

/// Format, clippy, unit tests.
///
/// # Errors
/// Names the stages that failed.
pub(crate) fn quick() -> Result<()> {
    let mut stages = Stages::default();
    stages.stage("interface", interface::build);
    stages.stage("format", || run(cargo("fmt").args(["--all", "--check"])));
    stages.stage("clippy", clippy);
    stages.stage("unit tests", || run(cargo("test").args(["--workspace", "--lib", "--bins"])));
    stages.print_times();
    stages.verdict()
}

/// Everything, journeys last, so that the runners' own closing lines end the output.
///
/// # Errors
/// Names the stages that failed.
pub(crate) fn test() -> Result<()> {
    packages::set_up()?;
    let mut stages = Stages::default();
    stages.stage("interface", interface::build);
    stages.stage("interface checks", interface::check);
    stages.stage("screens", interface::look);
    stages.stage("catalogues", locales::check);
    stages.stage("format", || run(cargo("fmt").args(["--all", "--check"])));
    stages.stage("edges between crates", edges::check);
    stages.stage("budgets", budgets::print);
    stages.stage("clippy", clippy);
    stages.stage("generated files", generate::check_typescript);
    stages.stage("pure crates on Windows", windows::check);
    stages.stage("build", build_programs);
    stages.stage("tests", || run(cargo("test").args(["--workspace", "--exclude", "opora-journeys", "--no-fail-fast"])));
    stages.stage("the API by schemathesis", schemathesis);
    stages.print_times();
    // One at a time: each has two machines on two displays, and a deadline that people would accept.
    stages.stage("journeys", journeys);
    stages.verdict()
}

/// People's stories. Chosen by their files' names and not by `-p`: for one crate alone cargo would choose other
/// features of the dependencies, and build half of them again.
fn journeys() -> Result<()> {
    let mut tests = cargo("test");
    tests.arg("--workspace");
    for entry in fs::read_dir(root().join("tests/journeys/tests")).context("read the journeys")? {
        let path = entry.context("read the journeys")?.path();
        if path.extension().is_some_and(|end| end == "rs") {
            tests.arg("--test").arg(path.file_stem().unwrap_or_default());
        }
    }
    run(tests.args(["--", "--test-threads=1"]))
}

/// A stranger's client against the API. A target of its own, which `cargo test` alone leaves out: it comes from PyPI.
fn schemathesis() -> Result<()> {
    run(cargo("test").args(["--workspace", "--test", "schemathesis"]))
}

fn clippy() -> Result<()> {
    run(cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Builds the programs that journeys, demo and bench start.
///
/// # Errors
/// When one does not build.
pub(crate) fn build_programs() -> Result<()> {
    run(cargo("build").args(["--workspace", "--bins"]))
}
