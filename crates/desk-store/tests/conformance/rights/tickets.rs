//! Examples of what is done to tickets after they were made.

use opora_desk::store::Store;
use opora_domain::{
    ItemId, MessageId, PersonId, TicketId,
    rating::{Rating, Stars},
    rights::{Act, Relation},
    role::Role,
    ticket::{Change, Comment, Edit, Item, Kind, Link, Priority, Relation as Thread, Status, Tracker, terms::Terms},
};
use opora_wire::{
    OpBody,
    ticket::{Notice, Op},
};

use super::{
    Example::{Reaches, Works},
    Examples,
};
use crate::scene::Scene;

fn comment(staff: bool) -> Option<Comment> {
    Some(Comment { text: "Смотрю".into(), files: Vec::new(), staff })
}

/// One line for each act.
pub(super) async fn examples<S: Store>(s: &Scene<S>, act: Act, role: Role, relation: Relation) -> Examples {
    let works = |ops: Vec<Op>| Ok(ops.into_iter().map(|op| Works(OpBody::Ticket(op))).collect());
    if act == Act::SetUpTickets {
        return works(if relation == Relation::Own { set_up() } else { Vec::new() });
    }
    let kind = if act == Act::VoteForTicket { Kind::Wish } else { Kind::Error };
    let status = if act == Act::RateTicket { Status::Solved } else { Status::New };
    let Some(ticket) = s.ticket(role, relation, kind, status).await? else { return Ok(Vec::new()) };
    match act {
        Act::UpdateTicket => works(vec![say(s, ticket), rename(s, ticket)]),
        Act::WorkOnTicket => work(s, ticket).await,
        Act::VoteForTicket => works(vec![Op::Vote { ticket, on: true }, Op::Vote { ticket, on: false }]),
        Act::RateTicket => {
            let rating = Rating { stars: Stars::new(5).ok_or("five stars")?, comment: String::new() };
            works(vec![Op::Rate { ticket, rating }])
        }
        _ => {
            let notice = Some(Notice { title: "Не печатает".into(), text: String::new() });
            works(vec![Op::Publish { ticket, notice }, Op::Publish { ticket, notice: None }])
        }
    }
}

fn say<S: Store>(s: &Scene<S>, ticket: TicketId) -> Op {
    Op::Update { ticket, entry: MessageId(s.id()), edits: Vec::new(), comment: comment(false) }
}

fn rename<S: Store>(s: &Scene<S>, ticket: TicketId) -> Op {
    let (was, now) = (Change::Product(String::new()), Change::Product("Счёт".into()));
    Op::Update { ticket, entry: MessageId(s.id()), edits: vec![Edit { was, now }], comment: None }
}

/// The rest.
async fn work<S: Store>(s: &Scene<S>, ticket: TicketId) -> Examples {
    let (was, now) = (Change::Priority(Priority::Normal), Change::Priority(Priority::High));
    let entry = || MessageId(s.id());
    let other = s.put_ticket(s.stranger(), Kind::Error, Status::New).await?;
    let link = Link { relation: Thread::Relates, other };
    let item = Item { id: ItemId(s.id()), text: "Обновить драйвер".into(), done: false };
    let colleague: PersonId = s.colleague();
    let ops = [
        Op::Update { ticket, entry: entry(), edits: vec![Edit { was, now }], comment: None },
        Op::Update { ticket, entry: entry(), edits: Vec::new(), comment: comment(true) },
        Op::Watch { ticket, person: colleague, on: true },
        Op::PutItem { ticket, item: item.clone() },
        Op::DropItem { ticket, item: item.id },
        Op::Link { ticket, link, on: true },
        Op::Merge { ticket, into: other },
    ];
    let nothing = Op::Watch { ticket: TicketId(s.id()), person: colleague, on: true };
    let ops = ops.into_iter().map(|op| Works(OpBody::Ticket(op)));
    Ok(ops.chain([Reaches(OpBody::Ticket(nothing))]).collect())
}

fn set_up() -> Vec<Op> {
    let (tracker, terms) = (Tracker::usual(Kind::Error), Terms::default());
    vec![Op::PutTracker { tracker }, Op::PutCategories { categories: Vec::new() }, Op::PutTerms { terms }]
}
