//! What is not to be kept goes: from the log, from the disk, and from everybody's copy.

use opora_domain::{ConversationId, MessageId, Span, invite::Invite, message::Draft, role::Role};
use opora_wire::{
    EventBody, OpBody, RefusalCode, Stream,
    keeping::{Event, Op, Preview, Previewed},
};

use crate::{
    office::{Client, DEADLINE, Office, TestResult, http, said},
    running::share,
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
