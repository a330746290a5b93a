//! Files both ways, by hash.

mod office;

use std::fs;

use office::{Office, Person};
use opora_domain::{ConversationId, MessageId};
use opora_ipc::{
    ErrorCode, UiError,
    conversation::{Entry, EntryView, FileState, FileView, MessageView, SavedFile},
    ticket::{TicketView, TicketsPage},
};
use serde_json::{Value, json};

async fn file_in(person: &Person, talk: ConversationId, name: &str) -> Option<(MessageId, FileView)> {
    let entries = person.talk(talk).await.entries;
    let file = |entry: EntryView| match entry.what {
        Entry::Message(MessageView { message, file: Some(file), .. }) => Some((message, file)),
        _ => None,
    };
    entries.into_iter().filter_map(file).find(|(_, file)| file.name == name)
}

async fn fetched(person: &Person, talk: ConversationId, name: &str) -> (MessageId, FileView) {
    let what = format!("{name} is offered");
    let (message, _) = person.until(&what, async |one| file_in(one, talk, name).await).await;
    person.call::<Value>("accept_file", json!({ "conversation": talk, "message": message })).await;
    let what = format!("{name} is here");
    let here = async |one: &Person| file_in(one, talk, name).await.filter(|(_, file)| file.state == FileState::Here);
    person.until(&what, here).await
}

/// Not compressible, not repeating: any lost or doubled part changes it.
fn noise(size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    blake3::Hasher::new().finalize_xof().fill(&mut bytes);
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_arrive_as_they_were_both_ways_and_are_saved_beside_each_other() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    for (from, to, name, size) in [(&anna, &boris, "журнал.zip", 3_500_000), (&boris, &anna, "обработка.epf", 70_000)]
    {
        let path = from.profile.path().join(name);
        fs::write(&path, noise(size)).expect("written");
        from.call::<EntryView>("send_file", json!({ "conversation": talk, "path": path })).await;
        fs::remove_file(&path).expect("the original may go");
        let (message, file) = fetched(to, talk, name).await;
        assert_eq!(file.hash, blake3::hash(&noise(size)).to_hex().to_string());
        assert_eq!(file.dangerous, name.ends_with("epf"));
        let args = json!({ "conversation": talk, "message": message, "folder": "" });
        let first: SavedFile = to.call("save_file", args.clone()).await;
        let second: SavedFile = to.call("save_file", args).await;
        assert_ne!(first.path, second.path, "nothing is replaced");
        assert_eq!(fs::read(second.path).expect("saved"), noise(size));
        let opened: Result<Value, UiError> =
            to.try_call("open_file", json!({ "conversation": talk, "message": message })).await;
        let expected = if file.dangerous { Err(ErrorCode::NotAllowed) } else { Ok(()) };
        assert_eq!(opened.map(|_| ()).map_err(|error| error.code), expected, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_goes_on_after_a_cut_and_a_restart_and_text_need_not_wait_for_another_talk() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    let path = anna.profile.path().join("база.dt");
    fs::write(&path, noise(12_000_000)).expect("written");
    anna.call::<EntryView>("send_file", json!({ "conversation": talk, "path": path })).await;
    anna.until("some of it has gone up", async |anna| match file_in(anna, talk, "база.dt").await?.1.state {
        FileState::Sending { done } if done > 0 => Some(()),
        FileState::Here => Some(()),
        _ => None,
    })
    .await;
    office.cable.cut();
    anna.say(talk, "Это база").await;
    let anna = anna.restart().await;
    office.cable.restore();
    let (_, file) = fetched(&boris, talk, "база.dt").await;
    assert_eq!(file.hash, blake3::hash(&noise(12_000_000)).to_hex().to_string());
    boris.sees_texts(talk, &["Это база"]).await;
    anna.sees_texts(talk, &["Это база"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_picture_comes_by_itself() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(64, 48).write_to(&mut png, image::ImageFormat::Png).expect("encodes");
    let png = png.into_inner();
    let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &png);
    anna.call::<EntryView>("send_bytes", json!({ "conversation": talk, "name": "снимок.png", "base64": base64 })).await;
    let here =
        async |one: &Person| file_in(one, talk, "снимок.png").await.filter(|(_, file)| file.state == FileState::Here);
    let (message, file) = boris.until("the picture is here", here).await;
    assert_eq!(file.picture, Some((64, 48)));
    let (mime, bytes) = boris.core.blob(message).await.expect("here");
    assert_eq!((mime.as_str(), &bytes[..]), ("image/png", &png[..]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_with_a_file_written_offline_gets_its_number_later() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    office.cable.cut();
    boris.offline().await;
    let path = boris.profile.path().join("снимок.txt");
    fs::write(&path, "ошибка 500").expect("written");
    let args = json!({
        "conversation": talk, "subject": "Обновить платформу", "description": "до 8.3.27",
        "kind": "error", "priority": "high", "files": [path]
    });
    let ticket: TicketView = boris.call("make_ticket", args).await;
    assert_eq!((ticket.number, ticket.customer.as_str()), (None, "Анна Белова"));
    let boris = boris.restart().await;
    office.cable.restore();
    for person in [&anna, &boris] {
        let numbered = person.until("the ticket has its number", async |one| {
            let page: TicketsPage = one.call("list_tickets", json!({ "count": 10 })).await;
            assert!(page.total <= 1, "made once");
            page.rows.into_iter().find(|one| one.number.is_some())
        });
        let numbered = numbered.await;
        assert_eq!((numbered.number, numbered.id, numbered.files.len()), (Some(1), ticket.id, 1));
    }
    anna.until("it stands in the talk", async |anna| {
        let noted = |entry: &EntryView| matches!(&entry.what, Entry::Ticket { number: 1, .. });
        anna.talk(talk).await.entries.iter().any(noted).then_some(())
    })
    .await;
}
