//! Changes become events for the interface, and what a person should notice.

mod beside;
mod tickets;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, atomic::Ordering},
};

use opora_domain::{
    ConversationId, MessageId, PersonId, RequestId,
    role::{Action, Role},
};
use opora_history::StoredEvent;
use opora_ipc::{
    CoreEvent,
    ask::RequestRef,
    contract::Sound,
    conversation::{ConversationRef, EntriesChange, EntryView},
    running::RunningView,
    shell::ShellRequest,
    supervision::TakenOver,
    ticket::TicketsMoved,
};
use opora_wire::{Event, EventBody, OpBody, Stream};

use crate::{
    account::to_event,
    core::Core,
    views::{Found, tickets::At},
    world::{Changes, excerpt, first_words},
};

/// The lists of people are shown at most so often: a person does not see the difference.
const PEOPLE_PAUSE: std::time::Duration = std::time::Duration::from_millis(150);

impl Core {
    /// Tells the interface everything that changed, as it is now.
    pub(crate) async fn publish(&self, changes: Changes) {
        if changes.app {
            self.emit_app();
        }
        self.publish_views(&changes);
        self.publish_rows(&changes);
        self.publish_beside(&changes);
        if !changes.entries.is_empty() || !changes.echoes.is_empty() {
            self.publish_entries(&changes).await;
        }
        self.notice(&changes).await;
    }

    fn publish_views(&self, changes: &Changes) {
        let role = self.state().role();
        if changes.people {
            self.publish_people_soon();
        }
        if changes.devices {
            self.emit(CoreEvent::devices_changed(self.devices_view()));
        }
        if changes.home && role == Role::Customer {
            let view = {
                let state = self.state();
                state.home_view(self.at())
            };
            self.emit(CoreEvent::home_changed(view));
        }
        if changes.queue && role.is_staff() {
            let view = {
                let state = self.state();
                state.queue_view(self.rev(), self.clock().now())
            };
            self.emit(CoreEvent::queue_changed(view));
        }
        if changes.hours {
            self.emit(CoreEvent::hours_changed(self.hours_view()));
        }
        if changes.contracts || changes.people {
            self.emit(CoreEvent::contracts_changed(self.contracts_view()));
        }
        if changes.staff && role.is_staff() {
            let view = {
                let state = self.state();
                state.staff_view(self.rev())
            };
            self.emit(CoreEvent::staff_changed(view));
        }
        if (changes.routing || changes.people) && role.is_staff() {
            let view = {
                let state = self.state();
                state.routing_view(self.rev())
            };
            self.emit(CoreEvent::routing_changed(view));
        }
        for request in &changes.ways {
            self.emit(CoreEvent::way_changed(RequestRef { request: *request }));
        }
        if changes.running {
            self.emit(CoreEvent::running_changed(self.running_view()));
        }
        if changes.board || changes.queue || changes.people {
            self.emit_board();
        }
        if changes.audit {
            let view = {
                let state = self.state();
                state.audit_view(self.rev())
            };
            self.emit(CoreEvent::audit_changed(view));
        }
        if changes.tickets {
            self.emit(CoreEvent::tickets_moved(TicketsMoved { rev: self.rev(), tickets: Vec::new() }));
        }
        if changes.ticket_setup {
            let view = {
                let state = self.state();
                state.ticket_setup_view(self.rev())
            };
            self.emit(CoreEvent::ticket_setup_changed(view));
        }
    }

    /// The owner's lists may hold thousands of rows, and an import changes one after the other: they
    /// are shown as they are a moment later, once for all that happened.
    fn publish_people_soon(&self) {
        if self.people_due.swap(true, Ordering::AcqRel) {
            return;
        }
        let Some(core) = self.me.upgrade() else { return };
        self.tasks.spawn("people view", move |_| async move {
            tokio::time::sleep(PEOPLE_PAUSE).await;
            core.people_due.store(false, Ordering::Release);
            let view = {
                let state = core.state();
                state.people_view(core.rev())
            };
            core.emit(CoreEvent::people_changed(view));
        });
    }

    pub(crate) fn running_view(&self) -> RunningView {
        let data = self.options.profile.join("desk").to_str().map(str::to_owned);
        let state = self.state();
        state.running_view(self.rev(), data)
    }

    /// The board, for those who see it.
    pub(crate) fn emit_board(&self) {
        if !self.state().role().may(Action::Supervise) {
            return;
        }
        let view = {
            let state = self.state();
            state.board_view(self.rev())
        };
        self.emit(CoreEvent::board_changed(view));
    }

    /// Where views that are made now stand.
    pub(crate) fn at(&self) -> At {
        At { rev: self.rev(), now: self.clock().now() }
    }

    fn publish_rows(&self, changes: &Changes) {
        let mut rows = changes.rows.clone();
        rows.extend(self.talks_of(&changes.echoes));
        for id in rows {
            let row = {
                let state = self.state();
                // What one only looks into is not in the list.
                let own = state.world.as_ref().is_none_or(|world| world.is_own(id));
                own.then(|| state.conversation_row(self.rev(), id)).flatten()
            };
            if let Some(row) = row {
                self.emit(CoreEvent::conversation_changed(row));
            }
        }
        for conversation in &changes.heads {
            self.emit(CoreEvent::conversation_reloaded(ConversationRef { conversation: *conversation }));
        }
    }

    /// Conversations in which these operations are said.
    fn talks_of(&self, ops: &BTreeSet<opora_domain::OpId>) -> BTreeSet<ConversationId> {
        if ops.is_empty() {
            return BTreeSet::new();
        }
        let state = self.state();
        let talks = state.ops().filter(|(row, _)| ops.contains(&row.op)).filter_map(|(_, body)| match body {
            OpBody::Ask { request, .. } => Some(ConversationId(request.0)),
            OpBody::Say { conversation, .. } | OpBody::Rate { conversation, .. } => Some(*conversation),
            _ => None,
        });
        talks.collect()
    }

    async fn publish_entries(&self, changes: &Changes) {
        // Lines carry no `rev`: made and told under one lock, a later one is always the newer one.
        let _in_turn = self.publishing.lock().await;
        let mut talks: BTreeMap<ConversationId, Vec<EntryView>> = BTreeMap::new();
        for (id, seqs) in &changes.entries {
            let (Some(first), Some(last)) = (seqs.first(), seqs.last()) else { continue };
            let stored = self.stored(*id, *first, *last).await;
            let wanted: Vec<StoredEvent> = stored.into_iter().filter(|event| seqs.contains(&event.seq)).collect();
            talks.entry(*id).or_default().extend(self.entries(*id, &wanted).await);
        }
        for id in self.talks_of(&changes.echoes) {
            let echoes = self.echoes(id, Some(&changes.echoes));
            talks.entry(id).or_default().extend(echoes);
        }
        for (conversation, upsert) in talks {
            if !upsert.is_empty() {
                self.emit(CoreEvent::entries_changed(EntriesChange { conversation, upsert, gone: Vec::new() }));
            }
        }
    }

    async fn stored(&self, id: ConversationId, first: i64, last: i64) -> Vec<StoredEvent> {
        let Some(account) = self.state().account_id() else { return Vec::new() };
        let stream = Stream::Conversation(id).to_string();
        self.cache.range(account, &stream, first, last).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a conversation cannot be read");
            Vec::new()
        })
    }

    /// Lines of stored events.
    pub(crate) async fn entries(&self, id: ConversationId, stored: &[StoredEvent]) -> Vec<EntryView> {
        let events: Vec<Event> = stored.iter().filter_map(to_event).collect();
        let answered = self.answered(&events).await;
        let found = Found { answered: &answered, blobs: &self.blobs };
        let state = self.state();
        events.iter().filter_map(|event| state.entry(id, event, &found)).collect()
    }

    /// Lines that wait here: all of a conversation, or some.
    pub(crate) fn echoes(&self, id: ConversationId, only: Option<&BTreeSet<opora_domain::OpId>>) -> Vec<EntryView> {
        let answered = BTreeMap::new();
        let found = Found { answered: &answered, blobs: &self.blobs };
        let state = self.state();
        let wanted = state.queued_in(id).filter(|(row, _)| only.is_none_or(|only| only.contains(&row.op)));
        wanted.filter_map(|(row, body)| state.echo(id, row, body, &found)).collect()
    }

    /// Lines that waited here are gone because the person dropped them.
    pub(crate) async fn forget_lines(&self, conversation: ConversationId, ops: &[opora_domain::OpId]) {
        let _in_turn = self.publishing.lock().await;
        let gone = ops.iter().map(ToString::to_string).collect();
        self.emit(CoreEvent::entries_changed(EntriesChange { conversation, upsert: Vec::new(), gone }));
    }

    /// Messages that these answer: by whom, first words.
    async fn answered(&self, events: &[Event]) -> BTreeMap<MessageId, (Option<PersonId>, String)> {
        let mut answered = BTreeMap::new();
        let Some(account) = self.state().account_id() else { return answered };
        for event in events {
            let EventBody::Said(draft) = &event.body else { continue };
            let Some(message) = draft.reply_to else { continue };
            let found = self.cache.by_id(account, message.0).await.ok().flatten();
            if let Some(Event { by, body: EventBody::Said(draft), .. }) = found.as_ref().and_then(to_event) {
                answered.insert(message, (by, excerpt(&draft)));
            }
        }
        answered
    }

    /// Sounds, notifications, the dot on the tray.
    async fn notice(&self, changes: &Changes) {
        for (id, seq) in &changes.said {
            if !self.state().world.as_ref().is_none_or(|world| world.is_own(*id)) {
                continue;
            }
            let stored = self.stored(*id, *seq, *seq).await;
            let Some(Event { by, body: EventBody::Said(draft), .. }) = stored.first().and_then(to_event) else {
                continue;
            };
            let title = by.map(|by| self.state().person_name(by, Some(*id))).unwrap_or_default();
            self.tell(Sound::Message, title, excerpt(&draft));
        }
        self.notice_beside(changes);
        self.notice_tickets(changes);
        for request in &changes.rings {
            self.ring(*request);
        }
        for reminder in &changes.reminders {
            self.remind(*reminder);
        }
        for organisation in &changes.wishes {
            self.tell_wish(*organisation);
        }
        for (conversation, by, stays) in &changes.taken {
            self.tell_taken(*conversation, *by, *stays);
        }
        let dot = {
            let mut state = self.state();
            let unseen = state.world.as_ref().is_some_and(|world| {
                world.conversations.iter().any(|(id, one)| !one.unseen.is_empty() && world.is_own(*id))
            });
            let changed = unseen != state.dot;
            state.dot = unseen;
            changed.then_some(unseen)
        };
        if let Some(dot) = dot {
            self.ask_shell(ShellRequest::TrayDot(dot));
        }
    }

    fn tell_taken(&self, conversation: ConversationId, by: PersonId, stays: bool) {
        let (customer, by_name) = {
            let state = self.state();
            let customer = state.world.as_ref().and_then(|world| world.conversations.get(&conversation)?.customer);
            let name = |person| state.person_name(person, Some(conversation));
            (customer.map(name).unwrap_or_default(), name(by))
        };
        self.emit(CoreEvent::taken_over(TakenOver { conversation, customer, by_name, stays }));
    }

    fn ring(&self, id: RequestId) {
        let row = {
            let state = self.state();
            let queue = state.queue_view(0, self.clock().now());
            queue.offers.into_iter().find(|offer| offer.row.request == id).map(|offer| offer.row)
        };
        // An offer that came while we were away may have lapsed.
        if let Some(row) = row {
            self.tell(Sound::Ring, row.customer, first_words(&row.ask.description));
        }
    }

    pub(crate) fn tell(&self, sound: Sound, title: String, body: String) {
        let settings = self.state().settings.clone();
        if settings.sounds {
            self.emit(CoreEvent::sound(sound));
        }
        if settings.notifications {
            self.ask_shell(ShellRequest::Notify { title, body });
        }
    }

    /// Fetches small pictures that were just said, so that they show without a click.
    pub(crate) fn fetch_pictures(self: &Arc<Self>, changes: &Changes) {
        for (id, seqs) in &changes.entries {
            let (core, id, seqs) = (Arc::clone(self), *id, seqs.clone());
            self.tasks.spawn("pictures", move |stop| async move {
                let (Some(first), Some(last)) = (seqs.first(), seqs.last()) else { return };
                let stored = core.stored(id, *first, *last).await;
                core.fetch_pictures_of(&stored, &stop);
            });
        }
    }
}
