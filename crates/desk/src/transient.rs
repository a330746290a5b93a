//! What is passed on and never kept: typing and signals (D19). Nothing of it is logged.

use opora_domain::{ConversationId, PersonId, session::State};
use opora_wire::{
    ToClient,
    signal::{Signal, SignalBody},
};

use crate::{
    desk::{Desk, DeskError},
    record::{Actor, Screen},
    store::Store,
};

impl<S: Store> Desk<S> {
    /// Tells the other members of a conversation that somebody writes. A stranger is not heard.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn typing(&self, actor: &Actor, conversation: ConversationId) -> Result<(), DeskError> {
        let me = actor.person.id;
        let members = self.inner.store.members(conversation).await?;
        if members.contains(&me) {
            let others: Vec<PersonId> = members.into_iter().filter(|member| *member != me).collect();
            for (device, person) in self.inner.presence.devices(self.now()) {
                if others.contains(&person) {
                    self.send(device, ToClient::Typing { conversation, person: me });
                }
            }
        }
        Ok(())
    }

    /// Passes a signal on to the other device of a session; the receiver reads who sent it. What is
    /// not between the two parties is dropped.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn signal(&self, actor: &Actor, signal: Signal) -> Result<(), DeskError> {
        let Some(screen) = self.inner.store.screen(signal.session).await? else { return Ok(()) };
        let to = signal.device;
        let to_person = self.inner.presence.devices(self.now()).get(&to).copied();
        if screen.state != State::Ended || signal.body == SignalBody::Bye {
            let from_helper = actor.device == screen.helper_device && customer_side(&screen, to, to_person);
            let to_helper = to == screen.helper_device && customer_side(&screen, actor.device, Some(actor.person.id));
            if from_helper || to_helper {
                self.send(to, ToClient::Signal(Signal { device: actor.device, ..signal }));
            }
        }
        Ok(())
    }
}

/// The device that allowed it; before that, any of the customer's.
fn customer_side(screen: &Screen, device: opora_domain::PublicKey, person: Option<PersonId>) -> bool {
    match screen.controlled {
        Some(controlled) => controlled == device,
        None => person == Some(screen.customer),
    }
}
