//! The WebSocket at `/v1/link`: challenge, hello, then frames both ways until one side is gone.
//!
//! Both directions share one loop. Events are pulled from the log only when the last frame is
//! written, so a slow reader costs nothing here; frames that cannot be pulled again are bounded in
//! the desk, and a connection that overflows is closed and catches up from its cursor.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use opora_desk::{Actor, Link, LinkEnded};
use opora_desk_store::SqliteStore;
use opora_runtime::CancellationToken;
use opora_wire::{
    Frame, Hello, MOST_FRAME, RefusalCode, ToClient, ToDesk, VERSION,
    hello::{BEAT, Challenge, Presence, Ready},
};
use tokio::time::{Instant, timeout};

use crate::{
    app::{App, MOST_FILE, Peer},
    limits::network,
    refusal::No,
    tokens::Issued,
};

/// Links at once; a desk of 2 000 people has two for each at times.
pub(crate) const MOST_LINKS: usize = 4_096;
/// Time to answer the challenge.
const HELLO_TIME: Duration = Duration::from_secs(10);
/// A frame that is not taken in this time never will be.
const WRITE_TIME: Duration = Duration::from_secs(20);
/// Three beats without a word: the other side is gone.
const SILENCE: Duration = Duration::from_micros(3 * BEAT.0.unsigned_abs());
/// Operations of one connection: so many at once ...
const OP_BURST: u32 = 200;
/// ... then one in this time. An outbox that was filled without a network passes unhindered.
const OP_PACE: Duration = Duration::from_millis(50);

/// Upgrades to the link.
pub(crate) async fn open(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !app.links.take(&network(peer.0)) {
        return No::from(RefusalCode::Busy).into_response();
    }
    let Ok(place) = Arc::clone(&app.places).try_acquire_owned() else {
        return No::from(RefusalCode::Busy).into_response();
    };
    upgrade.max_message_size(MOST_FRAME).max_frame_size(MOST_FRAME).on_upgrade(async move |socket| {
        let tasks = app.tasks.clone();
        tasks.spawn("link", |stop| async move {
            run(app, socket, stop).await;
            drop(place);
        });
    })
}

/// Why a link ended; for the log only.
#[derive(Debug, thiserror::Error)]
enum Gone {
    #[error("the connection broke or was closed")]
    Closed,
    #[error("nothing was heard, or nothing was taken, in time")]
    Silent,
    #[error("the client broke the protocol")]
    Protocol,
    #[error("refused: {0:?}")]
    Refused(RefusalCode),
    #[error("the desk ended it")]
    Ended(#[from] LinkEnded),
    #[error("the server stops")]
    Stopped,
}

async fn run(app: App, socket: WebSocket, stop: CancellationToken) {
    let mut wire = Wire { socket };
    let greeted = tokio::select! {
        biased;
        () = stop.cancelled() => Err(Gone::Stopped),
        greeted = greet(&app, &mut wire) => greeted,
    };
    let gone = match greeted {
        Ok((link, token)) => {
            let gone = Talk { app, wire, link, pace: Pace::new() }.run(stop).await;
            drop(token);
            gone
        }
        Err(gone) => gone,
    };
    tracing::info!(reason = %gone, "link closed");
}

struct Wire {
    socket: WebSocket,
}

impl Wire {
    async fn send(&mut self, id: u64, message: ToClient) -> Result<(), Gone> {
        let text = serde_json::to_string(&Frame::new(id, message)).map_err(|_| Gone::Protocol)?;
        if text.len() > MOST_FRAME {
            tracing::error!(bytes = text.len(), "a frame is too large");
            return Err(Gone::Protocol);
        }
        let sent = timeout(WRITE_TIME, self.socket.send(Message::Text(text.into()))).await;
        sent.map_err(|_| Gone::Silent)?.map_err(|_| Gone::Closed)
    }

    /// The next text; may be dropped while it waits.
    async fn receive(&mut self) -> Result<String, Gone> {
        loop {
            match self.socket.recv().await {
                Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Binary(_))) => return Err(Gone::Protocol),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Gone::Closed),
            }
        }
    }
}

/// Who is there? Both sides prove themselves before anything else is said.
async fn greet(app: &App, wire: &mut Wire) -> Result<(Link<SqliteStore>, Issued), Gone> {
    let nonce = URL_SAFE_NO_PAD.encode(app.rng.bytes::<24>());
    let challenge = Challenge { proto: [VERSION, VERSION], desk: app.desk_key, nonce: nonce.clone() };
    wire.send(0, ToClient::Challenge(challenge)).await?;
    let text = timeout(HELLO_TIME, wire.receive()).await.map_err(|_| Gone::Silent)??;
    let (id, hello) = match serde_json::from_str::<Frame<ToDesk>>(&text) {
        Ok(Frame { id, message: ToDesk::Hello(hello), .. }) => (id, hello),
        _ => return Err(Gone::Protocol),
    };
    match admit(app, &nonce, &hello).await {
        Ok((link, ready, token)) => {
            wire.send(id, ToClient::Ready(ready)).await?;
            Ok((link, token))
        }
        Err(No(refusal)) => {
            let code = refusal.code;
            wire.send(id, ToClient::Refused(refusal)).await?;
            Err(Gone::Refused(code))
        }
    }
}

async fn admit(app: &App, nonce: &str, hello: &Hello) -> Result<(Link<SqliteStore>, Ready, Issued), No> {
    let [lowest, highest] = hello.proto;
    if !(lowest..=highest).contains(&VERSION) {
        return Err(RefusalCode::Version.into());
    }
    let said: Presence = hello.presence.open(&hello.device).map_err(|_| RefusalCode::NotAllowed)?;
    if said.desk != app.desk_key || said.nonce != nonce {
        return Err(RefusalCode::NotAllowed.into());
    }
    let actor = app.desk.actor(hello.device).await?;
    app.desk.prove(&actor, hello.code.as_deref()).await?;
    let firm = app.desk.firm_for(hello.feed_epoch, hello.cursor).await?;
    // A cursor of another feed says nothing about this one.
    let cursor = if hello.feed_epoch == Some(firm.feed_epoch) { hello.cursor.max(0) } else { 0 };
    let link = app.desk.connect(actor, cursor);
    let token = app.tokens.issue(hello.device);
    let actor: &Actor = link.actor();
    let ready = Ready {
        person: actor.person.id,
        name: actor.person.name.clone(),
        role: actor.person.role,
        desk_name: firm.name,
        organisation_key: firm.organisation_key,
        feed_epoch: firm.feed_epoch,
        token: token.token.clone(),
        ice: app.tickets.ice(actor.person.id, app.desk.clock().now()),
        most_file: MOST_FILE,
    };
    Ok((link, ready, token))
}

/// Slows down who sends too much.
struct Pace {
    free: u32,
    since: Instant,
}

impl Pace {
    fn new() -> Self {
        Self { free: OP_BURST, since: Instant::now() }
    }

    async fn wait(&mut self) {
        let earned = self.since.elapsed().as_millis() / OP_PACE.as_millis();
        if earned > 0 {
            self.since = Instant::now();
            self.free = self.free.saturating_add(u32::try_from(earned).unwrap_or(OP_BURST)).min(OP_BURST);
        }
        match self.free.checked_sub(1) {
            Some(left) => self.free = left,
            None => tokio::time::sleep(OP_PACE).await,
        }
    }
}

struct Talk {
    app: App,
    wire: Wire,
    link: Link<SqliteStore>,
    pace: Pace,
}

impl Talk {
    async fn run(&mut self, stop: CancellationToken) -> Gone {
        let mut heard = Instant::now();
        loop {
            let turn = tokio::select! {
                biased;
                () = stop.cancelled() => return Gone::Stopped,
                text = self.wire.receive() => match text {
                    Ok(text) => {
                        heard = Instant::now();
                        self.on_text(&text).await
                    }
                    Err(gone) => Err(gone),
                },
                frame = self.link.next() => match frame {
                    Ok(frame) => self.wire.send(0, frame).await,
                    Err(ended) => Err(ended.into()),
                },
                () = tokio::time::sleep_until(heard + SILENCE) => Err(Gone::Silent),
            };
            if let Err(gone) = turn {
                return gone;
            }
        }
    }

    async fn on_text(&mut self, text: &str) -> Result<(), Gone> {
        self.link.beat();
        let Ok(frame) = serde_json::from_str::<Frame<ToDesk>>(text) else { return self.on_unknown(text).await };
        let actor = self.link.actor();
        let desk = &self.app.desk;
        let counts = matches!(frame.message, ToDesk::Op(_) | ToDesk::Fetch(_));
        if counts && !self.app.operations.take(&actor.device) {
            return self.wire.send(frame.id, ToClient::Refused(RefusalCode::Busy.into())).await;
        }
        let answer = match frame.message {
            ToDesk::Op(op) => {
                self.pace.wait().await;
                desk.execute(actor, op).await.map_or_else(ToClient::Refused, ToClient::Done)
            }
            ToDesk::Fetch(fetch) => {
                self.pace.wait().await;
                desk.fetch(actor.person.id, fetch).await.map_or_else(ToClient::Refused, ToClient::Fetched)
            }
            ToDesk::Ping => ToClient::Pong,
            ToDesk::Typing { conversation } => return transient(desk.typing(actor, conversation).await),
            ToDesk::Signal(signal) => return transient(desk.signal(actor, signal).await),
            ToDesk::Hello(_) => return Err(Gone::Protocol),
        };
        self.wire.send(frame.id, answer).await
    }

    /// From a newer client, or nonsense: what has an id is answered.
    async fn on_unknown(&mut self, text: &str) -> Result<(), Gone> {
        let frame: serde_json::Value = serde_json::from_str(text).map_err(|_| Gone::Protocol)?;
        match frame.get("id").and_then(serde_json::Value::as_u64) {
            Some(id) if id > 0 => self.wire.send(id, ToClient::Refused(RefusalCode::Invalid.into())).await,
            _ => Ok(()),
        }
    }
}

/// What is not kept may be lost; a failing store is already known to who writes.
fn transient(passed: Result<(), opora_desk::DeskError>) -> Result<(), Gone> {
    if let Err(error) = passed {
        tracing::warn!(%error, "a transient frame was not passed on");
    }
    Ok(())
}
