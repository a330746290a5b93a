//! Tickets, from a draft without a network to a confirmed solution, through a real desk.

mod office;

use std::fs;

use office::{Office, Person};
use opora_domain::{
    TicketId,
    ticket::{Change, Status},
};
use opora_ipc::{
    ErrorCode,
    conversation::SavedFile,
    import::SavedPath,
    ticket::{SimilarView, TicketCard, TicketSetupView, TicketView, TicketsPage, UpdatedTickets},
};
use serde_json::{Value, json};

async fn list(person: &Person, filter: Value) -> TicketsPage {
    let sort = json!({ "by": "number", "down": false });
    person.call("list_tickets", json!({ "filter": filter, "sort": sort, "from": 0, "count": 100 })).await
}

async fn card(person: &Person, ticket: TicketId) -> TicketCard {
    person.call("open_ticket", json!({ "ticket": ticket })).await
}

/// Waits until a person's own program shows a ticket so.
async fn sees(person: &Person, ticket: TicketId, what: &str, is_so: impl Fn(&TicketCard) -> bool) -> TicketCard {
    person
        .until(what, async |one| {
            let card: TicketCard = one.try_call("open_ticket", json!({ "ticket": ticket })).await.ok()?;
            is_so(&card).then_some(card)
        })
        .await
}

async fn made(person: &Person, subject: &str, more: Value) -> TicketView {
    let mut args = json!({
        "conversation": null, "subject": subject, "description": "Подробно", "kind": "error", "priority": "normal",
        "files": []
    });
    args.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    person.call("make_ticket", args).await
}

fn edit(was: Change, now: Change) -> Value {
    json!({ "was": was, "now": now })
}

async fn moved(person: &Person, ticket: TicketId, from: Status, to: Status, text: &str) -> TicketCard {
    let edits = [edit(Change::Status(from), Change::Status(to))];
    person.call("update_ticket", json!({ "ticket": ticket, "edits": edits, "text": text })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_without_a_network_becomes_a_confirmed_solution() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    office.cable.cut();
    anna.offline().await;
    let path = anna.profile.path().join("снимок.txt");
    fs::write(&path, "ошибка 500").expect("written");
    let ticket = made(&anna, "Не печатает счёт", json!({ "files": [path], "product": "1С:Бухгалтерия" })).await;
    fs::remove_file(&path).expect("the original may go");
    anna.call::<TicketCard>("update_ticket", json!({ "ticket": ticket.id, "text": "И чек тоже" })).await;
    assert_eq!(list(&anna, json!({})).await.rows.len(), 1, "it is in her list at once");
    let anna = anna.restart().await;
    office.cable.restore();

    let there = sees(&boris, ticket.id, "her words are there", |card| card.history.len() == 1).await;
    assert_eq!((there.row.number, there.product.as_str()), (Some(1), "1С:Бухгалтерия"));
    assert_eq!(there.history[0].text, "И чек тоже");
    assert!(!there.row.unread, "it is not his");
    boris.call::<Value>("open_ticket_file", json!({ "ticket": ticket.id, "hash": there.row.files[0].hash })).await;
    let read = fs::read_to_string(boris.profile.path().join("downloads/снимок.txt")).expect("it was saved");
    assert_eq!(read, "ошибка 500");

    let me = there.may.statuses.iter().map(|target| target.status).collect::<Vec<_>>();
    assert_eq!(me, [Status::InWork, Status::Waiting, Status::Solved, Status::Refused]);
    let mute =
        json!({ "ticket": ticket.id, "edits": [edit(Change::Status(Status::New), Change::Status(Status::Solved))] });
    let refused = boris.try_call::<TicketCard>("update_ticket", mute).await.expect_err("a solution is told");
    assert_eq!(refused.code, ErrorCode::WordsNeeded);
    moved(&boris, ticket.id, Status::New, Status::Solved, "Переустановили принтер").await;

    boris.call::<TicketCard>("watch_ticket", json!({ "ticket": ticket.id, "on": true })).await;

    let solved = sees(&anna, ticket.id, "it is solved", |card| card.row.status == Status::Solved).await;
    let last = solved.history.last().expect("an entry");
    assert_eq!((last.by.as_deref(), last.of_firm), (Some("Борис Ким"), true), "she learns who");
    assert!(solved.row.unread);
    anna.call::<Value>("saw_ticket", json!({ "ticket": ticket.id })).await;
    assert!(!card(&anna, ticket.id).await.row.unread);
    moved(&anna, ticket.id, Status::Solved, Status::Reopened, "Опять не печатает").await;
    let again = sees(&boris, ticket.id, "it is open again", |card| card.row.status == Status::Reopened).await;
    assert!(again.row.deadlines.solution.is_some(), "what was promised runs anew");
    assert!(again.row.unread, "he follows it");
    moved(&boris, ticket.id, Status::Reopened, Status::Solved, "Заменили кабель").await;
    sees(&anna, ticket.id, "it is solved again", |card| card.row.status == Status::Solved).await;
    moved(&anna, ticket.id, Status::Solved, Status::Confirmed, "").await;
    let rating = json!({ "stars": 5, "comment": "Спасибо" });
    anna.call::<TicketCard>("rate_ticket", json!({ "ticket": ticket.id, "rating": rating })).await;
    sees(&boris, ticket.id, "it is confirmed and rated", |card| {
        card.row.status == Status::Confirmed && card.rating.is_some()
    })
    .await;
    anna.until("nothing waits", async |anna| (anna.app().await.waiting == 0).then_some(())).await;
    let whole = card(&anna, ticket.id).await;
    let texts: Vec<&str> = whole.history.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts[..4], ["И чек тоже", "Переустановили принтер", "Опять не печатает", "Заменили кабель"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_change_one_ticket_and_one_of_them_is_offline() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let ticket = made(&anna, "Не печатает счёт", json!({})).await.id;
    sees(&boris, ticket, "it is at the desk", |card| card.row.number.is_some()).await;
    sees(&anna, ticket, "it has its number", |card| card.row.number.is_some()).await;

    office.cable.cut();
    anna.offline().await;
    let subject = |from: &str, to: &str| edit(Change::Subject(from.into()), Change::Subject(to.into()));
    let hers = [
        subject("Не печатает счёт", "Не печатает чек"),
        edit(Change::Release(String::new()), Change::Release("3.0.150".into())),
    ];
    let args = json!({ "ticket": ticket, "edits": hers, "text": "Уточняю" });
    let now: TicketCard = anna.call("update_ticket", args).await;
    assert_eq!((now.row.subject.as_str(), now.release.as_str()), ("Не печатает чек", "3.0.150"));

    office.cable.restore();
    anna.until("it went", async |anna| (anna.app().await.waiting == 0).then_some(())).await;
    let merged = sees(&office.galina, ticket, "hers is there", |card| card.row.subject == "Не печатает чек").await;
    assert_eq!(merged.release, "3.0.150");

    // Both look at the same words; his are said first.
    office.cable.cut();
    anna.offline().await;
    boris.offline().await;
    let his = [subject("Не печатает чек", "Принтер в бухгалтерии")];
    boris.call::<TicketCard>("update_ticket", json!({ "ticket": ticket, "edits": his })).await;
    let hers = [
        subject("Не печатает чек", "Чек не выходит"),
        edit(Change::Product(String::new()), Change::Product("1С".into())),
    ];
    let anna_profile = anna.leave().await;
    office.cable.restore();
    sees(&boris, ticket, "his is at the desk", |card| {
        card.row.subject == "Принтер в бухгалтерии"
            && card.history.iter().all(|entry| entry.mark == opora_domain::message::Mark::Sent)
    })
    .await;
    boris.until("his went", async |boris| (boris.app().await.waiting == 0).then_some(())).await;
    office.cable.cut();
    let core = opora_client::Core::start(office::options(anna_profile.path().to_path_buf())).await.expect("starts");
    let anna = Person { name: "Анна Белова".into(), core, profile: anna_profile };
    anna.call::<TicketCard>("update_ticket", json!({ "ticket": ticket, "edits": hers, "text": "И ещё" })).await;
    office.cable.restore();

    let asked = sees(&anna, ticket, "she is asked once", |card| card.conflicts.len() == 1).await;
    assert!(asked.row.conflict);
    assert_eq!(asked.row.subject, "Принтер в бухгалтерии", "what is there stays until she chooses");
    assert_eq!(asked.product, "1С", "what nobody else touched has merged");
    assert!(asked.history.iter().any(|entry| entry.text == "И ещё"), "her words are said");
    let conflict = &asked.conflicts[0];
    assert_eq!(conflict.conflict.mine, Change::Subject("Чек не выходит".into()));
    assert_eq!(
        (&conflict.conflict.theirs, conflict.by.as_deref()),
        (&Change::Subject("Принтер в бухгалтерии".into()), Some("Борис Ким"))
    );
    assert!(anna.app().await.stuck.is_empty(), "it is asked in the ticket, not among what is stuck");

    let anna = anna.restart().await;
    let asked = sees(&anna, ticket, "she is asked after a restart", |card| card.conflicts.len() == 1).await;
    let field = json!({ "name": "subject" });
    let args = json!({ "ticket": ticket, "id": asked.conflicts[0].id, "field": field, "mine": true });
    let settled: TicketCard = anna.call("settle_ticket", args).await;
    assert!(settled.conflicts.is_empty());
    let there = sees(&boris, ticket, "hers is there", |card| card.row.subject == "Чек не выходит").await;
    assert_eq!(there.conflicts, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_private_ticket_is_nobody_elses_and_a_shared_one_is_the_colleagues() {
    let office = Office::open().await;
    let (anna, vera) = (office.customer("Анна Белова").await, office.customer("Вера Лис").await);
    let boris = office.specialist("Борис Ким").await;
    let private = made(&anna, "Зарплата директора", json!({})).await.id;
    let shared = made(&anna, "Обновить базу", json!({ "visibility": { "to": "organisation" } })).await.id;
    let seen = sees(&vera, shared, "the shared one is hers too", |card| card.row.number.is_some()).await;
    assert_eq!((seen.row.customer.as_str(), seen.may.comment), ("Анна Белова", true));
    assert_eq!(list(&vera, json!({})).await.rows.len(), 1);
    assert!(vera.try_call::<TicketCard>("open_ticket", json!({ "ticket": private })).await.is_err());

    sees(&boris, shared, "he sees both", |card| card.row.number.is_some()).await;
    assert_eq!(list(&boris, json!({})).await.rows.len(), 2);
    let note = json!({ "ticket": shared, "text": "Клиент платит плохо", "staff": true });
    boris.call::<TicketCard>("update_ticket", note).await;
    boris.call::<TicketCard>("update_ticket", json!({ "ticket": shared, "text": "Займёмся завтра" })).await;
    let told =
        sees(&vera, shared, "his answer", |card| card.history.iter().any(|one| one.text == "Займёмся завтра")).await;
    assert_eq!(told.history.len(), 1, "notes of the firm reach no client: {:?}", told.history);
    assert_eq!(card(&boris, shared).await.history.len(), 2);

    // She shares the private one, with its past, and takes it back.
    let share = |to: &str, from: &str| {
        json!([{
            "was": { "field": "visibility", "value": { "to": from } }, "now": { "field": "visibility", "value": { "to": to } }
        }])
    };
    let args = json!({ "ticket": private, "edits": share("organisation", "private") });
    anna.call::<TicketCard>("update_ticket", args).await;
    sees(&vera, private, "it is shared", |card| card.row.subject == "Зарплата директора").await;
    anna.call::<TicketCard>("update_ticket", json!({ "ticket": private, "edits": share("private", "organisation") }))
        .await;
    anna.until("it went", async |anna| (anna.app().await.waiting == 0).then_some(())).await;
    anna.call::<TicketCard>("update_ticket", json!({ "ticket": private, "text": "Секрет" })).await;
    sees(&boris, private, "he reads it", |card| card.history.iter().any(|one| one.text == "Секрет")).await;
    vera.call::<TicketCard>("update_ticket", json!({ "ticket": shared, "text": "От Веры" })).await;
    sees(&anna, shared, "Vera is heard", |card| card.history.iter().any(|one| one.text == "От Веры")).await;
    assert!(!card(&vera, private).await.history.iter().any(|one| one.text == "Секрет"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_are_changed_at_once_listed_grouped_and_taken_out() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let mut ids = Vec::new();
    for (subject, priority) in [("Печать", "low"), ("Обмен с банком", "urgent"), ("Отчёт <b>", "normal")]
    {
        ids.push(made(&anna, subject, json!({ "priority": priority })).await.id);
    }
    boris.until("all are there", async |one| (list(one, json!({})).await.total == 3).then_some(())).await;
    let me = boris.app().await.account.expect("joined").person;
    let changes = [Change::Assignee(Some(me)), Change::Status(Status::InWork)];
    let args = json!({ "tickets": ids, "changes": changes });
    let done: UpdatedTickets = boris.call("update_tickets", args).await;
    assert_eq!((done.changed, done.left.len()), (3, 0));
    let wrong = json!({ "tickets": ids, "changes": [Change::Status(Status::Confirmed)] });
    let done: UpdatedTickets = boris.call("update_tickets", wrong).await;
    assert_eq!((done.changed, done.left.len()), (0, 3));
    let mine = boris.until("mine", async |one| {
        let page = list(one, json!({ "assignee": { "is": "me" }, "open": true })).await;
        (page.total == 3).then_some(page)
    });
    assert_eq!(mine.await.rows[0].subject, "Печать");
    let found = list(&boris, json!({ "text": "банк белова" })).await;
    assert_eq!(found.rows.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["Обмен с банком"]);
    let args =
        json!({ "filter": {}, "sort": { "by": "number", "down": false }, "group": "priority", "from": 1, "count": 1 });
    let grouped: TicketsPage = boris.call("list_tickets", args).await;
    let keys: Vec<_> = grouped.groups.iter().map(|group| (group.key.as_str(), group.count)).collect();
    assert_eq!(keys, [("urgent", 1), ("normal", 1), ("low", 1)]);
    assert_eq!(grouped.rows[0].subject, "Отчёт <b>");

    let ask = json!({ "filter": {}, "sort": { "by": "number", "down": false }, "group": null, "from": 0, "count": 0 });
    let saved: SavedFile =
        boris.call("export_tickets", json!({ "ask": ask, "columns": ["number", "subject"], "csv": true })).await;
    let table = fs::read_to_string(&saved.path).expect("written");
    assert_eq!(table.trim_start_matches('\u{feff}').lines().count(), 4, "{table}");
    let page: SavedPath = boris.call("print_ticket", json!({ "ticket": ids[2] })).await;
    let page = fs::read_to_string(&page.path).expect("written");
    assert!(page.contains("Отчёт &lt;b&gt;") && page.contains("Борис Ким"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_known_already_shows_while_one_types_and_me_too_gets_its_news() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let own = made(&anna, "Не печатает чек на кассе", json!({})).await.id;
    let master = made(&boris, "Сбой ОФД у всех", json!({ "kind": "error" })).await.id;
    sees(&boris, master, "it has a number", |card| card.row.number.is_some()).await;
    let notice = json!({ "title": "ОФД недоступен", "text": "Чеки не уходят, чиним" });
    boris.call::<TicketCard>("publish_ticket", json!({ "ticket": master, "notice": notice })).await;
    sees(&anna, own, "it has a number", |card| card.row.number.is_some()).await;
    let known = anna.until("it is known", async |anna| {
        let view: SimilarView = anna.call("similar_tickets", json!({ "text": "чек не уходит в ОФД" })).await;
        (!view.notices.is_empty()).then_some(view)
    });
    let known = known.await;
    assert_eq!((known.notices[0].title.as_str(), known.notices[0].mine), ("ОФД недоступен", false));
    assert_eq!(known.tickets.iter().map(|label| label.id).collect::<Vec<_>>(), [own], "her own, by its words");

    let joined = made(&anna, "У меня тоже", json!({ "joins": master })).await.id;
    sees(&boris, joined, "she has joined", |card| !card.links.is_empty()).await;
    let news = json!({ "title": "ОФД недоступен", "text": "Восстановлено в 14:00" });
    boris.call::<TicketCard>("publish_ticket", json!({ "ticket": master, "notice": news })).await;
    let told = sees(&anna, joined, "the news", |card| !card.history.is_empty()).await;
    assert!(told.history[0].text.contains("Восстановлено"), "{:?}", told.history);
    assert_eq!(told.history[0].by, None, "the desk said it by itself");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_sets_up_sorts_of_work_and_what_is_promised() {
    let office = Office::open().await;
    let anna = office.customer("Анна Белова").await;
    let setup: TicketSetupView = office.galina.call("ticket_setup", json!({})).await;
    let nil = "00000000-0000-0000-0000-000000000000";
    let tracker = json!({
        "id": nil, "name": "Касса", "kind": "error", "workflow": setup.usual, "retired": false,
        "fields": [{ "id": nil, "name": "Заводской номер", "hint": "На наклейке снизу", "required": true }]
    });
    let setup: TicketSetupView = office.galina.call("put_tracker", json!({ "tracker": tracker })).await;
    let made_tracker = setup.trackers.iter().find(|tracker| tracker.name == "Касса").expect("there").clone();
    let known = anna.until("she knows it", async |anna| {
        let setup: TicketSetupView = anna.call("ticket_setup", json!({})).await;
        setup.trackers.into_iter().find(|tracker| tracker.name == "Касса")
    });
    assert_eq!(known.await, made_tracker);
    let more = json!({ "tracker": made_tracker.id, "custom": { made_tracker.fields[0].id.to_string(): "12345" } });
    let ticket = made(&anna, "Касса не включается", more).await.id;
    let kept = sees(&office.galina, ticket, "it is there", |card| card.row.number.is_some()).await;
    assert_eq!(kept.custom.get(&made_tracker.fields[0].id).map(String::as_str), Some("12345"));
    let empty = made(&anna, "Без номера", json!({ "tracker": made_tracker.id })).await.id;
    let stuck = sees(&anna, empty, "it needs the number", |card| card.row.stuck.is_some()).await;
    assert_eq!(stuck.row.stuck, Some(ErrorCode::FieldNeeded));
    let terms = json!({ "terms": { "promises": { "normal": { "answer": 30, "solution": null } } } });
    office.galina.call::<TicketSetupView>("put_terms", terms).await;
    let quick = made(&anna, "Быстро", json!({})).await.id;
    let quick = sees(&office.galina, quick, "promised", |card| card.row.number.is_some()).await;
    assert!(quick.row.deadlines.answer.is_some() && quick.row.deadlines.solution.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_becomes_a_part_of_another_and_never_of_itself() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    let mut parts = Vec::new();
    for subject in ["Переезд на новый сервер", "Перенести базу", "Проверить копию"]
    {
        let ticket = made(&boris, subject, json!({})).await;
        let number = sees(&boris, ticket.id, "it has its number", |card| card.row.number.is_some()).await.row.number;
        parts.push((ticket.id, number));
    }
    let [(whole, whole_number), (part, part_number), (deeper, deeper_number)] = parts[..] else { panic!("three") };
    boris.call::<TicketCard>("part_of_ticket", json!({ "ticket": part, "number": whole_number })).await;
    boris.call::<TicketCard>("part_of_ticket", json!({ "ticket": deeper, "number": part_number })).await;
    let above = sees(&boris, whole, "it has its part", |card| card.children.len() == 1).await;
    assert_eq!(above.children[0].id, part);
    for number in [whole_number, part_number, deeper_number] {
        let circle = boris.try_call::<TicketCard>("part_of_ticket", json!({ "ticket": whole, "number": number })).await;
        assert_eq!(circle.expect_err("a circle").code, ErrorCode::OwnPart);
    }
    let nothing = boris.try_call::<TicketCard>("part_of_ticket", json!({ "ticket": whole, "number": 999 })).await;
    assert_eq!(nothing.expect_err("no such number").code, ErrorCode::NotFound);
    boris.call::<TicketCard>("part_of_ticket", json!({ "ticket": part, "number": null })).await;
    sees(&boris, part, "it stands alone", |card| card.parent.is_none()).await;
    sees(&boris, deeper, "its own part stays", |card| card.parent.as_ref().is_some_and(|one| one.id == part)).await;
}
