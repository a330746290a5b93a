//! Input by XTEST.
//!
//! Each event is checked in the same order: bounds, pause, gate, the person's own hand, Opora's own windows, stop key;
//! then it is sent and a round trip proves that the server has taken it, all while the gate's pass
//! is held. So when a revocation has returned, nothing of the helper is on its way.

use std::{sync::Arc, time::Instant};

use opora_domain::{Timestamp, scope::Scope};
use x11rb::protocol::{
    xproto::{ConnectionExt as _, KeyButMask},
    xtest::ConnectionExt as _,
};
use x11rb::{connection::Connection, errors::ReplyError};

use super::{
    display::Display,
    grip::{Grip, SharedGrip, locked, settle},
    keyboard::Keyboard,
    own_hand::Listener,
    own_windows::OwnWindows,
};
use crate::{
    Gate,
    error::InputError,
    input::{Button, Injector, InputEvent, NOTCH},
    keys::x11_keycode,
};

const KEY_PRESS: u8 = 2;
const KEY_RELEASE: u8 = 3;
const BUTTON_PRESS: u8 = 4;
const BUTTON_RELEASE: u8 = 5;
const MOTION: u8 = 6;

/// X11's numbers of the wheel's directions.
const WHEEL_UP: u8 = 4;
const WHEEL_DOWN: u8 = 5;
const WHEEL_LEFT: u8 = 6;
const WHEEL_RIGHT: u8 = 7;
/// Notches of one event at most; a flick of a fast wheel gives about ten.
const MOST_NOTCHES: i32 = 20;

pub(super) struct X11Injector {
    display: Display,
    gate: Gate,
    keyboard: Keyboard,
    own: OwnWindows,
    paused: bool,
    grip: SharedGrip,
    /// Notices the person's own hand; none where the display cannot tell it apart.
    _listener: Option<Listener>,
    /// Parts of a notch that were not yet worth a click.
    wheel: (i32, i32),
}

impl X11Injector {
    pub(super) fn open(name: &str, gate: Gate) -> Result<Self, InputError> {
        let display = Display::open(name)?;
        display.refuse_wayland()?;
        for extension in ["XTEST", "XKEYBOARD"] {
            display.require(extension)?;
        }
        display.conn.xtest_get_version(2, 2)?.reply()?;
        let keyboard = Keyboard::read(&display)?;
        let own = OwnWindows::new(&display)?;
        let grip = SharedGrip::default();
        let listener = listen(name, &grip);
        Ok(Self { display, gate, keyboard, own, paused: false, grip, _listener: listener, wheel: (0, 0) })
    }

    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) -> Result<(), ReplyError> {
        self.display.conn.xtest_fake_input(kind, detail, 0, self.display.root, x, y, 0)?;
        Ok(())
    }

    fn move_to(&self, x: u16, y: u16) -> Result<(), InputError> {
        let (width, height) = self.display.size()?;
        self.fake(MOTION, 0, pixel(x, width), pixel(y, height))?;
        Ok(())
    }

    fn button(&self, grip: &mut Grip, button: Button, down: bool) -> Result<(), InputError> {
        let number = number_of(button);
        if !down {
            // Only what we pressed; the release of a drag goes where the press went.
            if grip.buttons.remove(&number) {
                self.fake(BUTTON_RELEASE, number, 0, 0)?;
            }
            return Ok(());
        }
        self.refuse_own_window_under_pointer()?;
        if grip.buttons.insert(number) {
            self.fake(BUTTON_PRESS, number, 0, 0)?;
        }
        Ok(())
    }

    fn wheel(&mut self, dx: i16, dy: i16) -> Result<(), InputError> {
        self.refuse_own_window_under_pointer()?;
        let (across, rest_x) = notches(self.wheel.0, dx);
        let (down, rest_y) = notches(self.wheel.1, dy);
        self.wheel = (rest_x, rest_y);
        for (count, back, forth) in [(across, WHEEL_LEFT, WHEEL_RIGHT), (down, WHEEL_UP, WHEEL_DOWN)] {
            let number = if count < 0 { back } else { forth };
            for _ in 0..count.abs() {
                self.fake(BUTTON_PRESS, number, 0, 0)?;
                self.fake(BUTTON_RELEASE, number, 0, 0)?;
            }
        }
        Ok(())
    }

    fn key(&self, grip: &mut Grip, code: &str, down: bool) -> Result<(), InputError> {
        let keycode = x11_keycode(code).ok_or(InputError::UnknownKey)?;
        if !down {
            if grip.keys.remove(&keycode) {
                self.fake(KEY_RELEASE, keycode, 0, 0)?;
            }
            return Ok(());
        }
        self.refuse_own_window_focused()?;
        self.refuse_stop_key(grip, code)?;
        // A repeated press is the key's repetition: the server repeats by itself.
        if grip.keys.insert(keycode) {
            self.fake(KEY_PRESS, keycode, 0, 0)?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), InputError> {
        if locked(&self.grip).own_hand.rests(Instant::now()) {
            return Err(InputError::OwnHand);
        }
        self.refuse_own_window_focused()?;
        self.keyboard.type_text(&self.display, text, &self.grip)
    }

    fn refuse_own_window_under_pointer(&self) -> Result<(), InputError> {
        if self.own.under_pointer(&self.display)? { Err(InputError::OwnWindow) } else { Ok(()) }
    }

    fn refuse_own_window_focused(&self) -> Result<(), InputError> {
        if self.own.focused(&self.display)? { Err(InputError::OwnWindow) } else { Ok(()) }
    }

    /// Ctrl+Alt+End never comes from here, whoever holds Ctrl and Alt. Nor does Ctrl or Alt while End
    /// is held: its repetition would become the combination.
    fn refuse_stop_key(&self, grip: &Grip, code: &str) -> Result<(), InputError> {
        let end_held = ["End", "Numpad1"].iter().filter_map(|end| x11_keycode(end)).any(|end| grip.keys.contains(&end));
        let modifier = matches!(code, "ControlLeft" | "ControlRight" | "AltLeft" | "AltRight");
        if modifier && end_held {
            return Err(InputError::StopKey);
        }
        if !matches!(code, "End" | "Numpad1") {
            return Ok(());
        }
        let held = self.display.conn.query_pointer(self.display.root)?.reply()?.mask;
        let both = held.contains(KeyButMask::CONTROL) && held.contains(KeyButMask::MOD1);
        if both { Err(InputError::StopKey) } else { Ok(()) }
    }

    fn inject_checked(&mut self, event: &InputEvent) -> Result<(), InputError> {
        if let InputEvent::Text { text } = event {
            let done = self.text(text);
            settle(&self.display)?;
            return done;
        }
        let grip = Arc::clone(&self.grip);
        let mut grip = locked(&grip);
        if grip.own_hand.rests(Instant::now()) {
            return Err(InputError::OwnHand);
        }
        let done = self.inject_with(&mut grip, event);
        settle(&self.display)?;
        done
    }

    fn inject_with(&mut self, grip: &mut Grip, event: &InputEvent) -> Result<(), InputError> {
        match event {
            InputEvent::Move { x, y } => self.move_to(*x, *y),
            InputEvent::Button { button, down } => self.button(grip, *button, *down),
            InputEvent::Wheel { dx, dy } => self.wheel(*dx, *dy),
            InputEvent::Key { code, down } => self.key(grip, code, *down),
            InputEvent::Text { .. } | InputEvent::ReleaseAll => Ok(()),
        }
    }
}

impl Injector for X11Injector {
    fn inject(&mut self, event: &InputEvent, now: Timestamp) -> Result<(), InputError> {
        let Some(scope) = event.scope() else {
            self.release_all();
            return Ok(());
        };
        if !event.is_bounded() {
            return Err(InputError::UnknownKey);
        }
        if self.paused {
            return Err(InputError::Paused);
        }
        let gate = self.gate.clone();
        let pass = match gate.check(scope, now) {
            Ok(pass) => pass,
            Err(refused) => {
                locked(&self.grip).release(&self.display, scope);
                return Err(refused.into());
            }
        };
        let done = self.inject_checked(event);
        drop(pass);
        done
    }

    fn release_all(&mut self) {
        let mut grip = locked(&self.grip);
        grip.release(&self.display, Scope::Pointer);
        grip.release(&self.display, Scope::Keyboard);
    }

    fn pause(&mut self, paused: bool) {
        self.paused = paused;
        if paused {
            self.release_all();
        }
    }

    fn on_rest_over(&mut self, tell: Box<dyn Fn() + Send + Sync>) {
        locked(&self.grip).rest_over = Some(tell.into());
    }

    fn protect(&mut self, pids: Vec<u32>) {
        self.own.pids = pids;
    }
}

/// Helping works without it, so a display that lacks it is only noted.
fn listen(name: &str, grip: &SharedGrip) -> Option<Listener> {
    let listener = Listener::start(name, Arc::clone(grip));
    match &listener {
        Ok(Some(_)) => {}
        Ok(None) => tracing::warn!("without XInput 2.2 the person's own hand cannot go first"),
        Err(error) => tracing::warn!(%error, "the person's own hand cannot be noticed"),
    }
    listener.ok().flatten()
}

impl Drop for X11Injector {
    fn drop(&mut self) {
        self.release_all();
        self.keyboard.restore(&self.display);
        drop(self.display.conn.flush());
    }
}

fn number_of(button: Button) -> u8 {
    match button {
        Button::Left => 1,
        Button::Middle => 2,
        Button::Right => 3,
        Button::Back => 8,
        Button::Forward => 9,
    }
}

/// A fraction of the screen as a pixel.
fn pixel(fraction: u16, length: u32) -> i16 {
    let last = u64::from(length.max(1)) - 1;
    i16::try_from((u64::from(fraction) * last + 32767) / 65535).unwrap_or(i16::MAX)
}

/// Whole notches and what is left over.
fn notches(rest: i32, turned: i16) -> (i32, i32) {
    let all = rest + i32::from(turned);
    let whole = (all / i32::from(NOTCH)).clamp(-MOST_NOTCHES, MOST_NOTCHES);
    (whole, all % i32::from(NOTCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_corners_and_half_notches_add_up() {
        assert_eq!((pixel(0, 1920), pixel(65535, 1920)), (0, 1919));
        assert_eq!(notches(0, 60), (0, 60));
        assert_eq!(notches(60, 60), (1, 0));
        assert_eq!(notches(0, -300), (-2, -60));
    }
}
