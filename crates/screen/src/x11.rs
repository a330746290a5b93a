//! X11: capture by MIT-SHM and DAMAGE, pointer by XFIXES and XInput, input by XTEST and XKB.
//!
//! Each part has a connection of its own, so none waits for another's replies.

mod border;
mod cursor;
mod display;
mod grip;
mod injector;
mod keyboard;
mod own_hand;
mod own_windows;
mod screen;
mod shared_memory;
mod stop_key;

pub(crate) use border::Border;
pub(crate) use stop_key::StopKey;

use crate::{
    CursorSource, Gate, Injector, Picture, ScreenSource,
    error::{CaptureError, InputError},
};

pub(crate) fn open_screen(display: &str) -> Result<Box<dyn ScreenSource>, CaptureError> {
    Ok(Box::new(screen::X11Screen::open(display)?))
}

pub(crate) fn open_cursor(display: &str) -> Result<Box<dyn CursorSource>, CaptureError> {
    Ok(Box::new(cursor::X11Cursor::open(display)?))
}

pub(crate) fn open_injector(display: &str, gate: Gate) -> Result<Box<dyn Injector>, InputError> {
    Ok(Box::new(injector::X11Injector::open(display, gate)?))
}

pub(crate) fn screenshot(display: &str) -> Result<Picture, CaptureError> {
    screen::screenshot(display)
}
