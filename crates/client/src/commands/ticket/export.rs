//! A list of tickets as a file.

use std::sync::Arc;

use opora_domain::{Timestamp, file, ticket::list::Column};
use opora_ipc::{
    ErrorCode, UiError,
    conversation::SavedFile,
    report::{Cell, Table},
    ticket::{ExportTickets, TicketView},
};
use opora_texts::Texts;

use crate::{
    core::Core,
    refusal::local,
    tables,
    words::{column_id, kind_id, priority_id, status_id, texts},
};

/// All columns of the list, for who chose none.
pub(crate) const ALL: [Column; 9] = [
    Column::Number,
    Column::Subject,
    Column::Customer,
    Column::Status,
    Column::Priority,
    Column::Assignee,
    Column::Deadline,
    Column::Made,
    Column::Updated,
];

/// A column of the file. The list shows the organisation below the customer and leaves the last three out; who
/// filters a table in another program wants each alone.
#[derive(Clone, Copy)]
enum Field {
    Of(Column),
    Organisation,
    Kind,
    Line,
    Category,
}

/// Writes a list into a new file in the downloads folder.
pub(crate) async fn export(core: &Arc<Core>, args: ExportTickets) -> Result<SavedFile, UiError> {
    let at = core.at();
    let (rows, language) = {
        let state = core.state();
        (state.tickets_listed(at, &args.ask), state.settings.language)
    };
    let texts = texts(language);
    let title = texts.say("core-tickets-file");
    let table = table(texts, title.clone(), &args.columns, &rows);
    let csv = args.csv;
    let made = tokio::task::spawn_blocking(move || {
        if csv { Ok(tables::csv(&[table], language).into_bytes()) } else { tables::xlsx(&[table]) }
    });
    let internal = |error: &dyn std::fmt::Display| UiError::permanent(ErrorCode::Internal, error);
    let bytes = made.await.map_err(|error| internal(&error))?.map_err(|error| internal(&error))?;
    let name = file::safe_name(&format!("{title}.{}", if csv { "csv" } else { "xlsx" }));
    let path = core.save_new(name, bytes).await.map_err(|error| local(error.into()))?;
    Ok(SavedFile { path: path.display().to_string() })
}

fn table(texts: &Texts, title: String, columns: &[Column], rows: &[TicketView]) -> Table {
    let fields = fields(columns);
    Table {
        title,
        head: fields.iter().map(|field| texts.say(head(*field))).collect(),
        rows: rows.iter().map(|row| fields.iter().map(|field| cell(texts, row, *field)).collect()).collect(),
    }
}

fn fields(columns: &[Column]) -> Vec<Field> {
    let columns = if columns.is_empty() { &ALL } else { columns };
    let organisation = |column| (column == Column::Customer).then_some(Field::Organisation);
    let chosen = columns.iter().flat_map(|column| [Some(Field::Of(*column)), organisation(*column)]).flatten();
    chosen.chain([Field::Kind, Field::Line, Field::Category]).collect()
}

fn head(field: Field) -> &'static str {
    match field {
        Field::Of(column) => column_id(column),
        Field::Organisation => "organisation",
        Field::Kind => "ticket-field-tracker",
        Field::Line => "ticket-field-line",
        Field::Category => "ticket-field-category",
    }
}

fn cell(texts: &Texts, row: &TicketView, field: Field) -> Cell {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text { text: text.to_owned() } };
    let named = |name: &Option<String>| text(name.as_deref().unwrap_or_default());
    match field {
        Field::Of(Column::Number) => text(&row.number.map(|number| number.to_string()).unwrap_or_default()),
        Field::Of(Column::Subject) => text(&row.subject),
        Field::Of(Column::Customer) => text(&row.customer),
        Field::Of(Column::Status) => text(&texts.say(status_id(row.status))),
        Field::Of(Column::Priority) => text(&texts.say(priority_id(row.priority))),
        Field::Of(Column::Assignee) => named(&row.assignee),
        Field::Of(Column::Deadline) => text(&row.deadlines.nearest().map(moment).unwrap_or_default()),
        Field::Of(Column::Made) => text(&moment(row.at)),
        Field::Of(Column::Updated) => text(&moment(row.updated)),
        Field::Organisation => named(&row.organisation),
        Field::Kind => text(&texts.say(kind_id(row.kind))),
        Field::Line => named(&row.line),
        Field::Category => named(&row.category),
    }
}

/// `2026-11-30 14:05` in this machine's zone: sorts as text, and spreadsheets read it.
pub(super) fn moment(at: Timestamp) -> String {
    let local = jiff::Timestamp::from_microsecond(at.0).map(|at| jiff::tz::TimeZone::system().to_datetime(at));
    local.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}
