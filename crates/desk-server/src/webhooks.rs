//! Sends what webhooks have to tell: a task over the table of deliveries.
//!
//! Each webhook has a lane of its own, and in a lane one delivery goes after the other, so a receiver that hangs
//! holds up nobody else and the desk neither. A delivery is handed over first and marked then: a crash between the
//! two sends it once more, under the same `Opora-Delivery`. What a receiver answers is not kept, nor is any of it in
//! the log.

mod guard;

use std::{collections::BTreeSet, time::Duration};

use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use opora_desk::store::webhook::Due;
use opora_domain::{Span, WebhookId, webhook, webhook::address};
use opora_runtime::CancellationToken;
use serde_json::{Value, json};

use crate::app::App;

pub(crate) use guard::sender;

/// Looks so often for tries whose time has come; what is new is seen at once.
const PAUSE: Span = Span::seconds(15);
/// What is committed within this time is one look.
const BURST: Duration = Duration::from_millis(50);
/// A receiver that says nothing in this time is tried again later.
const PATIENCE: Duration = Duration::from_secs(10);
/// Deliveries that a lane takes along at once.
const MOST: u32 = 20;
/// Lanes at once.
const LANES: usize = 16;
/// Bytes of an answer that are read, so that the connection can be used again.
const MOST_ANSWER: usize = 16 * 1024;
/// Old deliveries are forgotten so often.
const FORGETS: Span = Span::minutes(60);

/// Sends until it is stopped.
pub(crate) async fn run(app: App, stop: CancellationToken) {
    let mut commits = app.desk.commits();
    let mut lanes: FuturesUnordered<BoxFuture<'_, WebhookId>> = FuturesUnordered::new();
    let mut busy = BTreeSet::new();
    let mut forgets_at = app.desk.clock().now();
    loop {
        if forgets_at <= app.desk.clock().now() {
            forgets_at = app.desk.clock().now() + FORGETS;
            if let Err(error) = app.desk.forget_deliveries().await {
                tracing::warn!(%error, "old deliveries are still in the log");
            }
        }
        match lanes_of(&app, &busy, LANES.saturating_sub(busy.len())).await {
            Ok(due) => {
                for (id, lane) in due {
                    busy.insert(id);
                    lanes.push(Box::pin(go(&app, id, lane)));
                }
            }
            Err(error) => tracing::warn!(%error, "deliveries of webhooks were not looked at"),
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            Some(done) = lanes.next(), if !lanes.is_empty() => {
                busy.remove(&done);
            }
            _ = commits.changed() => tokio::time::sleep(BURST).await,
            () = app.desk.clock().sleep(PAUSE) => {}
        }
    }
}

/// What is due, by webhook, of those that nothing is sent by just now.
async fn lanes_of(
    app: &App,
    busy: &BTreeSet<WebhookId>,
    most: usize,
) -> Result<Vec<(WebhookId, Vec<Due>)>, opora_desk::DeskError> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let mut lanes: Vec<(WebhookId, Vec<Due>)> = Vec::new();
    for due in app.desk.due_deliveries(MOST).await? {
        let id = due.delivery.webhook;
        match lanes.last_mut().filter(|(last, _)| *last == id) {
            Some((_, lane)) => lane.push(due),
            None => lanes.push((id, vec![due])),
        }
    }
    lanes.retain(|(id, _)| !busy.contains(id));
    lanes.truncate(most);
    Ok(lanes)
}

/// Sends one after the other. Where one does not arrive, somebody may have turned the webhook off by it: what is due
/// is looked at anew.
async fn go(app: &App, id: WebhookId, lane: Vec<Due>) -> WebhookId {
    for due in lane {
        let (status, said) = match send(app, &due).await {
            Ok(status) => (Some(status), String::new()),
            Err(said) => (None, said.to_owned()),
        };
        let arrived = matches!(status, Some(200..=299));
        if let Err(error) = app.desk.settle_delivery(&due, status, said).await {
            tracing::warn!(%error, webhook = %id, "what came of a delivery was not kept");
            return id;
        }
        tracing::debug!(webhook = %id, sequence = due.delivery.sequence, status, "a delivery was tried");
        if !arrived {
            return id;
        }
    }
    id
}

/// The status of the answer, or why there was none.
async fn send(app: &App, due: &Due) -> Result<u16, &'static str> {
    // What the desk allows may have changed since the webhook was made.
    let url = address::check(&due.url, app.desk.reach()).map_err(|_| "the address is not allowed")?;
    let (body, timestamp) = (body(due), app.desk.clock().now().0 / 1_000_000);
    let request = app.webhooks.post(url).timeout(PATIENCE);
    let request = request
        .header("Content-Type", "application/json")
        .header("Opora-Event", due.delivery.topic.name())
        .header("Opora-Delivery", due.delivery.id().to_string())
        .header("Opora-Timestamp", timestamp)
        .header("Opora-Signature", webhook::sign(&due.secret, timestamp, &body));
    let answer = request.body(body).send().await.map_err(|error| why(&error))?;
    let status = answer.status().as_u16();
    let (mut read, mut stream) = (0, answer.bytes_stream());
    while let Some(Ok(part)) = stream.next().await {
        read += part.len();
        if read > MOST_ANSWER {
            break;
        }
    }
    Ok(status)
}

/// What is told, the same at every try.
fn body(due: &Due) -> String {
    let told: Value = serde_json::from_str(&due.told).unwrap_or_default();
    let delivery = &due.delivery;
    let at = jiff::Timestamp::from_microsecond(delivery.at.0).map(|at| at.to_string()).unwrap_or_default();
    let (id, by, data) = (&told["id"], &told["by"], &told["data"]);
    let (event, sequence) = (delivery.topic.name(), delivery.sequence);
    json!({ "event": event, "id": id, "sequence": sequence, "at": at, "by": by, "data": data }).to_string()
}

/// In words of a closed list: an error of the library names the address.
fn why(error: &reqwest::Error) -> &'static str {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<guard::NotAllowed>() {
            return "the address is not allowed";
        }
        cause = one.source();
    }
    match (error.is_timeout(), error.is_connect()) {
        (true, _) => "no answer in 10 seconds",
        (_, true) => "no connection",
        _ => "the answer is no HTTP",
    }
}
