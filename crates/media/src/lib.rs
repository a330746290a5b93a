//! WebRTC sessions and video codecs.

pub mod assemble;
pub mod codec;
pub mod fingerprint;
pub mod flow;
pub mod identity;
pub mod message;
pub mod queue;
pub mod transport;
