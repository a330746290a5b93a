//! Devices of people as the store keeps them.

use std::future::Future;

use opora_domain::{PersonId, PublicKey, Timestamp, certificate::Certificate, signed::Signed};

use super::Answer;

/// A device, also one that was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its key.
    pub key: PublicKey,
    /// Whose.
    pub person: PersonId,
    /// Its proof.
    pub certificate: Certificate,
    /// It is nobody's any more.
    pub revoked: bool,
}

/// A link for a further device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VouchingRow {
    /// The device that vouches.
    pub by: PublicKey,
    /// `certificate::Vouching`.
    pub vouching: Signed,
    /// The link is good before this moment.
    pub until: Timestamp,
}

/// The devices' part of a transaction.
pub trait DevicesTx: Send {
    /// A device, also a revoked one.
    fn device(&mut self, key: PublicKey) -> impl Future<Output = Answer<Option<DeviceRow>>> + Send;
    /// The device's name; it has been told to those who list it.
    fn name_device(&mut self, key: PublicKey, name: &str) -> impl Future<Output = Answer<()>> + Send;
    /// The device is nobody's any more; `false` when it was so already.
    fn revoke_device(&mut self, key: PublicKey, now: Timestamp) -> impl Future<Output = Answer<bool>> + Send;
    /// Keeps a link for a further device.
    fn add_vouching(&mut self, link_key: PublicKey, row: &VouchingRow) -> impl Future<Output = Answer<()>> + Send;
    /// A link for a further device.
    fn vouching(&mut self, link_key: PublicKey) -> impl Future<Output = Answer<Option<VouchingRow>>> + Send;
}

/// The devices' part of reading.
pub trait DevicesRead: Send + Sync {
    /// Whether a device was revoked.
    fn is_revoked(&self, key: PublicKey) -> impl Future<Output = Answer<bool>> + Send;
    /// Devices of older desks that nobody has been told of.
    fn untold_devices(&self) -> impl Future<Output = Answer<Vec<(PersonId, PublicKey)>>> + Send;
}
