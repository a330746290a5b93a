//! `POST /v1/invite` and `POST /v1/redeem`.

use axum::{Extension, Json, body::Bytes, extract::State};
use opora_wire::{
    RefusalCode,
    redeem::{Look, Offered, Redeem, Redeemed},
};
use serde::de::DeserializeOwned;

use crate::{
    app::{App, Peer},
    limits::network,
    refusal::No,
};

pub(crate) async fn look(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    body: Bytes,
) -> Result<Json<Offered>, No> {
    let look: Look = admit(&app, peer, &body)?;
    Ok(Json(app.desk.look(look).await?))
}

pub(crate) async fn redeem(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    body: Bytes,
) -> Result<Json<Redeemed>, No> {
    let redeem: Redeem = admit(&app, peer, &body)?;
    Ok(Json(app.desk.redeem(redeem).await?))
}

fn admit<T: DeserializeOwned>(app: &App, peer: Peer, body: &[u8]) -> Result<T, No> {
    if !app.invites.take(&network(peer.0)) {
        return Err(RefusalCode::Busy.into());
    }
    serde_json::from_slice(body).map_err(|_| RefusalCode::Invalid.into())
}
