//! Importing a table: open, look, say what the columns are, run.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use opora_domain::calendar::Zone;
use opora_ipc::{
    CoreEvent, ErrorCode, UiError,
    app::Nothing,
    import::{ImportFile, ImportMapping, ImportRows, ImportState, ImportView},
};

use super::NOTHING;
use crate::{
    core::Core,
    import::{
        Import,
        plan::{Known, KnownPerson},
        table::{self, MOST_BYTES, TableError},
    },
};

/// The interface is told after so many changes.
const STEP: u32 = 20;

/// The table that is open.
pub(super) fn import(core: &Core) -> Option<ImportView> {
    let rev = core.rev();
    core.bringing.import().as_ref().map(|import| import.view(rev))
}

/// Opens a file, guesses what its columns are, and shows what would be done.
pub(super) async fn open_import(core: &Arc<Core>, ImportFile { path }: ImportFile) -> Result<ImportView, UiError> {
    let name = Path::new(&path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = tokio::task::spawn_blocking(move || read(Path::new(&path))).await;
    let table = read.map_err(|error| UiError::permanent(ErrorCode::Internal, error))??;
    if is_running(core) {
        return Err(running());
    }
    let import = Import::new(name, table, known(core), &mut || core.new_op().0);
    let view = import.view(core.rev());
    *core.bringing.import() = Some(import);
    Ok(view)
}

/// Never more than is looked at: a device that gives bytes for ever is a file too.
fn read(path: &Path) -> Result<table::Table, UiError> {
    use std::io::Read as _;
    let unreadable = |error: std::io::Error| UiError::temporary(ErrorCode::FileUnreadable, error);
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    table::read(&bytes).map_err(|error| {
        let code = match error {
            TableError::TooLarge => ErrorCode::TableTooLarge,
            TableError::TooManyRows => ErrorCode::TableTooManyRows,
            TableError::NotATable => ErrorCode::TableNotOne,
            TableError::Empty => ErrorCode::TableEmpty,
        };
        UiError::permanent(code, error)
    })
}

/// Says what the columns are.
pub(super) fn map_import(core: &Arc<Core>, ImportMapping { fields }: ImportMapping) -> Result<ImportView, UiError> {
    if is_running(core) {
        return Err(running());
    }
    let known = known(core);
    let rev = core.rev();
    let mut open = core.bringing.import();
    let import = open.as_mut().ok_or_else(none)?;
    import.map(fields, known, &mut || core.new_op().0);
    Ok(import.view(rev))
}

/// Carries the plan out; the view says how far it is.
pub(super) fn run_import(core: &Arc<Core>) -> Result<ImportView, UiError> {
    if is_running(core) {
        return Err(running());
    }
    if core.status().borrow().ready().is_none() {
        return Err(UiError::temporary(ErrorCode::Offline, "there is no connection to the desk"));
    }
    let known = known(core);
    let rev = core.rev();
    let view = {
        let mut open = core.bringing.import();
        let import = open.as_mut().ok_or_else(none)?;
        // What was done since the look is not done again.
        import.begin(known, &mut || core.new_op().0);
        import.view(rev)
    };
    let core = Arc::clone(core);
    let tasks = Arc::clone(&core.tasks);
    tasks.spawn("import", move |stop| async move {
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = carry_out(&core) => {}
        }
    });
    Ok(view)
}

/// The whole report.
pub(super) fn import_rows(core: &Core) -> Result<ImportRows, UiError> {
    let rows = core.bringing.import().as_ref().map(Import::rows).ok_or_else(none)?;
    Ok(ImportRows { rows })
}

/// Closes the table; nothing that was done is undone.
pub(super) fn close_import(core: &Core) -> Result<Nothing, UiError> {
    if is_running(core) {
        return Err(running());
    }
    *core.bringing.import() = None;
    Ok(NOTHING)
}

async fn carry_out(core: &Core) {
    let mut told = 0;
    loop {
        let next = core.bringing.import().as_ref().and_then(Import::next);
        let Some((row, op)) = next else { break };
        let answer = core.execute(op).await;
        let goes_on = core.bringing.import().as_mut().is_some_and(|import| match answer {
            Ok(_) => import.done(),
            Err(error) if error.retry => import.interrupted(),
            Err(_) => import.refused(row),
        });
        told += 1;
        if !goes_on {
            break;
        }
        if told % STEP == 0 {
            tell(core);
        }
    }
    tell(core);
}

fn tell(core: &Core) {
    if let Some(view) = import(core) {
        core.emit(CoreEvent::import_changed(view));
    }
}

fn is_running(core: &Core) -> bool {
    core.bringing.import().as_ref().is_some_and(|import| matches!(import.state(), ImportState::Running { .. }))
}

fn running() -> UiError {
    UiError::temporary(ErrorCode::ImportRuns, "an import is running")
}

fn none() -> UiError {
    UiError::permanent(ErrorCode::NotFound, "no table is open")
}

/// What is known now, as a table is compared with it.
fn known(core: &Core) -> Known {
    let state = core.state();
    let Some(world) = &state.world else { return Known::default() };
    let organisation = |(id, name): (&opora_domain::OrganisationId, &String)| {
        let card = world.structure.organisations.get(id).cloned();
        (*id, card.unwrap_or_else(|| opora_domain::organisation::Card { name: name.clone(), ..Default::default() }))
    };
    let person = |(id, one): (&opora_domain::PersonId, &crate::world::Person)| {
        let card = world.structure.people.get(id).cloned();
        let card = card.unwrap_or_else(|| opora_domain::person::Card { name: one.name.clone(), ..Default::default() });
        let memberships = world.structure.memberships.get(id).cloned().unwrap_or_default();
        (*id, KnownPerson { card, role: one.role, memberships })
    };
    let zones = world.contracts.all.values().map(|one| &one.zone);
    let mut zones = zones.chain(world.hours.calendars.values().map(|one| &one.zone));
    let zone = zones.next().cloned().unwrap_or_else(own_zone);
    Known {
        organisations: world.organisations.iter().map(organisation).collect(),
        people: world.people.iter().map(person).collect(),
        contracts: BTreeMap::clone(&world.contracts.all),
        lines: world.lines.keys().copied().collect(),
        tickets: world.tickets.all.iter().map(|(id, known)| (*id, known.ticket.clone())).collect(),
        trackers: world.tickets.trackers.values().cloned().collect(),
        categories: world.tickets.categories.clone(),
        zone,
    }
}

/// Where this computer stands.
pub(super) fn own_zone() -> Zone {
    jiff::tz::TimeZone::system().iana_name().map_or_else(Zone::utc, |name| Zone(name.to_owned()))
}
