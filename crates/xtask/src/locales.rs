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
    println!("catalogues: {} keys in both languages", russian.len());
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
