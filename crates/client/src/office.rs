//! What remote sessions need, given by the core; and what the log tells sessions.

use std::sync::{Arc, Weak};

use ed25519_dalek::SigningKey;
use opora_domain::{
    ConversationId, OpId, PersonId, PublicKey,
    certificate::Certificate,
    role::Role,
    session::{ASK_LIFE, State as SessionState},
};
use opora_ipc::{CoreEvent, UiError, shell::ShellRequest};
use opora_runtime::{Clock, Rng, Tasks};
use opora_wire::{Event, EventBody, OpBody, OpResult, Stream, ToDesk, hello::IceServer, signal::Signal};

use crate::{
    core::Core,
    link::Request,
    outbox::no_account,
    session::{
        Asked, Moved,
        office::{BoxFuture, Office},
    },
    world::{Changes, Session, first_words},
};

/// The core as sessions see it. It does not keep the core alive.
pub(crate) struct CoreOffice {
    core: Weak<Core>,
    device: SigningKey,
    display: Option<String>,
    loopback: bool,
    clock: Clock,
    rng: Rng,
    tasks: Tasks,
}

impl CoreOffice {
    /// The office of a core.
    pub(crate) fn of(core: &Arc<Core>) -> Arc<Self> {
        Arc::new(Self {
            core: Arc::downgrade(core),
            device: core.keys.device().clone(),
            display: core.options.display.clone(),
            loopback: core.options.loopback,
            clock: core.clock().clone(),
            rng: core.rng().clone(),
            tasks: Tasks::clone(&core.tasks),
        })
    }
}

impl Office for CoreOffice {
    fn execute(&self, body: OpBody) -> BoxFuture<Result<OpResult, UiError>> {
        let core = self.core.clone();
        Box::pin(async move { core.upgrade().ok_or_else(no_account)?.execute(body).await })
    }

    fn until_inside(&self, conversation: ConversationId) -> BoxFuture<()> {
        let core = self.core.clone();
        Box::pin(async move {
            if let Some(core) = core.upgrade() {
                core.until_known(|world| world.is_inside(conversation)).await;
            }
        })
    }

    fn later(&self, body: OpBody) {
        let OpBody::EndSession { session, .. } = &body else { return };
        let lane = format!("session:{session}");
        let op = OpId(self.rng.uuid_v7(self.clock.now()));
        let row = crate::commands::op_row(op, lane, "end_session", &body, &[]);
        let core = self.core.clone();
        self.tasks.spawn("end session", move |_| async move {
            let Some(core) = core.upgrade() else { return };
            if let Err(error) = core.enqueue(&[row]).await {
                tracing::error!(%error, "the end of a session could not be kept");
            }
        });
    }

    fn signal(&self, signal: Signal) {
        let Some(requests) = self.core.upgrade().and_then(|core| core.state().requests.clone()) else { return };
        // Order matters, and a full line means that there is no connection worth waiting for.
        if requests.try_send(Request::Tell(ToDesk::Signal(signal))).is_err() {
            tracing::warn!("a signal was lost: too much waits for the link");
        }
    }

    fn device(&self) -> SigningKey {
        self.device.clone()
    }

    fn organisation_key(&self) -> Option<PublicKey> {
        let core = self.core.upgrade()?;
        let state = core.state();
        state.account.as_ref().map(|(_, account)| account.organisation_key)
    }

    fn me(&self) -> Option<(PersonId, Role)> {
        let core = self.core.upgrade()?;
        let state = core.state();
        state.account.as_ref().map(|(_, account)| (account.person, account.role))
    }

    fn device_in(&self, conversation: ConversationId, device: PublicKey) -> Option<Certificate> {
        let core = self.core.upgrade()?;
        let state = core.state();
        let world = state.world.as_ref()?;
        // Whatever the desk says of it now: it was revoked once.
        if world.devices.revoked.contains(&device) {
            return None;
        }
        let talk = world.conversations.get(&conversation)?;
        let mut devices = talk.members.values().filter(|member| !member.left).flat_map(|member| &member.devices);
        devices.find(|one| one.key == device).map(|one| one.certificate.clone())
    }

    fn subject(&self, conversation: ConversationId) -> String {
        let ask = self.core.upgrade().and_then(|core| {
            let state = core.state();
            state.world.as_ref()?.conversations.get(&conversation)?.ask.clone()
        });
        ask.map(|ask| first_words(&ask.description)).unwrap_or_default()
    }

    fn ice(&self) -> Vec<IceServer> {
        let ready = self.core.upgrade().and_then(|core| core.status.borrow().ready().cloned());
        ready.map(|ready| ready.ice.clone()).unwrap_or_default()
    }

    fn display(&self) -> Option<String> {
        self.display.clone()
    }

    fn loopback(&self) -> bool {
        self.loopback
    }

    fn emit(&self, event: CoreEvent) {
        if let Some(core) = self.core.upgrade() {
            core.emit(event);
        }
    }

    fn shell(&self, request: ShellRequest) {
        if let Some(core) = self.core.upgrade() {
            core.ask_shell(request);
        }
    }

    fn rev(&self) -> u64 {
        self.core.upgrade().map_or(0, |core| core.rev())
    }

    fn clock(&self) -> Clock {
        self.clock.clone()
    }

    fn rng(&self) -> Rng {
        self.rng.clone()
    }

    fn tasks(&self) -> Tasks {
        self.tasks.clone()
    }
}

impl Core {
    /// Passes a frame of another device on.
    pub(crate) fn take_signal(&self, signal: Signal) {
        if let Some(sessions) = self.sessions.get() {
            sessions.signal(signal);
        }
    }

    /// Tells sessions what the log said just now. While catching up only the last state of a session
    /// matters, which [`Core::route_open_sessions`] tells at its end; that one is over is told always.
    pub(crate) fn route_sessions(&self, changes: &Changes, live: bool) {
        for event in &changes.sessions {
            if live || matches!(event.body, EventBody::SessionMoved { state: SessionState::Ended, .. }) {
                self.route_session(event);
            }
        }
    }

    /// Tells sessions where they are after we were away: asked for, if it can still be answered, or
    /// allowed meanwhile.
    pub(crate) fn route_open_sessions(&self) {
        let now = self.clock().now();
        let told = |session: &&Session| match session.state {
            SessionState::Requested => now - session.asked.at < ASK_LIFE,
            SessionState::Live => true,
            SessionState::Ended => false,
        };
        let last: Vec<Event> = {
            let state = self.state();
            let open = state.world.iter().flat_map(|world| world.open_sessions());
            open.filter(told).map(|session| session.last.clone()).collect()
        };
        for event in &last {
            self.route_session(event);
        }
    }

    fn route_session(&self, event: &Event) {
        let Some(sessions) = self.sessions.get() else { return };
        let (Stream::Conversation(conversation), Some(by)) = (event.stream, event.by.or(self.me())) else { return };
        match &event.body {
            // Everybody in the talk reads it; only whose screen it is about is asked.
            EventBody::SessionAsked { session, helper, scopes, reason, after } if self.asks_here(conversation) => {
                sessions.asked(Asked {
                    after: *after,
                    session: *session,
                    conversation,
                    by,
                    helper: *helper,
                    scopes: scopes.clone(),
                    reason: reason.clone(),
                });
            }
            EventBody::SessionMoved { session, state, scopes, controlled, reason } => sessions.moved(Moved {
                session: *session,
                state: *state,
                scopes: scopes.clone(),
                controlled: *controlled,
                reason: *reason,
            }),
            _ => {}
        }
    }

    /// Whether the question of a talk is one's own.
    fn asks_here(&self, conversation: ConversationId) -> bool {
        let state = self.state();
        let world = state.world.as_ref();
        world.is_some_and(|world| {
            world.conversations.get(&conversation).and_then(|talk| talk.customer) == Some(world.me)
        })
    }

    fn me(&self) -> Option<PersonId> {
        self.state().account.as_ref().map(|(_, account)| account.person)
    }
}
