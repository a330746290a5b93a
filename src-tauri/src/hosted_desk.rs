//! A desk inside this program ("Start a desk on this computer"). It lives as long as the program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use opora_client::options::BoxFuture;
use opora_client::{DeskHost, HostedDesk};
use opora_desk_server::{Server, ServerOptions, StartError};
use opora_ipc::{ErrorCode, UiError};
use tokio::sync::Mutex;

/// Where a desk listens when the person names no address: this computer only.
const LISTEN: &str = "127.0.0.1:7443";

/// Starts the desk and keeps it. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct OwnDesk(Arc<Mutex<Option<Server>>>);

impl OwnDesk {
    /// Ends the desk, if one runs.
    pub(crate) async fn shutdown(&self) {
        if let Some(server) = self.0.lock().await.take() {
            server.shutdown().await;
        }
    }

    async fn start_or_say(&self, data: PathBuf, listen: String) -> Result<HostedDesk, UiError> {
        let mut running = self.0.lock().await;
        if running.is_none() {
            let listen = if listen.trim().is_empty() { LISTEN } else { listen.trim() };
            let listen: SocketAddr =
                listen.parse().map_err(|error| UiError::permanent(ErrorCode::DeskNotStarted, error))?;
            *running = Some(Server::start(ServerOptions::new(data, listen)).await.map_err(refuse)?);
        }
        running.as_ref().map(told).ok_or_else(|| UiError::permanent(ErrorCode::DeskNotStarted, "it ended"))
    }
}

impl DeskHost for OwnDesk {
    fn start(&self, data: PathBuf, listen: String) -> BoxFuture<Result<HostedDesk, UiError>> {
        let own = self.clone();
        Box::pin(async move { own.start_or_say(data, listen).await })
    }
}

fn told(server: &Server) -> HostedDesk {
    HostedDesk { address: server.public_address.clone(), owner_invite: server.owner_invite.clone() }
}

fn refuse(error: StartError) -> UiError {
    // Another address, or the other desk gone, and the same goes well.
    let again = matches!(error, StartError::Listen { .. } | StartError::InUse);
    UiError { code: ErrorCode::DeskNotStarted, message: error.to_string(), retry: again }
}
