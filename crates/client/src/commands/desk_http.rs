//! Asking the desk over HTTP what does not go into the log.

use opora_ipc::{ErrorCode, UiError};
use opora_wire::Refusal;
use reqwest::{Client, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};

use crate::{core::Core, link::http_client, outbox::no_account, refusal::refused};

/// Asks with a body.
pub(super) async fn post<T: DeserializeOwned>(core: &Core, path: &str, body: &impl Serialize) -> Result<T, UiError> {
    ask(core, |client, desk| client.post(format!("{desk}{path}")).json(body)).await
}

/// Asks.
pub(super) async fn get<T: DeserializeOwned>(core: &Core, path: &str) -> Result<T, UiError> {
    ask(core, |client, desk| client.get(format!("{desk}{path}"))).await
}

async fn ask<T: DeserializeOwned>(
    core: &Core,
    request: impl FnOnce(&Client, &str) -> RequestBuilder,
) -> Result<T, UiError> {
    let offline = |error: &dyn std::fmt::Display| UiError::temporary(ErrorCode::Offline, error);
    let token = core.status.borrow().ready().map(|ready| ready.token.clone());
    let token = token.ok_or_else(|| offline(&"there is no connection to the desk"))?;
    let (pin, desk) = {
        let state = core.state();
        let (_, account) = state.account.as_ref().ok_or_else(no_account)?;
        (account.desk, format!("https://{}", account.address))
    };
    let client = http_client(pin).map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
    let answer = request(&client, &desk).bearer_auth(token).send().await;
    let answer = answer.map_err(|error| offline(&error.without_url()))?;
    if answer.status().is_success() {
        return answer.json().await.map_err(|error| UiError::temporary(ErrorCode::DeskVersion, error));
    }
    match answer.json::<Refusal>().await {
        Ok(refusal) => Err(refused(&refusal)),
        Err(error) => Err(offline(&error)),
    }
}
