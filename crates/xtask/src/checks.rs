//! The checks, as stages with their times.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::run::{cargo, run};
use crate::{budgets, edges, generate, interface, locales, packages, windows};

/// Programs that the journeys start.
const PROGRAMS: &[&str] = &["opora-desktop", "opora-desk-server", "opora-testkit", "opora-journeys"];

/// Runs stages one after the other, all of them, and remembers which failed.
#[derive(Default)]
struct Stages {
    times: Vec<(&'static str, Duration)>,
    failed: Vec<&'static str>,
}

impl Stages {
    fn stage(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        println!("\n=== {name}");
        let start = Instant::now();
        if let Err(error) = work() {
            eprintln!("xtask: {name}: {error:#}");
            self.failed.push(name);
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
            bail!("failed: {}", self.failed.join(", "));
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
    stages.stage("catalogues", locales::check);
    stages.stage("format", || run(cargo("fmt").args(["--all", "--check"])));
    stages.stage("edges between crates", edges::check);
    stages.stage("budgets", budgets::print);
    stages.stage("clippy", clippy);
    stages.stage("generated files", generate::check_typescript);
    stages.stage("pure crates on Windows", windows::check);
    stages.stage("build", build_programs);
    stages.stage("tests", || run(cargo("test").args(["--workspace", "--exclude", "opora-journeys"])));
    stages.print_times();
    // One at a time: each has two machines on two displays, and a deadline that people would accept.
    stages.stage("journeys", || run(cargo("test").args(["-p", "opora-journeys", "--", "--test-threads=1"])));
    stages.verdict()
}

fn clippy() -> Result<()> {
    run(cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Builds the programs that journeys, demo and bench start.
///
/// # Errors
/// When one does not build.
pub(crate) fn build_programs() -> Result<()> {
    let mut build = cargo("build");
    build.arg("--bins");
    for program in PROGRAMS {
        build.args(["-p", program]);
    }
    run(&mut build)
}
