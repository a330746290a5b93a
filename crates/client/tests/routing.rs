//! Presence and routing between real clients and a real desk.

mod office;

use office::Office;
use opora_domain::{
    availability::{Availability, Declared},
    queue::Because,
    wait::Why,
};
use opora_ipc::{
    presence::StaffView,
    queue::QueueView,
    routing::{RoutingView, WayStep, WayView},
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn boris_is_at_lunch_and_anna_is_told_why_she_waits() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let vera = office.specialist("Вера Соколова").await;
    vera.call::<StaffView>("declare", json!({ "status": "off", "seconds": null })).await;
    let own: StaffView = boris.call("declare", json!({ "status": "lunch", "seconds": 2_700 })).await;
    assert!(matches!(own.people.first().map(|one| (one.me, one.declared)), Some((true, Declared::Lunch { .. }))));

    let seen = async |vera: &office::Person| {
        let view: StaffView = vera.call("staff", json!({})).await;
        let lunch = |availability| matches!(availability, Availability::Lunch { .. });
        view.people.iter().any(|one| one.name == "Борис Ким" && lunch(one.availability)).then_some(())
    };
    vera.until("Vera sees that Boris is at lunch", seen).await;

    anna.call::<Value>("send_ask", office.ask("Не печатается счёт")).await;
    let why = async |anna: &office::Person| anna.home().await.request.and_then(|request| request.why);
    assert!(matches!(anna.until("she is told why", why).await, Why::Lunch { .. }));

    boris.call::<StaffView>("declare", json!({ "status": "on_line", "seconds": null })).await;
    let rings = async |boris: &office::Person| {
        let queue: QueueView = boris.call("queue", json!({})).await;
        queue.offers.first().map(|offer| offer.row.request)
    };
    let request = boris.until("it rings", rings).await;
    let way: WayView = boris.call("way", json!({ "request": request })).await;
    let [WayStep::Offered { to, because, considered, .. }] = way.steps.as_slice() else { panic!("{way:?}") };
    assert_eq!((to.as_str(), *because), ("Борис Ким", Because::Only));
    let vera = considered.iter().find(|one| one.name == "Вера Соколова").expect("she was looked at");
    assert!(vera.skipped.is_some(), "and it is said why she was not asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lunch_survives_the_end_of_the_program() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    boris.call::<StaffView>("declare", json!({ "status": "lunch", "seconds": 2_700 })).await;
    let boris = boris.restart().await;
    let lunch = async |boris: &office::Person| {
        let view: StaffView = boris.call("staff", json!({})).await;
        matches!(view.people.first()?.declared, Declared::Lunch { .. }).then_some(())
    };
    boris.until("he is at lunch as before", lunch).await;
    let queue: QueueView = boris.call("queue", json!({})).await;
    assert!(!queue.on_line);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_talk_on_hold_is_nobodys_load_until_anna_writes() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    let way: WayView = boris.call("set_hold", json!({ "conversation": talk, "on": true })).await;
    assert!(way.held && way.mine);
    let queue: QueueView = boris.call("queue", json!({})).await;
    assert_eq!((queue.active, queue.held), (0, vec![talk]));
    anna.say(talk, "Готово, проверьте").await;
    let back = async |boris: &office::Person| {
        let queue: QueueView = boris.call("queue", json!({})).await;
        (queue.active == 1 && queue.held.is_empty()).then_some(())
    };
    boris.until("it is back by itself", back).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owners_settings_reach_the_specialist() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    let view: RoutingView = office.galina.call("routing", json!({})).await;
    let mut rules = view.rules;
    rules.ranks.wish = 3;
    let person = view.people.iter().find(|one| one.name == "Борис Ким").expect("he serves").person;
    office.galina.call::<RoutingView>("set_rules", json!({ "rules": rules })).await;
    office.galina.call::<RoutingView>("set_capacity", json!({ "person": person, "capacity": 2 })).await;
    let told = async |boris: &office::Person| {
        let queue: QueueView = boris.call("queue", json!({})).await;
        let view: RoutingView = boris.call("routing", json!({})).await;
        (queue.capacity == 2 && view.rules == rules).then_some(())
    };
    boris.until("he is told", told).await;
    let refused = boris.try_call::<RoutingView>("set_rules", json!({ "rules": rules })).await;
    assert!(refused.is_err(), "only the owner sets them");
}
