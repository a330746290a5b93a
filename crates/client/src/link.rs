//! The connection to the desk: one WebSocket over TLS that trusts this desk alone (D21, D22).
//!
//! `Connecting` → `CatchingUp` → `Online` → lost → again, for ever, with full jitter between the
//! tries. The desk's key is compared with the pin twice: by TLS, and in the challenge. The loop
//! owns the socket; commands and the outbox ask through a bounded inbox, and an answer finds its
//! question by the frame's id. Events go to sync through a bounded queue: while it is full nothing
//! more is read, so a slow disk slows the desk down instead of filling memory.

mod connect;
mod frame;

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use opora_domain::PublicKey;
use opora_history::{Account, StoredEvent};
use opora_runtime::{Backoff, CancellationToken};
use opora_wire::{Fetch, Ready, Refusal, Stream, ToClient, ToDesk, hello::BEAT, signal::Signal};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, interval_at},
};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

pub(crate) use connect::{ConnectError, http_client};

use crate::{failpoint, status::Status};

/// Questions that wait for the socket; callers wait when it is full.
const INBOX: usize = 64;
/// Incoming frames that wait for sync.
const OUTLET: usize = 64;
/// The desk answers a ping at once; after so many beats without a word it is gone.
const MISSED: u32 = 3;

/// A frame that the system does not take in this time never will be taken.
const WRITE_PATIENCE: Duration = Duration::from_secs(20);

/// A wait that nobody has to be told of.
const MOMENT: Duration = Duration::from_secs(1);

/// A connection that held so long was a good one: the next try after it comes quickly.
const SETTLED: Duration = Duration::from_secs(10);

/// What others ask the link for.
pub(crate) enum Request {
    /// A question with an answer; dropped when the connection is lost.
    Ask(ToDesk, oneshot::Sender<ToClient>),
    /// Part of a stream; the answer goes to sync.
    Fetch(Fetch),
    /// A frame without an answer.
    Tell(ToDesk),
    /// What came could not be kept: begin again at the cursor.
    Again,
    /// There is a reason to try at once, if there is no connection.
    Now,
}

/// What the link hands to sync, in the order it came.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A connection has begun.
    Ready(Arc<Ready>),
    /// Part of the log; a cursor unless it was fetched.
    Events {
        events: Vec<StoredEvent>,
        cursor: Option<i64>,
        more: bool,
    },
    /// A fetch was refused.
    NotFetched(Stream, Refusal),
    /// Transient frames.
    Typing(opora_domain::ConversationId, opora_domain::PersonId),
    Place(opora_wire::Place),
    Staff(Vec<opora_wire::presence::Shown>),
    Board(opora_wire::board::LiveBoard),
    Present(Vec<PublicKey>),
    Signal(Signal),
}

/// Where events are stored up to; asked for at each beginning.
pub(crate) type Cursor = (Option<Uuid>, i64);

/// What the link needs from the rest.
pub(crate) trait Home: Send + Sync + 'static {
    /// Where to go on.
    fn cursor(&self) -> impl Future<Output = Cursor> + Send;
    /// Tells the state.
    fn status(&self, status: Status);
    /// The device's key.
    fn device(&self) -> ed25519_dalek::SigningKey;
    /// A code of the second factor that was typed for the next hello; it is given away once.
    fn code(&self) -> Option<String>;
}

/// The link's loop.
pub(crate) struct Link<H> {
    pub(crate) account: Account,
    pub(crate) home: Arc<H>,
    pub(crate) inbox: mpsc::Receiver<Request>,
    pub(crate) outlet: mpsc::Sender<Incoming>,
    pub(crate) backoff: Backoff,
}

/// A queue and its end.
type Queue<T> = (mpsc::Sender<T>, mpsc::Receiver<T>);

/// The two queues of a link: for requests, and for what comes in.
pub(crate) fn queues() -> (Queue<Request>, Queue<Incoming>) {
    (mpsc::channel(INBOX), mpsc::channel(OUTLET))
}

impl<H: Home> Link<H> {
    /// Connects, serves, and connects again until it is stopped. The state is `Connecting` before.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        loop {
            let ended = tokio::select! {
                biased;
                () = stop.cancelled() => return,
                ended = self.connect_and_serve() => ended,
            };
            // Questions of the lost connection are answered by dropping them.
            let mut now = false;
            while let Ok(request) = self.inbox.try_recv() {
                now |= matches!(request, Request::Now);
            }
            if let Err(error) = &ended {
                tracing::info!(%error, cause = error.cause(), "no connection to the desk");
            }
            let wait = if now { Duration::ZERO } else { self.backoff.after_failure() };
            self.home.status(without_connection(&ended, wait));
            if now {
                continue;
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = self.refuse_for(wait) => {}
            }
        }
    }

    /// Waits; who asks meanwhile learns at once that there is no connection.
    async fn refuse_for(&mut self, wait: Duration) {
        let until = Instant::now() + wait;
        while let Ok(Some(request)) = tokio::time::timeout_at(until, self.inbox.recv()).await {
            if matches!(request, Request::Now) {
                return;
            }
        }
        tokio::time::sleep_until(until).await;
    }

    async fn connect_and_serve(&mut self) -> Result<(), ConnectError> {
        let cursor = self.home.cursor().await;
        let (socket, ready) = connect::open(&self.account, &self.home.device(), cursor, self.home.code()).await?;
        let began = Instant::now();
        let ready = Arc::new(ready);
        self.home.status(Status::CatchingUp(Arc::clone(&ready)));
        if let Err(error) = self.serve(socket, ready).await {
            tracing::info!(%error, cause = error.cause(), "the connection to the desk was lost");
        }
        // A connection that ends as soon as it began is a failure, too.
        if began.elapsed() > SETTLED {
            self.backoff.reset();
        }
        Ok(())
    }

    async fn serve(&mut self, socket: connect::Socket, ready: Arc<Ready>) -> Result<(), ConnectError> {
        let beat = Duration::from_millis(u64::try_from(BEAT.as_millis()).unwrap_or(15_000));
        let mut beats = interval_at(Instant::now() + beat, beat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut sink, mut stream) = socket.split();
        let mut questions = Questions::default();
        let mut silent = 0;
        // Sync learns of the beginning in its turn; requests go on meanwhile.
        let mut ready = Some(ready);
        loop {
            tokio::select! {
                request = self.inbox.recv() => {
                    if !send(&mut sink, &mut questions, request).await? {
                        return Ok(());
                    }
                }
                permit = self.outlet.reserve() => {
                    let Ok(permit) = permit else { return Ok(()) };
                    if let Some(ready) = ready.take() {
                        permit.send(Incoming::Ready(ready));
                        continue;
                    }
                    // Waiting for the next frame must not keep requests waiting.
                    tokio::select! {
                        biased;
                        request = self.inbox.recv() => {
                            if !send(&mut sink, &mut questions, request).await? {
                                return Ok(());
                            }
                        }
                        _ = beats.tick() => {
                            silent += 1;
                            if silent > MISSED {
                                return Err(ConnectError::Silent);
                            }
                            let ping = frame::write(0, &ToDesk::Ping)?;
                            write(&mut sink, ping).await?;
                        }
                        message = stream.next() => {
                            silent = 0;
                            let message = message.ok_or(ConnectError::Closed)?.map_err(ConnectError::socket)?;
                            if let Message::Text(text) = &message
                                && let Some(incoming) = questions.read(text)?
                            {
                                permit.send(incoming);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is shown until the next try. A connection that was lost and is tried again in a moment alarms nobody; but a
/// desk that goes soon after it came is waited for like any other, and then it is said that there is none.
fn without_connection(ended: &Result<(), ConnectError>, wait: Duration) -> Status {
    match ended {
        Ok(()) if wait <= MOMENT => Status::Connecting,
        Ok(()) => Status::Offline(ConnectError::Closed.code()),
        Err(error) => Status::Offline(error.code()),
    }
}

/// Sends a request. False when the connection is to end.
async fn send(
    sink: &mut SplitSink<connect::Socket, Message>,
    questions: &mut Questions,
    request: Option<Request>,
) -> Result<bool, ConnectError> {
    let Some(request) = request else { return Ok(false) };
    if matches!(request, Request::Now) {
        return Ok(true);
    }
    let is_question = matches!(request, Request::Ask(..));
    let Some(text) = questions.write(request)? else { return Ok(false) };
    write(sink, text).await?;
    if is_question {
        failpoint::here("outbox.after_send");
    }
    Ok(true)
}

async fn write(sink: &mut SplitSink<connect::Socket, Message>, text: String) -> Result<(), ConnectError> {
    let written = tokio::time::timeout(WRITE_PATIENCE, sink.send(Message::text(text))).await;
    written.map_err(|_| ConnectError::Silent)?.map_err(ConnectError::socket)
}

/// Questions of one connection that wait for their answers.
#[derive(Default)]
struct Questions {
    last: u64,
    asked: HashMap<u64, oneshot::Sender<ToClient>>,
    fetched: HashMap<u64, Stream>,
}

impl Questions {
    /// The frame of a request; none when the connection is to end.
    fn write(&mut self, request: Request) -> Result<Option<String>, ConnectError> {
        self.last += 1;
        let id = self.last;
        // Whoever stopped waiting needs no answer any more.
        self.asked.retain(|_, answer| !answer.is_closed());
        match request {
            Request::Ask(message, answer) => {
                self.asked.insert(id, answer);
                frame::write(id, &message).map(Some)
            }
            Request::Fetch(fetch) => {
                self.fetched.insert(id, fetch.stream);
                frame::write(id, &ToDesk::Fetch(fetch)).map(Some)
            }
            Request::Tell(message) => frame::write(0, &message).map(Some),
            Request::Again | Request::Now => Ok(None),
        }
    }

    /// Sorts a frame: an answer goes to who asked, the rest is returned.
    fn read(&mut self, text: &str) -> Result<Option<Incoming>, ConnectError> {
        let frame::Read { id, message } = frame::read(text)?;
        Ok(match message {
            frame::Body::Events { events, cursor, more } => {
                let fetched = self.fetched.remove(&id).is_some();
                Some(Incoming::Events { events, cursor: (!fetched).then_some(cursor), more })
            }
            frame::Body::Other(message) => self.sort(id, *message),
            frame::Body::Unknown => None,
        })
    }

    fn sort(&mut self, id: u64, message: ToClient) -> Option<Incoming> {
        match message {
            ToClient::Refused(refusal) if self.fetched.contains_key(&id) => {
                self.fetched.remove(&id).map(|stream| Incoming::NotFetched(stream, refusal))
            }
            answer @ (ToClient::Done(_) | ToClient::Refused(_)) => {
                if let Some(asked) = self.asked.remove(&id) {
                    // Who asked may have stopped waiting.
                    let _ = asked.send(answer);
                }
                None
            }
            ToClient::Typing { conversation, person } => Some(Incoming::Typing(conversation, person)),
            ToClient::Place(place) => Some(Incoming::Place(place)),
            ToClient::Board(board) => Some(Incoming::Board(board)),
            ToClient::Present { devices } => Some(Incoming::Present(devices)),
            ToClient::Staff { people } => Some(Incoming::Staff(people)),
            ToClient::Signal(signal) => Some(Incoming::Signal(signal)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_desk_is_said_to_be_gone_unless_it_is_tried_again_in_a_moment() {
        let soon = without_connection(&Ok(()), Duration::from_millis(500));
        assert!(matches!(soon, Status::Connecting), "{soon:?}");
        for wait in [2, 60] {
            let later = without_connection(&Ok(()), Duration::from_secs(wait));
            assert!(matches!(later, Status::Offline(_)), "{wait} s: {later:?}");
        }
        let refused = without_connection(&Err(ConnectError::Slow), Duration::ZERO);
        assert!(matches!(refused, Status::Offline(_)), "{refused:?}");
    }
}
