//! Invitations into talks: those to oneself stand in one's own stream, those into a talk in its staff's side.

use opora_domain::{ConversationId, InvitationId, PersonId, Span, Timestamp, invitation::Ended};
use opora_wire::{Event, participant};
use serde::{Deserialize, Serialize};

use super::{Changes, Moment, World};

/// An invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// Into which talk.
    pub conversation: ConversationId,
    /// Who is asked.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Who asks.
    pub by_name: String,
    /// What for.
    pub words: String,
    /// Since when, by the desk's clock.
    pub at: Timestamp,
    /// When it lapses, by this machine's clock; not kept.
    #[serde(skip)]
    pub deadline: Timestamp,
    /// Milliseconds it stands.
    pub life_ms: i64,
    /// How it came to nothing; one that ended otherwise is not kept.
    pub ended: Option<Ended>,
}

impl Invitation {
    /// As a replay of the log says it.
    pub(super) fn derive_deadline(&mut self) {
        self.deadline = self.at + Span::millis(self.life_ms);
    }
}

impl World {
    /// The same is said in two streams; who reads both hears it twice.
    pub(super) fn apply_invitation(
        &mut self,
        event: &Event,
        what: &participant::Event,
        moment: Moment,
    ) -> Option<Changes> {
        let mut changes = Changes { invitations: true, ..Changes::default() };
        match what {
            participant::Event::Invited { invitation, conversation, person, name, by_name, words, life } => {
                let since = if moment.live { moment.now } else { event.at };
                let (id, known) = (*invitation, self.invitations.contains_key(invitation));
                if known {
                    return Some(changes);
                }
                // A newer one of the same person takes the place of how the one before ended.
                self.invitations.retain(|_, one| (one.conversation, one.person) != (*conversation, *person));
                let (name, by_name, words) = (name.clone(), by_name.clone(), words.clone());
                let (conversation, person, life_ms) = (*conversation, *person, life.as_millis());
                let deadline = since + *life;
                let (at, ended) = (event.at, None);
                let one = Invitation { id, conversation, person, name, by_name, words, at, deadline, life_ms, ended };
                self.invitations.insert(id, one);
                if moment.live && person == self.me {
                    changes.noted.push(event.clone());
                }
            }
            participant::Event::InvitationEnded { invitation, how, .. } => {
                let Some(one) = self.invitations.get_mut(invitation).filter(|one| one.ended.is_none()) else {
                    return Some(changes);
                };
                let told = matches!(how, Ended::Declined { .. } | Ended::Expired) && one.person != self.me;
                if told {
                    one.ended = Some(how.clone());
                    if moment.live {
                        changes.noted.push(event.clone());
                    }
                } else {
                    self.invitations.remove(invitation);
                }
            }
            _ => return None,
        }
        Some(changes)
    }
}
