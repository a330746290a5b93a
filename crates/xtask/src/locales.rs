//! Every key of the catalogue exists in both languages, with the same variables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::root;

/// Compares `assets/locales/ru` with `assets/locales/en` (a file `ru.ftl` or a folder `ru/`).
///
/// # Errors
/// Names every key that one of them lacks or that uses other variables.
pub(crate) fn check() -> Result<()> {
    let (russian, english) = (catalogue("ru")?, catalogue("en")?);
    ensure!(!russian.is_empty(), "the catalogues are empty");
    let mut wrong = Vec::new();
    for key in russian.keys().chain(english.keys()).collect::<BTreeSet<_>>() {
        match (russian.get(key), english.get(key)) {
            (None, _) => wrong.push(format!("{key}: not in Russian")),
            (_, None) => wrong.push(format!("{key}: not in English")),
            (Some(ru), Some(en)) if ru != en => wrong.push(format!("{key}: variables {ru:?} and {en:?}")),
            _ => {}
        }
    }
    if !wrong.is_empty() {
        bail!("the catalogues differ:\n  {}", wrong.join("\n  "));
    }
    let rust = check_rust(&russian)?;
    println!("catalogues: {} keys in both languages, {rust} of them for Rust alone", russian.len());
    Ok(())
}

/// Texts that only Rust says have names of their own: each is named in a source, and each that is named is there.
fn check_rust(all: &Catalogue) -> Result<usize> {
    let mut named = BTreeSet::new();
    for name in fs::read_dir(root().join("crates")).context("read the crates")?.flatten() {
        name_texts(&name.path().join("src"), &mut named)?;
    }
    let there: BTreeSet<_> = all.keys().filter(|key| is_rusts(key)).cloned().collect();
    let refers = |text: &str| fs::read_to_string(root().join("assets/locales/ru").join(text));
    let within = [refers("core.ftl"), refers("letters.ftl")].into_iter().flatten().collect::<String>();
    let unused = there.iter().filter(|key| !named.contains(*key) && !within.contains(&format!("{{ {key} }}")));
    let wrong: Vec<String> = (named.difference(&there).map(|key| format!("{key}: named in Rust, and not there")))
        .chain(unused.map(|key| format!("{key}: nowhere named")))
        .collect();
    ensure!(wrong.is_empty(), "texts that Rust says:\n  {}", wrong.join("\n  "));
    Ok(there.len())
}

fn is_rusts(key: &str) -> bool {
    key.starts_with("core-") || key.starts_with("letter-")
}

/// Strings of the sources below that name a text.
fn name_texts(folder: &Path, named: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            name_texts(&path, named)?;
        } else if path.extension() == Some("rs".as_ref()) && !path.ends_with("xtask/src/locales.rs") {
            let source = fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
            let is_name =
                |text: &&str| is_rusts(text) && text.chars().all(|c| c.is_ascii_alphabetic() || "-_".contains(c));
            named.extend(source.split('"').filter(is_name).map(str::to_owned));
        }
    }
    Ok(())
}

type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn catalogue(language: &str) -> Result<Catalogue> {
    let folder = root().join("assets/locales");
    let mut all = Catalogue::new();
    let single = folder.join(format!("{language}.ftl"));
    let files = fs::read_dir(folder.join(language)).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in files.chain(single.exists().then_some(single)).filter(|path| path.extension() == Some("ftl".as_ref())) {
        read_into(&mut all, &path)?;
    }
    Ok(all)
}

/// Fluent's syntax as far as it matters here: `key = text`, indented `.attribute = text`, the rest
/// of an entry indented; variables are `$name`.
fn read_into(all: &mut Catalogue, path: &Path) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let (mut entry, mut key) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let name = line.split('=').next().unwrap_or_default().trim();
        if line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-') && line.contains('=') {
            entry = name.to_owned();
            key.clone_from(&entry);
            ensure!(all.insert(key.clone(), BTreeSet::new()).is_none(), "{key} is twice in {}", path.display());
        } else if line.starts_with(' ') && name.starts_with('.') {
            key = format!("{entry}{name}");
            all.insert(key.clone(), BTreeSet::new());
        }
        let found = line.split('$').skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
            rest[..end].to_owned()
        });
        if let Some(variables) = all.get_mut(&key) {
            variables.extend(found);
        }
    }
    Ok(())
}
