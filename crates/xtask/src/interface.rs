//! The interface: built by Vite into `ui/dist`, which the desktop program embeds.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::root;
use crate::run::{npm, run, target_dir};

/// What the built pages are made from, below the repository.
const SOURCES: &[&str] = &[
    "assets",
    "ui/src",
    "ui/index.html",
    "ui/package-lock.json",
    "ui/svelte.config.js",
    "ui/tsconfig.json",
    "ui/vite.config.ts",
];

/// Builds when a source is newer than what was built.
///
/// # Errors
/// When Vite fails; the last good build stays.
pub(crate) fn build() -> Result<()> {
    let built = root().join("ui/dist/.built");
    let newest = SOURCES.iter().filter_map(|source| newest_below(&root().join(source))).max();
    if fs::metadata(&built).and_then(|file| file.modified()).ok() >= newest {
        println!("interface: up to date");
        return Ok(());
    }
    // The moment before: what changes while Vite runs is built the next time.
    let began = SystemTime::now();
    run(&mut npm(&["run", "build"]))?;
    let stamp = fs::File::create(&built).context("remember the build")?;
    stamp.set_modified(began).context("remember the build")
}

/// Types and components (svelte-check), then unit tests (Vitest).
///
/// # Errors
/// When one of them finds something.
pub(crate) fn check() -> Result<()> {
    run(&mut npm(&["run", "check"]))?;
    run(&mut npm(&["test"]))
}

/// Every screen of the gallery in Chromium, looked at by axe: two of the eight looks, so that each language,
/// theme and scale is seen once. Pictures are left in the target folder.
///
/// # Errors
/// When axe, the page or the width of the window complains, or a screen is not reached.
pub(crate) fn look() -> Result<()> {
    run(&mut npm(&["run", "build:gallery"]))?;
    let pictures = target_dir()?.join("screens");
    let mut gallery = npm(&["run", "gallery", "--"]);
    gallery.arg(&pictures).env("LOOKS", "ru-light-100,en-dark-200");
    run(&mut gallery).with_context(|| fs::read_to_string(pictures.join("faults.txt")).unwrap_or_default())
}

/// Where npm keeps packages.
pub(crate) fn node_modules() -> PathBuf {
    root().join("ui/node_modules")
}

/// When something below was last changed; a folder counts too, for what was removed from it.
fn newest_below(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).ok()?;
    let below = own.is_dir().then(|| fs::read_dir(path).ok()).flatten();
    let below = below.into_iter().flatten().flatten().filter_map(|entry| newest_below(&entry.path()));
    below.chain(own.modified().ok()).max()
}
