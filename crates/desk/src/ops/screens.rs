//! Remote sessions (D19): the desk keeps who, when and how it ended. What is allowed at a moment is
//! decided by the controlled device alone.

use opora_domain::{
    ConversationId, PersonId, SessionId,
    contract::Channel,
    request::State as RequestState,
    role::Action,
    scope::Scopes,
    session::{EndReason, State},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
};

use super::{Doing, Done, at_most, moved};
use crate::{record::Screen, store::Tx};

/// The longest reason, in characters.
const MOST_REASON: usize = 500;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn ask_screen(
        &mut self,
        id: SessionId,
        conversation: ConversationId,
        scopes: Scopes,
        reason: String,
    ) -> Done {
        self.must(Action::Serve)?;
        let request = self.open_talk(conversation).await?;
        if !matches!(request.state, RequestState::Accepted { .. }) {
            return Err(moved(request.state).into());
        }
        at_most(&reason, MOST_REASON)?;
        let organisation = self.organisation_of_request(&request).await?;
        self.entitled(organisation, request.ask.line, Channel::Remote).await?;
        if scopes.is_empty() || self.tx.screen(id).await?.is_some() {
            return Err(RefusalCode::Invalid.into());
        }
        // One at a time; whoever asks again has lost the one before.
        for screen in self.tx.open_screens(conversation).await? {
            self.end_screen(screen, EndReason::ConnectionLost).await?;
        }
        let screen = Screen {
            id,
            conversation,
            helper: self.me(),
            helper_device: self.actor.device,
            customer: request.customer,
            controlled: None,
            scopes: scopes.clone(),
            state: State::Requested,
            asked_at: self.now,
        };
        self.tx.add_screen(&screen).await?;
        let helper = self.actor.device;
        let asked = EventBody::SessionAsked { session: id, helper, scopes, reason, after: None };
        self.append(Stream::Conversation(conversation), asked);
        Ok(OpResult::Done)
    }

    /// The session of the giver that would go along when the talk passes.
    pub(super) async fn at_the_screen(
        &mut self,
        conversation: ConversationId,
        giver: PersonId,
    ) -> Done<Option<Screen>> {
        let mut open = self.tx.open_screens(conversation).await?.into_iter();
        Ok(open.find(|screen| screen.state.goes_along(screen.helper, giver)))
    }

    /// The receiver of a talk goes on where the giver was: that session ends, and the customer is asked for
    /// the next, for no more than was allowed. What was begun rightly is finished: no contract is asked for.
    pub(super) async fn go_on(&mut self, from: Screen, id: SessionId) -> Done {
        if self.tx.screen(id).await?.is_some() {
            return Err(RefusalCode::Invalid.into());
        }
        let (conversation, after) = (from.conversation, Some(from.id));
        let (helper, helper_device, scopes) = (self.me(), self.actor.device, from.scopes.clone());
        let next = Screen { id, helper, helper_device, controlled: None, ..from.clone() };
        self.end_screen(from, EndReason::HandedOver).await?;
        self.tx.add_screen(&Screen { state: State::Requested, asked_at: self.now, ..next }).await?;
        let reason = String::new();
        let asked =
            EventBody::SessionAsked { session: id, helper: helper_device, scopes: scopes.clone(), reason, after };
        self.append(Stream::Conversation(conversation), asked);
        Ok(OpResult::GoesOn { session: id, scopes })
    }

    pub(super) async fn allow_screen(&mut self, id: SessionId, scopes: Scopes) -> Done {
        let mut screen = self.tx.screen(id).await?.ok_or(RefusalCode::NotFound)?;
        if screen.customer != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !screen.state.may_become(State::Live) {
            return Err(RefusalCode::Closed.into());
        }
        if scopes.is_empty() || !scopes.is_subset(&screen.scopes) {
            return Err(RefusalCode::Invalid.into());
        }
        (screen.state, screen.scopes, screen.controlled) = (State::Live, scopes, Some(self.actor.device));
        if !self.tx.move_screen(&screen, State::Requested).await? {
            return Err(RefusalCode::Closed.into());
        }
        self.append(Stream::Conversation(screen.conversation), session_moved(&screen, None));
        Ok(OpResult::Done)
    }

    pub(super) async fn end_session(&mut self, id: SessionId, reason: EndReason) -> Done {
        let screen = self.tx.screen(id).await?.ok_or(RefusalCode::NotFound)?;
        if ![screen.helper, screen.customer].contains(&self.me()) {
            return Err(RefusalCode::NotAllowed.into());
        }
        self.end_screen(screen, reason).await?;
        Ok(OpResult::Done)
    }

    /// Ends a session; one that is over stays as it ended.
    pub(super) async fn end_screen(&mut self, mut screen: Screen, reason: EndReason) -> Done<()> {
        let from = screen.state;
        if !from.may_become(State::Ended) {
            return Ok(());
        }
        screen.state = State::Ended;
        if self.tx.move_screen(&screen, from).await? {
            self.append(Stream::Conversation(screen.conversation), session_moved(&screen, Some(reason)));
        }
        Ok(())
    }
}

/// The event of a session that moved.
pub(crate) fn session_moved(screen: &Screen, reason: Option<EndReason>) -> EventBody {
    EventBody::SessionMoved {
        session: screen.id,
        state: screen.state,
        scopes: screen.scopes.clone(),
        controlled: screen.controlled,
        reason,
    }
}
