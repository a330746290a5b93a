//! Mail out, through a real Postfix (`tests/services/mail.sh`).

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use mail_parser::MessageParser;
use opora_domain::{
    Span,
    invite::Invite,
    mail::{Address, Choice, Server, TicketLetters, Tls, Tongue},
    role::Role,
};
use opora_wire::{
    EventBody, OpBody, RefusalCode,
    mail::{Event, Op, Test, Tested},
};
use sqlx::{Connection, SqliteConnection};

use crate::{
    office::{Client, DEADLINE, Office, TestResult, http, said},
    tickets::{draft, say},
};

/// What a person reads of a letter.
struct Letter {
    subject: String,
    text: String,
}

/// A Postfix of this test alone, with mailboxes behind it; ended with it.
struct Postfix {
    folder: tempfile::TempDir,
    port: u16,
    imap: u16,
    password: String,
    ca: PathBuf,
}

impl Postfix {
    /// None where there is no root, which Postfix needs.
    fn start() -> TestResult<Option<Self>> {
        let folder = tempfile::tempdir()?;
        // Both at once, so that they differ.
        let listeners = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let [port, imap] = [listeners[0].local_addr()?.port(), listeners[1].local_addr()?.port()];
        drop(listeners);
        let ports = [port, imap].map(|port| port.to_string());
        let output = Command::new("bash").arg(script()).arg("start").arg(folder.path()).args(ports).output()?;
        if output.status.code() == Some(77) {
            return Ok(None);
        }
        let said = String::from_utf8(output.stdout)?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let value =
            |name: &str| said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned);
        let (password, ca) = (value("PASSWORD").ok_or("a password")?, value("CA").ok_or("an authority")?.into());
        Ok(Some(Self { folder, port, imap, password, ca }))
    }

    fn server(&self) -> TestResult<Server> {
        let from = Address::parse("desk@example.test")?;
        Ok(Server { host: "localhost".into(), port: self.port, tls: Tls::Upgrade, user: from.as_str().into(), from })
    }

    /// Everything that was delivered, as it lies in the mailboxes.
    fn mailbox(&self) -> String {
        let below = |path: PathBuf| std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
        let boxes = below(self.folder.path().join("mail"));
        let letters = boxes.flat_map(|mailbox| below(mailbox.join("new")).chain(below(mailbox.join("cur"))));
        letters.filter_map(|letter| std::fs::read_to_string(letter).ok()).collect()
    }

    /// The newest letter in somebody's mailbox, as a mail program fetches it.
    fn fetched(&self, user: &str) -> TestResult<Letter> {
        let url = format!("imap://127.0.0.1:{}/INBOX;MAILINDEX=*", self.imap);
        let login = format!("{user}:{}", self.password);
        let output = Command::new("curl").args(["--silent", "--show-error", "--user", &login, &url]).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let letter = MessageParser::default().parse(&output.stdout).ok_or("a letter")?;
        let text = letter.body_text(0).ok_or("a text")?.into_owned();
        Ok(Letter { subject: letter.subject().ok_or("a subject")?.to_owned(), text })
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

#[allow(clippy::print_stderr, reason = "a test that did not happen says so")]
fn not_tested() {
    eprintln!("NOT TESTED: Postfix needs root");
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
        not_tested();
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_tickets_is_one_letter_in_a_real_mailbox() -> TestResult {
    let Some(postfix) = Postfix::start()? else {
        not_tested();
        return Ok(());
    };
    let mut office = Office::open_with(|options| options.mail_ca = Some(postfix.ca.clone())).await?;
    office.galina.must(set(postfix.server()?, &postfix.password)).await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let tickets = TicketLetters::Daily { minute: 18 * 60 };
    let address = Some(Address::parse("anna@example.test")?);
    let choice = Choice { address, tongue: Tongue::Ru, unread_after: None, tickets, ..Choice::default() };
    anna.must(OpBody::Mail(Op::Choose { choice })).await?;
    let (solved, asked) = (draft(office.id()), draft(office.id()));
    let (first, second) = (solved.id, asked.id);
    for draft in [solved, asked] {
        anna.must(OpBody::MakeTicket { draft }).await?;
    }
    boris.must(say(&office, first, "Пароль Ландыш-17 подошёл", false).1).await?;
    boris.must(say(&office, second, "Какая версия?", false).1).await?;
    boris.must(say(&office, second, "И какая база?", false).1).await?;
    office.clock.shift(Span::minutes(24 * 60));
    postfix.delivered(1).await?;

    let letter = postfix.fetched("anna@example.test")?;
    assert_eq!(letter.subject, "Север-Софт: ваши заявки за день");
    let lines: Vec<&str> = letter.text.lines().filter(|line| line.starts_with("Заявка")).collect();
    let said = ["есть новое сообщение", "2 новых сообщения"];
    let expected = [1, 2].map(|number| format!("Заявка № {number} «Не печатает счёт»: {}.", said[number - 1]));
    assert_eq!(lines, expected);
    assert!(!letter.text.contains("Ландыш"), "no word of what was said");
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
