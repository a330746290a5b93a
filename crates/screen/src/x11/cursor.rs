//! The pointer: its shape by XFIXES, its place by XInput's raw motion. No polling: without motion
//! the thread sleeps.

use std::time::{Duration, Instant};

use opora_domain::{Timestamp, scope::Scope};
use x11rb::{
    connection::Connection,
    protocol::{
        Event, xfixes,
        xinput::{self, XIEventMask},
        xproto::ConnectionExt as _,
    },
};

use super::display::{Display, Slept};
use crate::{CursorEvent, CursorShape, CursorSource, Gate, Waker, error::CaptureError};

/// A place is told at most this often; the eye sees no more on a remote screen.
const PACE: Duration = Duration::from_millis(16);
/// Larger pointers are cut: they must fit a message (96 * 96 * 4 = 36 KiB of 64).
const MOST_SIDE: u16 = 96;

pub(super) struct X11Cursor {
    display: Display,
    shape_due: bool,
    place_due: bool,
    place: Option<(u16, u16)>,
    told: Instant,
}

impl X11Cursor {
    pub(super) fn open(name: &str) -> Result<Self, CaptureError> {
        let display = Display::open(name)?;
        display.require("XFIXES")?;
        display.require("XInputExtension")?;
        let conn = &display.conn;
        xfixes::query_version(conn, 5, 0)?.reply()?;
        xinput::xi_query_version(conn, 2, 2)?.reply()?;
        xfixes::select_cursor_input(conn, display.root, xfixes::CursorNotifyMask::DISPLAY_CURSOR)?.check()?;
        let mask =
            xinput::EventMask { deviceid: xinput::Device::ALL_MASTER.into(), mask: vec![XIEventMask::RAW_MOTION] };
        xinput::xi_select_events(conn, display.root, &[mask])?.check()?;
        Ok(Self { display, shape_due: true, place_due: true, place: None, told: Instant::now() - PACE })
    }

    fn read_events(&mut self) -> Result<(), CaptureError> {
        while let Some(event) = self.display.conn.poll_for_event()? {
            match event {
                Event::XfixesCursorNotify(_) => self.shape_due = true,
                Event::XinputRawMotion(_) => self.place_due = true,
                _ => {}
            }
        }
        Ok(())
    }

    fn shape(&mut self) -> Result<CursorEvent, CaptureError> {
        self.shape_due = false;
        let image = xfixes::get_cursor_image(&self.display.conn)?.reply()?;
        let (width, height) = (image.width.min(MOST_SIDE), image.height.min(MOST_SIDE));
        let rows = image.cursor_image.chunks(usize::from(image.width).max(1)).take(height.into());
        let rgba = rows.flat_map(|row| row.iter().take(width.into())).flat_map(|argb| straight(*argb)).collect();
        let (hot_x, hot_y) = (image.xhot.min(width), image.yhot.min(height));
        Ok(CursorEvent::Shape(CursorShape { width, height, hot_x, hot_y, rgba }))
    }

    /// Where the pointer is, if that is news.
    fn moved(&mut self) -> Result<Option<CursorEvent>, CaptureError> {
        self.place_due = false;
        self.told = Instant::now();
        let pointer = self.display.conn.query_pointer(self.display.root)?.reply()?;
        let (width, height) = self.display.size()?;
        let place = (fraction(pointer.root_x, width), fraction(pointer.root_y, height));
        if self.place.replace(place) == Some(place) {
            return Ok(None);
        }
        Ok(Some(CursorEvent::Moved { x: place.0, y: place.1 }))
    }
}

impl CursorSource for X11Cursor {
    fn next(&mut self, gate: &Gate, now: &dyn Fn() -> Timestamp) -> Result<Option<CursorEvent>, CaptureError> {
        loop {
            self.read_events()?;
            if self.shape_due {
                let _pass = gate.check(Scope::View, now())?;
                return self.shape().map(Some);
            }
            if self.place_due && self.told.elapsed() >= PACE {
                let _pass = gate.check(Scope::View, now())?;
                if let Some(event) = self.moved()? {
                    return Ok(Some(event));
                }
            }
            let until = self.place_due.then(|| self.told + PACE);
            if self.display.sleep(until)? == Slept::Woken {
                return Ok(None);
            }
        }
    }

    fn waker(&self) -> Waker {
        self.display.waker()
    }
}

/// Premultiplied ARGB to straight RGBA.
fn straight(argb: u32) -> [u8; 4] {
    let [b, g, r, a] = argb.to_le_bytes();
    let divide = |channel: u8| match a {
        0 => 0,
        _ => u8::try_from((u32::from(channel) * 255 / u32::from(a)).min(255)).unwrap_or(255),
    };
    [divide(r), divide(g), divide(b), a]
}

/// A pixel as a fraction of the screen.
fn fraction(pixel: i16, length: u32) -> u16 {
    let last = i64::from(length.max(2)) - 1;
    let at = i64::from(pixel).clamp(0, last);
    u16::try_from((at * 65535 + last / 2) / last).unwrap_or(u16::MAX)
}
