//! Redeeming an invite: `POST /v1/redeem`, and looking at one: `POST /v1/invite`.

use opora_domain::{PersonId, PublicKey, role::Role, signed::Signed};
use serde::{Deserialize, Serialize};

/// Body of `POST /v1/invite`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Public half of the invite's key.
    pub invite_key: PublicKey,
    /// The device that would redeem it.
    pub device: PublicKey,
}

/// Answer of `POST /v1/invite`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The firm; empty until its owner has named it.
    pub desk_name: String,
    /// The person's name; empty in the owner's first invite.
    pub name: String,
    /// The client organisation or the firm; empty in the owner's first invite.
    pub organisation: String,
    /// The role it gives.
    pub role: Role,
}

/// Body of `POST /v1/redeem`. Redeeming again with the same device gives the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeem {
    /// Public half of the invite's key.
    pub invite_key: PublicKey,
    /// The device.
    pub device: PublicKey,
    /// `certificate::Binding` signed by the invite's key.
    pub binding: Signed,
    /// What the device is called in lists; today the kind of its system.
    #[serde(default)]
    pub device_name: String,
    /// Only with the owner's first invite.
    pub founding: Option<Founding>,
    /// Of the second factor, for a further device of a person who uses one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What the owner brings to a new desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// The firm's name.
    pub firm: String,
    /// The owner's name.
    pub name: String,
    /// The organisation's key, made on the owner's device.
    pub organisation_key: PublicKey,
    /// `certificate::Admission` of the owner, signed by that key.
    pub admission: Signed,
}

/// Answer of `POST /v1/redeem`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// Who this device's person is now.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The firm.
    pub desk_name: String,
    /// The firm or client organisation of the person.
    pub organisation: String,
    /// The organisation's key; the client compares it with the pin.
    pub organisation_key: PublicKey,
    /// `certificate::Admission` for the invite's key, or for the first device of the chain.
    pub admission: Signed,
    /// The device that vouches, when the link came from one.
    #[serde(default)]
    pub vouched_by: Option<crate::device::VouchedBy>,
}
