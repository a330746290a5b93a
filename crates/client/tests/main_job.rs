//! The main job as far as it needs no screen, at a real desk.

mod office;

use office::Office;
use opora_domain::message::Mark;
use opora_ipc::conversation::Entry;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anna_asks_boris_accepts_and_they_talk() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;

    boris.say(talk, "Здравствуйте! Какой принтер?").await;
    anna.sees_texts(talk, &["Здравствуйте! Какой принтер?"]).await;
    let row = anna.talk(talk).await.row;
    assert_eq!((row.title.as_str(), row.organisation.as_str(), row.unread), ("Борис Ким", "Север-Софт", 1));
    anna.call::<serde_json::Value>("saw", serde_json::json!({ "conversation": talk })).await;
    boris
        .until("his message is seen", async |boris| {
            let view = boris.talk(talk).await;
            let seen = |what: &Entry| matches!(what, Entry::Message(message) if message.mark == Mark::Seen);
            view.entries.iter().any(|entry| seen(&entry.what)).then_some(())
        })
        .await;
    anna.say(talk, "HP, на складе").await;
    boris.sees_texts(talk, &["Здравствуйте! Какой принтер?", "HP, на складе"]).await;
    assert_eq!(anna.talk(talk).await.row.unread, 0);
}
