//! The log comes in: stored first, with its cursor in the same transaction, then applied, then
//! shown (D12).
//!
//! A hole in a stream is asked for and filled; what lies beyond it is kept, but not applied before.
//! Another feed epoch means that the desk was restored from a backup: what was stored is put aside
//! and everything is asked for again.

mod keep;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use opora_domain::{OpId, Timestamp, role::Action};
use opora_history::{AccountId, HistoryError, StoredEvent};
use opora_ipc::{CoreEvent, conversation::TypingView};
use opora_runtime::CancellationToken;
use opora_wire::{EventBody, Fetch, MOST_FETCH, Ready, Stream, keeping};
use tokio::sync::mpsc;

use crate::{
    account::to_event,
    core::Core,
    failpoint, kept,
    link::{Incoming, Request},
    status::Status,
    world::{Changes, Moment},
};

/// Runs until it is stopped or the link is gone.
pub(crate) async fn run(
    core: Arc<Core>,
    id: AccountId,
    mut incoming: mpsc::Receiver<Incoming>,
    stop: CancellationToken,
) {
    let mut sync = Sync {
        core,
        id,
        asked: BTreeSet::new(),
        heads: BTreeMap::new(),
        part: MOST_FETCH,
        most: MOST_FETCH,
        waiting: 0,
        anew: false,
        keep_at: None,
        failed: false,
    };
    // What the start has applied.
    sync.keep_soon();
    loop {
        let frame = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            () = Sync::keep_due(&sync.core, sync.keep_at) => {
                sync.keep().await;
                continue;
            }
            frame = incoming.recv() => frame,
        };
        let Some(frame) = frame else { break };
        if let Err(error) = sync.take(frame).await {
            tracing::error!(%error, "what came in could not be kept");
            sync.failed = true;
            // Nothing was applied: after a new beginning it comes again.
            sync.core.request(Request::Again).await;
        }
    }
    sync.keep().await;
}

struct Sync {
    core: Arc<Core>,
    id: AccountId,
    /// Streams with a part on its way, and those that the desk would not give.
    asked: BTreeSet<Stream>,
    /// The last `seq` that is known to exist.
    heads: BTreeMap<Stream, i64>,
    /// Events asked for at once; less after a part that broke the connection.
    part: i64,
    /// A part of twice this size broke the connection.
    most: i64,
    /// Parts that were asked for and have not come.
    waiting: u32,
    /// The world was begun anew and has not been shown yet.
    anew: bool,
    /// When the world is to be kept; none while all of it is.
    keep_at: Option<Timestamp>,
    /// Something was not carried to its end: nothing is kept any more.
    failed: bool,
}

impl Sync {
    async fn take(&mut self, frame: Incoming) -> Result<(), HistoryError> {
        match frame {
            Incoming::Ready(ready) => self.begin(&ready).await?,
            Incoming::Events { events, cursor, more } => self.events(&events, cursor, more).await?,
            Incoming::NotFetched(stream, refusal) => {
                self.waiting = self.waiting.saturating_sub(1);
                tracing::warn!(%stream, code = ?refusal.code, "a part of a stream was refused");
            }
            Incoming::Typing(conversation, person) => {
                let name = self.core.state().person_name(person, Some(conversation));
                self.core.emit(CoreEvent::someone_types(TypingView { conversation, name }));
            }
            Incoming::Place(place) => {
                self.core.state().places.insert(place.request, place);
                self.core.publish(Changes { home: true, ..Changes::default() }).await;
            }
            Incoming::Board(board) => {
                self.core.state().board = Some((board, self.core.clock().now()));
                self.core.emit_board();
            }
            Incoming::Present(devices) => self.present(devices).await,
            Incoming::Staff(people) => self.core.take_staff(people).await,
            Incoming::Signal(signal) => self.core.take_signal(signal),
        }
        Ok(())
    }

    async fn begin(&mut self, ready: &Ready) -> Result<(), HistoryError> {
        self.asked.clear();
        // Long messages may make a part too large for one frame, and then no answer comes at all.
        if std::mem::take(&mut self.waiting) > 0 {
            self.most = (self.part / 2).max(1);
            self.part = (self.part / 4).max(1);
        }
        let feed = self.core.cache.feed(self.id).await?;
        if feed.map(|(epoch, _)| epoch) != Some(ready.feed_epoch) {
            let now = self.core.clock().now();
            self.core.cache.begin_feed(self.id, ready.feed_epoch, now).await?;
            self.core.forget_world();
            self.heads.clear();
            self.anew = feed.is_some();
        }
        for (stream, head) in self.core.cache.heads(self.id).await? {
            if let Ok(stream) = stream.parse() {
                self.know(stream, head);
            }
        }
        self.fill_holes().await
    }

    fn know(&mut self, stream: Stream, head: i64) {
        let known = self.heads.entry(stream).or_default();
        *known = head.max(*known);
    }

    async fn events(&mut self, events: &[StoredEvent], cursor: Option<i64>, more: bool) -> Result<(), HistoryError> {
        let said = events.iter().any(|event| event.body.get("is").is_some_and(|is| is == "said"));
        failpoint::here_if(said, "sync.before_said");
        self.core.cache.apply(self.id, events, cursor).await?;
        failpoint::here_if(said, "sync.after_said");
        self.keep_soon();
        let streams: BTreeSet<Stream> = events.iter().filter_map(|event| event.stream.parse().ok()).collect();
        if cursor.is_none() {
            self.waiting = self.waiting.saturating_sub(1);
            self.part = (self.part * 2).min(self.most);
            // An empty answer stays noted: the desk has nothing there, and asking again would not end.
            for stream in &streams {
                self.asked.remove(stream);
            }
        }
        for event in events {
            if let Ok(stream) = event.stream.parse() {
                self.know(stream, event.seq);
            }
            // What was refused while one was away is given now.
            let opened =
                event.body.get("is").filter(|is| *is == "stream_opened").and_then(|_| event.body.get("stream"));
            if let Some(stream) = opened.and_then(|name| name.as_str()?.parse().ok()) {
                self.asked.remove(&stream);
            }
        }
        let live = matches!(*self.core.status.borrow(), Status::Online(_));
        let mut changes = self.absorb(&streams, live).await?;
        // What else came with an erasure, like the end of a session, was taken in before.
        if self.forget(events).await? {
            changes.done.extend(self.read_again().await?);
        }
        if cursor.is_some() && !more {
            self.take_role(&mut changes).await?;
        }
        self.core.heard.send_modify(|times| *times += 1);
        if !changes.heads.is_empty() {
            changes.done.extend(self.core.state().rated());
        }
        // Most of what was said was said by others.
        let done: Vec<OpId> =
            self.core.state().rows().map(|row| row.op).filter(|op| changes.done.contains(op)).collect();
        if !done.is_empty() {
            self.core.vault.remove(self.id, &done).await?;
            self.core.refresh(self.id, &done).await?;
            changes.app = true;
            self.core.bell.notify_one();
        }
        self.core.route_sessions(&changes, live);
        self.core.fetch_pictures(&changes);
        let asked = changes.devices;
        self.core.fetch_pictures_beside(&changes);
        self.core.publish(changes).await;
        if live && asked {
            self.core.answer_asks();
        }
        self.fill_holes().await?;
        if cursor.is_some() && !more {
            if std::mem::take(&mut self.anew) {
                self.show_everything().await;
            }
            self.caught_up();
        }
        Ok(())
    }

    /// What was replayed is over: the role that the log says last is one's own, without a restart.
    async fn take_role(&self, changes: &mut Changes) -> Result<(), HistoryError> {
        let changed = {
            let mut state = self.core.state();
            let role = state.world.as_ref().map(|world| world.role);
            let account = state.account.as_mut().filter(|(id, _)| *id == self.id).map(|(_, account)| account);
            account.zip(role).filter(|(account, role)| account.role != *role).map(|(account, role)| {
                account.role = role;
                account.clone()
            })
        };
        let Some(account) = changed else { return Ok(()) };
        if !account.role.may(Action::Supervise) {
            self.core.state().board = None;
        }
        self.core.vault.keep_account(&account, self.core.clock().now()).await?;
        changes.add(Changes { app: true, board: true, queue: true, audit: true, ..Changes::default() });
        Ok(())
    }

    /// Lets go of what the desk has erased; whether there was any.
    async fn forget(&self, events: &[StoredEvent]) -> Result<bool, HistoryError> {
        let mut forgot = false;
        for event in events.iter().filter(|event| event.body.get("is").is_some_and(|is| is == "keeping")) {
            match to_event(event).map(|event| event.body) {
                Some(EventBody::Keeping(keeping::Event::Forgotten { conversation })) => {
                    self.core.cache.forget_talk(self.id, conversation).await?;
                    forgot = true;
                }
                Some(EventBody::Keeping(keeping::Event::Erased { person })) => {
                    self.core.cache.forget_person(self.id, person).await?;
                    forgot = true;
                }
                _ => {}
            }
        }
        Ok(forgot)
    }

    /// What was said is in the world in many places: another one is built of what is left, and takes its place at
    /// once, so that nobody who looks meanwhile finds a conversation missing. It rings for nobody.
    /// Answers the operations whose events are there.
    async fn read_again(&self) -> Result<Vec<OpId>, HistoryError> {
        let Some(world) = self.core.state().new_world() else { return Ok(Vec::new()) };
        let moment = Moment { now: self.core.clock().now(), live: false };
        let (world, done) = kept::replay(&self.core.cache, self.id, world, moment).await?;
        if let Some(known) = self.core.state().world_of(self.id) {
            *known = world;
        }
        self.show_everything().await;
        Ok(done)
    }

    /// Applies what is stored of these streams, as far as there is no hole.
    async fn absorb(&mut self, streams: &BTreeSet<Stream>, live: bool) -> Result<Changes, HistoryError> {
        let mut changes = Changes::default();
        for stream in streams {
            let Some(applied) = self.core.state().world.as_ref().map(|world| world.applied(*stream)) else { continue };
            let stored = self.core.cache.range(self.id, &stream.to_string(), applied + 1, i64::MAX).await?;
            let moment = Moment { now: self.core.clock().now(), live };
            let mut state = self.core.state();
            // Another account may have come into use meanwhile.
            let Some(world) = state.world_of(self.id) else { continue };
            for event in stored.iter().filter_map(to_event) {
                match world.apply(&event, moment) {
                    Some(more) => changes.add(more),
                    None => break,
                }
            }
        }
        Ok(changes)
    }

    /// Asks for the parts that are known to exist and are not here.
    async fn fill_holes(&mut self) -> Result<(), HistoryError> {
        let opened: Vec<_> = {
            let state = self.core.state();
            let streams = state.world.iter().flat_map(|world| &world.streams);
            streams.filter_map(|(stream, known)| Some((*stream, known.opened?))).collect()
        };
        for (stream, head) in opened {
            self.know(stream, head);
        }
        for (stream, head) in self.heads.clone() {
            let applied = self.core.state().world.as_ref().map_or(head, |world| world.applied(stream));
            if applied >= head || self.asked.contains(&stream) {
                continue;
            }
            // The oldest part first, up to what is here already: it can be applied at once.
            let last = head.min(applied + self.part);
            let stored = self.core.cache.range(self.id, &stream.to_string(), applied + 1, last).await?;
            let to = stored.first().map_or(last, |event| event.seq - 1);
            self.asked.insert(stream);
            self.waiting += 1;
            self.core.request(Request::Fetch(Fetch { stream, from: applied + 1, to })).await;
        }
        Ok(())
    }

    async fn present(&mut self, devices: Vec<opora_domain::PublicKey>) {
        let mut changes = Changes::default();
        {
            let mut state = self.core.state();
            let now: BTreeSet<_> = devices.into_iter().collect();
            let moved: BTreeSet<_> = now.symmetric_difference(&state.present).copied().collect();
            state.present = now;
            for (id, talk) in state.world.iter().flat_map(|world| &world.conversations) {
                if talk.members.values().flat_map(|member| &member.devices).any(|one| moved.contains(&one.key)) {
                    changes.heads.insert(*id);
                }
            }
        }
        self.core.publish(changes).await;
    }

    /// After a new beginning anything on screen may be of the old feed.
    async fn show_everything(&self) {
        let talks: BTreeSet<_> =
            self.core.state().world.iter().flat_map(|world| world.conversations.keys().copied()).collect();
        let (rows, heads) = (talks.clone(), talks);
        let all = Changes {
            app: true,
            people: true,
            devices: true,
            home: true,
            queue: true,
            tickets: true,
            transfers: true,
            beside: rows.clone(),
            vendor: rows.clone(),
            rows,
            heads,
            ..Changes::default()
        };
        self.core.publish(all).await;
    }

    /// From now on everything is live.
    fn caught_up(&self) {
        let Status::CatchingUp(ready) = self.core.status.borrow().clone() else { return };
        self.core.set_status(Status::Online(ready));
        self.core.route_open_sessions();
        let (core, id) = (Arc::clone(&self.core), self.id);
        self.core.tasks.spawn("after catching up", move |stop| async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = after_catching_up(core, id) => {}
            }
        });
    }
}

/// What waits for the network goes now. What a specialist declared is kept by the desk.
async fn after_catching_up(core: Arc<Core>, id: AccountId) {
    if let Err(error) = core.vault.wake(id).await {
        tracing::error!(%error, "the outbox cannot be woken");
    }
    core.bell.notify_one();
    core.answer_asks();
}

impl Core {
    /// Asks the link for something that has no answer here; nothing happens without a link.
    pub(crate) async fn request(&self, request: Request) {
        let requests = self.state().requests.clone();
        if let Some(requests) = requests {
            // A link that is gone connects anew, and asks for what is missing then.
            let _ = requests.send(request).await;
        }
    }

    fn forget_world(&self) {
        let mut state = self.state();
        if let Some(world) = state.new_world() {
            state.world = Some(world);
        }
    }
}
