//! What has to hold of the real desk over its real store: [`race`] under load and sudden death,
//! [`week`] over a working week on our own clock; and of the real client: [`tickets`], lists of very many, and
//! [`history`], very many messages. Small slices of all run with the tests; the full sizes are `cargo xtask race`,
//! `cargo xtask week`, `cargo xtask bench tickets` and `cargo xtask bench history`.

pub mod firm;
pub mod history;
pub mod race;
pub mod tickets;
pub mod week;
