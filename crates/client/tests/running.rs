//! What keeps a desk running, through the commands of the interface and a real desk.

mod office;

use office::{Office, Person};
use opora_domain::{Span, Timestamp, WebhookId, invite::Invite, totp};
use opora_ipc::{
    ErrorCode, UiError,
    api::{ApiView, MadeApiKey, SetWebhook, WebhookLog},
    app::LinkView,
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

/// Another program, which trusts this desk.
async fn program(galina: &office::Person) -> reqwest::Client {
    let invite: Value = galina.call("add_device", json!({})).await;
    let pin = Invite::parse(invite["link"].as_str().expect("a link")).expect("an invite").desk;
    let tls = opora_runtime::pin::pinned_client_config(pin);
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().expect("a client")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_lets_another_program_in_and_puts_it_out_again() {
    let office = Office::open().await;
    let (galina, boris) = (&office.galina, office.specialist("Борис Ким").await);
    let wanted = json!({ "name": " Сайт ", "scopes": ["tickets:read"], "days": 30 });
    let made: MadeApiKey = galina.call("make_api_key", wanted.clone()).await;
    let [key] = made.view.keys.as_slice() else { panic!("{:?}", made.view.keys) };
    assert_eq!((key.card.name.as_str(), key.revoked), ("Сайт", None));
    let program = program(galina).await;
    let ask = async |noun: &str| {
        let url = format!("{}/{noun}", made.view.address);
        program.get(url).bearer_auth(&made.text).send().await.expect("the desk answers").status().as_u16()
    };
    assert_eq!((ask("tickets").await, ask("persons").await), (200, 403));
    let view: ApiView = galina.call("revoke_api_key", json!({ "key": key.id })).await;
    assert!(view.keys[0].revoked.is_some() && view.keys[0].used.is_some());
    assert_eq!(ask("tickets").await, 401);

    let idle = json!({ "name": "Сайт", "scopes": [], "days": 30 });
    let refused = galina.try_call::<MadeApiKey>("make_api_key", idle).await.map_err(|error| error.code);
    assert_eq!(refused.map(|made| made.text), Err(ErrorCode::ApiKeyWrong));
    let refused = boris.try_call::<MadeApiKey>("make_api_key", wanted).await.map_err(|error| error.code);
    assert_eq!(refused.map(|made| made.text), Err(ErrorCode::NotAllowed));
    let refused = boris.try_call::<ApiView>("api", json!({})).await.map_err(|error| error.code);
    assert_eq!(refused.map(|view| view.address), Err(ErrorCode::NotAllowed));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_makes_a_webhook_whose_secret_is_shown_once() {
    let office = Office::open().await;
    let galina = &office.galina;
    let wanted = |webhook: Option<WebhookId>, url: &str| json!({ "webhook": webhook, "url": url, "topics": ["ticket.made"], "on": true });
    for url in
        ["", "hooks.example.test", "ftp://hooks.example.test", "http://hooks.example.test", "http://127.0.0.1:9/"]
    {
        let refused = galina.try_call::<SetWebhook>("put_webhook", wanted(None, url)).await.map_err(|error| error.code);
        assert_eq!(refused.map(|set| set.view.webhooks.len()), Err(ErrorCode::WebhookWrong), "{url}");
    }
    let made: SetWebhook = galina.call("put_webhook", wanted(None, "https://hooks.example.test/opora")).await;
    let first = made.secret.expect("a new one");
    let id = made.view.webhooks[0].id;
    let same: SetWebhook = galina.call("put_webhook", wanted(Some(id), "https://hooks.example.test/opora")).await;
    assert_eq!(same.secret, None);
    let moved: SetWebhook = galina.call("put_webhook", wanted(Some(id), "https://other.example.test/opora")).await;
    assert!(moved.secret.is_some_and(|secret| secret != first), "who has it there had not the old one");
    assert_eq!(moved.view.webhooks.len(), 1);
    let log: WebhookLog = galina.call("webhook_log", json!({ "webhook": id, "before": null })).await;
    assert_eq!(log.deliveries, []);
    let log: WebhookLog = galina.call("replay_webhook", json!({ "webhook": id, "sequence": null })).await;
    assert_eq!(log.deliveries, [], "nothing was given up");
    let gone: ApiView = galina.call("drop_webhook", json!({ "webhook": id })).await;
    assert_eq!(gone.webhooks, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_month_boriss_device_is_let_in_again_by_a_code_and_nothing_comes_or_goes_before() {
    let mut office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    let secret: CodeSecret = boris.call("begin_code", json!({})).await;
    let bytes = totp::from_base32(&secret.secret).expect("base 32");
    let shown = |office: &Office| totp::shown(&bytes, office.clock.now());
    let enrol = json!({ "secret": secret.secret, "recovery": secret.recovery, "code": shown(&office) });
    let view: RunningView = boris.call("enrol_code", enrol).await;
    assert_eq!((view.uses_code, view.code_days), (true, 30));
    office.stop_desk().await;
    office.clock.shift(Span::minutes(31 * 24 * 60));
    office.start_desk().await;

    let asked = async |boris: &Person| match boris.app().await.link {
        LinkView::Offline { code: code @ (ErrorCode::CodeNeeded | ErrorCode::CodeWrong) } => Some(code),
        _ => None,
    };
    assert_eq!(boris.until("the desk asks", asked).await, ErrorCode::CodeNeeded);
    anna.online().await;
    anna.say(talk, "Вы здесь?").await;
    boris.say(talk, "Пишу без связи").await;
    assert_eq!(boris.texts(talk).await.len(), 1, "what is here can be read and written, and nothing comes");
    let wrong: Result<Value, UiError> = boris.try_call("answer_code", json!({ "code": "000000" })).await;
    assert_eq!(wrong.map_err(|error| error.code), Err(ErrorCode::CodeWrong));
    boris.call::<Value>("answer_code", json!({ "code": shown(&office) })).await;
    boris.online().await;
    anna.sees_texts(talk, &["Вы здесь?", "Пишу без связи"]).await;
    let view: RunningView = office.galina.call("running", json!({})).await;
    assert_eq!(view.code_days, 30);
    office.galina.online().await;
    let view: RunningView = office.galina.call("set_code_days", json!({ "days": 7 })).await;
    assert_eq!(view.code_days, 7);
}
