//! The program is killed at its worst moments; what Anna wrote arrives exactly once all the same.
//!
//! The killed program is a real one (`opora-headless`), the desk too.

mod office;

use std::process::Stdio;

use office::{DEADLINE, Office, Person};
use opora_client::Core;
use opora_domain::ConversationId;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

struct Headless {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Headless {
    fn start(profile: &std::path::Path, crash_at: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_opora-headless"));
        command.arg("--profile").arg(profile).args(["--key-store", "file", "lines"]);
        command.env("OPORA_CRASH_AT", crash_at).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().expect("the headless client starts");
        let input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped")).lines();
        Self { child, input, output }
    }

    async fn send(&mut self, name: &str, args: Value) {
        let line = format!("{}\n", json!({ "id": name, "name": name, "args": args }));
        self.input.write_all(line.as_bytes()).await.expect("it reads");
    }

    /// Reads what it writes until `found`; false when it ended before.
    async fn read_until(&mut self, found: impl Fn(&Value) -> bool) -> bool {
        let reading = async {
            while let Ok(Some(line)) = self.output.next_line().await {
                if found(&serde_json::from_str(&line).expect("JSON lines")) {
                    return true;
                }
            }
            false
        };
        tokio::time::timeout(DEADLINE, reading).await.expect("in time")
    }

    async fn dies(mut self) {
        let ended = tokio::time::timeout(DEADLINE, self.child.wait()).await.expect("it dies in time").expect("waited");
        assert!(!ended.success(), "killed, not ended");
    }
}

async fn killed_at(place: &str) {
    let office = Office::open().await;
    let (anna, boris) = (office.customer("Анна Белова").await, office.specialist("Борис Ким").await);
    let talk = office.talk(&anna, &boris).await;
    anna.say(talk, "до").await;
    boris.sees_texts(talk, &["до"]).await;
    // His answer comes after her own words in the stream: from then on only "во время" is still to come.
    boris.say(talk, "слышу").await;
    anna.sees_texts(talk, &["до", "слышу"]).await;
    let profile = anna.leave().await;

    let mut headless = Headless::start(profile.path(), place);
    let is_online = |line: &Value| line["event"]["body"]["link"]["is"] == "online";
    assert!(headless.read_until(is_online).await, "{place} is not met before she writes");
    headless.send("send_message", json!({ "conversation": talk, "text": "во время", "reply_to": null })).await;
    headless.dies().await;

    let core = Core::start(office::options(profile.path().to_path_buf())).await.expect("starts again");
    let anna = Person { name: "Анна Белова".into(), core, profile };
    anna.online().await;
    arrives_once(&anna, &boris, talk, place).await;
}

/// What was kept before the kill goes by itself; later words follow it, and nothing is there twice.
async fn arrives_once(anna: &Person, boris: &Person, talk: ConversationId, place: &str) {
    anna.say(talk, "после").await;
    let all = ["до", "слышу", "во время", "после"];
    boris.sees_texts(talk, &all).await;
    anna.sees_texts(talk, &all).await;
    anna.until("nothing waits", async |anna| (anna.app().await.waiting == 0).then_some(())).await;
    assert_eq!(boris.texts(talk).await, all, "killed at {place}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_after_the_message_was_kept() {
    killed_at("outbox.after_commit").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_when_it_was_about_to_be_sent() {
    killed_at("outbox.before_send").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_after_it_was_sent_before_the_answer() {
    killed_at("outbox.after_send").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_after_the_answer_before_it_was_noted() {
    killed_at("outbox.after_ack").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_before_and_after_its_event_was_stored() {
    killed_at("sync.before_said").await;
    killed_at("sync.after_said").await;
}
