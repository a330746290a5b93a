//! What the interface and the core say to each other.
//!
//! The interface calls commands and listens to events; both are listed once, in [`contract`], and
//! `opora-ipc-types` prints the TypeScript of everything here. Views are made for the screen: they
//! hold what a component shows and no more. Views that change carry `rev`, one counter of the core
//! process: an older one never replaces a newer one.

pub mod api;
pub mod app;
pub mod ask;
pub mod contract;
pub mod contracts;
pub mod conversation;
pub mod device;
pub mod draft;
pub mod error;
pub mod hours;
pub mod import;
pub mod invitation;
pub mod people;
pub mod presence;
pub mod queue;
pub mod report;
pub mod routing;
pub mod running;
pub mod search;
pub mod session;
pub mod shell;
pub mod structure;
pub mod supervision;
pub mod ticket;
pub mod transfer;
pub mod vendor;

pub use contract::{Command, CoreEvent};
pub use error::{ErrorCode, UiError};
