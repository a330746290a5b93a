//! The customer's end: shows the screen to a proven helper and lets its hands in.
//!
//! States: waiting (for the link and for the viewer's `Ready`) → sharing → ended, for one
//! [`ShareEnd`]; the first reason wins and closes the link. Three threads do what blocks: pictures
//! (capture, convert, encode), pointer, hands (inject). Each asks the gate next to its system call,
//! and a picture asks once more when it is handed to the network. Nothing is queued that could be
//! taken later: while the line or the viewer is slow, the screen is simply not looked at (D5).

mod hands;
mod pictures;
mod pointer;
mod sender;

use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use opora_domain::grant::Refused;
use opora_runtime::{CancellationToken, Clock, Tasks};
use opora_screen::{
    CursorShape, CursorSource, Gate, Injector, InputEvent, ScreenSource, Waker,
    error::{CaptureError, Missing},
};
use tokio::sync::{mpsc, watch};

use crate::{
    flow::Flow,
    link::{Down, Link, LinkState},
    message::{Notice, ToSharer, ToViewer},
    transport::Incoming,
};
use hands::Hand;

/// Encoded frames between encoder and network. [`Flow`] lets fewer than this out.
const FRAMES: usize = 64;
/// Messages to the viewer that were not sent yet: pointer, notices.
const MESSAGES: usize = 64;
/// Input that was not injected yet; then the control channel holds the helper back.
const HANDS: usize = 256;

/// What sharing needs.
pub struct ShareParts {
    /// To the helper; need not be up yet.
    pub link: Arc<Link>,
    /// Decides about each picture and event.
    pub gate: Gate,
    /// The screen.
    pub source: Box<dyn ScreenSource>,
    /// The pointer; without it the viewer draws none.
    pub cursor: Option<Box<dyn CursorSource>>,
    /// The hands; without them all input is refused.
    pub injector: Option<Box<dyn Injector>>,
    /// The time, for grants.
    pub clock: Clock,
    /// Owns the tasks.
    pub tasks: Tasks,
}

/// Why sharing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareEnd {
    /// [`Share::stop`].
    Stopped,
    /// The grant was revoked, has run out or does not give the view.
    Refused(Refused),
    /// The connection is down.
    Link(Down),
    /// The screen cannot be shown (any more).
    NoScreen(Missing),
    /// The display was lost.
    ScreenLost,
    /// The encoder failed.
    Codec,
}

/// What happened so far, for the receipt and for figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pictures sent.
    pub pictures: u64,
    /// Their bytes, without headers and repeats.
    pub bytes: u64,
    /// Key frames among them.
    pub key_frames: u64,
    /// Time spent capturing, converting and encoding, in microseconds.
    pub encode_micros: u64,
    /// Buttons pressed.
    pub clicks: u64,
    /// Keys pressed.
    pub keys: u64,
    /// Characters typed as text.
    pub characters: u64,
    /// Other input: moves, wheel, releases.
    pub motions: u64,
    /// Input that was refused.
    pub refused: u64,
}

#[derive(Default)]
struct Counters {
    pictures: AtomicU64,
    bytes: AtomicU64,
    key_frames: AtomicU64,
    encode_micros: AtomicU64,
    clicks: AtomicU64,
    keys: AtomicU64,
    characters: AtomicU64,
    motions: AtomicU64,
    refused: AtomicU64,
}

impl Counters {
    fn note_input(&self, event: &InputEvent) {
        let (counter, by) = match event {
            InputEvent::Button { down: true, .. } => (&self.clicks, 1),
            InputEvent::Key { down: true, .. } => (&self.keys, 1),
            InputEvent::Text { text } => (&self.characters, text.chars().count() as u64),
            _ => (&self.motions, 1),
        };
        counter.fetch_add(by, Ordering::Relaxed);
    }
}

/// A running share. Dropping it stops it.
pub struct Share {
    shared: Arc<Shared>,
    end: watch::Receiver<Option<ShareEnd>>,
}

/// What the threads and tasks of one share have in common.
struct Shared {
    gate: Gate,
    clock: Clock,
    link: Arc<Link>,
    stop: CancellationToken,
    end: watch::Sender<Option<ShareEnd>>,
    flow: Mutex<Flow>,
    /// Something changed for who waits in [`Flow::may_send`].
    flowed: Condvar,
    key_wanted: AtomicBool,
    paused: AtomicBool,
    wakers: Vec<Waker>,
    hands: Mutex<Option<mpsc::Sender<Hand>>>,
    messages: mpsc::Sender<ToViewer>,
    /// For a viewer that begins later.
    shown: Mutex<Shown>,
    counters: Counters,
}

#[derive(Default)]
struct Shown {
    screen: Option<(u32, u32)>,
    cursor: Option<CursorShape>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Ends the share; the first reason counts. Never blocks.
    fn finish(&self, why: ShareEnd) {
        let first = self.end.send_if_modified(|end| {
            let first = end.is_none();
            end.get_or_insert(why);
            first
        });
        if !first {
            return;
        }
        tracing::info!(?why, "sharing ended");
        self.stop.cancel();
        drop(locked(&self.hands).take());
        self.wakers.iter().for_each(Waker::wake);
        self.flowed.notify_all();
        self.link.close();
    }

    fn is_over(&self) -> bool {
        self.stop.is_cancelled()
    }

    fn want_key(&self) {
        self.key_wanted.store(true, Ordering::Release);
        self.wakers.iter().for_each(Waker::wake);
        self.flowed.notify_all();
    }

    fn tell(&self, message: ToViewer) {
        if self.messages.try_send(message).is_err() {
            tracing::debug!("a message to the viewer found no room");
        }
    }

    /// The size of the pictures is known, or another one now.
    fn show_screen(&self, width: u32, height: u32) {
        locked(&self.shown).screen = Some((width, height));
        self.tell(ToViewer::Screen { width, height });
    }
}

impl From<CaptureError> for ShareEnd {
    fn from(error: CaptureError) -> Self {
        match error {
            CaptureError::Unsupported(missing) => Self::NoScreen(missing),
            CaptureError::Refused(refused) => Self::Refused(refused),
            CaptureError::Lost(_) => Self::ScreenLost,
        }
    }
}

impl Share {
    /// Begins as soon as the link is up and the viewer is ready. `None` when the link already
    /// belongs to another share or view.
    #[must_use]
    pub fn start(parts: ShareParts) -> Option<Self> {
        let ShareParts { link, gate, source, cursor, injector, clock, tasks } = parts;
        let inbox = link.take_inbox()?;
        let (messages, messages_out) = mpsc::channel(MESSAGES);
        let (hands, hands_out) = mpsc::channel(HANDS);
        let (frames, frames_out) = mpsc::channel(FRAMES);
        let (end, end_out) = watch::channel(None);
        let wakers = std::iter::once(source.waker()).chain(cursor.as_ref().map(|cursor| cursor.waker())).collect();
        let shared = Arc::new(Shared {
            gate: gate.clone(),
            clock,
            link,
            stop: CancellationToken::new(),
            end,
            flow: Mutex::default(),
            flowed: Condvar::new(),
            key_wanted: AtomicBool::new(false),
            paused: AtomicBool::new(false),
            wakers,
            hands: Mutex::new(Some(hands)),
            messages,
            shown: Mutex::default(),
            counters: Counters::default(),
        });
        let watched: Weak<Shared> = Arc::downgrade(&shared);
        gate.on_revoke(move || {
            if let Some(shared) = watched.upgrade() {
                shared.finish(ShareEnd::Refused(Refused::None));
            }
        });
        hands::start(&shared, injector, hands_out);
        let begin = Begin { source, cursor, frames };
        tasks.spawn("share-receive", |stop| receive(Arc::clone(&shared), inbox, Some(begin), stop));
        tasks.spawn("share-send", |stop| sender::send_frames(Arc::clone(&shared), frames_out, stop));
        tasks.spawn("share-tell", |stop| sender::send_messages(Arc::clone(&shared), messages_out, stop));
        tasks.spawn("share-watch", |stop| watch_over(Arc::clone(&shared), stop));
        Some(Self { shared, end: end_out })
    }

    /// Ends it. When this has returned no new picture or event begins; revoke the gate first where
    /// the order must be strict.
    pub fn stop(&self) {
        self.shared.finish(ShareEnd::Stopped);
    }

    /// Rests the hands while a consent card is open; what they hold is released.
    pub fn pause(&self, paused: bool) {
        self.shared.paused.store(paused, Ordering::Release);
        self.hand(Hand::Pause(paused));
        self.shared.tell(ToViewer::Notice(if paused { Notice::Paused } else { Notice::Clear }));
    }

    /// Processes whose windows the hands may not touch: Opora's own.
    pub fn protect(&self, pids: Vec<u32>) {
        self.hand(Hand::Protect(pids));
    }

    /// What happened so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let counters = &self.shared.counters;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            pictures: read(&counters.pictures),
            bytes: read(&counters.bytes),
            key_frames: read(&counters.key_frames),
            encode_micros: read(&counters.encode_micros),
            clicks: read(&counters.clicks),
            keys: read(&counters.keys),
            characters: read(&counters.characters),
            motions: read(&counters.motions),
            refused: read(&counters.refused),
        }
    }

    /// Becomes `Some` when it has ended.
    #[must_use]
    pub fn ended(&self) -> watch::Receiver<Option<ShareEnd>> {
        self.end.clone()
    }

    fn hand(&self, hand: Hand) {
        let hands = locked(&self.shared.hands).clone();
        if hands.is_some_and(|hands| hands.try_send(hand).is_err()) {
            tracing::debug!("the hands are busy");
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What starts at the viewer's first `Ready`.
struct Begin {
    source: Box<dyn ScreenSource>,
    cursor: Option<Box<dyn CursorSource>>,
    frames: mpsc::Sender<sender::Outgoing>,
}

/// Hears the viewer.
async fn receive(
    shared: Arc<Shared>,
    mut inbox: mpsc::Receiver<Incoming>,
    mut begin: Option<Begin>,
    stop: CancellationToken,
) {
    let mut last_place = None;
    loop {
        let incoming = tokio::select! {
            biased;
            () = stop.cancelled() => return shared.finish(ShareEnd::Stopped),
            () = shared.stop.cancelled() => return,
            incoming = inbox.recv() => incoming,
        };
        let Some(incoming) = incoming else { return };
        let (bytes, may_wait) = match &incoming {
            Incoming::Control(bytes) => (bytes, true),
            Incoming::Motion(bytes) => (bytes, false),
            Incoming::Video(_) => continue,
        };
        let Ok(message) = ToSharer::decode(bytes) else {
            tracing::debug!("a message of the viewer was not understood");
            continue;
        };
        match message {
            ToSharer::Ready => {
                if begin.is_some() {
                    sender::open_track(&shared).await;
                }
                on_ready(&shared, &mut begin);
            }
            ToSharer::KeyFrame => {
                locked(&shared.flow).on_loss(Instant::now());
                shared.want_key();
            }
            ToSharer::Ack { got, shown } => {
                locked(&shared.flow).on_ack(got, shown, Instant::now());
                shared.flowed.notify_all();
            }
            ToSharer::Move(place) => {
                if place.is_after(last_place) {
                    last_place = Some(place.n);
                    pass_on(&shared, InputEvent::Move { x: place.x, y: place.y }, may_wait).await;
                }
            }
            ToSharer::Input(event) => pass_on(&shared, event, true).await,
        }
    }
}

fn on_ready(shared: &Arc<Shared>, begin: &mut Option<Begin>) {
    locked(&shared.flow).restart();
    match begin.take() {
        Some(Begin { source, cursor, frames }) => {
            pictures::start(shared, source, frames);
            if let Some(cursor) = cursor {
                pointer::start(shared, cursor);
            }
        }
        None => {
            let shown = locked(&shared.shown);
            if let Some((width, height)) = shown.screen {
                shared.tell(ToViewer::Screen { width, height });
            }
            if let Some(cursor) = shown.cursor.clone() {
                shared.tell(ToViewer::Cursor(cursor));
            }
        }
    }
    shared.want_key();
}

async fn pass_on(shared: &Shared, event: InputEvent, may_wait: bool) {
    let Some(hands) = locked(&shared.hands).clone() else { return };
    if may_wait {
        // Closed: the hands are gone and the share is ending.
        drop(hands.send(Hand::Event(event)).await);
    } else {
        drop(hands.try_send(Hand::Event(event)));
    }
}

/// Ends the share when the link goes down or the grant runs out.
async fn watch_over(shared: Arc<Shared>, stop: CancellationToken) {
    let mut link = shared.link.state();
    loop {
        let state = *link.borrow_and_update();
        match state {
            LinkState::Down(down) => return shared.finish(ShareEnd::Link(down)),
            LinkState::Interrupted => pass_on(&shared, InputEvent::ReleaseAll, false).await,
            LinkState::Connecting | LinkState::Up => {}
        }
        let until = shared.gate.until();
        let runs_out = async {
            match until {
                Some(until) => shared.clock.sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = shared.stop.cancelled() => return,
            changed = link.changed() => if changed.is_err() {
                return shared.finish(ShareEnd::Link(Down::Closed));
            },
            () = runs_out => if shared.gate.until() == until {
                return shared.finish(ShareEnd::Refused(Refused::NotLive));
            },
        }
    }
}
