//! The client without windows, for tests, robots and the command line.
//!
//! `opora-headless --profile DIR lines` reads commands as JSON lines from the standard input
//! (`{"id": 1, "name": "app", "args": {}}`, with `"window"` for those that belong to one) and
//! writes answers (`{"id": 1, "ok": …}` or `{"id": 1, "error": …}`), events (`{"event": …}`) and
//! requests to the shell (`{"shell": …}`). The other commands do one thing and end.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand, ValueEnum};
use opora_client::{Core, CoreOptions, status::Status};
use opora_ipc::app::KeyStore;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

/// How long a single command waits for the desk.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Parser)]
#[command(about = "Opora without windows", version)]
struct Args {
    /// The profile's folder.
    #[arg(long, env = "OPORA_PROFILE")]
    profile: PathBuf,
    /// Where keys are kept; heeded at the first start.
    #[arg(long, value_enum, default_value = "keyring", env = "OPORA_KEY_STORE")]
    key_store: Store,
    /// The display whose screen may be shown, like `:0`.
    #[arg(long, env = "DISPLAY")]
    display: Option<String>,
    /// Media may use loopback addresses.
    #[arg(long)]
    loopback: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Copy, ValueEnum)]
enum Store {
    Keyring,
    File,
}

#[derive(Subcommand)]
enum What {
    /// Redeem an invite.
    Join {
        /// The link.
        link: String,
        /// One's name, in the owner's first invite.
        #[arg(long, default_value = "")]
        name: String,
        /// The firm's name, in the owner's first invite.
        #[arg(long, default_value = "")]
        firm: String,
    },
    /// Ask for help.
    Ask {
        /// What is wrong.
        description: String,
        /// Name of the line; the first one when absent.
        #[arg(long)]
        line: Option<String>,
    },
    /// Write in a conversation; in the newest one when none is named.
    Say {
        /// The text.
        text: String,
        /// Which conversation.
        #[arg(long)]
        conversation: Option<String>,
    },
    /// Print who one is, the link, and what waits.
    Status,
    /// Read commands as JSON lines until the input ends.
    Lines,
}

#[tokio::main]
async fn main() -> Result<()> {
    let Args { profile, key_store, display, loopback, what } = Args::parse();
    // Without logs the program still works.
    let _ = opora_runtime::logging::start(Some(&profile.join("logs")), "opora-headless");
    let key_store = match key_store {
        Store::Keyring => KeyStore::Keyring,
        Store::File => KeyStore::File,
    };
    let options = CoreOptions { key_store, display, loopback, opener: false, ..CoreOptions::new(profile) };
    let core = Core::start(options).await.context("the client cannot start")?;
    let done = match what {
        What::Lines => lines(&core).await,
        what => once(&core, what).await,
    };
    core.shutdown().await;
    done
}

async fn once(core: &Arc<Core>, what: What) -> Result<()> {
    let answer = match what {
        What::Join { link, name, firm } => {
            let answer = call(core, "join", json!({ "link": link, "name": name, "firm": firm })).await?;
            online(core).await?;
            answer
        }
        What::Ask { description, line } => {
            online(core)
                .await
                .or_else(|_| if core.main_as() == "join" { bail!("there is no account") } else { Ok(()) })?;
            let home = call(core, "home", json!({})).await?;
            let lines = home["lines"].as_array().context("no lines")?;
            let line = lines.iter().find(|one| line.as_ref().is_none_or(|name| one["name"] == **name));
            let line = line.context("no such line")?["id"].clone();
            let ask = json!({
                "line": line, "class": "error", "program": { "name": "", "release": "" },
                "description": description, "facts": [], "shot": null
            });
            let answer = call(core, "send_ask", ask).await?;
            delivered(core).await?;
            answer
        }
        What::Say { text, conversation } => {
            let conversation = match conversation {
                Some(id) => Value::from(id),
                None => {
                    let rows = call(core, "conversations", json!({})).await?;
                    rows.get(0).context("there is no conversation")?["id"].clone()
                }
            };
            let args = json!({ "conversation": conversation, "text": text, "reply_to": null });
            let answer = call(core, "send_message", args).await?;
            delivered(core).await?;
            answer
        }
        What::Status => {
            // What is known without the desk is worth printing, too.
            let _ = online(core).await;
            call(core, "app", json!({})).await?
        }
        What::Lines => return Ok(()),
    };
    print(&answer).await
}

async fn call(core: &Arc<Core>, name: &str, args: Value) -> Result<Value> {
    Ok(core.call("main", name, args).await?)
}

async fn online(core: &Arc<Core>) -> Result<()> {
    let mut status = core.status();
    let online = status.wait_for(|status| matches!(status, Status::Online(_)));
    tokio::time::timeout(PATIENCE, online).await.context("the desk does not answer")??;
    Ok(())
}

/// Waits until nothing waits here, or says that it will go later.
async fn delivered(core: &Arc<Core>) -> Result<()> {
    let mut events = core.events();
    let waiting = async {
        while call(core, "app", json!({})).await?["waiting"] != 0 {
            let _ = events.recv().await;
        }
        anyhow::Ok(())
    };
    match tokio::time::timeout(PATIENCE, waiting).await {
        Ok(done) => done,
        Err(_) => bail!("kept here; it goes when the desk answers"),
    }
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    window: Option<String>,
    name: String,
    #[serde(default)]
    args: Value,
}

async fn lines(core: &Arc<Core>) -> Result<()> {
    let (mut events, mut shell) = (core.events(), core.shell());
    let mut input = BufReader::new(tokio::io::stdin()).lines();
    let mut calls = tokio::task::JoinSet::new();
    print(&json!({ "ready": core.main_as() })).await?;
    loop {
        tokio::select! {
            line = input.next_line() => {
                let Some(line) = line? else { break };
                let core = Arc::clone(core);
                calls.spawn(async move { answer(&core, &line).await });
            }
            Some(done) = calls.join_next(), if !calls.is_empty() => print(&done?).await?,
            Ok(event) = events.recv() => print(&json!({ "event": event })).await?,
            Ok(request) = shell.recv() => print(&json!({ "shell": request })).await?,
        }
    }
    while let Some(done) = calls.join_next().await {
        print(&done?).await?;
    }
    Ok(())
}

async fn answer(core: &Arc<Core>, line: &str) -> Value {
    let Line { id, window, name, args } = match serde_json::from_str(line) {
        Ok(line) => line,
        Err(error) => {
            return json!({ "id": null, "error": { "code": "internal", "message": error.to_string(), "retry": false } });
        }
    };
    match core.call(window.as_deref().unwrap_or("main"), &name, args).await {
        Ok(reply) => json!({ "id": id, "ok": reply }),
        Err(error) => json!({ "id": id, "error": error }),
    }
}

async fn print(value: &Value) -> Result<()> {
    let mut out = tokio::io::stdout();
    out.write_all(format!("{value}\n").as_bytes()).await?;
    Ok(out.flush().await?)
}
