//! Devices: a further one by the word of the first, and what becomes of a revoked one.

use ed25519_dalek::SigningKey;
use opora_desk::{
    Actor, Desk, LinkEnded, Person,
    store::{DevicesTx, Store, Tx},
};
use opora_domain::{
    PersonId, PublicKey, Span, Timestamp,
    certificate::{Admission, Binding, Certificate, InviteAsk, Vouching},
    role::Role,
    signed::Signed,
};
use opora_wire::{
    Fetch, OpBody, RefusalCode, Stream,
    device::{Event as Said, LINK_LIFE, Op},
    event::EventBody,
    hello::Device,
    redeem::{Redeem, Redeemed},
};

use crate::office::{Engine, Office, TestResult};

/// A desk with an organisation's key, and people whose proofs are real.
struct Firm<S> {
    office: Office<S>,
    key: SigningKey,
}

struct Holder {
    actor: Actor,
    key: SigningKey,
}

fn public(key: &SigningKey) -> PublicKey {
    key.verifying_key().into()
}

fn bound(link: &SigningKey, device: &SigningKey) -> Signed {
    Signed::new(&Binding { invite_key: public(link), device: public(device) }, link)
}

impl<S: Store> Firm<S> {
    async fn over(store: S, seed: u64) -> TestResult<Self> {
        let office = Office::simulated(store, seed).await?;
        let key = SigningKey::from_bytes(&office.rng.bytes());
        let mut tx = office.desk.store().begin().await?;
        tx.found("Север-Софт", public(&key)).await?;
        tx.commit(Timestamp(1)).await?;
        Ok(Self { office, key })
    }

    fn desk(&self) -> &Desk<S> {
        &self.office.desk
    }

    fn fresh(&self) -> SigningKey {
        SigningKey::from_bytes(&self.office.rng.bytes())
    }

    async fn hire(&self, name: &str, role: Role) -> TestResult<Holder> {
        let (invite, key, customer) = (self.fresh(), self.fresh(), role == Role::Customer);
        let person = Person {
            id: PersonId(self.office.rng.uuid_v7(Timestamp(1))),
            name: name.into(),
            role,
            organisation: customer.then_some(self.office.romashka),
            lines: if customer { Vec::new() } else { vec![self.office.line] },
            on_line: !customer,
            joined: false,
        };
        let admission = Admission {
            organisation_key: public(&self.key),
            invite_key: public(&invite),
            person: person.id,
            name: name.into(),
            role,
            organisation: "Север-Софт".into(),
            at: Timestamp(1),
        };
        let certificate = Certificate::bind(Signed::new(&admission, &self.key), &invite, public(&key));
        let mut tx = self.desk().store().begin().await?;
        tx.add_person(&person, Timestamp(1)).await?;
        tx.add_device(person.id, &Device { key: public(&key), certificate }, Timestamp(1)).await?;
        tx.set_joined(person.id, Timestamp(1)).await?;
        for stream in [Stream::Desk, Stream::Person(person.id)] {
            tx.grant(person.id, stream, 1).await?;
        }
        if role.is_staff() {
            tx.grant(person.id, Stream::Staff, 1).await?;
        }
        tx.commit(Timestamp(1)).await?;
        Ok(Holder { actor: Actor { person, device: public(&key) }, key })
    }

    async fn act(&self, by: &Actor, op: Op) -> Result<(), RefusalCode> {
        self.office.act(by, OpBody::Device(op)).await.map(drop).map_err(|refusal| refusal.code)
    }

    fn vouching(&self, by: &Holder, link: &SigningKey) -> Vouching {
        Vouching {
            organisation_key: public(&self.key),
            by: by.actor.device,
            person: by.actor.person.id,
            link_key: public(link),
            at: Timestamp(1),
        }
    }

    /// A link by which a further device comes in.
    async fn link(&self, by: &Holder) -> TestResult<SigningKey> {
        let link = self.fresh();
        let vouching = Signed::new(&self.vouching(by, &link), &by.key);
        let op = Op::Vouch { link_key: public(&link), vouching };
        self.act(&by.actor, op).await.map_err(|code| format!("{code:?}"))?;
        Ok(link)
    }

    async fn redeem(&self, link: &SigningKey, device: &SigningKey) -> Result<Redeemed, RefusalCode> {
        let redeem = Redeem {
            invite_key: public(link),
            device: public(device),
            binding: bound(link, device),
            device_name: "Linux".into(),
            founding: None,
            code: None,
        };
        self.desk().redeem(redeem).await.map_err(|refusal| refusal.code)
    }

    async fn bodies(&self, of: &Actor, stream: Stream) -> TestResult<Vec<EventBody>> {
        let fetch = Fetch { stream, from: 1, to: 1_000 };
        let events = self.desk().fetch(of.person.id, fetch).await.map_err(|refusal| format!("{refusal:?}"))?;
        Ok(events.events.into_iter().map(|event| event.body).collect())
    }
}

pub(crate) async fn a_further_device_comes_in_by_the_word_of_the_first<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::over(store, 21).await?;
    let boris = firm.hire("Борис Ким", Role::Specialist).await?;
    let (link, laptop) = (firm.link(&boris).await?, firm.fresh());
    let answer = firm.redeem(&link, &laptop).await.map_err(|code| format!("{code:?}"))?;
    let by = answer.vouched_by.clone().ok_or("it says who vouches")?;
    let own = by.certificate.followed_by(by.vouching, bound(&link, &laptop));
    let who = own.verify(&public(&firm.key), &public(&laptop)).map_err(|error| error.to_string())?;
    assert_eq!((who.name.as_str(), who.person), ("Борис Ким", boris.actor.person.id));
    assert_eq!(firm.redeem(&link, &laptop).await, Ok(answer), "a lost answer is given again");
    assert_eq!(firm.redeem(&link, &firm.fresh()).await, Err(RefusalCode::InviteUsed));

    // What others get is the whole chain too.
    let mut tx = firm.desk().store().begin().await?;
    let devices = tx.devices(boris.actor.person.id).await?;
    drop(tx);
    let shown = devices.iter().find(|device| device.key == public(&laptop)).ok_or("it is his")?;
    assert!(shown.certificate.verify(&public(&firm.key), &public(&laptop)).is_ok());
    let own = firm.bodies(&boris.actor, Stream::Person(boris.actor.person.id)).await?;
    let added = |body: &EventBody| {
        matches!(body, EventBody::Device(Said::Added { device, vouched_by, .. })
            if *device == public(&laptop) && *vouched_by == Some(boris.actor.device))
    };
    assert!(own.iter().any(added), "and he is told: {own:?}");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_word_that_is_not_the_devices_own_is_refused<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::over(store, 22).await?;
    let (boris, vera) =
        (firm.hire("Борис Ким", Role::Specialist).await?, firm.hire("Вера Соколова", Role::Specialist).await?);
    let link = firm.fresh();
    let honest = firm.vouching(&boris, &link);
    let by_vera = Signed::new(&honest, &vera.key);
    let of_vera = Signed::new(&Vouching { person: vera.actor.person.id, ..honest.clone() }, &boris.key);
    let elsewhere = Signed::new(&Vouching { organisation_key: public(&vera.key), ..honest.clone() }, &boris.key);
    let other_link = Signed::new(&Vouching { link_key: public(&vera.key), ..honest }, &boris.key);
    for vouching in [by_vera, of_vera, elsewhere, other_link] {
        let op = Op::Vouch { link_key: public(&link), vouching };
        assert_eq!(firm.act(&boris.actor, op).await, Err(RefusalCode::Invalid));
    }
    assert_eq!(firm.redeem(&link, &firm.fresh()).await, Err(RefusalCode::InviteUnknown));
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_link_ends_with_its_time_and_with_the_device_that_made_it<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::over(store, 23).await?;
    let boris = firm.hire("Борис Ким", Role::Specialist).await?;
    let late = firm.link(&boris).await?;
    firm.desk().clock().shift(LINK_LIFE);
    assert_eq!(firm.redeem(&late, &firm.fresh()).await, Err(RefusalCode::InviteUnknown), "half an hour is over");

    let (link, laptop) = (firm.link(&boris).await?, firm.fresh());
    firm.redeem(&link, &laptop).await.map_err(|code| format!("{code:?}"))?;
    let second = Holder { actor: Actor { device: public(&laptop), ..boris.actor.clone() }, key: laptop };
    let of_second = firm.link(&second).await?;
    assert_eq!(firm.act(&boris.actor, Op::Revoke { device: second.actor.device }).await, Ok(()));
    assert_eq!(firm.redeem(&of_second, &firm.fresh()).await, Err(RefusalCode::InviteUnknown), "its word ended too");
    firm.desk().clock().shift(Span::seconds(1));
    assert!(firm.redeem(&firm.link(&boris).await?, &firm.fresh()).await.is_ok(), "the first one's word holds");
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_revoked_device_is_out_at_once_and_for_ever<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::over(store, 24).await?;
    let (boris, anna) =
        (firm.hire("Борис Ким", Role::Specialist).await?, firm.hire("Анна Белова", Role::Customer).await?);
    let (link, laptop) = (firm.link(&boris).await?, firm.fresh());
    firm.redeem(&link, &laptop).await.map_err(|code| format!("{code:?}"))?;
    let device = public(&laptop);
    let second = Actor { device, ..boris.actor.clone() };
    let mut open = firm.desk().connect(second.clone(), 0);
    assert_eq!(firm.act(&anna.actor, Op::Revoke { device }).await, Err(RefusalCode::NotAllowed));
    assert_eq!(firm.act(&second, Op::Revoke { device }).await, Err(RefusalCode::Invalid), "not the one in hand");

    assert_eq!(firm.act(&boris.actor, Op::Revoke { device }).await, Ok(()));
    assert!(matches!(open.next().await, Err(LinkEnded::Ended)), "its connection ends at once");
    let told = firm.bodies(&anna.actor, Stream::Desk).await?;
    assert!(told.contains(&EventBody::Device(Said::Revoked { device })), "everybody learns of it");
    let refused = firm.desk().actor(device).await.map(drop).map_err(|error| opora_wire::Refusal::from(error).code);
    assert_eq!(refused, Err(RefusalCode::DeviceRevoked));
    let name = Op::Name { device: boris.actor.device, name: "Моё".into() };
    assert_eq!(firm.act(&second, name).await, Err(RefusalCode::DeviceRevoked), "nor by an old connection");
    let again = firm.link(&boris).await?;
    assert_eq!(firm.redeem(&again, &laptop).await, Err(RefusalCode::DeviceRevoked), "nor by a new link");
    let mut tx = firm.desk().store().begin().await?;
    assert_eq!(tx.devices(boris.actor.person.id).await?.len(), 1, "it is shown to nobody");
    assert!(tx.device(device).await?.is_some_and(|row| row.revoked));
    drop(tx);
    firm.office.close().await;
    Ok(())
}

pub(crate) async fn a_new_invite_is_asked_for_customers_only<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let firm = Firm::over(store, 25).await?;
    let (boris, anna) =
        (firm.hire("Борис Ким", Role::Specialist).await?, firm.hire("Анна Белова", Role::Customer).await?);
    let vera = firm.hire("Вера Соколова", Role::Specialist).await?;
    let ask = |by: &Holder, person: PersonId| {
        let invite_key = public(&firm.fresh());
        let (organisation_key, device) = (public(&firm.key), by.actor.device);
        let said = InviteAsk { organisation_key, by: device, person, invite_key, at: Timestamp(1) };
        Op::AskInvite { person, invite_key, ask: Signed::new(&said, &by.key) }
    };
    let for_anna = ask(&boris, anna.actor.person.id);
    assert_eq!(firm.act(&anna.actor, ask(&anna, anna.actor.person.id)).await, Err(RefusalCode::NotAllowed));
    assert_eq!(firm.act(&vera.actor, for_anna.clone()).await, Err(RefusalCode::Invalid), "it is Boris's word");
    assert_eq!(
        firm.act(&boris.actor, ask(&boris, vera.actor.person.id)).await,
        Err(RefusalCode::Invalid),
        "nobody becomes one of the firm's people this way"
    );
    assert_eq!(firm.act(&boris.actor, for_anna).await, Ok(()));
    let staff = firm.bodies(&boris.actor, Stream::Staff).await?;
    let asked = staff.iter().filter(|body| matches!(body, EventBody::Device(Said::InviteAsked { .. }))).count();
    assert_eq!(asked, 1);
    firm.office.close().await;
    Ok(())
}
