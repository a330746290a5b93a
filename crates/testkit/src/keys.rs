//! Which key, with which layout and shift, gives a character; and the way back.

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::ConnectionExt;
use x11rb::rust_connection::RustConnection;
use xkeysym::Keysym;

/// A stroke: which key in which layout (group), with shift or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// The X keycode.
    pub key: u8,
    /// 0 is Latin, 1 is Russian on the stage.
    pub group: u8,
    /// Whether shift is held.
    pub shift: bool,
}

/// The display's keyboard as the server told it.
#[derive(Debug)]
pub struct Keymap {
    first: u8,
    per_key: usize,
    symbols: Vec<u32>,
}

impl Keymap {
    /// Asks the server.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn of(connection: &RustConnection) -> Result<Self> {
        let setup = connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = connection.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        Ok(Self { first, per_key: usize::from(map.keysyms_per_keycode).max(1), symbols: map.keysyms })
    }

    /// The stroke that gives this key symbol.
    ///
    /// # Errors
    /// When the keyboard has no such symbol.
    pub fn stroke(&self, symbol: Keysym) -> Result<Stroke> {
        self.find(|raw| raw == symbol.raw()).with_context(|| format!("no key gives {symbol:?}"))
    }

    /// The stroke that types this character.
    ///
    /// # Errors
    /// When neither layout has it.
    pub fn stroke_of(&self, wanted: char) -> Result<Stroke> {
        match wanted {
            '\n' => self.stroke(Keysym::Return),
            '\t' => self.stroke(Keysym::Tab),
            _ => self
                .find(|raw| Keysym::new(raw).key_char() == Some(wanted))
                .with_context(|| format!("no key types {wanted:?}")),
        }
    }

    /// What a key press means: `state` is the event's, which carries shift and the layout.
    #[must_use]
    pub fn symbol(&self, key: u8, state: u16) -> Keysym {
        let group = usize::from((state >> 13) & 1);
        let level = usize::from(state & 1);
        let base = usize::from(key.saturating_sub(self.first)) * self.per_key;
        let at = |index: usize| self.symbols.get(base + index).copied().filter(|raw| *raw != 0);
        let of_group = at(group * 2 + level).or_else(|| at(group * 2));
        Keysym::new(of_group.or_else(|| at(level)).or_else(|| at(0)).unwrap_or(0))
    }

    fn find(&self, fits: impl Fn(u32) -> bool) -> Option<Stroke> {
        // The core protocol lists two symbols a group: plain and shifted; group by group, so that
        // what Latin can type is typed in Latin.
        let keys = || (0_u8..).take_while(|key| usize::from(*key) * self.per_key < self.symbols.len());
        (0..4_u8).find_map(|column| {
            keys().find_map(|key| {
                let symbol = *self.symbols.get(usize::from(key) * self.per_key + usize::from(column))?;
                let stroke = Stroke { key: self.first + key, group: column / 2, shift: column % 2 == 1 };
                fits(symbol).then_some(stroke)
            })
        })
    }
}
