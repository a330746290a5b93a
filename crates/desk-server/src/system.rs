//! What systems do differently.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::stopped;
#[cfg(unix)]
pub(crate) use unix::{free_space, private_file, private_folder, sync_folder};

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub use other::stopped;
#[cfg(not(unix))]
pub(crate) use other::{free_space, private_file, private_folder, sync_folder};
