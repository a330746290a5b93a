//! Mail out, through a real Postfix (`tests/services/mail.sh`).

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use opora_domain::{
    Span,
    invite::Invite,
    mail::{Address, Choice, Server, Tls, Tongue},
    role::Role,
};
use opora_wire::{
    EventBody, OpBody, RefusalCode,
    mail::{Event, Op, Test, Tested},
};
use sqlx::{Connection, SqliteConnection};

use crate::office::{Client, DEADLINE, Office, TestResult, http, said};

/// A Postfix of this test alone; ended with it.
struct Postfix {
    folder: tempfile::TempDir,
    port: u16,
    password: String,
    ca: PathBuf,
}

impl Postfix {
    /// None where there is no root, which Postfix needs.
    fn start() -> TestResult<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let output =
            Command::new("bash").arg(script()).arg("start").arg(folder.path()).arg(port.to_string()).output()?;
        if output.status.code() == Some(77) {
            return Ok(None);
        }
        let said = String::from_utf8(output.stdout)?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let value =
            |name: &str| said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned);
        let (password, ca) = (value("PASSWORD").ok_or("a password")?, value("CA").ok_or("an authority")?.into());
        Ok(Some(Self { folder, port, password, ca }))
    }

    fn server(&self) -> TestResult<Server> {
        let from = Address::parse("desk@example.test")?;
        Ok(Server { host: "localhost".into(), port: self.port, tls: Tls::Upgrade, user: from.as_str().into(), from })
    }

    /// Everything that was delivered, as it lies in the mailbox.
    fn mailbox(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("mail/all")).unwrap_or_default()
    }

    /// Waits until so many letters were delivered.
    async fn delivered(&self, letters: usize) -> TestResult<String> {
        let all = async {
            loop {
                let mailbox = self.mailbox();
                if mailbox.matches("\nMessage-ID: ").count() >= letters {
                    return mailbox;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        // The desk may have looked just before the clock was moved; then it looks again after its real pause.
        Ok(tokio::time::timeout(DEADLINE * 4, all)
            .await
            .map_err(|_| format!("{letters} letters: {}", self.mailbox()))?)
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _ = Command::new("bash").arg(script()).arg("stop").arg(self.folder.path()).status();
    }
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/services/mail.sh")
}

async fn test(client: &Client, to: &str) -> TestResult<Result<Tested, u16>> {
    let url = format!("https://{}/v1/mail/test", Invite::parse(&client.link)?.address);
    let body = Test { to: Address::parse(to)?, tongue: Tongue::Ru };
    let answer = http(&client.link)?.post(url).bearer_auth(&client.ready.token).json(&body).send().await?;
    let status = answer.status().as_u16();
    Ok(if status == 200 { Ok(answer.json().await?) } else { Err(status) })
}

fn choice(address: &str, unread_after: Option<u32>) -> TestResult<OpBody> {
    let address = Some(Address::parse(address)?);
    Ok(OpBody::Mail(Op::Choose { choice: Choice { address, unread_after, ..Choice::default() } }))
}

fn set(server: Server, password: &str) -> OpBody {
    OpBody::Mail(Op::SetServer { server: Some(server), password: Some(password.into()) })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_go_through_a_real_mail_server_and_its_words_come_back() -> TestResult {
    let Some(postfix) = Postfix::start()? else {
        #[allow(clippy::print_stderr, reason = "a test that did not happen says so")]
        {
            eprintln!("NOT TESTED: Postfix needs root");
        }
        return Ok(());
    };
    let mut office = Office::open_with(|options| options.mail_ca = Some(postfix.ca.clone())).await?;
    assert_eq!(test(&office.galina, "galina@example.test").await?, Err(404), "there is no server yet");

    // The server's own words on failure.
    office.galina.must(set(postfix.server()?, "wrong")).await?;
    let wrong = test(&office.galina, "galina@example.test").await?.map_err(|status| format!("{status}"))?;
    assert!(!wrong.taken && wrong.said.contains("535"), "{wrong:?}");
    office.galina.must(set(postfix.server()?, &postfix.password)).await?;
    let good = test(&office.galina, "galina@example.test").await?.map_err(|status| format!("{status}"))?;
    assert!(good.taken, "{good:?}");
    let mailbox = postfix.delivered(1).await?;
    assert!(mailbox.contains("\nAuto-Submitted: auto-generated"), "{mailbox}");
    assert!(mailbox.contains("text/plain") && mailbox.contains("text/html"), "{mailbox}");

    // An answer that nobody has read.
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    assert_eq!(test(&boris, "boris@example.test").await?, Err(403), "only the owner tests");
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    anna.must(choice("anna@example.test", Some(10))?).await?;
    boris.must(OpBody::Say { conversation, draft: said(office.id(), "Перезапустите печать") }).await?;
    office.clock.shift(Span::minutes(9));
    boris.must(OpBody::Say { conversation, draft: said(office.id(), "Получилось?") }).await?;
    assert!(!postfix.mailbox().contains("anna@example.test"), "nine minutes are not ten");
    office.clock.shift(Span::minutes(2));
    let mailbox = postfix.delivered(2).await?;
    assert!(mailbox.contains("To: anna@example.test"), "{mailbox}");
    office.clock.shift(Span::minutes(60));
    assert!(!mailbox.contains("Перезапустите"), "no word of the talk is in a letter");

    // An invite: the link is in the letter and nowhere else afterwards.
    let link = office.invite("Олег Дроздов", Role::Customer).await?;
    let person = office.galina.until("Oleg", |event| match &event.body {
        EventBody::PersonInvited { person, name, .. } if name.starts_with("Олег") => Some(*person),
        _ => None,
    });
    let (person, tongue) = (person.await?, Tongue::En);
    let address = Address::parse("oleg@example.test")?;
    office.galina.must(OpBody::Mail(Op::SendInvite { person, address, tongue, link: link.clone() })).await?;
    let mailbox = postfix.delivered(3).await?;
    assert!(mailbox.contains("To: oleg@example.test"), "{mailbox}");
    let asked = anna.try_do(OpBody::Mail(Op::SendInvite {
        person,
        address: Address::parse("anna@example.test")?,
        tongue,
        link,
    }));
    assert_eq!(asked.await?.map_err(|refusal| refusal.code), Err(RefusalCode::NotAllowed));

    // An address that nobody has: given up at once, and said.
    anna.must(choice("gone@example.test", Some(1))?).await?;
    anna.must(OpBody::See { conversation, up_to: 5 }).await?;
    boris.must(OpBody::Say { conversation, draft: said(office.id(), "Ещё здесь?") }).await?;
    office.clock.shift(Span::minutes(2));
    let words = office.galina.until("the failure", |event| match &event.body {
        EventBody::Mail(Event::Failed { said, .. }) => Some(said.clone()),
        _ => None,
    });
    assert!(words.await?.contains("nobody of that name works here"));
    assert_eq!(postfix.mailbox().matches("\nMessage-ID: ").count(), 3, "one letter for a stretch of unread answers");

    let database = office.folder.path().join("desk.db");
    office.server.shutdown().await;
    let mut db = SqliteConnection::connect(&format!("sqlite:{}", database.display())).await?;
    let (kept,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM letters WHERE letter IS NOT NULL").fetch_one(&mut db).await?;
    assert_eq!(kept, 0, "what was sent or given up is wiped");
    db.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_letter_waits_for_a_mail_server_that_is_away_and_keeps_its_name() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let conversation = office.conversation(&mut anna, &mut boris).await?;
    // Nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let from = Address::parse("desk@example.test")?;
    let server = Server { host: "localhost".into(), port, tls: Tls::Never, user: String::new(), from };
    office.galina.must(set(server, "")).await?;
    anna.must(choice("anna@example.test", Some(1))?).await?;
    boris.must(OpBody::Say { conversation, draft: said(office.id(), "Готово") }).await?;
    let database = office.folder.path().join("desk.db");
    let mut db = SqliteConnection::connect(&format!("sqlite:{}", database.display())).await?;
    let mut tries: Vec<(Vec<u8>, i64)> = Vec::new();
    let deadline = tokio::time::Instant::now() + DEADLINE;
    while tries.len() < 3 {
        assert!(tokio::time::Instant::now() < deadline, "{tries:?}");
        office.clock.shift(Span::minutes(5));
        let row: Option<(Vec<u8>, i64, String)> =
            sqlx::query_as("SELECT id, attempts, state FROM letters").fetch_optional(&mut db).await?;
        if let Some((id, attempts, state)) = row
            && tries.last().is_none_or(|(_, last)| attempts > *last)
        {
            assert_eq!(state, "waiting");
            tries.push((id, attempts));
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(tries.windows(2).all(|pair| pair[0].0 == pair[1].0), "the message's name stays");
    db.close().await?;
    let bytes = [std::fs::read(&database)?, std::fs::read(database.with_extension("db-wal"))?].concat();
    let shows = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!shows("Не печатается счёт — вам ответили") && !shows("вам ответили"), "a waiting letter is sealed");
    Ok(())
}
