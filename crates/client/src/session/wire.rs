//! Between the media link of a session and the desk that carries its signalling.

use std::sync::Arc;

use opora_domain::{PublicKey, SessionId, session::EndReason, signed::Signed};
use opora_media::{
    identity::Role,
    link::{Description, Down, Link, LinkConfig, LinkError, LinkEvent, LinkState},
    transport::{Bind, IceServer, Network},
};
use opora_wire::signal::{Signal, SignalBody};
use tokio::sync::mpsc;

use super::{Turn, office::Office};

/// A link, and the way to the device at its other end.
pub(super) struct Wire {
    office: Arc<dyn Office>,
    session: SessionId,
    peer: PublicKey,
    link: Arc<Link>,
    sent: u32,
}

impl Wire {
    /// Opens this end; its news come as [`Turn::Media`].
    ///
    /// # Errors
    /// [`EndReason::ConnectionLost`] when no socket can be opened.
    pub(super) async fn open(
        office: &Arc<dyn Office>,
        turns: &mpsc::Sender<Turn>,
        session: SessionId,
        peer: PublicKey,
        role: Role,
    ) -> Result<Self, EndReason> {
        let config = LinkConfig {
            session,
            role,
            key: office.device(),
            peer,
            network: network(office.as_ref()),
            clock: office.clock(),
            rng: office.rng(),
            tasks: office.tasks(),
        };
        let (link, events) = Link::open(config).await.map_err(end_reason)?;
        forward(office.as_ref(), turns, session, events);
        Ok(Self { office: office.clone(), session, peer, link, sent: 0 })
    }

    /// The link itself.
    #[must_use]
    pub(super) fn link(&self) -> &Arc<Link> {
        &self.link
    }

    /// Offers the connection, with what was allowed.
    ///
    /// # Errors
    /// Why the session is over.
    pub(super) async fn offer(&mut self, grant: Signed) -> Result<(), EndReason> {
        let Description { sdp, identity } = self.link.offer().await.map_err(end_reason)?;
        self.signal(SignalBody::Offer { sdp, identity, grant });
        Ok(())
    }

    /// Answers an offer.
    ///
    /// # Errors
    /// Why the session is over.
    pub(super) async fn answer(&mut self, offer: Description) -> Result<(), EndReason> {
        let Description { sdp, identity } = self.link.answer(&offer).await.map_err(end_reason)?;
        self.signal(SignalBody::Answer { sdp, identity });
        Ok(())
    }

    /// Takes an answer in.
    ///
    /// # Errors
    /// Why the session is over.
    pub(super) async fn accept(&self, answer: Description) -> Result<(), EndReason> {
        self.link.accept(&answer).await.map_err(end_reason)
    }

    /// News of the link: passes candidates on, and says where it stands.
    ///
    /// # Errors
    /// Why the session is over.
    pub(super) fn news(&mut self, event: LinkEvent) -> Result<Option<LinkState>, EndReason> {
        match event {
            LinkEvent::Candidate(candidate) => {
                self.signal(SignalBody::Candidate { candidate });
                Ok(None)
            }
            LinkEvent::State(LinkState::Down(Down::NotGenuine)) => Err(EndReason::NotGenuine),
            // This end has closed it, and whoever did so knows why.
            LinkEvent::State(LinkState::Down(Down::Closed)) => Ok(None),
            LinkEvent::State(LinkState::Down(Down::Lost)) => Err(EndReason::ConnectionLost),
            LinkEvent::State(state) => Ok(Some(state)),
        }
    }

    /// Ends it and tells the other device.
    pub(super) fn close(mut self) {
        self.signal(SignalBody::Bye);
        self.link.close();
    }

    fn signal(&mut self, body: SignalBody) {
        let n = self.sent;
        self.sent += 1;
        self.office.signal(Signal { session: self.session, device: self.peer, n, body });
    }
}

/// Whose fault a failed step is.
fn end_reason(error: LinkError) -> EndReason {
    tracing::warn!(%error, "the connection of a session failed");
    match error {
        LinkError::Transport(_) => EndReason::ConnectionLost,
        LinkError::Identity(_) | LinkError::Sdp(_) | LinkError::OutOfTurn => EndReason::NotGenuine,
    }
}

fn network(office: &dyn Office) -> Network {
    let ice = office.ice().into_iter().map(|server| IceServer {
        urls: server.urls,
        username: server.username,
        credential: server.credential,
    });
    let bind = if office.loopback() { Bind::EverywhereAndLoopback } else { Bind::Everywhere };
    Network { ice: ice.collect(), bind, relay_only: false }
}

fn forward(office: &dyn Office, turns: &mpsc::Sender<Turn>, session: SessionId, mut events: mpsc::Receiver<LinkEvent>) {
    let turns = turns.clone();
    office.tasks().spawn("session-news", move |stop| async move {
        loop {
            let event = tokio::select! {
                biased;
                () = stop.cancelled() => return,
                event = events.recv() => event,
            };
            let Some(event) = event else { return };
            if turns.send(Turn::Media(session, event)).await.is_err() {
                return;
            }
        }
    });
}
