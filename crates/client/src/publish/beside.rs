//! What is said beside talks, and what is being handed over: told to the interface and aloud.

use std::{collections::BTreeMap, sync::Arc};

use opora_domain::{ConversationId, PersonId};
use opora_ipc::{
    CoreEvent,
    contract::Sound,
    conversation::ConversationRef,
    transfer::{BesideView, TransfersView},
    vendor::VendorThread,
};
use opora_wire::{Event, EventBody, OpBody, Stream, note, participant, transfer, vendor};

use crate::{
    core::Core,
    views::Found,
    world::{Changes, excerpt, first_words},
};

impl Core {
    /// What is being handed over, now.
    pub(crate) fn transfers_view(&self) -> TransfersView {
        let answered = BTreeMap::new();
        let found = Found { answered: &answered, blobs: &self.blobs };
        let state = self.state();
        state.transfers_view(self.rev(), self.clock().now(), &found)
    }

    /// What is said beside a talk.
    pub(crate) fn beside_view(&self, id: ConversationId) -> BesideView {
        let answered = BTreeMap::new();
        let found = Found { answered: &answered, blobs: &self.blobs };
        let state = self.state();
        state.beside_view(self.rev(), id, &found)
    }

    /// What is said with a vendor.
    pub(crate) fn vendor_thread(&self, id: ConversationId) -> VendorThread {
        let answered = BTreeMap::new();
        let found = Found { answered: &answered, blobs: &self.blobs };
        let state = self.state();
        state.vendor_thread(self.rev(), id, &found)
    }

    /// Tells the interface what changed beside talks.
    pub(super) fn publish_beside(&self, changes: &Changes) {
        let (mut beside, mut vendor) = (changes.beside.clone(), changes.vendor.clone());
        {
            let state = self.state();
            for (_, body) in state.ops().filter(|(row, _)| changes.echoes.contains(&row.op)) {
                match body {
                    OpBody::Note(note::Op::Write { conversation, .. }) => drop(beside.insert(*conversation)),
                    OpBody::Vendor(vendor::Op::Say { conversation, .. }) => drop(vendor.insert(*conversation)),
                    _ => {}
                }
            }
        }
        for conversation in beside {
            self.emit(CoreEvent::beside_changed(ConversationRef { conversation }));
        }
        for conversation in vendor {
            self.emit(CoreEvent::vendor_changed(ConversationRef { conversation }));
        }
        if changes.transfers {
            let view = self.transfers_view();
            self.emit(CoreEvent::transfers_changed(view));
        }
        if changes.invitations {
            self.emit(CoreEvent::invitations_changed(self.invitations_view()));
        }
    }

    /// Sounds and notifications for what others said beside talks.
    pub(super) fn notice_beside(&self, changes: &Changes) {
        let name = |by: Option<PersonId>| by.map(|by| self.state().person_name(by, None)).unwrap_or_default();
        for event in &changes.noted {
            match &event.body {
                EventBody::Note(note::Event::Written { text }) => {
                    self.tell(Sound::Message, name(event.by), first_words(text));
                }
                EventBody::Transfer(transfer::Event::Offered { from, brief, .. }) => {
                    self.tell(Sound::Ring, name(Some(*from)), first_words(&brief.problem));
                }
                EventBody::Transfer(transfer::Event::Ended { .. }) => {
                    self.tell(Sound::Message, name(event.by), String::new());
                }
                EventBody::Participant(participant::Event::Invited { by_name, words, .. }) => {
                    self.tell(Sound::Ring, by_name.clone(), first_words(words));
                }
                EventBody::Participant(participant::Event::InvitationEnded { person, .. }) => {
                    self.tell(Sound::Message, name(Some(*person)), String::new());
                }
                EventBody::Vendor(vendor::Event::Said { draft, by_name, .. }) => {
                    self.tell(Sound::Message, by_name.clone(), excerpt(draft));
                }
                EventBody::Vendor(vendor::Event::Escalated { firm, question, .. }) => {
                    self.tell(Sound::Message, firm.clone(), first_words(question));
                }
                _ => {}
            }
        }
    }

    /// Fetches the small pictures that came beside talks.
    pub(crate) fn fetch_pictures_beside(self: &Arc<Self>, changes: &Changes) {
        let of = |event: &&Event| matches!(event.body, EventBody::Copied(_) | EventBody::Vendor(_));
        let events: Vec<Event> = {
            let state = self.state();
            let Some(world) = &state.world else { return };
            let staff = changes.beside.iter().filter_map(|id| world.beside.get(id)).flat_map(|one| &one.events);
            let vendor = changes.vendor.iter().filter_map(|id| world.vendor.get(id)).flatten();
            staff.chain(vendor).filter(of).cloned().collect()
        };
        let stop = self.tasks.stop_token();
        self.fetch_pictures_in(events.iter(), &stop);
    }

    /// A line looks different now, wherever it stands.
    pub(crate) async fn show_line(self: &Arc<Self>, stream: Stream, seq: i64) {
        let mut changes = Changes::default();
        match stream {
            Stream::Conversation(id) => drop(changes.entries.entry(id).or_default().insert(seq)),
            Stream::ConversationStaff(id) => (changes.beside, changes.transfers) = ([id].into(), true),
            Stream::ConversationVendor(id) => changes.vendor = [id].into(),
            _ => return,
        }
        self.publish(changes).await;
    }
}
