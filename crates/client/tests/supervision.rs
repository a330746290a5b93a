//! Svetlana supervises: the board, a look, taking over, a mark, reports; and what is found by search.

mod office;

use office::{Office, Person};
use opora_domain::{ConversationId, report::Ask, role::Role};
use opora_ipc::{
    ErrorCode,
    conversation::{ConversationRow, ConversationView, SavedFile},
    people::{PeopleView, PersonView},
    report::ReportView,
    search::{HitKind, SearchView},
    supervision::{AuditAct, AuditView, BoardDoing, BoardTalk, BoardView},
    transfer::BesideView,
};
use serde_json::{Value, json};

async fn board(person: &Person) -> BoardView {
    person.call("board", json!({})).await
}

/// Waits until the board shows this talk as it should be.
async fn talk_on_board(
    person: &Person,
    id: ConversationId,
    what: &str,
    fits: impl Fn(&BoardTalk) -> bool,
) -> BoardTalk {
    let look = async |person: &Person| {
        board(person).await.talks.into_iter().find(|talk| talk.conversation == id && fits(talk))
    };
    person.until(what, look).await
}

async fn rows(person: &Person) -> Vec<ConversationRow> {
    person.call("conversations", json!({})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_leaves_no_trace_in_the_talk_and_taking_over_names_who_answers() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let svetlana = office.supervisor("Светлана Руднева").await;
    let talk = office.talk(&anna, &boris).await;
    boris.say(talk, "Здравствуйте! Смотрю.").await;
    anna.sees_texts(talk, &["Здравствуйте! Смотрю."]).await;

    let held = talk_on_board(&svetlana, talk, "Boris has it", |talk| talk.specialist_name == "Борис Ким").await;
    let him = async |one: &Person| board(one).await.people.into_iter().find(|person| person.doing == BoardDoing::Busy);
    assert_eq!(svetlana.until("Boris is busy", him).await.name, "Борис Ким");
    let seen: ConversationView = svetlana.call("look_in", json!({ "conversation": talk })).await;
    assert!(seen.entries.iter().filter_map(office::text_of).any(|text| text == "Здравствуйте! Смотрю."));
    boris.say(talk, "Дело в драйвере.").await;
    svetlana.sees_texts(talk, &["Здравствуйте! Смотрю.", "Дело в драйвере."]).await;
    assert!(rows(&svetlana).await.is_empty(), "what one looks into is not among one's own");
    svetlana.call::<Value>("saw", json!({ "conversation": talk })).await;
    let refused = svetlana
        .try_call::<Value>("send_message", json!({ "conversation": talk, "text": "!", "reply_to": null }))
        .await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
    let names = |view: ConversationView| view.members.into_iter().map(|one| one.name).collect::<Vec<_>>();
    for person in [&anna, &boris] {
        assert!(!names(person.talk(talk).await).contains(&svetlana.name), "{} does not know", person.name);
    }

    let view: ConversationView =
        svetlana.call("take_over", json!({ "request": held.request, "epoch": held.epoch })).await;
    assert!(names(view).contains(&svetlana.name));
    assert_eq!(rows(&svetlana).await.len(), 1, "now it is hers");
    let named = async |anna: &Person| (anna.talk(talk).await.row.title == "Светлана Руднева").then_some(());
    anna.until("she sees the new name", named).await;
    svetlana.say(talk, "Дальше помогу я.").await;
    anna.sees_texts(talk, &["Здравствуйте! Смотрю.", "Дело в драйвере.", "Дальше помогу я."]).await;
    let late = boris.try_call::<Value>("take_over", json!({ "request": held.request, "epoch": held.epoch })).await;
    assert_eq!(late.map_err(|error| error.code), Err(ErrorCode::NotAllowed));

    let trail = async |one: &Person| {
        let audit: AuditView = one.call("audit", json!({})).await;
        let acts: Vec<AuditAct> = audit.rows.iter().rev().map(|row| row.act).collect();
        (acts == [AuditAct::LookedIn, AuditAct::TookOver]).then_some(audit)
    };
    let audit = office.galina.until("the owner sees both", trail).await;
    assert!(audit.rows.iter().all(|row| row.by_name == "Светлана Руднева" && row.specialist_name == "Борис Ким"));
}

/// Notes beside a talk that Boris has not read, as his list shows it.
async fn unread_notes(boris: &Person, talk: ConversationId) -> u32 {
    rows(boris).await.iter().find(|row| row.id == talk).map_or(0, |row| row.notes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whisper_waits_for_boris_until_he_reads_it_and_anna_never_has_it() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let svetlana = office.supervisor("Светлана Руднева").await;
    let talk = office.talk(&anna, &boris).await;
    svetlana.call::<ConversationView>("look_in", json!({ "conversation": talk })).await;
    let whisper = json!({ "conversation": talk, "text": "Спросите номер релиза" });
    svetlana.call::<BesideView>("write_note", whisper.clone()).await;

    let came = async |boris: &Person| (unread_notes(boris, talk).await == 1).then_some(());
    boris.until("a whisper is marked", came).await;
    let beside: BesideView = boris.call("beside", json!({ "conversation": talk })).await;
    let read: Vec<_> = beside.lines.iter().map(|line| (line.by_name.as_str(), office::text_of(line))).collect();
    assert_eq!(read, [("Светлана Руднева", Some("Спросите номер релиза".to_owned()))], "it says who whispers");
    assert_eq!(unread_notes(&boris, talk).await, 1, "the core's answer is no reading");
    boris.call::<Value>("saw_notes", json!({ "conversation": talk })).await;
    assert_eq!(unread_notes(&boris, talk).await, 0);
    let boris = boris.restart().await;
    boris.online().await;
    assert_eq!(unread_notes(&boris, talk).await, 0, "what was read is read");

    let none: BesideView = anna.call("beside", json!({ "conversation": talk })).await;
    assert!(none.lines.is_empty() && !none.writable);
    assert_eq!(unread_notes(&anna, talk).await, 0);
    let acts = async |one: &Person| {
        let audit: AuditView = one.call("audit", json!({})).await;
        audit.rows.iter().any(|row| row.act == AuditAct::Whispered).then_some(())
    };
    office.galina.until("the owner sees it in the trail", acts).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_board_empties_without_a_connection_and_is_right_again_with_it() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    let galina = &office.galina;
    let asked = async |one: &Person| (board(one).await.day.asked == 1).then_some(());
    galina.until("one was asked today", asked).await;
    office.cable.cut();
    let dark = async |one: &Person| (!board(one).await.live).then_some(());
    galina.until("nothing is shown that may be wrong", dark).await;
    office.cable.restore();
    let answered = async |one: &Person| {
        let view = board(one).await;
        (view.live && view.day.answered == 1).then_some(())
    };
    boris.online().await;
    boris.say(talk, "Смотрю").await;
    galina.until("the first response is counted", answered).await;

    boris.call::<Value>("close_conversation", json!({ "conversation": talk })).await;
    talk_on_board(galina, talk, "it is over", |talk| talk.state == opora_domain::request::State::Closed).await;
    let mark = json!({ "stars": 4, "comment": "Вежливо, но долго" });
    galina.call::<BoardView>("mark_talk", json!({ "conversation": talk, "mark": mark })).await;
    let marked = talk_on_board(galina, talk, "it is marked", |talk| talk.mark.is_some()).await;
    assert_eq!(marked.mark.map(|mark| mark.stars.get()), Some(4));
    assert_eq!(marked.specialist_name, "Борис Ким");
    let own =
        boris.try_call::<Value>("mark_talk", json!({ "conversation": talk, "mark": { "stars": 5, "comment": "" } }));
    assert_eq!(own.await.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_comes_with_names_and_is_saved_as_a_file() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    boris.say(talk, "Смотрю").await;
    anna.sees_texts(talk, &["Смотрю"]).await;
    let ask = Ask {
        from: opora_domain::Timestamp(1_700_000_000_000_000),
        to: opora_domain::Timestamp(1_900_000_000_000_000),
        zone: "Asia/Yekaterinburg".into(),
        line: None,
    };
    let view: ReportView = office.galina.call("report", json!(ask)).await;
    assert_eq!((view.data.total.asked, view.data.total.answered), (1, 1));
    let client = view.data.clients[0].of.clone().expect("Anna has a firm");
    assert_eq!(view.names[&client], "ООО «Ромашка»");
    let owner = view.data.specialists[0].of.clone().expect("Boris had it");
    assert_eq!(view.names[&owner], "Борис Ким");
    let refused = boris.try_call::<Value>("report", json!(ask)).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
    let backwards = Ask { to: ask.from, ..ask.clone() };
    let refused = office.galina.try_call::<Value>("report", json!(backwards)).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::ReportPeriod));

    let table = json!({ "title": "По клиентам", "head": ["Клиент", "Обращений"], "rows": [
        [{ "is": "text", "text": "ООО «Ромашка»" }, { "is": "number", "value": 1.0 }]
    ] });
    for format in ["csv", "xlsx"] {
        let args = json!({ "name": "Отчёт / ноябрь", "format": format, "tables": [table] });
        let saved: SavedFile = office.galina.call("save_tables", args).await;
        let bytes = std::fs::read(&saved.path).expect("it is there");
        assert!(saved.path.ends_with(format) && bytes.len() > 20, "{}", saved.path);
    }
}

async fn find(person: &Person, words: &str) -> SearchView {
    person.call("search", json!({ "words": words })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn boris_finds_people_talks_and_words_as_he_types_and_also_after_a_restart() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "Принтер HP на складе перестал печатать накладные").await;
    boris.sees_texts(talk, &["Принтер HP на складе перестал печатать накладные"]).await;

    let boris = boris.restart().await;
    boris.online().await;
    let kinds = |view: &SearchView| {
        view.hits
            .iter()
            .map(|hit| match hit.what {
                HitKind::Client { .. } => "client",
                HitKind::Organisation { .. } => "organisation",
                HitKind::Conversation { .. } => "conversation",
                HitKind::Queue { .. } => "queue",
                HitKind::Ticket { .. } => "ticket",
                HitKind::Note { .. } => "note",
                HitKind::Message { .. } => "message",
            })
            .collect::<Vec<_>>()
    };
    let anna_found = find(&boris, "анна").await;
    assert_eq!(kinds(&anna_found), ["client", "conversation"]);
    assert!(matches!(anna_found.hits[0].what, HitKind::Client { conversation: Some(id), .. } if id == talk));
    assert_eq!(kinds(&find(&boris, "ромаш").await), ["client", "conversation"], "by the firm");
    let words = find(&boris, "накладная принтера").await;
    assert_eq!(kinds(&words), ["message"], "other forms of the words");
    assert!(matches!(words.hits[0].what, HitKind::Message { conversation, .. } if conversation == talk));
    assert!(words.hits[0].title.starts_with("Анна Белова"), "{}", words.hits[0].title);
    let note = json!({ "conversation": talk, "text": "Картридж меняли в сентябре" });
    boris.call::<BesideView>("write_note", note).await;
    let noted = async |boris: &Person| find(boris, "картриджи").await.hits.into_iter().next();
    let hit = boris.until("his note is found", noted).await;
    assert!(matches!(hit.what, HitKind::Note { conversation } if conversation == talk), "{hit:?}");
    assert!(hit.title.starts_with("Борис Ким") && hit.note.contains("Картридж"), "{hit:?}");
    assert!(find(&anna, "картриджи").await.hits.is_empty(), "Anna has no notes");
    assert!(find(&boris, "нетакогослова").await.hits.is_empty());
    assert!(find(&boris, "   ").await.hits.is_empty());
    assert_eq!(kinds(&find(&anna, "печатает").await), ["conversation", "message", "message"], "her own talk and words");
    assert_eq!(Role::Customer, anna.app().await.account.expect("she is in").role);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn boris_becomes_a_supervisor_and_a_specialist_again_while_his_program_runs() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vera = office.specialist("Вера Титова").await;
    boris.call::<Value>("set_presence", json!({ "on_line": false })).await;
    let talk = office.talk(&anna, &vera).await;
    let people: PeopleView = office.galina.call("people", json!({})).await;
    let of = |name: &str| people.people.iter().find(|one| one.name == name).expect("she is known").clone();
    let put = |one: &PersonView, role: Role| {
        json!({
            "person": one.id, "card": { "name": one.name, "email": "", "phone": "" }, "role": role,
            "memberships": one.memberships, "service": one.service
        })
    };
    let is = async |person: &Person, role: Role| {
        person
            .until("the role", async |person| {
                let account = person.app().await.account?;
                (account.role == role).then_some(())
            })
            .await;
    };
    let (known, customer) = (of("Борис Ким"), of("Анна Белова"));
    let view: PeopleView = office.galina.call("put_person", put(&known, Role::Supervisor)).await;
    assert!(view.people.iter().any(|one| one.id == known.id && one.role == Role::Supervisor));
    is(&boris, Role::Supervisor).await;
    talk_on_board(&boris, talk, "Vera has it", |talk| talk.specialist_name == "Вера Титова").await;
    boris.call::<ConversationView>("look_in", json!({ "conversation": talk })).await;
    let boris = boris.restart().await;
    is(&boris, Role::Supervisor).await;
    boris.online().await;
    let link: Value = boris.call("add_device", json!({})).await;
    let second = Person::arrive("Борис Ким").await.joined(link["link"].as_str().expect("a link")).await;
    is(&second, Role::Supervisor).await;

    office.galina.call::<Value>("put_person", put(&known, Role::Specialist)).await;
    for device in [&boris, &second] {
        is(device, Role::Specialist).await;
        let looked = device.try_call::<Value>("look_in", json!({ "conversation": talk })).await;
        assert_eq!(looked.map_err(|error| error.code), Err(ErrorCode::NotAllowed));
    }
    let staff = office.galina.try_call::<Value>("put_person", put(&customer, Role::Specialist)).await;
    assert_eq!(staff.map_err(|error| error.code), Err(ErrorCode::RoleCertified));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_is_found_before_anybody_is_of_it_and_by_its_people_afterwards() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    let card = json!({ "name": "ООО «Незабудка»", "inn": "7707083893", "kpp": "", "note": "", "products": [] });
    let view: PeopleView = office.galina.call("put_organisation", json!({ "organisation": null, "card": card })).await;
    let made = view.organisations.iter().find(|one| one.name == "ООО «Незабудка»").expect("she made it").id;
    for words in ["незаб", "7707083893"] {
        let found = async |boris: &Person| find(boris, words).await.hits.into_iter().next();
        let hit = boris.until("the organisation is found", found).await;
        assert_eq!(hit.what, HitKind::Organisation { organisation: made }, "{words}");
        assert_eq!((hit.title.as_str(), hit.note.as_str()), ("ООО «Незабудка»", "7707083893"));
    }
    let args = json!({ "name": "Пётр Сомов", "role": "customer", "organisation": made, "lines": [] });
    office.galina.call::<Value>("make_invite", args).await;
    let by_people = async |boris: &Person| {
        let hits = find(boris, "незаб").await.hits;
        (hits.len() == 1 && matches!(hits[0].what, HitKind::Client { .. })).then_some(())
    };
    boris.until("now he is the way to it, and it is not there twice", by_people).await;
}
