//! The frame around a shared screen: four bare windows at the edges that let every click through.

use std::{
    thread::JoinHandle,
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection,
    errors::{ConnectionError, ReplyOrIdError},
    protocol::{
        Event, randr,
        shape::{self, ConnectionExt as _},
        xproto::{
            AtomEnum, ClipOrdering, ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
            StackMode, Visibility, Window, WindowClass,
        },
    },
    wrapper::ConnectionExt as _,
};

use super::display::{Display, Slept};
use crate::{Waker, error::CaptureError};

/// Another window that also insists on being on top must not make the two of us busy.
const RAISE_PACE: Duration = Duration::from_millis(100);

pub(crate) struct Border {
    waker: Waker,
    thread: Option<JoinHandle<()>>,
}

impl Border {
    pub(crate) fn show(display: &str, colour: u32) -> Result<Self, CaptureError> {
        let display = Display::open(display)?;
        display.require("SHAPE")?;
        let waker = display.waker();
        let edges = Edges::create(&display, colour)?;
        let run = move || {
            if let Err(error) = edges.keep_on_top(&display) {
                tracing::warn!(%error, "the frame around the screen was lost");
            }
        };
        let thread = std::thread::Builder::new().name("opora-border".into()).spawn(run)?;
        Ok(Self { waker, thread: Some(thread) })
    }
}

impl Drop for Border {
    fn drop(&mut self) {
        self.waker.wake();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

struct Edges([Window; 4]);

impl Edges {
    fn create(display: &Display, colour: u32) -> Result<Self, ReplyOrIdError> {
        let conn = &display.conn;
        let mut windows = [0; 4];
        let places = places(display.size()?);
        let aux = CreateWindowAux::new()
            .override_redirect(1)
            .background_pixel(colour)
            .event_mask(EventMask::VISIBILITY_CHANGE);
        for (window, (x, y, width, height)) in windows.iter_mut().zip(places) {
            *window = conn.generate_id()?;
            let class = WindowClass::INPUT_OUTPUT;
            conn.create_window(0, *window, display.root, x, y, width, height, 0, class, 0, &aux)?;
            conn.shape_rectangles(shape::SO::SET, shape::SK::INPUT, ClipOrdering::UNSORTED, *window, 0, 0, &[])?;
            mark_as_own(conn, *window)?;
            conn.map_window(*window)?;
        }
        randr::select_input(conn, display.root, randr::NotifyMask::SCREEN_CHANGE)?;
        conn.get_input_focus()?.reply()?; // all of it is on the screen now
        Ok(Self(windows))
    }

    fn keep_on_top(&self, display: &Display) -> Result<(), CaptureError> {
        let (mut covered, mut moved) = (false, false);
        let mut raised: Option<Instant> = None;
        loop {
            while let Some(event) = display.conn.poll_for_event()? {
                match event {
                    Event::VisibilityNotify(seen) => covered |= seen.state != Visibility::UNOBSCURED,
                    Event::RandrScreenChangeNotify(_) => moved = true,
                    _ => {}
                }
            }
            if std::mem::take(&mut moved) {
                self.place(display)?;
            }
            let due = raised.map(|raised| raised + RAISE_PACE).filter(|due| *due > Instant::now());
            if covered && due.is_none() {
                (covered, raised) = (false, Some(Instant::now()));
                self.raise(display)?;
            }
            if display.sleep(due.filter(|_| covered))? == Slept::Woken {
                return Ok(());
            }
        }
    }

    fn raise(&self, display: &Display) -> Result<(), CaptureError> {
        for window in self.0 {
            let above = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
            display.conn.configure_window(window, &above)?;
        }
        Ok(())
    }

    fn place(&self, display: &Display) -> Result<(), CaptureError> {
        for (window, (x, y, width, height)) in self.0.iter().zip(places(display.size()?)) {
            let there = ConfigureWindowAux::new().x(i32::from(x)).y(i32::from(y));
            let there = there.width(u32::from(width)).height(u32::from(height));
            display.conn.configure_window(*window, &there)?;
        }
        Ok(())
    }
}

/// Marks a window as Opora's, so that no input of a helper is meant for it.
fn mark_as_own(conn: &impl Connection, window: Window) -> Result<(), ConnectionError> {
    let class = b"opora-frame\0Opora\0";
    conn.change_property8(PropMode::REPLACE, window, AtomEnum::WM_CLASS, AtomEnum::STRING, class)?;
    Ok(())
}

/// Top, bottom, left, right as x, y, width, height. None covers a part of another: they would take turns for ever.
fn places((width, height): (u32, u32)) -> [(i16, i16, u16, u16); 4] {
    let thick = crate::Border::THICKNESS;
    let clamp = |length: u32| u16::try_from(length).unwrap_or(u16::MAX).max(thick);
    let (width, height) = (clamp(width), clamp(height));
    let far = |length: u16| i16::try_from(length - thick).unwrap_or(i16::MAX);
    let (below, between) = (i16::try_from(thick).unwrap_or(i16::MAX), height.saturating_sub(2 * thick).max(1));
    [
        (0, 0, width, thick),
        (0, far(height), width, thick),
        (0, below, thick, between),
        (far(width), below, thick, between),
    ]
}
