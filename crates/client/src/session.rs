//! Remote sessions: a helper at a customer's screen.
//!
//! `Requested` → `Live` → `Ended`. One task owns the session that is open in this program; there is
//! one at a time. What happens comes to it as [`Turn`]s: events of the log, frames from the other
//! device, commands of windows, news of the connection, and the passing of time. Stopping does not
//! wait in that line: it closes the gate at once, on the caller's thread, and only the clearing up
//! is a turn.

mod customer;
mod helper;
pub mod office;
mod peer;
mod screen;
mod state;
pub mod watch;
mod wire;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use opora_domain::{
    ConversationId, PersonId, PublicKey, SessionId,
    scope::Scopes,
    session::{EndReason, State},
};
use opora_ipc::{
    CoreEvent, ErrorCode, UiError,
    session::{AnswerScreen, AskScreen, SessionInput, SessionView, ViewerHealth, ViewerView},
    shell::ShellRequest,
};
use opora_media::link::{Description, LinkEvent};
use opora_screen::Gate;
use opora_wire::{
    OpBody,
    signal::{Signal, SignalBody},
};
use tokio::sync::{mpsc, oneshot};

use self::{customer::Customer, helper::Helper, office::Office, screen::Screen, state::Facts};

/// Turns that may wait; signalling comes in bursts of a few dozen.
const TURNS: usize = 256;
/// How often time is looked at while a session is open.
const TICK: Duration = Duration::from_millis(250);
/// Input events in one command.
const MOST_INPUT: usize = 64;

/// Somebody asked for the screen: the log says so.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which session.
    pub session: SessionId,
    /// In which talk.
    pub conversation: ConversationId,
    /// Who, as the desk says.
    pub by: PersonId,
    /// With which device.
    pub helper: PublicKey,
    /// What for.
    pub scopes: Scopes,
    /// Why.
    pub reason: String,
}

/// A session moved: the log says so.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Which session.
    pub session: SessionId,
    /// Where it is.
    pub state: State,
    /// What was allowed.
    pub scopes: Scopes,
    /// The customer's device that answered.
    pub controlled: Option<PublicKey>,
    /// Why it ended.
    pub reason: Option<EndReason>,
}

type Reply = oneshot::Sender<Result<SessionView, UiError>>;

/// What happens to sessions.
enum Turn {
    Asked(Asked),
    Moved(Moved),
    Signal(Signal),
    Ask(AskScreen, Reply),
    Answer(AnswerScreen, Reply),
    Stop(SessionId, EndReason),
    Beat(SessionId),
    OpenViewer(SessionId),
    Media(SessionId, LinkEvent),
}

/// What windows read without waiting for the task.
#[derive(Default)]
struct Shown {
    facts: Mutex<Option<Facts>>,
    gate: Mutex<Option<Gate>>,
    screen: Mutex<Option<Arc<Screen>>>,
}

/// The handle of all sessions of this program.
#[derive(Clone)]
pub struct Sessions {
    office: Arc<dyn Office>,
    turns: mpsc::Sender<Turn>,
    shown: Arc<Shown>,
}

impl Sessions {
    /// Starts the task.
    #[must_use]
    pub fn start(office: Arc<dyn Office>) -> Self {
        let (turns, inbox) = mpsc::channel(TURNS);
        let shown = Arc::new(Shown::default());
        let keeper = Keeper { office: office.clone(), shown: shown.clone(), turns: turns.clone(), open: None };
        office.tasks().spawn("sessions", |stop| keeper.run(inbox, stop));
        Self { office, turns, shown }
    }

    /// The log says that somebody asks. Only for events that are fresh.
    pub fn asked(&self, asked: Asked) {
        self.turn(Turn::Asked(asked));
    }

    /// The log says that a session moved.
    pub fn moved(&self, moved: Moved) {
        self.turn(Turn::Moved(moved));
    }

    /// A frame from another device.
    pub fn signal(&self, signal: Signal) {
        self.turn(Turn::Signal(signal));
    }

    /// The helper asks for the screen.
    ///
    /// # Errors
    /// When a session is open already, there is no network, or the desk refuses.
    pub async fn ask(&self, ask: AskScreen) -> Result<SessionView, UiError> {
        self.question(|reply| Turn::Ask(ask, reply)).await
    }

    /// The customer answers.
    ///
    /// # Errors
    /// When it is not open any more, or the card has not been visible for long enough.
    pub async fn answer(&self, answer: AnswerScreen) -> Result<SessionView, UiError> {
        self.question(|reply| Turn::Answer(answer, reply)).await
    }

    /// The session that is open, or the last one until another begins.
    #[must_use]
    pub fn current(&self) -> Option<SessionView> {
        let facts = lock(&self.shown.facts).clone()?;
        Some(facts.view(self.office.rev(), self.office.clock().now()))
    }

    /// Stops a session. When this returns, nothing is captured or injected any more.
    pub fn stop(&self, session: SessionId) {
        let Some(facts) = lock(&self.shown.facts).clone().filter(|facts| facts.id == session) else { return };
        let reason = if facts.controlled { EndReason::StoppedByCustomer } else { EndReason::FinishedByHelper };
        self.stop_because(session, reason);
    }

    /// The conversation was closed, or the program ends.
    pub fn stop_because(&self, session: SessionId, reason: EndReason) {
        if let Some(gate) = lock(&self.shown.gate).take() {
            gate.seal();
        }
        self.turn(Turn::Stop(session, reason));
    }

    /// The consent card or the bar beats.
    pub fn beat(&self, session: SessionId) {
        self.turn(Turn::Beat(session));
    }

    /// Shows the viewer's window again.
    pub fn open_viewer(&self, session: SessionId) {
        self.turn(Turn::OpenViewer(session));
    }

    /// What the viewer shows apart from the picture.
    ///
    /// # Errors
    /// When the session is over.
    pub fn viewer(&self, session: SessionId) -> Result<ViewerView, UiError> {
        Ok(self.screen(session)?.viewer())
    }

    /// The helper's hands.
    ///
    /// # Errors
    /// When the session is over or too much came at once.
    pub async fn input(&self, input: SessionInput) -> Result<(), UiError> {
        if input.events.len() > MOST_INPUT {
            return Err(UiError::permanent(ErrorCode::TooLong, "too many events at once"));
        }
        let screen = self.screen(input.session)?;
        for event in input.events {
            screen.send(event).await;
        }
        Ok(())
    }

    /// What the viewer can decode and needs.
    ///
    /// # Errors
    /// When the session is over.
    pub async fn health(&self, health: ViewerHealth) -> Result<(), UiError> {
        let screen = self.screen(health.session)?;
        if !health.codec {
            tracing::warn!("the webview cannot decode AV1");
        }
        if health.key_frame {
            screen.ask_for_key_frame();
        }
        Ok(())
    }

    /// Encoded frames after the one with this number; waits for one, at most a second.
    ///
    /// # Errors
    /// When the session is over.
    pub async fn frames(&self, session: SessionId, after: u64) -> Result<Bytes, UiError> {
        let over = || UiError::permanent(ErrorCode::SessionLost, "the view is over");
        self.screen(session)?.frames(after).await.ok_or_else(over)
    }

    fn screen(&self, session: SessionId) -> Result<Arc<Screen>, UiError> {
        lock(&self.shown.screen)
            .clone()
            .filter(|screen| screen.session() == session)
            .ok_or_else(|| UiError::permanent(ErrorCode::SessionLost, "no such session"))
    }

    fn turn(&self, turn: Turn) {
        if self.turns.try_send(turn).is_err() {
            tracing::warn!("the sessions' inbox is full");
        }
    }

    async fn question(&self, turn: impl FnOnce(Reply) -> Turn) -> Result<SessionView, UiError> {
        let (reply, answer) = oneshot::channel();
        let gone = || UiError::temporary(ErrorCode::Internal, "the sessions' task is gone");
        self.turns.send(turn(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// One end of the open session.
enum Side {
    Customer(Box<Customer>),
    Helper(Box<Helper>),
}

struct Open {
    facts: Facts,
    side: Side,
}

/// The task.
struct Keeper {
    office: Arc<dyn Office>,
    shown: Arc<Shown>,
    turns: mpsc::Sender<Turn>,
    open: Option<Open>,
}

impl Keeper {
    async fn run(mut self, mut inbox: mpsc::Receiver<Turn>, stop: tokio_util::sync::CancellationToken) {
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                turn = inbox.recv() => match turn {
                    Some(turn) => self.take(turn).await,
                    None => break,
                },
                () = tokio::time::sleep(TICK), if self.open.is_some() => {}
            }
            self.look_at_time().await;
        }
        self.end(EndReason::ConnectionLost).await;
    }

    async fn take(&mut self, turn: Turn) {
        match turn {
            Turn::Asked(asked) => self.on_asked(asked).await,
            Turn::Moved(moved) => self.on_moved(moved).await,
            Turn::Signal(signal) => self.on_signal(signal).await,
            Turn::Ask(ask, reply) => drop(reply.send(self.on_ask(ask).await)),
            Turn::Answer(answer, reply) => drop(reply.send(self.on_answer(answer).await)),
            Turn::Stop(session, reason) if self.is_open(session) => self.end(reason).await,
            Turn::Beat(session) if self.is_open(session) => {
                if let Some(Open { side: Side::Customer(customer), .. }) = &mut self.open {
                    customer.beat(self.office.clock().now());
                }
            }
            Turn::OpenViewer(session) if self.is_open(session) => self.office.shell(ShellRequest::OpenViewer(session)),
            Turn::Media(session, event) if self.is_open(session) => self.on_media(event).await,
            _ => {}
        }
    }

    fn is_open(&self, session: SessionId) -> bool {
        self.open.as_ref().is_some_and(|open| open.facts.id == session)
    }

    // -- the log

    async fn on_asked(&mut self, asked: Asked) {
        let own = PublicKey::from(self.office.device().verifying_key());
        if asked.helper == own || self.is_open(asked.session) {
            return;
        }
        let me = self.office.me().map(|(person, _)| person);
        if me == Some(asked.by) {
            return; // another device of the same helper
        }
        let session = asked.session;
        let refuse = |reason| OpBody::EndSession { session, reason };
        if self.open.is_some() {
            return self.office.later(refuse(EndReason::Refused));
        }
        match Customer::asked(self.office.as_ref(), &asked) {
            Ok((facts, customer)) => {
                self.open = Some(Open { facts, side: Side::Customer(Box::new(customer)) });
                self.office.shell(ShellRequest::OpenConsent(session));
                self.show();
            }
            Err(reason) => self.office.later(refuse(reason)),
        }
    }

    async fn on_moved(&mut self, moved: Moved) {
        let own = PublicKey::from(self.office.device().verifying_key());
        let now = self.office.clock().now();
        let Some(open) = self.open.as_mut().filter(|open| open.facts.id == moved.session) else { return };
        match (moved.state, &open.side) {
            (State::Ended, _) => {
                let reason = moved.reason.unwrap_or(EndReason::ConnectionLost);
                self.end_as(reason, false).await;
            }
            (State::Live, Side::Customer(_)) if moved.controlled.is_some_and(|device| device != own) => {
                // Another device of the same customer has answered.
                self.end_as(EndReason::Refused, false).await;
            }
            (State::Live, Side::Helper(_)) if open.facts.state == State::Requested => {
                open.facts.go_live(moved.scopes, now);
                self.show();
            }
            _ => {}
        }
    }

    // -- the other device

    async fn on_signal(&mut self, signal: Signal) {
        let now = self.office.clock().now();
        let Some(open) = self.open.as_mut().filter(|open| open.facts.id == signal.session) else { return };
        let done = match (&mut open.side, signal.body) {
            (Side::Helper(helper), SignalBody::Offer { sdp, identity, grant }) => {
                let offer = Description { sdp, identity };
                helper.offered(&self.turns, &mut open.facts, signal.device, offer, &grant).await
            }
            (Side::Customer(customer), body) if open.facts.peer == Some(signal.device) => {
                customer.signal(&mut open.facts, body, now).await
            }
            (Side::Helper(helper), body) if open.facts.peer == Some(signal.device) => {
                helper.signal(&mut open.facts, body, now).await
            }
            _ => Ok(()),
        };
        match done {
            Ok(()) => drop(self.show()),
            Err(reason) => self.end(reason).await,
        }
    }

    async fn on_media(&mut self, event: LinkEvent) {
        let now = self.office.clock().now();
        let Some(open) = &mut self.open else { return };
        let done = match &mut open.side {
            Side::Customer(customer) => customer.media(&mut open.facts, event, now),
            Side::Helper(helper) => helper.media(&mut open.facts, event, now),
        };
        match done {
            Ok(()) => drop(self.show()),
            Err(reason) => self.end(reason).await,
        }
    }

    // -- windows

    async fn on_ask(&mut self, ask: AskScreen) -> Result<SessionView, UiError> {
        if self.open.is_some() {
            return Err(UiError::permanent(ErrorCode::SessionBusy, "a session is open"));
        }
        let (facts, helper, op) = Helper::ask(self.office.clone(), ask);
        self.office.execute(op).await?;
        self.open = Some(Open { facts, side: Side::Helper(Box::new(helper)) });
        self.show().ok_or_else(|| UiError::permanent(ErrorCode::Internal, "nothing is open"))
    }

    async fn on_answer(&mut self, answer: AnswerScreen) -> Result<SessionView, UiError> {
        let gone = || UiError::permanent(ErrorCode::SessionLost, "nobody asks any more");
        let Some(open) = self.open.as_mut().filter(|open| open.facts.id == answer.session) else { return Err(gone()) };
        let Side::Customer(customer) = &mut open.side else { return Err(gone()) };
        let chosen = state::allowed_of(&open.facts.asked, &answer.allow);
        if chosen.is_empty() {
            let view = open.facts.view(self.office.rev(), self.office.clock().now());
            self.end(EndReason::Refused).await;
            return Ok(view);
        }
        let gate = customer.allow(&self.office, &self.turns, &mut open.facts, chosen).await;
        match gate {
            Ok(gate) => {
                *lock(&self.shown.gate) = Some(gate);
                self.show().ok_or_else(gone)
            }
            Err((reason, error)) => {
                if let Some(reason) = reason {
                    self.end(reason).await;
                }
                Err(error)
            }
        }
    }

    // -- time and end

    async fn look_at_time(&mut self) {
        let now = self.office.clock().now();
        let Some(open) = &mut self.open else { return };
        let verdict = match &mut open.side {
            Side::Customer(customer) => customer.look(now),
            Side::Helper(_) => None,
        };
        if let Some(reason) = verdict.or_else(|| open.facts.timed_out(now)) {
            self.end(reason).await;
        }
    }

    async fn end(&mut self, reason: EndReason) {
        self.end_as(reason, true).await;
    }

    async fn end_as(&mut self, reason: EndReason, tell: bool) {
        if let Some(gate) = lock(&self.shown.gate).take() {
            gate.seal();
        }
        let Some(Open { mut facts, side }) = self.open.take() else { return };
        match side {
            Side::Customer(customer) => customer.end(),
            Side::Helper(helper) => helper.end(),
        }
        lock(&self.shown.screen).take();
        facts.end(reason);
        tracing::info!(session = %facts.id, ?reason, "a session ended");
        if tell {
            self.office.later(OpBody::EndSession { session: facts.id, reason });
        }
        let view = facts.view(self.office.rev(), self.office.clock().now());
        let session = facts.id;
        *lock(&self.shown.facts) = Some(facts);
        self.office.emit(CoreEvent::session_changed(view));
        self.office.shell(ShellRequest::Close(session));
    }

    /// Tells windows how things are.
    fn show(&mut self) -> Option<SessionView> {
        let open = self.open.as_ref()?;
        if let Side::Helper(helper) = &open.side {
            *lock(&self.shown.screen) = helper.screen();
        }
        let view = open.facts.view(self.office.rev(), self.office.clock().now());
        *lock(&self.shown.facts) = Some(open.facts.clone());
        self.office.emit(CoreEvent::session_changed(view.clone()));
        Some(view)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
