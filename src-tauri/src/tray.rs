//! The tray icon: open, quit, and a dot while somebody waits.

use std::path::Path;

use opora_ipc::app::Language;
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Runtime};

use crate::windows;
use crate::words::Words;

const ID: &str = "opora";
const PLAIN: &[u8] = include_bytes!("../../icons/tray.png");
const DOT: &[u8] = include_bytes!("../../icons/tray-dot.png");

/// Shows the icon. Its picture is handed to the desktop as a file in the profile.
///
/// # Errors
/// When the menu or the icon cannot be made.
pub(crate) fn show(app: &AppHandle, language: Language, profile: &Path) -> tauri::Result<()> {
    TrayIconBuilder::with_id(ID)
        .icon(Image::from_bytes(PLAIN)?)
        .tooltip("Opora")
        .temp_dir_path(profile.join("tray"))
        .menu(&menu(app, language)?)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "open" => windows::show_main(app),
            "quit" => app.exit(0),
            _ => {}
        })
        .build(app)?;
    Ok(())
}

/// Says the menu in another language.
pub(crate) fn translate(app: &AppHandle, language: Language) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    let changed = menu(app, language).and_then(|menu| tray.set_menu(Some(menu)));
    if let Err(error) = changed {
        tracing::warn!("the tray keeps its language: {error}");
    }
}

/// Sets or takes away the dot.
pub(crate) fn set_dot(app: &AppHandle, dot: bool, words: Words) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    let changed = Image::from_bytes(if dot { DOT } else { PLAIN })
        .and_then(|icon| tray.set_icon(Some(icon)))
        .and_then(|()| tray.set_tooltip(Some(if dot { words.waiting } else { "Opora" })));
    if let Err(error) = changed {
        tracing::warn!("the tray keeps its picture: {error}");
    }
}

fn menu<R: Runtime>(app: &AppHandle<R>, language: Language) -> tauri::Result<Menu<R>> {
    let words = Words::of(language);
    let open = MenuItem::with_id(app, "open", words.open, true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", words.quit, true, None::<&str>)?;
    Menu::with_items(app, &[&open, &quit])
}
