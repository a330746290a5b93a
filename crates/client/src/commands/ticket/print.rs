//! A ticket with its history as a page that any browser prints, or keeps as PDF.

use std::sync::Arc;

use opora_domain::TicketId;
use opora_ipc::{
    UiError,
    import::SavedPath,
    ticket::{TicketCard, TicketEntry},
};

use opora_texts::Texts;

use super::{export::moment, list};
use crate::{
    core::Core,
    invite_sheet::escaped,
    words::{kind_id, priority_id, status_id, texts},
};

/// The style: black on white, nothing that a printer leaves out.
const STYLE: &str = "body{font:13px/1.45 sans-serif;color:#000;background:#fff;margin:14mm;max-width:180mm}\
h1{font-size:19px;margin:0 0 2mm}dl{display:grid;grid-template-columns:max-content 1fr;gap:1mm 5mm;margin:4mm 0}\
dt{color:#444}dd{margin:0}pre{font:inherit;white-space:pre-wrap;margin:0}section{border-top:1px solid #999;padding:3mm 0;\
break-inside:avoid}section h2{font-size:13px;margin:0 0 1mm}.staff{border-left:3px solid #999;padding-left:3mm}";

/// Saves the page and opens it.
pub(crate) async fn print(core: &Arc<Core>, ticket: TicketId) -> Result<SavedPath, UiError> {
    let card = list::open(core, ticket).await?;
    let texts = texts(core.state().settings.language);
    let number = card.row.number.map(|number| number.to_string()).unwrap_or_default();
    let name = format!("{}.html", texts.fill("core-ticket-file", [("number", number.into())]).trim());
    let path = core.save_own(&name, html(&card, texts).into_bytes()).await?;
    Ok(SavedPath { path: path.to_string_lossy().into_owned() })
}

/// The page. Everything that people wrote is escaped.
fn html(card: &TicketCard, texts: &Texts) -> String {
    let row = &card.row;
    let number = row.number.map(|number| texts.fill("ticket-number", [("number", number.into())]));
    let title = format!("{} {}", number.unwrap_or_default(), row.subject);
    let named = |name: &Option<String>| name.clone().unwrap_or_default();
    let fields = [
        ("ticket-field-status", texts.say(status_id(row.status))),
        ("ticket-field-tracker", texts.say(kind_id(row.kind))),
        ("ticket-field-priority", texts.say(priority_id(row.priority))),
        ("ticket-column-customer", row.customer.clone()),
        ("organisation", named(&row.organisation)),
        ("ticket-field-assignee", named(&row.assignee)),
        ("ticket-field-line", named(&row.line)),
        ("ticket-field-category", named(&row.category)),
        ("ticket-field-product", format!("{} {}", card.product, card.release).trim().to_owned()),
        ("ticket-column-made", moment(row.at)),
    ];
    let fields: String = fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(id, value)| format!("<dt>{}</dt><dd>{}</dd>", texts.say(id), escaped(value)))
        .collect();
    let history: String = card.history.iter().map(|entry| section(entry, texts)).collect();
    let (lang, title) = (texts.say("core-lang"), escaped(title.trim()));
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLE}</style></head><body><h1>{title}</h1><dl>{fields}</dl><pre>{}</pre>{history}</body></html>\n",
        escaped(&row.description)
    )
}

fn section(entry: &TicketEntry, texts: &Texts) -> String {
    let status = entry.changes.iter().find_map(|change| match &change.now {
        opora_domain::ticket::Change::Status(status) => Some(texts.say(status_id(*status))),
        _ => None,
    });
    if entry.text.is_empty() && status.is_none() && entry.files.is_empty() {
        return String::new();
    }
    let by = escaped(&entry.by.clone().unwrap_or_else(|| texts.say("ticket-by-desk")));
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
        let page = super::section(&entry, super::Texts::of(opora_domain::mail::Tongue::Ru));
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
