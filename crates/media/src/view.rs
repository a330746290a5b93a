//! The helper's end: receives the screen, sends the hands.
//!
//! States: waiting for the link → asking (`Ready`) → following → over, when the link is down. Frames
//! wait in a [`FrameQueue`] for a decoder that asks for them; what it takes is acknowledged, so a
//! slow decoder slows the sender down instead of falling behind.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use opora_runtime::{CancellationToken, Tasks};
use opora_screen::{CursorShape, InputEvent};
use tokio::sync::{mpsc, watch};

use crate::{
    assemble::Assembler,
    link::{Link, LinkState},
    message::{Notice, Place, ToSharer, ToViewer},
    queue::{EncodedFrame, FrameQueue},
    transport::Incoming,
};

/// Messages to the sharer that were not sent yet.
const MESSAGES: usize = 256;
/// A key frame is asked for at most this often; the sharer answers as rarely.
const KEY_FRAME_PACE: Duration = Duration::from_millis(500);

/// What the viewer shows apart from the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// Size of the pictures, once known.
    pub screen: Option<(u32, u32)>,
    /// The pointer's picture.
    pub cursor: Option<Arc<CursorShape>>,
    /// Where it is, as fractions of the screen.
    pub pointer: Option<(u16, u16)>,
    /// Why input does nothing, if so.
    pub notice: Option<Notice>,
}

impl ViewState {
    /// The codec for `VideoDecoder.configure`: AV1 Main, 8 bits, a level that fits the size.
    #[must_use]
    pub fn codec(&self) -> &'static str {
        match self.screen {
            Some((width, height)) if u64::from(width) * u64::from(height) > 2_228_224 => "av01.0.12M.08",
            _ => "av01.0.08M.08",
        }
    }
}

/// What came so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewCounts {
    /// RTP packets.
    pub packets: u64,
    /// Their payload.
    pub bytes: u64,
    /// Whole frames.
    pub frames: u64,
    /// Key frames asked for after a loss.
    pub key_requests: u64,
}

/// A running view. Dropping it ends it and closes the link.
pub struct View {
    inner: Arc<Inner>,
    state: watch::Receiver<ViewState>,
    hands: tokio::sync::Mutex<Hands>,
}

struct Inner {
    link: Arc<Link>,
    queue: FrameQueue,
    messages: mpsc::Sender<Bytes>,
    got: AtomicU32,
    shown: AtomicU32,
    counters: Counters,
    key_asked: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Counters {
    packets: AtomicU64,
    bytes: AtomicU64,
    frames: AtomicU64,
    key_requests: AtomicU64,
}

/// Numbers the moves, and sends the last one before a click again on the ordered channel.
#[derive(Default)]
struct Hands {
    n: u32,
    loose: Option<Place>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl View {
    /// Begins as soon as the link is up. `None` when the link already belongs to another view or
    /// share.
    #[must_use]
    pub fn start(link: Arc<Link>, tasks: &Tasks) -> Option<Self> {
        let inbox = link.take_inbox()?;
        let (messages, messages_out) = mpsc::channel(MESSAGES);
        let (state, state_out) = watch::channel(ViewState::default());
        let inner = Arc::new(Inner {
            link,
            queue: FrameQueue::default(),
            messages,
            got: AtomicU32::new(0),
            shown: AtomicU32::new(0),
            counters: Counters::default(),
            key_asked: Mutex::default(),
        });
        tasks.spawn("view-receive", |stop| Receiver::new(Arc::clone(&inner), state).run(inbox, stop));
        tasks.spawn("view-tell", |stop| send_messages(Arc::clone(&inner), messages_out, stop));
        Some(Self { inner, state: state_out, hands: tokio::sync::Mutex::default() })
    }

    /// All frames after number `after` (0 at first); waits up to `patience` for one, and gives an
    /// empty list when none came. `None` when the view is over.
    pub async fn next_batch(&self, after: u64, patience: Duration) -> Option<Vec<EncodedFrame>> {
        let batch = self.inner.queue.next_batch(after, patience).await?;
        if let Some(last) = batch.last() {
            self.inner.shown.store(last.timestamp, Ordering::Relaxed);
            self.inner.acknowledge();
        }
        Some(batch)
    }

    /// Sends one event of the helper. Moves may be lost; everything else arrives in order, at the
    /// place where the pointer was.
    pub async fn send(&self, event: InputEvent) {
        let mut hands = self.hands.lock().await;
        if let InputEvent::Move { x, y } = event {
            hands.n = hands.n.wrapping_add(1);
            let place = Place { n: hands.n, x, y };
            hands.loose = Some(place);
            // A lost move is made up for before the next click.
            drop(self.inner.link.transport().send_motion(ToSharer::Move(place).encode()).await);
            return;
        }
        if let Some(place) = hands.loose.take() {
            // A number of its own: the loose one may have come already, and a late one must not win.
            hands.n = hands.n.wrapping_add(1);
            let place = Place { n: hands.n, ..place };
            self.inner.tell(&ToSharer::Move(place)).await;
        }
        self.inner.tell(&ToSharer::Input(event)).await;
    }

    /// The decoder could not go on.
    pub fn request_key_frame(&self) {
        self.inner.ask_key();
    }

    /// Size, pointer and notices, now and on every change.
    #[must_use]
    pub fn state(&self) -> watch::Receiver<ViewState> {
        self.state.clone()
    }

    /// The link it runs on.
    #[must_use]
    pub fn link(&self) -> &Arc<Link> {
        &self.inner.link
    }

    /// What came so far.
    #[must_use]
    pub fn counts(&self) -> ViewCounts {
        let counters = &self.inner.counters;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ViewCounts {
            packets: read(&counters.packets),
            bytes: read(&counters.bytes),
            frames: read(&counters.frames),
            key_requests: read(&counters.key_requests),
        }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        self.inner.link.close();
    }
}

impl Inner {
    async fn tell(&self, message: &ToSharer) {
        // Closed: the view is over.
        drop(self.messages.send(message.encode()).await);
    }

    fn try_tell(&self, message: &ToSharer) {
        if self.messages.try_send(message.encode()).is_err() {
            tracing::debug!("a message to the sharer found no room");
        }
    }

    fn acknowledge(&self) {
        let (got, shown) = (self.got.load(Ordering::Relaxed), self.shown.load(Ordering::Relaxed));
        self.try_tell(&ToSharer::Ack { got, shown });
    }

    fn ask_key(&self) {
        let mut asked = locked(&self.key_asked);
        if asked.is_none_or(|at| at.elapsed() >= KEY_FRAME_PACE) {
            *asked = Some(Instant::now());
            self.counters.key_requests.fetch_add(1, Ordering::Relaxed);
            self.try_tell(&ToSharer::KeyFrame);
        }
    }
}

async fn send_messages(inner: Arc<Inner>, mut messages: mpsc::Receiver<Bytes>, stop: CancellationToken) {
    if !inner.link.up().await {
        return;
    }
    while let Some(Some(message)) = stop.run_until_cancelled(messages.recv()).await {
        if inner.link.transport().send_control(message).await.is_err() {
            return; // the link is down
        }
    }
}

/// The receiving task.
struct Receiver {
    inner: Arc<Inner>,
    assembler: Assembler,
    state: watch::Sender<ViewState>,
    last_pointer: Option<u32>,
    /// When a key frame is missed: packets came, but nothing that decoding could begin with.
    missed: Option<Instant>,
}

impl Receiver {
    fn new(inner: Arc<Inner>, state: watch::Sender<ViewState>) -> Self {
        Self { inner, assembler: Assembler::default(), state, last_pointer: None, missed: None }
    }

    async fn run(mut self, mut inbox: mpsc::Receiver<Incoming>, stop: CancellationToken) {
        let ready = async {
            let up = self.inner.link.up().await;
            if up {
                self.inner.tell(&ToSharer::Ready).await;
            }
            up
        };
        if stop.run_until_cancelled(ready).await != Some(true) {
            return self.inner.queue.close();
        }
        let mut link = self.inner.link.state();
        loop {
            let deadline = self.next_look();
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                changed = link.changed() => {
                    if changed.is_err() || matches!(*link.borrow_and_update(), LinkState::Down(_)) {
                        break;
                    }
                }
                incoming = inbox.recv() => match incoming {
                    Some(incoming) => self.on_incoming(incoming),
                    None => break,
                },
                () = tokio::time::sleep_until(deadline.unwrap_or_else(Instant::now).into()), if deadline.is_some() => {
                    self.assembler.on_deadline(Instant::now());
                    self.deliver();
                }
            }
        }
        self.inner.queue.close();
    }

    /// When to give up a hole, or to ask for a key frame.
    fn next_look(&self) -> Option<Instant> {
        [self.assembler.deadline(), self.missed].into_iter().flatten().min()
    }

    fn on_incoming(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Video(packet) => {
                self.inner.counters.packets.fetch_add(1, Ordering::Relaxed);
                self.inner.counters.bytes.fetch_add(packet.payload.len() as u64, Ordering::Relaxed);
                self.assembler.push(packet, Instant::now());
                self.deliver();
            }
            Incoming::Control(bytes) | Incoming::Motion(bytes) => match ToViewer::decode(&bytes) {
                Ok(message) => self.on_message(message),
                Err(_) => tracing::debug!("a message of the sharer was not understood"),
            },
        }
    }

    fn deliver(&mut self) {
        while let Some(frame) = self.assembler.pop() {
            self.inner.counters.frames.fetch_add(1, Ordering::Relaxed);
            self.inner.got.store(frame.timestamp, Ordering::Relaxed);
            if !self.inner.queue.push(frame) {
                self.inner.ask_key();
            }
            self.inner.acknowledge();
        }
        self.ask_for_missed_key();
    }

    /// A key frame is on its way at first, and after each request; it is asked for when it does not
    /// come.
    fn ask_for_missed_key(&mut self) {
        let now = Instant::now();
        self.missed = match self.missed {
            _ if !self.assembler.needs_key() => None,
            None if self.assembler.holes() == 0 => Some(now + KEY_FRAME_PACE),
            Some(due) if now < due => Some(due),
            _ => {
                self.inner.ask_key();
                Some(now + KEY_FRAME_PACE)
            }
        };
    }

    fn on_message(&mut self, message: ToViewer) {
        match message {
            ToViewer::Screen { width, height } => {
                self.state.send_if_modified(|state| state.screen.replace((width, height)) != Some((width, height)));
            }
            ToViewer::Cursor(shape) => self.state.send_modify(|state| state.cursor = Some(Arc::new(shape))),
            ToViewer::Pointer(place) => {
                if place.is_after(self.last_pointer) {
                    self.last_pointer = Some(place.n);
                    self.state.send_modify(|state| state.pointer = Some((place.x, place.y)));
                }
            }
            ToViewer::Notice(notice) => {
                let notice = (notice != Notice::Clear).then_some(notice);
                self.state.send_if_modified(|state| std::mem::replace(&mut state.notice, notice) != notice);
            }
        }
    }
}
