//! A cut cable, lost answers, a desk that is down: nothing is lost, nothing is doubled.

mod office;

use office::Office;
use opora_domain::message::Mark;
use opora_ipc::{
    ErrorCode, UiError,
    app::LinkView,
    ask::RequestView,
    conversation::{Entry, EntryView},
};
use serde_json::{Value, json};

fn mark(entry: &EntryView) -> Option<Mark> {
    match &entry.what {
        Entry::Message(message) => Some(message.mark),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_written_offline_arrives_once_after_reconnect() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;

    office.cable.cut();
    anna.offline().await;
    let written = anna.say(talk, "Принтер горит").await;
    assert_eq!(mark(&written), Some(Mark::Waiting));
    assert_eq!(anna.app().await.waiting, 1);
    anna.say(talk, "и дымит").await;
    assert_eq!(anna.texts(talk).await, ["Принтер горит", "и дымит"], "she sees what waits");
    let anna = anna.restart().await;
    assert_eq!(anna.texts(talk).await, ["Принтер горит", "и дымит"], "also after a restart");

    office.cable.restore();
    boris.sees_texts(talk, &["Принтер горит", "и дымит"]).await;
    anna.until("nothing waits", async |anna| (anna.app().await.waiting == 0).then_some(())).await;
    let view = anna.talk(talk).await;
    let marks: Vec<Mark> = view.entries.iter().filter_map(mark).collect();
    assert_eq!(marks, [Mark::Sent, Mark::Sent]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_doubles_nothing() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;

    office.cable.swallow_answers();
    anna.say(talk, "Раз").await;
    anna.say(talk, "Два").await;
    // The desk has heard the first one: its own log says so once the cable is whole again.
    anna.until("it was sent", async |anna| {
        let view = anna.talk(talk).await;
        view.entries.iter().any(|entry| mark(entry) == Some(Mark::Sending)).then_some(())
    })
    .await;
    office.cable.cut();
    office.cable.restore();
    boris.sees_texts(talk, &["Раз", "Два"]).await;
    anna.sees_texts(talk, &["Раз", "Два"]).await;
    anna.until("nothing waits", async |anna| (anna.app().await.waiting == 0).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_and_what_follows_it_can_be_written_while_the_desk_is_down() {
    let mut office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    office.stop_desk().await;
    anna.offline().await;

    let request: RequestView = anna.call("send_ask", office.ask("Не открывается база")).await;
    assert_eq!(request.state, None, "it waits for the network");
    anna.say(request.conversation, "Со вчерашнего дня").await;
    assert_eq!(anna.home().await.request.map(|open| open.id), Some(request.id));
    let anna = anna.restart().await;

    office.start_desk().await;
    let offered = boris.until("the offer rings", async |boris| {
        let queue: opora_ipc::queue::QueueView = boris.call("queue", json!({})).await;
        queue.offers.first().cloned()
    });
    let row = offered.await.row;
    assert_eq!((row.request, row.ask.description.as_str()), (request.id, "Не открывается база"));
    boris.call::<Value>("accept", json!({ "request": row.request, "epoch": row.epoch })).await;
    boris.sees_texts(request.conversation, &["Со вчерашнего дня"]).await;
    let home = anna.home().await;
    assert_eq!(home.conversations.len(), 1, "asked once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_needs_the_desk_says_so_when_there_is_none() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    office.cable.cut();
    boris.offline().await;
    let refused: Result<Value, UiError> = boris.try_call("set_presence", json!({ "on_line": false })).await;
    assert_eq!(refused.map_err(|error| (error.code, error.retry)), Err((ErrorCode::Offline, true)));
    assert!(matches!(boris.app().await.link, LinkView::Offline { code: ErrorCode::DeskUnreachable }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_message_stops_its_lane_and_waits_for_a_choice_also_after_a_restart() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    office.cable.cut();
    anna.offline().await;
    anna.say(talk, "Последнее слово").await;
    anna.say(talk, "и ещё одно").await;
    // Meanwhile the talk is closed at the desk, on another way than the cable.
    let anna = {
        let profile = anna.leave().await;
        office.cable.restore();
        boris.online().await;
        boris.call::<Value>("close_conversation", json!({ "conversation": talk })).await;
        let core = opora_client::Core::start(office::options(profile.path().to_path_buf())).await.expect("starts");
        office::Person { name: "Анна Белова".into(), core, profile }
    };
    let stuck = anna.until("the desk refused", async |anna| anna.app().await.stuck.first().cloned());
    let stuck = stuck.await;
    assert_eq!((stuck.code, stuck.what.as_str()), (ErrorCode::ConversationClosed, "message"));
    assert_eq!(stuck.excerpt, "Последнее слово");

    let anna = anna.restart().await;
    anna.online().await;
    let app = anna.app().await;
    assert_eq!((app.stuck.len(), app.waiting), (1, 1), "one is shown, the other waits behind it");
    assert_eq!(anna.texts(talk).await, ["Последнее слово", "и ещё одно"], "nothing was deleted");

    anna.call::<Value>("choose_stuck", json!({ "id": stuck.id, "again": false })).await;
    let next = anna.until("the next one is refused", async |anna| anna.app().await.stuck.first().cloned());
    assert_eq!(next.await.excerpt, "и ещё одно");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_restored_from_a_backup_is_noticed_and_all_agree_again() {
    let mut office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "До копии").await;
    boris.sees_texts(talk, &["До копии"]).await;
    office.stop_desk().await;
    let backup = office.backup();
    office.start_desk().await;
    boris.online().await;
    boris.say(talk, "После копии").await;
    anna.sees_texts(talk, &["До копии", "После копии"]).await;

    office.stop_desk().await;
    office.restore(&backup);
    anna.offline().await;
    anna.say(talk, "Написано без связи").await;
    office.start_desk().await;
    let all = ["До копии", "Написано без связи"];
    for person in [&anna, &boris] {
        person.sees_texts(talk, &all).await;
    }
    boris.say(talk, "Идём дальше").await;
    anna.sees_texts(talk, &["До копии", "Написано без связи", "Идём дальше"]).await;
    let aside = std::fs::read_dir(anna.profile.path()).expect("her profile").filter_map(Result::ok);
    let kept = aside.filter(|file| file.file_name().to_string_lossy().starts_with("cache.db.feed-")).count();
    assert_eq!(kept, 1, "what the desk has lost is still here");
}
