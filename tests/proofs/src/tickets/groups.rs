//! Whether a list in groups is the same list, group after group.

use opora_ipc::ticket::{TicketGroupView, TicketView, TicketsPage};
use serde_json::Value;

/// `rows` are all tickets in the order of the list without groups.
pub(super) fn is_right(group: &str, page: &TicketsPage, rows: &[TicketView]) -> bool {
    let of = |wanted: &TicketGroupView| {
        let label = label_of_group(group, wanted);
        rows.iter().filter(move |row| label_of(group, row) == label).map(|row| row.id).collect::<Vec<_>>()
    };
    let groups: Vec<_> = page.groups.iter().map(|one| (one.count as usize, of(one))).collect();
    let counted = groups.iter().all(|(count, rows)| rows.len() == *count && *count > 0);
    let whole: Vec<_> = groups.into_iter().flat_map(|(_, rows)| rows).collect();
    let from = (page.from as usize).min(whole.len());
    let window: Vec<_> = page.rows.iter().map(|row| row.id).collect();
    counted && whole.len() == rows.len() && whole[from..].starts_with(&window)
}

/// Lines, clients and categories are known by their names, all else by the value itself.
fn label_of_group(group: &str, of: &TicketGroupView) -> String {
    match group {
        "organisation" | "line" | "category" => of.name.clone().unwrap_or_default(),
        _ => of.key.clone(),
    }
}

fn label_of(group: &str, row: &TicketView) -> String {
    let word = |value: Result<Value, serde_json::Error>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    match group {
        "status" => word(serde_json::to_value(row.status)),
        "priority" => word(serde_json::to_value(row.priority)),
        "assignee" => row.assignee_id.map(|id| id.to_string()).unwrap_or_default(),
        "tracker" => row.tracker.to_string(),
        "organisation" => row.organisation.clone().unwrap_or_default(),
        "line" => row.line.clone().unwrap_or_default(),
        _ => row.category.clone().unwrap_or_default(),
    }
}
