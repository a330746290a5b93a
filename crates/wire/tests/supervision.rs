//! Supervision as it goes over the wire, frozen.

use opora_domain::{
    ConversationId, LineId, OpId, PersonId, RequestId, Span, Timestamp,
    rating::{Rating, Stars},
};
use opora_wire::{
    EventBody, Op, OpBody, ToClient,
    board::{DayNow, Doing, LineNow, LiveBoard, PersonNow},
    supervision::{self, Act},
};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + n)
}

fn mark() -> Rating {
    Rating { stars: Stars::new(4).expect("one to five"), comment: "Вежливо, но долго".into() }
}

fn ops() -> Vec<supervision::Op> {
    let (conversation, request) = (ConversationId(id(5)), RequestId(id(5)));
    vec![
        supervision::Op::LookIn { conversation },
        supervision::Op::LookAway { conversation },
        supervision::Op::TakeOver { request, epoch: 2, stays: false },
        supervision::Op::TakeOver { request, epoch: 2, stays: true },
        supervision::Op::Mark { conversation, mark: mark() },
    ]
}

fn events() -> Vec<supervision::Event> {
    let conversation = ConversationId(id(5));
    let (customer, specialist) = (PersonId(id(6)), Some(PersonId(id(8))));
    let acts = [Act::LookedIn, Act::LookedAway, Act::Whispered, Act::TookOver, Act::Marked];
    let acted = acts.map(|act| {
        let mark = (act == Act::Marked).then(mark);
        supervision::Event::Acted { act, conversation, customer, specialist, mark }
    });
    let mut all = acted.to_vec();
    all.extend([
        supervision::Event::LookBegan { conversation },
        supervision::Event::LookEnded { conversation },
        supervision::Event::TakenOver { conversation, by: PersonId(id(9)), stays: false },
        supervision::Event::TakenOver { conversation, by: PersonId(id(9)), stays: true },
        supervision::Event::Marked { conversation, mark: mark() },
    ]);
    all
}

fn board() -> LiveBoard {
    let doings = [Doing::Free, Doing::Busy, Doing::Full, Doing::Off, Doing::Lunch, Doing::Away, Doing::Gone];
    let person =
        |doing| PersonNow { person: PersonId(id(8)), doing, since: Some(Timestamp(3)), active: 1, capacity: 4 };
    LiveBoard {
        at: Timestamp(9),
        lines: vec![LineNow { line: LineId(id(1)), waiting: 2, oldest: Some(Timestamp(2)), on_line: 3 }],
        people: doings.map(person).to_vec(),
        day: DayNow { asked: 9, answered: 8, closed: 7, first_p50: Some(Span::minutes(2)), ..DayNow::default() },
    }
}

#[test]
fn what_supervisors_do_is_frozen() {
    let ops: Vec<Op> = ops().into_iter().map(|op| Op { op: OpId(id(10)), body: OpBody::Supervise(op) }).collect();
    let events: Vec<EventBody> = events().into_iter().map(EventBody::Supervision).collect();
    for op in &ops {
        let text = serde_json::to_string(op).expect("serialises");
        assert_eq!(&serde_json::from_str::<Op>(&text).expect("reads its own text"), op);
    }
    for event in &events {
        let text = serde_json::to_string(event).expect("serialises");
        assert_eq!(&serde_json::from_str::<EventBody>(&text).expect("reads its own text"), event);
    }
    insta::assert_json_snapshot!("supervision", (ops, events));
}

#[test]
fn the_board_is_frozen() {
    let frame = ToClient::Board(board());
    let text = serde_json::to_string(&frame).expect("serialises");
    assert_eq!(serde_json::from_str::<ToClient>(&text).expect("reads its own text"), frame);
    insta::assert_json_snapshot!("board", frame);
}
