//! Real pointer and keyboard input on a display, by the XTEST extension.

use anyhow::{Context, Result};
use x11rb::protocol::xkb::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{self, ConnectionExt as _, KeyButMask, ModMask};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use xkeysym::Keysym;

use crate::display::connect;
use crate::keys::{Keymap, Stroke};

/// A button of the mouse; the wheel is buttons too, as X has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one.
    Left = 1,
    /// The wheel pressed.
    Middle = 2,
    /// The right one.
    Right = 3,
    /// One notch of the wheel away from the person.
    WheelUp = 4,
    /// One notch of the wheel towards the person.
    WheelDown = 5,
}

/// The hands of the person at one display.
#[derive(Debug)]
pub struct Hands {
    connection: RustConnection,
    root: u32,
}

impl Hands {
    /// Hands at the display with this name.
    ///
    /// # Errors
    /// When the display is gone or lacks XTEST or XKB.
    pub fn on(display: &str) -> Result<Self> {
        let (connection, root) = connect(display)?;
        connection.xtest_get_version(2, 2)?.reply().context("the display has no XTEST")?;
        connection.xkb_use_extension(1, 0)?.reply().context("the display has no XKB")?;
        Ok(Self { connection, root })
    }

    /// Moves the pointer to a point of the screen.
    ///
    /// # Errors
    /// When the display is gone, like every method here.
    pub fn move_to(&self, x: i16, y: i16) -> Result<()> {
        self.fake(xproto::MOTION_NOTIFY_EVENT, 0, (x, y))?;
        self.settle()
    }

    /// Presses and releases a button where the pointer is.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn press(&self, button: Button) -> Result<()> {
        self.fake(xproto::BUTTON_PRESS_EVENT, button as u8, (0, 0))?;
        self.fake(xproto::BUTTON_RELEASE_EVENT, button as u8, (0, 0))?;
        self.settle()
    }

    /// Presses the left button where the pointer is, goes to a point and, when `arrived` says so, lets go there.
    ///
    /// # Errors
    /// When the display is gone, or what `arrived` says; the button is let go then too.
    pub fn carry(&self, to: (i16, i16), arrived: impl FnOnce() -> Result<()>) -> Result<()> {
        self.fake(xproto::BUTTON_PRESS_EVENT, Button::Left as u8, (0, 0))?;
        self.move_to(to.0, to.1)?;
        let went = arrived();
        self.fake(xproto::BUTTON_RELEASE_EVENT, Button::Left as u8, (0, 0))?;
        self.settle()?;
        went
    }

    /// Moves to a point and clicks the left button there.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn click(&self, x: i16, y: i16) -> Result<()> {
        self.move_to(x, y)?;
        self.press(Button::Left)
    }

    /// Types a text as a person would: Latin and Russian, switching the layout where needed.
    /// The layout is Latin afterwards.
    ///
    /// # Errors
    /// When a character is on neither layout, or the display is gone.
    pub fn type_text(&self, text: &str) -> Result<()> {
        let keymap = Keymap::of(&self.connection)?;
        for wanted in text.chars() {
            self.strike(&keymap, keymap.stroke_of(wanted)?)?;
        }
        self.layout(0)?;
        self.settle()
    }

    /// Presses keys together: all down in order, all up in reverse; `[Control_L, Alt_L, End]`.
    ///
    /// # Errors
    /// When the keyboard lacks a key, or the display is gone.
    pub fn chord(&self, keys: &[Keysym]) -> Result<()> {
        let keymap = Keymap::of(&self.connection)?;
        let keys = keys.iter().map(|symbol| keymap.stroke(*symbol)).collect::<Result<Vec<_>>>()?;
        for stroke in &keys {
            self.fake(xproto::KEY_PRESS_EVENT, stroke.key, (0, 0))?;
        }
        for stroke in keys.iter().rev() {
            self.fake(xproto::KEY_RELEASE_EVENT, stroke.key, (0, 0))?;
        }
        self.settle()
    }

    /// Where the pointer is.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn pointer(&self) -> Result<(i16, i16)> {
        let at = self.connection.query_pointer(self.root)?.reply()?;
        Ok((at.root_x, at.root_y))
    }

    /// Whether any key or button is held down: nothing may stay pressed after a remote session.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn anything_held(&self) -> Result<bool> {
        let keys = self.connection.query_keymap()?.reply()?.keys;
        let held = self.connection.query_pointer(self.root)?.reply()?.mask;
        let buttons = KeyButMask::BUTTON1 | KeyButMask::BUTTON2 | KeyButMask::BUTTON3;
        Ok(keys.iter().any(|byte| *byte != 0) || held.intersects(buttons))
    }

    fn strike(&self, keymap: &Keymap, stroke: Stroke) -> Result<()> {
        self.layout(stroke.group)?;
        let shift = keymap.stroke(Keysym::Shift_L)?.key;
        if stroke.shift {
            self.fake(xproto::KEY_PRESS_EVENT, shift, (0, 0))?;
        }
        self.fake(xproto::KEY_PRESS_EVENT, stroke.key, (0, 0))?;
        self.fake(xproto::KEY_RELEASE_EVENT, stroke.key, (0, 0))?;
        if stroke.shift {
            self.fake(xproto::KEY_RELEASE_EVENT, shift, (0, 0))?;
        }
        Ok(())
    }

    /// Switches the layout for good, as a person's layout key does.
    fn layout(&self, group: u8) -> Result<()> {
        let device = xkb::ID::USE_CORE_KBD.into();
        let (none, no_latch) = (ModMask::default(), 0);
        self.connection.xkb_latch_lock_state(device, none, none, true, group.into(), none, false, no_latch)?;
        Ok(())
    }

    fn fake(&self, kind: u8, detail: u8, (x, y): (i16, i16)) -> Result<()> {
        self.connection.xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, x, y, 0)?;
        Ok(())
    }

    /// Returns once the server has done all that was asked.
    fn settle(&self) -> Result<()> {
        self.connection.get_input_focus()?.reply()?;
        Ok(())
    }
}
