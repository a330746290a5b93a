//! The desk as a server: one TLS address for the link, invites and files, TURN beside it.
//!
//! [`Server::start`] runs a desk inside any tokio runtime: the `opora-desk` program and the desktop
//! ("Start a desk on this computer") do the same. There is no global state and no log set-up here.
//! Everything is kept in one folder: `desk.key` (the identity that invites pin), `desk.db`,
//! `blobs/`, `uploads/`.

mod api;
mod app;
pub mod archive;
mod blobs;
mod colleagues;
pub mod doctor;
mod front;
mod identity;
mod invites;
mod keeping;
pub mod keys;
mod limits;
mod link;
mod mail;
mod refusal;
mod relay;
mod reports;
mod seal_key;
mod server;
mod sweep;
mod system;
mod tokens;
mod uploads;
mod webhooks;

pub use identity::IdentityError;
pub use relay::RelayError;
pub use server::{Server, ServerOptions, StartError};
pub use system::stopped;
