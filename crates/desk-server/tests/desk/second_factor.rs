//! The second factor of the firm's people, asked for when a new device joins, and of each again after a while.

use ed25519_dalek::SigningKey;
use opora_domain::{Span, role::Role, totp};
use opora_wire::{OpBody, RefusalCode, totp::Op};

use crate::office::{Client, Office, TestResult, redeem_with, refused};

const SECRET: [u8; 20] = *b"a telephone's secret";

/// What the telephone shows now.
fn shown(office: &Office) -> String {
    totp::shown(&SECRET, office.clock.now())
}

async fn enrol(office: &Office, boris: &mut Client) -> TestResult {
    let recovery =
        vec![blake3::Hash::from_bytes(totp::recovery_hash(boris.ready.person, "kefir-lampa-17")).to_string()];
    let code = shown(office);
    boris.must(OpBody::Totp(Op::Enrol { secret: totp::base32(&SECRET), code, recovery })).await?;
    Ok(())
}

/// Redeems with a code on a new device.
async fn join(office: &Office, link: &str, code: Option<&str>) -> TestResult<Result<(), RefusalCode>> {
    let device = SigningKey::from_bytes(&office.rng.bytes());
    let joined = redeem_with(link, &device, None, code.map(str::to_owned)).await?;
    Ok(joined.map(drop).map_err(|refusal| refusal.code))
}

#[tokio::test]
async fn a_stolen_link_is_worth_nothing_without_the_telephone() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    enrol(&office, &mut boris).await?;
    let link = office.invite_again(&boris).await?;
    let used = shown(&office);
    assert_eq!(join(&office, &link, None).await?, Err(RefusalCode::CodeNeeded));
    assert_eq!(join(&office, &link, Some("123456")).await?, Err(RefusalCode::CodeWrong));
    assert_eq!(join(&office, &link, Some(&used)).await?, Err(RefusalCode::CodeWrong), "it was used to enrol");
    office.clock.shift(Span::seconds(60));
    assert_eq!(join(&office, &link, Some(&shown(&office))).await?, Ok(()));
    Ok(())
}

#[tokio::test]
async fn five_wrong_codes_close_the_gate_for_a_quarter_of_an_hour() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    enrol(&office, &mut boris).await?;
    let link = office.invite_again(&boris).await?;
    office.clock.shift(Span::minutes(2));
    for _ in 0..5 {
        assert_eq!(join(&office, &link, Some("000000")).await?, Err(RefusalCode::CodeWrong));
    }
    assert_eq!(join(&office, &link, Some(&shown(&office))).await?, Err(RefusalCode::Busy));
    office.clock.shift(Span::minutes(15));
    assert_eq!(join(&office, &link, Some(&shown(&office))).await?, Ok(()));
    Ok(())
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_the_owner_can_forget_a_lost_telephone() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    enrol(&office, &mut boris).await?;
    let first = office.invite_again(&boris).await?;
    assert_eq!(join(&office, &first, Some("Kefir Lampa 17")).await?, Ok(()), "as people write it");
    let second = office.invite_again(&boris).await?;
    assert_eq!(join(&office, &second, Some("kefir-lampa-17")).await?, Err(RefusalCode::CodeWrong), "once");
    office.galina.must(OpBody::Totp(Op::Reset { person: boris.ready.person })).await?;
    assert_eq!(join(&office, &second, None).await?, Ok(()));
    Ok(())
}

#[tokio::test]
async fn the_owner_can_want_a_second_factor_of_everybody_in_the_firm_but_not_of_customers() -> TestResult {
    let mut office = Office::open().await?;
    office.galina.must(OpBody::Totp(Op::Require { staff: true })).await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let link = office.invite_again(&boris).await?;
    assert_eq!(join(&office, &link, None).await?, Err(RefusalCode::CodeNeeded), "he has none yet");
    enrol(&office, &mut boris).await?;
    let twice = boris.try_do(OpBody::Totp(Op::Enrol {
        secret: totp::base32(&[9; 20]),
        code: totp::shown(&[9; 20], office.clock.now()),
        recovery: Vec::new(),
    }));
    assert_eq!(twice.await?.map_err(|refusal| refusal.code), Err(RefusalCode::Invalid), "not over the one that is");
    office.clock.shift(Span::minutes(1));
    assert_eq!(join(&office, &link, Some(&shown(&office))).await?, Ok(()));
    let hers = anna.try_do(OpBody::Totp(Op::Drop { code: "000000".into() })).await?;
    assert_eq!(hers.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed), "customers have none");
    let theirs = boris.try_do(OpBody::Totp(Op::Require { staff: false })).await?.map_err(refused);
    assert!(theirs.is_err(), "nor does a specialist decide");
    Ok(())
}

/// Connects again with the same device.
async fn comes_back(boris: &Client, code: Option<&str>) -> TestResult<Result<(), RefusalCode>> {
    let back = Client::connect_with(&boris.link, boris.device.clone(), None, code).await?;
    Ok(back.map(drop).map_err(|refusal| refusal.code))
}

#[tokio::test]
async fn after_thirty_days_a_device_is_asked_again_and_gets_nothing_until_it_has_answered() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let anna = office.welcome("Анна Белова", Role::Customer).await?;
    office.clock.shift(Span::minutes(40 * 24 * 60));
    assert_eq!(comes_back(&boris, None).await?, Ok(()), "he has no second factor yet");
    boris = Client::connect(&boris.link.clone(), boris.device.clone(), None).await?;
    enrol(&office, &mut boris).await?;
    assert_eq!(comes_back(&boris, None).await?, Ok(()), "he has just typed a code here");

    office.clock.shift(Span::minutes(30 * 24 * 60 - 1));
    assert_eq!(comes_back(&boris, None).await?, Ok(()), "a minute too early");
    office.clock.shift(Span::minutes(1));
    assert_eq!(comes_back(&boris, None).await?, Err(RefusalCode::CodeNeeded));
    assert_eq!(comes_back(&anna, None).await?, Ok(()), "customers have no codes");
    assert_eq!(comes_back(&boris, Some("000000")).await?, Err(RefusalCode::CodeWrong));
    assert_eq!(comes_back(&boris, Some(&shown(&office))).await?, Ok(()));
    assert_eq!(comes_back(&boris, None).await?, Ok(()), "and is believed for a while again");
    Ok(())
}

#[tokio::test]
async fn wrong_codes_at_connecting_close_the_same_gate_as_at_joining() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    enrol(&office, &mut boris).await?;
    office.clock.shift(Span::minutes(30 * 24 * 60));
    for _ in 0..5 {
        assert_eq!(comes_back(&boris, Some("000000")).await?, Err(RefusalCode::CodeWrong));
    }
    assert_eq!(comes_back(&boris, Some(&shown(&office))).await?, Err(RefusalCode::Busy), "also for the right one");
    assert_eq!(comes_back(&boris, None).await?, Err(RefusalCode::CodeNeeded), "who types nothing loses nothing");
    office.clock.shift(Span::minutes(15));
    assert_eq!(comes_back(&boris, Some(&shown(&office))).await?, Ok(()));
    Ok(())
}

#[tokio::test]
async fn the_owner_says_after_how_many_days_and_never_is_never() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    enrol(&office, &mut boris).await?;
    let theirs = boris.try_do(OpBody::Totp(Op::Again { days: 0 })).await?.map_err(|refusal| refusal.code);
    assert_eq!(theirs.err(), Some(RefusalCode::NotAllowed), "a specialist does not decide");
    office.galina.must(OpBody::Totp(Op::Again { days: 7 })).await?;
    office.clock.shift(Span::minutes(7 * 24 * 60));
    assert_eq!(comes_back(&boris, None).await?, Err(RefusalCode::CodeNeeded));
    let mut galina = Client::connect(&office.galina.link.clone(), office.galina.device.clone(), None).await?;
    galina.must(OpBody::Totp(Op::Again { days: 0 })).await?;
    assert_eq!(comes_back(&boris, None).await?, Ok(()));
    let far = galina.try_do(OpBody::Totp(Op::Again { days: 3_650 })).await?.map_err(|refusal| refusal.code);
    assert_eq!(far.err(), Some(RefusalCode::TooLarge));
    Ok(())
}
