//! The handle.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use opora_domain::{PersonId, PublicKey, Timestamp, webhook::address::Reach};
use opora_runtime::{Clock, Rng, Tasks};
use opora_wire::{
    Fetch, MOST_FETCH, Op, OpBody, OpResult, Refusal, RefusalCode, ToClient, board::LiveBoard, event::EventBody,
};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::{
    audience,
    board::Board,
    link::Link,
    live, offers,
    ops::{self, Doing},
    presence::Presence,
    promises,
    record::{Actor, Firm, Invite, NewEvent},
    reminders,
    store::{Store, StoreError, Tx},
};

/// One desk. Clones share it.
#[derive(Debug)]
pub struct Desk<S> {
    pub(crate) inner: Arc<Inner<S>>,
}

impl<S> Clone for Desk<S> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

#[derive(Debug)]
pub(crate) struct Inner<S> {
    pub(crate) store: S,
    pub(crate) clock: Clock,
    pub(crate) rng: Rng,
    pub(crate) presence: Presence,
    /// The highest `gseq` known to be committed.
    pub(crate) hints: watch::Sender<i64>,
    pub(crate) board: watch::Sender<Arc<Board>>,
    /// For supervisors; none until it was made the first time.
    pub(crate) live: watch::Sender<Option<Arc<LiveBoard>>>,
    /// The queue, a load or a presence changed.
    pub(crate) wake: Notify,
    /// A letter waits, or the way of mail changed.
    pub(crate) letters: Notify,
    /// Somebody was erased.
    pub(crate) erased: Notify,
    /// The feed began anew in this life.
    pub(crate) restored: AtomicBool,
    /// Webhooks may go to private addresses.
    inside: AtomicBool,
}

/// What follows an operation that was done.
enum After {
    Nothing,
    /// Letters are looked at.
    Mail,
    /// The person's connections end, and files go.
    Erased(PersonId),
}

impl After {
    fn of(body: &OpBody) -> Self {
        match body {
            OpBody::Mail(_) => Self::Mail,
            OpBody::Keeping(opora_wire::keeping::Op::Erase { person }) => Self::Erased(*person),
            _ => Self::Nothing,
        }
    }
}

/// The desk could not do it, or would not.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A "no" with its reason.
    #[error("refused")]
    Refused(Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<RefusalCode> for DeskError {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code.into())
    }
}

impl From<Refusal> for DeskError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<DeskError> for Refusal {
    /// What the client is told; a failing store is logged here and nowhere else.
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(refusal) => refusal,
            DeskError::Store(StoreError::DiskFull) => {
                tracing::error!("the disk is full");
                RefusalCode::DiskFull.into()
            }
            DeskError::Store(StoreError::Busy) => RefusalCode::Busy.into(),
            DeskError::Store(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                tracing::error!(%error, cause, "the store failed");
                RefusalCode::Internal.into()
            }
        }
    }
}

impl<S: Store> Desk<S> {
    /// Opens the desk over a store and starts its task.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn start(store: S, clock: Clock, rng: Rng, tasks: &Tasks) -> Result<Self, StoreError> {
        let desk = Self::over(store, clock, rng).await?;
        tasks.spawn("offers", {
            let desk = desk.clone();
            |stop| offers::run(desk, stop)
        });
        tasks.spawn("audiences", {
            let desk = desk.clone();
            |stop| audience::run(desk, stop)
        });
        tasks.spawn("reminders", {
            let desk = desk.clone();
            |stop| reminders::run(desk, stop)
        });
        tasks.spawn("promises", {
            let desk = desk.clone();
            |stop| promises::run(desk, stop)
        });
        tasks.spawn("live board", {
            let desk = desk.clone();
            |stop| live::run(desk, stop)
        });
        Ok(desk)
    }

    /// A desk without its task: a simulation calls [`Desk::turn`] when it wants requests offered.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn over(store: S, clock: Clock, rng: Rng) -> Result<Self, StoreError> {
        let head = store.head().await?;
        let inner = Inner {
            store,
            clock,
            rng,
            presence: Presence::new(),
            hints: watch::Sender::new(head),
            board: watch::Sender::new(Arc::default()),
            live: watch::Sender::new(None),
            wake: Notify::new(),
            letters: Notify::new(),
            erased: Notify::new(),
            restored: AtomicBool::new(false),
            inside: AtomicBool::new(false),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Lets offers lapse and makes the ones that can be made; what the task does when it wakes. Answers
    /// when it has to look again although nothing happened.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn turn(&self) -> Result<Option<Timestamp>, DeskError> {
        offers::pass(self).await
    }

    /// The store below.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.inner.store
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The source of chance.
    #[must_use]
    pub fn rng(&self) -> &Rng {
        &self.inner.rng
    }

    /// The firm.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn firm(&self) -> Result<Firm, DeskError> {
        Ok(self.inner.store.firm().await?)
    }

    /// The firm, for a device that holds everything up to `cursor` of the feed `epoch`.
    ///
    /// A device that has seen more than there is proves that the desk was restored from an older
    /// copy: the feed begins anew, and everybody's cache with it. That can only happen while a desk
    /// stands still, so it is believed once in its life; whoever lies gains nothing the second time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn firm_for(&self, epoch: Option<Uuid>, cursor: i64) -> Result<Firm, DeskError> {
        let firm = self.firm().await?;
        if epoch != Some(firm.feed_epoch) || cursor <= self.inner.store.head().await? {
            return Ok(firm);
        }
        if self.inner.restored.swap(true, Ordering::AcqRel) {
            return Ok(firm);
        }
        tracing::warn!("a device has seen more than is here: the desk was restored, its feed begins anew");
        let mut tx = self.inner.store.begin().await?;
        tx.set_feed_epoch(self.inner.rng.uuid_v7(self.now())).await?;
        self.commit(tx, self.now()).await?;
        self.firm().await
    }

    /// Seed of the owner's first invite, made when the desk is new; none once an owner is there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn founding_seed(&self) -> Result<Option<[u8; 32]>, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let firm = tx.firm().await?;
        if firm.organisation_key.is_some() || firm.founding_seed.is_some() {
            return Ok(firm.founding_seed);
        }
        let seed = self.inner.rng.bytes();
        let key: PublicKey = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key().into();
        let now = self.now();
        tx.set_founding_seed(Some(seed)).await?;
        tx.add_invite(&Invite { key, person: None, admission: None, device: None }, now).await?;
        tx.commit(now).await?;
        Ok(Some(seed))
    }

    /// Whether a device of this person is connected.
    #[must_use]
    pub fn is_here(&self, person: PersonId) -> bool {
        self.inner.presence.is_here(person, self.now())
    }

    /// Whose device it is.
    ///
    /// # Errors
    /// [`RefusalCode::UnknownDevice`], [`RefusalCode::DeviceRevoked`].
    pub async fn actor(&self, device: PublicKey) -> Result<Actor, DeskError> {
        let Some(person) = self.inner.store.owner_of(device).await? else {
            let revoked = self.inner.store.is_revoked(device).await?;
            return Err(if revoked { RefusalCode::DeviceRevoked } else { RefusalCode::UnknownDevice }.into());
        };
        Ok(Actor { person, device })
    }

    /// Connects a device that has proved itself; events after `cursor` follow.
    #[must_use]
    pub fn connect(&self, actor: Actor, cursor: i64) -> Link<S> {
        Link::open(self.clone(), actor, cursor)
    }

    /// Does an operation once, however often it is sent.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing was changed.
    pub async fn execute(&self, actor: &Actor, op: Op) -> Result<OpResult, Refusal> {
        let span = tracing::info_span!("op", id = %op.op);
        let (wakes, after) = (ops::wakes(&op.body), After::of(&op.body));
        let revoked = ops::revokes(&op.body);
        let done = tracing::Instrument::instrument(self.execute_in_tx(actor, op), span).await;
        if let Some(device) = revoked.filter(|_| done.is_ok()) {
            self.inner.presence.end(device);
        }
        if wakes && done.is_ok() {
            self.inner.wake.notify_one();
        }
        if done.is_ok() {
            self.follow(after);
        }
        Ok(done?)
    }

    /// What is not kept follows what was.
    fn follow(&self, after: After) {
        match after {
            After::Nothing => {}
            After::Mail => self.inner.letters.notify_one(),
            After::Erased(person) => {
                self.inner.presence.end_person(person);
                self.inner.erased.notify_one();
            }
        }
    }

    async fn execute_in_tx(&self, actor: &Actor, op: Op) -> Result<OpResult, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let key = crate::record::OpKey { device: actor.device, op: op.op };
        // Rights end at once, also those of a connection that is still open.
        let caller = tx.caller(key).await?.filter(|caller| caller.person.id == actor.person.id);
        let caller = caller.ok_or(RefusalCode::DeviceRevoked)?;
        if let Some(result) = caller.answered {
            // What was read may be on its way to the disk still.
            tx.commit(self.now()).await?;
            return Ok(result);
        }
        // The role may have changed since the link was opened.
        let actor = Actor { person: caller.person, device: actor.device };
        if op.body.act().reach(actor.person.role).is_nowhere() {
            return Err(RefusalCode::NotAllowed.into());
        }
        let now = self.now();
        let mut doing =
            Doing { tx: &mut tx, actor: &actor, rng: &self.inner.rng, now, robot: false, reach: self.reach() };
        let result = ops::run(&mut doing, op.body).await?;
        tx.save_op(key, &result, now).await?;
        self.commit(tx, now).await?;
        Ok(result)
    }

    /// Commits and tells everybody where to look.
    pub(crate) async fn commit(&self, tx: S::Tx, now: Timestamp) -> Result<(), StoreError> {
        let gseq = tx.commit(now).await?;
        self.hint(gseq);
        Ok(())
    }

    /// "Look after this gseq."
    pub(crate) fn hint(&self, gseq: i64) {
        self.inner.hints.send_if_modified(|known| {
            let newer = gseq > *known;
            *known = gseq.max(*known);
            newer
        });
    }

    /// A part of a stream.
    ///
    /// # Errors
    /// [`RefusalCode::NotAllowed`] for streams this person may not read, whether they exist or not.
    pub async fn fetch(&self, person: PersonId, fetch: Fetch) -> Result<opora_wire::Events, Refusal> {
        let Fetch { stream, from, to } = fetch;
        let found = self.inner.store.fetch(person, stream, from, to, MOST_FETCH).await.map_err(DeskError::from)?;
        let events = crate::fitting::newest(found.ok_or(RefusalCode::NotAllowed)?);
        Ok(opora_wire::Events { events, cursor: 0, more: false })
    }

    /// Lets webhooks go to private addresses and to the same computer.
    pub fn reach_inside(&self) {
        self.inner.inside.store(true, Ordering::Release);
    }

    /// How far webhooks go.
    #[must_use]
    pub fn reach(&self) -> Reach {
        if self.inner.inside.load(Ordering::Acquire) { Reach::Inside } else { Reach::Public }
    }

    /// Wakes whoever follows what is committed.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<i64> {
        self.inner.hints.subscribe()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn send(&self, device: PublicKey, frame: ToClient) {
        self.inner.presence.send(device, frame);
    }

    /// An event by the desk itself.
    pub(crate) fn own_event(&self, stream: opora_wire::Stream, body: EventBody) -> NewEvent {
        let id: Uuid = self.inner.rng.uuid_v7(self.now());
        NewEvent { stream, id, by: None, body }
    }
}
