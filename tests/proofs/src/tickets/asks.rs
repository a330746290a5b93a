//! What people ask of the list: each filter alone, some together, every order, groups, words, pages from the
//! middle. Beside each, where the plain table knows the columns, what that is in SQL.

use opora_domain::ticket::Status;
use serde_json::{Value, json};

use super::{WINDOW, fill::Filled};

/// Cards of a column of the interface's board.
const CARDS: u32 = 50;
/// Columns of the list; what each is in the table.
const COLUMNS: [(&str, &str); 9] = [
    ("number", "number"),
    ("subject", "subject"),
    ("customer", "customer"),
    ("status", "status"),
    ("priority", "priority"),
    ("assignee", "assignee"),
    ("deadline", "deadline"),
    ("made", "made"),
    ("updated", "updated"),
];

/// A question.
pub(super) struct Question {
    pub(super) what: String,
    /// As the interface asks.
    pub(super) ask: Value,
    /// Condition and column of the order, for the table.
    pub(super) sql: Option<Sql>,
}

/// A question to the table.
pub(super) struct Sql {
    pub(super) condition: String,
    pub(super) column: &'static str,
    pub(super) down: bool,
}

fn ask(filter: &Value, by: &str, down: bool, from: usize) -> Value {
    json!({ "filter": filter, "sort": { "by": by, "down": down }, "group": null, "from": from, "count": WINDOW })
}

/// By what happened last, as the list is at first.
fn filtered(what: &str, filter: &Value, condition: Option<String>) -> Question {
    let sql = condition.map(|condition| Sql { condition, column: "updated", down: true });
    Question { what: format!("filter={what}"), ask: ask(filter, "updated", true, 0), sql }
}

pub(super) fn all(firm: &Filled, count: usize) -> Vec<Question> {
    let mut all = filters(firm);
    all.extend(words());
    all.extend(orders(firm, count));
    all.extend(groups(count));
    all
}

fn filters(firm: &Filled) -> Vec<Question> {
    let (category, line, organisation) = (&firm.categories[2], &firm.lines[1], &firm.organisations[5]);
    let (from, before) = (firm.from.0, firm.before.0);
    let over = "status NOT IN (4, 5, 6)";
    let one = |what: &str, filter: Value, condition: &str| filtered(what, &filter, Some(condition.to_owned()));
    vec![
        one("none", json!({}), "1"),
        one("open", json!({ "open": true }), over),
        one("statuses", json!({ "statuses": ["in_work", "waiting"] }), "status IN (2, 3)"),
        one("kinds", json!({ "kinds": ["wish"] }), "kind = 'wish'"),
        one("trackers", json!({ "trackers": [firm.tracker] }), &format!("tracker = '{}'", firm.tracker)),
        one("priorities", json!({ "priorities": ["urgent", "high"] }), "priority IN (2, 3)"),
        one("categories", json!({ "categories": [category.0] }), &format!("category = '{}'", category.1)),
        one("lines", json!({ "lines": [line.0] }), &format!("line = '{}'", line.1)),
        one(
            "organisations",
            json!({ "organisations": [organisation.0] }),
            &format!("organisation = '{}'", organisation.1),
        ),
        one("customer", json!({ "customer": firm.customer }), &format!("customer_id = '{}'", firm.customer)),
        one("nobody", json!({ "assignee": { "is": "nobody" } }), "assignee_id IS NULL"),
        one("me", json!({ "assignee": { "is": "me" } }), "0"),
        one(
            "person",
            json!({ "assignee": { "is": "person", "person": firm.specialist } }),
            &format!("assignee_id = '{}'", firm.specialist),
        ),
        filtered("lights", &json!({ "lights": ["red", "yellow"] }), None),
        filtered("watched", &json!({ "watched": true }), None),
        one("period", json!({ "from": from, "before": before }), &format!("made >= {from} AND made < {before}")),
        one(
            "open+urgent+line",
            json!({ "open": true, "priorities": ["urgent"], "lines": [line.0] }),
            &format!("{over} AND priority = 3 AND line = '{}'", line.1),
        ),
        one(
            "person+waiting+period",
            json!({
                "assignee": { "is": "person", "person": firm.specialist }, "statuses": ["waiting"],
                "from": from, "before": before
            }),
            &format!("assignee_id = '{}' AND status = 3 AND made >= {from} AND made < {before}", firm.specialist),
        ),
        one(
            "open+organisation+words",
            json!({ "open": true, "organisations": [organisation.0], "text": "счёт" }),
            &format!("{over} AND organisation = '{}' AND instr(subject, 'счёт') > 0", organisation.1),
        ),
    ]
}

fn words() -> Vec<Question> {
    let in_it = |word: &str| format!("(instr(subject, '{word}') > 0 OR instr(customer, '{word}') > 0)");
    ["счёт", "Щукина", "клиент 7", "документ", "нетакого"]
        .into_iter()
        .map(|text| {
            let small = text.to_lowercase();
            let each = small.split_whitespace().map(|word| match word.parse::<i64>() {
                Ok(number) => format!("({} OR number = {number})", in_it(word)),
                Err(_) => in_it(word),
            });
            filtered(&format!("text:{text}"), &json!({ "text": text }), Some(each.collect::<Vec<_>>().join(" AND ")))
        })
        .collect()
}

/// Every order up and down, the first page and one from the middle; and orders of what is open.
fn orders(firm: &Filled, count: usize) -> Vec<Question> {
    let mut all = Vec::new();
    for (by, column) in COLUMNS {
        for down in [false, true] {
            for (place, from) in [("", 0), (" middle", count / 2)] {
                let sql = Some(Sql { condition: "1".into(), column, down });
                let what = format!("sort={by} {}{place}", if down { "down" } else { "up" });
                all.push(Question { what, ask: ask(&json!({}), by, down, from), sql });
            }
        }
        let condition = format!("status NOT IN (4, 5, 6) AND assignee_id = '{}'", firm.specialist);
        let filter = json!({ "open": true, "assignee": { "is": "person", "person": firm.specialist } });
        let sql = Some(Sql { condition, column, down: false });
        all.push(Question { what: format!("sort={by} of open, person"), ask: ask(&filter, by, false, 0), sql });
    }
    all
}

/// The first page and one from the middle.
fn groups(count: usize) -> Vec<Question> {
    let mut all = Vec::new();
    for group in ["status", "priority", "assignee", "organisation", "line", "tracker", "category"] {
        for (place, from) in [("", 0), (" middle", count / 2)] {
            let mut ask = ask(&json!({}), "updated", true, from);
            ask["group"] = json!(group);
            all.push(Question { what: format!("group={group}{place}"), ask, sql: None });
        }
    }
    all
}

/// The columns of the board, as the interface asks for them.
pub(super) fn board() -> Vec<Value> {
    Status::ALL
        .into_iter()
        .map(|status| {
            let (by, down) = if status.is_over() { ("updated", true) } else { ("deadline", false) };
            let mut ask = ask(&json!({ "statuses": [status] }), by, down, 0);
            ask["count"] = json!(CARDS);
            ask
        })
        .collect()
}
