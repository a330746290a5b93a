//! Laws of contracts: who may be helped, what is left, what falls due.

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    allowance::{Left, drawn, suggested},
    entitlement::{Held, Why, entitled, in_term},
    notice::{Notice, What, due_notices},
    *,
};
use crate::Span;

const FIRST: LineId = LineId(Uuid::from_u128(1));
const SECOND: LineId = LineId(Uuid::from_u128(2));
/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// Ромашка's contract: first line, writing and screen, November, ten hours.
fn november() -> Contract {
    Contract {
        id: ContractId(Uuid::from_u128(7)),
        organisation: OrganisationId(Uuid::from_u128(8)),
        number: "С-17/2026".into(),
        level: Level { name: "Базовый".into(), rank: 1 },
        zone: Zone("Europe/Moscow".into()),
        from: day("2026-11-01"),
        to: Some(day("2026-11-30")),
        paid: true,
        grace_days: 0,
        kind: Kind::Hours { minutes: 600, every: Every::Term },
        step: 15,
        entitlements: vec![Entitlement {
            line: FIRST,
            channels: [Channel::Chat, Channel::Remote].into(),
            urgent: false,
        }],
    }
}

fn unused(contract: &Contract) -> Used {
    Used { since: contract.from, minutes: 0, requests: 0 }
}

fn noon(contract: &Contract, date: &str) -> Timestamp {
    contract.zone.start_of(day(date)) + Span::minutes(12 * 60)
}

fn ask(contract: &Contract, used: Used, line: LineId, channel: Channel, now: Timestamp) -> Option<Why> {
    entitled(&[(contract.clone(), used)], true, line, channel, now).err().map(|no| no.why)
}

#[test]
fn the_last_day_is_inside_and_the_next_moment_is_not() {
    let contract = november();
    let end = contract.ends().expect("it ends");
    let why = |now| ask(&contract, unused(&contract), FIRST, Channel::Chat, now);
    assert_eq!((why(Timestamp(end.0 - 1)), why(end)), (None, Some(Why::Over { since: end })));
    let begin = contract.begins();
    assert_eq!((why(begin), why(Timestamp(begin.0 - 1))), (None, Some(Why::Ahead { from: begin })));
}

#[test]
fn the_reason_says_what_would_be_allowed_instead() {
    let contract = november();
    let now = noon(&contract, "2026-11-10");
    let held = [(contract.clone(), unused(&contract))];
    let no = entitled(&held, true, SECOND, Channel::Chat, now).expect_err("not this line");
    assert_eq!((no.why, no.lines), (Why::Line, vec![FIRST]));
    let no = entitled(&held, true, FIRST, Channel::Call, now).expect_err("not this way");
    assert_eq!((no.why, no.channels), (Why::Channel, [Channel::Chat, Channel::Remote].into()));
}

#[test]
fn an_organisation_without_a_contract_is_the_owners_choice_and_one_with_an_old_contract_is_not() {
    let now = noon(&november(), "2026-12-05");
    assert!(entitled(&[], true, FIRST, Channel::Chat, now).is_ok());
    assert_eq!(entitled(&[], false, FIRST, Channel::Chat, now).err().map(|no| no.why), Some(Why::NoContract));
    let old = november();
    assert!(matches!(ask(&old, unused(&old), FIRST, Channel::Chat, now), Some(Why::Over { .. })));
}

#[test]
fn grace_helps_on_after_the_end_and_while_the_money_is_on_its_way() {
    let contract = Contract { grace_days: 10, ..november() };
    let why = |contract: &Contract, date| ask(contract, unused(contract), FIRST, Channel::Chat, noon(contract, date));
    assert_eq!(why(&contract, "2026-12-10"), None);
    assert!(matches!(why(&contract, "2026-12-11"), Some(Why::Over { .. })));
    let unpaid = Contract { paid: false, ..contract };
    assert_eq!((why(&unpaid, "2026-11-10"), why(&unpaid, "2026-11-11")), (None, Some(Why::Unpaid)));
    assert!(matches!(why(&unpaid, "2026-12-01"), Some(Why::Over { .. })), "who never paid has no grace at the end");
}

#[test]
fn the_better_contract_is_drawn_from_and_a_spent_one_does_not_stand_in_its_way() {
    let base = november();
    let gold =
        Contract {
            id: ContractId(Uuid::from_u128(9)), level: Level { name: "Золотой".into(), rank: 5 }, ..november()
        };
    let now = noon(&base, "2026-11-10");
    let by = |minutes| {
        let used = Used { minutes, ..unused(&gold) };
        let held = [(base.clone(), unused(&base)), (gold.clone(), used)];
        entitled(&held, true, FIRST, Channel::Chat, now).ok().and_then(|basis| basis.contract)
    };
    assert_eq!((by(0), by(600)), (Some(gold.id), Some(base.id)));
}

#[test]
fn what_began_rightly_may_go_on_when_the_hours_run_out_but_not_after_the_end() {
    let contract = november();
    let held = [(contract.clone(), Used { minutes: 700, ..unused(&contract) })];
    let now = noon(&contract, "2026-11-10");
    assert_eq!(entitled(&held, true, FIRST, Channel::Chat, now).err().map(|no| no.why), Some(Why::Spent));
    assert_eq!(in_term(&held, true, now), Ok(()));
    assert!(in_term(&held, true, noon(&contract, "2026-12-01")).is_err());
}

#[test]
fn six_hours_and_twenty_minutes_are_left() {
    let contract = november();
    let now = noon(&contract, "2026-11-10");
    let left = |minutes| contract.left(Used { minutes, ..unused(&contract) }, now);
    assert_eq!(left(220), Some(Left::Minutes { left: 380, of: 600 }));
    let low = |minutes| left(minutes).map(Left::is_low);
    assert_eq!((low(479), low(480)), (Some(false), Some(true)), "the warning comes at a fifth");
    assert_eq!(left(660), Some(Left::Minutes { left: -60, of: 600 }), "what was too much is seen");
}

#[test]
fn a_monthly_allowance_is_full_again_on_the_first() {
    let kind = Kind::Hours { minutes: 600, every: Every::Month };
    let contract = Contract { kind, from: day("2026-11-15"), to: Some(day("2027-11-14")), ..november() };
    let used = Used { since: day("2026-11-15"), minutes: 600, requests: 0 };
    let left = |date| contract.left(used, noon(&contract, date));
    assert_eq!(left("2026-11-30"), Some(Left::Minutes { left: 0, of: 600 }));
    assert_eq!(left("2026-12-01"), Some(Left::Minutes { left: 600, of: 600 }));
    assert_eq!(contract.refills(noon(&contract, "2026-11-30")), Some(contract.zone.start_of(day("2026-12-01"))));
    assert_eq!(contract.refills(noon(&contract, "2027-11-02")), None, "the next month is outside");
}

#[test]
fn the_light_goes_from_green_over_amber_to_red() {
    let year = Contract { from: day("2026-01-01"), to: Some(day("2026-12-31")), grace_days: 5, ..november() };
    let word = |date, minutes| year.word(Used { minutes, ..unused(&year) }, noon(&year, date));
    assert_eq!(word("2025-12-31", 0), Word::Ahead);
    assert_eq!(word("2026-06-01", 0), Word::Good);
    assert_eq!(word("2026-06-01", 500), Word::Low);
    assert_eq!(word("2026-06-01", 600), Word::Spent);
    assert_eq!(word("2026-12-01", 0), Word::Soon, "30 days before");
    assert_eq!(word("2027-01-05", 0), Word::Grace);
    assert_eq!(word("2027-01-06", 0), Word::Over);
    let unpaid = Contract { paid: false, grace_days: 0, ..year };
    assert_eq!(unpaid.word(unused(&unpaid), noon(&unpaid, "2026-06-01")), Word::Unpaid);
}

#[test]
fn each_reminder_is_sent_once_over_a_whole_term_and_in_order() {
    let contract = Contract { from: day("2026-09-01"), kind: Kind::Flat, ..november() };
    let (mut sent, mut told) = (BTreeSet::new(), Vec::new());
    // Four looks a day, from before the first day to long after the last.
    for quarter in 0..4 * 140 {
        let now = Timestamp(contract.begins().0 - 20 * DAY + quarter * DAY / 4);
        for notice in due_notices(&contract, unused(&contract), &sent, now) {
            assert!(sent.insert(notice));
            told.push((notice.what, contract.zone.day_of(now).map(|today| today.to_string())));
        }
    }
    let on = |what, date: &str| (what, Some(date.to_owned()));
    let ends = |days, date| on(What::Ends { days }, date);
    let expected = [
        on(What::Begins, "2026-09-01"),
        ends(30, "2026-10-31"),
        ends(7, "2026-11-23"),
        ends(1, "2026-11-29"),
        ends(0, "2026-11-30"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_desk_that_was_off_sends_the_nearest_reminder_only_and_a_prolonged_contract_reminds_anew() {
    let contract = Contract { from: day("2026-09-01"), kind: Kind::Flat, ..november() };
    let due = |contract: &Contract, sent: &BTreeSet<Notice>, date| {
        let all = due_notices(contract, unused(contract), sent, noon(contract, date));
        all.into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    assert_eq!(due(&contract, &BTreeSet::new(), "2026-11-26"), [What::Ends { days: 7 }]);
    assert_eq!(due(&contract, &BTreeSet::new(), "2026-12-03"), [What::Ends { days: 0 }], "three days late");
    assert_eq!(due(&contract, &BTreeSet::new(), "2026-12-20"), [], "no news any more");
    let sent = BTreeSet::from([Notice { what: What::Ends { days: 7 }, day: day("2026-11-30") }]);
    assert_eq!(due(&contract, &sent, "2026-11-26"), []);
    let longer = Contract { to: Some(day("2026-12-31")), ..contract };
    assert_eq!(due(&longer, &sent, "2026-12-25"), [What::Ends { days: 7 }]);
}

#[test]
fn a_fifth_left_is_said_and_then_that_nothing_is_left() {
    let contract = november();
    let now = noon(&contract, "2026-11-15");
    let mut sent = BTreeSet::from([Notice { what: What::Ends { days: 30 }, day: day("2026-11-30") }]);
    let mut tell = |minutes| {
        let all = due_notices(&contract, Used { minutes, ..unused(&contract) }, &sent, now);
        sent.extend(&all);
        all.into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    assert_eq!(tell(479), []);
    assert_eq!(tell(480), [What::Low]);
    assert_eq!(tell(481), []);
    assert_eq!(tell(600), [What::Spent]);
    assert_eq!(tell(590), [], "a correction of the last entry is no news");
}

#[test]
fn slips_of_an_owner_are_told_apart() {
    let wrong = |change: fn(&mut Contract)| {
        let mut contract = november();
        change(&mut contract);
        contract.check()
    };
    assert_eq!(november().check(), Ok(()));
    assert_eq!(wrong(|one| one.to = Some(day("2026-10-31"))), Err(ContractError::Dates));
    assert_eq!(wrong(|one| one.zone = Zone("Europe/Atlantis".into())), Err(ContractError::Zone));
    assert_eq!(wrong(|one| one.level.name = " ".into()), Err(ContractError::Label));
    assert_eq!(wrong(|one| one.step = 0), Err(ContractError::Number));
    assert_eq!(wrong(|one| one.kind = Kind::Requests { count: 0, every: Every::Term }), Err(ContractError::Number));
    assert_eq!(wrong(|one| one.entitlements.clear()), Err(ContractError::Lines));
    assert_eq!(wrong(|one| one.entitlements.push(one.entitlements[0].clone())), Err(ContractError::Lines));
    assert_eq!(wrong(|one| one.entitlements[0].channels.clear()), Err(ContractError::Lines));
}

#[test]
fn the_proposal_is_the_working_time_in_whole_minutes() {
    assert_eq!((suggested(Span::ZERO), suggested(Span::seconds(61)), suggested(Span::minutes(25))), (0, 2, 25));
    assert_eq!(suggested(Span(-1)), 0);
}

fn contracts() -> impl Strategy<Value = Contract> {
    let kind = prop_oneof![
        Just(Kind::Flat),
        Just(Kind::Services),
        (1_u32..2_000, prop::bool::ANY).prop_map(|(minutes, month)| Kind::Hours {
            minutes,
            every: if month { Every::Month } else { Every::Term }
        }),
        (1_u32..50).prop_map(|count| Kind::Requests { count, every: Every::Term }),
    ];
    let dates = (0_i32..400, prop::option::of(0_i32..400));
    let channels =
        prop::collection::btree_set(prop::sample::select(vec![Channel::Chat, Channel::Call, Channel::Remote]), 1..3);
    let zone = prop::sample::select(vec!["Europe/Moscow", "America/New_York", "Asia/Kamchatka"]);
    (kind, dates, (prop::bool::ANY, 0_u16..40), channels, zone, (0_u8..4, 1_u128..1_000)).prop_map(
        |(kind, (from, length), (paid, grace_days), channels, zone, (rank, id))| {
            let from = day("2026-01-01").plus(from);
            let line = if rank % 2 == 0 { FIRST } else { SECOND };
            Contract {
                id: ContractId(Uuid::from_u128(id)),
                level: Level { name: "Уровень".into(), rank },
                zone: Zone(zone.into()),
                from,
                to: length.map(|length| from.plus(length)),
                paid,
                grace_days,
                kind,
                entitlements: vec![Entitlement { line, channels, urgent: true }],
                ..november()
            }
        },
    )
}

fn held() -> impl Strategy<Value = Vec<Held>> {
    let one = (contracts(), 0_u32..2_500, 0_u32..60).prop_map(|(contract, minutes, requests)| {
        let used = Used { minutes, requests, ..unused(&contract) };
        (contract, used)
    });
    prop::collection::vec(one, 0..4)
}

/// 2025-12 to 2028.
fn moments() -> impl Strategy<Value = Timestamp> {
    (1_765_000_000_i64..1_840_000_000).prop_map(|seconds| Timestamp(seconds * 1_000_000))
}

proptest! {
    #[test]
    fn help_is_given_exactly_when_one_contract_covers_it(held in held(), now in moments(), without in prop::bool::ANY) {
        let covers = |(contract, used): &Held| {
            let dates = now >= contract.begins() && {
                let counted = if contract.paid { contract.to.map(|to| to.plus(1)) } else { Some(contract.from) };
                let limit = counted.map(|day| contract.zone.start_of(day.plus(contract.grace_days.into())));
                let inside = contract.ends().is_none_or(|end| contract.paid || now < end);
                limit.is_none_or(|limit| now < limit) && inside
            };
            let entitled = contract.entitlements.iter().any(|one| one.line == FIRST && one.channels.contains(&Channel::Chat));
            let left = contract.left(*used, now).is_none_or(|left| !left.is_spent());
            dates && entitled && left
        };
        let answer = entitled(&held, without, FIRST, Channel::Chat, now);
        let expected = if held.is_empty() { without } else { held.iter().any(covers) };
        prop_assert_eq!(answer.is_ok(), expected);
        if let Ok(basis) = answer {
            prop_assert_eq!(basis.contract.is_some(), !held.is_empty());
        }
    }

    #[test]
    fn another_contract_never_takes_a_right_away(held in prop::collection::vec(held(), 1..2), more in held(), now in moments()) {
        let held: Vec<Held> = held.into_iter().flatten().collect();
        prop_assume!(!held.is_empty());
        if entitled(&held, false, FIRST, Channel::Chat, now).is_ok() {
            let all: Vec<Held> = held.into_iter().chain(more).collect();
            prop_assert!(entitled(&all, false, FIRST, Channel::Chat, now).is_ok());
        }
    }

    #[test]
    fn a_no_names_only_what_would_be_a_yes(held in held(), now in moments()) {
        if let Err(no) = entitled(&held, false, FIRST, Channel::Chat, now) {
            for line in no.lines {
                prop_assert!(entitled(&held, false, line, Channel::Chat, now).is_ok());
            }
            for channel in no.channels {
                prop_assert!(entitled(&held, false, FIRST, channel, now).is_ok());
            }
        }
    }

    #[test]
    fn who_may_ask_may_also_go_on(held in held(), now in moments(), without in prop::bool::ANY) {
        if entitled(&held, without, FIRST, Channel::Chat, now).is_ok() {
            prop_assert_eq!(in_term(&held, without, now), Ok(()));
        }
    }

    #[test]
    fn what_is_drawn_is_whole_steps_and_never_less_than_noted(minutes in 0_u32..5_000, step in 1_u16..480) {
        let drawn = drawn(minutes, step);
        prop_assert!(drawn >= minutes && drawn < minutes + u32::from(step) && drawn.is_multiple_of(u32::from(step)));
    }

    #[test]
    fn a_reminder_is_due_once_however_often_one_looks(contract in contracts(), minutes in 0_u32..2_500, now in moments()) {
        let used = Used { since: contract.window(now), minutes, requests: 0 };
        let sent: BTreeSet<Notice> = due_notices(&contract, used, &BTreeSet::new(), now).into_iter().collect();
        prop_assert_eq!(due_notices(&contract, used, &sent, now), vec![]);
        let ends = sent.iter().filter(|one| matches!(one.what, What::Ends { .. })).count();
        prop_assert!(ends <= 1);
    }
}
