//! Capture and input behind a grant.
//!
//! Nothing here reads a pixel or injects an event without a live grant: every such call takes the
//! [`Gate`], which verifies the signed bytes itself and is asked next to the system call (D6). The
//! two exceptions are acts of the person at this screen: [`screenshot`] and the [`Border`].
//!
//! One module per platform behind narrow types; `x11` is the only one now, and other systems get
//! [`error::Missing`] with a reason that can be said in a sentence. The display name is always a
//! parameter; the environment is never read here.
//!
//! The update mailbox of D5 is the X server's own damage region: it OR-s what changed until
//! [`ScreenSource::take`] empties it, so a slow encoder loses nothing and queues nothing, and an
//! idle screen costs no wake-up at all.
//!
//! ```no_run
//! # fn example(claim: opora_domain::grant::Claim, signed: &opora_domain::signed::Signed) -> Result<(), Box<dyn std::error::Error>> {
//! # let now = || opora_domain::Timestamp(0);
//! let gate = opora_screen::Gate::new(claim);
//! gate.admit(signed)?;
//! let mut source = opora_screen::open_screen(":0")?;
//! loop {
//!     source.wait(None)?;
//!     let update = source.take(&gate, now())?;
//!     println!("{:?} of {:?}", update.rects, source.picture());
//! }
//! # }
//! ```

pub mod error;
mod gate;
pub mod input;
#[cfg(target_os = "linux")]
mod keys;
#[cfg(target_os = "linux")]
mod own_hand;
mod picture;
mod source;
#[cfg(not(target_os = "linux"))]
mod unsupported;
#[cfg(target_os = "linux")]
mod x11;

pub use gate::{Gate, Pass};
pub use input::{Button, Injector, InputEvent};
pub use picture::{MOST_RECTS, Picture, Rect, coalesce};
pub use source::{CursorEvent, CursorShape, CursorSource, ScreenSource, Update, Wake, Waker};

#[cfg(not(target_os = "linux"))]
use unsupported as platform;
#[cfg(target_os = "linux")]
use x11 as platform;

use error::{CaptureError, InputError, Missing};

/// Opens the whole screen of a display for capture.
///
/// # Errors
/// [`CaptureError::Unsupported`] says what is missing.
pub fn open_screen(display: &str) -> Result<Box<dyn ScreenSource>, CaptureError> {
    platform::open_screen(display)
}

/// Opens the pointer of a display: its shape and place, apart from the picture.
///
/// # Errors
/// [`CaptureError::Unsupported`] says what is missing.
pub fn open_cursor(display: &str) -> Result<Box<dyn CursorSource>, CaptureError> {
    platform::open_cursor(display)
}

/// Opens a display for input.
///
/// # Errors
/// [`InputError::Unsupported`] says what is missing.
pub fn open_injector(display: &str, gate: Gate) -> Result<Box<dyn Injector>, InputError> {
    platform::open_injector(display, gate)
}

/// One picture of the screen, taken by and for the person who sits at it. It needs no grant because
/// it goes nowhere by itself: they look at it, black out what is private, and send it or not.
///
/// # Errors
/// [`CaptureError::Unsupported`] says what is missing.
pub fn screenshot(display: &str) -> Result<Picture, CaptureError> {
    platform::screenshot(display)
}

/// The thin frame around a shared screen. It lies above everything, lets clicks through, and goes
/// when dropped.
pub struct Border {
    _shown: platform::Border,
}

impl Border {
    /// Thickness in pixels: seen at a glance, covers nothing that matters.
    pub const THICKNESS: u16 = 4;

    /// Shows the frame in a colour `0xRRGGBB`.
    ///
    /// # Errors
    /// [`CaptureError::Unsupported`] says what is missing.
    pub fn show(display: &str, colour: u32) -> Result<Self, CaptureError> {
        Ok(Self { _shown: platform::Border::show(display, colour)? })
    }
}

/// Why the stop key does not work; said before sharing begins.
#[derive(Debug, thiserror::Error)]
pub enum StopKeyError {
    /// Another program holds the combination.
    #[error("another program uses the stop key")]
    Taken,
    /// The keyboard has no such key.
    #[error("the keyboard has no End key")]
    NoKey,
    /// This machine has no global keys.
    #[error("the stop key cannot be set: {0}")]
    Unsupported(#[from] Missing),
    /// The display went away or broke its protocol.
    #[error("the display was lost")]
    Lost(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The stop key Ctrl+Alt+End, wherever the focus is. Released when dropped. Injected events never
/// reach it: [`Injector`] refuses the combination.
pub struct StopKey {
    _held: platform::StopKey,
}

impl StopKey {
    /// Takes the key; `pressed` runs on a thread of its own each time and should only tell somebody.
    ///
    /// # Errors
    /// [`StopKeyError`].
    pub fn grab(display: &str, pressed: impl Fn() + Send + 'static) -> Result<Self, StopKeyError> {
        Ok(Self { _held: platform::StopKey::grab(display, Box::new(pressed))? })
    }
}
