//! What a report asks and answers, and the rules of its figures.
//!
//! A report is about the requests that were asked in a period, `from` included, `to` not. Lengths
//! of time are working time of the line where it has hours. First response (D17): the first message
//! by a person of the firm, to the client, after the latest opening; robots never count. A
//! percentile is the nearest rank: a value that really occurred.

use std::collections::BTreeMap;

use jiff::{Timestamp as Instant, civil::Weekday, tz::TimeZone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{LineId, OrganisationId, Span, Timestamp, contract::Standing, role::Role};

/// The longest period in days: ten years of work.
pub const MOST_DAYS: i64 = 3_660;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportAsk")]
pub struct Ask {
    /// From this moment on.
    pub from: Timestamp,
    /// Up to this moment, not included.
    pub to: Timestamp,
    /// Zone of days and hours, as in the IANA list.
    pub zone: String,
    /// One line; all when there is none.
    pub line: Option<LineId>,
}

/// Why a report cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The period ends before it begins, or is longer than [`MOST_DAYS`].
    #[error("the period makes no sense")]
    Period,
    /// The zone is not known.
    #[error("the zone is not known")]
    Zone,
}

impl Ask {
    /// Checks what a person can get wrong; answers the zone.
    ///
    /// # Errors
    /// [`AskError`].
    pub fn check(&self) -> Result<TimeZone, AskError> {
        let length = self.to - self.from;
        if length <= Span::ZERO || length > Span::minutes(MOST_DAYS * 24 * 60) {
            return Err(AskError::Period);
        }
        TimeZone::get(&self.zone).map_err(|_| AskError::Zone)
    }
}

/// Counts and lengths of time of some requests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportFigures")]
pub struct Figures {
    /// Asked.
    pub asked: u32,
    /// A person of the firm has answered.
    pub answered: u32,
    /// The talk is over.
    pub closed: u32,
    /// Taken back by the customer.
    pub cancelled: u32,
    /// Half were first answered at least as fast.
    pub first_p50: Option<Span>,
    /// Nine of ten were.
    pub first_p90: Option<Span>,
    /// Half were closed at least as fast.
    pub closed_p50: Option<Span>,
    /// Nine of ten were.
    pub closed_p90: Option<Span>,
    /// Rated by the customer.
    pub rated: u32,
    /// Sum of the customers' stars.
    pub stars: u32,
    /// Marked by the head.
    pub marked: u32,
    /// Sum of the head's stars.
    pub head_stars: u32,
}

/// Figures of one thing that requests are grouped by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportRow")]
pub struct Row {
    /// The line, class, client, product or specialist: an id or a word; none when there is none.
    pub of: Option<String>,
    /// Its figures.
    pub figures: Figures,
}

/// Requests of one local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportDay")]
pub struct Day {
    /// Its midnight.
    pub at: Timestamp,
    /// Asked that day.
    pub asked: u32,
    /// Of these, closed by now.
    pub closed: u32,
}

/// Requests in one hour of one day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportHour")]
pub struct Hour {
    /// 0 is Monday.
    pub weekday: u8,
    /// 0 to 23.
    pub hour: u8,
    /// Asked then.
    pub asked: u32,
}

/// Minutes that were noted for a client: the appendix of the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportMinutes")]
pub struct Minutes {
    /// The client.
    pub organisation: OrganisationId,
    /// As it was noted in the period.
    pub minutes: u32,
    /// As it is drawn from the contract, in its steps.
    pub drawn: u32,
}

/// Where the clients stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportClients")]
pub struct Clients {
    /// All at the end of the period.
    pub all: u32,
    /// Under a paid contract at the end of the period; none where the desk keeps no contracts.
    pub paid: Option<u32>,
    /// On grace at the end of the period.
    pub grace: Option<u32>,
    /// First contract began in the period.
    pub new: Option<u32>,
    /// Last contract ended in the period.
    pub lost: Option<u32>,
    /// New customers who came in the period.
    pub registered: u32,
    /// From the invite to the first entry: half took at most so long.
    pub register_p50: Option<Span>,
    /// Nine of ten did.
    pub register_p90: Option<Span>,
}

/// Everything of a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "ReportData")]
pub struct Report {
    /// All together.
    pub total: Figures,
    /// By line.
    pub lines: Vec<Row>,
    /// By class.
    pub classes: Vec<Row>,
    /// By client; none are customers without a firm.
    pub clients: Vec<Row>,
    /// By product, most asked first; at most [`MOST_PRODUCTS`].
    pub products: Vec<Row>,
    /// By who had it last; none has accepted the others.
    pub specialists: Vec<Row>,
    /// By day, without the empty ones.
    pub days: Vec<Day>,
    /// By hour of the week, without the empty ones.
    pub hours: Vec<Hour>,
    /// How many gave one star, two stars, up to five.
    pub stars: [u32; 5],
    /// Minutes by client.
    pub minutes: Vec<Minutes>,
    /// Customers.
    pub customers: Clients,
}

/// A contract, as far as the report of customers looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Whose.
    pub organisation: OrganisationId,
    /// From this moment on.
    pub begins: Timestamp,
    /// Up to this moment; none when it has no end.
    pub ends: Option<Timestamp>,
    /// Where it stands at the end of the period.
    pub standing: Standing,
}

/// Who is under a paid contract, who on grace, who is new and who is lost; nothing is said where
/// there are no contracts. A client has one standing: the best of its contracts.
#[must_use]
pub fn standings(held: &[Held], from: Timestamp, to: Timestamp) -> Clients {
    if held.is_empty() {
        return Clients::default();
    }
    let mut clients: BTreeMap<OrganisationId, Vec<&Held>> = BTreeMap::new();
    for one in held {
        clients.entry(one.organisation).or_default().push(one);
    }
    let inside = |at: Timestamp| from <= at && at < to;
    let (mut paid, mut grace, mut new, mut lost) = (0, 0, 0, 0);
    for contracts in clients.values() {
        let stands = |fits: fn(Standing) -> bool| contracts.iter().any(|one| fits(one.standing));
        let is_paid = stands(|standing| matches!(standing, Standing::Valid(_)));
        let on_grace = !is_paid && stands(|standing| matches!(standing, Standing::Grace(_)));
        let ended = contracts.iter().map(|one| one.ends).max_by_key(|ends| ends.map_or(i64::MAX, |at| at.0)).flatten();
        paid += u32::from(is_paid);
        grace += u32::from(on_grace);
        new += u32::from(contracts.iter().map(|one| one.begins).min().is_some_and(inside));
        lost += u32::from(!is_paid && !on_grace && ended.is_some_and(inside));
    }
    Clients { paid: Some(paid), grace: Some(grace), new: Some(new), lost: Some(lost), ..Clients::default() }
}

/// Products in one report at most; the names are free text of customers.
pub const MOST_PRODUCTS: usize = 200;

/// The nearest rank of `percent` among `many` sorted values, from 1; 0 when there are none.
#[must_use]
pub fn rank(percent: i64, many: i64) -> i64 {
    (many * percent + 99) / 100
}

/// Whether a message by somebody of this role is an answer to a client (D17).
#[must_use]
pub fn is_answer(role: Role) -> bool {
    role.is_staff()
}

/// Requests that were asked in one step of time, before it is known in which zone they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number: the moment divided by [`STEP`].
    pub number: i64,
    /// Asked in it.
    pub asked: u32,
    /// Of these, closed.
    pub closed: u32,
}

/// A quarter of an hour: offsets of all zones are multiples of it.
pub const STEP: Span = Span::minutes(15);

/// Sorts steps into local days and into hours of the week; both in order, without the empty ones.
#[must_use]
pub fn by_day_and_hour(steps: &[Step], zone: &TimeZone) -> (Vec<Day>, Vec<Hour>) {
    let mut days: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
    let mut hours: BTreeMap<(u8, u8), u32> = BTreeMap::new();
    for step in steps {
        let Ok(at) = Instant::from_microsecond(step.number.saturating_mul(STEP.0)) else { continue };
        let local = at.to_zoned_datetime(zone.clone());
        let Ok(midnight) = local.start_of_day() else { continue };
        let day = days.entry(midnight.timestamp().as_microsecond()).or_default();
        (day.0, day.1) = (day.0 + step.asked, day.1 + step.closed);
        let weekday = u8::try_from(local.weekday().since(Weekday::Monday)).unwrap_or_default();
        let hour = u8::try_from(local.hour()).unwrap_or_default();
        *hours.entry((weekday, hour)).or_default() += step.asked;
    }
    let day = |(at, (asked, closed))| Day { at: Timestamp(at), asked, closed };
    let hour = |((weekday, hour), asked)| Hour { weekday, hour, asked };
    (days.into_iter().map(day).collect(), hours.into_iter().map(hour).collect())
}

/// The local midnight before this moment.
#[must_use]
pub fn midnight(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = Instant::from_microsecond(now.0).map(|at| at.to_zoned_datetime(zone.clone()));
    let start = local.ok().and_then(|local| local.start_of_day().ok());
    start.map_or(now, |start| Timestamp(start.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<Instant>().expect("a moment").as_microsecond())
    }

    fn step(text: &str, asked: u32, closed: u32) -> Step {
        Step { number: at(text).0 / STEP.0, asked, closed }
    }

    #[test]
    fn a_percentile_is_a_value_that_occurred() {
        let values = [10, 20, 30, 40];
        let value = |percent| values[usize::try_from(rank(percent, 4) - 1).expect("small")];
        assert_eq!((value(50), value(90), value(1), value(100)), (20, 40, 10, 40));
        assert_eq!(rank(50, 0), 0);
    }

    #[test]
    fn a_request_at_eleven_at_night_in_london_is_of_the_next_day_in_yekaterinburg() {
        let zone = TimeZone::get("Asia/Yekaterinburg").expect("a zone");
        // 2026-11-29 is a Sunday.
        let (days, hours) = by_day_and_hour(&[step("2026-11-29T23:00:00Z", 3, 2)], &zone);
        assert_eq!(days, [Day { at: at("2026-11-29T19:00:00Z"), asked: 3, closed: 2 }]);
        assert_eq!(hours, [Hour { weekday: 0, hour: 4, asked: 3 }]);
    }

    #[test]
    fn the_hour_that_a_clock_change_repeats_is_one_row_and_loses_nothing() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let steps = [step("2026-10-25T00:30:00Z", 1, 0), step("2026-10-25T01:30:00Z", 2, 0)];
        let (days, hours) = by_day_and_hour(&steps, &zone);
        assert_eq!((days.len(), days[0].asked), (1, 3));
        assert_eq!(hours, [Hour { weekday: 6, hour: 2, asked: 3 }]);
    }

    #[test]
    fn a_period_that_makes_no_sense_is_refused() {
        let ask = Ask { from: Timestamp(10), to: Timestamp(20), zone: "Europe/Moscow".into(), line: None };
        assert!(ask.check().is_ok());
        let backwards = Ask { to: Timestamp(10), ..ask.clone() };
        assert_eq!(backwards.check().err(), Some(AskError::Period));
        let nowhere = Ask { zone: "Mars/Olympus".into(), ..ask };
        assert_eq!(nowhere.check().err(), Some(AskError::Zone));
    }

    #[test]
    fn a_client_is_paid_on_grace_new_or_lost_by_all_its_contracts() {
        let organisation = |n| OrganisationId(uuid::Uuid::from_u128(n));
        let held = |n, begins, ends: Option<i64>, standing| Held {
            organisation: organisation(n),
            begins: Timestamp(begins),
            ends: ends.map(Timestamp),
            standing,
        };
        let (over, grace) = (Standing::Over(Timestamp(15)), Standing::Grace(Timestamp(25)));
        let all = [
            // Ромашка: an old contract, and a paid one after it.
            held(1, 1, Some(12), Standing::Over(Timestamp(12))),
            held(1, 12, None, Standing::Valid(None)),
            // Вектор came in the period; Василёк is on grace; Мак's only contract ended in the period.
            held(2, 14, Some(90), Standing::Valid(Some(Timestamp(90)))),
            held(3, 1, Some(15), grace),
            held(4, 1, Some(15), over),
            // Клён was lost long ago, Дуб has a contract that begins later.
            held(5, 1, Some(5), Standing::Over(Timestamp(5))),
            held(6, 30, Some(90), Standing::Ahead(Timestamp(30))),
        ];
        let found = standings(&all, Timestamp(10), Timestamp(20));
        assert_eq!((found.paid, found.grace, found.new, found.lost), (Some(2), Some(1), Some(1), Some(1)));
        assert_eq!(standings(&[], Timestamp(10), Timestamp(20)).paid, None, "a desk without contracts says nothing");
    }

    proptest! {
        #[test]
        fn days_and_hours_hold_every_request_once(
            steps in proptest::collection::vec((1_900_000_i64..2_300_000, 0_u32..50, 0_u32..50), 0..60)
        ) {
            let zone = TimeZone::get("Asia/Kolkata").expect("a zone");
            let steps: Vec<Step> =
                steps.into_iter().map(|(number, asked, closed)| Step { number, asked, closed }).collect();
            let (days, hours) = by_day_and_hour(&steps, &zone);
            let asked: u32 = steps.iter().map(|step| step.asked).sum();
            prop_assert_eq!(days.iter().map(|day| day.asked).sum::<u32>(), asked);
            prop_assert_eq!(hours.iter().map(|hour| hour.asked).sum::<u32>(), asked);
        }
    }
}
