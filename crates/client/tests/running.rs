//! What keeps a desk running, through the commands of the interface and a real desk.

mod office;

use office::Office;
use opora_domain::{Timestamp, totp};
use opora_ipc::{
    ErrorCode, UiError,
    conversation::Entry,
    people::PeopleView,
    running::{CodeSecret, RunningView},
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_owner_erases_leaves_boriss_copy_too() {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "Мой пароль Ромашка-17").await;
    boris.sees_texts(talk, &["Мой пароль Ромашка-17"]).await;
    boris.say(talk, "Спасибо").await;
    anna.sees_texts(talk, &["Мой пароль Ромашка-17", "Спасибо"]).await;
    let people: PeopleView = office.galina.call("people", json!({})).await;
    let person = people.people.iter().find(|one| one.name == "Анна Белова").expect("she is known").id;
    let erase = json!({ "person": person });
    let busy: Result<RunningView, UiError> = office.galina.try_call("erase_person", erase.clone()).await;
    assert_eq!(busy.map_err(|error| error.code), Err(ErrorCode::StillOpen));

    boris.call::<Value>("close_conversation", json!({ "conversation": talk })).await;
    office.galina.call::<RunningView>("erase_person", erase).await;
    let gone = async |boris: &office::Person| {
        let view = boris.talk(talk).await;
        let said = view.entries.iter().any(|entry| entry.what == Entry::Erased);
        let texts: Vec<_> = view.entries.iter().filter_map(office::text_of).collect();
        (said && texts == ["Спасибо"]).then_some(())
    };
    // He has the conversation open all the while: it is never missing, not even for a moment.
    let looking = async {
        loop {
            boris.talk(talk).await;
        }
    };
    tokio::select! {
        () = boris.until("her words are gone, and it is said that they were", gone) => {}
        () = looking => {}
    }
    let view = boris.talk(talk).await;
    assert!(!format!("{view:?}").contains("Анна"), "{view:?}");
    let people: PeopleView = office.galina.call("people", json!({})).await;
    assert!(people.people.iter().all(|one| one.name != "Анна Белова"));
    // The copy on the disk, not only what is shown.
    let boris = boris.restart().await;
    assert_eq!(boris.texts(talk).await, ["Спасибо"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn boris_uses_a_telephone_and_chooses_his_letters() {
    let office = Office::open().await;
    let boris = office.specialist("Борис Ким").await;
    let secret: CodeSecret = boris.call("begin_code", json!({})).await;
    assert!(secret.recovery.len() == totp::RECOVERY && secret.qr.starts_with('M'), "{secret:?}");
    let enrol = |code: &str| json!({ "secret": secret.secret, "recovery": secret.recovery, "code": code });
    let wrong: Result<RunningView, UiError> = boris.try_call("enrol_code", enrol("000000")).await;
    assert_eq!(wrong.map_err(|error| error.code), Err(ErrorCode::CodeWrong));
    let bytes = totp::from_base32(&secret.secret).expect("base 32");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let now = Timestamp(i64::try_from(now.as_micros()).expect("before 2255"));
    let view: RunningView = boris.call("enrol_code", enrol(&totp::shown(&bytes, now))).await;
    assert!(view.uses_code);
    let view: RunningView = boris.call("drop_code", json!({ "code": secret.recovery[0].to_uppercase() })).await;
    assert!(!view.uses_code, "a recovery code does, however it is written");

    let choose = |address: &str| json!({ "address": address, "unread_after": 15, "contracts": false });
    let odd: Result<RunningView, UiError> = boris.try_call("choose_mail", choose("boris")).await;
    assert_eq!(odd.map_err(|error| error.code), Err(ErrorCode::NotAnAddress));
    let view: RunningView = boris.call("choose_mail", choose("boris@sever-soft.ru")).await;
    assert_eq!(view.choice.and_then(|choice| choice.unread_after), Some(15));
    let clear = json!({
        "server": { "host": "mail.sever-soft.ru", "port": 25, "tls": "never", "user": "help", "from": "help@sever-soft.ru" },
        "password": "geheim",
    });
    let refused: Result<RunningView, UiError> = office.galina.try_call("set_mail_server", clear).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::MailUnsound), "no password in the clear");
}
