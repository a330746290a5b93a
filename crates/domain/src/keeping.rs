//! How long words and files are kept.

/// Days that a closed talk may be kept: one at least, and ten years at most; longer is for ever.
pub const DAYS: std::ops::RangeInclusive<u32> = 1..=3_650;
