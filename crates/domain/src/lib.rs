//! The nouns of Opora and the rules they obey.
//!
//! Pure: no input or output, no clock, no randomness. Whoever calls passes the time, the keys and
//! the ids, and carries out what a rule says. Everything here may be used by both wings, the
//! client's and the desk's.

pub mod api;
pub mod availability;
pub mod calendar;
pub mod callback;
pub mod certificate;
pub mod contract;
pub mod file;
pub mod grant;
pub mod ids;
pub mod inn;
pub mod invitation;
pub mod invite;
pub mod keeping;
pub mod key;
pub mod line;
pub mod machine;
pub mod mail;
pub mod membership;
pub mod message;
pub mod note;
pub mod offer;
pub mod organisation;
pub mod own_specialist;
pub mod participant;
pub mod person;
pub mod queue;
pub mod rating;
pub mod report;
pub mod request;
pub mod rights;
pub mod role;
pub mod scope;
pub mod session;
pub mod signed;
pub mod skill;
pub mod supervision;
pub mod ticket;
pub mod time;
pub mod totp;
pub mod transfer;
pub mod wait;
pub mod webhook;

pub use ids::*;
pub use key::PublicKey;
pub use time::{Span, Timestamp};
