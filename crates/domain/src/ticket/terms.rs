//! By when a ticket is answered and solved, in the working time of its line.
//!
//! The owner promises so much working time for each priority. Two clocks run: until the first words of a person
//! of the firm to the client (D17), and until it is solved. The second stands still while the customer was asked
//! something, and begins anew when a ticket is reopened.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Priority, Status};
use crate::{Span, Timestamp, calendar::Calendar};

/// What is promised for a priority, in minutes of working time; none: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketPromise")]
pub struct Promise {
    /// First answer.
    pub answer: Option<u32>,
    /// Solution.
    pub solution: Option<u32>,
}

/// What the owner promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketTerms")]
pub struct Terms {
    /// For each priority.
    pub promises: BTreeMap<Priority, Promise>,
}

impl Default for Terms {
    /// Hours of an eight-hour day: 1 and 4, 2 and 8, 8 and 40, 16 and nothing.
    fn default() -> Self {
        let hours = |answer: u32, solution: Option<u32>| Promise {
            answer: Some(answer * 60),
            solution: solution.map(|hours| hours * 60),
        };
        Self {
            promises: BTreeMap::from([
                (Priority::Urgent, hours(1, Some(4))),
                (Priority::High, hours(2, Some(8))),
                (Priority::Normal, hours(8, Some(40))),
                (Priority::Low, hours(16, None)),
            ]),
        }
    }
}

impl Terms {
    /// What is promised.
    #[must_use]
    pub fn of(&self, priority: Priority) -> Promise {
        self.promises.get(&priority).copied().unwrap_or_default()
    }
}

/// The instants that people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketDeadlines")]
pub struct Deadlines {
    /// The first answer; none when it was given or not promised.
    pub answer: Option<Timestamp>,
    /// The solution; none while nobody of the firm has to do anything, or when not promised.
    pub solution: Option<Timestamp>,
}

impl Deadlines {
    /// The one that comes first.
    #[must_use]
    pub fn nearest(&self) -> Option<Timestamp> {
        self.answer.into_iter().chain(self.solution).min()
    }
}

/// A clock that counts working time down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Working time that was left at `since`.
    left: Span,
    /// Runs since then; stands still when none.
    since: Option<Timestamp>,
}

impl Clock {
    fn start(minutes: u32, now: Timestamp) -> Self {
        Self { left: Span::minutes(minutes.into()), since: Some(now) }
    }

    fn halt(&mut self, calendar: &Calendar, now: Timestamp) {
        if let Some(since) = self.since.take() {
            self.left.0 -= calendar.working_time_between(since, now).0;
        }
    }

    fn run(&mut self, now: Timestamp) {
        self.since.get_or_insert(now);
    }

    /// When it is at zero; what is overdrawn was due when it began to run.
    fn due(&self, calendar: &Calendar) -> Option<Timestamp> {
        calendar.add_working_time(self.since?, self.left)
    }
}

/// Both clocks of a ticket. Kept by the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// Until the first answer.
    answer: Option<Clock>,
    /// Until the solution.
    solution: Option<Clock>,
    /// The first answer was given.
    answered: bool,
}

/// What moves the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Somebody of the firm wrote to the client.
    Answered,
    /// The ticket stands elsewhere.
    Moved(Status),
    /// Another priority, or the owner promises something else.
    Promised(Promise),
}

impl Clocks {
    /// A new ticket's.
    #[must_use]
    pub fn start(promise: Promise, now: Timestamp) -> Self {
        Self {
            answer: promise.answer.map(|minutes| Clock::start(minutes, now)),
            solution: promise.solution.map(|minutes| Clock::start(minutes, now)),
            answered: false,
        }
    }

    /// Goes on. `promise` is that of the ticket's priority, `made` when it was made, `status` where it stands.
    pub fn tick(&mut self, tick: Tick, at: &Circumstances<'_>) {
        match tick {
            Tick::Answered => (self.answer, self.answered) = (None, true),
            Tick::Moved(status) => self.moved(status, at),
            Tick::Promised(promise) => {
                *self = Self { answered: self.answered, ..Self::start(promise, at.made) };
                if self.answered {
                    self.answer = None;
                }
                self.moved(at.status, at);
            }
        }
    }

    fn moved(&mut self, status: Status, at: &Circumstances<'_>) {
        match status {
            Status::Waiting => self.each(|clock| clock.halt(at.calendar, at.now)),
            Status::Solved | Status::Confirmed | Status::Refused => (self.answer, self.solution) = (None, None),
            Status::Reopened => self.solution = at.promise.solution.map(|minutes| Clock::start(minutes, at.now)),
            Status::New | Status::InWork => self.each(|clock| clock.run(at.now)),
        }
    }

    fn each(&mut self, act: impl Fn(&mut Clock)) {
        self.answer.iter_mut().chain(self.solution.iter_mut()).for_each(act);
    }

    /// The instants that people are shown.
    #[must_use]
    pub fn deadlines(&self, calendar: &Calendar) -> Deadlines {
        let due = |clock: &Option<Clock>| clock.as_ref().and_then(|clock| clock.due(calendar));
        Deadlines { answer: due(&self.answer), solution: due(&self.solution) }
    }
}

/// In which the clocks go on.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Hours of the ticket's line.
    pub calendar: &'a Calendar,
    /// Promised for its priority.
    pub promise: Promise,
    /// When it was made.
    pub made: Timestamp,
    /// Where it stands.
    pub status: Status,
    /// The desk's clock.
    pub now: Timestamp,
}

/// How a deadline stands, for colours and escalation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketLight")]
pub enum Light {
    /// Nothing is promised.
    None,
    /// Time enough.
    Green,
    /// Less than a fifth of the time since it was made is left.
    Yellow,
    /// Broken.
    Red,
}

/// How the nearest deadline stands.
#[must_use]
pub fn light(deadlines: Deadlines, made: Timestamp, now: Timestamp) -> Light {
    let of = |due: Timestamp| {
        let (all, left) = ((due - made).0.max(0), (due - now).0);
        match left {
            ..0 => Light::Red,
            _ if left <= all / 5 => Light::Yellow,
            _ => Light::Green,
        }
    };
    [deadlines.answer, deadlines.solution].into_iter().flatten().map(of).max().unwrap_or(Light::None)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Zone;

    const HOUR: i64 = 60 * 60 * 1_000_000;

    /// Monday, 9:00 in UTC (2026-11-30).
    const MONDAY: Timestamp = Timestamp(1_796_029_200_000_000);

    fn at(calendar: &Calendar, hours: i64) -> Circumstances<'_> {
        let now = Timestamp(MONDAY.0 + hours * HOUR);
        Circumstances {
            calendar,
            promise: Terms::default().of(Priority::High),
            made: MONDAY,
            status: Status::InWork,
            now,
        }
    }

    #[test]
    fn the_solution_waits_while_the_customer_was_asked() {
        let always = Calendar::always();
        let mut clocks = Clocks::start(Terms::default().of(Priority::High), MONDAY);
        assert_eq!(clocks.deadlines(&always).solution, Some(Timestamp(MONDAY.0 + 8 * HOUR)));
        clocks.tick(Tick::Moved(Status::Waiting), &at(&always, 3));
        assert_eq!(clocks.deadlines(&always), Deadlines::default());
        clocks.tick(Tick::Moved(Status::InWork), &at(&always, 30));
        assert_eq!(clocks.deadlines(&always).solution, Some(Timestamp(MONDAY.0 + 35 * HOUR)));
        clocks.tick(Tick::Moved(Status::Solved), &at(&always, 31));
        assert_eq!(clocks.deadlines(&always), Deadlines::default());
        clocks.tick(Tick::Moved(Status::Reopened), &at(&always, 40));
        assert_eq!(clocks.deadlines(&always).solution, Some(Timestamp(MONDAY.0 + 48 * HOUR)));
    }

    #[test]
    fn only_working_time_counts() {
        let usual = Calendar::usual(Zone::utc());
        let clocks = Clocks::start(Promise { answer: Some(60), solution: Some(40 * 60) }, MONDAY);
        let deadlines = clocks.deadlines(&usual);
        assert!(deadlines.answer <= deadlines.solution);
        let worked = usual.working_time_between(MONDAY, deadlines.solution.expect("promised"));
        assert_eq!(worked, Span::minutes(40 * 60));
    }

    #[test]
    fn an_answer_is_given_once() {
        let always = Calendar::always();
        let mut clocks = Clocks::start(Terms::default().of(Priority::Urgent), MONDAY);
        clocks.tick(Tick::Answered, &at(&always, 1));
        clocks.tick(Tick::Promised(Terms::default().of(Priority::High)), &at(&always, 2));
        assert_eq!(clocks.deadlines(&always).answer, None);
        assert_eq!(clocks.deadlines(&always).solution, Some(Timestamp(MONDAY.0 + 8 * HOUR)));
    }

    #[test]
    fn lights_turn_before_it_is_too_late() {
        let of = |now: i64| {
            let deadlines = Deadlines { answer: None, solution: Some(Timestamp(100)) };
            light(deadlines, Timestamp(0), Timestamp(now))
        };
        assert_eq!(
            [of(0), of(79), of(80), of(100), of(101)],
            [Light::Green, Light::Green, Light::Yellow, Light::Yellow, Light::Red]
        );
        assert_eq!(light(Deadlines::default(), Timestamp(0), Timestamp(1)), Light::None);
    }

    proptest! {
        #[test]
        fn waiting_never_costs_working_time(pauses in proptest::collection::vec((1_i64..20, 1_i64..50), 0..6)) {
            let always = Calendar::always();
            let mut clocks = Clocks::start(Promise { answer: None, solution: Some(600 * 60) }, MONDAY);
            let (mut hours, mut waited) = (0, 0);
            for (work, wait) in pauses {
                hours += work;
                clocks.tick(Tick::Moved(Status::Waiting), &at(&always, hours));
                hours += wait;
                waited += wait;
                clocks.tick(Tick::Moved(Status::InWork), &at(&always, hours));
            }
            prop_assert_eq!(clocks.deadlines(&always).solution, Some(Timestamp(MONDAY.0 + (600 + waited) * HOUR)));
        }
    }
}
