//! What a [`crate::Core`] is started with.

use std::{fmt, future::Future, path::PathBuf, pin::Pin, sync::Arc};

use opora_ipc::{
    UiError,
    app::{KeyStore, Language},
};
use opora_runtime::{Clock, Rng};

/// A future that may move between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A desk that was started inside this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedDesk {
    /// `host:port` it answers at.
    pub address: String,
    /// The owner's first invite; none once it was redeemed.
    pub owner_invite: Option<String>,
}

/// Starts a desk inside this program. The client knows no desk itself (the two wings never touch);
/// the shell, which stands on both, brings one.
pub trait DeskHost: Send + Sync + 'static {
    /// Starts the desk that keeps its things in `data`, or says again where it answers.
    fn start(&self, data: PathBuf, listen: String) -> BoxFuture<Result<HostedDesk, UiError>>;
}

/// Options of a core.
#[derive(Clone)]
pub struct CoreOptions {
    /// The profile's folder; made when it is not there.
    pub profile: PathBuf,
    /// Where keys are kept; heeded at the first start only.
    pub key_store: KeyStore,
    /// Language, for a profile that has chosen none yet.
    pub language: Option<Language>,
    /// The display whose screen may be shown, like `:0`.
    pub display: Option<String>,
    /// Media may use loopback addresses.
    pub loopback: bool,
    /// Open files with the system's program; without it a file is only put into the downloads folder.
    pub opener: bool,
    /// Where received files are saved; `downloads` inside the profile when none.
    pub downloads: Option<PathBuf>,
    /// The clock.
    pub clock: Clock,
    /// Chance.
    pub rng: Rng,
    /// Can start a desk inside this program.
    pub desk_host: Option<Arc<dyn DeskHost>>,
}

impl CoreOptions {
    /// A profile with keys in the keyring, the system's clock and chance, and no desk of its own.
    #[must_use]
    pub fn new(profile: PathBuf) -> Self {
        Self {
            profile,
            key_store: KeyStore::Keyring,
            language: None,
            display: std::env::var("DISPLAY").ok().filter(|name| !name.is_empty()),
            loopback: false,
            opener: true,
            downloads: None,
            clock: Clock::system(),
            rng: Rng::system(),
            desk_host: None,
        }
    }
}

impl fmt::Debug for CoreOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreOptions").field("key_store", &self.key_store).finish_non_exhaustive()
    }
}
