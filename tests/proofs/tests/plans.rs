//! No statement of a working day reads a table from its beginning to its end that grows with the history.
//!
//! A small day is lived on a real desk and every statement of it is heard; then the engine is asked how it would
//! go about each. Nothing was counted in the file (no `ANALYZE`), so its answer is the same for a desk of a year.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, Result};
use opora_desk::{
    Actor,
    store::{ReportsStore, Store},
};
use opora_desk_store::SqliteStore;
use opora_domain::{ConversationId, MessageId, Timestamp, message::Draft, rating, request::Class, role::Role};
use opora_proofs::firm::Firm;
use opora_runtime::{Clock, Rng};
use opora_wire::OpBody;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use tracing::field::{Field, Visit};
use tracing_subscriber::{Layer, layer::SubscriberExt};

/// How the engine begins a line of its plan that goes through a whole table or index.
const SCAN: &str = "SCAN ";
/// What may be gone through. Tables as large as the firm, lists that a statement brings along, and indices that
/// know only what is open.
const SMALL: [&str; 15] = [
    "CONSTANT ROW",
    "json_each",
    "topics",   // of a webhook
    "webhooks", // fifty at most
    "sqlite_schema",
    "q", // of `open`: the talks that go on
    "l",
    "pl",
    "o", // own specialists
    "line_calendars",
    "overflows",
    "passes", // of what waits
    "holds",
    "specialist_load",
    "person_lines",
];
const OPEN: [&str; 5] = ["requests_queue", "requests_held", "screens_open", "transfers_open", "invitations_open"];

/// Statements, as the engine's driver tells of them.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<BTreeSet<String>>>);

impl Visit for Heard {
    fn record_str(&mut self, field: &Field, value: &str) {
        // A short one is told as its own summary, and the statement is empty then.
        if field.name() == "db.statement" || (field.name() == "summary" && !value.ends_with('…')) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(value.trim().to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

impl<S: tracing::Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            event.record(&mut self.clone());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_grows_is_read_from_end_to_end() -> Result<()> {
    let (heard, folder) = (Heard::default(), tempfile::tempdir()?);
    let (path, firm) = (folder.path().join("desk.db"), Firm::open(Clock::fake(), Rng::seeded(1)).await?);
    SqliteStore::open(&path, &Rng::system()).await?.close().await;
    // From here on; a file is made once.
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(heard.clone()))?;
    SqliteStore::open(&path, &Rng::system()).await?.close().await;
    live_a_day(&firm).await?;

    let mut db = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await?;
    let all = heard.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let (mut planned, mut bad) = (0, Vec::new());
    for sql in all.iter().flat_map(|text| text.split(';')).map(str::trim) {
        if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|word| sql.starts_with(word)) {
            continue;
        }
        planned += 1;
        let scans = plan(&mut db, sql).await?.into_iter().filter(|line| grows(line));
        bad.extend(scans.map(|line| format!("{line}\n{sql}")));
    }
    assert!(planned > 40, "a day asks for more than {planned} things");
    assert!(bad.is_empty(), "{}", bad.join("\n\n"));
    Ok(())
}

#[test]
fn a_scan_of_what_grows_is_noticed() {
    assert!(grows("SCAN events") && grows("SCAN q2") && grows("SCAN requests USING INDEX requests_report"));
    assert!(!grows("SCAN requests USING INDEX requests_queue") && !grows("SEARCH events USING INDEX x (id=?)"));
    assert!(!grows("SCAN json_each VIRTUAL TABLE INDEX 1:"));
}

fn grows(line: &str) -> bool {
    let Some(scanned) = line.strip_prefix(SCAN) else { return false };
    let small = SMALL.iter().any(|name| scanned == *name || scanned.starts_with(&format!("{name} ")));
    let open = OPEN.iter().any(|index| scanned.ends_with(index));
    !(small || open || scanned.starts_with("(subquery-"))
}

async fn plan(db: &mut SqliteConnection, sql: &str) -> Result<Vec<String>> {
    type Row = (i64, i64, i64, String);
    let query = sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
    let rows: Vec<Row> = query.fetch_all(db).await.with_context(|| sql.to_owned())?;
    Ok(rows.into_iter().map(|(.., line)| line).collect())
}

/// Anna asks twice, once takes it back; Boris is offered a request, takes it, writes and ends it; Galina looks.
async fn live_a_day(firm: &Firm) -> Result<()> {
    let line = firm.line("Первая линия").await?;
    let anna = firm.hire("Анна Белова", Role::Customer, &[], 0).await?;
    let boris = firm.hire("Борис Ким", Role::Specialist, &[line], 4).await?;
    let galina = firm.hire("Галина Орлова", Role::Supervisor, &[], 0).await?;
    let mut links: Vec<_> = [&anna, &boris, &galina].map(|one| firm.desk.connect(one.clone(), 0)).into();
    let request = firm.ask(&anna, line, Class::Error).await?;
    firm.desk.turn().await?;
    do_all(firm, &boris, [OpBody::Accept { request, epoch: 1 }]).await?;
    let conversation = ConversationId(request.0);
    do_all(firm, &anna, [OpBody::Say { conversation, draft: words(firm) }]).await?;
    do_all(firm, &boris, [OpBody::Say { conversation, draft: words(firm) }, OpBody::See { conversation, up_to: 1 }])
        .await?;
    for link in &mut links {
        while tokio::time::timeout(std::time::Duration::from_millis(100), link.next()).await.is_ok() {}
    }
    firm.desk.store().peers(anna.person.id).await?;
    do_all(firm, &boris, [OpBody::Close { conversation }]).await?;
    let stars = rating::Rating { stars: rating::Stars::new(5).context("five")?, comment: String::new() };
    do_all(firm, &anna, [OpBody::Rate { conversation, rating: stars }]).await?;
    let second = firm.ask(&anna, line, Class::Question).await?;
    do_all(firm, &anna, [OpBody::Cancel { request: second }]).await?;
    firm.desk.turn().await?;
    firm.desk.store().busy_since().await?;
    firm.desk.store().day(Timestamp(0)).await?;
    Ok(())
}

async fn do_all(firm: &Firm, who: &Actor, bodies: impl IntoIterator<Item = OpBody>) -> Result<()> {
    for body in bodies {
        firm.act(who, body).await.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    }
    Ok(())
}

fn words(firm: &Firm) -> Draft {
    Draft { id: MessageId(firm.id()), text: "Бумага кончилась".into(), reply_to: None, file: None }
}
