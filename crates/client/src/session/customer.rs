//! The customer's end: this device is controlled, and it alone decides (D6).
//!
//! Asked (consent card open) → allowed (gate open, bar open, connection being made) → shared. The
//! picture starts when three things are true: the connection's certificate is the signed one, the
//! bar has shown itself, and the grant is live.

use std::sync::Arc;

use opora_domain::{
    PublicKey, SessionId, Timestamp,
    grant::{self, Claim, Grant, Refused},
    scope::Scopes,
    session::{EndReason, State},
    signed::Signed,
};
use opora_ipc::{ErrorCode, UiError, shell::ShellRequest};
use opora_media::{
    identity::Role,
    link::{Description, Down, LinkEvent, LinkState},
    share::{Share, ShareEnd, ShareParts},
};
use opora_screen::{Border, Gate, StopKey};
use opora_wire::{OpBody, signal::SignalBody};
use tokio::sync::mpsc;

use super::{
    Asked, Turn,
    office::Office,
    peer::identify,
    state::Facts,
    watch::{Verdict, Watch},
    wire::Wire,
};

/// The colour of the frame around a shared screen: the red of *Stop*.
const BORDER: u32 = 0x00c4_3535;

/// This end.
pub(super) struct Customer {
    claim: Claim,
    watch: Watch,
    sharing: Option<Sharing>,
}

/// What exists once something was allowed.
struct Sharing {
    office: Arc<dyn Office>,
    display: String,
    gate: Gate,
    grant: Signed,
    paused: bool,
    wire: Wire,
    up: bool,
    /// The helper is gone; only the log's word is waited for.
    over: bool,
    share: Option<Share>,
    stop_key: Option<StopKey>,
    _border: Option<Border>,
}

impl Customer {
    /// Looks at who asks; refuses who cannot prove it, and says no when there is nothing to show.
    /// `before` is what was shown here last.
    pub(super) fn asked(
        office: &dyn Office,
        asked: &Asked,
        before: Option<&Facts>,
    ) -> Result<(Facts, Self), EndReason> {
        let helper = identify(office, asked.conversation, asked.helper).ok_or(EndReason::NotGenuine)?;
        if helper.person != asked.by || !helper.role.is_staff() {
            return Err(EndReason::NotGenuine);
        }
        let controlled = PublicKey::from(office.device().verifying_key());
        let customer = identify(office, asked.conversation, controlled).ok_or(EndReason::NotGenuine)?;
        let display = office.display().ok_or(EndReason::NoScreen)?;
        if let Err(error) = opora_screen::open_screen(&display) {
            tracing::warn!(%error, "no screen can be shown");
            return Err(EndReason::NoScreen);
        }
        let now = office.clock().now();
        let before = before.filter(|before| asked.after == Some(before.id));
        // The desk says nothing of its own in the helper's name; what it is for has not changed.
        let reason = before.filter(|_| asked.reason.is_empty()).map_or(&asked.reason, |before| &before.reason);
        let (scopes, reason) = (asked.scopes.clone(), reason.clone());
        let former = || before.map(|before| before.helper.clone()).unwrap_or_default();
        let facts = Facts {
            after: asked.after.map(|_| former()),
            controlled: true,
            peer: Some(asked.helper),
            helper: helper.name,
            firm: helper.organisation,
            customer: customer.name,
            verified: true,
            ..Facts::requested(asked.session, asked.conversation, scopes, reason, now)
        };
        let claim = Claim { session: asked.session, controlled, helper: asked.helper };
        Ok((facts, Self { claim, watch: Watch::new(now), sharing: None }))
    }

    /// The card or the bar beats.
    pub(super) fn beat(&mut self, now: Timestamp) {
        self.watch.beat(now);
    }

    /// The person allowed something: opens the gate and begins to connect.
    pub(super) async fn allow(
        &mut self,
        office: &Arc<dyn Office>,
        turns: &mpsc::Sender<Turn>,
        facts: &mut Facts,
        allowed: Scopes,
    ) -> Result<Gate, (Option<EndReason>, UiError)> {
        let now = office.clock().now();
        if self.sharing.is_some() || facts.state != State::Requested {
            return Err((None, UiError::permanent(ErrorCode::SessionBusy, "it was answered")));
        }
        if !self.watch.is_armed(now) {
            return Err((None, UiError::temporary(ErrorCode::NotAllowed, "the card was not visible for long enough")));
        }
        let op = OpBody::AllowScreen { session: facts.id, scopes: allowed.clone() };
        office.execute(op).await.map_err(|error| (None, error))?;
        let sharing = self.open(office, turns, facts.id, &allowed, now).await;
        let sharing = sharing.map_err(|reason| {
            (Some(reason), UiError::permanent(ErrorCode::SessionLost, "no connection could be offered"))
        })?;
        facts.go_live(allowed, now);
        facts.stop_key = sharing.stop_key.is_some();
        let gate = sharing.gate.clone();
        self.sharing = Some(sharing);
        self.watch = Watch::new(now);
        office.shell(ShellRequest::OpenBar(facts.id));
        Ok(gate)
    }

    async fn open(
        &self,
        office: &Arc<dyn Office>,
        turns: &mpsc::Sender<Turn>,
        session: SessionId,
        allowed: &Scopes,
        now: Timestamp,
    ) -> Result<Sharing, EndReason> {
        let Claim { controlled, helper, .. } = self.claim;
        let (from, until) = (now, now + grant::LIFE);
        let nonce = office.rng().bytes();
        let grant = Grant { session, controlled, helper, scopes: allowed.clone(), from, until, nonce };
        let grant = Signed::new(&grant, &office.device());
        let gate = Gate::new(self.claim);
        let display = office.display().ok_or(EndReason::NoScreen)?;
        let mut wire = Wire::open(office, turns, session, helper, Role::Shares).await?;
        let stop_key = stop_key(&display, &gate, turns, session);
        let border = Border::show(&display, BORDER).inspect_err(|error| tracing::warn!(%error, "no frame")).ok();
        wire.offer(grant.clone()).await?;
        Ok(Sharing {
            office: office.clone(),
            display,
            gate,
            grant,
            paused: true, // until the bar has shown itself
            wire,
            up: false,
            over: false,
            share: None,
            stop_key,
            _border: border,
        })
    }

    /// A frame from the helper's device.
    pub(super) async fn signal(
        &mut self,
        facts: &mut Facts,
        body: SignalBody,
        now: Timestamp,
    ) -> Result<(), EndReason> {
        let Some(sharing) = &mut self.sharing else { return Ok(()) };
        match body {
            SignalBody::Answer { sdp, identity } => sharing.wire.accept(Description { sdp, identity }).await,
            SignalBody::Candidate { candidate } => {
                sharing.wire.link().candidate(&candidate).await;
                Ok(())
            }
            SignalBody::Bye => {
                sharing.gate.seal();
                sharing.over = true;
                drop(sharing.share.take());
                facts.part(now);
                Ok(())
            }
            SignalBody::Offer { .. } => Err(EndReason::NotGenuine),
        }
    }

    /// News of the connection.
    pub(super) fn media(&mut self, facts: &mut Facts, event: LinkEvent, now: Timestamp) -> Result<(), EndReason> {
        let Some(sharing) = &mut self.sharing else { return Ok(()) };
        if sharing.over {
            return Ok(());
        }
        if let Some(state) = sharing.wire.news(event)? {
            sharing.up |= state == LinkState::Up;
            facts.set_connected(state == LinkState::Up, now);
        }
        self.look(now).map_or(Ok(()), Err)
    }

    /// Looks at card or bar, and opens or closes the gate accordingly.
    pub(super) fn look(&mut self, now: Timestamp) -> Option<EndReason> {
        let verdict = self.watch.verdict(now);
        if verdict == Verdict::Gone {
            return Some(if self.sharing.is_some() { EndReason::BarLost } else { EndReason::NoAnswer });
        }
        let sharing = self.sharing.as_mut().filter(|sharing| !sharing.over)?;
        if let Some(reason) = sharing.ended() {
            return Some(reason);
        }
        if let Err(reason) = sharing.set_paused(verdict != Verdict::Alive) {
            return Some(reason);
        }
        if sharing.up && !sharing.paused && sharing.share.is_none() {
            return sharing.begin().err();
        }
        None
    }

    /// Clears up. The gate was closed before.
    pub(super) fn end(self) {
        if let Some(sharing) = self.sharing {
            sharing.gate.seal();
            drop(sharing.share);
            sharing.wire.close();
        }
    }
}

impl Sharing {
    /// Holds the gate while nobody could press *Stop*. Before the bar has shown itself for the first
    /// time the gate is not even open.
    fn set_paused(&mut self, paused: bool) -> Result<(), EndReason> {
        if paused == self.paused {
            return Ok(());
        }
        self.paused = paused;
        if let Some(share) = &self.share {
            share.pause(paused);
        }
        if paused {
            tracing::warn!("the bar is silent; sharing pauses");
            self.gate.hold();
            return Ok(());
        }
        self.gate.release();
        if self.share.is_none() {
            self.gate.admit(&self.grant).map_err(|error| {
                tracing::warn!(%error, "the grant was not admitted");
                EndReason::NotGenuine
            })?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), EndReason> {
        let no_screen = |error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "the screen cannot be shared");
            EndReason::NoScreen
        };
        let source = opora_screen::open_screen(&self.display).map_err(no_screen)?;
        let cursor =
            opora_screen::open_cursor(&self.display).inspect_err(|error| tracing::warn!(%error, "no pointer")).ok();
        let injector = opora_screen::open_injector(&self.display, self.gate.clone());
        let injector = injector.inspect_err(|error| tracing::warn!(%error, "no hands")).ok();
        let (clock, tasks) = (self.office.clock(), self.office.tasks());
        let parts = ShareParts {
            link: self.wire.link().clone(),
            gate: self.gate.clone(),
            source,
            cursor,
            injector,
            clock,
            tasks,
        };
        let share = Share::start(parts).ok_or(EndReason::ConnectionLost)?;
        share.protect(vec![std::process::id()]);
        self.share = Some(share);
        Ok(())
    }

    /// Why sharing has ended by itself.
    fn ended(&self) -> Option<EndReason> {
        let ended = *self.share.as_ref()?.ended().borrow();
        Some(match ended? {
            ShareEnd::Stopped => EndReason::StoppedByCustomer,
            ShareEnd::Refused(Refused::NotLive) => EndReason::TimeOver,
            ShareEnd::Refused(_) => EndReason::StoppedByCustomer,
            ShareEnd::Link(Down::NotGenuine) => EndReason::NotGenuine,
            ShareEnd::Link(_) => EndReason::ConnectionLost,
            ShareEnd::NoScreen(_) | ShareEnd::ScreenLost | ShareEnd::Codec => EndReason::NoScreen,
        })
    }
}

/// Takes the stop key. Pressing it closes the gate on the key's own thread; the rest is a turn.
fn stop_key(display: &str, gate: &Gate, turns: &mpsc::Sender<Turn>, session: SessionId) -> Option<StopKey> {
    let (gate, turns) = (gate.clone(), turns.clone());
    let pressed = move || {
        let _ = turns.try_send(Turn::Stop(session, EndReason::StoppedByCustomer));
        gate.seal();
    };
    StopKey::grab(display, pressed).inspect_err(|error| tracing::warn!(%error, "no stop key")).ok()
}
