//! The handle of the whole client.

use std::sync::Arc;

use bytes::Bytes;
use opora_domain::{MessageId, SessionId};
use opora_ipc::{Command, CoreEvent, ErrorCode, UiError, contract::FilesDropped, shell::ShellRequest};
use opora_runtime::Tasks;
use serde_json::Value;
use tokio::sync::broadcast;

use crate::{options::CoreOptions, shot::Shots};

/// Events that a slow listener may be behind; one that is further behind is told so and asks anew.
const EVENTS: usize = 1024;

/// The client.
pub struct Core {
    options: CoreOptions,
    tasks: Tasks,
    events: broadcast::Sender<CoreEvent>,
    shell: broadcast::Sender<ShellRequest>,
    shots: Shots,
}

impl Core {
    /// Opens the profile and begins to connect. Needs a tokio runtime.
    ///
    /// # Errors
    /// When the profile is in use by another Opora, or its keys or files cannot be read.
    pub async fn start(options: CoreOptions) -> Result<Arc<Self>, UiError> {
        let (events, shell) = (broadcast::Sender::new(EVENTS), broadcast::Sender::new(EVENTS));
        Ok(Arc::new(Self { options, tasks: Tasks::new(), events, shell, shots: Shots::default() }))
    }

    /// Carries out a command that came from the window with this label.
    ///
    /// # Errors
    /// [`UiError`] when the command is unknown, does not make sense, or was refused.
    pub async fn call(self: &Arc<Self>, window: &str, name: &str, args: Value) -> Result<Value, UiError> {
        let _ = window;
        let command: Command = serde_json::from_value(serde_json::json!({ "name": name, "args": args }))
            .map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
        Err(UiError::permanent(ErrorCode::NotFound, format!("{command:?}")))
    }

    /// What changed, for the interface.
    pub fn events(&self) -> broadcast::Receiver<CoreEvent> {
        self.events.subscribe()
    }

    /// What the shell is asked for. Subscribe, then place the main window as [`Core::main_as`] says.
    pub fn shell(&self) -> broadcast::Receiver<ShellRequest> {
        self.shell.subscribe()
    }

    /// How the main window is placed now: `join`, `customer` or `workplace`.
    #[must_use]
    pub fn main_as(&self) -> String {
        "join".to_owned()
    }

    /// Encoded frames of a session after the one with this number; waits for one.
    ///
    /// # Errors
    /// When there is no such session.
    pub async fn frames(&self, session: SessionId, after: u64) -> Result<Bytes, UiError> {
        Err(UiError::permanent(ErrorCode::NotFound, format!("{session} {after}")))
    }

    /// A file that is here, with its media type.
    pub async fn blob(&self, message: MessageId) -> Option<(String, Bytes)> {
        let _ = message;
        None
    }

    /// A screenshot that was taken but not sent, as PNG.
    #[must_use]
    pub fn shot(&self, id: &str) -> Option<Bytes> {
        self.shots.png(id)
    }

    /// Files were dropped on a window.
    pub fn files_dropped(&self, window: &str, paths: Vec<String>) {
        let _ = self.events.send(CoreEvent::files_dropped(FilesDropped { window: window.to_owned(), paths }));
    }

    /// An invite link came from outside; it is shown, never redeemed by itself.
    pub fn propose_invite(self: &Arc<Self>, link: String) {
        let _ = link;
    }

    /// Ends all tasks and closes the files.
    pub async fn shutdown(&self) {
        tracing::info!(keys = ?self.options.key_store, "the client ends");
        self.tasks.shutdown().await;
    }
}
