//! A working week of a firm, on our own clock: 400 customers, 12 specialists on two lines, lunch, a
//! holiday, the night in which the clocks change, computers that die, people who do not answer.
//!
//! One seed is one week. What happens is drawn beforehand and in passing from the seed; the real desk
//! and store do the rest. After every step the promises are held against what is in the store, by
//! [`check`], which knows nothing of how the desk decides.

mod calendar;
mod check;
mod life;

use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

/// What a week is made of.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// One seed is one week.
    pub seed: u64,
    /// Customers.
    pub customers: usize,
    /// Specialists.
    pub specialists: usize,
    /// Requests in the whole week.
    pub requests: usize,
    /// Something is broken on purpose, to see that it is noticed.
    pub broken: Option<Break>,
}

impl Options {
    /// The week that is promised.
    #[must_use]
    pub fn usual(seed: u64) -> Self {
        Self { seed, customers: 400, specialists: 12, requests: 220, broken: None }
    }
}

/// What can be broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// A load is counted too low, so that somebody gets too much.
    Capacity,
    /// A newcomer is shown to somebody before those who waited.
    Order,
    /// A request belongs to somebody who is not of the firm.
    Orphan,
    /// A request is kept from everybody.
    Starve,
}

impl std::str::FromStr for Break {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "capacity" => Ok(Self::Capacity),
            "order" => Ok(Self::Order),
            "orphan" => Ok(Self::Orphan),
            "starve" => Ok(Self::Starve),
            _ => Err("one of capacity, order, orphan, starve".to_owned()),
        }
    }
}

/// What came of a week. The four that matter are nought.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Requests that could have been offered and were not, or were never served.
    pub starved: usize,
    /// Times somebody had more than the capacity.
    pub over_capacity: usize,
    /// Requests without a place in the queue or an owner, and loads without a request.
    pub orphaned: usize,
    /// Offers of a request while one that was due before it could have been offered.
    pub out_of_order: usize,
    /// Offers while the line was closed.
    pub offered_closed: usize,
    /// Requests that were let in although the client's contract was over.
    pub uncovered: usize,
    /// Requests asked.
    pub requests: usize,
    /// Requests refused because the client's contract was over.
    pub refused: usize,
    /// Of them served to the end; the others were taken back by who asked.
    pub served: usize,
    /// Offers made.
    pub offers: usize,
    /// Conversations put on hold.
    pub holds: usize,
    /// Computers that died.
    pub crashes: usize,
    /// Steps, each followed by a check.
    pub steps: usize,
    /// The longest wait for an answer within working hours, in minutes.
    pub longest_wait_min: i64,
    /// How long it took here.
    pub seconds: f64,
    /// What was wrong first, in words.
    pub first: Option<String>,
}

impl Report {
    /// Whether every promise was kept.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let wrong = [self.starved, self.over_capacity, self.orphaned, self.out_of_order];
        wrong.into_iter().chain([self.offered_closed, self.uncovered]).all(|count| count == 0)
    }
}

/// Lives a week.
///
/// # Errors
/// When the desk fails, which is no result.
pub async fn run(options: Options) -> Result<Report> {
    let began = Instant::now();
    let mut report = life::Week::begin(options).await?.live().await?;
    report.seconds = began.elapsed().as_secs_f64();
    Ok(report)
}
