//! Native notifications, for when nobody looks at a window of ours.

use notify_rust::Notification;
use tauri::{AppHandle, Manager};

use crate::windows;

/// Shows a notification unless one of our windows has the focus. A click on it opens the window.
pub(crate) fn show(app: &AppHandle, title: String, body: String) {
    if app.webview_windows().values().any(|window| window.is_focused().unwrap_or(false)) {
        return;
    }
    let app = app.clone();
    // A thread of its own: the answer comes when the desktop takes the notification away.
    std::thread::spawn(move || {
        let mut notification = Notification::new();
        notification.appname("Opora").summary(&title).body(&body).action("default", "Opora");
        match notification.show() {
            Ok(shown) => wait(shown, &app),
            Err(error) => tracing::warn!("the desktop takes no notifications: {error}"),
        }
    });
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wait(shown: notify_rust::NotificationHandle, app: &AppHandle) {
    shown.wait_for_action(|action| {
        if action == "default" {
            windows::show_main(app);
        }
    });
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wait<T>(_shown: T, _app: &AppHandle) {}
