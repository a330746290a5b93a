//! The edges between crates: what may know what (DESIGN, "The house").
//!
//! Two wings that never touch, the client's and the desk's, share only `domain`, `wire` and
//! `runtime`. Tests may use the stage; the desktop program alone stands on both wings.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::{cargo, read};

/// Crate (without `opora-`) and what it may know. A crate that is not here may not exist.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("display", &[]),
    ("texts", &["domain"]),
    ("wire", &["domain"]),
    ("ipc", &["domain"]),
    ("runtime", &["domain"]),
    ("history", &["domain", "runtime", "wire"]),
    ("screen", &["domain", "runtime"]),
    ("media", &["domain", "runtime", "screen"]),
    ("client", &["domain", "history", "ipc", "media", "runtime", "screen", "texts", "wire"]),
    ("desk", &["domain", "runtime", "texts", "wire"]),
    ("desk-store", &["desk", "domain", "runtime", "wire"]),
    ("desk-server", &["desk", "desk-store", "domain", "runtime", "wire"]),
    ("desktop", &["client", "desk-server", "domain", "ipc", "runtime"]),
    ("testkit", &[]),
    ("journeys", &["testkit"]),
    ("proofs", &["client", "desk", "desk-server", "desk-store", "domain", "history", "ipc", "runtime", "wire"]),
    ("xtask", &[]),
];

/// What tests may know beyond that.
const IN_TESTS: &[(&str, &[&str])] = &[
    ("client", &["client", "desk", "desk-server", "desk-store", "testkit"]),
    ("desk", &["desk-store", "testkit"]),
    ("desk-server", &["testkit"]),
    ("desk-store", &["testkit"]),
    ("media", &["testkit"]),
    ("screen", &["testkit"]),
    ("desktop", &["testkit"]),
];

/// Compares the real edges with the allowed ones.
///
/// # Errors
/// Names every edge that is not allowed.
pub(crate) fn check() -> Result<()> {
    let said = read(cargo("metadata").args(["--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&said).context("read cargo's metadata")?;
    let crates = metadata["packages"].as_array().context("cargo names no packages")?;
    let names: Vec<&str> = crates.iter().filter_map(|one| one["name"].as_str()).map(short).collect();
    let mut wrong = Vec::new();
    let mut edges = 0;
    for one in crates {
        let name = short(one["name"].as_str().unwrap_or_default());
        let Some(allowed) = of(ALLOWED, name) else {
            wrong.push(format!("{name} is not in the table"));
            continue;
        };
        for dependency in one["dependencies"].as_array().into_iter().flatten() {
            let to = short(dependency["name"].as_str().unwrap_or_default());
            if !names.contains(&to) {
                continue;
            }
            edges += 1;
            let only_tests = dependency["kind"] == "dev";
            let fine = allowed.contains(&to) || (only_tests && of(IN_TESTS, name).unwrap_or_default().contains(&to));
            if !fine {
                wrong.push(format!("{name} -> {to}{}", if only_tests { " (tests)" } else { "" }));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("not allowed between crates: {}", wrong.join(", "));
    }
    println!("edges: {edges} between {} crates, all allowed", names.len());
    Ok(())
}

fn short(name: &str) -> &str {
    name.strip_prefix("opora-").unwrap_or(name)
}

fn of(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(of, _)| *of == name).map(|(_, list)| *list)
}
