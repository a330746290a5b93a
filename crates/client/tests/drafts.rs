//! Tickets that are being written: they outlive the program, with copies of their files, and are sent once.

mod office;

use std::fs;

use office::{Office, Person};
use opora_ipc::{
    ErrorCode,
    draft::{TicketDraftView, TicketDrafts},
    ticket::{TicketView, TicketsPage},
};
use serde_json::{Value, json};

/// What the form sends; `more` is laid over it.
fn form(subject: &str, more: Value) -> Value {
    let mut form = json!({
        "conversation": null, "subject": subject, "description": "", "kind": "error", "priority": "normal", "files": []
    });
    form.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    form
}

async fn kept(person: &Person, form: Value) -> TicketDraftView {
    person.call("keep_ticket_draft", json!({ "form": form })).await
}

async fn drafts(person: &Person) -> Vec<TicketDraftView> {
    person.call::<TicketDrafts>("ticket_drafts", json!({})).await.drafts
}

fn names(draft: &TicketDraftView) -> Vec<&str> {
    draft.files.iter().map(|file| file.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_outlive_the_program_and_their_files_the_originals() {
    let office = Office::open().await;
    let anna = office.customer("Анна Белова").await;
    let file = |name: &str, text: &str| {
        let path = anna.profile.path().join(name);
        fs::write(&path, text).expect("written");
        path
    };
    let (log, shot) = (file("журнал.txt", "ошибка 500"), file("снимок.txt", "не печатает"));
    let first = kept(&anna, form("Не печатает счёт", json!({ "files": [log] }))).await;
    let second = kept(&anna, form("", json!({ "description": "Касса молчит" }))).await;
    let more = json!({ "draft": first.id, "files": [shot], "custom": { (first.id.to_string()): "Ленина 1" } });
    let first = kept(&anna, form("Не печатает счёт и чек", more)).await;
    fs::remove_file(&log).expect("the original may go");
    assert_eq!(names(&first), ["журнал.txt", "снимок.txt"], "what was there stays");

    let anna = anna.restart().await;
    let all = drafts(&anna).await;
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [first.id, second.id], "the last change is first");
    assert_eq!((&all[0], all[1].form.description.as_str()), (&first, "Касса молчит"));
    assert_eq!(all[0].form.custom.len(), 1, "the owner's own fields are kept");

    let without =
        json!({ "form": form("Не печатает", json!({ "draft": first.id })), "without": [first.files[1].hash] });
    let fewer: TicketDraftView = anna.call("keep_ticket_draft", without).await;
    assert_eq!(names(&fewer), ["журнал.txt"]);
    let rest: TicketDrafts = anna.call("drop_ticket_draft", json!({ "ticket": second.id })).await;
    assert_eq!(rest.drafts.len(), 1, "thrown away is one of them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_sent_with_its_files_once_however_often_it_is_asked_for() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let path = anna.profile.path().join("журнал.txt");
    fs::write(&path, "ошибка 500").expect("written");
    let draft = kept(&anna, form("Не печатает счёт", json!({ "files": [path] }))).await;
    fs::remove_file(&path).expect("the original may go");
    office.cable.cut();
    anna.offline().await;
    let anna = anna.restart().await;

    let last = form("Не печатает счёт", json!({ "draft": draft.id }));
    let made: TicketView = anna.call("make_ticket", last.clone()).await;
    let again: TicketView = anna.call("make_ticket", last.clone()).await;
    assert_eq!((made.id, again.id), (draft.id, draft.id));
    assert_eq!(drafts(&anna).await, [], "what is sent is no draft");
    let late = anna.try_call::<TicketDraftView>("keep_ticket_draft", json!({ "form": last })).await;
    assert_eq!(late.expect_err("a late save does not bring it back").code, ErrorCode::NotFound);
    assert_eq!(drafts(&anna).await, []);

    office.cable.restore();
    let there = boris.until("it is there", async |boris| {
        let page: TicketsPage = boris.call("list_tickets", json!({ "count": 10 })).await;
        assert!(page.total <= 1, "made once");
        page.rows.into_iter().next()
    });
    let there = there.await;
    assert_eq!((there.id, there.files.len()), (draft.id, 1));
    boris.call::<Value>("open_ticket_file", json!({ "ticket": there.id, "hash": there.files[0].hash })).await;
    let read = fs::read_to_string(boris.profile.path().join("downloads/журнал.txt")).expect("it was saved");
    assert_eq!(read, "ошибка 500");
}
