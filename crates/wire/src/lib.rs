//! Messages between client and desk.
