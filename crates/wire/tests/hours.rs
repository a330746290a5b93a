//! Every kind of the noun "hours" as it goes over the wire, frozen.

use opora_domain::{
    LineId, RequestId, Timestamp,
    calendar::{Calendar, Exception, Holiday, Instead, Opening, Weekday, Zone},
    callback::{Callback, When},
};
use opora_wire::{EventBody, OpBody, hours};
use uuid::Uuid;

const LINE: LineId = LineId(Uuid::from_u128(1));
const REQUEST: RequestId = RequestId(Uuid::from_u128(2));

fn calendar() -> Calendar {
    let exception =
        |day: &str, instead| Exception { day: day.parse().expect("a date"), instead, note: "Перенос".into() };
    Calendar {
        holidays: vec![Holiday { month: 1, day: 1, name: "Новый год".into() }],
        exceptions: vec![
            exception("2026-12-31", Instead::Closed),
            exception("2026-12-30", Instead::Open { openings: vec![Opening::hours(9, 12)] }),
            exception("2026-12-26", Instead::As { weekday: Weekday::Monday }),
        ],
        ..Calendar::usual(Zone("Europe/Moscow".into()))
    }
}

fn callback(when: When) -> Option<Callback> {
    Some(Callback { phone: "+7 812 555-01-23".into(), when })
}

#[test]
fn every_kind_is_frozen() {
    let (line, request) = (LINE, REQUEST);
    let at = When::At { at: Timestamp(1_790_000_000_000_000) };
    let ops = [
        hours::Op::Set { line, calendar: Some(calendar()) },
        hours::Op::Set { line, calendar: None },
        hours::Op::CallBack { request, callback: callback(at) },
        hours::Op::CallBack { request, callback: callback(When::Soon) },
    ];
    let events = [
        hours::Event::Set { line, calendar: Some(calendar()) },
        hours::Event::CallBack { request, callback: callback(at) },
        hours::Event::CallBack { request, callback: None },
    ];
    let (ops, events) = (ops.map(OpBody::Hours), events.map(EventBody::Hours));
    let text = serde_json::to_string(&(&ops, &events)).expect("serialises");
    let back: ([OpBody; 4], [EventBody; 3]) = serde_json::from_str(&text).expect("reads its own text");
    assert_eq!(back, (ops.clone(), events.clone()));
    insta::assert_json_snapshot!("hours", (ops, events));
}

#[test]
fn a_calendar_of_an_older_desk_has_no_holidays_yet() {
    let old = serde_json::json!({ "zone": "Europe/Moscow", "week": [[], [], [], [], [], [], []] });
    let read: Calendar = serde_json::from_value(old).expect("a calendar");
    assert!(read.holidays.is_empty() && read.exceptions.is_empty());
}
