//! What a person wants to hear of by mail, and when.
//!
//! Letters about tickets go at once or together once a day. In quiet hours no letter goes: it waits for their
//! end. Minutes are of the day on the person's own wall.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Address, Tongue};
use crate::{Timestamp, calendar::Zone};

/// A reminder may come after a minute, and no later than in two days.
pub const UNREAD_AFTER: std::ops::RangeInclusive<u32> = 1..=2 * 24 * 60;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// What a person wants to hear of by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// Where to; none: no mail at all.
    pub address: Option<Address>,
    /// In which language.
    #[serde(default)]
    pub tongue: Tongue,
    /// An answer that was not read for so many minutes; none: not.
    #[serde(default)]
    pub unread_after: Option<u32>,
    /// A contract that begins or ends.
    #[serde(default)]
    pub contracts: bool,
    /// Tickets that were moved or answered.
    #[serde(default)]
    pub tickets: TicketLetters,
    /// When letters wait.
    #[serde(default)]
    pub quiet: Option<Quiet>,
    /// Where the person's wall is.
    #[serde(default = "Zone::utc")]
    pub zone: Zone,
}

impl Default for Choice {
    /// No mail at all.
    fn default() -> Self {
        Self {
            address: None,
            tongue: Tongue::default(),
            unread_after: None,
            contracts: false,
            tickets: TicketLetters::Never,
            quiet: None,
            zone: Zone::utc(),
        }
    }
}

/// How a person hears of tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum TicketLetters {
    /// Not by mail.
    #[default]
    Never,
    /// Of each stage by itself.
    AtOnce,
    /// Of all that happened, once a day.
    Daily {
        /// Minute of the day.
        minute: u16,
    },
}

/// Part of a day; goes over midnight when it ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "QuietHours")]
pub struct Quiet {
    /// Its first minute.
    pub from: u16,
    /// The first minute after.
    pub to: u16,
}

impl Quiet {
    fn holds(self, minute: u16) -> bool {
        match self.from < self.to {
            true => (self.from..self.to).contains(&minute),
            false => minute >= self.from || minute < self.to,
        }
    }
}

impl Choice {
    /// Whether minutes and zone make sense.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let unread = self.unread_after.is_none_or(|minutes| UNREAD_AFTER.contains(&minutes));
        let daily = !matches!(self.tickets, TicketLetters::Daily { minute } if minute >= DAY);
        // A whole day of quiet would be no mail at all.
        let quiet = self.quiet.is_none_or(|quiet| quiet.from < DAY && quiet.to < DAY && quiet.from != quiet.to);
        unread && daily && quiet && self.zone.is_known()
    }

    /// When a letter about something that happens to a ticket at `now` goes; none: there is none.
    #[must_use]
    pub fn ticket_letter(&self, now: Timestamp) -> Option<Timestamp> {
        self.address.as_ref()?;
        match self.tickets {
            TicketLetters::Never => None,
            TicketLetters::AtOnce => Some(self.after_quiet(now)),
            TicketLetters::Daily { minute } => Some(self.after_quiet(self.next(minute, now))),
        }
    }

    /// When a letter goes that could go at `at`: then, or when the quiet hours end.
    #[must_use]
    pub fn after_quiet(&self, at: Timestamp) -> Timestamp {
        match self.quiet {
            Some(quiet) if quiet.holds(self.zone.minute_of(at)) => self.next(quiet.to, at),
            _ => at,
        }
    }

    /// The next time that the wall shows this minute.
    fn next(&self, minute: u16, now: Timestamp) -> Timestamp {
        let Some(today) = self.zone.day_of(now) else { return now };
        let days = (0..=1).map(|days| self.zone.at_minute(today.plus(days), minute));
        days.into_iter().find(|at| *at > now).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Span;

    /// Monday, 2026-11-30, 9:00 in UTC: noon in Moscow.
    const NOON: Timestamp = Timestamp(1_796_029_200_000_000);

    fn choice(tickets: TicketLetters, quiet: Option<(u16, u16)>) -> Choice {
        let quiet = quiet.map(|(from, to)| Quiet { from, to });
        let address = Address::parse("anna@romashka.ru").ok();
        Choice { address, tickets, quiet, zone: Zone("Europe/Moscow".into()), ..Choice::default() }
    }

    fn hours(choice: &Choice, now: i64) -> Option<i64> {
        let now = NOON + Span::minutes(now * 60);
        choice.ticket_letter(now).map(|at| (at - NOON).0 / Span::minutes(60).0)
    }

    #[test]
    fn a_letter_goes_at_once_daily_or_never_and_waits_for_the_end_of_the_quiet_hours() {
        let night = Some((22 * 60, 8 * 60));
        assert_eq!(hours(&choice(TicketLetters::Never, night), 0), None);
        assert_eq!(hours(&Choice { address: None, ..choice(TicketLetters::AtOnce, None) }, 0), None);
        let at_once = choice(TicketLetters::AtOnce, night);
        assert_eq!([0, 9, 10, 13, 19, 20].map(|now| hours(&at_once, now)), [0, 9, 20, 20, 20, 20].map(Some));
        let daily = choice(TicketLetters::Daily { minute: 18 * 60 }, night);
        assert_eq!([0, 5, 6, 7].map(|now| hours(&daily, now)), [6, 6, 30, 30].map(Some), "at six by her own wall");
        let asleep = choice(TicketLetters::Daily { minute: 3 * 60 }, night);
        assert_eq!(hours(&asleep, 0), Some(20));
        let lunch = choice(TicketLetters::AtOnce, Some((12 * 60, 13 * 60)));
        assert_eq!([0, 1].map(|now| hours(&lunch, now)), [Some(1), Some(1)]);
    }

    #[test]
    fn minutes_of_no_day_and_zones_of_no_country_are_refused() {
        assert!(choice(TicketLetters::Daily { minute: 1439 }, Some((1439, 0))).is_sound());
        assert!(!choice(TicketLetters::Daily { minute: 1440 }, None).is_sound());
        assert!(!choice(TicketLetters::AtOnce, Some((60, 60))).is_sound());
        assert!(!Choice { zone: Zone("Luna/Mare".into()), ..Choice::default() }.is_sound());
    }

    #[test]
    fn a_choice_of_an_older_program_is_read() {
        let old = r#"{"address":"anna@romashka.ru","tongue":"ru","unread_after":15,"contracts":true}"#;
        let read: Choice = serde_json::from_str(old).expect("read");
        assert_eq!((read.tickets, read.quiet, read.zone.is_known()), (TicketLetters::Never, None, true));
    }

    proptest! {
        #[test]
        fn no_letter_goes_in_quiet_hours_nor_waits_longer_than_two_days(
            from in 0_u16..1440, to in 0_u16..1440, minute in proptest::option::of(0_u16..1440), at in 0_i64..3 * 366 * 1440,
        ) {
            prop_assume!(from != to);
            let tickets = minute.map_or(TicketLetters::AtOnce, |minute| TicketLetters::Daily { minute });
            let choice = choice(tickets, Some((from, to)));
            let now = NOON + Span::minutes(at);
            let due = choice.ticket_letter(now).expect("a letter");
            prop_assert!(due >= now && due - now <= Span::minutes(2 * 1440));
            prop_assert!(!Quiet { from, to }.holds(choice.zone.minute_of(due)), "{:?}", choice.zone.minute_of(due));
        }
    }
}
