//! Windows: folders of a user are private by inheritance, and names are durable with their files.

use std::{fs, io, path::Path};

/// Opens for writing.
pub(crate) fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    options
}

/// Nothing to do.
pub(crate) fn private_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Nothing to do.
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Not known here.
pub(crate) fn free_space(_: &Path) -> Option<u64> {
    None
}

/// Waits until the program is asked to end, from the keyboard.
///
/// # Errors
/// When that cannot be listened to.
pub async fn stopped() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
