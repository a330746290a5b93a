//! The programs of a story, as they were built.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

/// The path of a built program: beside this one, where cargo put all of them.
///
/// # Errors
/// When it was not built; the error says how to.
pub fn built(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe().context("find the own program")?;
    // `debug/opora-demo-story`, or a test at `debug/deps/shell-…`.
    let folder = own.ancestors().skip(1).find(|folder| !folder.ends_with("deps")).context("find the target folder")?;
    let path = folder.join(name);
    ensure!(path.exists(), "{} is not built: cargo build --workspace --bins", path.display());
    Ok(path)
}
