//! The one command that pages have.

use std::sync::Arc;

use opora_client::Core;
use opora_ipc::UiError;
use serde_json::Value;
use tauri::{State, WebviewWindow};

use crate::platform;

/// Carries a command of a page to the core, with the label of its window. `pick_files` alone stays
/// here: the core has no windows, so it has no dialogs.
#[tauri::command]
pub(crate) async fn call(
    window: WebviewWindow,
    core: State<'_, Arc<Core>>,
    name: String,
    args: Value,
) -> Result<Value, UiError> {
    if name == "pick_files" {
        return Ok(Value::from(platform::pick_files(&window).await));
    }
    let core = Arc::clone(&core);
    core.call(window.label(), &name, args).await
}
