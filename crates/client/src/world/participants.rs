//! Who answers in a talk, who came in later, who left.

use opora_domain::{ConversationId, PersonId, RequestId, request::State};
use opora_wire::{EventBody, Stream, participant, transfer};

use super::{Changes, Conversation, Member, World};

impl Conversation {
    /// Whether somebody of the firm answers here.
    pub(super) fn has_helper(&self) -> bool {
        self.helper.and_then(|helper| self.members.get(&helper)).is_some_and(|member| !member.left)
    }

    /// What the talk says about who answers.
    pub(super) fn hand(&mut self, what: &transfer::Event) {
        match what {
            transfer::Event::Announced { name, .. } => self.handing = Some(name.clone()),
            transfer::Event::Kept { .. } => self.handing = None,
            transfer::Event::Passed { to, .. } => (self.helper, self.handing) = (Some(*to), None),
            transfer::Event::Returned { .. } => (self.helper, self.handing) = (None, None),
            _ => {}
        }
    }

    /// Somebody left.
    pub(super) fn part(&mut self, me: PersonId, what: &participant::Event) {
        let participant::Event::Left { person } = what else { return };
        if let Some(member) = self.members.get_mut(person) {
            member.left = true;
        }
        if *person == me {
            self.unseen.clear();
        }
    }
}

impl World {
    /// A stream can be read on, or nothing new comes from it.
    pub(super) fn turn(&mut self, stream: Stream, open: bool) -> Changes {
        let mut changes = Changes::default();
        if self.is_shut(stream) != open {
            return changes;
        }
        self.streams.or_default(stream).shut = !open;
        match stream {
            Stream::Conversation(id) => {
                changes.row(id);
                changes.heads.insert(id);
            }
            Stream::ConversationStaff(id) => {
                changes.beside.insert(id);
                // Nothing more comes about an offer to oneself that one may not follow. Who gave it
                // away is told how it ended before the stream closes.
                let me = self.me;
                if !open && let Some(beside) = self.beside.get_mut(&id) {
                    beside.offer.take_if(|offer| offer.to == me);
                    changes.transfers = true;
                }
            }
            Stream::ConversationVendor(id) => drop(changes.vendor.insert(id)),
            _ => {}
        }
        changes
    }

    /// One reads a talk from later on than its beginning.
    pub(super) fn apply_introduction(&mut self, what: &participant::Event) -> Changes {
        let mut changes = Changes::default();
        match what {
            participant::Event::ReadsFrom { stream, from } => {
                let known = self.streams.or_default(*stream);
                if known.applied == 0 {
                    known.applied = from - 1;
                }
            }
            participant::Event::Introduced { conversation, members } => {
                let at = opora_domain::Timestamp::default();
                let talk = self.conversations.or_insert_with(*conversation, || Conversation::new(at));
                for one in members {
                    let (name, organisation, devices) =
                        (one.name.clone(), one.organisation.clone(), one.devices.clone());
                    let member = Member { name, role: one.role, organisation, devices, left: false };
                    talk.members.entry(one.person).or_insert(member);
                    if one.role.is_staff() && talk.helper.is_none() {
                        talk.helper = Some(one.person);
                    }
                }
                changes.row(*conversation);
                changes.heads.insert(*conversation);
            }
            _ => {}
        }
        changes
    }

    /// Whether one is in a talk whose beginning is known here.
    pub(crate) fn is_inside(&self, id: ConversationId) -> bool {
        let talk = self.conversations.get(&id).filter(|talk| talk.ask.is_some());
        let me = talk.and_then(|talk| talk.members.get(&self.me));
        me.is_some_and(|me| !me.left) && !self.has_left(id)
    }

    /// Whether one has left a talk.
    pub(crate) fn has_left(&self, id: ConversationId) -> bool {
        self.is_shut(Stream::Conversation(id))
    }

    /// Where a talk stands, also for who is not told of its request.
    pub(crate) fn stage_of(&self, id: ConversationId, talk: &Conversation) -> State {
        match (self.requests.get(&RequestId(id.0)), talk.closed, talk.helper) {
            (Some(request), ..) => request.state,
            (None, true, _) => State::Closed,
            (None, false, Some(by)) => State::Accepted { by },
            (None, false, None) => State::Waiting,
        }
    }

    /// Who answers: the owner, else who the talk says.
    pub(crate) fn helper_of(&self, id: ConversationId, talk: &Conversation) -> Option<PersonId> {
        match self.requests.get(&RequestId(id.0)).map(|request| request.state) {
            Some(State::Accepted { by }) if talk.members.contains_key(&by) => Some(by),
            _ => talk.helper,
        }
    }

    /// The person whom a `Joined` names, when somebody else brought him in.
    #[must_use]
    pub fn brought_in(event: &opora_wire::Event) -> Option<&str> {
        match &event.body {
            EventBody::Joined { person, name, .. } if event.by != Some(*person) => Some(name),
            _ => None,
        }
    }
}
