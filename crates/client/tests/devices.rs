//! Further devices, revoked ones, and a new invite that a specialist gives.

mod office;

use office::{Office, Person};
use opora_domain::{PersonId, PublicKey};
use opora_ipc::{
    ErrorCode, UiError,
    app::LinkView,
    device::{AskedInvite, DeviceLinkView, DeviceView, DevicesView},
    people::PeopleView,
};
use serde_json::{Value, json};

async fn devices(of: &Person) -> Vec<DeviceView> {
    of.call::<DevicesView>("devices", json!({})).await.devices
}

/// Waits until so many devices are listed.
async fn lists(of: &Person, many: usize) -> Vec<DeviceView> {
    of.until("the devices are listed", async |one| Some(devices(one).await).filter(|all| all.len() == many)).await
}

async fn is_revoked(one: &Person) {
    one.until("it is told that it was revoked", async |one| {
        matches!(one.app().await.link, LinkView::Offline { code: ErrorCode::DeviceRevoked }).then_some(())
    })
    .await;
}

async fn anna_id(office: &Office) -> PersonId {
    let people: PeopleView = office.galina.call("people", json!({})).await;
    people.people.iter().find(|one| one.name == "Анна Белова").map(|one| one.id).expect("Anna is known")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_computer_comes_in_by_the_word_of_the_first() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    let link: DeviceLinkView = boris.call("add_device", json!({})).await;
    assert!(link.qr.size > 0 && link.minutes == 30);
    let laptop = Person::arrive("Борис, ноутбук").await.joined(&link.link).await;
    assert_eq!(laptop.app().await.account.map(|account| account.name), Some("Борис Ким".into()));
    let own = lists(&boris, 2).await;
    let [first, second] = own.as_slice() else { panic!("{own:?}") };
    assert!(first.this && first.vouched_by.is_none() && !first.may_revoke);
    assert!(!second.this && second.vouched_by.is_some() && second.may_revoke);

    laptop.say(talk, "Пишу с ноутбука").await;
    anna.sees_texts(talk, &["Пишу с ноутбука"]).await;
    assert_eq!(lists(&anna, 1).await.len(), 1, "Anna lists her own alone");

    // A link of a link: the laptop vouches for a third one.
    let link: DeviceLinkView = laptop.call("add_device", json!({})).await;
    let tablet = Person::arrive("Борис, планшет").await.joined(&link.link).await;
    assert_eq!(lists(&tablet, 3).await.len(), 3);
    let thief = Person::arrive("Кто-то").await;
    let args = json!({ "link": link.link, "name": "", "firm": "" });
    let refused: Result<Value, UiError> = thief.try_call("join", args).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::InviteUsed), "it works once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_computer_is_put_out_at_once_and_told_why() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    let link: DeviceLinkView = boris.call("add_device", json!({})).await;
    let laptop = Person::arrive("Борис, ноутбук").await.joined(&link.link).await;
    let waiting: DeviceLinkView = laptop.call("add_device", json!({})).await;
    let key = laptop.core.device_key();
    let own: Result<DevicesView, UiError> =
        boris.try_call("revoke_device", json!({ "device": boris.core.device_key() })).await;
    assert!(own.is_err(), "nobody locks himself out");
    let left: DevicesView = boris.call("revoke_device", json!({ "device": key })).await;
    assert_eq!(left.devices.len(), 1);
    is_revoked(&laptop).await;
    let laptop = laptop.restart().await;
    is_revoked(&laptop).await;
    let other = Person::arrive("Ещё один").await;
    let args = json!({ "link": waiting.link, "name": "", "firm": "" });
    let refused: Result<Value, UiError> = other.try_call("join", args).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::InviteUnknown), "its word ended with it");
    boris.online().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_revokes_anybodys_device_and_nobody_else_does() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let key: PublicKey = anna.core.device_key();
    let refused: Result<DevicesView, UiError> = boris.try_call("revoke_device", json!({ "device": key })).await;
    assert_eq!(refused.map_err(|error| error.code).map(|view| view.devices.len()), Err(ErrorCode::NotAllowed));
    lists(&office.galina, 3).await;
    office.galina.call::<DevicesView>("revoke_device", json!({ "device": key })).await;
    is_revoked(&anna).await;
    boris.online().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_specialists_new_invite_is_confirmed_by_the_owners_program() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "Компьютер сломался").await;
    boris.sees_texts(talk, &["Компьютер сломался"]).await;
    let person = anna_id(&office).await;
    let asked: AskedInvite = boris.call("ask_invite", json!({ "person": person })).await;
    assert!(asked.ready, "the owner's program is on line");
    let new = Person::arrive("Анна, новый компьютер").await.joined(&asked.link).await;
    new.sees_texts(talk, &["Компьютер сломался"]).await;

    let refused: Result<Value, UiError> = anna.try_call("ask_invite", json!({ "person": person })).await;
    assert!(refused.is_err(), "a customer cannot");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invite_that_was_asked_for_while_the_owner_was_away_is_confirmed_later() {
    let mut office = Office::open().await;
    let (_anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let person = anna_id(&office).await;
    let stand_in = Person::arrive("Никто").await;
    let galina = std::mem::replace(&mut office.galina, stand_in);
    galina.core.shutdown().await;
    let asked: AskedInvite = boris.call("ask_invite", json!({ "person": person })).await;
    assert!(!asked.ready);
    office.galina = galina.restart().await;
    office.galina.online().await;
    let new = Person::arrive("Анна, новый компьютер").await;
    let joined = async |one: &Person| {
        let args = json!({ "link": asked.link, "name": "", "firm": "" });
        one.try_call::<Value>("join", args).await.ok()
    };
    new.until("the invite works", joined).await;
}
