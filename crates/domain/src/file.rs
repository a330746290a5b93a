//! Names of files that came from someone else.

/// The longest name in bytes; most file systems take 255, an ending may be added.
const MOST_BYTES: usize = 200;
/// Names that Windows gives to devices, with or without an ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// Endings of files that act when they are opened; 1C's external processors and reports among them.
const DANGEROUS: [&str; 24] = [
    "exe", "scr", "com", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "hta", "msi", "lnk", "reg", "iso", "jar",
    "epf", "erf", "docm", "xlsm", "sh", "desktop", "app", "appimage",
];

/// Makes a stranger's file name harmless: no path, no control or direction marks, no device names,
/// no trailing dots, at most 200 bytes with its ending kept. Never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String =
        base.chars().map(|c| if ":*?\"<>|".contains(c) { '_' } else { c }).filter(|c| !hidden(*c)).collect();
    let clean = clean.trim().trim_end_matches(['.', ' ']).trim_start_matches('.');
    let stem = clean.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let named = match clean {
        "" => "file".to_owned(),
        _ if DEVICES.contains(&stem.as_str()) => format!("_{clean}"),
        _ => clean.to_owned(),
    };
    shorten(&named)
}

/// Whether opening it could act on the machine.
#[must_use]
pub fn is_dangerous(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    DANGEROUS.contains(&ending.as_str())
}

fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn shorten(name: &str) -> String {
    if name.len() <= MOST_BYTES {
        return name.to_owned();
    }
    let ending =
        name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.len() <= 20).unwrap_or_default();
    let mut stem = String::new();
    for c in name.chars() {
        if stem.len() + c.len_utf8() + ending.len() + 1 > MOST_BYTES {
            break;
        }
        stem.push(c);
    }
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_marks_and_devices_become_harmless() {
        for (hostile, harmless) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\evil.exe", "evil.exe"),
            ("счёт\u{202E}fdp.exe", "счётfdp.exe"),
            ("CON.txt", "_CON.txt"),
            ("con .txt", "_con .txt"),
            ("a:b.txt", "a_b.txt"),
            ("report.pdf. . ", "report.pdf"),
            (".bashrc", "bashrc"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(safe_name(hostile), harmless, "{hostile:?}");
        }
    }

    #[test]
    fn an_external_form_of_1c_is_dangerous() {
        assert!(is_dangerous("ПечатнаяФорма_СФ.EPF"));
        assert!(!is_dangerous("скриншот.png"));
    }

    proptest! {
        #[test]
        fn a_safe_name_is_one_short_component_and_stays_as_it_is(name in "\\PC{0,300}") {
            let safe = safe_name(&name);
            prop_assert!(!safe.is_empty() && safe.len() <= 210);
            prop_assert!(!safe.contains(['/', '\\', ':']) && safe != "." && safe != "..");
        }
    }
}
