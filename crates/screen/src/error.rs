//! Why the screen cannot be shown or controlled. Each variant is one sentence in the interface.

use opora_domain::grant::Refused;

/// What this system lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// No X server answers under the given display name.
    #[error("no X11 display answers")]
    Display,
    /// The session is Wayland only; capture by the portal is not built yet.
    #[error("the session runs on Wayland without X11")]
    WaylandOnly,
    /// The X server lacks an extension that is needed.
    #[error("the display lacks the extension {0}")]
    Extension(&'static str),
    /// Not 24 or 32 bits of colour in the usual order.
    #[error("the display's colours have an unknown format")]
    PixelFormat,
    /// This operating system has no backend yet.
    #[error("screens of this system cannot be shown yet")]
    System,
}

/// Why capturing failed.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// This machine cannot show its screen; trying again does not help.
    #[error("the screen cannot be shown: {0}")]
    Unsupported(#[from] Missing),
    /// No live grant for it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The display went away or broke its protocol.
    #[error("the display was lost")]
    Lost(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why an input event was not injected.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// This machine takes no input from programs; trying again does not help.
    #[error("the computer cannot be controlled: {0}")]
    Unsupported(#[from] Missing),
    /// No live grant for it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It was aimed at one of Opora's own windows (D6).
    #[error("the event was aimed at a window of Opora")]
    OwnWindow,
    /// A consent card is open, so control rests (D6).
    #[error("control is paused")]
    Paused,
    /// The person's own hand was there within the last second; it goes first (D6).
    #[error("the person's own hand goes first")]
    OwnHand,
    /// It would have been the stop key, which belongs to the person at the screen.
    #[error("the stop key belongs to the person at the screen")]
    StopKey,
    /// The name of the key, button or character is not known here.
    #[error("unknown key or character")]
    UnknownKey,
    /// The display went away or broke its protocol.
    #[error("the display was lost")]
    Lost(#[source] Box<dyn std::error::Error + Send + Sync>),
}

macro_rules! lost_from {
    ($($error:ident: $($from:ty),+);+ $(;)?) => {$($(
        #[cfg(target_os = "linux")]
        impl From<$from> for $error {
            fn from(error: $from) -> Self {
                Self::Lost(Box::new(error))
            }
        }
    )+)+};
}

lost_from! {
    CaptureError: x11rb::errors::ConnectionError, x11rb::errors::ReplyError, x11rb::errors::ReplyOrIdError,
        x11rb::rust_connection::ConnectError, x11rb::errors::IdsExhausted, std::io::Error, rustix::io::Errno;
    InputError: x11rb::errors::ConnectionError, x11rb::errors::ReplyError, x11rb::errors::ReplyOrIdError,
        x11rb::errors::IdsExhausted, std::io::Error, rustix::io::Errno;
}
