//! The handle of the whole client.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use bytes::Bytes;
use opora_domain::{MessageId, OpId, PublicKey, SessionId, role::Role};
use opora_history::{Blobs, Cache, HistoryError, ProfileLock, Vault, vault::PROFILE};
use opora_ipc::{CoreEvent, ErrorCode, UiError, app::AppView, contract::FilesDropped, shell::ShellRequest};
use opora_runtime::{Clock, Rng, Tasks, tasks::Task};
use serde_json::Value;
use tokio::sync::{Notify, broadcast, watch};

use crate::{
    bringing::Bringing,
    commands,
    keys::{KeyError, Keys},
    office::CoreOffice,
    options::CoreOptions,
    refusal::local,
    session::Sessions,
    shot::Shots,
    state::{Settings, State},
    status::Status,
};

/// Events that a slow listener may be behind; one that is further behind is told so and asks anew.
const EVENTS: usize = 1024;

/// The client.
pub struct Core {
    pub(crate) options: CoreOptions,
    pub(crate) tasks: Arc<Tasks>,
    pub(crate) keys: Keys,
    pub(crate) vault: Vault,
    pub(crate) cache: Cache,
    pub(crate) blobs: Blobs,
    pub(crate) shots: Shots,
    pub(crate) status: watch::Sender<Status>,
    /// The outbox has something new.
    pub(crate) bell: Notify,
    /// Lines of conversations go out one change after the other: they carry no `rev`.
    pub(crate) publishing: tokio::sync::Mutex<()>,
    /// The outbox is read and shown by one at a time: an older reading must not replace a newer one.
    pub(crate) refreshing: tokio::sync::Mutex<()>,
    /// The presence is declared by one at a time: what the person says last must be said last.
    pub(crate) declaring: tokio::sync::Mutex<()>,
    /// Counts what sync has applied.
    pub(crate) heard: watch::Sender<u64>,
    /// Invites, a table, asks: what is held while people are brought in.
    pub(crate) bringing: Bringing,
    /// Itself, for tasks that it starts.
    pub(crate) me: std::sync::Weak<Self>,
    /// The owner's lists are shown again soon.
    pub(crate) people_due: std::sync::atomic::AtomicBool,
    /// Remote sessions; set once the core is there.
    pub(crate) sessions: OnceLock<Sessions>,
    /// Tasks of the present account.
    pub(crate) running: Mutex<Vec<Task>>,
    state: Mutex<State>,
    rev: AtomicU64,
    events: broadcast::Sender<CoreEvent>,
    shell: broadcast::Sender<ShellRequest>,
    lock: Mutex<Option<ProfileLock>>,
}

impl Core {
    /// Opens the profile and begins to connect. Needs a tokio runtime.
    ///
    /// # Errors
    /// When the profile is in use by another Opora, or its keys or files cannot be read.
    pub async fn start(options: CoreOptions) -> Result<Arc<Self>, UiError> {
        let lock = ProfileLock::take(&options.profile).map_err(local_start)?;
        let now = options.clock.now();
        let keys = open_keys(&options).await?;
        let vault = Vault::open(&options.profile, now).await.map_err(local)?;
        let cache = Cache::open(&options.profile, now).await.map_err(local)?;
        let blobs = Blobs::open(&options.profile).map_err(local)?;
        let kept = vault.settings(PROFILE).await.map_err(local)?;
        let settings = Settings::read(&kept, options.language);
        let core = Arc::new_cyclic(|me| Self {
            me: std::sync::Weak::clone(me),
            options,
            tasks: Arc::new(Tasks::new()),
            keys,
            vault,
            cache,
            blobs,
            shots: Shots::default(),
            status: watch::Sender::new(Status::Idle),
            bell: Notify::new(),
            publishing: tokio::sync::Mutex::new(()),
            refreshing: tokio::sync::Mutex::new(()),
            declaring: tokio::sync::Mutex::new(()),
            heard: watch::Sender::new(0),
            bringing: Bringing::default(),
            people_due: std::sync::atomic::AtomicBool::new(false),
            sessions: OnceLock::new(),
            running: Mutex::default(),
            state: Mutex::new(State::new(settings)),
            rev: AtomicU64::new(0),
            events: broadcast::Sender::new(EVENTS),
            shell: broadcast::Sender::new(EVENTS),
            lock: Mutex::new(Some(lock)),
        });
        core.sessions.get_or_init(|| Sessions::start(CoreOffice::of(&core)));
        let accounts = core.vault.accounts().await.map_err(local)?;
        let current = kept.get("account").and_then(|id| id.parse::<i64>().ok());
        let chosen = accounts.iter().position(|(id, _)| Some(id.0) == current).or(accounts.len().checked_sub(1));
        if let Some((id, account)) = chosen.and_then(|index| accounts.into_iter().nth(index)) {
            core.begin_account(id, account).await?;
        }
        core.host_again(&kept);
        Ok(core)
    }

    /// Carries out a command that came from the window with this label.
    ///
    /// # Errors
    /// [`UiError`] when the command is unknown, does not make sense, or was refused.
    pub async fn call(self: &Arc<Self>, window: &str, name: &str, args: Value) -> Result<Value, UiError> {
        commands::call(self, window, name, args).await
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
        let state = self.state();
        let role = state.account.as_ref().map(|(_, account)| account.role);
        match role {
            None => "join",
            Some(Role::Customer) => "customer",
            Some(Role::Specialist | Role::Supervisor | Role::Owner | Role::Vendor) => "workplace",
        }
        .to_owned()
    }

    /// Encoded frames of a session after the one with this number; waits for one.
    ///
    /// # Errors
    /// When there is no such session.
    pub async fn frames(&self, session: SessionId, after: u64) -> Result<Bytes, UiError> {
        let sessions = self.sessions.get().ok_or_else(|| UiError::temporary(ErrorCode::SessionLost, "starting"))?;
        sessions.frames(session, after).await
    }

    /// A file that is here, with its media type.
    pub async fn blob(&self, message: MessageId) -> Option<(String, Bytes)> {
        let attachment = self.attachment(message).await?;
        let blobs = self.blobs.clone();
        let read =
            tokio::task::spawn_blocking(move || blobs.read(&attachment.hash).map(|bytes| (attachment.mime, bytes)));
        let (mime, bytes) = read.await.ok()?.ok()?;
        Some((mime, bytes.into()))
    }

    /// A screenshot that was taken but not sent, as PNG.
    #[must_use]
    pub fn shot(&self, id: &str) -> Option<Bytes> {
        self.shots.png(id)
    }

    /// Files were dropped on a window.
    pub fn files_dropped(&self, window: &str, paths: Vec<String>) {
        self.emit(CoreEvent::files_dropped(FilesDropped { window: window.to_owned(), paths }));
    }

    /// An invite link came from outside; it is shown, never redeemed by itself.
    pub fn propose_invite(self: &Arc<Self>, link: String) {
        self.state().proposed_invite = Some(link);
        self.emit_app();
    }

    /// Ends all tasks and lets go of the profile.
    pub async fn shutdown(&self) {
        self.tasks.shutdown().await;
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The link's state, also as it changes.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    /// The device's key.
    #[must_use]
    pub fn device_key(&self) -> PublicKey {
        self.keys.device_key()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next revision; taken while the state is locked that a view is made of.
    pub(crate) fn rev(&self) -> u64 {
        self.rev.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.options.clock
    }

    pub(crate) fn rng(&self) -> &Rng {
        &self.options.rng
    }

    /// A new operation's id.
    pub(crate) fn new_op(&self) -> OpId {
        OpId(self.rng().uuid_v7(self.clock().now()))
    }

    /// Tells the interface; nobody may be listening.
    pub(crate) fn emit(&self, event: CoreEvent) {
        let _ = self.events.send(event);
    }

    /// Asks the shell; there may be none.
    pub(crate) fn ask_shell(&self, request: ShellRequest) {
        let _ = self.shell.send(request);
    }

    pub(crate) fn app_view(&self) -> AppView {
        let link = self.status.borrow().view();
        let state = self.state();
        state.app_view(self.rev(), link, self.keys.store())
    }

    pub(crate) fn emit_app(&self) {
        let view = self.app_view();
        self.emit(CoreEvent::app_changed(view));
    }
}

async fn open_keys(options: &CoreOptions) -> Result<Keys, UiError> {
    let (profile, store, rng) = (options.profile.clone(), options.key_store, options.rng.clone());
    // A keyring may ask the person for a password, which takes as long as it takes.
    let opened = tokio::task::spawn_blocking(move || Keys::open(&profile, store, &rng));
    opened.await.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?.map_err(|error| locked(&error))
}

pub(crate) fn locked(error: &KeyError) -> UiError {
    tracing::error!(%error, "the keys cannot be used");
    UiError::temporary(ErrorCode::Internal, error)
}

fn local_start(error: HistoryError) -> UiError {
    match error {
        HistoryError::InUse => UiError::temporary(ErrorCode::Internal, error),
        error => local(error),
    }
}
