//! The table of rights over the wire: every frame that is no operation, and every HTTP call, as
//! every role in every relation. Operations are called in the store's own test of this name.

use base64::{Engine, engine::general_purpose::STANDARD};
use opora_domain::{
    ConversationId, MessageId, PersonId, PublicKey, SessionId, TicketId,
    invite::Invite,
    message::Attachment,
    rights::{Act, Relation},
    role::Role,
    scope::Scope,
    ticket::{Comment, Visibility},
};
use opora_wire::{
    OpBody, RefusalCode, Stream, ToClient, ToDesk,
    colleague::{Colleague, PATH},
    signal::{Signal, SignalBody},
    ticket,
};
use reqwest::{Method, RequestBuilder};

use crate::{
    office::{Client, Office, TestResult, http, said},
    tickets::draft,
};

/// Anna's talk with Boris; Oleg is her colleague, Vera another specialist, Пётр another client.
/// Galina owns the desk.
struct Scene {
    office: Office,
    anna: Client,
    oleg: Client,
    pyotr: Client,
    boris: Client,
    vera: Client,
    lidia: Client,
    talk: ConversationId,
    /// Of Anna; Oleg was let in.
    ticket: TicketId,
}

impl Scene {
    async fn open() -> TestResult<Self> {
        let mut office = Office::open().await?;
        let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
        let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
        let talk = office.conversation(&mut anna, &mut boris).await?;
        let oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
        let pyotr = office.stranger("Пётр Сомов").await?;
        let vera = office.welcome("Вера Соколова", Role::Specialist).await?;
        let lidia = office.welcome("Лидия Заяц", Role::Supervisor).await?;
        let mut draft = draft(office.id());
        let ticket = draft.id;
        draft.more.visibility = Visibility::Group([oleg.ready.person].into());
        anna.must(OpBody::MakeTicket { draft }).await?;
        Ok(Self { office, anna, oleg, pyotr, boris, vera, lidia, talk, ticket })
    }

    /// Everybody, with what they are to Anna's talk.
    fn everybody(&mut self) -> [(Relation, &mut Client); 7] {
        [
            (Relation::Own, &mut self.anna),
            (Relation::Colleague, &mut self.oleg),
            (Relation::Foreign, &mut self.pyotr),
            (Relation::Member, &mut self.boris),
            (Relation::Foreign, &mut self.vera),
            (Relation::Foreign, &mut self.lidia),
            (Relation::Foreign, &mut self.office.galina),
        ]
    }
}

#[tokio::test]
async fn every_stream_is_read_by_whom_the_table_names_and_by_nobody_else() -> TestResult {
    let mut scene = Scene::open().await?;
    let (talk, anna) = (scene.talk, scene.anna.ready.person);
    let everybodys = [Stream::Desk, Stream::Staff, Stream::Supervisors];
    let annas = [Stream::Person(anna), Stream::Conversation(talk), Stream::ConversationStaff(talk)];
    let shared = Stream::Ticket(scene.ticket);
    let private = draft(scene.office.id());
    let own = Stream::Ticket(private.id);
    scene.anna.must(OpBody::MakeTicket { draft: private }).await?;
    // Nobody reads what nobody was let into.
    let closed = [Stream::ConversationVendor(talk)];
    let mut wrong = Vec::new();
    for (relation, client) in scene.everybody() {
        let role = client.ready.role;
        for stream in everybodys.into_iter().chain(annas).chain(closed).chain([shared, own]) {
            let to = if everybodys.contains(&stream) { Relation::Own } else { relation };
            let to = if stream == shared && to == Relation::Colleague { Relation::Member } else { to };
            // What is Anna's alone is a stranger's matter to her helper too.
            let to = if stream == Stream::Person(anna) && to == Relation::Member { Relation::Foreign } else { to };
            let may = stream.act().is_some_and(|act| act.reach(role).holds(to));
            let got = client.fetch(stream).await?;
            let fine = match &got {
                Ok(_) => may,
                Err(refusal) => !may && refusal.code == RefusalCode::NotAllowed,
            };
            if !fine {
                wrong.push(format!("{stream}: {role:?}, {to:?}: the table says {may}, the desk {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_file_of_a_ticket_is_read_by_whom_the_table_names_and_by_nobody_else() -> TestResult {
    let mut scene = Scene::open().await?;
    let file = crate::running::upload(&scene.anna, b"Report 17").await?;
    let path = format!("/v1/blobs/{}", file.hash);
    let comment = Comment { text: String::new(), files: vec![file], staff: false };
    let (ticket, entry) = (scene.ticket, MessageId(scene.office.id()));
    let say = ticket::Op::Update { ticket, entry, edits: Vec::new(), comment: Some(comment) };
    scene.anna.must(OpBody::Ticket(say)).await?;
    for (relation, client) in scene.everybody() {
        let role = client.ready.role;
        // A ticket is the whole firm's; Oleg was let in.
        let to = if role.is_staff() || relation == Relation::Colleague { Relation::Member } else { relation };
        let token = client.ready.token.clone();
        let status = call(client, Some(&token), Method::GET, &path)?.send().await?.status().as_u16();
        let may = Act::ReadFile.reach(role).holds(to);
        assert_eq!(status, if may { 200 } else { 404 }, "{role:?}, {to:?}");
    }
    Ok(())
}

#[tokio::test]
async fn typing_is_heard_from_those_whom_the_table_lets_and_from_nobody_else() -> TestResult {
    let mut scene = Scene::open().await?;
    let conversation = scene.talk;
    let mut heard_from: Vec<PersonId> = Vec::new();
    for (relation, client) in scene.everybody() {
        client.tell(ToDesk::Typing { conversation }).await?;
        // The desk has dealt with the frame before it answers the next one.
        client.ask(ToDesk::Ping).await?;
        if Act::Type.reach(client.ready.role).holds(relation) && relation != Relation::Own {
            heard_from.push(client.ready.person);
        }
    }
    // Her helper's own word comes last: everything that was passed on is before it.
    scene.boris.tell(ToDesk::Typing { conversation }).await?;
    heard_from.push(scene.boris.ready.person);
    let mut heard = Vec::new();
    while heard.len() < heard_from.len() {
        let from = scene.anna.until_frame("somebody types", |frame| match frame {
            ToClient::Typing { person, .. } => Some(*person),
            _ => None,
        });
        heard.push(from.await?);
    }
    assert_eq!(heard, heard_from);
    Ok(())
}

#[tokio::test]
async fn a_signal_passes_only_between_the_two_of_a_session() -> TestResult {
    let mut scene = Scene::open().await?;
    let (session, conversation) = (SessionId(scene.office.id()), scene.talk);
    let (scopes, reason) = ([Scope::View].into(), String::new());
    scene.boris.must(OpBody::AskScreen { session, conversation, scopes, reason }).await?;
    scene.anna.must(OpBody::AllowScreen { session, scopes: [Scope::View].into() }).await?;
    let to: PublicKey = scene.boris.device.verifying_key().into();
    let anna: PublicKey = scene.anna.device.verifying_key().into();
    for (relation, client) in scene.everybody() {
        if relation == Relation::Own {
            continue;
        }
        let body = SignalBody::Candidate { candidate: "чужой".into() };
        client.tell(ToDesk::Signal(Signal { session, device: to, n: 0, body })).await?;
        client.ask(ToDesk::Ping).await?;
    }
    let body = SignalBody::Candidate { candidate: "свой".into() };
    scene.anna.tell(ToDesk::Signal(Signal { session, device: to, n: 0, body: body.clone() })).await?;
    let got = scene.boris.until_frame("a signal", |frame| match frame {
        ToClient::Signal(signal) => Some(signal.clone()),
        _ => None,
    });
    assert_eq!(got.await?, Signal { session, device: anna, n: 0, body }, "hers is the first that came");
    Ok(())
}

/// One HTTP call as a person, or as nobody.
fn call(client: &Client, token: Option<&str>, method: Method, path: &str) -> TestResult<RequestBuilder> {
    let base = format!("https://{}", Invite::parse(&client.link)?.address);
    let request = http(&client.link)?.request(method, format!("{base}{path}")).header("Tus-Resumable", "1.0.0");
    Ok(match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    })
}

fn upload(request: RequestBuilder, bytes: &[u8]) -> RequestBuilder {
    let hash = blake3::hash(bytes).to_hex().to_string();
    let metadata = format!("name {}, hash {}", STANDARD.encode("счёт.pdf"), STANDARD.encode(hash));
    request.header("Upload-Length", bytes.len()).header("Upload-Metadata", metadata)
}

fn part(request: RequestBuilder, bytes: &[u8]) -> RequestBuilder {
    let request = request.header("Upload-Offset", 0).header("Content-Type", "application/offset+octet-stream");
    request.body(bytes.to_vec())
}

#[tokio::test]
async fn every_call_about_files_is_answered_to_whom_the_table_names_and_to_nobody_else() -> TestResult {
    let mut scene = Scene::open().await?;
    let (bytes, half) = (b"Invoice 17".as_slice(), b"Report".as_slice());
    let token = scene.anna.ready.token.clone();
    let begun = upload(call(&scene.anna, Some(&token), Method::POST, "/v1/files")?, half).send().await?;
    let annas = begun.headers()["location"].to_str()?.to_owned();
    let sent = upload(call(&scene.anna, Some(&token), Method::POST, "/v1/files")?, bytes).send().await?;
    let path = sent.headers()["location"].to_str()?.to_owned();
    assert_eq!(part(call(&scene.anna, Some(&token), Method::PATCH, &path)?, bytes).send().await?.status(), 204);
    let hash = blake3::hash(bytes).to_hex().to_string();
    let mut draft = said(scene.office.id(), "");
    let (name, mime) = (String::from("счёт.pdf"), String::from("application/pdf"));
    draft.file = Some(Attachment { hash: hash.clone(), name, size: bytes.len() as u64, mime, picture: None });
    scene.anna.must(OpBody::Say { conversation: scene.talk, draft }).await?;

    let mut wrong = Vec::new();
    for (relation, client) in scene.everybody() {
        let (role, token) = (client.ready.role, client.ready.token.clone());
        let mut check = |what: &str, may: bool, good: u16, status: u16| {
            let fine = if may { status == good } else { status == 404 };
            if !fine {
                wrong.push(format!("{what}: {role:?}, {relation:?}: the table says {may}, the desk {status}"));
            }
        };
        let blob = call(client, Some(&token), Method::GET, &format!("/v1/blobs/{hash}"))?.send().await?;
        check("read", Act::ReadFile.reach(role).holds(relation), 200, blob.status().as_u16());
        // An upload is its sender's alone; who only shares the talk is a stranger to it.
        let to = if relation == Relation::Member { Relation::Foreign } else { relation };
        let may = Act::GoOnUploading.reach(role).holds(to);
        let look = call(client, Some(&token), Method::HEAD, &annas)?.send().await?;
        check("look", may, 200, look.status().as_u16());
        if !may {
            let more = part(call(client, Some(&token), Method::PATCH, &annas)?, half).send().await?;
            check("go on", may, 204, more.status().as_u16());
            let gone = call(client, Some(&token), Method::DELETE, &annas)?.send().await?;
            check("drop", may, 204, gone.status().as_u16());
        }
        let own = upload(call(client, Some(&token), Method::POST, "/v1/files")?, role_bytes(role)).send().await?;
        check("begin", Act::Upload.reach(role).holds(Relation::Own), 201, own.status().as_u16());
        for token in [None, Some("guessed")] {
            for (method, path) in [
                (Method::GET, format!("/v1/blobs/{hash}")),
                (Method::POST, "/v1/files".into()),
                (Method::HEAD, annas.clone()),
                (Method::PATCH, annas.clone()),
                (Method::DELETE, annas.clone()),
            ] {
                let status = call(client, token, method.clone(), &path)?.send().await?.status();
                assert_eq!(status, 401, "{method} {path} with {token:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let there = call(&scene.anna, Some(&token), Method::HEAD, &annas)?.send().await?;
    assert_eq!(there.status(), 200, "nobody else could drop it");
    Ok(())
}

/// Bytes that this role has not sent yet.
fn role_bytes(role: Role) -> &'static [u8] {
    match role {
        Role::Customer => b"customer",
        Role::Specialist => b"specialist",
        Role::Supervisor => b"supervisor",
        Role::Owner => b"owner",
        Role::Vendor => b"vendor",
    }
}

#[tokio::test]
async fn a_report_is_for_those_whom_the_table_names_and_for_nobody_else() -> TestResult {
    let mut scene = Scene::open().await?;
    let path = "/v1/report?from=1&to=2000000000000000&zone=Europe%2FMoscow";
    for (relation, client) in scene.everybody() {
        let (role, token) = (client.ready.role, client.ready.token.clone());
        let status = call(client, Some(&token), Method::GET, path)?.send().await?.status();
        let may = Act::ReadReports.reach(role).holds(relation);
        assert_eq!(status.as_u16(), if may { 400 } else { 403 }, "{role:?}: fifty years are too long a period");
        let short = "/v1/report?from=1&to=2&zone=Nowhere";
        let status = call(client, Some(&token), Method::GET, short)?.send().await?.status();
        assert_eq!(status.as_u16(), if may { 400 } else { 403 }, "{role:?}: there is no such zone");
        let now = scene_year();
        let good = format!("/v1/report?from={}&to={}&zone=Europe%2FMoscow", now.0, now.1);
        let status = call(client, Some(&token), Method::GET, &good)?.send().await?.status();
        assert_eq!(status.as_u16(), if may { 200 } else { 403 }, "{role:?}");
        assert_eq!(call(client, None, Method::GET, &good)?.send().await?.status(), 401);
    }
    Ok(())
}

#[tokio::test]
async fn customers_learn_the_names_of_their_own_colleagues_alone() -> TestResult {
    let mut scene = Scene::open().await?;
    let oleg = scene.oleg.ready.person;
    for (relation, client) in scene.everybody() {
        let (role, token) = (client.ready.role, client.ready.token.clone());
        let status = call(client, Some(&token), Method::GET, PATH)?.send().await?.status();
        let may = Act::MakeTicket.reach(role).holds(Relation::Own);
        assert_eq!(status.as_u16(), if may { 200 } else { 403 }, "{role:?}, {relation:?}");
        assert_eq!(call(client, None, Method::GET, PATH)?.send().await?.status(), 401);
    }
    let anna = names(&scene.anna).await?;
    assert_eq!(anna.iter().map(|one| (one.person, one.name.as_str())).collect::<Vec<_>>(), [(oleg, "Олег Дроздов")]);
    assert_eq!(anna[0].organisations.len(), 1);
    assert_eq!(names(&scene.pyotr).await?, [], "he is alone in his firm");
    assert_eq!(names(&scene.boris).await?, [], "people of the firm know them without asking");
    Ok(())
}

async fn names(client: &Client) -> TestResult<Vec<Colleague>> {
    Ok(call(client, Some(&client.ready.token.clone()), Method::GET, PATH)?.send().await?.json().await?)
}

/// 2020 to 2029, in microseconds.
fn scene_year() -> (i64, i64) {
    (1_577_836_800_000_000, 1_861_920_000_000_000)
}
