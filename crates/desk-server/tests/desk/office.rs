//! Север-Софт runs the desk: Galina owns it, Boris and Vera serve the first line; Anna and Oleg are
//! customers of ООО «Ромашка».

use std::{error::Error, sync::Arc, time::Duration};

use ed25519_dalek::SigningKey;
use futures_util::{SinkExt, StreamExt};
use opora_desk_server::{Server, ServerOptions};
use opora_domain::{
    ConversationId, LineId, MessageId, OpId, OrganisationId, PersonId, PublicKey, RequestId, Span, Timestamp,
    certificate::{Admission, Binding},
    invite::Invite,
    machine::Program,
    message::Draft,
    request::{Ask, Class},
    role::Role,
    signed::Signed,
};
use opora_runtime::{Clock, Rng, pin::pinned_client_config};
use opora_wire::{
    Event, EventBody, Events, Fetch, Frame, Hello, Op, OpBody, OpResult, Ready, Refusal, Stream, ToClient, ToDesk,
    hello::Presence,
    redeem::{Founding, Redeem, Redeemed},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config, tungstenite::Message,
};
use uuid::Uuid;

pub(crate) type TestResult<T = ()> = Result<T, Box<dyn Error>>;

/// What is waited for comes much sooner; a missed deadline is a failure.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A desk with its owner, a line and a client organisation.
pub(crate) struct Office {
    pub(crate) server: Server,
    pub(crate) clock: Clock,
    pub(crate) rng: Rng,
    pub(crate) organisation_key: SigningKey,
    pub(crate) galina: Client,
    pub(crate) line: LineId,
    pub(crate) romashka: OrganisationId,
    pub(crate) folder: tempfile::TempDir,
}

impl Office {
    pub(crate) async fn open() -> TestResult<Self> {
        Self::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut ServerOptions)) -> TestResult<Self> {
        let (folder, clock, rng) = (tempfile::tempdir()?, Clock::fake(), Rng::seeded(seed()));
        let mut options = ServerOptions::new(folder.path(), "127.0.0.1:0".parse()?);
        (options.clock, options.rng) = (clock.clone(), rng.clone());
        change(&mut options);
        let server = Server::start(options).await?;
        let organisation_key = SigningKey::from_bytes(&rng.bytes());
        let link = server.owner_invite.clone().ok_or("a new desk has an invite for its owner")?;
        let device = SigningKey::from_bytes(&rng.bytes());
        let founding = found(&link, &organisation_key, PersonId(rng.uuid_v7(clock.now())))?;
        redeem(&link, &device, Some(founding)).await?.map_err(refused)?;
        let galina = Client::connect(&link, device, None).await?;
        let (line, romashka) = (LineId(rng.uuid_v7(clock.now())), OrganisationId(rng.uuid_v7(clock.now())));
        let mut office = Self { server, clock, rng, organisation_key, galina, line, romashka, folder };
        office.galina.must(OpBody::MakeLine { line, name: "Первая линия".into() }).await?;
        let name = "ООО «Ромашка»".into();
        office.galina.must(OpBody::MakeOrganisation { organisation: romashka, name }).await?;
        let made = |event: &Event| matches!(event.body, EventBody::OrganisationMade { .. }).then_some(());
        office.galina.until("the organisation", made).await?;
        Ok(office)
    }

    /// A customer of another organisation than ООО «Ромашка», connected and caught up.
    pub(crate) async fn stranger(&mut self, name: &str) -> TestResult<Client> {
        let organisation = OrganisationId(self.id());
        self.galina.must(OpBody::MakeOrganisation { organisation, name: "ООО «Василёк»".into() }).await?;
        let link = self.invite_into(name, Role::Customer, Some(organisation)).await?;
        let device = SigningKey::from_bytes(&self.rng.bytes());
        redeem(&link, &device, None).await?.map_err(refused)?;
        Client::connect(&link, device, None).await
    }

    /// An invite link for a new person.
    pub(crate) async fn invite(&mut self, name: &str, role: Role) -> TestResult<String> {
        let romashka = (role == Role::Customer).then_some(self.romashka);
        self.invite_into(name, role, romashka).await
    }

    async fn invite_into(
        &mut self,
        name: &str,
        role: Role,
        organisation: Option<OrganisationId>,
    ) -> TestResult<String> {
        let person = PersonId(self.rng.uuid_v7(self.clock.now()));
        self.invite_as(person, name, role, organisation).await
    }

    /// An invite link for a further device of a person of the firm.
    pub(crate) async fn invite_again(&mut self, client: &Client) -> TestResult<String> {
        let (person, name, role) = (client.ready.person, client.ready.name.clone(), client.ready.role);
        self.invite_as(person, &name, role, None).await
    }

    async fn invite_as(
        &mut self,
        person: PersonId,
        name: &str,
        role: Role,
        organisation: Option<OrganisationId>,
    ) -> TestResult<String> {
        let customer = role == Role::Customer;
        let lines = if customer { Vec::new() } else { vec![self.line] };
        let seed: [u8; 32] = self.rng.bytes();
        let invite_key = PublicKey::from(SigningKey::from_bytes(&seed).verifying_key());
        let organisation_key = PublicKey::from(self.organisation_key.verifying_key());
        let admission = Admission {
            organisation_key,
            invite_key,
            person,
            name: name.into(),
            role,
            organisation: if customer { "ООО «Ромашка»".into() } else { "Север-Софт".into() },
            at: self.clock.now(),
        };
        let admission = Signed::new(&admission, &self.organisation_key);
        let name = name.into();
        let body = OpBody::Invite { person, name, role, organisation, lines, invite_key, admission };
        self.galina.must(body).await?;
        let (address, desk) = (self.server.public_address.clone(), self.server.desk_key.hash());
        Ok(Invite { address, desk, organisation: Some(organisation_key.hash()), seed }.to_string())
    }

    /// A new person with a device, connected and caught up.
    pub(crate) async fn welcome(&mut self, name: &str, role: Role) -> TestResult<Client> {
        let link = self.invite(name, role).await?;
        let device = SigningKey::from_bytes(&self.rng.bytes());
        redeem(&link, &device, None).await?.map_err(refused)?;
        Client::connect(&link, device, None).await
    }

    pub(crate) fn id(&self) -> Uuid {
        self.rng.uuid_v7(self.clock.now())
    }

    pub(crate) fn ask(&self, description: &str) -> Ask {
        Ask {
            line: self.line,
            class: Class::Error,
            program: Program { name: "1С:Бухгалтерия".into(), release: "3.0.150".into() },
            description: description.into(),
            facts: Vec::new(),
            organisation: None,
        }
    }

    /// Anna asks, Boris is offered it and accepts.
    pub(crate) async fn conversation(&self, anna: &mut Client, boris: &mut Client) -> TestResult<ConversationId> {
        let request = RequestId(self.id());
        anna.must(OpBody::Ask { request, ask: self.ask("Не печатается счёт") }).await?;
        let epoch = boris.offered(request).await?;
        boris.must(OpBody::Accept { request, epoch }).await?;
        Ok(ConversationId(request.0))
    }
}

/// `OPORA_SEED=N` plays a failed run again; the seed is in the output of a failed test.
fn seed() -> u64 {
    let seed = std::env::var("OPORA_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_124);
    #[allow(clippy::print_stderr, reason = "shown with a failed test")]
    {
        eprintln!("OPORA_SEED={seed}");
    }
    seed
}

pub(crate) fn refused(refusal: Refusal) -> Box<dyn Error> {
    format!("refused: {refusal:?}").into()
}

pub(crate) fn said(id: Uuid, text: &str) -> Draft {
    Draft { id: MessageId(id), text: text.into(), reply_to: None, file: None }
}

/// Everything the device was sent since it connected, as text.
pub(crate) fn frames(client: &Client) -> TestResult<String> {
    Ok(serde_json::to_string(&(&client.log, &client.transient))?)
}

pub(crate) fn found(link: &str, organisation: &SigningKey, person: PersonId) -> TestResult<Founding> {
    let organisation_key = organisation.verifying_key().into();
    let invite_key = Invite::parse(link)?.key().verifying_key().into();
    let (name, firm) = (String::from("Галина Орлова"), String::from("Север-Софт"));
    let role = Role::Owner;
    let (organisation_name, at) = (firm.clone(), Timestamp(0));
    let admission = Admission {
        organisation_key,
        invite_key,
        person,
        name: name.clone(),
        role,
        organisation: organisation_name,
        at,
    };
    Ok(Founding { firm, name, organisation_key, admission: Signed::new(&admission, organisation) })
}

/// HTTP to the desk of this link and to no other.
pub(crate) fn http(link: &str) -> TestResult<reqwest::Client> {
    let pin = Invite::parse(link)?.desk;
    Ok(reqwest::Client::builder().tls_backend_preconfigured(pinned_client_config(pin)).no_proxy().build()?)
}

pub(crate) async fn redeem(
    link: &str,
    device: &SigningKey,
    founding: Option<Founding>,
) -> TestResult<Result<Redeemed, Refusal>> {
    redeem_with(link, device, founding, None).await
}

/// As [`redeem`], with a code of the second factor.
pub(crate) async fn redeem_with(
    link: &str,
    device: &SigningKey,
    founding: Option<Founding>,
    code: Option<String>,
) -> TestResult<Result<Redeemed, Refusal>> {
    let invite = Invite::parse(link)?;
    let (key, device) = (invite.key(), PublicKey::from(device.verifying_key()));
    let invite_key = PublicKey::from(key.verifying_key());
    let binding = Signed::new(&Binding { invite_key, device }, &key);
    let body =
        serde_json::to_string(&Redeem { invite_key, device, binding, device_name: String::new(), founding, code })?;
    let answer = http(link)?.post(format!("https://{}/v1/redeem", invite.address)).body(body).send().await?;
    let good = answer.status().is_success();
    let text = answer.text().await?;
    Ok(if good { Ok(serde_json::from_str(&text)?) } else { Err(serde_json::from_str(&text)?) })
}

/// A raw client: sends frames, keeps everything it was sent.
pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_id: u64,
    op_ids: Rng,
    pub(crate) device: SigningKey,
    pub(crate) link: String,
    pub(crate) ready: Ready,
    pub(crate) cursor: i64,
    /// Events as they were pushed, in order.
    pub(crate) log: Vec<Event>,
    /// Everything else that was not an answer, in order.
    pub(crate) transient: Vec<ToClient>,
}

impl Client {
    /// Connects; `from` is the feed epoch and cursor of an earlier life.
    pub(crate) async fn connect(link: &str, device: SigningKey, from: Option<(Uuid, i64)>) -> TestResult<Self> {
        Self::try_connect(link, device, from).await?.map_err(refused)
    }

    pub(crate) async fn try_connect(
        link: &str,
        device: SigningKey,
        from: Option<(Uuid, i64)>,
    ) -> TestResult<Result<Self, Refusal>> {
        Self::connect_with(link, device, from, None).await
    }

    /// With a code of the second factor.
    pub(crate) async fn connect_with(
        link: &str,
        device: SigningKey,
        from: Option<(Uuid, i64)>,
        code: Option<&str>,
    ) -> TestResult<Result<Self, Refusal>> {
        let mut socket = dial(link).await?;
        let ToClient::Challenge(challenge) = receive(&mut socket).await?.message else {
            return Err("the first frame is the challenge".into());
        };
        let presence = Signed::new(&Presence { desk: challenge.desk, nonce: challenge.nonce }, &device);
        let hello = Hello {
            proto: [1, 1],
            caps: Vec::new(),
            device: device.verifying_key().into(),
            presence,
            feed_epoch: from.map(|(epoch, _)| epoch),
            cursor: from.map_or(0, |(_, cursor)| cursor),
            code: code.map(str::to_owned),
        };
        send(&mut socket, 1, ToDesk::Hello(hello)).await?;
        let ready = match receive(&mut socket).await?.message {
            ToClient::Ready(ready) => ready,
            ToClient::Refused(refusal) => return Ok(Err(refusal)),
            other => return Err(format!("not an answer to hello: {other:?}").into()),
        };
        let (log, transient) = (Vec::new(), Vec::new());
        let link = link.to_owned();
        let cursor = from.map_or(0, |(_, cursor)| cursor);
        let op_ids = Rng::system();
        let mut client = Self { socket, next_id: 2, op_ids, device, link, ready, cursor, log, transient };
        while client.step().await? {}
        Ok(Ok(client))
    }

    /// Hangs up and connects again from its cursor; only what it missed is in the log then.
    pub(crate) async fn reconnect(self) -> TestResult<Self> {
        let Self { mut socket, device, link, ready, cursor, .. } = self;
        socket.close(None).await?;
        Self::connect(&link, device, Some((ready.feed_epoch, cursor))).await
    }

    /// Takes one frame that is not an answer. `true` until a batch says that nothing is behind it.
    async fn step(&mut self) -> TestResult<bool> {
        let frame = receive(&mut self.socket).await?;
        Ok(self.keep(frame.message))
    }

    fn keep(&mut self, message: ToClient) -> bool {
        match message {
            ToClient::Events(Events { events, cursor, more }) => {
                self.log.extend(events);
                self.cursor = cursor;
                more
            }
            other => {
                self.transient.push(other);
                true
            }
        }
    }

    pub(crate) async fn ask(&mut self, message: ToDesk) -> TestResult<ToClient> {
        let id = self.next_id;
        self.next_id += 1;
        send(&mut self.socket, id, message).await?;
        loop {
            let frame = receive(&mut self.socket).await?;
            if frame.id == id {
                return Ok(frame.message);
            }
            self.keep(frame.message);
        }
    }

    pub(crate) async fn tell(&mut self, message: ToDesk) -> TestResult {
        send(&mut self.socket, 0, message).await
    }

    /// Sends an operation under a given id.
    pub(crate) async fn op(&mut self, op: OpId, body: OpBody) -> TestResult<Result<OpResult, Refusal>> {
        match self.ask(ToDesk::Op(Op { op, body })).await? {
            ToClient::Done(result) => Ok(Ok(result)),
            ToClient::Refused(refusal) => Ok(Err(refusal)),
            other => Err(format!("not an answer to an operation: {other:?}").into()),
        }
    }

    pub(crate) async fn try_do(&mut self, body: OpBody) -> TestResult<Result<OpResult, Refusal>> {
        let op = OpId(self.op_ids.uuid_v7(Timestamp(1)));
        self.op(op, body).await
    }

    pub(crate) async fn must(&mut self, body: OpBody) -> TestResult<OpResult> {
        self.try_do(body).await?.map_err(refused)
    }

    pub(crate) async fn fetch(&mut self, stream: Stream) -> TestResult<Result<Vec<Event>, Refusal>> {
        match self.ask(ToDesk::Fetch(Fetch { stream, from: 1, to: i64::MAX >> 11 })).await? {
            ToClient::Fetched(events) => Ok(Ok(events.events)),
            ToClient::Refused(refusal) => Ok(Err(refusal)),
            other => Err(format!("not an answer to a fetch: {other:?}").into()),
        }
    }

    /// Reads on until an event fits; looks at what is in the log first.
    pub(crate) async fn until<T>(&mut self, what: &str, fits: impl Fn(&Event) -> Option<T>) -> TestResult<T> {
        self.after(0, what, fits).await
    }

    /// As [`Client::until`], but only among events after `gseq`.
    pub(crate) async fn after<T>(
        &mut self,
        gseq: i64,
        what: &str,
        fits: impl Fn(&Event) -> Option<T>,
    ) -> TestResult<T> {
        let read = async {
            loop {
                if let Some(found) = self.log.iter().filter(|event| event.gseq > gseq).find_map(&fits) {
                    return Ok(found);
                }
                self.step().await?;
            }
        };
        tokio::time::timeout(DEADLINE, read).await.map_err(|_| format!("did not come: {what}"))?
    }

    /// Reads on until a transient frame fits, and takes it out.
    pub(crate) async fn until_frame<T>(&mut self, what: &str, fits: impl Fn(&ToClient) -> Option<T>) -> TestResult<T> {
        let read = async {
            loop {
                if let Some(at) = self.transient.iter().position(|frame| fits(frame).is_some()) {
                    let frame = self.transient.remove(at);
                    return fits(&frame).ok_or_else(|| "it fitted just now".into());
                }
                self.step().await?;
            }
        };
        tokio::time::timeout(DEADLINE, read).await.map_err(|_| format!("did not come: {what}"))?
    }

    /// Waits until `request` is offered to this person; answers the epoch.
    pub(crate) async fn offered(&mut self, request: RequestId) -> TestResult<i64> {
        self.offered_after(0, request).await.map(|(epoch, _)| epoch)
    }

    pub(crate) async fn offered_after(&mut self, gseq: i64, request: RequestId) -> TestResult<(i64, i64)> {
        let me = self.ready.person;
        self.after(gseq, "an offer", |event| match &event.body {
            EventBody::RequestMoved {
                request: moved,
                state: opora_domain::request::State::Offered { to, .. },
                epoch,
            } if *moved == request && *to == me && event.stream == Stream::Staff => Some((*epoch, event.gseq)),
            _ => None,
        })
        .await
    }
}

async fn dial(link: &str) -> TestResult<WebSocketStream<MaybeTlsStream<TcpStream>>> {
    let invite = Invite::parse(link)?;
    let stream = TcpStream::connect(&invite.address).await?;
    let connector = Connector::Rustls(Arc::new(pinned_client_config(invite.desk)));
    let url = format!("wss://{}/v1/link", invite.address);
    Ok(client_async_tls_with_config(url, stream, None, Some(connector)).await?.0)
}

async fn send(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>, id: u64, message: ToDesk) -> TestResult {
    let text = serde_json::to_string(&Frame::new(id, message))?;
    Ok(socket.send(Message::text(text)).await?)
}

async fn receive(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>) -> TestResult<Frame<ToClient>> {
    loop {
        let next = tokio::time::timeout(DEADLINE, socket.next()).await.map_err(|_| "the desk says nothing")?;
        match next.ok_or("the desk hung up")?? {
            Message::Text(text) => return Ok(serde_json::from_str(&text)?),
            Message::Close(_) => return Err("the desk hung up".into()),
            _ => {}
        }
    }
}

/// A moment after the deadline of an offer.
pub(crate) const LAPSED: Span = Span(opora_domain::offer::LIFE.0 + 1_000_000);
