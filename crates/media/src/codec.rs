//! Pictures into bytes and back. AV1 is the only codec today; others get a module beside it.

pub mod av1;
mod i420;

pub use i420::I420;

/// Why a codec failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The picture is empty or larger than 8192 pixels on a side.
    #[error("a picture of {0}x{1} pixels cannot be encoded")]
    Size(u32, u32),
    /// The library refused.
    #[error("the codec failed in {step}: {reason}")]
    Library {
        /// What was being done.
        step: &'static str,
        /// The library's own words.
        reason: String,
    },
    /// The bytes are not a picture we show (8 bits, 4:2:0).
    #[error("the picture has an unknown form")]
    Form,
}

/// The longest side that is encoded or decoded: twice 4K, and it bounds what a peer can make us allocate.
pub const MOST_SIDE: u32 = 8192;
