//! The stop key, grabbed on the root window with every combination of the lock modifiers.

use std::thread::JoinHandle;

use x11rb::{
    connection::Connection,
    errors::ReplyError,
    protocol::{
        ErrorKind, Event,
        xproto::{ConnectionExt as _, GrabMode, ModMask},
    },
};

use super::display::{Display, Slept};
use crate::{StopKeyError, Waker, keys::x11_keycode};

pub(crate) struct StopKey {
    waker: Waker,
    thread: Option<JoinHandle<()>>,
}

impl StopKey {
    pub(crate) fn grab(display: &str, pressed: Box<dyn Fn() + Send>) -> Result<Self, StopKeyError> {
        let display = Display::open(display)?;
        let keycode = x11_keycode("End").ok_or(StopKeyError::NoKey)?;
        for locks in lock_combinations() {
            grab_one(&display, keycode, locks).map_err(|error| match error {
                ReplyError::X11Error(refused) if refused.error_kind == ErrorKind::Access => StopKeyError::Taken,
                other => StopKeyError::Lost(Box::new(other)),
            })?;
        }
        let waker = display.waker();
        let run = move || {
            if let Err(error) = listen(&display, keycode, &*pressed) {
                tracing::warn!(%error, "the stop key was lost");
            }
        };
        let thread = std::thread::Builder::new()
            .name("opora-stop-key".into())
            .spawn(run)
            .map_err(|error| StopKeyError::Lost(Box::new(error)))?;
        Ok(Self { waker, thread: Some(thread) })
    }
}

impl Drop for StopKey {
    fn drop(&mut self) {
        self.waker.wake();
        if let Some(thread) = self.thread.take() {
            drop(thread.join()); // its connection goes with it, and the grab with the connection
        }
    }
}

fn grab_one(display: &Display, keycode: u8, locks: ModMask) -> Result<(), ReplyError> {
    let modifiers = ModMask::CONTROL | ModMask::M1 | locks;
    display.conn.grab_key(false, display.root, modifiers, keycode, GrabMode::ASYNC, GrabMode::ASYNC)?.check()
}

/// Caps Lock, Num Lock and Scroll Lock do not stop the stop key.
fn lock_combinations() -> impl Iterator<Item = ModMask> {
    const LOCKS: [ModMask; 3] = [ModMask::LOCK, ModMask::M2, ModMask::M5];
    (0..8_u8).map(|bits| {
        let on = LOCKS.iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1);
        on.fold(ModMask::from(0_u16), |all, (_, lock)| all | *lock)
    })
}

fn listen(display: &Display, keycode: u8, pressed: &dyn Fn()) -> Result<(), std::io::Error> {
    loop {
        while let Some(event) = display.conn.poll_for_event().map_err(std::io::Error::other)? {
            if matches!(event, Event::KeyPress(key) if key.detail == keycode) {
                pressed();
            }
        }
        if display.sleep(None)? == Slept::Woken {
            return Ok(());
        }
    }
}
