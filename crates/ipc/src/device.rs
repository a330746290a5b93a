//! Devices of a person: adding, naming, revoking.

use opora_domain::{PersonId, PublicKey, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::structure::QrView;

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceView {
    /// Its key, which is its name in the program.
    pub key: PublicKey,
    /// Whose.
    pub person: PersonId,
    /// That one's name.
    pub owner: String,
    /// What it is called.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Name of the device that vouched for it; none when an invite was redeemed.
    pub vouched_by: Option<String>,
    /// It is this one.
    pub this: bool,
    /// It is one's own.
    pub mine: bool,
    /// It may be revoked from here.
    pub may_revoke: bool,
}

/// Devices: one's own, and everybody's for the owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DevicesView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// The devices, one's own first.
    pub devices: Vec<DeviceView>,
}

/// A link that makes another device one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceLinkView {
    /// The link.
    pub link: String,
    /// The link as a picture.
    pub qr: QrView,
    /// How long it works, in minutes.
    pub minutes: u32,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceRef {
    /// Its key.
    pub device: PublicKey,
}

/// Name a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NameDevice {
    /// Its key.
    pub device: PublicKey,
    /// The name.
    pub name: String,
}

/// Ask for a new invite for a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskInvite {
    /// For whom.
    pub person: PersonId,
}

/// An invite that the owner's program confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskedInvite {
    /// Name.
    pub name: String,
    /// The link.
    pub link: String,
    /// The link as a picture.
    pub qr: QrView,
    /// It works already; else it works once the owner's program has been on line.
    pub ready: bool,
}
