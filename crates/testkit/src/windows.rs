//! Where the windows of a display are.

use anyhow::{Context, Result};
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask};
use x11rb::rust_connection::RustConnection;

use crate::display::{atom, connect, property};

/// The inside of a window, without its frame, in pixels of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// From the screen's left edge.
    pub x: i16,
    /// From the screen's top edge.
    pub y: i16,
    /// Left to right.
    pub width: u16,
    /// Top to bottom.
    pub height: u16,
}

/// Brings the topmost window with this title to the front, as a choice in a task bar does.
///
/// # Errors
/// When the display is gone or has no such window.
pub(crate) fn activate(display: &str, wanted: &str) -> Result<()> {
    let (connection, root) = connect(display)?;
    let list = property(&connection, root, "_NET_CLIENT_LIST_STACKING", AtomEnum::WINDOW.into())?;
    let mut ids = list.chunks_exact(4).rev().filter_map(|id| id.try_into().ok().map(u32::from_ne_bytes));
    let fits = |id: &u32| title(&connection, *id).is_ok_and(|name| name == wanted);
    let window = ids.find(fits).with_context(|| format!("there is no window {wanted:?}"))?;
    // Source 2 is a pager: the person's own wish, which the window manager obeys.
    let wish = [2, x11rb::CURRENT_TIME, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom(&connection, "_NET_ACTIVE_WINDOW")?, wish);
    let to = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    connection.send_event(false, root, to, message)?.check()?;
    Ok(())
}

/// The titles of the managed windows and their insides, lowest first.
///
/// # Errors
/// When the display is gone.
pub(crate) fn all(display: &str) -> Result<Vec<(String, Area)>> {
    let (connection, root) = connect(display)?;
    let list = property(&connection, root, "_NET_CLIENT_LIST_STACKING", AtomEnum::WINDOW.into())?;
    let ids = list.chunks_exact(4).filter_map(|id| id.try_into().ok().map(u32::from_ne_bytes));
    // One that closes between the list and the question is not there.
    Ok(ids.filter_map(|id| Some((title(&connection, id).ok()?, area(&connection, root, id).ok()?))).collect())
}

fn title(connection: &RustConnection, window: u32) -> Result<String> {
    let modern = property(connection, window, "_NET_WM_NAME", atom(connection, "UTF8_STRING")?)?;
    let name =
        if modern.is_empty() { property(connection, window, "WM_NAME", AtomEnum::STRING.into())? } else { modern };
    String::from_utf8(name).context("a title is not UTF-8")
}

fn area(connection: &RustConnection, root: u32, window: u32) -> Result<Area> {
    let size = connection.get_geometry(window)?.reply()?;
    let corner = connection.translate_coordinates(window, root, 0, 0)?.reply()?;
    Ok(Area { x: corner.dst_x, y: corner.dst_y, width: size.width, height: size.height })
}
