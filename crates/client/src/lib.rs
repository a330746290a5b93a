//! The link to the desk, sync, outbox, files, sessions.
