//! WebRTC sessions and video codecs.

pub mod codec;
