//! The fingerprint of the sources that say what events mean. A world that other sources have made is not read: who
//! changes a reducer, an event or a noun cannot forget to say so.

use std::{
    collections::hash_map::DefaultHasher,
    env, fs,
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

/// Reducers, what they are made of, and how they are kept.
const SOURCES: [&str; 5] = ["src/world.rs", "src/world", "src/kept.rs", "../domain/src", "../wire/src"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hash = DefaultHasher::new();
    env::var("CARGO_PKG_VERSION").unwrap_or_default().hash(&mut hash);
    for file in files {
        fs::read(&file)?.hash(&mut hash);
    }
    println!("cargo:rustc-env=OPORA_RULES={:016x}", hash.finish());
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
