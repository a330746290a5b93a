//! Files that are made from others and kept in the repository.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::root;
use crate::run::{cargo, program, read, run};

const TYPESCRIPT: &str = "ui/src/host/generated.ts";
/// Picture, size in pixels, file.
const ICONS: &[(&str, u32, &str)] = &[
    ("opora.svg", 32, "32x32.png"),
    ("opora.svg", 128, "128x128.png"),
    ("opora.svg", 256, "256x256.png"),
    ("tray.svg", 64, "tray.png"),
    ("tray-dot.svg", 64, "tray-dot.png"),
];

/// Writes the contract's TypeScript.
///
/// # Errors
/// When `opora-ipc-types` does not build or the file cannot be written.
pub(crate) fn typescript() -> Result<()> {
    fs::write(root().join(TYPESCRIPT), print_typescript()?).context("write the contract's TypeScript")
}

/// Fails when the TypeScript in the repository is not what would be written now.
///
/// # Errors
/// Names the command that mends it.
pub(crate) fn check_typescript() -> Result<()> {
    let kept = fs::read_to_string(root().join(TYPESCRIPT)).context("read the contract's TypeScript")?;
    ensure!(kept == print_typescript()?, "{TYPESCRIPT} is old: run `cargo xtask gen`");
    println!("generated files: fresh");
    Ok(())
}

fn print_typescript() -> Result<String> {
    read(cargo("run").args(["--quiet", "-p", "opora-ipc", "--bin", "opora-ipc-types"]))
}

/// Draws the icons' sizes with `rsvg-convert`.
///
/// # Errors
/// When it is not installed (package `librsvg2-bin`) or fails.
pub(crate) fn icons() -> Result<()> {
    let folder = root().join("icons");
    for (from, size, to) in ICONS {
        let size = size.to_string();
        let mut draw = program("rsvg-convert");
        draw.current_dir(&folder).args(["-w", &size, "-h", &size, from, "-o", to]);
        run(&mut draw).context("is librsvg2-bin installed?")?;
    }
    Ok(())
}
