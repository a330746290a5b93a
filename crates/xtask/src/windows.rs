//! Do the pure crates also build for Windows? Checked on Debian with its own toolchain, which has the
//! standard library's sources and a compiler for Windows' C parts; rustup's has neither.

use std::path::Path;

use anyhow::Result;

use crate::run::{program, run, target_dir};

const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";
const TARGET: &str = "x86_64-pc-windows-gnu";
/// Crates without a platform of their own.
const CRATES: &[&str] = &["opora-domain", "opora-texts", "opora-wire", "opora-ipc"];

/// Checks the pure crates for Windows; says so when this system has no toolchain for it.
///
/// # Errors
/// When one of them does not compile.
pub(crate) fn check() -> Result<()> {
    if !(Path::new(CARGO).exists() && Path::new(RUSTC).exists()) {
        println!("no toolchain for Windows here; the pure crates were not checked for it");
        return Ok(());
    }
    let mut check = program(CARGO);
    check.args(["check", "--locked", "-Zbuild-std=std,panic_abort", "--target", TARGET]);
    for name in CRATES {
        check.args(["-p", name]);
    }
    // The standard library is built from source, which a stable compiler does only when told so.
    check.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", target_dir()?.join("windows"));
    run(&mut check)
}
