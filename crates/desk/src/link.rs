//! One connected device: what it is to be sent, in order, from its cursor on.
//!
//! Events are pulled from the log at the speed of the reader, so a slow one holds no memory here;
//! hints only say when to look. Starting up and catching up after a gap are the same path (D12).

use std::{collections::BTreeMap, sync::Arc};

use opora_domain::{PersonId, PublicKey, RequestId, role::Action};
use opora_wire::{Events, ToClient, board::LiveBoard, event::EventBody, participant, presence::Shown, structure};
use tokio::sync::watch;

use crate::fitting;
use crate::{
    board::{Board, Place},
    desk::{Desk, DeskError},
    presence::Entered,
    record::Actor,
    store::Store,
};

/// Events in one frame at most.
const MOST_EVENTS: i64 = 200;

/// A connection of one device. Dropping it ends the lease.
#[derive(Debug)]
pub struct Link<S: Store> {
    desk: Desk<S>,
    actor: Actor,
    entered: Entered,
    cursor: i64,
    /// The client has been told that it has caught up.
    caught_up: bool,
    hints: watch::Receiver<i64>,
    board: watch::Receiver<Arc<Board>>,
    /// None for who does not supervise.
    live: Option<watch::Receiver<Option<Arc<LiveBoard>>>>,
    presence: watch::Receiver<u64>,
    places: BTreeMap<RequestId, Place>,
    peers: Option<Vec<PersonId>>,
    present: Vec<PublicKey>,
    staff: Vec<Shown>,
}

/// The connection has to end: the device connected again, or does not read.
#[derive(Debug, thiserror::Error)]
pub enum LinkEnded {
    /// Another connection took over, or too much was waiting.
    #[error("the connection was ended")]
    Ended,
    /// The store failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl<S: Store> Link<S> {
    pub(crate) fn open(desk: Desk<S>, actor: Actor, cursor: i64) -> Self {
        let live = live(&desk, &actor);
        let entered = desk.inner.presence.enter(actor.device, actor.person.id, desk.now());
        desk.inner.wake.notify_one();
        let hints = desk.inner.hints.subscribe();
        let mut board = desk.inner.board.subscribe();
        let mut presence = desk.inner.presence.watch();
        board.mark_changed();
        presence.mark_changed();
        Self {
            desk,
            actor,
            entered,
            cursor,
            caught_up: false,
            hints,
            board,
            live,
            presence,
            places: BTreeMap::new(),
            peers: None,
            present: Vec::new(),
            staff: Vec::new(),
        }
    }

    /// Who is connected.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The device was heard: its lease begins anew.
    pub fn beat(&self) {
        self.desk.inner.presence.beat(self.actor.device, self.entered.number, self.desk.now());
    }

    /// The next frame for the device. May be dropped while it waits; nothing is lost then.
    ///
    /// # Errors
    /// [`LinkEnded`].
    pub async fn next(&mut self) -> Result<ToClient, LinkEnded> {
        loop {
            if self.entered.ended.is_cancelled() {
                return Err(LinkEnded::Ended);
            }
            if !self.caught_up || self.cursor < *self.hints.borrow_and_update() {
                if let Some(events) = self.more_events().await? {
                    return Ok(ToClient::Events(events));
                }
                continue;
            }
            if let Ok(frame) = self.entered.inbox.try_recv() {
                return Ok(frame);
            }
            if let Some(place) = self.changed_place() {
                return Ok(ToClient::Place(place));
            }
            if let Some(people) = self.changed_staff() {
                return Ok(ToClient::Staff { people });
            }
            if let Some(board) = self.changed_live() {
                return Ok(ToClient::Board(board));
            }
            if let Some(devices) = self.changed_present().await? {
                return Ok(ToClient::Present { devices });
            }
            tokio::select! {
                biased;
                () = self.entered.ended.cancelled() => return Err(LinkEnded::Ended),
                Some(frame) = self.entered.inbox.recv() => return Ok(frame),
                // The senders live in the desk, which this link holds.
                _ = self.hints.changed() => {}
                _ = self.board.changed() => {}
                () = changed(&mut self.live) => {}
                _ = self.presence.changed() => self.presence.mark_changed(),
            }
        }
    }

    async fn more_events(&mut self) -> Result<Option<Events>, LinkEnded> {
        let store = &self.desk.inner.store;
        let feed = store.feed(self.actor.person.id, self.cursor, MOST_EVENTS).await.map_err(DeskError::from)?;
        let events = fitting::oldest(Events { events: feed.events, cursor: feed.cursor, more: feed.more });
        self.cursor = events.cursor;
        if events.events.iter().any(|event| may_change_role(&event.body, self.actor.person.id)) {
            self.look_at_role().await?;
        }
        if events.events.iter().any(|event| changes_peers(&event.body)) {
            self.peers = None;
            self.presence.mark_changed();
        }
        let first = !self.caught_up;
        self.caught_up = self.caught_up || !events.more;
        Ok((first || !events.events.is_empty()).then_some(events))
    }

    /// The role may be another one by now; what is replayed says what it was.
    async fn look_at_role(&mut self) -> Result<(), LinkEnded> {
        let supervised = self.live.is_some();
        self.actor = self.desk.actor(self.actor.device).await?;
        if self.actor.person.role.may(Action::Supervise) != supervised {
            self.live = live(&self.desk, &self.actor);
        }
        Ok(())
    }

    fn changed_place(&mut self) -> Option<Place> {
        let board = Arc::clone(&self.board.borrow_and_update());
        let now = board.of(self.actor.person.id);
        self.places.retain(|request, _| now.iter().any(|place| place.request == *request));
        let changed = now.iter().find(|place| self.places.get(&place.request) != Some(place))?;
        self.places.insert(changed.request, *changed);
        Some(*changed)
    }

    /// The firm's people, for each of them.
    fn changed_staff(&mut self) -> Option<Vec<Shown>> {
        let board = Arc::clone(&self.board.borrow());
        if !self.actor.person.role.is_staff() || board.staff() == self.staff {
            return None;
        }
        self.staff = board.staff().to_vec();
        Some(self.staff.clone())
    }

    fn changed_live(&mut self) -> Option<LiveBoard> {
        let live = self.live.as_mut().filter(|live| live.has_changed().unwrap_or_default())?;
        let board = live.borrow_and_update().clone()?;
        Some(LiveBoard { at: self.desk.now(), ..LiveBoard::clone(&board) })
    }

    async fn changed_present(&mut self) -> Result<Option<Vec<PublicKey>>, LinkEnded> {
        if !self.presence.has_changed().unwrap_or_default() {
            return Ok(None);
        }
        if self.peers.is_none() {
            let store = &self.desk.inner.store;
            self.peers = Some(store.peers(self.actor.person.id).await.map_err(DeskError::from)?);
        }
        // Nothing may be awaited from here on: a mark that was taken must not be lost.
        self.presence.mark_unchanged();
        let peers = self.peers.as_deref().unwrap_or_default();
        let connected = self.desk.inner.presence.devices(self.desk.now());
        let devices: Vec<PublicKey> =
            connected.into_iter().filter(|(_, person)| peers.contains(person)).map(|(device, _)| device).collect();
        if devices == self.present {
            return Ok(None);
        }
        self.present.clone_from(&devices);
        Ok(Some(devices))
    }
}

impl<S: Store> Drop for Link<S> {
    fn drop(&mut self) {
        self.desk.inner.presence.leave(self.actor.device, self.entered.number);
        self.desk.inner.wake.notify_one();
    }
}

/// The board, for who supervises.
fn live<S: Store>(desk: &Desk<S>, actor: &Actor) -> Option<watch::Receiver<Option<Arc<LiveBoard>>>> {
    actor.person.role.may(Action::Supervise).then(|| {
        // What was made before may be old by now: everybody gets a new one.
        desk.inner.live.send_replace(None);
        let mut live = desk.inner.live.subscribe();
        live.mark_changed();
        live
    })
}

/// Whether it says something new about a person's role.
fn may_change_role(body: &EventBody, of: PersonId) -> bool {
    matches!(body, EventBody::Structure(structure::Event::PersonSet { person, .. }) if *person == of)
}

/// Waits until there is another board; for ever for who gets none.
async fn changed(live: &mut Option<watch::Receiver<Option<Arc<LiveBoard>>>>) {
    match live {
        Some(live) => {
            // The sender lives in the desk; the mark is taken by who looks next.
            if live.changed().await.is_ok() {
                live.mark_changed();
            }
        }
        None => std::future::pending().await,
    }
}

/// Whether somebody may have come into one of the conversations, or left with its end.
fn changes_peers(body: &EventBody) -> bool {
    use EventBody as E;
    let left = matches!(body, E::Participant(participant::Event::Left { .. }) | E::StreamClosed { .. });
    left || matches!(body, E::Joined { .. } | E::StreamOpened { .. } | E::Closed)
}
