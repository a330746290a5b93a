//! The gate between a helper and this machine (D6).
//!
//! States: closed (no grant, or revoked) → open (one live grant) → closed. Capture and injection
//! ask the gate next to the system call and hold the [`Pass`] while the call runs. [`Gate::revoke`]
//! waits for passes that are out, so when it has returned no pixel is read and no event is injected
//! any more: order, not timing. A new consent makes a new grant and replaces the old one.
//!
//! An open gate can be held for a moment ([`Gate::hold`]): whoever asks then waits, and nothing
//! passes, until it is released or closed.

use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard};

use opora_domain::{
    Timestamp,
    grant::{Claim, Grant, Refused},
    scope::{Scope, Scopes},
    signed::Signed,
};

type OnRevoke = Box<dyn Fn() + Send + Sync>;

/// Holds at most one live grant. Clones share it.
#[derive(Clone)]
pub struct Gate {
    inner: Arc<Inner>,
}

struct Inner {
    claim: Claim,
    state: RwLock<State>,
    watchers: Mutex<Vec<OnRevoke>>,
    waiting: Mutex<()>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    grant: Option<Grant>,
    revocations: u64,
    sealed: bool,
    held: bool,
}

/// Permission for one system call. While it lives, revocation waits; keep it short, and never ask
/// the gate for another one while holding it.
#[must_use]
pub struct Pass<'a> {
    state: RwLockReadGuard<'a, State>,
}

impl Pass<'_> {
    /// How often the gate had been revoked when this pass was given.
    #[must_use]
    pub fn revocations(&self) -> u64 {
        self.state.revocations
    }
}

impl Gate {
    /// A closed gate for one session, this device and one helper.
    #[must_use]
    pub fn new(claim: Claim) -> Self {
        Self {
            inner: Arc::new(Inner {
                claim,
                state: RwLock::default(),
                watchers: Mutex::default(),
                waiting: Mutex::default(),
                moved: Condvar::new(),
            }),
        }
    }

    /// Opens the gate with a grant, which it reads and verifies itself. An earlier grant is
    /// replaced: what it allowed and the new one does not is refused from now on.
    ///
    /// # Errors
    /// [`Refused`] when the grant is not genuine, foreign or too long; the gate stays as it was.
    pub fn admit(&self, signed: &Signed) -> Result<Grant, Refused> {
        let grant = Grant::open(signed, &self.inner.claim)?;
        let mut state = self.inner.state.write().unwrap_or_else(PoisonError::into_inner);
        if state.sealed {
            return Err(Refused::None);
        }
        state.grant = Some(grant.clone());
        Ok(grant)
    }

    /// Closes the gate. Returns the number of this revocation after every pass that was out has
    /// come back. Then tells those who asked by [`Gate::on_revoke`].
    pub fn revoke(&self) -> u64 {
        self.close(false)
    }

    /// Closes the gate for good: a stop that nothing can race, not even a pause that ends now.
    pub fn seal(&self) -> u64 {
        self.close(true)
    }

    /// Lets nothing through for now; whoever asks waits. When this has returned, no pass is out.
    pub fn hold(&self) {
        self.inner.state.write().unwrap_or_else(PoisonError::into_inner).held = true;
    }

    /// Ends [`Gate::hold`].
    pub fn release(&self) {
        self.inner.state.write().unwrap_or_else(PoisonError::into_inner).held = false;
        self.wake();
    }

    fn wake(&self) {
        drop(self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        self.inner.moved.notify_all();
    }

    fn close(&self, for_good: bool) -> u64 {
        let number = {
            let mut state = self.inner.state.write().unwrap_or_else(PoisonError::into_inner);
            state.grant = None;
            state.sealed |= for_good;
            state.revocations += 1;
            state.revocations
        };
        self.wake();
        for told in self.inner.watchers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            told();
        }
        number
    }

    /// Lets one system call of `scope` through. Waits while the gate is held: for threads of their
    /// own, never for a task.
    ///
    /// # Errors
    /// [`Refused::None`] when the gate is closed, else what [`Grant::allows`] says.
    pub fn check(&self, scope: Scope, now: Timestamp) -> Result<Pass<'_>, Refused> {
        let state = self.passable();
        state.grant.as_ref().ok_or(Refused::None)?.allows(scope, now)?;
        Ok(Pass { state })
    }

    /// The state once it is not held, or closed.
    fn passable(&self) -> RwLockReadGuard<'_, State> {
        let mut waiting = self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let state = self.inner.state.read().unwrap_or_else(PoisonError::into_inner);
            if !state.held || state.grant.is_none() {
                return state;
            }
            drop(state);
            waiting = self.inner.moved.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Calls `told` after each revocation, on the revoking thread. It must only wake somebody.
    pub fn on_revoke(&self, told: impl Fn() + Send + Sync + 'static) {
        self.inner.watchers.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(told));
    }

    /// The scopes of the grant in force, none when closed. For showing; it permits nothing.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        let state = self.inner.state.read().unwrap_or_else(PoisonError::into_inner);
        state.grant.as_ref().map(|grant| grant.scopes.clone()).unwrap_or_default()
    }

    /// When the grant in force ends.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        let state = self.inner.state.read().unwrap_or_else(PoisonError::into_inner);
        state.grant.as_ref().map(|grant| grant.until)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

    use ed25519_dalek::SigningKey;
    use opora_domain::{SessionId, Span, scope};
    use uuid::Uuid;

    use super::*;

    const NOON: Timestamp = Timestamp(1_000_000);

    fn anna() -> SigningKey {
        SigningKey::from_bytes(&[1; 32])
    }

    fn gate_and_grant(scopes: &[Scope]) -> (Gate, Grant) {
        let claim = Claim {
            session: SessionId(Uuid::from_u128(7)),
            controlled: anna().verifying_key().into(),
            helper: SigningKey::from_bytes(&[2; 32]).verifying_key().into(),
        };
        let grant = Grant {
            session: claim.session,
            controlled: claim.controlled,
            helper: claim.helper,
            scopes: scopes.iter().copied().collect(),
            from: NOON,
            until: NOON + Span::minutes(30),
            nonce: [0; 16],
        };
        (Gate::new(claim), grant)
    }

    #[test]
    fn the_gate_is_closed_until_anna_signs() {
        let (gate, grant) = gate_and_grant(&[Scope::View]);
        assert_eq!(gate.check(Scope::View, NOON).err(), Some(Refused::None));
        gate.admit(&Signed::new(&grant, &anna())).expect("signed by Anna");
        assert!(gate.check(Scope::View, NOON).is_ok());
        assert_eq!(gate.check(Scope::Keyboard, NOON).err(), Some(Refused::Scope(Scope::Keyboard)));
        assert_eq!(gate.check(Scope::View, grant.until).err(), Some(Refused::NotLive));
    }

    #[test]
    fn a_grant_signed_by_boris_opens_nothing() {
        let (gate, grant) = gate_and_grant(&scope::ALL);
        assert!(gate.admit(&Signed::new(&grant, &SigningKey::from_bytes(&[2; 32]))).is_err());
        assert_eq!(gate.check(Scope::View, NOON).err(), Some(Refused::None));
    }

    #[test]
    fn a_stop_outlasts_a_pause_that_ends_at_the_same_moment() {
        let (gate, grant) = gate_and_grant(&[Scope::View]);
        let signed = Signed::new(&grant, &anna());
        gate.admit(&signed).expect("signed by Anna");
        gate.revoke();
        gate.admit(&signed).expect("a pause ends");
        gate.seal();
        assert_eq!(gate.admit(&signed).err(), Some(Refused::None));
        assert_eq!(gate.check(Scope::View, NOON).err(), Some(Refused::None));
    }

    #[test]
    fn who_asks_a_held_gate_waits_and_is_refused_when_it_closes() {
        let (gate, grant) = gate_and_grant(&[Scope::View]);
        gate.admit(&Signed::new(&grant, &anna())).expect("signed by Anna");
        for (release, expected) in [(true, None), (false, Some(Refused::None))] {
            gate.hold();
            let passed = std::thread::spawn({
                let gate = gate.clone();
                move || gate.check(Scope::View, NOON).err()
            });
            if release {
                gate.release();
            } else {
                let _number = gate.revoke();
            }
            assert_eq!(passed.join().expect("no panic"), expected, "released: {release}");
        }
    }

    #[test]
    fn a_second_consent_can_only_replace_the_first() {
        let (gate, grant) = gate_and_grant(&[Scope::View, Scope::Pointer]);
        gate.admit(&Signed::new(&grant, &anna())).expect("signed by Anna");
        let less = Grant { scopes: [Scope::View].into(), ..grant };
        gate.admit(&Signed::new(&less, &anna())).expect("signed by Anna");
        assert_eq!(gate.check(Scope::Pointer, NOON).err(), Some(Refused::Scope(Scope::Pointer)));
    }

    /// Threads act through the gate as fast as they can; each act notes whether it began after
    /// `revoke` had returned.
    #[test]
    fn nothing_runs_after_revoke_has_returned() {
        let (gate, grant) = gate_and_grant(&scope::ALL);
        gate.admit(&Signed::new(&grant, &anna())).expect("signed by Anna");
        let (over, late, acts) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    while let Ok(pass) = gate.check(Scope::Pointer, NOON) {
                        acts.fetch_add(1, Ordering::SeqCst);
                        std::thread::yield_now(); // the system call
                        late.fetch_add(u64::from(over.load(Ordering::SeqCst)), Ordering::SeqCst);
                        drop(pass);
                    }
                });
            }
            while acts.load(Ordering::SeqCst) < 1000 {
                std::thread::yield_now();
            }
            assert_eq!(gate.revoke(), 1);
            over.store(true, Ordering::SeqCst);
        });
        assert_eq!(late.load(Ordering::SeqCst), 0, "an act outlived the revocation");
        assert_eq!(gate.check(Scope::View, NOON).err(), Some(Refused::None));
    }
}
