//! Conversations: members, read marks, the last message, the session.

use std::collections::BTreeMap;

use opora_domain::{
    ConversationId, OpId, PersonId, SessionId, Timestamp, message::Draft, rating::Rating, request::Ask, role::Role,
    session::State as SessionState,
};
use opora_wire::{Event, EventBody, hello::Device, keeping};
use serde::{Deserialize, Serialize};

use super::{Changes, Moment, World, running::NOBODY};

/// Characters of an excerpt; about two lines of a list.
const EXCERPT: usize = 120;

/// Someone in a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Firm or client organisation.
    pub organisation: String,
    /// Devices with their proofs.
    pub devices: Vec<Device>,
    /// Was here, and is not now.
    pub left: bool,
}

/// The last message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// By whom.
    pub by: Option<PersonId>,
    /// Its first words, or its file's name.
    pub text: String,
}

/// The newest remote session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Where it is.
    pub state: SessionState,
    /// The event that asked.
    pub asked: Event,
    /// The event that said last where it is.
    pub last: Event,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// Who asked.
    pub customer: Option<PersonId>,
    /// What was asked.
    pub ask: Option<Ask>,
    /// Members, by the order of their ids.
    pub members: BTreeMap<PersonId, Member>,
    /// The staff member who answers, as the talk says it.
    pub helper: Option<PersonId>,
    /// Whom it is being handed to, while that is open.
    pub handing: Option<String>,
    /// The last message.
    pub last: Option<Last>,
    /// When something last happened that a person would notice.
    pub at: Timestamp,
    /// `seq` of others' messages that one has not seen.
    pub unseen: Vec<i64>,
    /// `seq` of one's own messages that nobody else has seen.
    pub mine: Vec<i64>,
    /// Up to where each member has seen.
    pub seen: BTreeMap<PersonId, i64>,
    /// The talk is over.
    pub closed: bool,
    /// How it was rated.
    pub rating: Option<Rating>,
    /// The newest remote session.
    pub session: Option<Session>,
}

impl Conversation {
    pub(super) fn new(at: Timestamp) -> Self {
        Self {
            customer: None,
            ask: None,
            members: BTreeMap::new(),
            helper: None,
            handing: None,
            last: None,
            at,
            unseen: Vec::new(),
            mine: Vec::new(),
            seen: BTreeMap::new(),
            closed: false,
            rating: None,
            session: None,
        }
    }

    /// Whether another member has seen the line at `seq`.
    #[must_use]
    pub fn is_seen(&self, me: PersonId, seq: i64) -> bool {
        self.seen.iter().any(|(person, up_to)| *person != me && *up_to >= seq)
    }

    fn see(&mut self, me: PersonId, by: PersonId, up_to: i64, lines: &mut Vec<i64>) {
        let before = self.seen.insert(by, up_to).unwrap_or_default();
        let up_to = up_to.max(before);
        self.seen.insert(by, up_to);
        if by == me {
            self.unseen.retain(|seq| *seq > up_to);
        } else {
            lines.extend(self.mine.iter().filter(|seq| (before + 1..=up_to).contains(*seq)));
            self.mine.retain(|seq| *seq > up_to);
        }
    }

    fn say(&mut self, me: PersonId, event: &Event, draft: &Draft) {
        if event.by == Some(me) {
            self.mine.push(event.seq);
        } else {
            self.unseen.push(event.seq);
            self.mine.clear();
        }
        self.last = Some(Last { by: event.by, text: excerpt(draft) });
        // Who writes has seen what is above.
        if let Some(by) = event.by {
            let seen = self.seen.entry(by).or_default();
            *seen = event.seq.max(*seen);
            if by == me {
                self.unseen.clear();
            }
        }
    }
}

/// First words of a message, or its file's name.
#[must_use]
pub fn excerpt(draft: &Draft) -> String {
    match &draft.file {
        Some(file) if draft.text.trim().is_empty() => file.name.clone(),
        _ => first_words(&draft.text),
    }
}

/// First words of a text, in one line.
#[must_use]
pub fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    line.chars().take(EXCERPT - 1).chain(['…']).collect()
}

impl World {
    pub(super) fn apply_talk(&mut self, id: ConversationId, event: &Event, moment: Moment) -> Changes {
        let mut changes = Changes::default();
        let me = self.me;
        let talk = self.conversations.or_insert_with(id, || Conversation::new(event.at));
        let mut lines = vec![event.seq];
        let mut head = true;
        match &event.body {
            EventBody::ConversationOpened { request, customer, ask } => {
                (talk.customer, talk.ask) = (Some(*customer), Some(ask.clone()));
                if self.ask_is_done(*request) {
                    changes.done.insert(OpId(request.0));
                }
            }
            EventBody::Joined { person, name, role, organisation, devices } => {
                let (name, organisation, devices) = (name.clone(), organisation.clone(), devices.clone());
                talk.members.insert(*person, Member { name, role: *role, organisation, devices, left: false });
                if role.is_staff() && !talk.has_helper() {
                    talk.helper = Some(*person);
                }
            }
            EventBody::Said(draft) => {
                talk.say(me, event, draft);
                changes.done.insert(OpId(draft.id.0));
                if event.by != Some(me) && moment.live {
                    changes.said.push((id, event.seq));
                }
                head = false;
            }
            EventBody::Seen { up_to } => {
                lines.clear();
                if let Some(by) = event.by {
                    talk.see(me, by, *up_to, &mut lines);
                }
                head = false;
            }
            EventBody::SessionAsked { session, .. } => {
                let (asked, last) = (event.clone(), event.clone());
                talk.session = Some(Session { id: *session, state: SessionState::Requested, asked, last });
                changes.sessions.push(event.clone());
            }
            EventBody::SessionMoved { session, state, .. } => {
                if let Some(known) = talk.session.as_mut().filter(|known| known.id == *session) {
                    (known.state, known.last) = (*state, event.clone());
                }
                changes.sessions.push(event.clone());
            }
            EventBody::Transfer(what) => talk.hand(what),
            EventBody::Participant(what) => talk.part(me, what),
            EventBody::Closed => (talk.closed, talk.handing) = (true, None),
            EventBody::Rated(rating) => talk.rating = Some(rating.clone()),
            EventBody::TicketNoted { .. } => {}
            EventBody::Keeping(keeping::Event::Erased { person }) => {
                if let Some(member) = talk.members.get_mut(person) {
                    NOBODY.clone_into(&mut member.name);
                    member.devices.clear();
                }
            }
            EventBody::Keeping(keeping::Event::Forgotten { .. }) => {}
            _ => (head, lines) = (false, Vec::new()),
        }
        if let Some(talk) = self.conversations.get_mut(&id).filter(|_| !matches!(event.body, EventBody::Seen { .. })) {
            talk.at = talk.at.max(event.at);
        }
        changes.row(id);
        if head {
            changes.heads.insert(id);
        }
        if !lines.is_empty() {
            changes.entries.insert(id, lines.into_iter().collect());
        }
        changes
    }
}
