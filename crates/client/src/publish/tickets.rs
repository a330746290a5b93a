//! What others did in tickets, told aloud to those whom it concerns.

use opora_domain::{
    PersonId,
    ticket::{Change, Ticket},
};
use opora_ipc::contract::Sound;
use opora_wire::{Event, EventBody, ticket::Event as Said};

use crate::{
    core::Core,
    words::{TicketNews, ticket_news},
    world::{Changes, World, first_words},
};

impl Core {
    /// Sounds and notifications.
    pub(super) fn notice_tickets(&self, changes: &Changes) {
        for event in &changes.ticketed {
            let told = {
                let state = self.state();
                let language = state.settings.language;
                state.world.as_ref().and_then(|world| {
                    let (ticket, news) = concerns(world, event)?;
                    Some((format!("№ {} {}", ticket.number, ticket.subject), ticket_news(language, &news)))
                })
            };
            if let Some((title, body)) = told {
                self.tell(Sound::Message, title, body);
            }
        }
    }
}

/// What a person is told of an event; none when it is not about the person.
fn concerns<'a>(world: &'a World, event: &Event) -> Option<(&'a Ticket, TicketNews)> {
    let (id, news) = match &event.body {
        EventBody::TicketMade { draft, .. } => (draft.id, TicketNews::Made),
        EventBody::Ticket(said) => (said.ticket()?, news_of(said, world.me)?),
        _ => return None,
    };
    let ticket = world.tickets.get(id)?;
    let mine = ticket.customer == world.me || ticket.assignee == Some(world.me) || ticket.watchers.contains(&world.me);
    // Who watches over the others is told what is about to go wrong anywhere.
    let watches_over =
        matches!(news, TicketNews::Pressed { .. }) && world.role.may(opora_domain::role::Action::Supervise);
    (mine || watches_over).then_some((ticket, news))
}

fn news_of(said: &Said, me: PersonId) -> Option<TicketNews> {
    match said {
        Said::Updated { changes, comment, .. } => {
            let status = changes.iter().find_map(|change| match change {
                Change::Status(status) => Some(*status),
                _ => None,
            });
            let given = changes.contains(&Change::Assignee(Some(me)));
            let words = comment.as_ref().map(|comment| first_words(&comment.text));
            match (given, status, words) {
                (true, _, _) => Some(TicketNews::Given),
                (_, Some(status), words) => Some(TicketNews::Moved { status, words: words.unwrap_or_default() }),
                (_, None, Some(words)) => Some(TicketNews::Said { words }),
                (false, None, None) => None,
            }
        }
        Said::Pressed { broken, .. } => Some(TicketNews::Pressed { broken: *broken }),
        Said::Rated { rating, .. } => Some(TicketNews::Rated { stars: rating.stars.get() }),
        Said::Merged { number, .. } => Some(TicketNews::Merged { number: *number }),
        _ => None,
    }
}
