//! Who is connected now (D15): a lease for each device, never stored.
//!
//! A device that connects again takes the place of its older connection, which is told to end. A
//! connection whose inbox is full is ended too: a slow reader must not hold what it does not read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use opora_domain::{PersonId, PublicKey, Span, Timestamp};
use opora_runtime::CancellationToken;
use opora_wire::{ToClient, hello::BEAT};
use tokio::sync::{mpsc, watch};

/// A lease lives for three beats.
pub const LEASE: Span = Span(BEAT.0 * 3);
/// Transient frames that wait for one connection.
const INBOX: usize = 256;

/// The connected devices.
#[derive(Debug)]
pub struct Presence {
    table: Mutex<BTreeMap<PublicKey, Connected>>,
    numbers: AtomicU64,
    changed: watch::Sender<u64>,
}

#[derive(Debug)]
struct Connected {
    person: PersonId,
    number: u64,
    until: Timestamp,
    inbox: mpsc::Sender<ToClient>,
    ended: CancellationToken,
}

/// One connection's place in the table.
#[derive(Debug)]
pub struct Entered {
    /// Tells this connection from an earlier one of the same device.
    pub number: u64,
    /// Transient frames.
    pub inbox: mpsc::Receiver<ToClient>,
    /// Cancelled when the connection has to end.
    pub ended: CancellationToken,
}

impl Presence {
    /// Nobody is there.
    #[must_use]
    pub fn new() -> Self {
        Self { table: Mutex::default(), numbers: AtomicU64::new(0), changed: watch::Sender::new(0) }
    }

    fn table(&self) -> MutexGuard<'_, BTreeMap<PublicKey, Connected>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A device connected.
    pub fn enter(&self, device: PublicKey, person: PersonId, now: Timestamp) -> Entered {
        let (sender, inbox) = mpsc::channel(INBOX);
        let (number, ended) = (self.numbers.fetch_add(1, Ordering::AcqRel), CancellationToken::new());
        let connected = Connected { person, number, until: now + LEASE, inbox: sender, ended: ended.clone() };
        if let Some(older) = self.table().insert(device, connected) {
            older.ended.cancel();
        }
        self.bump();
        Entered { number, inbox, ended }
    }

    /// The device was heard.
    pub fn beat(&self, device: PublicKey, number: u64, now: Timestamp) {
        let mut revived = false;
        if let Some(connected) = self.table().get_mut(&device).filter(|connected| connected.number == number) {
            revived = connected.until <= now;
            connected.until = now + LEASE;
        }
        if revived {
            self.bump();
        }
    }

    /// The connection is gone.
    pub fn leave(&self, device: PublicKey, number: u64) {
        let mut table = self.table();
        if table.get(&device).is_some_and(|connected| connected.number == number) {
            table.remove(&device);
            drop(table);
            self.bump();
        }
    }

    /// Devices with a live lease, and their people.
    #[must_use]
    pub fn devices(&self, now: Timestamp) -> BTreeMap<PublicKey, PersonId> {
        let table = self.table();
        table.iter().filter(|(_, one)| one.until > now).map(|(device, one)| (*device, one.person)).collect()
    }

    /// People with a live lease.
    #[must_use]
    pub fn people(&self, now: Timestamp) -> BTreeSet<PersonId> {
        self.devices(now).into_values().collect()
    }

    /// Whether a device of this person has a live lease.
    #[must_use]
    pub fn is_here(&self, person: PersonId, now: Timestamp) -> bool {
        self.table().values().any(|one| one.person == person && one.until > now)
    }

    /// Hands a transient frame to a device; nothing happens when it is not connected.
    pub fn send(&self, device: PublicKey, frame: ToClient) {
        if let Some(connected) = self.table().get(&device)
            && connected.inbox.try_send(frame).is_err()
        {
            connected.ended.cancel();
        }
    }

    /// Ends all connections of a person.
    pub fn end_person(&self, person: PersonId) {
        for connected in self.table().values().filter(|one| one.person == person) {
            connected.ended.cancel();
        }
    }

    /// Ends the connection of a device, if there is one.
    pub fn end(&self, device: PublicKey) {
        if let Some(connected) = self.table().get(&device) {
            connected.ended.cancel();
        }
    }

    /// Says that leases began or ended.
    pub fn bump(&self) {
        self.changed.send_modify(|times| *times += 1);
    }

    /// Changes when someone comes or goes.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

impl Default for Presence {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn boris() -> (PublicKey, PersonId) {
        (PublicKey([1; 32]), PersonId(Uuid::from_u128(1)))
    }

    #[test]
    fn a_lease_that_is_not_renewed_ends_and_a_beat_revives_it() {
        let (device, person) = boris();
        let presence = Presence::new();
        let entered = presence.enter(device, person, Timestamp(0));
        let late = Timestamp(0) + LEASE;
        assert!(presence.people(late).is_empty());
        presence.beat(device, entered.number, late);
        assert!(presence.people(late).contains(&person));
    }

    #[test]
    fn a_second_connection_ends_the_first_whose_leaving_then_changes_nothing() {
        let (device, person) = boris();
        let presence = Presence::new();
        let first = presence.enter(device, person, Timestamp(0));
        let second = presence.enter(device, person, Timestamp(0));
        assert!(first.ended.is_cancelled() && !second.ended.is_cancelled());
        presence.leave(device, first.number);
        assert!(presence.people(Timestamp(1)).contains(&person));
    }

    #[test]
    fn who_does_not_read_is_ended() {
        let (device, person) = boris();
        let presence = Presence::new();
        let entered = presence.enter(device, person, Timestamp(0));
        for _ in 0..=INBOX {
            presence.send(device, ToClient::Pong);
        }
        assert!(entered.ended.is_cancelled());
    }
}
