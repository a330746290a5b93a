//! Everything that is said about devices is frozen.

use ed25519_dalek::SigningKey;
use opora_domain::{
    PersonId, PublicKey, Timestamp,
    certificate::{Binding, Certificate, InviteAsk, Vouching},
    signed::Signed,
};
use opora_wire::{
    OpBody,
    device::{Event, Op, VouchedBy},
    event::EventBody,
};
use uuid::Uuid;

fn key(number: u8) -> PublicKey {
    PublicKey([number; 32])
}

fn signer() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn signed() -> Signed {
    Signed::new(&Binding { invite_key: key(7), device: key(3) }, &signer())
}

fn certificate() -> Certificate {
    Certificate { admission: signed(), binding: signed(), vouched: Vec::new() }.followed_by(signed(), signed())
}

#[test]
fn everything_about_devices_is_frozen() {
    let anna = PersonId(Uuid::from_u128(6));
    let ops: Vec<OpBody> = [
        Op::Vouch { link_key: key(7), vouching: signed() },
        Op::Name { device: key(3), name: "Ноутбук".into() },
        Op::Revoke { device: key(3) },
        Op::AskInvite { person: anna, invite_key: key(7), ask: signed() },
    ]
    .map(OpBody::Device)
    .into();
    let events: Vec<EventBody> = [
        Event::Added { person: anna, device: key(4), name: "Linux".into(), vouched_by: Some(key(3)) },
        Event::Named { person: anna, device: key(4), name: "Ноутбук".into() },
        Event::Revoked { device: key(3) },
        Event::InviteAsked {
            person: anna,
            invite_key: key(7),
            device: key(3),
            ask: signed(),
            certificate: certificate(),
        },
        Event::InviteReady { person: anna, invite_key: key(7) },
    ]
    .map(EventBody::Device)
    .into();
    for body in &ops {
        let text = serde_json::to_string(body).expect("it is written");
        assert_eq!(&serde_json::from_str::<OpBody>(&text).expect("and read"), body);
    }
    for body in &events {
        let text = serde_json::to_string(body).expect("it is written");
        assert_eq!(&serde_json::from_str::<EventBody>(&text).expect("and read"), body);
    }
    let vouched = VouchedBy { device: key(3), certificate: certificate(), vouching: signed() };
    insta::assert_json_snapshot!("devices", (ops, events, vouched));
}

/// Old signatures have to stay readable.
#[test]
fn the_bytes_of_what_devices_sign_are_frozen() {
    let (by, person, at) = (key(3), PersonId(Uuid::from_u128(6)), Timestamp(1_000_000));
    let vouching = Vouching { organisation_key: key(2), by, person, link_key: key(7), at };
    let ask = InviteAsk { organisation_key: key(2), by, person, invite_key: key(7), at };
    let statements = (Signed::new(&vouching, &signer()), Signed::new(&ask, &signer()));
    insta::assert_json_snapshot!("device_statements", statements);
}
