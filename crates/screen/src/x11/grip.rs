//! What the helper holds down, and whether the person's own hand has taken it away. Shared between
//! who injects and who listens for that hand; the lock is held over an injection, so that nothing is
//! pressed between the release and the rest.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use opora_domain::scope::Scope;
use x11rb::{
    errors::ReplyError,
    protocol::{xproto::ConnectionExt as _, xtest::ConnectionExt as _},
};

use super::display::Display;
use crate::own_hand::OwnHand;

const KEY_RELEASE: u8 = 3;
const BUTTON_RELEASE: u8 = 5;

#[derive(Default)]
pub(super) struct Grip {
    pub(super) keys: BTreeSet<u8>,
    pub(super) buttons: BTreeSet<u8>,
    pub(super) own_hand: OwnHand,
    /// Told each time the rest is over.
    pub(super) rest_over: Option<Arc<dyn Fn() + Send + Sync>>,
}

pub(super) type SharedGrip = Arc<Mutex<Grip>>;

pub(super) fn locked(grip: &SharedGrip) -> MutexGuard<'_, Grip> {
    grip.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Grip {
    /// Lets go of what is held. A display that is gone holds nothing, so errors need no answer.
    pub(super) fn release(&mut self, display: &Display, scope: Scope) {
        let (held, release) = match scope {
            Scope::Pointer => (std::mem::take(&mut self.buttons), BUTTON_RELEASE),
            _ => (std::mem::take(&mut self.keys), KEY_RELEASE),
        };
        if held.is_empty() {
            return;
        }
        for detail in held {
            drop(display.conn.xtest_fake_input(release, detail, 0, display.root, 0, 0, 0));
        }
        drop(settle(display));
    }

    /// The person's own hand has come in: everything is let go of and rests.
    pub(super) fn yield_to_own_hand(&mut self, display: &Display, now: Instant) {
        self.own_hand.note(now);
        self.release(display, Scope::Pointer);
        self.release(display, Scope::Keyboard);
    }
}

/// Waits until the server has done everything that was sent.
pub(super) fn settle(display: &Display) -> Result<(), ReplyError> {
    display.conn.get_input_focus()?.reply()?;
    Ok(())
}
