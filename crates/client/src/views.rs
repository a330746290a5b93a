//! What the screen shows, made from the state. Nothing here waits.

mod app;
mod beside;
mod board;
mod contracts;
mod device;
mod entries;
mod hours;
mod invitations;
mod people;
mod queue;
mod routing;
mod running;
mod talks;
pub(crate) mod tickets;

pub(crate) use entries::{ECHO_BASE, Found};
