//! The desk's logic and its ports.
