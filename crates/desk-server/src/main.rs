//! `opora-desk serve`: a desk as a program.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};
use opora_desk_server::{Server, ServerOptions};
use opora_runtime::logging;

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
    Serve {
        /// Folder with everything the desk keeps.
        #[arg(long, env = "OPORA_DESK_DATA")]
        data: PathBuf,
        /// Where to listen.
        #[arg(long, env = "OPORA_DESK_LISTEN", default_value = "127.0.0.1:7443")]
        listen: SocketAddr,
        /// HOST:PORT that stands in invites; for a desk behind a router.
        #[arg(long, env = "OPORA_DESK_PUBLIC")]
        public_address: Option<String>,
        /// Where STUN and TURN listen (UDP); by default the next port.
        #[arg(long, env = "OPORA_DESK_TURN")]
        turn: Option<SocketAddr>,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Command::Serve { data, listen, public_address, turn } = Arguments::parse().command;
    logging::start(Some(&data.join("logs")), "opora-desk").context("logging")?;
    let options = ServerOptions { public_address, turn, ..ServerOptions::new(data, listen) };
    let server = Server::start(options).await.context("the desk could not start")?;
    tracing::info!(address = %server.address, "the desk runs");
    if let Some(invite) = &server.owner_invite {
        announce(invite);
    }
    opora_desk_server::stopped().await.context("signals")?;
    server.shutdown().await;
    Ok(())
}

#[allow(clippy::print_stdout, reason = "the one line that a person or script reads")]
fn announce(invite: &str) {
    println!("{invite}");
}
