//! Stories and laws of hours: lunch, nights, holidays, swapped days, summer time, zones far apart.

use proptest::prelude::*;

use super::*;
use crate::{Span, Timestamp};

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

fn zone(name: &str) -> Zone {
    Zone(name.to_owned())
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The instant at which the wall of `zone` shows that date and time.
fn at(zone: &Zone, date: &str, hour: i64, minute: i64) -> Timestamp {
    Timestamp(zone.start_of(day(date)).0 + hour * HOUR + minute * HOUR / 60)
}

fn moscow() -> Calendar {
    Calendar::usual(zone("Europe/Moscow"))
}

#[test]
fn lunch_is_a_gap_and_evening_is_the_end() {
    let (calendar, msk) = (moscow(), zone("Europe/Moscow"));
    let now = |hour, minute| calendar.now(at(&msk, "2026-11-27", hour, minute));
    let then = |date, hour| at(&msk, date, hour, 0);
    assert_eq!(now(10, 0), Now::Open { until: Some(then("2026-11-27", 13)) });
    assert_eq!(now(13, 30), Now::Break { until: then("2026-11-27", 14) });
    assert_eq!(now(18, 0), Now::Closed { until: Some(then("2026-11-30", 9)), why: String::new() }, "a Friday");
    assert_eq!(now(8, 59), Now::Closed { until: Some(then("2026-11-27", 9)), why: String::new() }, "not a break yet");
}

#[test]
fn the_new_year_is_named_and_looked_over() {
    let (calendar, msk) = (moscow(), zone("Europe/Moscow"));
    let now = calendar.now(at(&msk, "2027-01-01", 12, 0));
    let until = Some(at(&msk, "2027-01-11", 9, 0));
    assert_eq!(now, Now::Closed { until, why: "Новый год".into() }, "the eighth is a Friday");
}

#[test]
fn a_swapped_working_day_works_as_its_weekday() {
    let mut calendar = moscow();
    let saturday = Exception {
        day: day("2026-11-28"),
        instead: Instead::As { weekday: Weekday::Monday },
        note: "Рабочая суббота".into(),
    };
    calendar.exceptions.push(saturday);
    let msk = zone("Europe/Moscow");
    assert!(calendar.open_at(at(&msk, "2026-11-28", 10, 0)));
    assert!(!calendar.open_at(at(&msk, "2026-11-28", 13, 30)));
    assert!(!calendar.open_at(at(&msk, "2026-11-29", 10, 0)));
}

#[test]
fn a_night_belongs_to_the_day_it_begins_on() {
    let mut calendar = moscow();
    calendar.week = std::array::from_fn(|_| vec![Opening::new(22 * 60, 30 * 60)]);
    calendar.exceptions.push(Exception { day: day("2026-11-28"), instead: Instead::Closed, note: String::new() });
    let msk = zone("Europe/Moscow");
    assert!(calendar.open_at(at(&msk, "2026-11-28", 5, 59)), "Friday's night reaches into the closed Saturday");
    assert!(!calendar.open_at(at(&msk, "2026-11-28", 23, 0)));
    assert!(!calendar.open_at(at(&msk, "2026-11-29", 3, 0)), "and Saturday's night is gone with it");
}

#[test]
fn working_hours_stay_on_the_wall_when_the_clocks_change() {
    let berlin = zone("Europe/Berlin");
    let calendar = Calendar::usual(berlin.clone());
    // Summer time ended on 2026-10-25, a Sunday.
    for date in ["2026-10-23", "2026-10-26"] {
        let nine = berlin.start_of(day(date)).0 + 9 * HOUR;
        assert!(!calendar.open_at(Timestamp(nine - 1)) && calendar.open_at(Timestamp(nine)), "{date}");
    }
    let (friday, monday) = (at(&berlin, "2026-10-23", 17, 0), at(&berlin, "2026-10-26", 10, 0));
    assert_eq!(calendar.working_time_between(friday, monday), Span::minutes(120));
    assert_eq!(calendar.add_working_time(friday, Span::minutes(120)), Some(monday));
}

#[test]
fn an_opening_over_the_lost_hour_is_an_hour_shorter() {
    let berlin = zone("Europe/Berlin");
    let mut calendar = Calendar::usual(berlin.clone());
    calendar.week = std::array::from_fn(|_| vec![Opening::hours(0, 6)]);
    // 2026-03-29, from 2:00 to 3:00; and back on 2026-10-25.
    let time = |date: &str| {
        let from = berlin.start_of(day(date));
        calendar.working_time_between(from, berlin.start_of(day(date).plus(1))).0 / HOUR
    };
    assert_eq!((time("2026-03-28"), time("2026-03-29"), time("2026-10-25")), (6, 5, 7));
}

#[test]
fn one_moment_is_open_in_one_city_and_night_in_another() {
    let vladivostok = Calendar::usual(zone("Asia/Vladivostok"));
    let kaliningrad = Calendar::usual(zone("Europe/Kaliningrad"));
    let morning = at(&zone("Asia/Vladivostok"), "2026-11-27", 10, 0);
    assert!(vladivostok.open_at(morning) && !kaliningrad.open_at(morning));
    assert_eq!(kaliningrad.next_change(morning), Some(at(&zone("Europe/Kaliningrad"), "2026-11-27", 9, 0)));
}

#[test]
fn who_never_opens_and_who_never_closes_has_no_change() {
    let never = Calendar { week: Default::default(), ..Calendar::always() };
    let now = Timestamp(1_790_000_000_000_000);
    assert_eq!((never.next_change(now), Calendar::always().next_change(now)), (None, None));
    assert_eq!(never.add_working_time(now, Span::minutes(1)), None);
    assert_eq!(Calendar::always().add_working_time(now, Span::minutes(1)), Some(now + Span::minutes(1)));
}

#[test]
fn slips_of_an_owner_are_told_apart() {
    let wrong = |change: fn(&mut Calendar)| {
        let mut calendar = moscow();
        change(&mut calendar);
        calendar.check()
    };
    assert_eq!(moscow().check(), Ok(()));
    assert_eq!(wrong(|one| one.zone = zone("Europe/Atlantis")), Err(CalendarError::Zone));
    assert_eq!(wrong(|one| one.week[0] = vec![Opening::hours(18, 9)]), Err(CalendarError::Opening));
    assert_eq!(wrong(|one| one.week[0] = vec![Opening::new(60, 60 + DAY + 1)]), Err(CalendarError::Opening));
    let twice = vec![Opening::hours(9, 13), Opening::hours(12, 18)];
    assert_eq!(
        Calendar { week: std::array::from_fn(|_| twice.clone()), ..moscow() }.check(),
        Err(CalendarError::Overlap)
    );
    assert_eq!(
        wrong(|one| one.holidays.push(Holiday { month: 2, day: 30, name: String::new() })),
        Err(CalendarError::Date)
    );
    assert_eq!(wrong(|one| one.holidays[0].name = "Я".repeat(101)), Err(CalendarError::TooMuch));
}

#[test]
fn a_date_is_read_as_it_is_written() {
    assert_eq!(day("2026-02-28").plus(1).to_string(), "2026-03-01");
    assert_eq!(
        (day("2026-12-05").first_of_month(), day("2026-12-05").next_month()),
        (day("2026-12-01"), day("2027-01-01"))
    );
    for text in ["", "2026-02-30", "2026-13-01", "31.12.2026", "2026-12"] {
        assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
    }
    assert_eq!(serde_json::from_str::<Day>("\"2026-12-31\"").ok(), Some(day("2026-12-31")));
}

/// Zones with summer time in both halves of the world, half hours, a change by half an hour, and the two ends of the day.
fn zones() -> impl Strategy<Value = Zone> {
    let names = [
        "UTC",
        "Europe/Moscow",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "America/Santiago",
        "Asia/Kamchatka",
    ];
    prop::sample::select(names.to_vec()).prop_map(zone)
}

fn openings() -> impl Strategy<Value = Vec<Opening>> {
    let cuts = prop::collection::btree_set(0_u16..2 * DAY, 0..=6);
    cuts.prop_map(|cuts| {
        let cuts: Vec<u16> = cuts.into_iter().collect();
        let pairs = cuts.chunks_exact(2).map(|pair| Opening::new(pair[0], pair[1]));
        pairs.filter(|one| one.from < DAY && one.to - one.from <= DAY).collect()
    })
}

/// Instants around the changes of the clocks in 2026, and any others of three years.
fn instants() -> impl Strategy<Value = Timestamp> {
    let changes = [1_772_953_200_i64, 1_774_746_000, 1_775_314_800, 1_792_890_000, 1_793_512_800, 1_790_000_000];
    let near = (prop::sample::select(changes.to_vec()), -90_000_i64..90_000).prop_map(|(change, off)| change + off);
    prop_oneof![near, 1_735_000_000_i64..1_830_000_000].prop_map(|seconds| Timestamp(seconds * 1_000_000))
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let exception = (
        -3_i32..4,
        prop_oneof![
            Just(Instead::Closed),
            openings().prop_map(|openings| Instead::Open { openings }),
            Just(Instead::As { weekday: Weekday::Monday }),
        ],
    );
    let week = prop::array::uniform7(openings());
    (zones(), week, exception).prop_map(|(zone, week, (off, instead))| {
        let exceptions = vec![Exception { day: day("2026-10-25").plus(off), instead, note: String::new() }];
        Calendar { zone, week, holidays: holidays_of_russia(), exceptions }
    })
}

/// The definition itself: what the clock on the wall shows lies in an opening of today, or of yesterday's night.
fn wall_says_open(calendar: &Calendar, now: Timestamp) -> bool {
    let zoned = calendar.zone.table().to_datetime(jiff::Timestamp::from_microsecond(now.0).expect("in range"));
    let minute = u16::try_from(i32::from(zoned.hour()) * 60 + i32::from(zoned.minute())).expect("of a day");
    let today = calendar.zone.day_of(now).expect("a date");
    let shows =
        |day: Day, minute: u16| calendar.openings_on(day).iter().any(|one| (one.from..one.to).contains(&minute));
    shows(today, minute) || shows(today.plus(-1), minute + DAY)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn open_is_what_the_clock_on_the_wall_says(calendar in calendars(), now in instants()) {
        prop_assert_eq!(calendar.check(), Ok(()));
        prop_assert_eq!(calendar.open_at(now), wall_says_open(&calendar, now));
    }

    #[test]
    fn nothing_changes_before_the_next_change_and_then_it_does(calendar in calendars(), now in instants(), part in 0.0_f64..1.0) {
        let open = calendar.open_at(now);
        match calendar.next_change(now) {
            Some(change) => {
                prop_assert!(change > now);
                #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any moment between will do")]
                let between = Timestamp(now.0 + ((change.0 - now.0 - 1) as f64 * part) as i64);
                prop_assert_eq!(calendar.open_at(between), open);
                prop_assert_ne!(calendar.open_at(change), open);
            }
            None => prop_assert_eq!(calendar.open_at(now + Span::minutes(300 * 24 * 60)), open),
        }
    }

    #[test]
    fn working_time_adds_up_and_is_never_more_than_time(calendar in calendars(), a in instants(), first in 0_i64..40 * 24 * 60, then in 0_i64..40 * 24 * 60) {
        let (b, c) = (a + Span::minutes(first), a + Span::minutes(first + then));
        let (ab, bc, ac) = (calendar.working_time_between(a, b), calendar.working_time_between(b, c), calendar.working_time_between(a, c));
        prop_assert_eq!(ab.0 + bc.0, ac.0);
        prop_assert!(ac <= Span::minutes(first + then) && ab >= Span::ZERO);
        prop_assert_eq!(calendar.working_time_between(c, a), Span::ZERO);
    }

    #[test]
    fn time_that_is_added_has_passed_exactly_then_and_not_before(calendar in calendars(), from in instants(), minutes in 1_i64..10_000) {
        if let Some(end) = calendar.add_working_time(from, Span::minutes(minutes)) {
            prop_assert_eq!(calendar.working_time_between(from, end), Span::minutes(minutes));
            prop_assert!(calendar.working_time_between(from, Timestamp(end.0 - 1)) < Span::minutes(minutes));
        } else {
            prop_assert!(calendar.week.iter().all(Vec::is_empty));
        }
    }
}
