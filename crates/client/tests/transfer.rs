//! Talks are handed over at a real desk, as the interface shows them.

mod office;

use office::{Office, Person, text_of};
use opora_domain::{ConversationId, transfer::Ended};
use opora_ipc::{
    ErrorCode,
    conversation::{Entry, EntryView},
    invitation::{InvitationView, InvitationsView},
    transfer::{BesideView, ColleagueView, HandingEntry, TransferView, TransfersView},
    vendor::{VendorRows, VendorThread, VendorView},
};
use serde_json::{Value, json};

fn brief() -> Value {
    json!({ "problem": "Не печатает счёт", "tried": "Перезапуск", "mood": "pressed" })
}

async fn offer(boris: &Person, talk: ConversationId, to: &str, picked: Vec<String>) -> TransferView {
    let colleagues: Vec<ColleagueView> = boris.call("colleagues", json!({ "conversation": talk })).await;
    let to = colleagues.iter().find(|one| one.name == to).expect("a colleague").person;
    let args = json!({ "conversation": talk, "to": to, "brief": brief(), "picked": picked, "stays": false });
    let view: TransfersView = boris.call("offer_talk", args).await;
    view.outgoing.into_iter().next().expect("the giver sees that he waits")
}

async fn incoming(vera: &Person) -> TransferView {
    vera.until("the talk is handed to her", async |vera| {
        vera.call::<TransfersView>("transfers", json!({})).await.incoming.into_iter().next()
    })
    .await
}

async fn invited(who: &Person) -> InvitationView {
    who.until("an invitation is here", async |who| {
        who.call::<InvitationsView>("invitations", json!({})).await.incoming.into_iter().next()
    })
    .await
}

fn handings(entries: &[EntryView]) -> Vec<HandingEntry> {
    entries
        .iter()
        .filter_map(|entry| match &entry.what {
            Entry::Handing(what) => Some(what.clone()),
            _ => None,
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vera_reads_the_brief_accepts_and_anna_never_sees_it() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vera = office.specialist("Вера Титова").await;
    vera.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let talk = office.talk(&anna, &boris).await;
    let said = anna.say(talk, "Сдаём отчётность до шести").await;
    boris.sees_texts(talk, &["Сдаём отчётность до шести"]).await;
    offer(&boris, talk, "Вера Титова", vec![said.id]).await;

    let offered = incoming(&vera).await;
    assert_eq!((offered.from.as_str(), offered.customer.as_str()), ("Борис Ким", "Анна Белова"));
    assert_eq!(offered.brief.problem, "Не печатает счёт");
    assert_eq!(offered.picked.iter().filter_map(text_of).collect::<Vec<_>>(), ["Сдаём отчётность до шести"]);
    let refused = vera.try_call::<Value>("open_conversation", json!({ "conversation": talk })).await;
    assert_eq!(refused.err().map(|error| error.code), Some(ErrorCode::NotFound), "the talk is not hers yet");
    let told = async |anna: &Person| anna.talk(talk).await.handing.filter(|name| name == "Вера Титова");
    anna.until("Anna knows the name before the switch", told).await;
    assert_eq!(anna.talk(talk).await.row.title, "Борис Ким", "and Boris answers until then");

    vera.call::<Value>("accept_talk", json!({ "transfer": offered.id })).await;
    vera.sees_texts(talk, &["Сдаём отчётность до шести"]).await;
    anna.until("Vera answers", async |anna| (anna.talk(talk).await.row.title == "Вера Титова").then_some(())).await;
    let ended = boris.until("Boris is told", async |boris| {
        boris.call::<TransfersView>("transfers", json!({})).await.told.into_iter().next()
    });
    assert_eq!(ended.await.how, Ended::Accepted);
    boris.until("Boris has left", async |boris| boris.talk(talk).await.row.left.then_some(())).await;
    vera.say(talk, "Здравствуйте, Анна").await;
    anna.sees_texts(talk, &["Сдаём отчётность до шести", "Здравствуйте, Анна"]).await;
    assert_eq!(boris.texts(talk).await, ["Сдаём отчётность до шести"], "he reads what was, and no more");
    let beside: BesideView = anna.call("beside", json!({ "conversation": talk })).await;
    assert!(beside.lines.is_empty() && !beside.writable, "nothing of the staff's side is on Anna's device");

    let boris = boris.restart().await;
    boris.online().await;
    let view = boris.talk(talk).await;
    assert!(view.row.left && view.entries.iter().any(|entry| text_of(entry).is_some()), "history stays readable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vera_declines_with_a_reason_and_the_talk_stays_with_boris() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vera = office.specialist("Вера Титова").await;
    vera.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let talk = office.talk(&anna, &boris).await;
    offer(&boris, talk, "Вера Титова", Vec::new()).await;
    let offered = incoming(&vera).await;
    let args = json!({ "transfer": offered.id, "reason": "Иду на обед" });
    let view: TransfersView = vera.call("decline_talk", args).await;
    assert!(view.incoming.is_empty());
    let told = boris.until("Boris is told why", async |boris| {
        boris.call::<TransfersView>("transfers", json!({})).await.told.into_iter().next()
    });
    let told = told.await;
    assert_eq!((told.how, told.to.as_str()), (Ended::Declined { reason: "Иду на обед".into() }, "Вера Титова"));
    anna.until("Anna knows that Boris stays", async |anna| {
        let view = anna.talk(talk).await;
        (view.handing.is_none() && handings(&view.entries).contains(&HandingEntry::Kept)).then_some(())
    })
    .await;
    boris.say(talk, "Продолжаем").await;
    anna.sees_texts(talk, &["Продолжаем"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_boris_puts_back_he_can_take_again_with_everything_said_meanwhile() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    boris.say(talk, "Передаю на линию").await;
    boris.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let args = json!({ "conversation": talk, "line": office.line, "brief": brief(), "picked": [] });
    boris.call::<Value>("queue_talk", args).await;
    assert!(boris.talk(talk).await.row.left);
    anna.say(talk, "Вы здесь?").await;
    anna.until("it is sent", async |anna| (anna.app().await.waiting == 0).then_some(())).await;

    let queue: opora_ipc::queue::QueueView = boris.call("queue", json!({})).await;
    let row = queue.waiting.first().expect("it waits again");
    boris.call::<Value>("accept", json!({ "request": row.request, "epoch": row.epoch })).await;
    boris.sees_texts(talk, &["Передаю на линию", "Вы здесь?"]).await;
    assert!(!boris.talk(talk).await.row.left);
    boris.say(talk, "Снова с вами").await;
    anna.sees_texts(talk, &["Передаю на линию", "Вы здесь?", "Снова с вами"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn oleg_is_brought_in_from_a_message_on_and_leaves_again() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let oleg = office.customer("Олег Дроздов").await;
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "Это между нами").await;
    let from = anna.say(talk, "Олег знает склад").await.id;
    boris.sees_texts(talk, &["Это между нами", "Олег знает склад"]).await;
    let find = async |boris: &Person| {
        let all: Vec<ColleagueView> = boris.call("colleagues", json!({ "conversation": talk })).await;
        all.into_iter().find(|one| one.name == "Олег Дроздов")
    };
    let person = boris.until("Oleg is known", find).await.person;
    let invite = json!({ "conversation": talk, "person": person, "from": from, "words": "Вы на складе?" });
    boris.call::<InvitationsView>("invite_in", invite).await;
    assert!(oleg.try_call::<Value>("open_conversation", json!({ "conversation": talk })).await.is_err(), "not yet");
    let asked = invited(&oleg).await;
    assert_eq!((asked.by.as_str(), asked.words.as_str()), ("Борис Ким", "Вы на складе?"));
    assert_eq!(asked.subject, "", "what Anna wrote is not his to read yet");
    oleg.call::<Value>("accept_invitation", json!({ "invitation": asked.id })).await;

    oleg.sees_texts(talk, &["Олег знает склад"]).await;
    let view = oleg.talk(talk).await;
    assert_eq!(view.row.title, "Борис Ким");
    let added = HandingEntry::Added { name: "Олег Дроздов".into() };
    anna.until("Anna is told", async |anna| handings(&anna.talk(talk).await.entries).contains(&added).then_some(()))
        .await;
    oleg.say(talk, "Склад второй").await;
    anna.sees_texts(talk, &["Это между нами", "Олег знает склад", "Склад второй"]).await;

    let oleg = oleg.restart().await;
    oleg.online().await;
    oleg.sees_texts(talk, &["Олег знает склад", "Склад второй"]).await;
    oleg.call::<Value>("leave_talk", json!({ "conversation": talk })).await;
    assert!(oleg.talk(talk).await.row.left);
    anna.say(talk, "Спасибо, Олег").await;
    boris.until("it is here", async |boris| (boris.texts(talk).await.len() == 4).then_some(())).await;
    assert_eq!(oleg.texts(talk).await, ["Олег знает склад", "Склад второй"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_written_off_line_reaches_the_colleague_and_never_the_customer() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vera = office.specialist("Вера Титова").await;
    vera.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let talk = office.talk(&anna, &boris).await;
    let colleagues: Vec<ColleagueView> = boris.call("colleagues", json!({ "conversation": talk })).await;
    let person = colleagues.iter().find(|one| one.name == "Вера Титова").expect("a colleague").person;
    let invite = json!({ "conversation": talk, "person": person, "from": null, "words": "" });
    boris.call::<InvitationsView>("invite_in", invite).await;
    vera.call::<Value>("accept_invitation", json!({ "invitation": invited(&vera).await.id })).await;

    office.cable.cut();
    boris.offline().await;
    let args = json!({ "conversation": talk, "text": "Форму ставили в сентябре" });
    let view: BesideView = boris.call("write_note", args).await;
    assert_eq!(view.lines.iter().filter_map(text_of).collect::<Vec<_>>(), ["Форму ставили в сентябре"], "kept here");
    office.cable.restore();
    vera.until("Vera reads it", async |vera| {
        let view: BesideView = vera.call("beside", json!({ "conversation": talk })).await;
        view.lines.iter().filter_map(text_of).any(|text| text == "Форму ставили в сентябре").then_some(())
    })
    .await;
    let view: BesideView = anna.call("beside", json!({ "conversation": talk })).await;
    assert!(view.lines.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn igor_of_the_vendor_answers_what_was_handed_over_and_boris_quotes_him() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vendors: Vec<VendorView> = office.galina.call("make_vendor", json!({ "name": "АО «Платформа»" })).await;
    let organisation = vendors[0].id;
    let args = json!({ "name": "Игорь Лунин", "role": "vendor", "organisation": organisation, "lines": [] });
    let invite: opora_ipc::people::InviteView = office.galina.call("make_invite", args).await;
    let igor = Person::arrive("Игорь Лунин").await.joined(&invite.link).await;
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "Директор недоволен").await;
    let picked = anna.say(talk, "Падает при печати").await.id;
    boris.sees_texts(talk, &["Директор недоволен", "Падает при печати"]).await;
    let args = json!({
        "conversation": talk, "organisation": organisation, "question": "Известна ли ошибка?", "messages": [picked]
    });
    boris.call::<VendorThread>("escalate", args).await;

    let row = igor.until("the question is here", async |igor| {
        igor.call::<VendorRows>("vendor_rows", json!({})).await.rows.into_iter().next()
    });
    assert_eq!(row.await.title, "Север-Софт");
    let reads = async |igor: &Person| {
        let thread: VendorThread = igor.call("vendor_thread", json!({ "conversation": talk })).await;
        let texts: Vec<_> = thread.lines.iter().filter_map(text_of).collect();
        (texts == ["Падает при печати"]).then_some(())
    };
    igor.until("only what was picked", reads).await;
    igor.call::<Value>("say_to_vendor", json!({ "conversation": talk, "text": "Да, обновите платформу" })).await;

    let answer = boris.until("the answer", async |boris| {
        let thread: VendorThread = boris.call("vendor_thread", json!({ "conversation": talk })).await;
        thread.lines.into_iter().find(|line| text_of(line).as_deref() == Some("Да, обновите платформу"))
    });
    let args = json!({ "conversation": talk, "message": answer.await.id, "text": "Поможет обновление платформы" });
    boris.call::<EntryView>("quote_vendor", args).await;
    anna.sees_texts(talk, &["Директор недоволен", "Падает при печати", "Поможет обновление платформы"]).await;
    let own = igor.try_call::<Value>("open_conversation", json!({ "conversation": talk })).await;
    assert!(own.is_err(), "the talk itself is not the vendor's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vera_says_no_to_an_invitation_and_boris_reads_why_while_anna_hears_nothing() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vera = office.specialist("Вера Титова").await;
    vera.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let talk = office.talk(&anna, &boris).await;
    let colleagues: Vec<ColleagueView> = boris.call("colleagues", json!({ "conversation": talk })).await;
    let person = colleagues.iter().find(|one| one.name == "Вера Титова").expect("a colleague").person;
    let invite = json!({ "conversation": talk, "person": person, "from": null, "words": "Знаете обмен" });
    let view: InvitationsView = boris.call("invite_in", invite).await;
    assert_eq!(view.outgoing.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Вера Титова"]);
    let asked = invited(&vera).await;
    assert_eq!((asked.customer.as_str(), asked.words.as_str()), ("Анна Белова", "Знаете обмен"));
    let no = json!({ "invitation": asked.id, "reason": "Иду на обед" });
    let view: InvitationsView = vera.call("decline_invitation", no).await;
    assert!(view.incoming.is_empty());
    let told = boris.until("Boris reads why", async |boris| {
        boris.call::<InvitationsView>("invitations", json!({})).await.told.into_iter().next()
    });
    let told = told.await;
    let why = opora_domain::invitation::Ended::Declined { reason: "Иду на обед".into() };
    assert_eq!((told.name.as_str(), told.how), ("Вера Титова", why));
    let anna: InvitationsView = anna.call("invitations", json!({})).await;
    assert!(anna.outgoing.is_empty() && anna.told.is_empty());

    let boris = boris.restart().await;
    boris.online().await;
    let view: InvitationsView = boris.call("invitations", json!({})).await;
    assert_eq!(view.told.len(), 1, "also after a restart");
}
