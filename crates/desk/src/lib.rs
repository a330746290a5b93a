//! The desk's logic and its ports.
//!
//! [`Desk`] is the handle: it redeems invites, carries out operations, and gives each connected
//! device a [`Link`] with the events it may read. What is kept goes through the port [`store`];
//! what is only true for a moment (who is connected, who writes, signals) lives in [`presence`].
//!
//! Every operation is one transaction: rights, rule, state, events. Afterwards a hint says "look
//! after gseq N" (D14); losing every hint costs a second of latency. Requests are offered by one
//! task ([`offers`]) that wakes when something changed or a deadline came.

mod around;
mod audience;
pub mod board;
mod code;
mod colleagues;
mod desk;
mod files;
mod fitting;
mod hours;
mod invitations;
mod keeping;
mod keys;
pub mod letters;
mod link;
mod live;
mod look;
mod mail;
mod offers;
mod ops;
pub mod presence;
mod promises;
mod proving;
pub mod record;
mod redeem;
mod reminders;
mod reports;
pub mod store;
mod transfers;
mod transient;
pub mod webhooks;

pub use board::{Board, Place};
pub use desk::{Desk, DeskError};
pub use hours::Hours;
pub use link::{Link, LinkEnded};
pub use record::{Actor, Person};
pub use store::{Store, StoreError, Tx};
