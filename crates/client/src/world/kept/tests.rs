//! A world that was kept is the world that a replay of the log makes.
//!
//! Logs are random: every event that is frozen on the wire (`crates/wire/tests/snapshots`), and those about tickets,
//! with ids of a small set in their places so that they meet, in any stream and any order.

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use opora_domain::{
    ItemId, PersonId, TicketId, Timestamp,
    rating::{Rating, Stars},
    role::Role,
    ticket::{Change, Deadlines, Item, Link, Relation, Status},
};
use opora_history::KeptRow;
use opora_wire::{
    Event, EventBody, Stream,
    ticket::{Event as Said, Notice},
};
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::{
    super::{Moment, World},
    Reader, SMALL,
};

/// Few, so that events are about the same things.
const IDS: u8 = 2;
pub(crate) const ME: PersonId = PersonId(Uuid::from_u128(1));

static BODIES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut bodies = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wire/tests/snapshots");
    for file in std::fs::read_dir(folder).expect("the frozen events") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("text");
        let json = text.splitn(3, "---\n").nth(2).and_then(|json| serde_json::from_str(json).ok());
        harvest(&json.unwrap_or(Value::Null), &mut bodies);
    }
    bodies.extend(of_tickets().into_iter().map(|said| serde_json::to_value(EventBody::Ticket(said)).expect("JSON")));
    bodies
});

/// What a day is made of; half of a log, so that one thing happens after the other.
static USUAL: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let usual = ["request_asked", "request_moved", "said", "seen", "joined", "transfer", "ticket_made", "ticket"];
    BODIES.iter().filter(|body| body["is"].as_str().is_some_and(|is| usual.contains(&is))).cloned().collect()
});

/// What is an event, however deep it stands.
fn harvest(value: &Value, bodies: &mut Vec<Value>) {
    let body = serde_json::from_value(value.clone()).unwrap_or(EventBody::Unknown);
    match value {
        Value::Object(_) if body != EventBody::Unknown => bodies.push(value.clone()),
        Value::Object(fields) => fields.values().for_each(|value| harvest(value, bodies)),
        Value::Array(values) => values.iter().for_each(|value| harvest(value, bodies)),
        _ => {}
    }
}

fn of_tickets() -> Vec<Said> {
    let (ticket, person) = (TicketId(Uuid::nil()), PersonId(Uuid::nil()));
    let changes = vec![Change::Subject("Ещё раз".into()), Change::Status(Status::Solved)];
    let deadlines = Deadlines { answer: None, solution: Some(Timestamp(7)) };
    let item = ItemId(Uuid::nil());
    let notice = Notice { title: "Ошибка".into(), text: "Чиним".into() };
    vec![
        Said::Updated { ticket, changes, comment: None, deadlines },
        Said::Introduced { ticket, person, name: "Вера".into(), of_firm: true },
        Said::Watched { ticket, person, on: true },
        Said::Watched { ticket, person, on: false },
        Said::ItemPut { ticket, item: Item { id: item, text: "Проверить".into(), done: false } },
        Said::ItemDropped { ticket, item },
        Said::Linked { ticket, link: Link { relation: Relation::Relates, other: ticket }, on: true },
        Said::Merged { ticket, into: ticket, number: 3 },
        Said::Voted { ticket, person, on: true },
        Said::Rated { ticket, rating: Rating { stars: Stars::new(4).expect("stars"), comment: String::new() } },
        Said::Published { ticket, wish: true, notice: Some(notice), votes: 2 },
    ]
}

/// The text of an example with the ids that `pick` says, and small numbers of read marks and the like.
fn filled(body: &Value, pick: &mut impl FnMut() -> u8) -> EventBody {
    let mut body = body.clone();
    fill(&mut body, pick);
    serde_json::from_value(body).unwrap_or(EventBody::Unknown)
}

fn fill(value: &mut Value, pick: &mut impl FnMut() -> u8) {
    match value {
        Value::String(text) => {
            let parts = text.split('/').map(|part| match Uuid::parse_str(part) {
                Ok(_) => Uuid::from_u128(u128::from(pick() % IDS) + 1).to_string(),
                Err(_) => part.to_owned(),
            });
            *text = parts.collect::<Vec<_>>().join("/");
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::Number(_) if ["up_to", "epoch", "head"].contains(&name.as_str()) => *value = pick().into(),
                    _ => fill(value, pick),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, pick)),
        _ => {}
    }
}

fn stream(kind: u8, id: u8) -> Stream {
    let id = Uuid::from_u128(u128::from(id % IDS) + 1);
    match kind / 2 % 12 {
        0 => Stream::Desk,
        1..=3 => Stream::Staff,
        4 => Stream::Supervisors,
        5 => Stream::Person(ME),
        6 => Stream::Organisation(opora_domain::OrganisationId(id)),
        7 => Stream::OrganisationRequests(opora_domain::OrganisationId(id)),
        8 => Stream::Ticket(TicketId(id)),
        9 => Stream::ConversationStaff(opora_domain::ConversationId(id)),
        10 => Stream::ConversationVendor(opora_domain::ConversationId(id)),
        _ => Stream::Conversation(opora_domain::ConversationId(id)),
    }
}

/// What becomes an event: which example, which stream, what is filled in, by whom.
pub(crate) type Seed = (prop::sample::Index, (u8, u8), Vec<u8>, u8);

pub(crate) fn log(seeds: &[Seed]) -> Vec<Event> {
    let mut heads: BTreeMap<Stream, i64> = BTreeMap::new();
    let event = |(at, (example, (kind, id), picks, by)): (i64, &Seed)| {
        let mut picks = picks.iter().copied().cycle();
        let body =
            filled(example.get(if kind % 2 == 0 { &USUAL } else { &BODIES }), &mut || picks.next().unwrap_or_default());
        let stream = match &body {
            // What is said in a talk is said there.
            EventBody::Said(_) | EventBody::Seen { .. } | EventBody::Joined { .. } => stream(22, *id),
            EventBody::Note(_) => stream(18, *id),
            _ => stream(*kind, *id),
        };
        let seq = heads.entry(stream).and_modify(|seq| *seq += 1).or_insert(1);
        let by = Some(PersonId(Uuid::from_u128(u128::from(by % IDS) + 1)));
        Event {
            stream,
            seq: *seq,
            gseq: at,
            id: Uuid::from_u128(1_000 + at.unsigned_abs() as u128),
            at: Timestamp(at),
            by,
            body,
        }
    };
    (1..).zip(seeds).map(event).collect()
}

/// Where rows are kept.
#[derive(Default)]
struct Shelf(BTreeMap<(&'static str, String), String>);

impl Shelf {
    /// Only what has changed goes in.
    fn keep(&mut self, world: &mut World) {
        for KeptRow { part, key, body } in world.unwritten().expect("JSON") {
            match body {
                Some(body) => drop(self.0.insert((part, key), body)),
                None => drop(self.0.remove(&(part, key))),
            }
        }
        world.written();
    }

    fn world(&self) -> Option<World> {
        let mut reader = Reader::default();
        self.0.iter().for_each(|((part, key), body)| reader.take(part, key, body));
        reader.finish(ME)
    }
}

/// Everything that is in a world, but what is known of this run alone.
fn bare(mut world: World) -> String {
    (world.tickets.changed, world.is_kept) = (0, false);
    world.told.clear();
    format!("{world:#?}")
}

/// The first line in which two worlds differ.
pub(crate) fn differs(one: World, other: World) -> Option<(String, String)> {
    let (one, other) = (bare(one), bare(other));
    let mut lines = one.lines().zip(other.lines()).chain((one.len() != other.len()).then_some(("longer", "shorter")));
    lines.find(|(one, other)| one != other).map(|(one, other)| (one.to_owned(), other.to_owned()))
}

fn empty() -> World {
    World::new(ME, Role::Specialist)
}

fn replayed(log: &[Event]) -> World {
    let mut world = empty();
    for event in log {
        world.apply(event, Moment { now: Timestamp(5), live: false });
    }
    world
}

pub(crate) fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let one = (any::<prop::sample::Index>(), any::<(u8, u8)>(), prop::collection::vec(0_u8..8, 8), any::<u8>());
    prop::collection::vec(one, 1..120)
}

#[test]
fn every_kind_of_event_is_among_the_examples() {
    let kinds: std::collections::BTreeSet<_> = BODIES.iter().filter_map(|body| body["is"].as_str()).collect();
    assert!(kinds.len() > 30 && BODIES.len() > 120, "{} kinds, {} examples", kinds.len(), BODIES.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Kept now and then while it goes on, killed, read again, and brought to the end of the log: whatever the log and
    /// whenever it was kept, and whether its events came as they happened.
    #[test]
    fn a_kept_world_is_the_one_that_a_replay_makes(
        seeds in seeds(),
        kept_at in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
        killed_at in any::<prop::sample::Index>(),
        live in any::<bool>(),
    ) {
        let log = log(&seeds);
        let kept_at: std::collections::BTreeSet<usize> = kept_at.iter().map(|at| at.index(log.len())).collect();
        let (mut world, mut shelf, mut kept) = (empty(), Shelf::default(), 0);
        for (index, event) in log.iter().enumerate().take(killed_at.index(log.len()) + 1) {
            world.apply(event, Moment { now: Timestamp(1_000_000), live });
            if kept_at.contains(&index) {
                shelf.keep(&mut world);
                kept = index + 1;
            }
        }
        let mut world = if kept > 0 { shelf.world().expect("was kept") } else { empty() };
        prop_assert_eq!(differs(replayed(&log[..kept]), shelf.world().unwrap_or_else(empty)), None);
        for event in &log[kept..] {
            world.apply(event, Moment { now: Timestamp(5), live: false });
        }
        prop_assert_eq!(differs(replayed(&log), world), None);
    }
}

#[test]
fn a_row_that_is_not_understood_and_another_person_are_no_world() {
    let (mut world, mut shelf) = (empty(), Shelf::default());
    let boris = EventBody::PersonInvited {
        person: ME,
        name: "Борис Ким".into(),
        role: Role::Specialist,
        organisation: None,
        lines: Vec::new(),
    };
    let event =
        Event { stream: Stream::Staff, seq: 1, gseq: 1, id: Uuid::nil(), at: Timestamp(1), by: None, body: boris };
    world.apply(&event, Moment { now: Timestamp(5), live: false });
    shelf.keep(&mut world);
    let read = |shelf: &Shelf, me| {
        let mut reader = Reader::default();
        shelf.0.iter().for_each(|((part, key), body)| reader.take(part, key, body));
        reader.finish(me).is_some()
    };
    assert!(read(&shelf, ME));
    assert!(!read(&shelf, PersonId(Uuid::nil())), "another's");
    assert!(world.unwritten().expect("JSON").is_empty(), "what is written is not written again");
    let (key, body) = shelf.0.iter().next_back().map(|(key, body)| (key.clone(), body.clone())).expect("rows");
    shelf.0.insert(key.clone(), "{".into());
    assert!(!read(&shelf, ME), "broken");
    shelf.0.insert(key, body);
    shelf.0.remove(&(SMALL, String::new()));
    assert!(!read(&shelf, ME), "not whole");
}
