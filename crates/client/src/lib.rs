//! The client without windows: the link to the desk, sync, outbox, files, remote sessions.
//!
//! [`Core`] is the whole of it. The interface calls [`Core::call`] and listens to
//! [`Core::events`]; windows, tray and notifications are asked for through [`Core::shell`]. What a
//! person wrote is in the vault before a command answers and leaves it only after the desk's log,
//! as stored here, holds it. What is on screen is a projection of that log with the outbox on top.

mod account;
mod bringing;
mod commands;
pub mod core;
mod failpoint;
mod files;
pub mod import;
mod invite_sheet;
mod join;
mod kept;
pub mod keys;
mod link;
pub mod machine;
mod office;
pub mod options;
mod outbox;
mod publish;
mod qr;
mod read_marks;
mod refusal;
pub mod session;
pub mod shot;
mod staff;
mod state;
pub mod status;
mod sync;
mod tables;
mod views;
mod words;
pub mod world;

pub use crate::core::Core;
pub use crate::options::{CoreOptions, DeskHost, HostedDesk};
