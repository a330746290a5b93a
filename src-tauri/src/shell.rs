//! Between core and desktop: events go to every page, wishes become windows, tray and notices.

use opora_ipc::CoreEvent;
use opora_ipc::app::Language;
use opora_ipc::shell::ShellRequest;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::windows::Windows;
use crate::words::Words;
use crate::{notice, platform, tray};

/// Sends every event of the core to every page, as the event `core` with `{name, body}`.
pub(crate) fn forward_events(app: &AppHandle, mut events: Receiver<CoreEvent>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    if let CoreEvent::app_changed(view) = &event {
                        speak(&app, view.settings.language);
                    }
                    if let Err(error) = app.emit("core", &event) {
                        tracing::warn!("an event did not reach the pages: {error}");
                    }
                }
                // The pages only mirror the core: looking anew is always right.
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "the pages look anew");
                    reload(&app);
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

/// Does what the core asks of the desktop.
pub(crate) fn obey(app: &AppHandle, mut wishes: Receiver<ShellRequest>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            match wishes.recv().await {
                Ok(wish) => {
                    if let Err(error) = carry_out(&app, wish) {
                        tracing::error!("a window could not be opened: {error}");
                    }
                }
                Err(RecvError::Lagged(missed)) => tracing::error!(missed, "wishes of the core were lost"),
                Err(RecvError::Closed) => return,
            }
        }
    });
}

fn carry_out(app: &AppHandle, wish: ShellRequest) -> tauri::Result<()> {
    let windows = app.state::<Windows>();
    match wish {
        ShellRequest::OpenConsent(session) => windows.open_consent(app, session)?,
        ShellRequest::OpenBar(session) => windows.open_bar(app, session)?,
        ShellRequest::OpenViewer(session) => windows.open_viewer(app, session)?,
        ShellRequest::Close(session) => windows.close(app, session),
        ShellRequest::MainAs(role) => windows.place_main(app, &role)?,
        ShellRequest::Notify { title, body } => notice::show(app, title, body),
        ShellRequest::Autostart(on) => {
            if let Err(error) = platform::set_autostart(on, windows.profile()) {
                tracing::error!("starting with the computer could not be changed: {error}");
            }
        }
        ShellRequest::TrayDot(dot) => tray::set_dot(app, dot, Words::of(windows.language())),
    }
    Ok(())
}

fn speak(app: &AppHandle, language: Language) {
    if app.state::<Windows>().change_language(language) {
        tray::translate(app, language);
    }
}

fn reload(app: &AppHandle) {
    for window in app.webview_windows().values() {
        if let Err(error) = window.reload() {
            tracing::warn!("a page could not look anew: {error}");
        }
    }
}
