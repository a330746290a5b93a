//! What a customer is shown: a line of understandable steps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Status;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketStep")]
pub enum Step {
    /// The firm has it.
    Received,
    /// Somebody works on it.
    InWork,
    /// The firm waits for an answer.
    YourTurn,
    /// Done, says the firm.
    Solved,
    /// Done, says the customer.
    Confirmed,
    /// It will not be done.
    Refused,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketStepState")]
pub enum State {
    /// Behind.
    Past,
    /// Here.
    Now,
    /// Ahead.
    Ahead,
}

/// The line of steps. Waiting and refusal stand in it only while they are so.
#[must_use]
pub fn steps(status: Status) -> Vec<(Step, State)> {
    let line: &[Step] = match status {
        Status::Waiting => &[Step::Received, Step::InWork, Step::YourTurn, Step::Solved, Step::Confirmed],
        Status::Refused => &[Step::Received, Step::Refused],
        _ => &[Step::Received, Step::InWork, Step::Solved, Step::Confirmed],
    };
    let here = match status {
        Status::New => Step::Received,
        Status::InWork | Status::Reopened => Step::InWork,
        Status::Waiting => Step::YourTurn,
        Status::Solved => Step::Solved,
        Status::Confirmed => Step::Confirmed,
        Status::Refused => Step::Refused,
    };
    let at = line.iter().position(|step| *step == here).unwrap_or_default();
    let state = |place: usize| match place.cmp(&at) {
        std::cmp::Ordering::Less => State::Past,
        std::cmp::Ordering::Equal => State::Now,
        std::cmp::Ordering::Greater => State::Ahead,
    };
    line.iter().enumerate().map(|(place, step)| (*step, state(place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_is_now_in_every_status() {
        for status in Status::ALL {
            let steps = steps(status);
            assert_eq!(steps.iter().filter(|(_, state)| *state == State::Now).count(), 1, "{status:?}");
            assert_eq!(steps[0].0, Step::Received);
        }
        assert!(!steps(Status::InWork).iter().any(|(step, _)| *step == Step::YourTurn));
    }
}
