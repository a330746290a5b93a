//! What a receiver refuses.

/// Why bytes are not a packet of this format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It ends too early.
    #[error("the packet ends too early")]
    Short,
    /// A number is out of its range.
    #[error("a number is out of range")]
    Number,
    /// Another version of the format.
    #[error("another version of the format")]
    Version,
    /// A kind, flag or combination that does not exist.
    #[error("unknown kind or combination of flags")]
    Kind,
    /// A rectangle or tile outside of the picture.
    #[error("outside of the picture")]
    Outside,
    /// Pixels that do not decode.
    #[error("the pixels do not decode")]
    Pixels,
}

/// Why a packet was not taken in. The picture is as it was before, apart from whole records that
/// stood ahead of the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not this format.
    #[error("not a packet of the display stream: {0}")]
    Malformed(#[from] Malformed),
    /// The picture would be larger than allowed.
    #[error("a picture of {width} x {height} is larger than allowed")]
    TooLarge {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// Numbered so far ahead that it cannot be of this stream.
    #[error("the packet is numbered too far ahead")]
    Ahead,
}
