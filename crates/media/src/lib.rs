//! WebRTC sessions and video codecs.
