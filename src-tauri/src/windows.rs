//! Every window of Opora, made when it is needed.
//!
//! | label | what | place |
//! |---|---|---|
//! | `main` | first run, customer or workplace | as its role needs |
//! | `consent` | the card that asks the customer | on top, takes no focus, has no parent |
//! | `bar` | who sees the screen, and *Stop* | on top at the upper edge, raised when covered |
//! | `viewer-<session>` | the customer's screen at the helper's | an ordinary window |
//!
//! Labels are what the core's rules go by, so each kind is made here only.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use opora_client::Core;
use opora_domain::SessionId;
use opora_ipc::app::Language;
use serde_json::json;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, DragDropEvent, LogicalPosition, LogicalSize, Manager, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};
use tauri::{WindowEvent, Wry};

use crate::platform;
use crate::words::Words;

/// A page in the shape of a phone: what the customer has open beside the work.
const CUSTOMER: (f64, f64) = (440.0, 720.0);
/// The specialist's workplace, from `ui/README` of the design.
const WORKPLACE: (f64, f64) = (1280.0, 800.0);
const JOIN: (f64, f64) = (480.0, 720.0);
const CONSENT: (f64, f64) = (460.0, 640.0);
const BAR: (f64, f64) = (640.0, 56.0);
/// Frame and bar are both raised when covered: where they overlapped they would take turns for ever.
const BELOW_THE_FRAME: f64 = 8.0;
const VIEWER: (f64, f64) = (1280.0, 800.0);

/// How the program was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// By a person, who wants to see it.
    Shown,
    /// With the computer.
    InTray,
}

/// What the windows share.
pub(crate) struct Windows {
    /// One web context for all windows of a profile: its own cache, and one automation session.
    data: PathBuf,
    profile: PathBuf,
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    language: Language,
    /// The session that consent card and bar are about.
    session: Option<SessionId>,
}

impl Windows {
    pub(crate) fn new(profile: PathBuf) -> Self {
        Self { data: profile.join("webview"), profile, now: Mutex::default() }
    }

    /// The profile's folder.
    pub(crate) fn profile(&self) -> &std::path::Path {
        &self.profile
    }

    fn now(&self) -> std::sync::MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn language(&self) -> Language {
        self.now().language
    }

    /// Remembers the language for titles to come; says whether it is another one.
    pub(crate) fn change_language(&self, language: Language) -> bool {
        let mut now = self.now();
        std::mem::replace(&mut now.language, language) != language
    }

    /// Opens the main window. Closing it ends the program; one that was started into the tray goes
    /// back there.
    pub(crate) fn open_main(&self, app: &AppHandle, role: &str, start: Start) -> tauri::Result<()> {
        let (width, height) = size_of(role);
        let window = self
            .make(app, "main")
            .title("Opora")
            .inner_size(width, height)
            .min_inner_size(360.0, 480.0)
            .center()
            .visible(start == Start::Shown)
            .build()?;
        let (ending, own) = (app.clone(), window.clone());
        finish(&window, move |event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                match start {
                    Start::Shown => ending.exit(0),
                    Start::InTray => {
                        api.prevent_close();
                        if let Err(error) = own.hide() {
                            tracing::warn!("the window did not go into the tray: {error}");
                        }
                    }
                }
            }
        })
    }

    /// Gives the main window the size of another role.
    pub(crate) fn place_main(&self, app: &AppHandle, role: &str) -> tauri::Result<()> {
        let Some(window) = app.get_webview_window("main") else { return Ok(()) };
        let (width, height) = size_of(role);
        window.set_size(LogicalSize::new(width, height))?;
        // `center` would go by the old size: the new one comes with the window manager's answer.
        let Some(monitor) = window.current_monitor()? else { return Ok(()) };
        let (corner, scale) = (monitor.position(), monitor.scale_factor());
        let (corner, all) = (corner.to_logical::<f64>(scale), monitor.size().to_logical::<f64>(scale));
        let middle = |from: f64, room: f64, own: f64| from + ((room - own) / 2.0).max(0.0);
        let (left, top) = (middle(corner.x, all.width, width), middle(corner.y, all.height, height));
        window.set_position(LogicalPosition::new(left, top))
    }

    /// Opens the consent card. Closing it is a refusal.
    pub(crate) fn open_consent(&self, app: &AppHandle, session: SessionId) -> tauri::Result<()> {
        self.now().session = Some(session);
        if app.get_webview_window("consent").is_some() {
            return Ok(());
        }
        let window = self
            .make(app, "consent")
            .title(Words::of(self.language()).consent)
            .inner_size(CONSENT.0, CONSENT.1)
            .min_inner_size(360.0, 480.0)
            .center()
            .always_on_top(true)
            .focused(false)
            .build()?;
        let app = app.clone();
        finish(&window, move |event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                let session = app.state::<Self>().now().session;
                ask_core(&app, "consent", "answer_screen", json!({ "session": session, "allow": [] }));
            }
        })
    }

    /// Opens the bar, which cannot be closed while the session lives. (The frame around the screen is
    /// drawn by the core.)
    pub(crate) fn open_bar(&self, app: &AppHandle, session: SessionId) -> tauri::Result<()> {
        self.now().session = Some(session);
        if let Some(card) = app.get_webview_window("consent") {
            card.destroy()?; // answered: from now on the bar speaks
        }
        if app.get_webview_window("bar").is_some() {
            return Ok(());
        }
        let screen = app.primary_monitor()?.map(|monitor| monitor.size().to_logical::<f64>(monitor.scale_factor()));
        let left = screen.map_or(0.0, |size| ((size.width - BAR.0) / 2.0).max(0.0));
        let window = self
            .make(app, "bar")
            .title(Words::of(self.language()).bar)
            .inner_size(BAR.0, BAR.1)
            .position(left, BELOW_THE_FRAME)
            .decorations(false)
            .always_on_top(true)
            .skip_taskbar(true)
            .focused(false)
            .build()?;
        platform::keep_in_sight(&window)?;
        finish(&window, |event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
            }
        })
    }

    /// Opens the window of the other screen, or shows it again. Closing it ends the session.
    pub(crate) fn open_viewer(&self, app: &AppHandle, session: SessionId) -> tauri::Result<()> {
        let label = format!("viewer-{session}");
        if let Some(window) = app.get_webview_window(&label) {
            return show(&window);
        }
        let window = self
            .make(app, &label)
            .title(Words::of(self.language()).viewer)
            .inner_size(VIEWER.0, VIEWER.1)
            .min_inner_size(480.0, 360.0)
            .center()
            .build()?;
        let app = app.clone();
        finish(&window, move |event| {
            if let WindowEvent::CloseRequested { .. } = event {
                ask_core(&app, &label, "stop_session", json!({ "session": session }));
            }
        })
    }

    /// Closes what belongs to a session. `destroy`: nothing may keep these windows open.
    pub(crate) fn close(&self, app: &AppHandle, session: SessionId) {
        let mut labels = vec![format!("viewer-{session}")];
        let mut now = self.now();
        if now.session == Some(session) {
            now.session = None;
            labels.extend(["consent".to_owned(), "bar".to_owned()]);
        }
        drop(now);
        for window in labels.iter().filter_map(|label| app.get_webview_window(label)) {
            if let Err(error) = window.destroy() {
                tracing::error!(label = window.label(), "a window would not close: {error}");
            }
        }
    }

    fn make<'a>(&self, app: &'a AppHandle, label: &str) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
        WebviewWindowBuilder::new(app, label, WebviewUrl::App("index.html".into()))
            .data_directory(self.data.clone())
            .on_navigation(is_own_page)
            .on_document_title_changed(|window, title| {
                // A page knows the names that its title needs; until it says one, the shell's words stay.
                let named = if matches!(title.as_str(), "" | "Opora") { Ok(()) } else { window.set_title(&title) };
                named.unwrap_or_else(|error| tracing::warn!("a window keeps its title: {error}"));
            })
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .zoom_hotkeys_enabled(false)
    }
}

/// Shows the main window in front of the others.
pub(crate) fn show_main(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = show(&window)
    {
        tracing::warn!("the window could not be shown: {error}");
    }
}

fn show(window: &WebviewWindow) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

fn size_of(role: &str) -> (f64, f64) {
    match role {
        "workplace" => WORKPLACE,
        "customer" => CUSTOMER,
        _ => JOIN,
    }
}

/// Pages of the program itself; nothing else is ever loaded, whatever a message holds.
fn is_own_page(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    if !own {
        tracing::warn!(scheme = url.scheme(), "a page wanted to go elsewhere");
    }
    own
}

/// What every window has: dropped files go to the core, and the platform's care for web views.
fn finish(window: &WebviewWindow, on_event: impl Fn(&WindowEvent) + Send + 'static) -> tauri::Result<()> {
    platform::tune(window)?;
    let (app, label) = (window.app_handle().clone(), window.label().to_owned());
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
            let paths = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            app.state::<Arc<Core>>().files_dropped(&label, paths);
        }
        on_event(event);
    });
    Ok(())
}

/// Tells the core what closing a window means.
fn ask_core(app: &AppHandle, label: &str, name: &'static str, args: serde_json::Value) {
    let (core, label) = (Arc::clone(&app.state::<Arc<Core>>()), label.to_owned());
    tauri::async_runtime::spawn(async move {
        if let Err(error) = core.call(&label, name, args).await {
            tracing::warn!(name, "closing a window was refused: {error}");
        }
    });
}
