//! What the firm's people read beside talks: notes, briefs, offers; and what is said with vendors.

use opora_domain::{
    ConversationId, MessageId, OpId, PersonId, RequestId, Span, Timestamp, TransferId,
    transfer::{Brief, Ended},
};
use opora_wire::{Event, EventBody, transfer, vendor};
use serde::{Deserialize, Serialize};

use super::{Changes, Moment, World};

/// An offer of a talk that is open as far as one knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Which.
    pub id: TransferId,
    /// The owner.
    pub from: PersonId,
    /// The receiver.
    pub to: PersonId,
    /// What to know.
    pub brief: Brief,
    /// Events that hold the picked messages.
    pub picked: Vec<MessageId>,
    /// The giver stays.
    pub stays: bool,
    /// The giver is at the customer's screen.
    pub screen: bool,
    /// Since when, by the desk's clock.
    pub at: Timestamp,
    /// When it lapses, by this machine's clock; not kept.
    #[serde(skip)]
    pub deadline: Timestamp,
    /// Milliseconds it stands.
    pub life_ms: i64,
}

/// How an offer of one's own ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub id: TransferId,
    /// Which talk.
    pub conversation: ConversationId,
    /// To whom it was offered.
    pub to: PersonId,
    /// How.
    pub how: Ended,
}

/// What is said beside one talk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// Everything, in its order.
    pub events: Vec<Event>,
    /// The offer that is open.
    pub offer: Option<Offer>,
}

impl Beside {
    /// An offer that did not come just now lapses when the desk says so.
    pub(super) fn derive_deadline(&mut self) {
        if let Some(offer) = &mut self.offer {
            offer.deadline = offer.at + Span::millis(offer.life_ms);
        }
    }
}

impl World {
    pub(super) fn apply_beside(&mut self, id: ConversationId, event: &Event, moment: Moment) -> Changes {
        let mut changes = Changes { beside: [id].into(), ..Changes::default() };
        let me = self.me;
        let beside = self.beside.or_default(id);
        beside.events.push(event.clone());
        match &event.body {
            EventBody::Note(_) => {
                changes.done.insert(OpId(event.id));
                changes.rows.insert(id);
                if moment.live && event.by != Some(me) {
                    changes.noted.push(event.clone());
                }
            }
            EventBody::Transfer(transfer::Event::Offered {
                transfer,
                from,
                to,
                brief,
                picked,
                stays,
                life,
                screen,
            }) => {
                let since = if moment.live { moment.now } else { event.at };
                beside.offer = Some(Offer {
                    id: *transfer,
                    from: *from,
                    to: *to,
                    brief: brief.clone(),
                    picked: picked.clone(),
                    stays: *stays,
                    screen: *screen,
                    at: event.at,
                    deadline: since + *life,
                    life_ms: life.as_millis(),
                });
                changes.transfers = true;
                if moment.live && *to == me {
                    changes.noted.push(event.clone());
                }
            }
            EventBody::Transfer(transfer::Event::Ended { transfer, how }) => {
                let ended = beside.offer.take_if(|offer| offer.id == *transfer);
                changes.transfers = true;
                // Who took it back knows it.
                if let Some(offer) = ended.filter(|offer| offer.from == me && *how != Ended::Cancelled)
                    && moment.live
                {
                    self.told.push(Told { id: offer.id, conversation: id, to: offer.to, how: how.clone() });
                    changes.noted.push(event.clone());
                }
            }
            EventBody::Participant(what) => {
                changes.add(self.apply_invitation(event, what, moment).unwrap_or_default());
            }
            _ => {}
        }
        changes
    }

    pub(super) fn apply_vendor(&mut self, id: ConversationId, event: &Event, moment: Moment) -> Changes {
        let mut changes = Changes { vendor: [id].into(), ..Changes::default() };
        self.vendor.or_default(id).push(event.clone());
        if let EventBody::Vendor(vendor::Event::Said { .. }) = &event.body {
            changes.done.insert(OpId(event.id));
        }
        let speaks =
            matches!(event.body, EventBody::Vendor(vendor::Event::Said { .. } | vendor::Event::Escalated { .. }));
        if moment.live && event.by != Some(self.me) && speaks {
            changes.noted.push(event.clone());
        }
        changes
    }

    pub(super) fn apply_vendor_made(&mut self, what: &vendor::Event) -> Changes {
        if let vendor::Event::Made { organisation, name } = what {
            self.organisations.insert(*organisation, name.clone());
            self.vendors.insert(*organisation);
        }
        Changes { people: true, ..Changes::default() }
    }

    /// A request belongs to another line now.
    pub(super) fn apply_line(&mut self, what: &transfer::Event) -> Changes {
        let transfer::Event::LineChanged { request, line } = what else { return Changes::default() };
        if let Some(known) = self.requests.get_mut(request) {
            known.ask.line = *line;
        }
        let mut changes = Changes { queue: true, home: true, ..Changes::default() };
        changes.heads.insert(ConversationId(request.0));
        changes
    }

    /// Offers to oneself and by oneself, what lapses first in front.
    pub(crate) fn handed(&self) -> Vec<(ConversationId, &Offer)> {
        let mine = |offer: &&Offer| [offer.from, offer.to].contains(&self.me);
        let mut all: Vec<_> =
            self.beside.iter().filter_map(|(id, beside)| Some((*id, beside.offer.as_ref().filter(mine)?))).collect();
        all.sort_by_key(|(_, offer)| (offer.deadline, offer.id));
        all
    }

    /// The guard for commands about a talk.
    pub(crate) fn epoch_of(&self, conversation: ConversationId) -> i64 {
        self.requests.get(&RequestId(conversation.0)).map_or(0, |request| request.epoch)
    }
}
