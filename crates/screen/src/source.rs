//! What a platform must offer to be captured.

use std::{sync::Arc, time::Instant};

use opora_domain::Timestamp;

use crate::{Gate, Picture, Rect, error::CaptureError};

/// Why [`ScreenSource::wait`] came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something on the screen changed.
    Changed,
    /// Somebody called [`Waker::wake`].
    Woken,
    /// The deadline passed.
    Deadline,
}

/// What [`ScreenSource::take`] brought into the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Rectangles that may differ from before, at most [`crate::MOST_RECTS`]; empty when nothing changed.
    pub rects: Vec<Rect>,
    /// The picture has a new size; everything in it is new.
    pub resized: bool,
}

/// A screen that can be captured. It belongs to one thread at a time.
pub trait ScreenSource: Send {
    /// Sleeps until the screen changes, a waker wakes it, or the deadline passes. An idle screen
    /// costs nothing here.
    ///
    /// # Errors
    /// [`CaptureError::Lost`].
    fn wait(&mut self, until: Option<Instant>) -> Result<Wake, CaptureError>;

    /// Reads what changed since the last call into the picture, behind the gate. The first call
    /// reads everything.
    ///
    /// # Errors
    /// [`CaptureError::Refused`] when the gate does not let it view; then nothing was read.
    fn take(&mut self, gate: &Gate, now: Timestamp) -> Result<Update, CaptureError>;

    /// The picture as last taken.
    fn picture(&self) -> &Picture;

    /// Wakes a thread that is in [`ScreenSource::wait`].
    fn waker(&self) -> Waker;
}

/// Wakes a source from another thread. Cheap to clone.
#[derive(Clone)]
pub struct Waker(Arc<dyn Fn() + Send + Sync>);

impl Waker {
    /// A waker that calls `wake`.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(wake))
    }

    /// Wakes the source; a wake-up while it is awake counts for its next wait.
    pub fn wake(&self) {
        (self.0)();
    }
}

/// A pointer's picture.
#[derive(Clone, PartialEq, Eq)]
pub struct CursorShape {
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// The pixel that points, from the left.
    pub hot_x: u16,
    /// The pixel that points, from the top.
    pub hot_y: u16,
    /// `width * height * 4` bytes: red, green, blue, alpha, not premultiplied (as a canvas wants it).
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for CursorShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CursorShape({}x{})", self.width, self.height)
    }
}

/// News of the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CursorEvent {
    /// It looks different now.
    Shape(CursorShape),
    /// It is here now; fractions of the screen, 0 left or top, 65535 right or bottom.
    Moved {
        /// From the left.
        x: u16,
        /// From the top.
        y: u16,
    },
}

/// The pointer, apart from the picture so that the viewer can draw it without delay.
pub trait CursorSource: Send {
    /// Sleeps until there is news of the pointer; `None` when a waker woke it. The first calls
    /// bring shape and place.
    ///
    /// # Errors
    /// [`CaptureError::Refused`] when the gate does not let it view.
    fn next(&mut self, gate: &Gate, now: &dyn Fn() -> Timestamp) -> Result<Option<CursorEvent>, CaptureError>;

    /// Wakes a thread that is in [`CursorSource::next`].
    fn waker(&self) -> Waker;
}
