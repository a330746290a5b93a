//! Devices of people, those that were revoked, and invites that specialists ask for.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{PersonId, PublicKey, Timestamp, certificate::Certificate, signed::Signed};
use opora_wire::{Event, device::Event as Said};
use serde::{Deserialize, Serialize};

use super::{Changes, Rows, World, pairs};

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDevice {
    /// Whose.
    pub person: PersonId,
    /// What it is called.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// The device that vouched for it.
    pub vouched_by: Option<PublicKey>,
}

/// An invite that a specialist asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// For whom.
    pub person: PersonId,
    /// The device that asks.
    pub device: PublicKey,
    /// What it signed.
    pub ask: Signed,
    /// Its proof.
    pub certificate: Certificate,
}

/// Devices as far as one may know them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Devices {
    /// Devices that are somebody's.
    #[serde(skip)]
    pub known: Rows<PublicKey, KnownDevice>,
    /// Devices that nobody may believe again, whatever else is said of them.
    pub revoked: BTreeSet<PublicKey>,
    /// Invites that are asked for and not there, by their keys.
    #[serde(with = "pairs")]
    asks: BTreeMap<PublicKey, Asked>,
    /// Invites that work.
    pub ready: BTreeSet<PublicKey>,
}

impl Devices {
    /// How many invites are asked for.
    #[must_use]
    pub fn open_asks(&self) -> usize {
        self.asks.len()
    }

    /// Invites that are asked for.
    #[must_use]
    pub fn asks_to_answer(&self) -> Vec<(PublicKey, Asked)> {
        self.asks.iter().map(|(key, asked)| (*key, asked.clone())).collect()
    }
}

impl World {
    pub(super) fn apply_device(&mut self, event: &Event, said: &Said) -> Changes {
        let devices = &mut self.devices;
        match said {
            Said::Added { person, device, name, vouched_by } => {
                if !devices.revoked.contains(device) {
                    let (person, name, vouched_by) = (*person, name.clone(), *vouched_by);
                    devices.known.insert(*device, KnownDevice { person, name, since: event.at, vouched_by });
                }
            }
            Said::Named { device, name, .. } => {
                if let Some(known) = devices.known.get_mut(device) {
                    known.name.clone_from(name);
                }
            }
            Said::Revoked { device } => {
                devices.revoked.insert(*device);
                devices.known.remove(device);
            }
            Said::InviteAsked { person, invite_key, device, ask, certificate } => {
                if !devices.ready.contains(invite_key) {
                    let (person, device) = (*person, *device);
                    let asked = Asked { person, device, ask: ask.clone(), certificate: certificate.clone() };
                    devices.asks.insert(*invite_key, asked);
                }
            }
            Said::InviteReady { invite_key, .. } => {
                devices.asks.remove(invite_key);
                devices.ready.insert(*invite_key);
            }
            Said::Unknown => return Changes::default(),
        }
        Changes { devices: true, ..Changes::default() }
    }
}
