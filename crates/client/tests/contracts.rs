//! Hours and contracts as the people's clients see them, at a real desk.

mod office;

use office::{Office, Person};
use opora_domain::contract::{Word, allowance::Left, entitlement::Why};
use opora_ipc::{
    ErrorCode,
    app::AppView,
    ask::{HomeView, RequestView},
    contracts::{ContractsView, TalkContract},
    conversation::ConversationView,
    hours::HoursView,
    people::PeopleView,
    queue::QueueView,
};
use serde_json::{Value, json};

fn contract(office: &Office, id: Value, from: &str, to: &str) -> Value {
    json!({ "contract": {
        "id": id, "organisation": office.organisation, "number": "С-17", "level": { "name": "Базовый", "rank": 1 },
        "zone": "Europe/Moscow", "from": from, "to": to, "paid": true, "grace_days": 0,
        "kind": { "is": "hours", "minutes": 600, "every": "term" }, "step": 15,
        "entitlements": [{ "line": office.line, "channels": ["chat", "remote"], "urgent": true }]
    } })
}

const NEW: &str = "00000000-0000-0000-0000-000000000000";

async fn until_word(person: &Person, word: Word) -> ContractsView {
    person
        .until("the contract's word", async |person| {
            let view: ContractsView = person.call("contracts", json!({})).await;
            (view.organisations.first()?.word == Some(word)).then_some(view)
        })
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anna_sees_what_is_left_and_what_was_asked_out_of_term_is_kept_until_the_contract_is_renewed() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let made: ContractsView =
        office.galina.call("put_contract", contract(&office, NEW.into(), "2026-01-01", "2099-12-31")).await;
    let id = json!(made.organisations[0].contracts[0].contract.id);
    until_word(&anna, Word::Good).await;
    let talk = office.talk(&anna, &boris).await;
    let noted: TalkContract = boris.call("note_time", json!({ "conversation": talk, "minutes": 20 })).await;
    assert!(noted.contract.is_some() && noted.urgent);
    let left = Some(Left::Minutes { left: 570, of: 600 });
    for who in [&anna, &boris, &office.galina] {
        who.until("both sides see what is left", async |who| {
            let view: ContractsView = who.call("contracts", json!({})).await;
            (view.organisations[0].contracts[0].left == left).then_some(())
        })
        .await;
    }
    boris
        .until("his note is remembered", async |boris| {
            let view: TalkContract = boris.call("talk_contract", json!({ "conversation": talk })).await;
            (view.noted == Some(20)).then_some(())
        })
        .await;

    office.galina.call::<Value>("put_contract", contract(&office, id.clone(), "2020-01-01", "2020-12-31")).await;
    let view = until_word(&anna, Word::Over).await;
    let refused = view.asking.iter().flat_map(|one| &one.lines).map(|line| line.no.as_ref().map(|no| no.why));
    assert!(refused.into_iter().all(|why| matches!(why, Some(Why::Over { .. }))));
    // As from a client that was offline when the contract ended.
    anna.call::<RequestView>("send_ask", office.ask("Не печатает счёт")).await;
    let stuck = anna
        .until("the request waits for her choice", async |anna| {
            let app: AppView = anna.call("app", json!({})).await;
            app.stuck.into_iter().next()
        })
        .await;
    assert_eq!((stuck.code, stuck.what.as_str()), (ErrorCode::ContractOver, "request"));

    anna.call::<ContractsView>("ask_renewal", json!({ "comment": "Продлите, пожалуйста" })).await;
    let again = anna.try_call::<ContractsView>("ask_renewal", json!({ "comment": "" })).await;
    assert_eq!(again.err().map(|error| error.code), Some(ErrorCode::RenewalSent));
    office
        .galina
        .until("Galina sees the wish", async |galina| {
            let view: ContractsView = galina.call("contracts", json!({})).await;
            view.organisations[0].renewal.as_ref().map(|wish| assert_eq!(wish.comment, "Продлите, пожалуйста"))
        })
        .await;
    office.galina.call::<Value>("put_contract", contract(&office, id, "2020-01-01", "2099-12-31")).await;
    until_word(&anna, Word::Good).await;
    anna.call::<AppView>("choose_stuck", json!({ "id": stuck.id, "again": true })).await;
    boris
        .until("what she wrote arrives after all", async |boris| {
            let queue: QueueView = boris.call("queue", json!({})).await;
            queue.offers.into_iter().any(|offer| offer.row.ask.description == "Не печатает счёт").then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_line_is_seen_by_anna_and_her_number_by_boris() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let closed = json!({ "zone": "Europe/Moscow", "week": [[], [], [], [], [], [], []] });
    office.galina.call::<HoursView>("set_hours", json!({ "lines": [office.line], "calendar": closed })).await;
    anna.until("Anna sees it", async |anna| {
        let view: HoursView = anna.call("hours", json!({})).await;
        (!view.lines[0].now.is_open()).then_some(())
    })
    .await;
    let request: RequestView = anna.call("send_ask", office.ask("Не печатает счёт")).await;
    let wish = |phone: &str| json!({ "request": request.id, "phone": phone, "when": { "is": "soon" } });
    let wrong = anna.try_call::<HomeView>("ask_callback", wish("завтра утром")).await;
    assert_eq!(wrong.err().map(|error| error.code), Some(ErrorCode::PhoneWrong));
    let home: HomeView = anna.call("ask_callback", wish("+7 812 555-01-23")).await;
    assert!(home.request.and_then(|request| request.callback).is_some(), "it shows before the desk has it");
    boris
        .until("Boris sees the number, and nothing rings", async |boris| {
            let queue: QueueView = boris.call("queue", json!({})).await;
            assert!(queue.offers.is_empty(), "the line is closed");
            let callback = queue.waiting.first()?.callback.clone()?;
            (callback.phone == "+7 812 555-01-23").then_some(())
        })
        .await;
    office.galina.call::<HoursView>("set_hours", json!({ "lines": [office.line], "calendar": null })).await;
    boris
        .until("the line opens and it rings", async |boris| {
            let queue: QueueView = boris.call("queue", json!({})).await;
            queue.offers.into_iter().any(|offer| offer.row.request == request.id).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anna_of_two_firms_asks_for_the_second_and_boris_sees_for_which() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let people: PeopleView = office.galina.call("make_organisation", json!({ "name": "ООО «Василёк»" })).await;
    let vasilek = people.organisations.iter().find(|one| one.name == "ООО «Василёк»").expect("she made it").id;
    let person = people.people.iter().find(|one| one.name == "Анна Белова").expect("she was invited").id;
    let of =
        |organisation: Value| json!({ "organisation": organisation, "role": "user", "since": null, "until": null });
    let put = json!({
        "person": person, "card": { "name": "Анна Белова", "email": "", "phone": "" }, "role": "customer",
        "memberships": [of(json!(office.organisation)), of(json!(vasilek))], "service": { "lines": [], "skills": [] }
    });
    office.galina.call::<Value>("put_person", put).await;
    // Only the second firm's contract is over.
    let mut over = contract(&office, NEW.into(), "2020-01-01", "2020-12-31");
    over["contract"]["organisation"] = json!(vasilek);
    office.galina.call::<Value>("put_contract", over.clone()).await;
    let asking = anna
        .until("both are there to choose", async |anna| {
            let view: ContractsView = anna.call("contracts", json!({})).await;
            (view.asking.len() == 2 && view.asking[1].word.is_some()).then_some(view.asking)
        })
        .await;
    let [main, second] = asking.as_slice() else { panic!("{asking:?}") };
    assert_eq!((main.organisation, second.organisation), (Some(office.organisation), Some(vasilek)));
    assert_eq!((second.name.as_str(), second.word), ("ООО «Василёк»", Some(Word::Over)));
    assert!(main.lines.iter().all(|line| line.no.is_none()), "the other contract is none of hers");
    assert!(second.lines.iter().all(|line| line.no.is_some()));

    let wish = json!({ "organisation": vasilek, "comment": "Продлите «Василёк»" });
    let view: ContractsView = anna.call("ask_renewal", wish).await;
    let asked = |view: &ContractsView| {
        let asked = view.organisations.iter().filter(|one| one.renewal.is_some());
        asked.map(|one| one.organisation).collect::<Vec<_>>()
    };
    assert_eq!(asked(&view), [vasilek], "and only of that");
    office
        .galina
        .until("Galina reads for which", async |galina| {
            (asked(&galina.call("contracts", json!({})).await) == [vasilek]).then_some(())
        })
        .await;

    over["contract"]["to"] = json!("2099-12-31");
    office.galina.call::<Value>("put_contract", over).await;
    let mut ask = office.ask("Не печатает счёт");
    ask["organisation"] = json!(vasilek);
    let request: RequestView = anna.call("send_ask", ask).await;
    assert_eq!(anna.home().await.asked_for, Some(vasilek), "the form proposes it next time");
    let offer = boris
        .until("the offer rings", async |boris| {
            let queue: QueueView = boris.call("queue", json!({})).await;
            queue.offers.into_iter().find(|offer| offer.row.request == request.id)
        })
        .await;
    assert_eq!(offer.row.organisation, "ООО «Василёк»");
    let accept = json!({ "request": offer.row.request, "epoch": offer.row.epoch });
    let talk: ConversationView = boris.call("accept", accept).await;
    assert_eq!(talk.row.organisation, "ООО «Василёк»", "and the talk's head says so");
}
