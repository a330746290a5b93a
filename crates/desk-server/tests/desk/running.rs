//! What keeps a desk running: backups that can be restored, a doctor that sees, limits that hold.

use std::{path::Path, process::Command};

use base64::{Engine, engine::general_purpose::STANDARD};
use opora_desk_server::{
    Server, ServerOptions,
    archive::{self, ArchiveError},
    doctor::{self, Level},
};
use opora_domain::{Span, invite::Invite, message::Attachment, role::Role};
use opora_runtime::Rng;
use opora_wire::{OpBody, RefusalCode, Stream};

use crate::office::{Client, Office, TestResult, http, said};

/// Sends a small file up and shows it in the talk.
pub(crate) async fn share(
    client: &mut Client,
    draft: opora_domain::message::Draft,
    talk: opora_domain::ConversationId,
) -> TestResult<String> {
    let file = upload(client, b"1C:Enterprise base, 17 Mb in a pinch").await?;
    let hash = file.hash.clone();
    client
        .must(OpBody::Say { conversation: talk, draft: opora_domain::message::Draft { file: Some(file), ..draft } })
        .await?;
    Ok(hash)
}

/// Sends a file up.
pub(crate) async fn upload(client: &Client, bytes: &'static [u8]) -> TestResult<Attachment> {
    let hash = blake3::hash(bytes).to_hex().to_string();
    let base = format!("https://{}", Invite::parse(&client.link)?.address);
    let web = http(&client.link)?;
    let metadata = format!("name {}, hash {}", STANDARD.encode("base.dt"), STANDARD.encode(&hash));
    let begun = web.post(format!("{base}/v1/files")).bearer_auth(&client.ready.token).header("Tus-Resumable", "1.0.0");
    let begun = begun.header("Upload-Length", bytes.len()).header("Upload-Metadata", metadata).send().await?;
    let path = begun.headers()["location"].to_str()?.to_owned();
    let part = web.patch(format!("{base}{path}")).bearer_auth(&client.ready.token).header("Tus-Resumable", "1.0.0");
    let part = part.header("Upload-Offset", 0).header("Content-Type", "application/offset+octet-stream");
    assert_eq!(part.body(bytes).send().await?.status(), 204);
    let (name, mime) = ("base.dt".into(), "application/octet-stream".into());
    Ok(Attachment { hash, name, size: bytes.len() as u64, mime, picture: None })
}

async fn read(client: &Client, hash: &str) -> TestResult<u16> {
    let base = format!("https://{}", Invite::parse(&client.link)?.address);
    let asked = http(&client.link)?.get(format!("{base}/v1/blobs/{hash}")).bearer_auth(&client.ready.token);
    Ok(asked.send().await?.status().as_u16())
}

#[tokio::test]
async fn a_backup_of_a_running_desk_comes_back_whole_and_who_was_ahead_takes_everything_anew() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    let hash = share(&mut anna, said(office.id(), "Вот база"), conversation).await?;
    let place = tempfile::tempdir()?;
    let archive = place.path().join("monday.opora");

    let made = archive::backup(office.folder.path(), &archive, office.clock.now()).await?;
    assert_eq!((made.firm.as_str(), made.files.len()), ("Север-Софт", 4), "database, two keys, one file: {made:?}");
    let again = archive::backup(office.folder.path(), &archive, office.clock.now()).await;
    assert!(matches!(again, Err(ArchiveError::Exists(_))), "a backup is not overwritten: {again:?}");
    let later = office.id();
    boris.must(OpBody::Say { conversation, draft: said(later, "Сказано после копии") }).await?;
    anna.until("what came after the copy", |event| (event.id == later).then_some(())).await?;

    let Office { server, clock, folder, .. } = office;
    let address = server.address;
    server.shutdown().await;
    let full = archive::restore(&archive, folder.path(), &Rng::system()).await;
    assert!(matches!(full, Err(ArchiveError::NotEmpty(_))), "a desk is not overwritten: {full:?}");
    let restored = place.path().join("desk");
    assert_eq!(archive::restore(&archive, &restored, &Rng::system()).await?, made);
    let mut options = ServerOptions::new(&restored, address);
    options.clock = clock;
    let server = Server::start(options).await?;

    let ahead = (anna.ready.feed_epoch, anna.cursor);
    assert!(anna.cursor > made.head, "she has seen more than the copy holds");
    let (link, device) = (anna.link.clone(), anna.device.clone());
    drop(anna);
    let anna = Client::connect(&link, device, Some(ahead)).await?;
    assert_ne!(anna.ready.feed_epoch, ahead.0, "the feed is a new one");
    assert_eq!(
        anna.log.iter().filter(|event| event.stream == Stream::Conversation(conversation)).map(|event| event.seq).min(),
        Some(1)
    );
    assert!(anna.log.iter().all(|event| event.id != later), "what came after the copy is not at the desk");
    assert_eq!(read(&anna, &hash).await?, 200, "her file is");
    server.shutdown().await;
    Ok(())
}

#[tokio::test]
async fn a_backup_with_one_flipped_bit_restores_nothing() -> TestResult {
    let office = Office::open().await?;
    let place = tempfile::tempdir()?;
    let (archive, target) = (place.path().join("copy.opora"), place.path().join("desk"));
    archive::backup(office.folder.path(), &archive, office.clock.now()).await?;
    let whole = std::fs::read(&archive)?;
    // In the middle of the database; in its first header; in the manifest at the end.
    let manifest = whole.windows(8).rposition(|window| window == b"\"blake3\"").ok_or("the manifest names hashes")?;
    for at in [5_000, 100, manifest + 12] {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        std::fs::write(&archive, &damaged)?;
        let refused = archive::restore(&archive, &target, &Rng::system()).await;
        assert!(matches!(refused, Err(ArchiveError::Damaged(_) | ArchiveError::NotOurs)), "byte {at}: {refused:?}");
        assert!(!target.exists() && !place.path().join("desk.restoring").exists(), "byte {at}: nothing is left behind");
    }
    std::fs::write(&archive, &whole[..whole.len() / 2])?;
    assert!(archive::restore(&archive, &target, &Rng::system()).await.is_err(), "half of it");
    Ok(())
}

fn program(arguments: &[&str], paths: &[&Path]) -> TestResult<(bool, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opora-desk"));
    let mut paths = paths.iter();
    for argument in arguments {
        match *argument {
            "PATH" => command.arg(paths.next().ok_or("a path for each PATH")?),
            other => command.arg(other),
        };
    }
    let output = command.output()?;
    let said = format!("{}{}", String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    Ok((output.status.success(), said))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_backs_up_restores_and_examines() -> TestResult {
    let office = Office::open().await?;
    let place = tempfile::tempdir()?;
    let (archive, target) = (place.path().join("copy.opora"), place.path().join("desk"));
    let (good, said) = program(&["backup", "--data", "PATH", "--to", "PATH"], &[office.folder.path(), &archive])?;
    assert!(good && said.contains("«Север-Софт»"), "{said}");
    let (good, said) = program(&["restore", "--from", "PATH", "--data", "PATH"], &[&archive, &target])?;
    assert!(good && said.contains("all verified"), "{said}");
    let (good, said) = program(&["restore", "--from", "PATH", "--data", "PATH"], &[&archive, &target])?;
    assert!(!good && said.contains("is not empty"), "{said}");

    let listen = office.server.address.to_string();
    let (good, said) = program(&["doctor", "--listen", &listen, "--data", "PATH"], &[office.folder.path()])?;
    assert!(good, "{said}");
    for sentence in ["database is whole", "proves its key", "same port (UDP)", "clock is not behind"] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    let other = place.path().join("other");
    Server::start(ServerOptions::new(&other, "127.0.0.1:0".parse()?)).await?.shutdown().await;
    let stranger = doctor::examine(&other, office.server.address, office.clock.now()).await;
    assert!(
        stranger.iter().any(|one| one.level == Level::Bad && one.what.contains("Something else answers")),
        "{stranger:?}"
    );
    let slow = doctor::examine(office.folder.path(), office.server.address, opora_domain::Timestamp(1)).await;
    assert!(slow.iter().any(|one| one.level == Level::Bad && one.what.contains("minutes behind")), "{slow:?}");
    assert_eq!(
        office.server.open_ports(),
        format!("One port has to be open: {}, for TCP and UDP.", office.server.address.port())
    );
    Ok(())
}

#[tokio::test]
async fn a_guesser_of_invites_is_told_to_wait_and_a_minute_heals() -> TestResult {
    let office = Office::open().await?;
    let link = office.galina.link.clone();
    let base = format!("https://{}", Invite::parse(&link)?.address);
    let web = http(&link)?;
    let guess = async || -> TestResult<u16> {
        Ok(web.post(format!("{base}/v1/redeem")).body("{}").send().await?.status().as_u16())
    };
    let mut answers = Vec::new();
    for _ in 0..70 {
        answers.push(guess().await?);
    }
    assert_eq!(answers.first(), Some(&400), "nonsense at first");
    assert_eq!(answers.last(), Some(&429), "then it is told to wait");
    office.clock.shift(Span::minutes(1));
    assert_eq!(guess().await?, 400);
    Ok(())
}

#[tokio::test]
async fn a_device_that_connects_again_and_again_has_one_allowance() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let (mut answered, mut busy) = (0, None);
    while busy.is_none() && answered < 1_000 {
        for _ in 0..150 {
            match boris.fetch(Stream::Desk).await? {
                Ok(_) => answered += 1,
                Err(refusal) => busy = Some((refusal.code, refusal.retry)),
            }
        }
        boris = boris.reconnect().await?;
    }
    assert_eq!(busy, Some((RefusalCode::Busy, true)), "and may come again");
    assert!((400..600).contains(&answered), "{answered}");
    assert!(anna.fetch(Stream::Desk).await?.is_ok(), "others are not held up");
    office.clock.shift(Span::minutes(1));
    assert!(boris.fetch(Stream::Desk).await?.is_ok());
    Ok(())
}
