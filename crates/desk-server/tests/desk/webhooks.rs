//! Webhooks, to a real receiver on this computer.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
    routing::post,
};
use opora_desk_server::{Server, ServerOptions};
use opora_domain::{
    Span, WebhookId,
    api::Scope,
    role::Role,
    webhook::{Card, Delivery, State, Topic, sign},
};
use opora_wire::{EventBody, OpBody, api};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    api::{Program, program},
    office::{Client, DEADLINE, Office, TestResult, http},
    tickets::draft,
};

const SECRET: &str = "ein-geheimnis-von-vierzig-zeichen-laenge";

/// What the receiver was sent.
struct Heard {
    headers: HeaderMap,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn json(&self) -> TestResult<Value> {
        Ok(serde_json::from_str(&self.body)?)
    }
}

/// Another program. It answers what it was told to, then 200.
struct Receiver {
    address: SocketAddr,
    heard: mpsc::UnboundedReceiver<Heard>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Receiver {
    async fn start() -> TestResult<Self> {
        Self::at("127.0.0.1:0".parse()?).await
    }

    async fn at(address: SocketAddr) -> TestResult<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (tell, heard) = mpsc::unbounded_channel();
        let answers: Arc<Mutex<VecDeque<u16>>> = Arc::default();
        let next = Arc::clone(&answers);
        let hook = post(async move |headers: HeaderMap, body: String| {
            let _ = tell.send(Heard { headers, body });
            let status = next.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or(200);
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
            (status, [(header::LOCATION, "/elsewhere")]).into_response()
        });
        let router = Router::new().route("/hook", hook.clone()).route("/elsewhere", hook);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, heard, answers })
    }

    fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    fn answers(&self, statuses: &[u16]) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).extend(statuses);
    }

    async fn hears(&mut self) -> TestResult<Heard> {
        let heard = tokio::time::timeout(DEADLINE, self.heard.recv()).await;
        Ok(heard.map_err(|_| "nothing was heard")?.ok_or("the receiver lives")?)
    }

    fn is_quiet(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }
}

/// A desk whose settings let webhooks go to this computer, and Galina's webhook.
async fn scene(receiver: &Receiver, topics: &[Topic]) -> TestResult<(Office, WebhookId)> {
    let mut office = Office::open_with(|options| options.webhooks_inside = true).await?;
    let webhook = put(&mut office, receiver.url(), topics).await?;
    Ok((office, webhook))
}

async fn put(office: &mut Office, url: String, topics: &[Topic]) -> TestResult<WebhookId> {
    let webhook = WebhookId(office.id());
    let card = Card { url, topics: topics.iter().copied().collect(), on: true };
    let secret = Some(SECRET.to_owned());
    office.galina.must(OpBody::Api(api::Op::PutWebhook { webhook, card, secret })).await?;
    Ok(webhook)
}

async fn make_ticket(office: &Office, anna: &mut Client) -> TestResult {
    anna.must(OpBody::MakeTicket { draft: draft(office.id()) }).await?;
    Ok(())
}

/// The log of a webhook, newest first, as Galina's program reads it.
async fn log(galina: &Client, address: SocketAddr, webhook: WebhookId) -> TestResult<Vec<Delivery>> {
    let url = format!("https://{address}/v1/api/webhooks/{webhook}");
    let text = http(&galina.link)?.get(url).bearer_auth(&galina.ready.token).send().await?.text().await?;
    Ok(serde_json::from_str::<api::Deliveries>(&text)?.deliveries)
}

/// Waits until the newest delivery is as it should be.
async fn until(office: &Office, webhook: WebhookId, fits: impl Fn(&Delivery) -> bool) -> TestResult<Delivery> {
    let look = async {
        loop {
            let log = log(&office.galina, office.server.address, webhook).await?;
            if let Some(found) = log.into_iter().next().filter(&fits) {
                return Ok(found);
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, look).await.map_err(|_| "the log did not come to it")?
}

#[tokio::test]
async fn what_happens_is_told_signed_in_order_and_without_a_word_of_anybody() -> TestResult {
    let mut receiver = Receiver::start().await?;
    let (mut office, webhook) = scene(&receiver, &[Topic::TicketMade, Topic::TicketUpdated]).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let made = draft(office.id());
    let id = made.id;
    anna.must(OpBody::MakeTicket { draft: made }).await?;
    let comment = opora_domain::ticket::Comment {
        text: "Пароль Ромашка-17".into(), files: Vec::new(), staff: false
    };
    let entry = opora_domain::MessageId(office.id());
    let (edits, comment) = (Vec::new(), Some(comment));
    anna.must(OpBody::Ticket(opora_wire::ticket::Op::Update { ticket: id, entry, edits, comment })).await?;

    for (sequence, event) in [(1, "ticket.made"), (2, "ticket.updated")] {
        let heard = receiver.hears().await?;
        let (body, timestamp) = (heard.json()?, heard.header("opora-timestamp").parse()?);
        assert_eq!((&body["sequence"], &body["event"]), (&json!(sequence), &json!(event)), "{body}");
        assert_eq!(heard.header("opora-event"), event);
        assert_eq!(heard.header("opora-signature"), sign(SECRET, timestamp, &heard.body));
        assert_ne!(heard.header("opora-signature"), sign("another secret", timestamp, &heard.body));
        assert_eq!(body["data"]["ticket"], json!(id));
        assert_eq!(body["by"], json!(anna.ready.person));
        for word in ["Не печатает", "обновления", "Ромашка", "Анна"] {
            assert!(!heard.body.contains(word), "{word} in {}", heard.body);
        }
        let log = until(&office, webhook, |one| one.sequence == 2 && one.tries >= u32::from(sequence == 2)).await?;
        if sequence == 2 {
            assert_eq!(heard.header("opora-delivery"), log.id().to_string());
            assert_eq!((log.state, log.status), (State::Arrived, Some(200)));
        }
    }
    anna.must(OpBody::Ask { request: opora_domain::RequestId(office.id()), ask: office.ask("Мышь") }).await?;
    make_ticket(&office, &mut anna).await?;
    assert_eq!(receiver.hears().await?.json()?["event"], "ticket.made", "nobody wanted to hear of requests");
    Ok(())
}

#[tokio::test]
async fn a_receiver_that_fails_is_tried_again_later_and_later_then_given_up_and_asked_again_on_demand() -> TestResult {
    let mut receiver = Receiver::start().await?;
    let (mut office, webhook) = scene(&receiver, &[Topic::TicketMade]).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    receiver.answers(&[500, 503, 302, 404, 429, 500, 500]);
    make_ticket(&office, &mut anna).await?;
    let first = receiver.hears().await?;
    // A fifth more than 1 min, 5, 30, 2 h, 6 h, 24 h at most, and a fifth less at least.
    for (tries, minutes) in [1, 5, 30, 120, 360, 1_440].into_iter().enumerate() {
        let tries = u32::try_from(tries)? + 1;
        let waits = until(&office, webhook, |one| one.tries == tries && one.state == State::Waiting).await?;
        let wait = waits.next - waits.tried.ok_or("it was tried")?;
        let spread = Span::minutes(minutes).0 / 5;
        assert!((Span::minutes(minutes).0 - wait.0).abs() <= spread, "{tries}: {wait:?}");
        assert!(receiver.is_quiet(), "nothing before its time, and no redirect is followed");
        office.clock.shift(wait);
        let again = receiver.hears().await?;
        assert_eq!(again.body, first.body, "the same");
        assert_eq!(again.header("opora-delivery"), first.header("opora-delivery"), "known again by its id");
    }
    let given_up = until(&office, webhook, |one| one.state == State::Failed).await?;
    assert_eq!((given_up.tries, given_up.status), (7, Some(500)));
    let said = office.galina.until("that it fails", |event| match &event.body {
        EventBody::Api(api::Event::WebhookFailing { said, .. }) => Some(said.clone()),
        _ => None,
    });
    assert_eq!(said.await?, "500", "those who run the desk are told");

    office.clock.shift(Span::minutes(3 * 24 * 60));
    let keeper = program(&mut office, &[Scope::WebhooksWrite, Scope::WebhooksRead], None).await?;
    let path = format!("/api/v1/webhooks/{webhook}");
    assert_eq!(keeper.get(&path).await?["failing"], true);
    let since = json!({ "since": "2020-01-01T00:00:00Z" });
    assert_eq!(keeper.call(Method::POST, &format!("{path}/replay"), Some(&since)).await?.0, 202);
    assert_eq!(receiver.hears().await?.body, first.body);
    until(&office, webhook, |one| one.state == State::Arrived).await?;
    assert_eq!(keeper.get(&path).await?["failing"], false, "it is well again");
    let one = format!("{path}/deliveries/1/replay");
    assert_eq!(keeper.call(Method::POST, &one, None).await?.0, 202);
    assert_eq!(receiver.hears().await?.body, first.body, "one that arrived is sent again too");
    assert_eq!(keeper.call(Method::POST, &format!("{path}/deliveries/9/replay"), None).await?.0, 404);
    Ok(())
}

#[tokio::test]
async fn who_answers_gone_is_asked_no_more() -> TestResult {
    let mut receiver = Receiver::start().await?;
    let (mut office, webhook) = scene(&receiver, &[Topic::TicketMade]).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    receiver.answers(&[410]);
    make_ticket(&office, &mut anna).await?;
    receiver.hears().await?;
    let gone = office.galina.until("that it is gone", |event| match &event.body {
        EventBody::Api(api::Event::WebhookGone { webhook }) => Some(*webhook),
        _ => None,
    });
    assert_eq!(gone.await?, webhook);
    make_ticket(&office, &mut anna).await?;
    office.clock.shift(Span::minutes(3 * 24 * 60));
    let log = log(&office.galina, office.server.address, webhook).await?;
    assert_eq!(log.len(), 1, "nothing more was queued: {log:?}");
    assert!(receiver.is_quiet());
    Ok(())
}

#[tokio::test]
async fn what_was_to_be_told_when_the_desk_fell_is_told_when_it_stands_again() -> TestResult {
    let receiver = Receiver::start().await?;
    let free = TcpListener::bind("127.0.0.1:0").await?;
    let away = free.local_addr()?;
    drop(free);
    let (mut office, _) = scene(&receiver, &[Topic::TicketMade]).await?;
    let webhook = put(&mut office, format!("http://{away}/hook"), &[Topic::TicketMade]).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    make_ticket(&office, &mut anna).await?;
    let tried = until(&office, webhook, |one| one.tries == 1).await?;
    assert_eq!((tried.state, tried.status, tried.said.as_str()), (State::Waiting, None, "no connection"));

    let Office { server, clock, folder, .. } = office;
    let address = server.address;
    server.shutdown().await;
    let mut back = Receiver::at(away).await?;
    clock.shift(Span::minutes(2));
    let mut options = ServerOptions::new(folder.path(), address);
    (options.clock, options.webhooks_inside) = (clock, true);
    let server = Server::start(options).await?;
    let heard = back.hears().await?;
    assert_eq!(heard.header("opora-delivery"), tried.id().to_string());
    server.shutdown().await;
    Ok(())
}

#[tokio::test]
async fn a_desk_that_may_not_reaches_nobody_inside() -> TestResult {
    let mut receiver = Receiver::start().await?;
    let (mut office, webhook) = scene(&receiver, &[Topic::TicketMade]).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let Office { server, clock, folder, galina, .. } = office;
    let (address, device) = (server.address, galina.device.clone());
    server.shutdown().await;
    let mut options = ServerOptions::new(folder.path(), address);
    options.clock = clock;
    let server = Server::start(options).await?;
    // The webhook was made while it was allowed.
    let galina = Client::connect(&galina.link, device, None).await?;
    anna = anna_again(anna).await?;
    anna.must(OpBody::MakeTicket { draft: draft(uuid::Uuid::from_u128(17)) }).await?;
    let refused = async {
        loop {
            let log = log(&galina, address, webhook).await?;
            if let Some(tried) = log.into_iter().find(|one| one.tries == 1) {
                return TestResult::Ok(tried);
            }
            tokio::task::yield_now().await;
        }
    };
    let refused = tokio::time::timeout(DEADLINE, refused).await.map_err(|_| "it was not tried")??;
    assert_eq!((refused.status, refused.said.as_str()), (None, "the address is not allowed"));
    assert!(receiver.is_quiet());
    server.shutdown().await;
    Ok(())
}

async fn anna_again(anna: Client) -> TestResult<Client> {
    let (link, device) = (anna.link.clone(), anna.device.clone());
    drop(anna);
    Client::connect(&link, device, None).await
}

#[tokio::test]
async fn urls_that_lead_inside_are_refused_and_a_secret_is_for_one_receiver() -> TestResult {
    let mut office = Office::open().await?;
    let keeper = program(&mut office, &[Scope::WebhooksWrite, Scope::WebhooksRead], None).await?;
    let card = |url: &str, secret: Option<&str>| json!({ "url": url, "topics": ["ticket.made"], "secret": secret });
    let make = async |keeper: &Program, card: Value| keeper.call(Method::POST, "/api/v1/webhooks", Some(&card)).await;
    for inside in [
        "http://127.0.0.1:9/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "http://example.org/",
    ] {
        let (status, problem) = make(&keeper, card(inside, Some(SECRET))).await?;
        assert_eq!(status, 422, "{inside}: {problem}");
    }
    assert_eq!(make(&keeper, card("https://hooks.example.org/a", None)).await?.0, 422, "it has to be signed");
    assert_eq!(make(&keeper, card("https://hooks.example.org/a", Some("short"))).await?.0, 400);
    let (status, made) = make(&keeper, card("https://hooks.example.org/a", Some(SECRET))).await?;
    assert_eq!(status, 201, "{made}");
    assert!(!made.to_string().contains(SECRET), "the secret is told to nobody");
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().ok_or("an id")?);
    let change = |body: Value| keeper_call(&keeper, Method::PUT, path.clone(), body);
    assert_eq!(change(card("https://evil.example.org/", None)).await?.0, 422, "nor signs for another receiver");
    assert_eq!(change(card("https://hooks.example.org/a", None)).await?.0, 200);
    let sealed = std::fs::read(office.folder.path().join("desk.db"))?;
    let wal = std::fs::read(office.folder.path().join("desk.db-wal")).unwrap_or_default();
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
    assert!(!holds(&sealed) && !holds(&wal), "the secret lies sealed");
    assert_eq!(keeper.call(Method::DELETE, &path, None).await?.0, 204);
    assert_eq!(keeper.call(Method::GET, &path, None).await?.0, 404);
    Ok(())
}

async fn keeper_call(keeper: &Program, method: Method, path: String, body: Value) -> TestResult<(u16, Value)> {
    keeper.call(method, &path, Some(&body)).await
}

#[tokio::test]
async fn the_log_of_deliveries_goes_back_thirty_days() -> TestResult {
    let mut receiver = Receiver::start().await?;
    let (mut office, webhook) = scene(&receiver, &[Topic::TicketMade]).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    make_ticket(&office, &mut anna).await?;
    receiver.hears().await?;
    until(&office, webhook, |one| one.state == State::Arrived).await?;
    office.clock.shift(Span::minutes(29 * 24 * 60));
    make_ticket(&office, &mut anna).await?;
    receiver.hears().await?;
    until(&office, webhook, |one| one.sequence == 2 && one.state == State::Arrived).await?;
    assert_eq!(log(&office.galina, office.server.address, webhook).await?.len(), 2);
    office.clock.shift(Span::minutes(2 * 24 * 60));
    make_ticket(&office, &mut anna).await?;
    receiver.hears().await?;
    until(&office, webhook, |one| one.sequence == 3 && one.state == State::Arrived).await?;
    let numbers: Vec<_> = log(&office.galina, office.server.address, webhook).await?;
    let numbers: Vec<_> = numbers.iter().map(|one| one.sequence).collect();
    assert_eq!(numbers, [3, 2], "the first is forgotten, its number is not used again");
    Ok(())
}
