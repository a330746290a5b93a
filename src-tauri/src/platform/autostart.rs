//! Starting with the computer on Linux: a file in the folder `autostart` of the user's
//! configuration (freedesktop's Desktop Application Autostart Specification).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Writes the file, or takes it away. Each profile has its own.
pub(crate) fn set_autostart(on: bool, profile: &Path) -> io::Result<()> {
    let folder = folder().ok_or(io::ErrorKind::NotFound)?;
    let file = folder.join(name(profile));
    if on {
        fs::create_dir_all(&folder)?;
        return fs::write(file, entry(&std::env::current_exe()?, profile));
    }
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn folder() -> Option<PathBuf> {
    let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let config = config.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".config")))?;
    Some(config.join("autostart"))
}

fn name(profile: &Path) -> String {
    // FNV-1a: two profiles must not share a file, and the name must stay the same for ever.
    let hash = profile
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("opora-{hash:016x}.desktop")
}

fn entry(program: &Path, profile: &Path) -> String {
    let (program, profile) = (quoted(program), quoted(profile));
    format!(
        "[Desktop Entry]\nType=Application\nName=Opora\nExec={program} --hidden --profile {profile}\nTerminal=false\n"
    )
}

/// An argument of `Exec` (Desktop Entry Specification, "The Exec key"): quoted, then escaped as a
/// string of the file.
fn quoted(path: &Path) -> String {
    let mut text = String::from("\"");
    for c in path.to_string_lossy().chars() {
        match c {
            '"' | '`' | '$' => text.push_str(&format!("\\\\{c}")),
            '\\' => text.push_str("\\\\\\\\"),
            '%' => text.push_str("%%"),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_signs_is_one_argument() {
        let said = entry(Path::new("/opt/Opora 1/opora"), Path::new("/home/anna/100% \"мой\" $x"));
        let wanted = r#"Exec="/opt/Opora 1/opora" --hidden --profile "/home/anna/100%% \\"мой\\" \\$x""#;
        assert!(said.lines().any(|line| line == wanted), "{said}");
    }

    #[test]
    fn two_profiles_have_two_files() {
        assert_ne!(name(Path::new("/home/anna/a")), name(Path::new("/home/anna/b")));
    }
}
