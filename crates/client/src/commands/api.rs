//! Keys of the HTTP API, and webhooks. Their secrets are made here: the desk is told a key's hash alone, and a
//! webhook's secret once.

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use opora_domain::{
    KeyId, Span, Timestamp, WebhookId,
    api::{self, Card, CardError},
    webhook::{self, address},
};
use opora_ipc::{
    ErrorCode, UiError,
    api::{
        ApiKeyRef, ApiView, MadeApiKey, MakeApiKey, PutWebhook, ReplayWebhook, SetWebhook, WebhookLog, WebhookLogAsk,
        WebhookRef,
    },
};
use opora_wire::{
    OpBody,
    api::{Deliveries, Listed, Op, Replay},
};

use super::desk_http;
use crate::{core::Core, outbox::no_account};

const MINUTES_A_DAY: i64 = 24 * 60;

/// What there is.
pub(super) async fn api(core: &Arc<Core>) -> Result<ApiView, UiError> {
    let Listed { keys, webhooks } = desk_http::get(core, "/v1/api").await?;
    let state = core.state();
    let (_, account) = state.account.as_ref().ok_or_else(no_account)?;
    Ok(ApiView { address: format!("https://{}/api/v1", account.address), keys, webhooks })
}

/// Gives a key out.
pub(super) async fn make_key(core: &Arc<Core>, args: MakeApiKey) -> Result<MadeApiKey, UiError> {
    let MakeApiKey { name, scopes, days } = args;
    let now = core.clock().now();
    let until = days.map(|days| now + Span::minutes(i64::from(days) * MINUTES_A_DAY));
    let card = Card { name: name.trim().to_owned(), scopes: scopes.into_iter().collect(), until };
    card.check(now).map_err(|error| {
        let code = if error == CardError::Name { ErrorCode::Empty } else { ErrorCode::ApiKeyWrong };
        UiError::permanent(code, error)
    })?;
    let text = api::text(&secret(core));
    let hash = api::hash(&text).ok_or_else(|| UiError::permanent(ErrorCode::Internal, "a key without a hash"))?;
    let hash = blake3::Hash::from_bytes(hash).to_hex().to_string();
    execute(core, Op::MakeKey { key: KeyId(core.new_op().0), card, hash }).await?;
    Ok(MadeApiKey { text, view: api(core).await? })
}

/// Takes a key back.
pub(super) async fn revoke_key(core: &Arc<Core>, ApiKeyRef { key }: ApiKeyRef) -> Result<ApiView, UiError> {
    execute(core, Op::RevokeKey { key }).await?;
    api(core).await
}

/// Makes a webhook or changes one. Who goes elsewhere gets another secret: the old one is for who had it.
pub(super) async fn put_webhook(core: &Arc<Core>, args: PutWebhook) -> Result<SetWebhook, UiError> {
    let PutWebhook { webhook, url, topics, on } = args;
    let url = url.trim().to_owned();
    // Whether it may go to private addresses is the desk's to say.
    let unsound = |error: &dyn std::fmt::Display| UiError::permanent(ErrorCode::WebhookWrong, error);
    address::check(&url, address::Reach::Inside).map_err(|error| unsound(&error))?;
    if topics.is_empty() {
        return Err(unsound(&"it is told nothing"));
    }
    let known = match webhook {
        Some(id) => api(core).await?.webhooks.into_iter().find(|one| one.id == id),
        None => None,
    };
    let secret = known.is_none_or(|known| known.card.url != url).then(|| secret(core));
    let webhook = webhook.unwrap_or_else(|| WebhookId(core.new_op().0));
    let card = webhook::Card { url, topics: topics.into_iter().collect(), on };
    execute(core, Op::PutWebhook { webhook, card, secret: secret.clone() }).await.map_err(|error| {
        // All else was looked at here.
        if error.code == ErrorCode::Internal { UiError { code: ErrorCode::WebhookWrong, ..error } } else { error }
    })?;
    Ok(SetWebhook { secret, view: api(core).await? })
}

/// Drops a webhook.
pub(super) async fn drop_webhook(core: &Arc<Core>, WebhookRef { webhook }: WebhookRef) -> Result<ApiView, UiError> {
    execute(core, Op::DropWebhook { webhook }).await?;
    api(core).await
}

/// What it has told.
pub(super) async fn log(core: &Arc<Core>, ask: WebhookLogAsk) -> Result<WebhookLog, UiError> {
    let WebhookLogAsk { webhook, before } = ask;
    let before = before.map(|before| format!("?before={before}")).unwrap_or_default();
    let Deliveries { deliveries } = desk_http::get(core, &format!("/v1/api/webhooks/{webhook}{before}")).await?;
    Ok(WebhookLog { deliveries })
}

/// Tells again.
pub(super) async fn replay(core: &Arc<Core>, args: ReplayWebhook) -> Result<WebhookLog, UiError> {
    let ReplayWebhook { webhook, sequence } = args;
    // What is older is in the log no more.
    let since = || Timestamp(core.clock().now().0.saturating_sub(webhook::KEPT.0));
    let which = sequence.map_or_else(|| Replay::FailedSince(since()), Replay::One);
    execute(core, Op::Replay { webhook, which }).await?;
    log(core, WebhookLogAsk { webhook, before: None }).await
}

async fn execute(core: &Arc<Core>, op: Op) -> Result<(), UiError> {
    core.execute(OpBody::Api(op)).await.map(drop)
}

/// 256 random bits.
fn secret(core: &Core) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(core.rng().bytes::<32>())
}
