//! Sends letters: a task over the table of letters, and `POST /v1/mail/test` for the owner.
//!
//! A letter is handed to the mail server first and marked as sent then. A crash between the two
//! sends it once more, under the same `Message-ID`, which mail programs show as one. No address and
//! no word of a letter goes into the log.

use std::time::Duration;

use axum::{Json, Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls as SmtpTls, TlsParameters},
        extension::ClientId,
    },
};
use opora_desk::{
    letters,
    store::mail::{Letter, Outcome},
};
use opora_domain::{
    Span, Timestamp,
    mail::{self, Server, Tls},
    rights::{Act, Relation},
};
use opora_runtime::CancellationToken;
use opora_wire::{
    RefusalCode,
    mail::{Test, Tested},
};

use crate::{app::App, refusal::No};

/// A mail server that says nothing in this time is tried again later.
const PATIENCE: Duration = Duration::from_secs(30);
/// Looks so often for letters that are due and answers that nobody has read.
const PAUSE: Span = Span::seconds(15);
/// Letters of one look; the next ones wait for the next look, so that a stop is never far away.
const MOST: u32 = 50;
/// Characters of a server's words that are kept.
const MOST_SAID: usize = 500;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/v1/mail/test", post(test))
}

/// Writes and sends letters until it is stopped.
pub(crate) async fn run(app: App, stop: CancellationToken) {
    loop {
        let pass = async {
            if let Err(error) = app.desk.write_letters().await {
                tracing::warn!(%error, "letters were not written");
            }
            if let Err(error) = send_due(&app).await {
                tracing::warn!(%error, "letters were not sent");
            }
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = pass => {}
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = app.desk.letter_queued() => {}
            () = app.desk.clock().sleep(PAUSE) => {}
        }
    }
}

async fn send_due(app: &App) -> Result<(), opora_desk::DeskError> {
    let Some((server, password)) = app.desk.mail_server().await? else { return Ok(()) };
    let way = Way { server: &server, password: password.as_deref(), ca: app.mail_ca.as_deref() };
    let firm = app.desk.firm().await?.name;
    for letter in app.desk.due_letters(MOST).await? {
        let outcome = match send(way, &firm, &letter).await {
            Ok(_) => Outcome::Sent,
            Err(refused) => after(&letter, refused, app.desk.clock().now()),
        };
        if let Outcome::Failed { .. } = outcome {
            tracing::warn!(letter = %letter.id, "a letter was given up");
        }
        app.desk.settle_letter(&letter, &outcome).await?;
    }
    Ok(())
}

/// The way that letters go.
#[derive(Clone, Copy)]
struct Way<'a> {
    server: &'a Server,
    password: Option<&'a str>,
    ca: Option<&'a [u8]>,
}

/// What the mail server answered, or why it could not be asked.
struct Refused {
    for_good: bool,
    said: String,
}

/// A refusal for good ends a letter; so does its age.
fn after(letter: &Letter, refused: Refused, now: Timestamp) -> Outcome {
    let said: String = refused.said.chars().take(MOST_SAID).collect();
    match mail::again(letter.written_at, letter.attempts + 1, now) {
        Some(at) if !refused.for_good => Outcome::Again { at, said },
        _ => Outcome::Failed { said },
    }
}

/// Hands a letter to the server; answers its last words.
async fn send(way: Way<'_>, firm: &str, letter: &Letter) -> Result<String, Refused> {
    let server = way.server;
    let message = message(server, firm, letter).map_err(|said| Refused { for_good: true, said })?;
    let transport = transport(way).map_err(refused)?;
    match tokio::time::timeout(PATIENCE, transport.send(message)).await {
        Ok(Ok(response)) => Ok(response.message().collect::<Vec<_>>().join(" ")),
        Ok(Err(error)) => Err(refused(error)),
        Err(_) => Err(Refused { for_good: false, said: format!("{}:{} does not answer", server.host, server.port) }),
    }
}

fn refused(error: lettre::transport::smtp::Error) -> Refused {
    Refused { for_good: error.is_permanent() && !is_about_us(&error), said: error.to_string() }
}

/// A wrong password or a missing login is mended by the owner: the letter waits for that.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    matches!(code, Some(530 | 534 | 535 | 538))
}

fn transport(way: Way<'_>) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let Way { server, password, ca } = way;
    let parameters = || match ca {
        Some(pem) => {
            TlsParameters::builder(server.host.clone()).add_root_certificate(Certificate::from_pem(pem)?).build_rustls()
        }
        None => TlsParameters::new_rustls(server.host.clone()),
    };
    let tls = match server.tls {
        Tls::Always => SmtpTls::Wrapper(parameters()?),
        Tls::Upgrade => SmtpTls::Required(parameters()?),
        Tls::Never => SmtpTls::None,
    };
    let name = ClientId::Domain(server.from.host().to_owned());
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone());
    let mut builder = builder.port(server.port).tls(tls).timeout(Some(PATIENCE)).hello_name(name);
    if !server.user.is_empty() {
        let password = password.unwrap_or_default().to_owned();
        builder = builder.credentials(Credentials::new(server.user.clone(), password));
    }
    Ok(builder.build())
}

fn message(server: &Server, firm: &str, letter: &Letter) -> Result<Message, String> {
    let mailbox = |name: Option<String>, address: &mail::Address| {
        address.as_str().parse().map(|address| Mailbox::new(name, address)).map_err(|error| format!("{error}"))
    };
    let header =
        |name: &'static str, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
    Message::builder()
        .from(mailbox(Some(firm.to_owned()).filter(|firm| !firm.is_empty()), &server.from)?)
        .to(mailbox(None, &letter.address)?)
        .subject(letter.subject.clone())
        .date(std::time::UNIX_EPOCH + Duration::from_micros(u64::try_from(letter.written_at.0).unwrap_or_default()))
        .message_id(Some(format!("<opora.{}@{}>", letter.id.simple(), server.from.host())))
        // Programs that answer by themselves are asked not to (RFC 3834; the second is Exchange's).
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letters::html(&letter.text)))
        .map_err(|error| error.to_string())
}

/// Sends a letter to the owner now and tells what the server said to it.
async fn test(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Json<Tested>, No> {
    let actor = app.actor(&headers).await?;
    if !Act::TestMail.reach(actor.person.role).holds(Relation::Own) {
        return Err(RefusalCode::NotAllowed.into());
    }
    if !app.questions.take(&actor.device) {
        return Err(RefusalCode::Busy.into());
    }
    let Test { to, tongue } = serde_json::from_slice(&body).map_err(|_| RefusalCode::Invalid)?;
    let (server, password) = app.desk.mail_server().await?.ok_or(RefusalCode::NotFound)?;
    let way = Way { server: &server, password: password.as_deref(), ca: app.mail_ca.as_deref() };
    let (firm, now) = (app.desk.firm().await?.name, app.desk.clock().now());
    let (subject, text) = letters::test(tongue, &firm);
    let id = app.rng.uuid_v7(now);
    let letter = Letter {
        id,
        key: format!("test/{id}"),
        person: Some(actor.person.id),
        address: to,
        subject,
        text,
        written_at: now,
        due: now,
        attempts: 0,
    };
    Ok(Json(match send(way, &firm, &letter).await {
        Ok(said) => Tested { taken: true, said },
        Err(Refused { said, .. }) => Tested { taken: false, said },
    }))
}
