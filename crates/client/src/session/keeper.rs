//! The task that owns the session which is open in this program.

use std::{sync::Arc, time::Duration};

use opora_domain::{
    ConversationId, PublicKey, SessionId, TransferId,
    session::{EndReason, State},
};
use opora_ipc::{
    CoreEvent, ErrorCode, UiError,
    session::{AnswerScreen, AskScreen, SessionView},
    shell::ShellRequest,
};
use opora_media::link::{Description, LinkEvent};
use opora_wire::{
    OpBody, OpResult,
    signal::{Signal, SignalBody},
};
use tokio::sync::mpsc;

use super::{Asked, Moved, Shown, Turn, customer::Customer, helper::Helper, lock, office::Office, state, state::Facts};

/// How often time is looked at while a session is open.
const TICK: Duration = Duration::from_millis(250);

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
pub(super) struct Keeper {
    office: Arc<dyn Office>,
    shown: Arc<Shown>,
    turns: mpsc::Sender<Turn>,
    open: Option<Open>,
}

impl Keeper {
    /// Nothing is open yet.
    pub(super) fn new(office: Arc<dyn Office>, shown: Arc<Shown>, turns: mpsc::Sender<Turn>) -> Self {
        Self { office, shown, turns, open: None }
    }

    /// Takes turns until it is stopped.
    pub(super) async fn run(mut self, mut inbox: mpsc::Receiver<Turn>, stop: tokio_util::sync::CancellationToken) {
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
            Turn::TakeOver(transfer, talk, reply) => drop(reply.send(self.on_take_over(transfer, talk).await)),
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
        let before = lock(&self.shown.facts).clone();
        match Customer::asked(self.office.as_ref(), &asked, before.as_ref()) {
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

    async fn on_take_over(&mut self, transfer: TransferId, talk: ConversationId) -> Result<(), UiError> {
        let now = self.office.clock().now();
        let free = self.open.is_none().then(|| SessionId(self.office.rng().uuid_v7(now)));
        let op = opora_wire::transfer::Op::Accept { transfer, session: free };
        let OpResult::GoesOn { session, scopes } = self.office.execute(OpBody::Transfer(op)).await? else {
            return Ok(());
        };
        // The customer's device answers with proofs that stand in the talk.
        self.office.until_inside(talk).await;
        let (facts, helper) = Helper::goes_on(self.office.clone(), session, talk, scopes);
        self.open = Some(Open { facts, side: Side::Helper(Box::new(helper)) });
        self.show();
        Ok(())
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
