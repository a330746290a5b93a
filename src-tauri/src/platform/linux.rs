//! Linux: GTK and WebKitGTK.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crate::words::Words;
use gtk::prelude::*;
use gtk::{FileChooserAction, FileChooserNative, ResponseType, gdk};
use tauri::WebviewWindow;
use tokio::sync::oneshot;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// The program has no window to say it in.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn say_that_it_cannot_start(why: &str) {
    eprintln!("opora-desktop: {why}");
}

/// Care for one web view. A viewer draws by the processor: decoding and drawing 1080p took 23 ms
/// with GL in software and 15 ms without (measured). In that mode WebKitGTK 2.50 gives pages no
/// wheel, so the shell does; all other windows keep WebKit's own way.
pub(crate) fn tune(window: &WebviewWindow) -> tauri::Result<()> {
    if !window.label().starts_with("viewer-") {
        return Ok(());
    }
    let own = window.clone();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        if let Some(settings) = WebViewExt::settings(&webview) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
        webview.connect_scroll_event(move |_, event| {
            if let Err(error) = own.eval(turn_of_the_wheel(event)) {
                tracing::warn!("the wheel does not reach the page: {error}");
            }
            gtk::glib::Propagation::Stop
        });
    })
}

/// One notch: WebKit makes `wheelDelta`, which pages count notches by, out of the same number.
const NOTCH: f64 = 120.0;

/// The script that gives the page under the pointer the wheel event it would have got.
fn turn_of_the_wheel(event: &gdk::EventScroll) -> String {
    let (across, down) = match event.direction() {
        gdk::ScrollDirection::Up => (0.0, -1.0),
        gdk::ScrollDirection::Down => (0.0, 1.0),
        gdk::ScrollDirection::Left => (-1.0, 0.0),
        gdk::ScrollDirection::Right => (1.0, 0.0),
        _ => event.delta(),
    };
    let ((x, y), across, down) = (event.position(), across * NOTCH, down * NOTCH);
    format!(
        "document.elementFromPoint({x}, {y})?.dispatchEvent(new WheelEvent('wheel', {{ deltaX: {across}, \
         deltaY: {down}, clientX: {x}, clientY: {y}, bubbles: true, cancelable: true }}))"
    )
}

/// Raises the window again whenever another one covers a part of it.
pub(crate) fn keep_in_sight(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        let Some(top) = webview.inner().toplevel() else { return };
        raise_when_covered(&top);
    })
}

/// Two windows that both want to be on top must not keep the machine busy: raising waits this long.
const PATIENCE: Duration = Duration::from_millis(200);

fn raise_when_covered(window: &impl IsA<gtk::Widget>) {
    let waiting = Rc::new(Cell::new(false));
    window.add_events(gdk::EventMask::VISIBILITY_NOTIFY_MASK);
    window.connect_event(move |window, event| {
        let seen = event.downcast_ref::<gdk::EventVisibility>().map(gdk::EventVisibility::state);
        let covered = matches!(seen, Some(gdk::VisibilityState::Partial | gdk::VisibilityState::FullyObscured));
        if covered && !waiting.replace(true) {
            let (waiting, window) = (Rc::clone(&waiting), window.clone().upcast::<gtk::Widget>());
            gtk::glib::timeout_add_local_once(PATIENCE, move || {
                waiting.set(false);
                if let Some(window) = window.window() {
                    window.raise();
                }
            });
        }
        gtk::glib::Propagation::Proceed
    });
}

/// Lets the person pick files in GTK's dialog; empty when they change their mind.
pub(crate) async fn pick_files(window: &WebviewWindow, words: Words) -> Vec<String> {
    let (send, receive) = oneshot::channel();
    let parent = window.clone();
    let opened = window.run_on_main_thread(move || open_dialog(&parent, words, send));
    match opened {
        Ok(()) => receive.await.unwrap_or_default(),
        Err(error) => {
            tracing::error!("the file dialog did not open: {error}");
            Vec::new()
        }
    }
}

fn open_dialog(parent: &WebviewWindow, words: Words, send: oneshot::Sender<Vec<String>>) {
    let parent = parent.gtk_window().ok();
    let dialog = FileChooserNative::new(
        Some(words.pick),
        parent.as_ref(),
        FileChooserAction::Open,
        Some(words.choose),
        Some(words.cancel),
    );
    dialog.set_select_multiple(true);
    let send = RefCell::new(Some(send));
    // The closure owns a reference to the dialog, which nobody else keeps while it is open.
    let kept = RefCell::new(Some(dialog.clone()));
    dialog.connect_response(move |dialog, response| {
        let names = if response == ResponseType::Accept { dialog.filenames() } else { Vec::new() };
        let names = names.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        if let Some(send) = send.take() {
            // The page may be gone; then nobody waits for the answer.
            let _ = send.send(names);
        }
        kept.take();
    });
    dialog.show();
}
