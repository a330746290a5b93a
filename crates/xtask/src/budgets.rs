//! Budgets start a talk (STYLE, rule 2): this prints what is over them and never fails.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::root;

/// Lines a file may have: aim and most.
const FILE: (usize, usize) = (300, 500);
/// Lines a Svelte component may have: aim and most.
const COMPONENT: (usize, usize) = (150, 300);
/// Lines a function may have.
const FUNCTION: usize = 80;
const FOLDERS: &[&str] = &["crates", "src-tauri/src", "tests/journeys/src", "ui/src"];
/// Flat by nature: generated, or lists of types.
const EXEMPT: &[&str] = &["ui/src/host/generated.ts"];

/// Prints files and functions over their budgets, longest first.
///
/// # Errors
/// When the sources cannot be read.
pub(crate) fn print() -> Result<()> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&root().join(folder), &mut files);
    }
    let (mut long, mut functions) = (Vec::new(), Vec::new());
    for path in &files {
        let text = fs::read_to_string(path)?;
        let lines = without_tests(&text);
        let (aim, most) = if path.extension().is_some_and(|end| end == "svelte") { COMPONENT } else { FILE };
        let name = path.strip_prefix(root()).unwrap_or(path).display().to_string();
        if lines.len() > aim && !EXEMPT.contains(&name.as_str()) {
            long.push((lines.len(), if lines.len() > most { "over" } else { "long" }, name.clone()));
        }
        if name.ends_with(".rs") {
            functions.extend(long_functions(&lines).map(|(length, line)| (length, format!("{name}:{line}"))));
        }
    }
    long.sort_by(|a, b| b.cmp(a));
    functions.sort_by(|a, b| b.cmp(a));
    for (length, word, name) in &long {
        println!("{word} {length:>5} lines  {name}");
    }
    for (length, place) in &functions {
        println!("over {length:>5} lines  fn at {place}");
    }
    println!("budgets: {} files, {} over the aim, {} long functions", files.len(), long.len(), functions.len());
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs" || end == "ts" || end == "svelte") {
            files.push(path);
        }
    }
}

/// A test module at the end of a file does not count.
fn without_tests(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| *line != "#[cfg(test)]").collect()
}

/// Length and first line of functions over the budget: rustfmt puts the closing brace under `fn`.
fn long_functions<'a>(lines: &'a [&str]) -> impl Iterator<Item = (usize, usize)> + 'a {
    lines.iter().enumerate().filter_map(|(first, line)| {
        let code = line.trim_start();
        let opens = ["fn ", "pub fn ", "pub(crate) fn ", "async fn ", "pub async fn ", "pub(crate) async fn "];
        if !opens.iter().any(|open| code.starts_with(open)) {
            return None;
        }
        let end = format!("{}}}", &line[..line.len() - code.len()]);
        let length = lines[first..].iter().position(|line| *line == end)? + 1;
        (length > FUNCTION).then_some((length, first + 1))
    })
}
