//! The helper's end: asks, proves who it is, shows the picture, sends what the hands do.

use std::sync::Arc;

use opora_domain::{
    ConversationId, PublicKey, SessionId, Timestamp,
    grant::{Claim, Grant},
    scope::Scopes,
    session::{EndReason, State},
    signed::Signed,
};
use opora_ipc::{session::AskScreen, shell::ShellRequest};
use opora_media::{
    identity::Role,
    link::{Description, LinkEvent, LinkState},
    view::View,
};
use opora_wire::{OpBody, signal::SignalBody};
use tokio::sync::mpsc;

use super::{Turn, office::Office, peer::identify, screen::Screen, state::Facts, wire::Wire};

/// This end.
pub(super) struct Helper {
    office: Arc<dyn Office>,
    wire: Option<Wire>,
    screen: Option<Arc<Screen>>,
}

impl Helper {
    /// Prepares to ask; the operation says it to the desk.
    pub(super) fn ask(office: Arc<dyn Office>, ask: AskScreen) -> (Facts, Self, OpBody) {
        let now = office.clock().now();
        let id = SessionId(office.rng().uuid_v7(now));
        let scopes: Scopes = ask.scopes.into_iter().collect();
        let reason = match ask.reason.trim() {
            "" => office.subject(ask.conversation),
            reason => reason.to_owned(),
        };
        let asks = Facts::requested(id, ask.conversation, scopes.clone(), reason.clone(), now);
        let facts = introduced(office.as_ref(), asks);
        let op = OpBody::AskScreen { session: id, conversation: ask.conversation, scopes, reason };
        (facts, Self { office, wire: None, screen: None }, op)
    }

    /// The desk has asked the customer to go on with this device; the talk is known here.
    pub(super) fn goes_on(
        office: Arc<dyn Office>,
        id: SessionId,
        conversation: ConversationId,
        scopes: Scopes,
    ) -> (Facts, Self) {
        let now = office.clock().now();
        let asks = Facts::requested(id, conversation, scopes, office.subject(conversation), now);
        let asks = Facts { after: Some(String::new()), ..asks };
        (introduced(office.as_ref(), asks), Self { office, wire: None, screen: None })
    }

    /// The customer's device offers a connection: everything about it is proved before it is answered.
    pub(super) async fn offered(
        &mut self,
        turns: &mpsc::Sender<Turn>,
        facts: &mut Facts,
        device: PublicKey,
        offer: Description,
        grant: &Signed,
    ) -> Result<(), EndReason> {
        if self.wire.is_some() {
            return Err(EndReason::NotGenuine);
        }
        let customer = identify(self.office.as_ref(), facts.conversation, device).ok_or(EndReason::NotGenuine)?;
        let own = PublicKey::from(self.office.device().verifying_key());
        let claim = Claim { session: facts.id, controlled: device, helper: own };
        let grant = Grant::open(grant, &claim).map_err(|error| {
            tracing::warn!(%error, "the grant was refused");
            EndReason::NotGenuine
        })?;
        facts.peer = Some(device);
        facts.customer = customer.name;
        facts.verified = true;
        let now = self.office.clock().now();
        if facts.state == State::Requested {
            facts.go_live(grant.scopes.clone(), now);
        }
        facts.allowed = grant.scopes;
        let mut wire = Wire::open(&self.office, turns, facts.id, device, Role::Views).await?;
        wire.answer(offer).await?;
        self.wire = Some(wire);
        self.office.shell(ShellRequest::OpenViewer(facts.id));
        Ok(())
    }

    /// A frame from the customer's device.
    pub(super) async fn signal(
        &mut self,
        facts: &mut Facts,
        body: SignalBody,
        now: Timestamp,
    ) -> Result<(), EndReason> {
        match (body, &self.wire) {
            (SignalBody::Candidate { candidate }, Some(wire)) => {
                wire.link().candidate(&candidate).await;
                Ok(())
            }
            (SignalBody::Bye, _) => {
                self.screen = None;
                facts.part(now);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// News of the connection.
    pub(super) fn media(&mut self, facts: &mut Facts, event: LinkEvent, now: Timestamp) -> Result<(), EndReason> {
        let Some(wire) = self.wire.as_mut().filter(|_| facts.parted.is_none()) else { return Ok(()) };
        let state = match wire.news(event) {
            Ok(Some(state)) => state,
            Ok(None) => return Ok(()),
            // The customer's *Stop* closes the connection too, and that is here before the log says
            // why it is over. A lost connection is told when the time to connect has run out.
            Err(EndReason::ConnectionLost) if facts.connected => {
                self.screen = None;
                facts.set_connected(false, now);
                return Ok(());
            }
            Err(reason) => return Err(reason),
        };
        facts.set_connected(state == LinkState::Up, now);
        if state == LinkState::Up && self.screen.is_none() {
            let view = View::start(wire.link().clone(), &self.office.tasks()).ok_or(EndReason::ConnectionLost)?;
            self.screen = Some(Screen::open(self.office.clone(), facts.id, view));
        }
        Ok(())
    }

    /// The picture, once there is one.
    #[must_use]
    pub(super) fn screen(&self) -> Option<Arc<Screen>> {
        self.screen.clone()
    }

    /// Clears up.
    pub(super) fn end(self) {
        drop(self.screen);
        if let Some(wire) = self.wire {
            wire.close();
        }
    }
}

/// With one's own name and firm, as the customer's card will show them.
fn introduced(office: &dyn Office, asks: Facts) -> Facts {
    let own = identify(office, asks.conversation, office.device().verifying_key().into());
    let (helper, firm) = own.map(|own| (own.name, own.organisation)).unwrap_or_default();
    Facts { helper, firm, ..asks }
}
