//! Where the windows of a display are.

use anyhow::{Context, Result};
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt};
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
