//! A list of tickets as a file.

use std::sync::Arc;

use opora_domain::{
    Timestamp, file,
    ticket::{Kind, Priority},
};
use opora_ipc::{
    ErrorCode, UiError,
    app::Language,
    conversation::SavedFile,
    report::{Cell, Table},
    ticket::{ExportTickets, TicketView},
};

use crate::{core::Core, refusal::local, tables, words::status_name};

/// Columns in the order of a file that says nothing else.
const COLUMNS: [&str; 12] = [
    "number",
    "subject",
    "status",
    "priority",
    "kind",
    "customer",
    "organisation",
    "assignee",
    "line",
    "category",
    "made",
    "updated",
];

/// Writes a list into a new file in the downloads folder.
pub(crate) async fn export(core: &Arc<Core>, args: ExportTickets) -> Result<SavedFile, UiError> {
    let at = core.at();
    let (rows, language) = {
        let state = core.state();
        (state.tickets_listed(at, &args.ask), state.settings.language)
    };
    let known = |column: &&str| COLUMNS.contains(column);
    let mut columns: Vec<&str> = args.columns.iter().map(String::as_str).filter(known).collect();
    if columns.is_empty() {
        columns = COLUMNS.to_vec();
    }
    let title = if language == Language::Ru { "Заявки" } else { "Tickets" };
    let table = Table {
        title: title.to_owned(),
        head: columns.iter().map(|column| head(language, column).to_owned()).collect(),
        rows: rows.iter().map(|row| columns.iter().map(|column| cell(language, row, column)).collect()).collect(),
    };
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

fn head(language: Language, column: &str) -> &'static str {
    let (ru, en) = match column {
        "number" => ("№", "No."),
        "subject" => ("Тема", "Subject"),
        "status" => ("Состояние", "Status"),
        "priority" => ("Важность", "Priority"),
        "kind" => ("Вид", "Kind"),
        "customer" => ("Клиент", "Customer"),
        "organisation" => ("Организация", "Organisation"),
        "assignee" => ("Исполнитель", "Assignee"),
        "line" => ("Линия", "Line"),
        "category" => ("Категория", "Category"),
        "made" => ("Создана", "Made"),
        _ => ("Изменена", "Updated"),
    };
    if language == Language::Ru { ru } else { en }
}

fn cell(language: Language, row: &TicketView, column: &str) -> Cell {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text { text: text.to_owned() } };
    let named = |name: &Option<String>| text(name.as_deref().unwrap_or_default());
    match column {
        "number" => text(&row.number.map(|number| number.to_string()).unwrap_or_default()),
        "subject" => text(&row.subject),
        "status" => text(status_name(language, row.status)),
        "priority" => text(priority_name(language, row.priority)),
        "kind" => text(kind_name(language, row.kind)),
        "customer" => text(&row.customer),
        "organisation" => named(&row.organisation),
        "assignee" => named(&row.assignee),
        "line" => named(&row.line),
        "category" => named(&row.category),
        "made" => text(&moment(row.at)),
        _ => text(&moment(row.updated)),
    }
}

/// `2026-11-30 14:05` in this machine's zone: sorts as text, and spreadsheets read it.
pub(super) fn moment(at: Timestamp) -> String {
    let local = jiff::Timestamp::from_microsecond(at.0).map(|at| jiff::tz::TimeZone::system().to_datetime(at));
    local.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// A priority, as the interface names it.
pub(super) fn priority_name(language: Language, priority: Priority) -> &'static str {
    let (ru, en) = match priority {
        Priority::Low => ("Низкая", "Low"),
        Priority::Normal => ("Обычная", "Normal"),
        Priority::High => ("Высокая", "High"),
        Priority::Urgent => ("Срочная", "Urgent"),
    };
    if language == Language::Ru { ru } else { en }
}

/// A kind, as the interface names it.
pub(super) fn kind_name(language: Language, kind: Kind) -> &'static str {
    let (ru, en) = match kind {
        Kind::Error => ("Ошибка", "Error"),
        Kind::Consultation => ("Консультация", "Consultation"),
        Kind::Wish => ("Пожелание", "Wish"),
    };
    if language == Language::Ru { ru } else { en }
}
