//! What has to hold of the real desk over its real store: [`race`] under load and sudden death,
//! [`week`] over a working week on our own clock; and of the real client: [`tickets`], lists of very many. Small slices of both run with the tests; the full
//! sizes are `cargo xtask race` and `cargo xtask week`.

pub mod firm;
pub mod race;
pub mod tickets;
pub mod week;
