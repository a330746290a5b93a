//! Order in the desk's queues, and who is shown the next request.
//!
//! [`order`] says who is next, [`choice`] to whom a request is shown and why, [`rules`] holds what
//! the owner may change. All pure: the desk asks, and carries the answer out in one transaction with
//! two guards (D15).

mod choice;
mod order;
mod rules;

pub use choice::{Because, Candidate, Choice, Considered, Decision, Skip, choose};
pub use order::{Waiting, ahead, due, sort};
pub use rules::{MOST_CAPACITY, Overflow, Ranks, Rules, RulesError, check_capacity};
