//! What this machine can say about itself, and the 1C programs on it.
//!
//! Nothing here leaves the machine by itself: the customer sees the list, changes or empties it,
//! and only what is left is sent with the request.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use opora_domain::machine::{Fact, FactKind, Program};
use opora_ipc::ask::{FoundProgram, MachineView};
use sysinfo::{Disks, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System, UpdateKind};

/// Programs of 1C: thick and thin client, without an ending.
const CLIENTS_OF_1C: [&str; 3] = ["1cv8", "1cv8c", "1cv8s"];
/// The list of bases is small; a larger file is not one.
const MOST_LIST: u64 = 1024 * 1024;
/// More bases than this do not help in a choice.
const MOST_BASES: usize = 30;

/// Looks at the machine. Reads process names and a few files; takes some milliseconds.
#[must_use]
pub fn look(screen: Option<(u32, u32)>, home: Option<&Path>) -> MachineView {
    let processes = ProcessRefreshKind::nothing().with_exe(UpdateKind::OnlyIfNotSet).with_cmd(UpdateKind::OnlyIfNotSet);
    let mut system = System::new_with_specifics(RefreshKind::nothing());
    system.refresh_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, processes);

    let running = running_1c(&system);
    let platform = running.iter().find_map(|found| found.platform.clone());
    let mut programs: Vec<FoundProgram> = Vec::new();
    for name in running.into_iter().filter_map(|found| found.base) {
        programs.push(FoundProgram { program: Program { name, release: String::new() }, running: true });
    }
    for name in home.map(bases).unwrap_or_default() {
        if programs.iter().all(|found| found.program.name != name) {
            programs.push(FoundProgram { program: Program { name, release: String::new() }, running: false });
        }
    }
    MachineView { facts: facts(&system, platform, screen), programs }
}

fn facts(system: &System, platform: Option<String>, screen: Option<(u32, u32)>) -> Vec<Fact> {
    let name = System::long_os_version().unwrap_or_else(|| std::env::consts::OS.to_owned());
    let mut facts = vec![Fact { kind: FactKind::System, value: name }];
    let mut add = |kind, value: Option<String>| facts.extend(value.map(|value| Fact { kind, value }));
    add(FactKind::Platform, platform);
    add(FactKind::Memory, Some(share(system.available_memory(), system.total_memory())));
    add(FactKind::Disk, system_disk());
    add(FactKind::Screen, screen.map(|(width, height)| format!("{width} × {height}")));
    add(FactKind::Computer, System::host_name());
    add(FactKind::Opora, Some(env!("CARGO_PKG_VERSION").to_owned()));
    facts
}

/// "free / total" in gibibytes; the interface names the unit.
fn share(free: u64, total: u64) -> String {
    const GIB: u64 = 1 << 30;
    format!("{} / {} GiB", free.div_ceil(GIB), total.div_ceil(GIB))
}

fn system_disk() -> Option<String> {
    let disks = Disks::new_with_refreshed_list();
    let root = if cfg!(windows) { "C:\\" } else { "/" };
    let disk = disks.list().iter().find(|disk| disk.mount_point() == Path::new(root))?;
    Some(share(disk.available_space(), disk.total_space()))
}

/// A running client of 1C.
#[derive(Debug, PartialEq, Eq)]
struct Running1c {
    base: Option<String>,
    platform: Option<String>,
}

fn running_1c(system: &System) -> Vec<Running1c> {
    let mut found = Vec::new();
    for process in system.processes().values() {
        let name = process.name().to_string_lossy().to_lowercase();
        if !CLIENTS_OF_1C.contains(&name.trim_end_matches(".exe")) {
            continue;
        }
        let arguments: Vec<String> = process.cmd().iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let platform = process.exe().and_then(platform_of);
        found.push(Running1c { base: base_of(&arguments), platform });
    }
    found
}

/// The platform's version is a folder above its programs, like `…/8.3.27.1508/bin/1cv8`.
fn platform_of(program: &Path) -> Option<String> {
    let is_version =
        |name: &str| name.split('.').count() == 4 && name.split('.').all(|part| part.parse::<u32>().is_ok());
    program
        .ancestors()
        .filter_map(|folder| folder.file_name()?.to_str())
        .find(|name| is_version(name))
        .map(str::to_owned)
}

/// The base that was named on the command line: `/IBName "Бухгалтерия"`, `/F path`, `/S server\base`.
fn base_of(arguments: &[String]) -> Option<String> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        for key in ["/IBName", "/F", "/S"] {
            let value = match argument.strip_prefix(key) {
                Some("") => rest.next().cloned().unwrap_or_default(),
                Some(value) => value.to_owned(),
                None => continue,
            };
            let value = value.trim().trim_matches('"').to_owned();
            let last = value.rsplit(['\\', '/']).next().unwrap_or_default();
            return (!last.is_empty()).then(|| last.to_owned());
        }
    }
    None
}

/// Names of the bases in 1C's own list, in its order.
fn bases(home: &Path) -> Vec<String> {
    let lists: [PathBuf; 2] =
        [home.join("AppData/Roaming/1C/1CEStart/ibases.v8i"), home.join(".1C/1cestart/ibases.v8i")];
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for list in lists {
        let small = fs::metadata(&list).is_ok_and(|meta| meta.len() <= MOST_LIST);
        let text = if small { fs::read(&list).unwrap_or_default() } else { Vec::new() };
        for name in names_in(&String::from_utf8_lossy(&text)) {
            if names.len() < MOST_BASES && seen.insert(name.clone()) {
                names.push(name);
            }
        }
    }
    names
}

/// Sections of `ibases.v8i` that connect to something; a section without `Connect` is a folder.
fn names_in(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut section: Option<String> = None;
    for line in list.trim_start_matches('\u{FEFF}').lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = Some(name.to_owned());
        } else if line.starts_with("Connect=") {
            names.extend(section.take());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_come_from_the_list_of_1c_without_its_folders() {
        let list = "\u{FEFF}[Рабочие]\r\nID=1\r\nFolder=/\r\n[Бухгалтерия предприятия]\r\nConnect=File=\"C:\\Bases\\Acc\";\r\n[УТ 11]\r\nConnect=Srvr=\"s\";Ref=\"ut\";\r\n";
        assert_eq!(names_in(list), ["Бухгалтерия предприятия", "УТ 11"]);
    }

    #[test]
    fn a_running_client_names_its_base_and_platform() {
        let line = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        assert_eq!(base_of(&line(&["1cv8", "ENTERPRISE", "/IBName", "Бухгалтерия"])), Some("Бухгалтерия".into()));
        assert_eq!(base_of(&line(&["1cv8", "/S\"srv\\trade\""])), Some("trade".into()));
        assert_eq!(base_of(&line(&["1cv8"])), None);
        let program = Path::new("/opt/1cv8/x86_64/8.3.27.1508/1cv8c");
        assert_eq!(platform_of(program), Some("8.3.27.1508".into()));
    }

    #[test]
    fn this_machine_says_something_about_itself() {
        let view = look(Some((1920, 1080)), None);
        let value = |kind| view.facts.iter().find(|fact| fact.kind == kind).map(|fact| fact.value.clone());
        assert!(value(FactKind::System).is_some_and(|name| !name.is_empty()));
        assert_eq!(value(FactKind::Screen), Some("1920 × 1080".into()));
    }
}
