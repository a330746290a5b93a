//! The API, as a program that has a key sees it.

use std::collections::BTreeSet;

use opora_domain::{
    KeyId, PersonId, Span, TicketId, Timestamp,
    api::{self, Card, Scope},
    role::Role,
    ticket::Comment,
};
use opora_wire::{EventBody, OpBody, RefusalCode, Stream, api as wire, keeping, ticket};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    office::{Client, Office, TestResult, frames, http, refused},
    tickets::draft,
};

/// A program with a key.
pub(crate) struct Program {
    pub(crate) id: KeyId,
    pub(crate) text: String,
    web: reqwest::Client,
    base: String,
}

impl Program {
    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> TestResult<(u16, Value)> {
        self.call_once(method, path, body, None).await
    }

    /// With an `Idempotency-Key`.
    pub(crate) async fn call_once(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        once: Option<&str>,
    ) -> TestResult<(u16, Value)> {
        let answer = self.send(Some(&self.text), method, path, body, once).await?;
        let (status, text) = (answer.status().as_u16(), answer.text().await?);
        Ok((status, serde_json::from_str(&text).unwrap_or_default()))
    }

    async fn send(
        &self,
        key: Option<&str>,
        method: Method,
        path: &str,
        body: Option<&Value>,
        once: Option<&str>,
    ) -> TestResult<Response> {
        let mut request = self.web.request(method, format!("{}{path}", self.base));
        if let Some(key) = key {
            request = request.bearer_auth(key);
        }
        if let Some(once) = once {
            request = request.header("Idempotency-Key", once);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Ok(request.send().await?)
    }

    pub(crate) async fn get(&self, path: &str) -> TestResult<Value> {
        let (status, body) = self.call(Method::GET, path, None).await?;
        assert_eq!(status, 200, "{path}: {body}");
        Ok(body)
    }
}

/// Galina gives out a key; its text never leaves her program.
pub(crate) async fn program(office: &mut Office, scopes: &[Scope], until: Option<Timestamp>) -> TestResult<Program> {
    let (id, text) = (KeyId(office.id()), api::text(&hex(&office.rng.bytes::<32>())[..43]));
    let hash = hex(&api::hash(&text).ok_or("a key")?);
    let card = Card { name: "Мониторинг".into(), scopes: scopes.iter().copied().collect(), until };
    office.galina.must(OpBody::Api(wire::Op::MakeKey { key: id, card, hash })).await?;
    let base = format!("https://{}", office.server.address);
    Ok(Program { id, text, web: http(&office.galina.link)?, base })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn new_ticket(customer: PersonId) -> Value {
    json!({ "customer": customer, "subject": "Диск почти полон", "description": "92 %", "kind": "error" })
}

/// Routes as they are described: method, path with ids of nothing, scope.
async fn routes(program: &Program) -> TestResult<Vec<(Method, String, Option<String>)>> {
    let answer = program.send(None, Method::GET, "/api/v1/openapi.json", None, None).await?;
    assert_eq!(answer.status(), StatusCode::OK, "the description is open to anyone");
    let described: Value = serde_json::from_str(&answer.text().await?)?;
    let mut routes = Vec::new();
    for (path, methods) in described["paths"].as_object().ok_or("paths")? {
        for (method, about) in methods.as_object().ok_or("methods")? {
            let scope = about["security"][0]["key"][0].as_str().map(str::to_owned);
            let path = path.replace("{id}", "0197f000-0000-7000-8000-000000000001").replace("{sequence}", "1");
            routes.push((method.to_uppercase().parse()?, path, scope));
        }
    }
    Ok(routes)
}

#[tokio::test]
async fn every_route_is_open_to_the_scope_that_it_names_and_to_no_other_key() -> TestResult {
    let mut office = Office::open().await?;
    let any = program(&mut office, &Scope::ALL, None).await?;
    let revoked = program(&mut office, &Scope::ALL, None).await?;
    office.galina.must(OpBody::Api(wire::Op::RevokeKey { key: revoked.id })).await?;
    let until = office.clock.now() + Span::minutes(60);
    let over = program(&mut office, &Scope::ALL, Some(until)).await?;
    assert_eq!(over.call(Method::GET, "/api/v1/key", None).await?.0, 200, "it held");
    office.clock.shift(Span::minutes(61));

    let (all, mut seen) = (routes(&any).await?, BTreeSet::new());
    assert!(all.len() > 20, "{all:?}");
    for (method, path, scope) in all {
        let what = format!("{method} {path}");
        for key in [None, Some("opora_guessed"), Some(&*revoked.text), Some(&*over.text)] {
            // Time heals the allowance of who comes without a key.
            office.clock.shift(Span::minutes(1));
            let answer = any.send(key, method.clone(), &path, None, None).await?;
            assert_eq!(answer.status(), 401, "{what} with {key:?}");
            assert!(answer.headers()["www-authenticate"].to_str()?.starts_with("Bearer"), "{what}");
            assert_eq!(answer.headers()["content-type"], "application/problem+json", "{what}");
        }
        let Some(scope) = scope else {
            assert_eq!(path, "/api/v1/key", "every other route needs a scope");
            continue;
        };
        let scope: Scope = scope.parse()?;
        seen.insert(scope);
        let others: Vec<_> = Scope::ALL.into_iter().filter(|one| *one != scope).collect();
        let (with, without) = (program(&mut office, &[scope], None).await?, program(&mut office, &others, None).await?);
        let (status, problem) = without.call(method.clone(), &path, None).await?;
        assert_eq!((status, &problem["scope"]), (403, &json!(scope.name())), "{what}: {problem}");
        let (status, answer) = with.call(method, &path, None).await?;
        assert!(![401, 403, 500].contains(&status), "{what} with {scope:?}: {status} {answer}");
    }
    assert_eq!(seen.len(), Scope::ALL.len(), "each scope opens something");
    Ok(())
}

#[tokio::test]
async fn what_a_key_writes_is_seen_by_everybody_whom_it_concerns_under_its_name_and_is_no_persons_answer() -> TestResult
{
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let program = program(&mut office, &[Scope::TicketsRead, Scope::TicketsWrite], None).await?;
    let author = PersonId(program.id.0);

    let (status, made) = program.call(Method::POST, "/api/v1/tickets", Some(&new_ticket(anna.ready.person))).await?;
    assert_eq!((status, &made["number"]), (201, &json!(1)), "{made}");
    let id: TicketId = made["id"].as_str().ok_or("an id")?.parse()?;
    let path = format!("/api/v1/tickets/{id}");
    let by = boris.until("the ticket", |event| match &event.body {
        EventBody::TicketMade { draft, .. } if draft.id == id && event.stream == Stream::Staff => Some(event.by),
        _ => None,
    });
    assert_eq!(by.await?, Some(author), "the journal names the key");
    let name = anna.until("its author's name", |event| match &event.body {
        EventBody::Ticket(ticket::Event::Introduced { person, name, .. }) if *person == author => Some(name.clone()),
        _ => None,
    });
    assert_eq!(name.await?, "Мониторинг");

    let promised = program.get(&path).await?["answer_by"].clone();
    assert!(promised.is_string(), "an answer is promised");
    for (text, audience) in [("Нагрузка растёт", "staff"), ("Мы видим, что диск полон", "all")]
    {
        let comment = json!({ "text": text, "audience": audience });
        let (status, said) = program.call(Method::POST, &format!("{path}/comments"), Some(&comment)).await?;
        assert_eq!(status, 201, "{said}");
    }
    anna.until("the words", |event| match &event.body {
        EventBody::Ticket(ticket::Event::Updated { comment: Some(comment), .. }) => Some(comment.text.clone()),
        _ => None,
    })
    .await?;
    assert!(!frames(&anna)?.contains("Нагрузка"), "a note for staff is in no frame of hers");
    let heard = program.get(&format!("{path}/comments")).await?;
    assert_eq!(heard["items"].as_array().map(Vec::len), Some(1), "nor in what the API shows: {heard}");
    assert_eq!(program.get(&path).await?["answer_by"], promised, "a program's word is no answer");

    boris.must(say(&office, id, "Уже чищу")).await?;
    assert!(program.get(&path).await?["answer_by"].is_null(), "a person's is");
    Ok(())
}

fn say(office: &Office, ticket: TicketId, text: &str) -> OpBody {
    let comment = Some(Comment { text: text.into(), files: Vec::new(), staff: false });
    let entry = opora_domain::MessageId(office.id());
    OpBody::Ticket(ticket::Op::Update { ticket, entry, edits: Vec::new(), comment })
}

#[tokio::test]
async fn the_same_request_sent_again_is_done_once_and_another_one_under_its_key_is_refused() -> TestResult {
    let mut office = Office::open().await?;
    let anna = office.welcome("Анна Белова", Role::Customer).await?;
    let scopes = [Scope::TicketsRead, Scope::TicketsWrite, Scope::OrganisationsWrite, Scope::OrganisationsRead];
    let (first, second) = (program(&mut office, &scopes, None).await?, program(&mut office, &scopes, None).await?);
    let wanted = new_ticket(anna.ready.person);
    let make = |program: &Program, body: &Value| {
        let (body, path) = (body.clone(), "/api/v1/tickets");
        let (text, web, base, id) = (program.text.clone(), program.web.clone(), program.base.clone(), program.id);
        async move {
            let program = Program { id, text, web, base };
            program.call_once(Method::POST, path, Some(&body), Some("disk-92")).await
        }
    };
    let once = make(&first, &wanted).await?;
    assert_eq!(once.0, 201, "{}", once.1);
    assert_eq!(make(&first, &wanted).await?, once, "the same answer");
    let mut other = wanted.clone();
    other["subject"] = json!("Другое");
    let (status, problem) = make(&first, &other).await?;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_key_used")), "{problem}");
    assert_eq!(make(&second, &wanted).await?.1["number"], 2, "another key's requests are its own");
    assert_eq!(first.get("/api/v1/tickets").await?["items"].as_array().map(Vec::len), Some(2));

    let path = format!("/api/v1/tickets/{}/comments", once.1["id"].as_str().ok_or("an id")?);
    let comment = json!({ "text": "Ещё полнее", "audience": "all" });
    let said = first.call_once(Method::POST, &path, Some(&comment), Some("c1")).await?;
    assert_eq!(first.call_once(Method::POST, &path, Some(&comment), Some("c1")).await?, said);
    let other = json!({ "text": "Иначе", "audience": "all" });
    assert_eq!(first.call_once(Method::POST, &path, Some(&other), Some("c1")).await?.0, 422);
    assert_eq!(first.get(&path).await?["items"].as_array().map(Vec::len), Some(1));

    let card = json!({ "name": "ООО «Лютик»", "inn": "7707083893" });
    let made = first.call_once(Method::POST, "/api/v1/organisations", Some(&card), Some("o1")).await?;
    assert_eq!(made.0, 201, "{}", made.1);
    assert_eq!(first.call_once(Method::POST, "/api/v1/organisations", Some(&card), Some("o1")).await?, made);
    let (status, taken) = first.call(Method::POST, "/api/v1/organisations", Some(&card)).await?;
    assert_eq!((status, &taken["code"]), (409, &json!("inn_taken")), "without the header it is another one");
    Ok(())
}

#[tokio::test]
async fn a_key_goes_by_the_workflow_and_hears_no_more_than_its_scope_says() -> TestResult {
    let mut office = Office::open().await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let made = draft(office.id());
    let path = format!("/api/v1/tickets/{}", made.id);
    anna.must(OpBody::MakeTicket { draft: made }).await?;
    let writer = program(&mut office, &[Scope::TicketsWrite], None).await?;
    let patch = async |body: Value| writer.call(Method::PATCH, &path, Some(&body)).await;

    let (status, no) = patch(json!({ "status": "confirmed" })).await?;
    assert_eq!((status, &no["code"]), (409, &json!("not_a_step")), "only the customer confirms: {no}");
    let (status, no) = patch(json!({ "status": "refused" })).await?;
    assert_eq!((status, &no["code"]), (422, &json!("words_needed")), "{no}");
    let (status, no) = patch(json!({ "assignee": anna.ready.person })).await?;
    assert_eq!(status, 422, "a customer works on nothing: {no}");
    let (status, done) = patch(json!({ "status": "in_work", "priority": "high", "due": null })).await?;
    assert_eq!((status, &done["status"]), (200, &json!("in_work")), "{done}");
    assert!(!done.to_string().contains("Не печатает"), "who may only write reads nothing: {done}");
    assert_eq!(writer.call(Method::GET, &path, None).await?.0, 403);
    Ok(())
}

#[tokio::test]
async fn lists_are_read_page_by_page_and_from_a_moment_on_and_who_was_erased_is_in_none() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
    let reader = program(&mut office, &Scope::ALL, None).await?;
    let talk = office.conversation(&mut anna, &mut boris).await?;
    for number in 0..5 {
        let mut one = draft(office.id());
        one.subject = format!("Беда {number}");
        anna.must(OpBody::MakeTicket { draft: one }).await?;
    }
    let (mut next, mut subjects) = (Value::Null, Vec::new());
    loop {
        let after = next.as_str().map(|next| format!("&after={next}")).unwrap_or_default();
        let page = reader.get(&format!("/api/v1/tickets?limit=2{after}")).await?;
        subjects.extend(page["items"].as_array().ok_or("items")?.iter().map(|one| one["subject"].clone()));
        next = page["next"].clone();
        if next.is_null() {
            break;
        }
    }
    assert_eq!(subjects, (0..5).map(|number| json!(format!("Беда {number}"))).collect::<Vec<_>>());

    let since = "/api/v1/requests?updated_since=";
    office.clock.shift(Span::minutes(5));
    let moment = |at: Timestamp| jiff_text(at);
    let later = moment(office.clock.now());
    assert_eq!(reader.get(&format!("{since}{later}")).await?["items"], json!([]), "it was asked before");
    boris.must(OpBody::Close { conversation: talk }).await?;
    let moved = reader.get(&format!("{since}{later}")).await?;
    assert_eq!(moved["items"][0]["state"], "closed", "closing it is a change: {moved}");
    for wrong in ["limit=0", "limit=201", "limit=x", "after=x", "updated_since=gestern", "nonsense=1"] {
        let (status, problem) = reader.call(Method::GET, &format!("/api/v1/tickets?{wrong}"), None).await?;
        assert_eq!((status, &problem["code"]), (400, &json!("malformed")), "{wrong}: {problem}");
    }

    assert!(reader.get("/api/v1/persons").await?.to_string().contains("Олег"));
    let person = oleg.ready.person;
    office.galina.must(OpBody::Keeping(keeping::Op::Erase { person })).await?;
    let persons = reader.get("/api/v1/persons").await?.to_string();
    assert!(!persons.contains("Олег") && !persons.contains(&person.to_string()), "{persons}");
    assert_eq!(reader.call(Method::GET, &format!("/api/v1/persons/{person}"), None).await?.0, 404);
    Ok(())
}

/// RFC 3339, as the API writes it.
fn jiff_text(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn only_the_owner_gives_out_keys_and_sees_them_and_no_key_gives_out_another() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Supervisor).await?;
    let known = program(&mut office, &[Scope::ReportsRead], None).await?;
    known.get("/api/v1/key").await?;
    let card = Card { name: "Своя".into(), scopes: [Scope::TicketsRead].into(), until: None };
    let op = OpBody::Api(wire::Op::MakeKey { key: KeyId(office.id()), card: card.clone(), hash: "ab".repeat(32) });
    assert_eq!(op.scope(), None, "no scope lets a key do it");
    let refusal = boris.try_do(op).await?.map_err(|refusal| refusal.code);
    assert_eq!(refusal.map(|_| ()), Err(RefusalCode::NotAllowed));
    let listed = |client: &Client| {
        let token = client.ready.token.clone();
        known.send(Some(Box::leak(token.into_boxed_str())), Method::GET, "/v1/api", None, None)
    };
    assert_eq!(listed(&boris).await?.status(), 403);
    let answer = listed(&office.galina).await?;
    assert_eq!(answer.status(), 200);
    let text = answer.text().await?;
    let all: wire::Listed = serde_json::from_str(&text)?;
    assert_eq!((all.keys.len(), all.keys[0].id), (1, known.id));
    assert!(all.keys[0].used.is_some(), "its last use is known");
    let hash = hex(&api::hash(&known.text).ok_or("a key")?);
    assert!(!text.contains(&known.text) && !text.contains(&hash), "neither key nor hash is told");
    let empty = Card { scopes: BTreeSet::new(), ..card };
    let op = OpBody::Api(wire::Op::MakeKey { key: KeyId(office.id()), card: empty, hash: "ab".repeat(32) });
    assert!(office.galina.try_do(op).await?.map_err(refused).is_err(), "a key that may nothing");
    Ok(())
}
