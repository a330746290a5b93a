//! Remote sessions: a helper at a customer's screen.
//!
//! `Requested` → `Live` → `Ended`. One task owns the session that is open in this program; there is
//! one at a time. What happens comes to it as [`Turn`]s: events of the log, frames from the other
//! device, commands of windows, news of the connection, and the passing of time. Stopping does not
//! wait in that line: it closes the gate at once, on the caller's thread, and only the clearing up
//! is a turn.

mod customer;
mod helper;
mod keeper;
pub mod office;
mod peer;
mod screen;
mod state;
pub mod watch;
mod wire;

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use opora_domain::{
    ConversationId, PersonId, PublicKey, SessionId, TransferId,
    scope::Scopes,
    session::{EndReason, State},
};
use opora_ipc::{
    ErrorCode, UiError,
    session::{AnswerScreen, AskScreen, SessionInput, SessionView, ViewerHealth, ViewerView},
};
use opora_media::link::LinkEvent;
use opora_screen::Gate;
use opora_wire::signal::Signal;
use tokio::sync::{mpsc, oneshot};

use self::{keeper::Keeper, office::Office, screen::Screen, state::Facts};

/// Turns that may wait; signalling comes in bursts of a few dozen.
const TURNS: usize = 256;
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
    /// The session that it goes on from, when the talk was handed over.
    pub after: Option<SessionId>,
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
    TakeOver(TransferId, ConversationId, oneshot::Sender<Result<(), UiError>>),
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
        let keeper = Keeper::new(office.clone(), shown.clone(), turns.clone());
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

    /// The receiver takes a talk over; if its giver is at the customer's screen, the customer is asked to go
    /// on with this device. Only where no session is open here: there is one at a time.
    ///
    /// # Errors
    /// When there is no network, or the desk refuses.
    pub async fn take_over(&self, transfer: TransferId, talk: ConversationId) -> Result<(), UiError> {
        self.question(|reply| Turn::TakeOver(transfer, talk, reply)).await
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
        // First in line, so that the reason is this one and not the link that the seal closes.
        self.turn(Turn::Stop(session, reason));
        if let Some(gate) = lock(&self.shown.gate).take() {
            gate.seal();
        }
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

    async fn question<T>(&self, turn: impl FnOnce(oneshot::Sender<Result<T, UiError>>) -> Turn) -> Result<T, UiError> {
        let (reply, answer) = oneshot::channel();
        let gone = || UiError::temporary(ErrorCode::Internal, "the sessions' task is gone");
        self.turns.send(turn(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
