//! Every kind of the noun "contract" as it goes over the wire, frozen.

use opora_domain::{
    ContractId, ConversationId, LineId, OrganisationId, PersonId, SessionId, TicketId, Timestamp,
    calendar::{Day, Zone},
    contract::{
        Channel, Contract, Entitlement, Every, Kind, Level,
        allowance::Used,
        entitlement::{No, Why},
        notice::{Notice, What},
    },
};
use opora_wire::{
    EventBody, OpBody, Refusal, RefusalCode,
    contract::{Event, Op, Work},
};
use uuid::Uuid;

const CONTRACT: ContractId = ContractId(Uuid::from_u128(1));
const ROMASHKA: OrganisationId = OrganisationId(Uuid::from_u128(2));

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn contract(kind: Kind) -> Contract {
    Contract {
        id: CONTRACT,
        organisation: ROMASHKA,
        number: "С-17/2026".into(),
        level: Level { name: "Базовый".into(), rank: 1 },
        zone: Zone("Europe/Moscow".into()),
        from: day("2026-01-01"),
        to: Some(day("2026-12-31")),
        paid: true,
        grace_days: 10,
        kind,
        step: 15,
        entitlements: vec![Entitlement {
            line: LineId(Uuid::from_u128(3)),
            channels: [Channel::Chat, Channel::Call, Channel::Remote].into(),
            urgent: true,
        }],
    }
}

#[test]
fn every_kind_is_frozen() {
    let hours = Kind::Hours { minutes: 600, every: Every::Month };
    let ops = vec![
        Op::Put { contract: contract(hours) },
        Op::Put { contract: contract(Kind::Requests { count: 12, every: Every::Term }) },
        Op::Put { contract: Contract { to: None, ..contract(Kind::Flat) } },
        Op::Put { contract: contract(Kind::Services) },
        Op::Drop { contract: CONTRACT },
        Op::ServeWithout { serve: false },
        Op::NoteTime { work: Work::Conversation(ConversationId(Uuid::from_u128(4))), minutes: 20 },
        Op::NoteTime { work: Work::Session(SessionId(Uuid::from_u128(5))), minutes: 20 },
        Op::NoteTime { work: Work::Ticket(TicketId(Uuid::from_u128(6))), minutes: 20 },
        Op::AskRenewal { organisation: None, comment: "До весны".into() },
        Op::AskRenewal { organisation: Some(ROMASHKA), comment: String::new() },
        Op::AnswerRenewal { organisation: ROMASHKA },
    ];
    let reminded = |what, date: &str| Event::Reminded { contract: CONTRACT, notice: Notice { what, day: day(date) } };
    let events = vec![
        Event::Put { contract: contract(hours) },
        Event::Dropped { contract: CONTRACT },
        Event::Used { contract: CONTRACT, used: Used { since: day("2026-11-01"), minutes: 220, requests: 3 } },
        Event::TimeSpent {
            organisation: ROMASHKA,
            contract: Some(CONTRACT),
            work: Work::Conversation(ConversationId(Uuid::from_u128(4))),
            minutes: 20,
            drawn: 30,
        },
        Event::RenewalAsked {
            organisation: ROMASHKA,
            by: PersonId(Uuid::from_u128(7)),
            comment: String::new(),
            at: Timestamp(1_000_000),
        },
        Event::RenewalAnswered { organisation: ROMASHKA },
        reminded(What::Begins, "2026-01-01"),
        reminded(What::Ends { days: 30 }, "2026-12-31"),
        reminded(What::Low, "2026-11-01"),
        reminded(What::Spent, "2026-11-01"),
        Event::ServeWithout { serve: true },
    ];
    let (ops, events): (Vec<_>, Vec<_>) =
        (ops.into_iter().map(OpBody::Contract).collect(), events.into_iter().map(EventBody::Contract).collect());
    let text = serde_json::to_string(&(&ops, &events)).expect("serialises");
    let back: (Vec<OpBody>, Vec<EventBody>) = serde_json::from_str(&text).expect("reads its own text");
    assert_eq!(back, (ops.clone(), events.clone()));
    insta::assert_json_snapshot!("contract", (ops, events));
}

#[test]
fn a_no_carries_its_reason_and_an_older_desks_no_carries_none() {
    let why = Why::Over { since: Timestamp(1_000_000) };
    let no = No { why, lines: Vec::new(), channels: [Channel::Chat].into() };
    let refusal = Refusal { entitlement: Some(no), ..RefusalCode::NotEntitled.into() };
    insta::assert_json_snapshot!("no", refusal);
    let old = serde_json::json!({ "code": "not_allowed", "retry": false });
    let read: Refusal = serde_json::from_value(old).expect("a refusal");
    assert_eq!(read, RefusalCode::NotAllowed.into());
}
