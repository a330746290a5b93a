//! What both wings stand on: clock, chance, tasks, back-off, logs, folders, the pinned TLS.
//!
//! Rules take `now` and ids as arguments; whoever has to make them takes them from here, so that a
//! test can shift the clock and seed the chance (D23). There is no global state in this crate but
//! the log subscriber, which only programs set up, never libraries.

pub mod backoff;
pub mod chance;
pub mod clock;
pub mod folders;
pub mod logging;
pub mod pii;
pub mod pin;
pub mod tasks;

pub use backoff::Backoff;
pub use chance::Rng;
pub use clock::Clock;
pub use pii::Pii;
pub use tasks::Tasks;
pub use tokio_util::sync::CancellationToken;
