//! `opora-desk`: a desk as a program, its backups, and its doctor.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use opora_desk_server::{
    Server, ServerOptions,
    archive::{self, Manifest},
    doctor::{self, Level},
    keys,
};
use opora_domain::{
    KeyId, Span,
    api::{Card, Scope},
};
use opora_runtime::{Clock, Rng, logging};

/// Opora's desk: queue, conversations, files.
#[derive(Debug, Parser)]
#[command(name = "opora-desk", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a desk. Prints the owner's invite link until it is redeemed.
    Serve(Serve),
    /// Copy everything into one archive; the desk may run. Keep the archive as secret as the desk.
    Backup {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
        /// The archive; a new file.
        #[arg(long)]
        to: PathBuf,
    },
    /// Restore an archive into a new folder, after all of it was verified.
    Restore {
        /// The archive.
        #[arg(long)]
        from: PathBuf,
        /// The new folder.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
    },
    /// Keys of the API; the desk may run.
    ApiKey {
        #[command(subcommand)]
        command: ApiKey,
    },
    /// Look at a desk and say what is wrong: disk, database, clock, key, port.
    Doctor {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
        /// Where it listens.
        #[arg(long, env = "OPORA_DESK_LISTEN", default_value = "127.0.0.1:7443")]
        listen: SocketAddr,
    },
}

#[derive(Debug, Subcommand)]
enum ApiKey {
    /// Give out a key. Prints it once; it is kept nowhere.
    Make {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
        /// What it is for; stands as the author of what it does.
        #[arg(long)]
        name: String,
        /// What it may do, as tickets:read; once for each.
        #[arg(long = "scope", required = true)]
        scopes: Vec<Scope>,
        /// Days until it works no longer; for ever when they are not said.
        #[arg(long)]
        days: Option<u32>,
    },
    /// Print the authority (PEM) of the desk's TLS, for programs that come with a key.
    Authority {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
    },
    /// List keys.
    List {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
    },
    /// Take a key back, for ever.
    Revoke {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
        /// Its id, as in the list.
        #[arg(long)]
        key: KeyId,
    },
}

#[derive(Args, Debug)]
struct Serve {
    /// Folder with everything the desk keeps.
    #[arg(long, env = "OPORA_DESK_DATA")]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, env = "OPORA_DESK_LISTEN", default_value = "127.0.0.1:7443")]
    listen: SocketAddr,
    /// HOST:PORT that stands in invites; for a desk behind a router.
    #[arg(long, env = "OPORA_DESK_PUBLIC")]
    public_address: Option<String>,
    /// Certificate (PEM) of a further authority, for the firm's own mail server.
    #[arg(long, env = "OPORA_DESK_MAIL_CA")]
    mail_ca: Option<PathBuf>,
    /// Webhooks may go to private addresses and to this computer.
    #[arg(long, env = "OPORA_DESK_WEBHOOKS_INSIDE")]
    webhooks_inside: bool,
    /// Where STUN and TURN listen (UDP); by default the same port.
    #[arg(long, env = "OPORA_DESK_TURN")]
    turn: Option<SocketAddr>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Serve(serve) => run(serve).await?,
        Command::Backup { data, to } => {
            let made = archive::backup(&data, &to, Clock::system().now()).await?;
            say(&format!("{}: {}", to.display(), told(&made)));
        }
        Command::Restore { from, data } => {
            let restored = archive::restore(&from, &data, &Rng::system()).await?;
            say(&format!("{}: {}", data.display(), told(&restored)));
            say("Every client takes everything anew when this desk is started.");
            say(
                "Keys of the API, devices and second factors are as they were then: what was revoked since holds again.",
            );
        }
        Command::ApiKey { command } => api_key(command).await?,
        Command::Doctor { data, listen } => return Ok(examine(&data, listen).await),
    }
    Ok(ExitCode::SUCCESS)
}

async fn run(serve: Serve) -> anyhow::Result<()> {
    let Serve { data, listen, public_address, mail_ca, webhooks_inside, turn } = serve;
    logging::start(Some(&data.join("logs")), "opora-desk").context("logging")?;
    let options = ServerOptions { public_address, turn, webhooks_inside, mail_ca, ..ServerOptions::new(data, listen) };
    let server = Server::start(options).await.context("the desk could not start")?;
    tracing::info!(address = %server.address, "the desk runs");
    if let Some(invite) = &server.owner_invite {
        say(invite);
    }
    advise(&server.open_ports());
    opora_desk_server::stopped().await.context("signals")?;
    server.shutdown().await;
    Ok(())
}

async fn api_key(command: ApiKey) -> anyhow::Result<()> {
    match command {
        ApiKey::Make { data, name, scopes, days } => {
            let until = days.map(|days| Clock::system().now() + Span::minutes(i64::from(days) * 24 * 60));
            let (key, text) = keys::make(&data, Card { name, scopes: scopes.into_iter().collect(), until }).await?;
            say(&text);
            advise(&format!("This is key {key}. It is shown now and never again."));
        }
        ApiKey::Authority { data } => say(keys::authority(&data)?.trim_end()),
        ApiKey::List { data } => {
            let now = Clock::system().now();
            for key in keys::list(&data).await? {
                let scopes: Vec<&str> = key.card.scopes.iter().map(|scope| scope.name()).collect();
                let holds = if key.holds(now) { "holds" } else { "over " };
                say(&format!("{}  {holds}  {}  {}", key.id, scopes.join(","), key.card.name));
            }
        }
        ApiKey::Revoke { data, key } => keys::revoke(&data, key).await?,
    }
    Ok(())
}

fn told(manifest: &Manifest) -> String {
    let bytes: u64 = manifest.files.values().map(|file| file.size).sum();
    format!(
        "«{}», {} entries in the log, {} files, {bytes} bytes, all verified",
        manifest.firm,
        manifest.head,
        manifest.files.len()
    )
}

async fn examine(data: &Path, listen: SocketAddr) -> ExitCode {
    let findings = doctor::examine(data, listen, Clock::system().now()).await;
    for finding in &findings {
        let mark = match finding.level {
            Level::Good => "good",
            Level::Look => "look",
            Level::Bad => "BAD ",
        };
        say(&format!("{mark}  {}", finding.what));
    }
    if findings.iter().any(|finding| finding.level == Level::Bad) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

#[allow(clippy::print_stdout, reason = "what a person or script reads")]
fn say(line: &str) {
    println!("{line}");
}

/// Beside the one line that scripts read.
#[allow(clippy::print_stderr, reason = "what a person reads")]
fn advise(line: &str) {
    eprintln!("{line}");
}
