//! One session's facts, and the view of them.

use opora_domain::{
    ConversationId, PublicKey, SessionId, Span, Timestamp, grant,
    scope::{Scope, Scopes, preselected},
    session::{ASK_LIFE, EndReason, State},
};
use opora_ipc::session::SessionView;

/// The facts of the session that is open in this program; there is one at a time.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// Which.
    pub id: SessionId,
    /// In which talk.
    pub conversation: ConversationId,
    /// This is the customer's side.
    pub controlled: bool,
    /// The other device; not known to the helper before the customer answered.
    pub peer: Option<PublicKey>,
    /// Where it is.
    pub state: State,
    /// The helper's name.
    pub helper: String,
    /// The firm.
    pub firm: String,
    /// The customer's name.
    pub customer: String,
    /// The peer's certificate was verified.
    pub verified: bool,
    /// Why, in the helper's words.
    pub reason: String,
    /// It goes on from another helper's session: whose, as far as it is known here.
    pub after: Option<String>,
    /// Asked for.
    pub asked: Scopes,
    /// Allowed.
    pub allowed: Scopes,
    /// Asked at.
    pub asked_at: Timestamp,
    /// Live since.
    pub live_at: Option<Timestamp>,
    /// Pictures can flow.
    pub connected: bool,
    /// Not connected since.
    pub waiting_since: Timestamp,
    /// The other device has said that it is gone; the log will say why.
    pub parted: Option<Timestamp>,
    /// How it ended.
    pub ended: Option<EndReason>,
    /// The stop key works.
    pub stop_key: bool,
}

/// The log says why a session ended; without a network it does not, and nobody waits for long.
const PART: Span = Span::seconds(2);
/// A session without a connection for this long is over.
const CONNECT: Span = Span::seconds(30);

impl Facts {
    /// A session that somebody has just asked for; nothing is known of the other end yet.
    pub(super) fn requested(
        id: SessionId,
        conversation: ConversationId,
        asked: Scopes,
        reason: String,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            conversation,
            controlled: false,
            peer: None,
            state: State::Requested,
            helper: String::new(),
            firm: String::new(),
            customer: String::new(),
            verified: false,
            reason,
            after: None,
            asked,
            allowed: Scopes::new(),
            asked_at: now,
            live_at: None,
            connected: false,
            waiting_since: now,
            parted: None,
            ended: None,
            stop_key: true,
        }
    }

    /// What time alone makes of it.
    #[must_use]
    pub(super) fn timed_out(&self, now: Timestamp) -> Option<EndReason> {
        if self.parted.is_some_and(|parted| now - parted >= PART) {
            let (by_helper, by_customer) = (EndReason::FinishedByHelper, EndReason::StoppedByCustomer);
            return Some(if self.controlled { by_helper } else { by_customer });
        }
        match (self.state, self.live_at) {
            (State::Requested, _) if now - self.asked_at >= ASK_LIFE => Some(EndReason::NoAnswer),
            (State::Live, Some(since)) if now - since >= grant::LIFE => Some(EndReason::TimeOver),
            (State::Live, _) if !self.connected && now - self.waiting_since >= CONNECT => {
                Some(EndReason::ConnectionLost)
            }
            _ => None,
        }
    }

    /// The customer allowed something.
    pub(super) fn go_live(&mut self, allowed: Scopes, now: Timestamp) {
        self.state = State::Live;
        self.allowed = allowed;
        self.live_at = Some(now);
        self.waiting_since = now;
    }

    /// The connection is there or gone.
    pub(super) fn set_connected(&mut self, connected: bool, now: Timestamp) {
        if self.connected && !connected {
            self.waiting_since = now;
        }
        self.connected = connected;
    }

    /// The other device is gone.
    pub(super) fn part(&mut self, now: Timestamp) {
        self.set_connected(false, now);
        self.parted.get_or_insert(now);
    }

    /// It is over.
    pub(super) fn end(&mut self, reason: EndReason) {
        self.state = State::Ended;
        self.connected = false;
        self.ended = Some(reason);
    }

    /// For the screen.
    #[must_use]
    pub(super) fn view(&self, rev: u64, now: Timestamp) -> SessionView {
        let live = self.live_at.map_or(Span::ZERO, |since| now - since);
        let left = self.live_at.map_or(grant::LIFE, |since| since + grant::LIFE - now);
        SessionView {
            rev,
            id: self.id,
            conversation: self.conversation,
            state: self.state,
            connected: self.connected,
            controlled: self.controlled,
            helper: self.helper.clone(),
            firm: self.firm.clone(),
            customer: self.customer.clone(),
            verified: self.verified,
            reason: self.reason.clone(),
            after: self.after.clone(),
            asked: list(&self.asked),
            preselected: list(&preselected(&self.asked)),
            allowed: list(&self.allowed),
            live_ms: live.as_millis(),
            left_ms: left.as_millis().max(0),
            ended: self.ended,
            stop_key: self.stop_key,
        }
    }
}

/// What was allowed of what was asked for. Hands without eyes make no sense: who refuses to be
/// seen has refused everything.
#[must_use]
pub(super) fn allowed_of(asked: &Scopes, chosen: &[Scope]) -> Scopes {
    let allowed: Scopes = chosen.iter().copied().filter(|scope| asked.contains(scope)).collect();
    if allowed.contains(&Scope::View) { allowed } else { Scopes::new() }
}

fn list(scopes: &Scopes) -> Vec<Scope> {
    scopes.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_beyond_what_was_asked_can_be_allowed() {
        let asked: Scopes = [Scope::View, Scope::Pointer].into();
        let chosen = [Scope::View, Scope::Pointer, Scope::Keyboard];
        assert_eq!(allowed_of(&asked, &chosen), [Scope::View, Scope::Pointer].into());
        assert_eq!(allowed_of(&asked, &[Scope::Pointer]), Scopes::new(), "hands, but no eyes");
        assert_eq!(allowed_of(&asked, &[]), Scopes::new());
    }
}
