//! Presence and routing as they go over the wire, frozen: all kinds.

use opora_domain::{
    ConversationId, LineId, OpId, PersonId, RequestId, Span, Timestamp,
    availability::{Availability, Declared, Status},
    queue::{Because, Considered, Decision, Overflow, Rules, Skip},
    wait::{Range, Why},
};
use opora_wire::{EventBody, Frame, Op, OpBody, Place, ToClient, presence, routing};
use serde_json::json;
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + n)
}

const LATER: Timestamp = Timestamp(3_600_000_000);

fn ops() -> Vec<OpBody> {
    let (line, conversation) = (LineId(id(1)), ConversationId(id(5)));
    let overflow = Some(Overflow { to: LineId(id(2)), after: Span::minutes(10) });
    let mut ops: Vec<OpBody> =
        [(Status::OnLine, None), (Status::Lunch, Some(Span::minutes(45))), (Status::Away, None), (Status::Off, None)]
            .map(|(status, lasts)| OpBody::Presence(presence::Op::Declare { status, lasts }))
            .into();
    ops.extend(
        [
            routing::Op::SetRules { rules: Rules::default() },
            routing::Op::SetOverflow { line, overflow },
            routing::Op::SetCapacity { person: PersonId(id(8)), capacity: 3 },
            routing::Op::Hold { conversation },
            routing::Op::Resume { conversation },
        ]
        .map(OpBody::Routing),
    );
    ops.push(OpBody::Decline {
        request: RequestId(id(5)), epoch: 2, reason: "Говорю по телефону".into()
    });
    ops
}

fn decision() -> Decision {
    let one = |n, active, skipped| Considered {
        person: PersonId(id(n)),
        active,
        capacity: 4,
        idle: Span::minutes(3),
        own: n == 8,
        overflow: n == 9,
        skipped,
    };
    let lunch = Skip::Unavailable { why: Availability::Lunch { until: LATER } };
    let considered =
        vec![one(10, 0, None), one(8, 1, Some(lunch)), one(9, 4, Some(Skip::Full)), one(11, 0, Some(Skip::Passed))];
    Decision { to: PersonId(id(10)), because: Because::LeastLoaded, considered }
}

fn events() -> Vec<EventBody> {
    let (person, request) = (PersonId(id(8)), RequestId(id(5)));
    let declared = [
        Declared::OnLine,
        Declared::Lunch { until: LATER },
        Declared::Away { until: Some(LATER) },
        Declared::Away { until: None },
        Declared::Off,
    ];
    let mut events: Vec<EventBody> =
        declared.map(|declared| EventBody::Presence(presence::Event::Declared { person, declared })).into();
    events.extend(
        [
            routing::Event::RulesSet { rules: Rules::default() },
            routing::Event::OverflowSet { line: LineId(id(1)), overflow: None },
            routing::Event::CapacitySet { person, capacity: 3 },
            routing::Event::Held { conversation: ConversationId(id(5)), on: true },
            routing::Event::Decided { request, decision: decision() },
            routing::Event::Passed {
                request,
                person,
                passed: routing::Passed::Declined { reason: "Говорю по телефону".into() },
            },
            routing::Event::Passed { request, person, passed: routing::Passed::Lapsed },
            routing::Event::Passed { request, person, passed: routing::Passed::Left },
        ]
        .map(EventBody::Routing),
    );
    events
}

fn frames() -> Vec<ToClient> {
    let place = |why| Place {
        request: RequestId(id(5)),
        ahead: 2,
        specialists: 3,
        wait: Some(Range { from: 3, to: 7 }),
        why: Some(why),
    };
    let shown = |declared, availability| presence::Shown {
        person: PersonId(id(8)),
        declared,
        availability,
        active: 1,
        capacity: 4,
    };
    vec![
        ToClient::Place(place(Why::AllBusy)),
        ToClient::Place(place(Why::Lunch { until: LATER })),
        ToClient::Place(place(Why::Closed { opens: None })),
        ToClient::Place(place(Why::Nobody)),
        ToClient::Place(place(Why::Soon)),
        ToClient::Staff {
            people: vec![
                shown(Declared::OnLine, Availability::Gone),
                shown(Declared::OnLine, Availability::OutOfHours { opens: Some(LATER) }),
            ],
        },
    ]
}

#[test]
fn presence_and_routing_are_frozen() {
    let events = events();
    for event in &events {
        let text = serde_json::to_string(event).expect("serialises");
        assert_eq!(&serde_json::from_str::<EventBody>(&text).expect("reads its own text"), event);
    }
    let ops: Vec<Op> = ops().into_iter().map(|body| Op { op: OpId(id(10)), body }).collect();
    for op in &ops {
        let text = serde_json::to_string(op).expect("serialises");
        assert_eq!(&serde_json::from_str::<Op>(&text).expect("reads its own text"), op);
    }
    let frames: Vec<_> = frames().into_iter().map(|frame| Frame::new(0, frame)).collect();
    insta::assert_json_snapshot!("routing", json!({ "operations": ops, "events": events, "frames": frames }));
}

#[test]
fn what_an_older_client_or_desk_says_is_still_understood() {
    let old = json!({ "op": id(10), "do": "decline", "with": { "request": id(5), "epoch": 2 } });
    let op: Op = serde_json::from_value(old).expect("an older client");
    assert_eq!(op.body, OpBody::Decline { request: RequestId(id(5)), epoch: 2, reason: String::new() });
    let old = json!({ "request": id(5), "ahead": 2, "specialists": 3 });
    let place: Place = serde_json::from_value(old).expect("an older desk");
    assert_eq!((place.wait, place.why), (None, None));
    let newer = json!({ "is": "routing", "what": "coffee_made" });
    let event: EventBody = serde_json::from_value(newer).expect("a newer desk");
    assert_eq!(event, EventBody::Routing(routing::Event::Unknown));
}
