//! Reports: asked of the desk over HTTPS, and tables that are saved as files.

use std::{collections::BTreeMap, sync::Arc};

use opora_domain::{
    file,
    report::{Ask, Report},
};
use opora_ipc::{
    ErrorCode, UiError,
    conversation::SavedFile,
    report::{ReportView, SaveTables, TableFormat},
};

use crate::{core::Core, refusal::local, tables};

/// Asks the desk for the figures of a period.
pub(super) async fn report(core: &Arc<Core>, ask: Ask) -> Result<ReportView, UiError> {
    ask.check().map_err(|error| UiError::permanent(ErrorCode::ReportPeriod, error))?;
    let data: Report = core.fetch_report(&ask).await?;
    let state = core.state();
    let mut names = BTreeMap::new();
    if let Some(world) = &state.world {
        names.extend(world.lines.iter().map(|(id, name)| (id.to_string(), name.clone())));
        names.extend(world.organisations.iter().map(|(id, name)| (id.to_string(), name.clone())));
        let staff = world.people.iter().filter(|(_, person)| person.role.is_staff());
        names.extend(staff.map(|(id, person)| (id.to_string(), person.name.clone())));
    }
    Ok(ReportView { ask, data, names })
}

/// Writes tables into a new file in the downloads folder.
pub(super) async fn save_tables(core: &Arc<Core>, args: SaveTables) -> Result<SavedFile, UiError> {
    let SaveTables { name, format, tables } = args;
    let language = core.state().settings.language;
    let (ending, bytes) = match format {
        TableFormat::Csv => ("csv", tables::csv(&tables, language).into_bytes()),
        TableFormat::Xlsx => {
            let made = tokio::task::spawn_blocking(move || tables::xlsx(&tables)).await;
            let made = made.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
            ("xlsx", made.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?)
        }
    };
    let name = file::safe_name(&format!("{name}.{ending}"));
    let path = core.save_new(name, bytes).await.map_err(|error| local(error.into()))?;
    Ok(SavedFile { path: path.display().to_string() })
}
