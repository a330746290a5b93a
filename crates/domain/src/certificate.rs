//! How a device proves whose it is, with nobody in the middle (D7).
//!
//! Three links: the organisation's key signs an [`Admission`] for a key that only the invite link
//! contains; that invite key signs a [`Binding`] to the device that redeemed the link. The desk
//! sees the invite key's public half alone, so it can neither redeem an invite itself nor put
//! another device in its place, and nobody needs to be online to certify anyone. (The design had
//! the owner's device certify each specialist later; that needs the owner online and trusts the
//! desk's word for which device redeemed.)

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    PersonId, PublicKey, Timestamp,
    role::Role,
    signed::{Signed, SignedError, Statement},
};

/// Said by the organisation's key: whoever holds the invite key is this person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// The organisation that vouches.
    pub organisation_key: PublicKey,
    /// Public half of the key inside the invite link.
    pub invite_key: PublicKey,
    /// The person.
    pub person: PersonId,
    /// Name as the other side will read it.
    pub name: String,
    /// Role at the desk.
    pub role: Role,
    /// Firm or client organisation, as the other side will read it.
    pub organisation: String,
    /// When it was said.
    pub at: Timestamp,
}

/// Said by the invite key: this device redeemed me.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The invite.
    pub invite_key: PublicKey,
    /// The device.
    pub device: PublicKey,
}

impl Statement for Admission {
    const TAG: &'static str = "opora/admission/1";
}

impl Statement for Binding {
    const TAG: &'static str = "opora/binding/1";
}

/// The chain that a device shows to its peers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Certificate {
    /// Signed by the organisation's key.
    pub admission: Signed,
    /// Signed by the invite key.
    pub binding: Signed,
}

/// Whose device it is, once the chain was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The device.
    pub device: PublicKey,
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation: String,
}

/// Why a certificate was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// A link is not signed by who should have signed it.
    #[error("a link of the chain is not genuine: {0}")]
    NotGenuine(#[from] SignedError),
    /// The links do not belong together, or to this device.
    #[error("the chain belongs to another device or organisation")]
    Foreign,
}

impl Certificate {
    /// Makes the device's own end of the chain.
    #[must_use]
    pub fn bind(admission: Signed, invite: &SigningKey, device: PublicKey) -> Self {
        let binding = Binding { invite_key: invite.verifying_key().into(), device };
        Self { admission, binding: Signed::new(&binding, invite) }
    }

    /// Checks the chain from the organisation's key down to `device`.
    ///
    /// # Errors
    /// [`CertificateError`] at the first link that does not hold.
    pub fn verify(&self, organisation: &PublicKey, device: &PublicKey) -> Result<Identity, CertificateError> {
        let admission: Admission = self.admission.open(organisation)?;
        if admission.organisation_key != *organisation {
            return Err(CertificateError::Foreign);
        }
        let binding: Binding = self.binding.open(&admission.invite_key)?;
        if binding.invite_key != admission.invite_key || binding.device != *device {
            return Err(CertificateError::Foreign);
        }
        let Admission { person, name, role, organisation, .. } = admission;
        Ok(Identity { device: *device, person, name, role, organisation })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn boris(organisation: &SigningKey, invite: &SigningKey) -> Signed {
        let admission = Admission {
            organisation_key: organisation.verifying_key().into(),
            invite_key: invite.verifying_key().into(),
            person: PersonId(Uuid::from_u128(1)),
            name: "Борис Ким".into(),
            role: Role::Specialist,
            organisation: "Север-Софт".into(),
            at: Timestamp(0),
        };
        Signed::new(&admission, organisation)
    }

    #[test]
    fn a_device_that_redeemed_the_invite_is_boris() {
        let (organisation, invite, device) = (key(1), key(2), key(3));
        let certificate = Certificate::bind(boris(&organisation, &invite), &invite, device.verifying_key().into());
        let who = certificate.verify(&organisation.verifying_key().into(), &device.verifying_key().into());
        assert_eq!(who.map(|who| who.name), Ok("Борис Ким".into()));
    }

    #[test]
    fn a_desk_cannot_put_its_own_device_in_his_place() {
        let (organisation, invite, device, desk) = (key(1), key(2), key(3), key(9));
        let organisation_key = organisation.verifying_key().into();
        let admission = boris(&organisation, &invite);
        let honest = Certificate::bind(admission.clone(), &invite, device.verifying_key().into());
        assert!(
            honest.verify(&organisation_key, &desk.verifying_key().into()).is_err(),
            "his chain, the desk's device"
        );
        let forged = Certificate::bind(admission, &desk, desk.verifying_key().into());
        assert!(forged.verify(&organisation_key, &desk.verifying_key().into()).is_err(), "bound by the wrong key");
        let own = Certificate::bind(boris(&desk, &desk), &desk, desk.verifying_key().into());
        assert!(own.verify(&organisation_key, &desk.verifying_key().into()).is_err(), "another organisation");
    }
}
