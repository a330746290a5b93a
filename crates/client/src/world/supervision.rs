//! Looks into conversations, the trail of supervisors, marks of the head.
//!
//! Who looks in reads a conversation without being a member of it: it is not among one's own, does
//! not ring, and nothing of it is ever marked as seen.

use std::collections::BTreeSet;

use opora_domain::{ConversationId, PersonId, RequestId, Timestamp, rating::Rating};
use opora_wire::{
    Event as LogEvent,
    supervision::{Act, Event},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Changes, Moment, Rows, World};

/// One line of the trail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acted {
    /// Its event.
    pub id: Uuid,
    /// When, by the desk's clock.
    pub at: Timestamp,
    /// Who.
    pub by: Option<PersonId>,
    /// What.
    pub act: Act,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub customer: PersonId,
    /// Who had it then.
    pub specialist: Option<PersonId>,
    /// The mark that was given.
    pub mark: Option<Rating>,
}

/// What is known of supervision.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Supervision {
    /// Conversations one looks into now.
    pub looking: BTreeSet<ConversationId>,
    /// Conversations one has ever looked into.
    #[serde(skip)]
    pub looked: Rows<ConversationId, ()>,
    /// The trail, by place in the desk's whole log.
    #[serde(skip)]
    pub acts: Rows<i64, Acted>,
    /// The head's marks, for supervisors and for whose work it was.
    #[serde(skip)]
    pub marks: Rows<ConversationId, Rating>,
    /// Who has a request, or had it last.
    #[serde(skip)]
    pub owners: Rows<RequestId, PersonId>,
}

impl World {
    pub(super) fn apply_supervision(&mut self, event: &LogEvent, what: &Event, moment: Moment) -> Changes {
        let mut changes = Changes { board: true, ..Changes::default() };
        let known = &mut self.supervision;
        match what {
            Event::Acted { act, conversation, customer, specialist, mark } => {
                let acted = Acted {
                    id: event.id,
                    at: event.at,
                    by: event.by,
                    act: *act,
                    conversation: *conversation,
                    customer: *customer,
                    specialist: *specialist,
                    mark: mark.clone(),
                };
                known.acts.insert(event.gseq, acted);
                if let Some(mark) = mark {
                    known.marks.insert(*conversation, mark.clone());
                    changes.heads.insert(*conversation);
                }
                changes.audit = true;
            }
            Event::LookBegan { conversation } => {
                known.looking.insert(*conversation);
                known.looked.insert(*conversation, ());
                changes.heads.insert(*conversation);
            }
            Event::LookEnded { conversation } => {
                known.looking.remove(conversation);
                changes.heads.insert(*conversation);
            }
            Event::TakenOver { conversation, by, stays } => {
                if moment.live {
                    changes.taken.push((*conversation, *by, *stays));
                }
                changes.rows.insert(*conversation);
                changes.heads.insert(*conversation);
            }
            Event::Marked { conversation, mark } => {
                known.marks.insert(*conversation, mark.clone());
                changes.heads.insert(*conversation);
            }
        }
        changes
    }

    /// Whether one is a member of a conversation, or was; who only looks in is none.
    #[must_use]
    pub fn is_own(&self, id: ConversationId) -> bool {
        !self.supervision.looked.contains_key(&id)
            || self.conversations.get(&id).is_some_and(|talk| talk.members.contains_key(&self.me))
    }
}
