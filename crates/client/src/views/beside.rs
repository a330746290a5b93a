//! What is said beside talks, what is being handed over, who could take it.

use opora_domain::{
    ConversationId, MessageId, PersonId, RequestId, Timestamp, availability::Availability, message::Mark,
    request::State as Stage,
};
use opora_history::OutboxRow;
use opora_ipc::{
    conversation::{Entry, EntryView, MessageView},
    transfer::{BesideView, ColleagueView, HandingEntry, ToldView, TransferView, TransfersView},
    vendor::{VendorRow, VendorRows, VendorThread, VendorView},
};
use opora_wire::{Event, EventBody, OpBody, Stream, note, participant, transfer, vendor};

use crate::{
    state::State,
    views::{ECHO_BASE, Found},
    world::{Offer, World, excerpt, first_words},
};

impl State {
    /// What the talk itself says about who answers.
    pub(crate) fn handing_entry(&self, id: ConversationId, event: &Event) -> Option<HandingEntry> {
        use transfer::Event as T;
        let name_of = |person: PersonId| self.person_name(person, Some(id));
        let line_of = |line| self.world.as_ref().and_then(|world| world.lines.get(line).cloned()).unwrap_or_default();
        Some(match &event.body {
            EventBody::Transfer(T::Announced { name, .. }) => HandingEntry::Announced { name: name.clone() },
            EventBody::Transfer(T::Kept { .. }) => HandingEntry::Kept,
            EventBody::Transfer(T::Passed { name, .. }) => HandingEntry::Passed { name: name.clone() },
            EventBody::Transfer(T::Returned { name, .. }) => HandingEntry::Returned { line: name.clone() },
            EventBody::Transfer(T::Offered { to, brief, .. }) => {
                HandingEntry::Offered { name: name_of(*to), brief: brief.clone() }
            }
            EventBody::Transfer(T::Ended { how, .. }) => HandingEntry::Ended { how: how.clone() },
            EventBody::Transfer(T::Queued { line, brief, .. }) => {
                HandingEntry::Queued { line: line_of(line), brief: brief.clone() }
            }
            EventBody::Participant(participant::Event::Left { person }) => {
                HandingEntry::Left { name: name_of(*person) }
            }
            EventBody::Participant(participant::Event::Invited { name, words, .. }) => {
                HandingEntry::Invited { name: name.clone(), words: words.clone() }
            }
            EventBody::Participant(participant::Event::InvitationEnded { person, how, .. }) => {
                HandingEntry::InvitationEnded { name: name_of(*person), how: how.clone() }
            }
            EventBody::Vendor(vendor::Event::Escalated { vendor, question, .. }) => {
                HandingEntry::Escalated { name: vendor.clone(), question: question.clone() }
            }
            EventBody::Vendor(vendor::Event::Settled) => HandingEntry::Settled,
            _ => World::brought_in(event).map(|name| HandingEntry::Added { name: name.to_owned() })?,
        })
    }

    /// A line beside a talk; none for what is no line.
    fn beside_entry(&self, id: ConversationId, event: &Event, found: &Found<'_>) -> Option<EntryView> {
        let message = MessageId(event.id);
        let (by, at, named, what) = match &event.body {
            EventBody::Note(note::Event::Written { text }) => (event.by, event.at, None, plain(message, text)),
            EventBody::Copied(copied) => {
                let file = copied.file.as_ref().map(|file| self.file(message, file, found));
                let what = Entry::Message(MessageView { file, ..message_view(message, &copied.text) });
                (copied.by, copied.at, Some(copied.by_name.clone()), what)
            }
            EventBody::Vendor(vendor::Event::Said { draft, by_name, .. }) => {
                let file = draft.file.as_ref().map(|file| self.file(message, file, found));
                let what = Entry::Message(MessageView { file, ..message_view(message, &draft.text) });
                (event.by, event.at, Some(by_name.clone()), what)
            }
            _ => (event.by, event.at, None, Entry::Handing(self.handing_entry(id, event)?)),
        };
        let me = self.world.as_ref()?.me;
        Some(EntryView {
            id: event.id.to_string(),
            order: event.seq,
            at,
            by,
            by_name: named.unwrap_or_else(|| by.map(|by| self.person_name(by, Some(id))).unwrap_or_default()),
            mine: by == Some(me),
            what,
        })
    }

    /// A line beside a talk that waits here.
    fn beside_echo(&self, row: &OutboxRow, message: MessageId, text: &str, found: &Found<'_>) -> Option<EntryView> {
        let me = self.world.as_ref()?.me;
        let queued = self.ops().find_map(|(_, body)| match body {
            OpBody::Vendor(vendor::Op::Say { draft, .. }) if draft.id == message => draft.file.as_ref(),
            _ => None,
        });
        let stuck = self.stuck_code(row, queued.map(|file| file.hash.as_str()));
        let file = queued.map(|file| self.queued_file(file, stuck, found));
        let mark = self.mark_of(row, stuck);
        Some(EntryView {
            id: row.op.to_string(),
            order: ECHO_BASE + row.id,
            at: row.made_at,
            by: Some(me),
            by_name: self.person_name(me, None),
            mine: true,
            what: Entry::Message(MessageView { file, mark, stuck, ..message_view(message, text) }),
        })
    }

    /// What is said beside a talk.
    pub(crate) fn beside_view(&self, rev: u64, id: ConversationId, found: &Found<'_>) -> BesideView {
        let world = self.world.as_ref();
        let known = world.and_then(|world| world.beside.get(&id));
        let events = known.map(|beside| beside.events.as_slice()).unwrap_or_default();
        let mut lines: Vec<EntryView> = events.iter().filter_map(|event| self.beside_entry(id, event, found)).collect();
        for (row, body) in self.ops() {
            if let OpBody::Note(note::Op::Write { conversation, note, text }) = body
                && *conversation == id
                && !lines.iter().any(|line| line.id == note.to_string())
            {
                lines.extend(self.beside_echo(row, *note, text, found));
            }
        }
        let opened = |stream: &Stream| {
            world.and_then(|world| world.streams.get(stream)).is_some_and(|known| known.opened.is_some() && !known.shut)
        };
        let writable = opened(&Stream::ConversationStaff(id));
        BesideView { rev, conversation: id, writable, lines }
    }

    /// Notes of others beside a talk that were not on screen yet.
    pub(crate) fn unread_notes(&self, id: ConversationId) -> u32 {
        let Some(world) = &self.world else { return 0 };
        let events = world.beside.get(&id).map(|beside| beside.events.as_slice()).unwrap_or_default();
        let read = self.read_notes.up_to(&id);
        let is_new = |event: &&Event| {
            let note = matches!(event.body, EventBody::Note(note::Event::Written { .. }));
            note && event.seq > read && event.by != Some(world.me)
        };
        u32::try_from(events.iter().filter(is_new).count()).unwrap_or(u32::MAX)
    }

    /// What is being handed over, at `now`.
    pub(crate) fn transfers_view(&self, rev: u64, now: Timestamp, found: &Found<'_>) -> TransfersView {
        let Some(world) = &self.world else { return TransfersView { rev, ..TransfersView::default() } };
        let open = world.handed().into_iter().filter(|(_, offer)| offer.deadline > now);
        let (incoming, outgoing): (Vec<_>, Vec<_>) = open.partition(|(_, offer)| offer.to == world.me);
        let views = |offers: Vec<(ConversationId, &Offer)>| {
            offers.into_iter().map(|(id, offer)| self.transfer_view(world, id, offer, now, found)).collect()
        };
        let told = world.told.iter().map(|told| ToldView {
            id: told.id,
            conversation: told.conversation,
            to: self.person_name(told.to, None),
            customer: self.customer_of(world, told.conversation).0,
            how: told.how.clone(),
        });
        TransfersView { rev, incoming: views(incoming), outgoing: views(outgoing), told: told.collect() }
    }

    fn transfer_view(
        &self,
        world: &World,
        id: ConversationId,
        offer: &Offer,
        now: Timestamp,
        found: &Found<'_>,
    ) -> TransferView {
        let events = world.beside.get(&id).map(|beside| beside.events.as_slice()).unwrap_or_default();
        let picked = events.iter().filter(|event| offer.picked.contains(&MessageId(event.id)));
        let (customer, organisation) = self.customer_of(world, id);
        TransferView {
            id: offer.id,
            conversation: id,
            from: self.person_name(offer.from, None),
            to: self.person_name(offer.to, None),
            brief: offer.brief.clone(),
            picked: picked.filter_map(|event| self.beside_entry(id, event, found)).collect(),
            stays: offer.stays,
            screen: offer.screen,
            customer,
            organisation,
            ask: world.requests.get(&RequestId(id.0)).map(|request| request.ask.clone()),
            left_ms: (offer.deadline - now).as_millis().clamp(0, offer.life_ms),
            life_ms: offer.life_ms,
        }
    }

    fn customer_of(&self, world: &World, id: ConversationId) -> (String, String) {
        let request = world.requests.get(&RequestId(id.0));
        request.map(|request| world.names_of_ask(request.customer, &request.ask)).unwrap_or_default()
    }

    /// Colleagues, and other contact persons of the customer's organisation.
    pub(crate) fn colleagues(&self, id: ConversationId) -> Vec<ColleagueView> {
        let Some(world) = &self.world else { return Vec::new() };
        let talk = world.conversations.get(&id);
        let firm = talk.and_then(|talk| world.asks_for(talk.customer?, talk.ask.as_ref()));
        let mut all: Vec<ColleagueView> = world
            .people
            .iter()
            .filter(|(person, known)| **person != world.me && known.joined)
            .filter(|(person, known)| known.role.is_staff() || firm.is_some_and(|firm| world.belongs(**person, firm)))
            .map(|(person, known)| {
                let inside = talk.and_then(|talk| talk.members.get(person)).is_some_and(|member| !member.left);
                let held = |state: Stage| state == Stage::Accepted { by: *person };
                let lines = known.lines.iter().filter_map(|line| world.lines.get(line).map(String::as_str));
                let staff = known.role.is_staff();
                ColleagueView {
                    person: *person,
                    name: known.name.clone(),
                    staff,
                    about: if staff { lines.collect::<Vec<_>>().join(", ") } else { world.organisation_name(known) },
                    inside,
                    asked: world
                        .invitations
                        .values()
                        .any(|one| (one.conversation, one.person) == (id, *person) && one.ended.is_none()),
                    active: u32::try_from(world.requests.values().filter(|one| held(one.state)).count())
                        .unwrap_or(u32::MAX),
                    available: self
                        .staff
                        .iter()
                        .find(|one| one.person == *person)
                        .map(|one| one.availability == Availability::Available),
                }
            })
            .collect();
        all.sort_by(|a, b| (!a.staff, &a.name, a.person).cmp(&(!b.staff, &b.name, b.person)));
        all
    }

    /// Organisations that are vendors, by name.
    pub(crate) fn vendor_views(&self) -> Vec<VendorView> {
        let Some(world) = &self.world else { return Vec::new() };
        let name = |id| world.organisations.get(id).cloned().unwrap_or_default();
        let mut all: Vec<_> = world.vendors.iter().map(|id| VendorView { id: *id, name: name(id) }).collect();
        all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        all
    }

    /// Questions to vendors, newest first.
    pub(crate) fn vendor_rows(&self, rev: u64) -> VendorRows {
        let Some(world) = &self.world else { return VendorRows { rev, rows: Vec::new() } };
        let mut rows: Vec<_> = world.vendor.keys().filter_map(|id| vendor_row(world, *id)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.conversation)));
        VendorRows { rev, rows }
    }

    /// What is said with a vendor about a talk.
    pub(crate) fn vendor_thread(&self, rev: u64, id: ConversationId, found: &Found<'_>) -> VendorThread {
        let Some(world) = &self.world else { return VendorThread { rev, row: None, lines: vec![], handed: vec![] } };
        let events = world.vendor.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut lines: Vec<EntryView> = events.iter().filter_map(|event| self.beside_entry(id, event, found)).collect();
        for (row, body) in self.ops() {
            if let OpBody::Vendor(vendor::Op::Say { conversation, draft }) = body
                && *conversation == id
                && !lines.iter().any(|line| line.id == draft.id.to_string())
            {
                lines.extend(self.beside_echo(row, draft.id, &draft.text, found));
            }
        }
        let copies = events.iter().filter(|event| matches!(event.body, EventBody::Copied(_)));
        let handed = copies.map(|event| event.id.to_string()).collect();
        VendorThread { rev, row: vendor_row(world, id), lines, handed }
    }
}

fn plain(message: MessageId, text: &str) -> Entry {
    Entry::Message(message_view(message, text))
}

fn message_view(message: MessageId, text: &str) -> MessageView {
    MessageView { message, text: text.to_owned(), reply: None, file: None, mark: Mark::Sent, stuck: None }
}

fn vendor_row(world: &World, id: ConversationId) -> Option<VendorRow> {
    let events = world.vendor.get(&id)?;
    let asked = events.iter().rev().find_map(|event| match &event.body {
        EventBody::Vendor(vendor::Event::Escalated { vendor, firm, question, .. }) => Some((vendor, firm, question)),
        _ => None,
    });
    let (vendor, firm, question) = asked?;
    let last = events.iter().rev().find_map(|event| match &event.body {
        EventBody::Vendor(vendor::Event::Said { draft, .. }) => Some(excerpt(draft)),
        _ => None,
    });
    let settled = |event: &&Event| matches!(event.body, EventBody::Vendor(vendor::Event::Settled));
    let asked_last = |event: &&Event| matches!(event.body, EventBody::Vendor(vendor::Event::Escalated { .. }));
    let turn = events.iter().rev().find(|event| settled(event) || asked_last(event));
    Some(VendorRow {
        conversation: id,
        title: if world.role.is_staff() { vendor.clone() } else { firm.clone() },
        subject: first_words(question),
        last: last.unwrap_or_default(),
        at: events.last().map(|event| event.at).unwrap_or_default(),
        open: turn.is_some_and(|event| asked_last(&event)),
    })
}
