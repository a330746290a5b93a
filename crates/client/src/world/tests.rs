//! Stories of the reducers: order, holes, read marks, offers.

use opora_domain::{
    ConversationId, LineId, MessageId, PersonId, RequestId, Span, Timestamp,
    machine::Program,
    message::Draft,
    offer,
    request::{Ask, Class, State},
    role::Role,
};
use opora_wire::{Event, EventBody, Stream};
use uuid::Uuid;

use super::{Changes, Moment, World};

const ANNA: PersonId = PersonId(Uuid::from_u128(1));
const BORIS: PersonId = PersonId(Uuid::from_u128(2));
const TALK: ConversationId = ConversationId(Uuid::from_u128(7));
const LINE: LineId = LineId(Uuid::from_u128(9));
const LIVE: Moment = Moment { now: Timestamp(1_000), live: true };

fn event(stream: Stream, seq: i64, by: PersonId, body: EventBody) -> Event {
    Event {
        stream,
        seq,
        gseq: seq,
        id: Uuid::from_u128(100 + seq.unsigned_abs() as u128),
        at: Timestamp(seq),
        by: Some(by),
        body,
    }
}

fn said(seq: i64, by: PersonId, text: &str) -> Event {
    let id = MessageId(Uuid::from_u128(100 + seq.unsigned_abs() as u128));
    let draft = Draft { id, text: text.into(), reply_to: None, file: None };
    event(Stream::Conversation(TALK), seq, by, EventBody::Said(draft))
}

fn seen(seq: i64, by: PersonId, up_to: i64) -> Event {
    event(Stream::Conversation(TALK), seq, by, EventBody::Seen { up_to })
}

fn ask() -> Ask {
    Ask {
        line: LINE,
        class: Class::Error,
        program: Program::default(),
        description: "Не печатает".into(),
        facts: vec![],
        organisation: None,
    }
}

fn boris() -> World {
    World::new(BORIS, Role::Specialist)
}

#[test]
fn what_lies_beyond_a_hole_is_not_applied_and_nothing_is_applied_twice() {
    let mut world = boris();
    assert!(world.apply(&said(1, ANNA, "раз"), LIVE).is_some());
    assert_eq!(world.apply(&said(3, ANNA, "три"), LIVE), None);
    assert_eq!(world.apply(&said(1, ANNA, "раз"), LIVE), None);
    assert!(world.apply(&said(2, ANNA, "два"), LIVE).is_some());
    assert!(world.apply(&said(3, ANNA, "три"), LIVE).is_some());
    assert_eq!(world.conversations[&TALK].unseen, [1, 2, 3]);
}

#[test]
fn a_read_mark_changes_exactly_the_lines_between_the_old_and_the_new_one() {
    let mut world = boris();
    for event in [said(1, BORIS, "раз"), said(2, ANNA, "?"), said(3, BORIS, "два"), said(4, BORIS, "три")] {
        world.apply(&event, LIVE);
    }
    let mut lines = |event: Event| world.apply(&event, LIVE).unwrap_or_default().entries.remove(&TALK);
    assert_eq!(lines(seen(5, ANNA, 3)), Some([3].into()), "what she wrote at 2 said that she had read 1");
    assert_eq!(lines(seen(6, ANNA, 2)), None, "a mark never goes back");
    assert_eq!(lines(seen(7, ANNA, 4)), Some([4].into()));
    let talk = &world.conversations[&TALK];
    assert!(talk.is_seen(BORIS, 4) && !talk.is_seen(BORIS, 5));
}

#[test]
fn only_messages_that_come_as_they_happen_are_told_aloud() {
    let mut world = boris();
    let later = Moment { live: false, ..LIVE };
    let told = |changes: Option<Changes>| changes.unwrap_or_default().said;
    assert!(told(world.apply(&said(1, ANNA, "вчера"), later)).is_empty());
    assert_eq!(told(world.apply(&said(2, ANNA, "сейчас"), LIVE)), [(TALK, 2)]);
    assert!(told(world.apply(&said(3, BORIS, "мой ответ"), LIVE)).is_empty());
    assert!(world.conversations[&TALK].unseen.is_empty(), "who answers has read");
}

#[test]
fn an_offer_ends_by_its_length_whatever_the_two_clocks_say() {
    let mut world = boris();
    let request = RequestId(Uuid::from_u128(7));
    let asked = EventBody::RequestAsked { request, customer: ANNA, ask: ask(), since: Timestamp(1), urgent: true };
    world.apply(&event(Stream::Staff, 1, ANNA, asked), LIVE);
    // The desk's clock is an hour ahead.
    let at = LIVE.now + Span::minutes(60);
    let state = State::Offered { to: BORIS, until: at + offer::LIFE };
    let offered = Event { at, ..event(Stream::Staff, 2, ANNA, EventBody::RequestMoved { request, state, epoch: 1 }) };
    let changes = world.apply(&offered, LIVE).unwrap_or_default();
    assert_eq!(changes.rings, [request]);
    assert_eq!(world.requests[&request].deadline, Some(LIVE.now + offer::LIFE));
    assert_eq!((world.offers().len(), world.waiting().len()), (1, 0));

    let late = EventBody::RequestMoved { request, state: State::Waiting, epoch: 0 };
    world.apply(&event(Stream::Staff, 3, ANNA, late), LIVE);
    assert_eq!(world.offers().len(), 1, "an older epoch changes nothing");
}
