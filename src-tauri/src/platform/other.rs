//! Windows and macOS, as far as they are known: windows work, the rest says that it does not.

use tauri::WebviewWindow;

use crate::words::Words;

/// The program has no window to say it in.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn say_that_it_cannot_start(why: &str) {
    eprintln!("opora-desktop: {why}");
}

/// Care for one web view.
pub(crate) fn tune(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// "Always on top" of these systems covers other windows of the same kind; nothing to add.
pub(crate) fn keep_in_sight(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Not here yet; said in the log.
pub(crate) fn set_autostart(_on: bool, _profile: &std::path::Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// No dialog here yet; files can be dropped on the window.
pub(crate) async fn pick_files(_window: &WebviewWindow, _words: Words) -> Vec<String> {
    Vec::new()
}
