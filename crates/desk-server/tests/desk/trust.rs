//! Who may what: invites, strangers, pins.

use ed25519_dalek::SigningKey;
use opora_domain::{invite::Invite, key::KeyHash, role::Role};
use opora_runtime::pin::is_wrong_desk;
use opora_wire::{EventBody, OpBody, RefusalCode, Stream};

use crate::office::{Client, Office, TestResult, http, redeem, refused, said};

#[tokio::test]
async fn an_invite_works_once_but_a_lost_answer_locks_nobody_out() -> TestResult {
    let mut office = Office::open().await?;
    let link = office.invite("Борис Ким", Role::Specialist).await?;
    let (device, thief) = (SigningKey::from_bytes(&office.rng.bytes()), SigningKey::from_bytes(&office.rng.bytes()));
    let first = redeem(&link, &device, None).await?.map_err(refused)?;
    let again = redeem(&link, &device, None).await?.map_err(refused)?;
    assert_eq!(first, again);
    assert_eq!((first.name.as_str(), first.organisation.as_str()), ("Борис Ким", "Север-Софт"));
    let stolen = redeem(&link, &thief, None).await?;
    assert_eq!(stolen.map_err(|refusal| refusal.code), Err(RefusalCode::InviteUsed));
    let unknown = Client::try_connect(&link, thief, None).await?;
    assert_eq!(unknown.err().map(|refusal| refusal.code), Some(RefusalCode::UnknownDevice));
    Ok(())
}

#[tokio::test]
async fn a_binding_by_another_key_admits_nobody() -> TestResult {
    let mut office = Office::open().await?;
    let link = office.invite("Анна Белова", Role::Customer).await?;
    let mut forged = Invite::parse(&link)?;
    forged.seed = office.rng.bytes();
    let device = SigningKey::from_bytes(&office.rng.bytes());
    let answer = redeem(&forged.to_string(), &device, None).await?;
    assert_eq!(answer.map_err(|refusal| refusal.code), Err(RefusalCode::InviteUnknown));
    Ok(())
}

#[tokio::test]
async fn oleg_reads_and_writes_nothing_of_annas_talk() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let id = office.id();
    boris.must(OpBody::Say { conversation, draft: said(id, "Секрет Анны") }).await?;
    anna.until("the message", |event| (event.id == id).then_some(())).await?;

    for stream in [Stream::Conversation(conversation), Stream::Staff, Stream::Person(anna.ready.person)] {
        let fetched = oleg.fetch(stream).await?;
        assert_eq!(fetched.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed), "{stream}");
    }
    let wrote = oleg.try_do(OpBody::Say { conversation, draft: said(office.id(), "?") }).await?;
    assert_eq!(wrote.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));
    let made = oleg.try_do(OpBody::MakeLine { line: office.line, name: "Моя".into() }).await?;
    assert_eq!(made.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));
    let oleg = oleg.reconnect().await?;
    assert!(oleg.log.is_empty(), "nothing of it was his to read: {:?}", oleg.log);
    Ok(())
}

#[tokio::test]
async fn another_desk_at_the_address_is_refused_and_recognised() -> TestResult {
    let mut office = Office::open().await?;
    let mut invite = Invite::parse(&office.invite("Анна Белова", Role::Customer).await?)?;
    invite.desk = KeyHash([7; 16]);
    let link = invite.to_string();
    let error = http(&link)?.get(format!("https://{}/healthz", invite.address)).send().await;
    let error = error.expect_err("it is not the desk of this link");
    assert!(is_wrong_desk(&error), "{error:?}");
    let device = SigningKey::from_bytes(&office.rng.bytes());
    let error = Client::try_connect(&link, device, None).await.err().ok_or("the link is refused too")?;
    assert!(is_wrong_desk(error.as_ref()), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_desk_restored_from_an_older_copy_begins_its_feed_anew() -> TestResult {
    let office = Office::open().await?;
    let Office { server, mut galina, folder, clock, rng, line, .. } = office;
    let (address, database) = (server.address, folder.path().join("desk.db"));
    let options = || -> opora_desk_server::ServerOptions {
        let mut options = opora_desk_server::ServerOptions::new(folder.path(), address);
        (options.clock, options.rng) = (clock.clone(), rng.clone());
        options
    };
    server.shutdown().await;
    let copy = std::fs::read(&database)?;
    let server = opora_desk_server::Server::start(options()).await?;
    let from = Some((galina.ready.feed_epoch, galina.cursor));
    galina = Client::connect(&galina.link, galina.device, from).await?;
    galina.must(OpBody::MakeLine { line, name: "Вторая линия".into() }).await?;
    let renamed = |event: &opora_wire::Event| matches!(event.body, EventBody::LineMade { .. }).then_some(());
    galina.until("the new name", renamed).await?;
    server.shutdown().await;
    std::fs::write(&database, copy)?;

    let server = opora_desk_server::Server::start(options()).await?;
    let (epoch, cursor) = (galina.ready.feed_epoch, galina.cursor);
    let galina = Client::connect(&galina.link, galina.device, Some((epoch, cursor))).await?;
    assert_ne!(galina.ready.feed_epoch, epoch);
    let first = galina.log.first().map(|event| event.gseq);
    assert_eq!(first, Some(1), "everything comes once more");
    server.shutdown().await;
    Ok(())
}

#[tokio::test]
async fn a_desk_started_again_is_the_same_desk_and_has_no_owners_invite() -> TestResult {
    let office = Office::open().await?;
    let (key, galina, folder) = (office.server.desk_key, office.galina, office.folder);
    let (address, rng, clock) = (office.server.address, office.rng, office.clock);
    office.server.shutdown().await;
    let mut options = opora_desk_server::ServerOptions::new(folder.path(), address);
    (options.clock, options.rng) = (clock, rng);
    let server = opora_desk_server::Server::start(options).await?;
    assert_eq!(server.desk_key, key);
    assert_eq!(server.owner_invite, None);
    let mut galina =
        Client::connect(&galina.link, galina.device, Some((galina.ready.feed_epoch, galina.cursor))).await?;
    assert!(galina.log.is_empty(), "the same feed, and nothing new");
    let desk = galina.fetch(Stream::Desk).await?.map_err(refused)?;
    assert_eq!(desk.len(), 2, "the desk's name and its line");
    Ok(())
}
