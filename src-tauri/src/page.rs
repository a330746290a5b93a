//! The one command that pages have.

use std::sync::Arc;
use std::time::Duration;

use opora_client::Core;
use opora_ipc::UiError;
use serde_json::Value;
use tauri::{State, WebviewWindow};

use crate::platform;
use crate::windows::Windows;
use crate::words::Words;

/// Carries a command of a page to the core, with the label of its window. `pick_files` alone stays
/// here: the core has no windows, so it has no dialogs; and `take_shot`
/// gets the window out of the way first.
#[tauri::command]
pub(crate) async fn call(
    window: WebviewWindow,
    core: State<'_, Arc<Core>>,
    windows: State<'_, Windows>,
    name: String,
    args: Value,
) -> Result<Value, UiError> {
    if name == "pick_files" {
        return Ok(Value::from(platform::pick_files(&window, Words::of(windows.language())).await));
    }
    let core = Arc::clone(&core);
    if name == "take_shot" {
        let _away = OutOfTheWay::step(&window).await;
        return core.call(window.label(), &name, args).await;
    }
    core.call(window.label(), &name, args).await
}

/// How long the programs below get to draw what our window had covered. X has no sign of "all has
/// been drawn"; a quarter of a second is what screenshot tools leave too.
const REDRAW: Duration = Duration::from_millis(250);

/// A window that hides until this is dropped, so that a picture shows what lies behind it.
struct OutOfTheWay<'a>(&'a WebviewWindow);

impl<'a> OutOfTheWay<'a> {
    async fn step(window: &'a WebviewWindow) -> Self {
        if let Err(error) = window.hide() {
            tracing::warn!("the window stays in the picture: {error}");
        }
        tokio::time::sleep(REDRAW).await;
        Self(window)
    }
}

impl Drop for OutOfTheWay<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.show().and_then(|()| self.0.set_focus()) {
            tracing::error!("the window does not come back: {error}");
        }
    }
}
