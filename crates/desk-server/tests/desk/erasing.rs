//! What is not to be kept goes: from the log, from the disk, and from everybody's copy.

use opora_domain::{
    ConversationId, MessageId, OrganisationId, RequestId, Span, TicketId, TransferId,
    callback::{Callback, When},
    invite::Invite,
    membership::{MemberRole, Membership},
    message::Draft,
    person::Card,
    role::Role,
    ticket::{Change, Comment, Edit, Status, Visibility},
    transfer::Brief,
};
use opora_wire::{
    EventBody, OpBody, RefusalCode, Stream, contract, hours,
    keeping::{Event, Op, Preview, Previewed},
    structure, ticket, transfer, vendor,
};

use crate::{
    office::{Client, DEADLINE, Office, TestResult, http, said},
    running::{share, upload},
    tickets::draft,
};

fn blob(office: &Office, hash: &str) -> std::path::PathBuf {
    office.folder.path().join("blobs").join(&hash[..2]).join(hash)
}

async fn is_gone(path: &std::path::Path) -> TestResult {
    let gone = async {
        while path.exists() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    Ok(tokio::time::timeout(DEADLINE, gone).await.map_err(|_| "the file is still on the disk")?)
}

async fn told(client: &mut Client, talk: ConversationId, wanted: Event) -> TestResult {
    client
        .until("the word that it is gone", |event| {
            let here = event.stream == Stream::Conversation(talk);
            (here && event.body == EventBody::Keeping(wanted.clone())).then_some(())
        })
        .await
}

#[tokio::test]
async fn erasing_anna_leaves_that_she_asked_and_none_of_her_words() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let id = office.id();
    anna.must(OpBody::Say { conversation, draft: said(id, "Мой пароль Ромашка-17") }).await?;
    let hash = share(&mut anna, said(office.id(), "Вот база"), conversation).await?;
    boris.must(OpBody::Say { conversation, draft: said(office.id(), "Спасибо, вижу") }).await?;
    let person = anna.ready.person;
    let erase = OpBody::Keeping(Op::Erase { person });
    let busy = office.galina.try_do(erase.clone()).await?;
    assert_eq!(busy.map_err(|refusal| refusal.code), Err(RefusalCode::StillOpen), "first the talk is ended");
    boris.must(OpBody::Close { conversation }).await?;
    let path = blob(&office, &hash);
    assert!(path.exists());

    office.galina.must(erase).await?;
    told(&mut boris, conversation, Event::Erased { person }).await?;
    is_gone(&path).await?;
    let log = boris.fetch(Stream::Conversation(conversation)).await?.map_err(crate::office::refused)?;
    let seqs: Vec<i64> = log.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, (1..=i64::try_from(log.len())?).collect::<Vec<_>>(), "no header is missing");
    for event in &log {
        let hers = event.by == Some(person);
        let kept = matches!(event.body, EventBody::Closed | EventBody::Seen { .. } | EventBody::Keeping(_));
        assert_eq!(event.body == EventBody::Erased, hers && !kept, "{event:?}");
    }
    let staff = boris.fetch(Stream::Staff).await?.map_err(crate::office::refused)?;
    assert!(!format!("{staff:?}").contains("Анна"), "{staff:?}");
    let (link, device) = (anna.link.clone(), anna.device.clone());
    let back = Client::try_connect(&link, device, None).await?;
    assert_eq!(back.err().map(|refusal| refusal.code), Some(RefusalCode::UnknownDevice));

    let database = office.folder.path().join("desk.db");
    office.server.shutdown().await;
    let bytes = std::fs::read(database)?;
    for word in ["Ромашка-17", "Анна", "Вот база", "Не печатается"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is still in the file");
    }
    let boris = "Борис".as_bytes();
    assert!(bytes.windows(boris.len()).any(|window| window == boris), "others are");
    Ok(())
}

/// Whatever the tables hold as text, with the name of the table and the column.
async fn dump(database: &std::path::Path) -> TestResult<Vec<(String, String)>> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database).read_only(true);
    let pool = sqlx::SqlitePool::connect_with(options).await?;
    let tables: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetch_all(&pool).await?;
    let mut all = Vec::new();
    for (table,) in tables {
        let columns = sqlx::AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns: Vec<(String,)> = sqlx::query_as(columns).fetch_all(&pool).await?;
        for (column,) in columns {
            let cells = format!("SELECT CAST(\"{column}\" AS BLOB) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
            let cells: Vec<(Vec<u8>,)> = sqlx::query_as(sqlx::AssertSqlSafe(cells)).fetch_all(&pool).await?;
            let text = |(bytes,): (Vec<u8>,)| String::from_utf8_lossy(&bytes).into_owned();
            all.extend(cells.into_iter().map(|cell| (format!("{table}.{column}"), text(cell))));
        }
    }
    Ok(all)
}

/// Anna's words in every place that takes them: her card, her talk and its copies for a colleague and a
/// vendor, a number to call, a wish for renewal.
async fn leave_traces(office: &mut Office, anna: &mut Client, boris: &mut Client) -> TestResult {
    let person = anna.ready.person;
    let card =
        Card {
            name: "Анна Ландыш".into(), email: "landysh@romashka.ru".into(), phone: "+7 812 555-77-01".into()
        };
    office.galina.must(OpBody::Structure(structure::Op::PutPerson { person, card })).await?;
    let membership = Membership { role: MemberRole::Responsible, ..Membership::of(office.romashka) };
    office.galina.must(OpBody::Structure(structure::Op::PutMembership { person, membership })).await?;
    let waits = RequestId(office.id());
    anna.must(OpBody::Ask { request: waits, ask: office.ask("Ландыш не проводится") }).await?;
    let callback = Some(Callback { phone: "+7 812 555-77-02".into(), when: When::Soon });
    anna.must(OpBody::Hours(hours::Op::CallBack { request: waits, callback })).await?;
    let epoch = boris.offered(waits).await?;
    boris.must(OpBody::Accept { request: waits, epoch }).await?;
    let conversation = ConversationId(waits.0);
    let message = MessageId(office.id());
    anna.must(OpBody::Say { conversation, draft: said(message.0, "Пароль Ландыш-17") }).await?;
    anna.must(OpBody::Contract(contract::Op::AskRenewal {
        organisation: None, comment: "До цветения Ландыша".into()
    }))
    .await?;

    let vendor = OrganisationId(office.id());
    let name = "АО «Платформа»".into();
    office.galina.must(OpBody::Vendor(vendor::Op::Make { organisation: vendor, name })).await?;
    let (question, messages) = ("Известна ли ошибка?".to_owned(), vec![message]);
    let epoch = epoch + 1;
    let escalate = vendor::Op::Escalate { conversation, epoch, organisation: vendor, question, messages };
    boris.must(OpBody::Vendor(escalate)).await?;
    let vera = office.welcome("Вера Титова", Role::Specialist).await?;
    let brief = Brief { problem: "Не проводится".into(), tried: String::new(), mood: None };
    let (transfer, to, picked) = (TransferId(office.id()), vera.ready.person, vec![message]);
    let offer = transfer::Op::Offer { transfer, conversation, epoch, to, brief, picked, stays: false };
    boris.must(OpBody::Transfer(offer)).await?;
    boris.must(OpBody::Transfer(transfer::Op::Cancel { transfer })).await?;
    boris.must(OpBody::Close { conversation }).await?;
    Ok(())
}

/// Anna's words in tickets: in her own, in the answers to it, and in Oleg's. Answers Oleg with his, and the hash
/// of a file that Boris attached to hers.
async fn leave_tickets(
    office: &mut Office,
    anna: &mut Client,
    boris: &mut Client,
) -> TestResult<(Client, TicketId, String)> {
    let mut oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
    let (mut hers, mut his) = (draft(office.id()), draft(office.id()));
    hers.subject = "Ландыш не печатает".into();
    his.more.visibility = Visibility::Organisation;
    let both = (hers.id, his.id);
    anna.must(OpBody::MakeTicket { draft: hers }).await?;
    oleg.must(OpBody::MakeTicket { draft: his }).await?;
    let say = |office: &Office, ticket, text: &str, files| {
        let comment = Some(Comment { text: text.into(), files, staff: false });
        OpBody::Ticket(ticket::Op::Update { ticket, entry: MessageId(office.id()), edits: Vec::new(), comment })
    };
    let file = upload(boris, b"How to print a lily").await?;
    let hash = file.hash.clone();
    boris.must(say(office, both.0, "Какой у вас Ландыш?", vec![file])).await?;
    boris.must(ask_back(office, both.1)).await?;
    anna.must(say(office, both.0, "Пароль Ландыш-18", Vec::new())).await?;
    anna.must(say(office, both.1, "И у меня Ландыш", Vec::new())).await?;
    Ok((oleg, both.1, hash))
}

fn ask_back(office: &Office, ticket: TicketId) -> OpBody {
    let comment = Some(Comment { text: "Какой принтер?".into(), files: Vec::new(), staff: false });
    let edits = vec![Edit { was: Change::Status(Status::New), now: Change::Status(Status::Waiting) }];
    OpBody::Ticket(ticket::Op::Update { ticket, entry: MessageId(office.id()), edits, comment })
}

#[tokio::test]
async fn of_anna_who_is_erased_no_table_holds_a_word_or_a_number() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Ландыш", Role::Customer).await?;
    leave_traces(&mut office, &mut anna, &mut boris).await?;
    let (mut oleg, olegs, hash) = leave_tickets(&mut office, &mut anna, &mut boris).await?;
    let database = office.folder.path().join("desk.db");
    let traces = |all: Vec<(String, String)>| {
        let words = ["Ландыш", "landysh", "555-77-0"];
        all.into_iter().filter(|(_, text)| words.iter().any(|word| text.contains(word))).collect::<Vec<_>>()
    };
    let before: std::collections::BTreeSet<_> = traces(dump(&database).await?).into_iter().map(|(at, _)| at).collect();
    for place in [
        "callbacks.callback",
        "event_bodies.body",
        "persons.name",
        "renewals.comment",
        "requests.ask",
        "tickets.ticket",
    ] {
        assert!(before.contains(place), "{place} holds something of hers: {before:?}");
    }
    let person = anna.ready.person;
    office.galina.must(OpBody::Keeping(Op::Erase { person })).await?;
    assert_eq!(traces(dump(&database).await?), [], "nothing of hers is left");
    is_gone(&blob(&office, &hash)).await?;
    let told = oleg.until("the word that she is gone", |event| {
        let here = event.stream == Stream::Ticket(olegs);
        (here && event.body == EventBody::Keeping(Event::Erased { person })).then_some(())
    });
    told.await?;
    let staff = boris.fetch(Stream::Staff).await?.map_err(crate::office::refused)?;
    let in_his = staff.iter().filter_map(|event| match &event.body {
        EventBody::Ticket(ticket::Event::Updated { ticket, changes, comment, .. }) if *ticket == olegs => {
            Some((changes.as_slice(), comment.is_some()))
        }
        _ => None,
    });
    let (waits, goes_on) = ([Change::Status(Status::Waiting)], [Change::Status(Status::InWork)]);
    assert_eq!(in_his.collect::<Vec<_>>(), [(&waits[..], true), (&goes_on[..], false)], "what she moved stays moved");
    Ok(())
}

async fn preview(client: &Client, line: opora_domain::LineId, days: u32) -> TestResult<Result<Previewed, u16>> {
    let url = format!("https://{}/v1/retention", Invite::parse(&client.link)?.address);
    let body = Preview { line, days };
    let answer = http(&client.link)?.post(url).bearer_auth(&client.ready.token).json(&body).send().await?;
    let status = answer.status().as_u16();
    Ok(if status == 200 { Ok(answer.json().await?) } else { Err(status) })
}

#[tokio::test]
async fn a_closed_talk_is_forgotten_when_its_time_has_come_and_an_open_one_is_not() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let closed = office.conversation(&mut anna, &mut boris).await?;
    let hash = share(&mut anna, said(office.id(), "Вот база"), closed).await?;
    boris.must(OpBody::Close { conversation: closed }).await?;
    let open = office.conversation(&mut anna, &mut boris).await?;
    let draft = Draft { id: MessageId(office.id()), text: "Ещё вопрос".into(), reply_to: None, file: None };
    anna.must(OpBody::Say { conversation: open, draft }).await?;
    assert_eq!(preview(&office.galina, office.line, 30).await?, Ok(Previewed::default()), "nothing is that old");
    office.clock.shift(Span::minutes(31 * 24 * 60));
    let would = preview(&office.galina, office.line, 30).await?.map_err(|status| format!("{status}"))?;
    assert_eq!((would.conversations, would.messages, would.files, would.bytes), (1, 1, 1, 36), "{would:?}");
    assert_eq!(preview(&boris, office.line, 30).await?, Err(403), "only the owner looks");
    let (line, days) = (office.line, Some(30));
    office.galina.must(OpBody::Keeping(Op::SetRetention { line, days })).await?;
    assert!(blob(&office, &hash).exists(), "not before the daily look");
    office.clock.shift(Span::minutes(24 * 60));
    told(&mut boris, closed, Event::Forgotten { conversation: closed }).await?;
    is_gone(&blob(&office, &hash)).await?;
    let log = anna.fetch(Stream::Conversation(closed)).await?.map_err(crate::office::refused)?;
    assert!(!log.iter().any(|event| matches!(event.body, EventBody::Said(_))), "{log:?}");
    assert!(log.iter().any(|event| event.body == EventBody::Closed), "that it was is known");
    let log = anna.fetch(Stream::Conversation(open)).await?.map_err(crate::office::refused)?;
    assert!(log.iter().any(|event| matches!(event.body, EventBody::Said(_))), "the open one is whole");
    Ok(())
}
