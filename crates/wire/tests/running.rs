//! What keeps a desk running, as it goes over the wire, frozen: every kind of operation and event
//! about mail, keeping, second factors, keys and webhooks.

use opora_domain::{
    ConversationId, KeyId, LineId, PersonId, Timestamp, WebhookId, api as key,
    calendar::Zone,
    mail::{Address, Choice, Quiet, Server, TicketLetters, Tls, Tongue},
    webhook,
};
use opora_wire::{EventBody, OpBody, api, keeping, mail, totp};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + n)
}

fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

fn server() -> Server {
    let (host, user) = (String::from("mail.sever-soft.ru"), String::from("help"));
    Server { host, port: 587, tls: Tls::Upgrade, user, from: address("help@sever-soft.ru") }
}

fn choice() -> Choice {
    let address = Some(address("anna@romashka.ru"));
    let (tickets, zone) = (TicketLetters::Daily { minute: 1080 }, Zone("Europe/Moscow".into()));
    let quiet = Some(Quiet { from: 1320, to: 480 });
    Choice { address, tongue: Tongue::Ru, unread_after: Some(15), contracts: true, tickets, quiet, zone }
}

fn key_card() -> key::Card {
    let scopes = key::Scope::ALL.into();
    key::Card { name: "Мониторинг".into(), scopes, until: Some(Timestamp(2_000_000)) }
}

fn webhook_card() -> webhook::Card {
    let topics = [webhook::Topic::RequestAsked, webhook::Topic::TicketUpdated].into();
    webhook::Card { url: "https://hooks.example.org/opora".into(), topics, on: true }
}

fn ops() -> Vec<OpBody> {
    let webhook = WebhookId(id(16));
    let (person, line, tongue) = (PersonId(id(6)), LineId(id(1)), Tongue::En);
    let (address, link) = (address("oleg@romashka.ru"), String::from("opora://desk.sever-soft.ru:7443/join#1.abc"));
    vec![
        OpBody::Mail(mail::Op::SetServer { server: Some(server()), password: Some("geheim".into()) }),
        OpBody::Mail(mail::Op::Choose { choice: choice() }),
        OpBody::Mail(mail::Op::SendInvite { person, address, tongue, link }),
        OpBody::Keeping(keeping::Op::SetRetention { line, days: Some(365) }),
        OpBody::Keeping(keeping::Op::Erase { person }),
        OpBody::Totp(totp::Op::Enrol {
            secret: "MZXW6YTBOI".into(),
            code: "287082".into(),
            recovery: vec!["ab".into()],
        }),
        OpBody::Totp(totp::Op::Drop { code: "287082".into() }),
        OpBody::Totp(totp::Op::Require { staff: true }),
        OpBody::Totp(totp::Op::Again { days: 30 }),
        OpBody::Totp(totp::Op::Reset { person }),
        OpBody::Api(api::Op::MakeKey { key: KeyId(id(15)), card: key_card(), hash: "ab".repeat(32) }),
        OpBody::Api(api::Op::RevokeKey { key: KeyId(id(15)) }),
        OpBody::Api(api::Op::PutWebhook { webhook, card: webhook_card(), secret: Some("geheim".into()) }),
        OpBody::Api(api::Op::DropWebhook { webhook }),
        OpBody::Api(api::Op::Replay { webhook, which: api::Replay::One(7) }),
        OpBody::Api(api::Op::Replay { webhook, which: api::Replay::FailedSince(Timestamp(1)) }),
    ]
}

fn events() -> Vec<EventBody> {
    let webhook = WebhookId(id(16));
    let (person, line) = (PersonId(id(6)), LineId(id(1)));
    vec![
        EventBody::Mail(mail::Event::Server { server: Some(server()), has_password: true }),
        EventBody::Mail(mail::Event::Chosen { choice: choice() }),
        EventBody::Mail(mail::Event::InviteQueued { person }),
        EventBody::Mail(mail::Event::Failed { person: Some(person), said: "550 5.1.1".into() }),
        EventBody::Keeping(keeping::Event::Retention { line, days: None }),
        EventBody::Keeping(keeping::Event::Forgotten { conversation: ConversationId(id(5)) }),
        EventBody::Keeping(keeping::Event::Erased { person }),
        EventBody::Totp(totp::Event::Enrolled { person }),
        EventBody::Totp(totp::Event::Dropped { person }),
        EventBody::Totp(totp::Event::Required { staff: true }),
        EventBody::Totp(totp::Event::Again { days: 30 }),
        EventBody::Api(api::Event::KeyMade { key: KeyId(id(15)), card: key_card() }),
        EventBody::Api(api::Event::KeyRevoked { key: KeyId(id(15)) }),
        EventBody::Api(api::Event::WebhookSet { webhook, card: webhook_card() }),
        EventBody::Api(api::Event::WebhookDropped { webhook }),
        EventBody::Api(api::Event::WebhookGone { webhook }),
        EventBody::Api(api::Event::WebhookFailing { webhook, sequence: 7, said: "503".into() }),
    ]
}

#[test]
fn every_operation_and_event_is_frozen() {
    for op in ops() {
        let text = serde_json::to_string(&op).expect("serialises");
        assert_eq!(serde_json::from_str::<OpBody>(&text).expect("reads its own text"), op);
    }
    for event in events() {
        let text = serde_json::to_string(&event).expect("serialises");
        assert_eq!(serde_json::from_str::<EventBody>(&text).expect("reads its own text"), event);
    }
    let mut said = serde_json::to_value((ops(), events())).expect("is JSON");
    said.sort_all_objects();
    insta::assert_json_snapshot!("running", said);
}

#[test]
fn what_a_newer_desk_says_about_it_is_kept_as_unknown() {
    let newer = r#"{"is":"mail","what":"bounced","person":"x"}"#;
    let read: EventBody = serde_json::from_str(newer).expect("reads");
    assert_eq!(read, EventBody::Mail(mail::Event::Unknown));
}
