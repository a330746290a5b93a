//! The program itself, killed and started again.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use ed25519_dalek::SigningKey;
use opora_domain::{LineId, PersonId, Timestamp};
use opora_runtime::Rng;
use opora_wire::{EventBody, OpBody};

use crate::office::{Client, TestResult, found, redeem, refused};

struct Program {
    child: Child,
    link: String,
}

impl Program {
    /// Starts the program and reads its one line.
    fn start(data: &Path, listen: &str) -> TestResult<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_opora-desk"))
            .args(["serve", "--listen", listen, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut link = String::new();
        let stdout = child.stdout.take().ok_or("it has a standard output")?;
        BufReader::new(stdout).read_line(&mut link)?;
        Ok(Self { child, link: link.trim().to_owned() })
    }

    fn kill(&mut self) -> TestResult {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Runs the program and answers what it prints.
fn output(words: &[&str], data: &Path) -> TestResult<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_opora-desk")).args(words).arg("--data").arg(data).output()?;
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[tokio::test]
async fn a_key_from_the_command_line_opens_the_running_desk_until_it_is_revoked() -> TestResult {
    let folder = tempfile::tempdir()?;
    let desk = Program::start(folder.path(), "127.0.0.1:0")?;
    let address = opora_domain::invite::Invite::parse(&desk.link)?.address;
    let key = output(&["api-key", "make", "--name", "Мониторинг", "--scope", "organisations:read"], folder.path())?;
    let listed = output(&["api-key", "list"], folder.path())?;
    assert!(listed.contains("Мониторинг") && listed.contains("holds") && !listed.contains(&key), "{listed}");
    let web = crate::office::http(&desk.link)?;
    let call = async || {
        let answer = web.get(format!("https://{address}/api/v1/organisations")).bearer_auth(&key).send().await?;
        TestResult::Ok(answer.status().as_u16())
    };
    assert_eq!(call().await?, 200);
    let id = listed.split_whitespace().next().ok_or("an id")?;
    output(&["api-key", "revoke", "--key", id], folder.path())?;
    assert_eq!(call().await?, 401);
    assert!(output(&["api-key", "authority"], folder.path())?.starts_with("-----BEGIN CERTIFICATE-----"));
    Ok(())
}

#[tokio::test]
async fn a_killed_desk_prints_its_invite_again_and_has_lost_nothing() -> TestResult {
    let folder = tempfile::tempdir()?;
    let mut first = Program::start(folder.path(), "127.0.0.1:0")?;
    first.kill()?;
    let address = opora_domain::invite::Invite::parse(&first.link)?.address;
    let second = Program::start(folder.path(), &address)?;
    assert_eq!(second.link, first.link, "nobody has redeemed it");

    let (rng, link) = (Rng::system(), second.link.clone());
    let (organisation, device) = (SigningKey::from_bytes(&rng.bytes()), SigningKey::from_bytes(&rng.bytes()));
    let founding = found(&link, &organisation, PersonId(rng.uuid_v7(Timestamp(1))))?;
    redeem(&link, &device, Some(founding)).await?.map_err(refused)?;
    let mut galina = Client::connect(&link, device.clone(), None).await?;
    let line = LineId(rng.uuid_v7(Timestamp(1)));
    galina.must(OpBody::MakeLine { line, name: "Первая линия".into() }).await?;
    drop(second);

    let mut third = Command::new(env!("CARGO_BIN_EXE_opora-desk"));
    third.args(["serve", "--listen", &address, "--data"]).arg(folder.path()).stdout(Stdio::null());
    let third = Program { child: third.spawn()?, link: String::new() };
    let again = async {
        loop {
            match Client::connect(&link, device.clone(), None).await {
                Ok(client) => return client,
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            }
        }
    };
    let mut galina = tokio::time::timeout(crate::office::DEADLINE, again).await?;
    let made = |event: &opora_wire::Event| match &event.body {
        EventBody::LineMade { line: made, .. } => Some(*made),
        _ => None,
    };
    assert_eq!(galina.until("the line", made).await?, line);
    drop(third);
    Ok(())
}
