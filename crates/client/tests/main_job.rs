//! The main job as far as it needs no screen, at a real desk.

mod office;

use office::Office;
use opora_domain::message::Mark;
use opora_ipc::{
    ErrorCode, UiError,
    ask::RequestView,
    conversation::{Entry, EntryView},
    queue::QueueView,
};
use serde_json::{Value, json};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_late_gets_the_whole_talk_however_long_it_is() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    boris.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let request: RequestView = anna.call("send_ask", office.ask("Не открывается база")).await;
    let talk = request.conversation;
    // More than one answer holds, and more than one frame holds.
    let long = "Ж".repeat(15_000);
    let mut texts: Vec<String> = (0..10).map(|n| format!("{n} {long}")).collect();
    texts.extend((10..220).map(|n| n.to_string()));
    for text in &texts {
        anna.say(talk, text).await;
    }
    anna.until("nothing waits", async |anna| (anna.app().await.waiting == 0).then_some(())).await;

    let queue: QueueView = boris.call("queue", json!({})).await;
    let row = queue.waiting.first().expect("it waits");
    boris.call::<Value>("accept", json!({ "request": row.request, "epoch": row.epoch })).await;
    let last = async |boris: &office::Person| (boris.texts(talk).await.last() == texts.last()).then_some(());
    boris.until("the last word is here", last).await;

    let view = boris.talk(talk).await;
    let mut entries = view.entries;
    assert!(view.more && entries.len() == 100);
    loop {
        let before = entries.first().expect("some").order;
        let older: Vec<EntryView> = boris.call("older", json!({ "conversation": talk, "before": before })).await;
        if older.is_empty() {
            break;
        }
        entries.splice(0..0, older);
    }
    let read: Vec<String> = entries.iter().filter_map(office::text_of).collect();
    assert!(read == texts, "in order, without a gap");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_talk_is_closed_and_rated_and_both_histories_say_so() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    boris.call::<Value>("close_conversation", json!({ "conversation": talk })).await;
    let closed = async |anna: &office::Person| {
        anna.talk(talk).await.entries.iter().any(|entry| entry.what == Entry::Closed).then_some(())
    };
    anna.until("the end is here", closed).await;
    let rating = json!({ "stars": 5, "comment": "Спасибо!" });
    anna.call::<Value>("rate", json!({ "conversation": talk, "rating": rating })).await;
    for person in [&anna, &boris] {
        let rated = async |one: &office::Person| one.talk(talk).await.rating;
        assert_eq!(person.until("it is rated", rated).await.comment, "Спасибо!");
    }
    let refused: Result<Value, UiError> =
        anna.try_call("send_message", json!({ "conversation": talk, "text": "ещё", "reply_to": null })).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::ConversationClosed));
    let (anna, boris) = (anna.restart().await, boris.restart().await);
    assert_eq!(anna.talk(talk).await.rating.map(|rating| rating.comment).as_deref(), Some("Спасибо!"));
    let lines = |view: opora_ipc::conversation::ConversationView| {
        view.entries.into_iter().map(|entry| (entry.id, entry.order, entry.what)).collect::<Vec<_>>()
    };
    let whole = lines(boris.talk(talk).await);
    assert!(whole.iter().any(|(_, _, what)| matches!(what, Entry::Rated(_))));
    let same = async |anna: &office::Person| (lines(anna.talk(talk).await) == whole).then_some(());
    anna.until("one log, two histories", same).await;
}
