//! Conversations: rows of the list, heads.

use opora_domain::{ConversationId, PersonId, RequestId, session::State as SessionState};
use opora_history::OutboxRow;
use opora_ipc::conversation::{ConversationRow, ConversationView, MemberView};
use opora_wire::OpBody;

use super::tickets::At;
use crate::{
    state::State,
    world::{Conversation, World, excerpt, first_words},
};

impl State {
    /// All conversations, newest first.
    pub(crate) fn conversation_rows(&self, rev: u64) -> Vec<ConversationRow> {
        let Some(world) = &self.world else { return Vec::new() };
        let asked = self.ops().filter_map(|(_, body)| match body {
            OpBody::Ask { request, .. } => Some(ConversationId(request.0)),
            _ => None,
        });
        let own = world.conversations.keys().copied().filter(|id| world.is_own(*id));
        let ids: std::collections::BTreeSet<_> = own.chain(asked).collect();
        let mut rows: Vec<_> = ids.into_iter().filter_map(|id| self.conversation_row(rev, id)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.id)));
        rows
    }

    /// A row of the list; none when there is no such conversation, here or in the outbox.
    pub(crate) fn conversation_row(&self, rev: u64, id: ConversationId) -> Option<ConversationRow> {
        let world = self.world.as_ref()?;
        let mut row = match world.conversations.get(&id) {
            Some(talk) => known_row(world, rev, id, talk),
            None => self.asked_row(rev, id)?,
        };
        row.notes = self.unread_notes(id);
        // What waits here is the last one said.
        for (queued, body) in self.ops() {
            if let OpBody::Say { conversation, draft } = body
                && *conversation == id
            {
                (row.last, row.last_mine, row.at) = (excerpt(draft), true, row.at.max(queued.made_at));
            }
        }
        Some(row)
    }

    fn asked_row(&self, rev: u64, id: ConversationId) -> Option<ConversationRow> {
        let (ask, at) = self.ops().find_map(|(row, body)| match body {
            OpBody::Ask { request, ask } if request.0 == id.0 => Some((ask.clone(), row.made_at)),
            _ => None,
        })?;
        Some(ConversationRow {
            id,
            rev,
            title: String::new(),
            organisation: String::new(),
            subject: first_words(&ask.description),
            last: String::new(),
            last_mine: false,
            at,
            unread: 0,
            notes: 0,
            state: None,
            sharing: false,
            left: false,
        })
    }

    /// A conversation's head; entries and session are filled in by the caller.
    pub(crate) fn conversation_head(&self, at: At, id: ConversationId) -> Option<ConversationView> {
        let rev = at.rev;
        let row = self.conversation_row(rev, id)?;
        let world = self.world.as_ref()?;
        let talk = world.conversations.get(&id);
        let queued_ask = || {
            self.ops().find_map(|(_, body)| match body {
                OpBody::Ask { request, ask } if request.0 == id.0 => Some(ask.clone()),
                _ => None,
            })
        };
        let queued_rating = || {
            self.ops().find_map(|(_, body)| match body {
                OpBody::Rate { conversation, rating } if *conversation == id => Some(rating.clone()),
                _ => None,
            })
        };
        let ask = talk.and_then(|talk| talk.ask.clone()).or_else(queued_ask);
        let line_name = ask.as_ref().and_then(|ask| world.lines.get(&ask.line).cloned()).unwrap_or_default();
        Some(ConversationView {
            row,
            request: RequestId(id.0),
            ask,
            line_name,
            members: talk.map(|talk| self.members(world, talk)).unwrap_or_default(),
            entries: Vec::new(),
            more: false,
            session: None,
            tickets: self.tickets_beside(at, id),
            rating: talk.and_then(|talk| talk.rating.clone()).or_else(queued_rating),
            mark: world.supervision.marks.get(&id).cloned(),
            handing: talk.and_then(|talk| talk.handing.clone()),
            epoch: world.epoch_of(id),
        })
    }

    fn members(&self, world: &World, talk: &Conversation) -> Vec<MemberView> {
        let mut members: Vec<MemberView> = talk
            .members
            .iter()
            .filter(|(_, member)| !member.left)
            .map(|(person, member)| MemberView {
                person: *person,
                name: member.name.clone(),
                organisation: member.organisation.clone(),
                staff: member.role.is_staff(),
                me: *person == world.me,
                present: *person == world.me || member.devices.iter().any(|one| self.present.contains(&one.key)),
            })
            .collect();
        members.sort_by(|a, b| (a.staff, &a.name, a.person).cmp(&(b.staff, &b.name, b.person)));
        members
    }

    /// Name of a person as the conversation or the staff's list has it.
    pub(crate) fn person_name(&self, person: PersonId, conversation: Option<ConversationId>) -> String {
        let Some(world) = &self.world else { return String::new() };
        let member = conversation.and_then(|id| world.conversations.get(&id)?.members.get(&person));
        if let Some(member) = member {
            return member.name.clone();
        }
        let me = self.account.as_ref().filter(|(_, account)| account.person == person);
        match (world.name_of(person), me) {
            (Some((name, _)), _) => name,
            (None, Some((_, account))) => account.name.clone(),
            (None, None) => String::new(),
        }
    }

    /// Rows of the outbox that will be said in a conversation, oldest first.
    pub(crate) fn queued_in(&self, id: ConversationId) -> impl Iterator<Item = (&OutboxRow, &OpBody)> {
        let here = move |body: &OpBody| match body {
            OpBody::Ask { request, .. } => request.0 == id.0,
            OpBody::Say { conversation, .. } => *conversation == id,
            _ => false,
        };
        self.ops().filter(move |(_, body)| here(body))
    }
}

fn known_row(world: &World, rev: u64, id: ConversationId, talk: &Conversation) -> ConversationRow {
    let for_staff = world.role.is_staff() && talk.customer != Some(world.me);
    let other = if for_staff { talk.customer } else { world.helper_of(id, talk) };
    let member = other.and_then(|person| talk.members.get(&person));
    let (title, organisation) = member.map(|one| (one.name.clone(), one.organisation.clone())).unwrap_or_default();
    let sharing = talk.session.as_ref().is_some_and(|session| session.state == SessionState::Live);
    ConversationRow {
        id,
        rev,
        title,
        organisation,
        subject: talk.ask.as_ref().map(|ask| first_words(&ask.description)).unwrap_or_default(),
        last: talk.last.as_ref().map(|last| last.text.clone()).unwrap_or_default(),
        last_mine: talk.last.as_ref().is_some_and(|last| last.by == Some(world.me)),
        at: talk.at,
        unread: u32::try_from(talk.unseen.len()).unwrap_or(u32::MAX),
        notes: 0,
        state: Some(world.stage_of(id, talk)),
        sharing,
        left: world.has_left(id),
    }
}
