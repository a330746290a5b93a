//! A ticket with its history as a page that any browser prints, or keeps as PDF.

use std::sync::Arc;

use opora_domain::TicketId;
use opora_ipc::{
    UiError,
    app::Language,
    import::SavedPath,
    ticket::{TicketCard, TicketEntry},
};

use super::{
    export::{kind_name, moment, priority_name},
    list,
};
use crate::{core::Core, invite_sheet::escaped, words::status_name};

/// The style: black on white, nothing that a printer leaves out.
const STYLE: &str = "body{font:13px/1.45 sans-serif;color:#000;background:#fff;margin:14mm;max-width:180mm}\
h1{font-size:19px;margin:0 0 2mm}dl{display:grid;grid-template-columns:max-content 1fr;gap:1mm 5mm;margin:4mm 0}\
dt{color:#444}dd{margin:0}pre{font:inherit;white-space:pre-wrap;margin:0}section{border-top:1px solid #999;padding:3mm 0;\
break-inside:avoid}section h2{font-size:13px;margin:0 0 1mm}.staff{border-left:3px solid #999;padding-left:3mm}";

/// Saves the page and opens it.
pub(crate) async fn print(core: &Arc<Core>, ticket: TicketId) -> Result<SavedPath, UiError> {
    let card = list::open(core, ticket).await?;
    let language = core.state().settings.language;
    let number = card.row.number.map(|number| number.to_string()).unwrap_or_default();
    let name = match language {
        Language::Ru => format!("Заявка {number}.html"),
        Language::En => format!("Ticket {number}.html"),
    };
    let path = core.save_own(name.trim(), html(&card, language).into_bytes()).await?;
    Ok(SavedPath { path: path.to_string_lossy().into_owned() })
}

/// The page. Everything that people wrote is escaped.
fn html(card: &TicketCard, language: Language) -> String {
    let russian = language == Language::Ru;
    let said = |ru: &'static str, en: &'static str| if russian { ru } else { en };
    let row = &card.row;
    let title = format!("{} {}", row.number.map(|number| format!("№ {number}")).unwrap_or_default(), row.subject);
    let fields = [
        (said("Состояние", "Status"), status_name(language, row.status).to_owned()),
        (said("Вид", "Kind"), kind_name(language, row.kind).to_owned()),
        (said("Важность", "Priority"), priority_name(language, row.priority).to_owned()),
        (said("Клиент", "Customer"), row.customer.clone()),
        (said("Организация", "Organisation"), row.organisation.clone().unwrap_or_default()),
        (said("Исполнитель", "Assignee"), row.assignee.clone().unwrap_or_default()),
        (said("Программа", "Program"), format!("{} {}", card.product, card.release).trim().to_owned()),
        (said("Создана", "Made"), moment(row.at)),
    ];
    let fields: String = fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escaped(value)))
        .collect();
    let history: String = card.history.iter().map(|entry| section(entry, language)).collect();
    let (lang, title) = (said("ru", "en"), escaped(title.trim()));
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLE}</style></head><body><h1>{title}</h1><dl>{fields}</dl><pre>{}</pre>{history}</body></html>\n",
        escaped(&row.description)
    )
}

fn section(entry: &TicketEntry, language: Language) -> String {
    let status = entry.changes.iter().find_map(|change| match &change.now {
        opora_domain::ticket::Change::Status(status) => Some(status_name(language, *status)),
        _ => None,
    });
    if entry.text.is_empty() && status.is_none() && entry.files.is_empty() {
        return String::new();
    }
    let by = escaped(entry.by.as_deref().unwrap_or(if language == Language::Ru {
        "Служба поддержки"
    } else {
        "The desk"
    }));
    let files: String = entry.files.iter().map(|file| format!("<p>📎 {}</p>", escaped(&file.name))).collect();
    let status = status.map(|status| format!(" · {status}")).unwrap_or_default();
    let class = if entry.staff { " class=\"staff\"" } else { "" };
    format!(
        "<section{class}><h2>{by} · {}{status}</h2><pre>{}</pre>{files}</section>",
        moment(entry.at),
        escaped(&entry.text)
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_people_wrote_never_becomes_markup() {
        let entry =
            super::TicketEntry {
                text: "<script>alert(1)</script>".into(), by: Some("<b>Анна</b>".into()), ..entry()
            };
        let page = super::section(&entry, super::Language::Ru);
        assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
    }

    fn entry() -> super::TicketEntry {
        super::TicketEntry {
            id: opora_domain::MessageId(uuid::Uuid::nil()),
            by: None,
            of_firm: false,
            mine: false,
            at: opora_domain::Timestamp(0),
            changes: Vec::new(),
            text: String::new(),
            files: Vec::new(),
            staff: false,
            what: opora_ipc::ticket::TicketHappened::Updated,
            mark: opora_domain::message::Mark::Sent,
            stuck: None,
        }
    }
}
