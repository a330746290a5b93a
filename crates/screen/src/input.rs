//! Events of a helper, and what a platform must offer to inject them.

use opora_domain::{Timestamp, scope::Scope};
use serde::{Deserialize, Serialize};

use crate::error::InputError;

/// One notch of a wheel.
pub const NOTCH: i16 = 120;
/// The longest text of one event, in characters.
pub const MOST_TEXT: usize = 512;

/// A pointer button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// The main one.
    Left,
    /// The wheel.
    Middle,
    /// The menu one.
    Right,
    /// Fourth, usually by the thumb.
    Back,
    /// Fifth.
    Forward,
}

/// What a helper does with pointer and keyboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum InputEvent {
    /// Moves the pointer; fractions of the screen, 0 left or top, 65535 right or bottom.
    Move {
        /// From the left.
        x: u16,
        /// From the top.
        y: u16,
    },
    /// Presses or releases a button.
    Button {
        /// Which one.
        button: Button,
        /// Pressed, else released.
        down: bool,
    },
    /// Turns the wheel; 120 is a notch right or down (towards the person).
    Wheel {
        /// To the right.
        dx: i16,
        /// Down.
        dy: i16,
    },
    /// Presses or releases a key by its place on the keyboard.
    Key {
        /// W3C `KeyboardEvent.code`, like `KeyQ` or `ArrowUp`.
        code: String,
        /// Pressed, else released.
        down: bool,
    },
    /// Types characters, whatever layout is active.
    Text {
        /// At most [`MOST_TEXT`] characters; of the control characters only new line and tab.
        text: String,
    },
    /// Releases every key and button: the helper's window lost the focus.
    ReleaseAll,
}

impl InputEvent {
    /// The scope it needs; `None` for [`InputEvent::ReleaseAll`], which only takes back.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        match self {
            Self::Move { .. } | Self::Button { .. } | Self::Wheel { .. } => Some(Scope::Pointer),
            Self::Key { .. } | Self::Text { .. } => Some(Scope::Keyboard),
            Self::ReleaseAll => None,
        }
    }

    /// Whether it keeps the limits of this module.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        match self {
            Self::Text { text } => {
                text.chars().count() <= MOST_TEXT && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            }
            Self::Key { code, .. } => code.len() <= 32,
            _ => true,
        }
    }
}

/// A screen that takes input. It belongs to one thread at a time. Whatever is pressed is released
/// when it is dropped.
pub trait Injector: Send {
    /// Injects one event behind the gate and waits until the display has taken it.
    ///
    /// # Errors
    /// [`InputError`]; then nothing was injected, but of a text perhaps its beginning. When the gate
    /// refuses, pressed keys and buttons were released. [`InputError::OwnHand`] while it rests after
    /// the person's own hand; what was held then had been released at that moment.
    fn inject(&mut self, event: &InputEvent, now: Timestamp) -> Result<(), InputError>;

    /// Releases every key and button that it holds.
    fn release_all(&mut self);

    /// Rests while a consent card is open (D6): everything is refused with [`InputError::Paused`].
    fn pause(&mut self, paused: bool);

    /// Who is told, on a thread of the injector's own, when a rest after the person's own hand is over.
    /// It should only tell somebody.
    fn on_rest_over(&mut self, tell: Box<dyn Fn() + Send + Sync>);

    /// Processes whose windows no event may reach: Opora's own. Windows of the class `opora` are
    /// protected in any case.
    fn protect(&mut self, pids: Vec<u32>);
}
