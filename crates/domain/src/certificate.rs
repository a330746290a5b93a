//! How a device proves whose it is, with nobody in the middle (D7).
//!
//! Three links: the organisation's key signs an [`Admission`] for a key that only the invite link
//! contains; that invite key signs a [`Binding`] to the device that redeemed the link. The desk
//! sees the invite key's public half alone, so it can neither redeem an invite itself nor put
//! another device in its place, and nobody needs to be online to certify anyone. (The design had
//! the owner's device certify each specialist later; that needs the owner online and trusts the
//! desk's word for which device redeemed.)
//!
//! A further device needs nobody but the person: an older device signs a [`Vouching`] for the key of
//! a link that it made itself, and that key signs the [`Binding`] to the device that opened the link.
//! Such links hang one on another, [`MOST_VOUCHED`] at most; the first device is always one that the
//! organisation admitted. A revoked device stays in the chains of those it vouched for: who replaces
//! a computer revokes the old one and keeps the new one. Whether a device is revoked is not in its
//! certificate but in the log that everybody reads.

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

/// Said by a device: whoever holds the link's key is a further device of my person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouching {
    /// Where it is said; the same device may belong to other organisations too.
    pub organisation_key: PublicKey,
    /// The device that vouches.
    pub by: PublicKey,
    /// The person, as the device's own certificate says.
    pub person: PersonId,
    /// Public half of the key inside the link.
    pub link_key: PublicKey,
    /// When it was said.
    pub at: Timestamp,
}

/// Said by a specialist's device: I have checked who it is, this customer needs a new invite. The
/// owner's device answers with an [`Admission`] of the same key, whose secret the asker alone has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteAsk {
    /// Where it is said.
    pub organisation_key: PublicKey,
    /// The device that asks.
    pub by: PublicKey,
    /// The customer.
    pub person: PersonId,
    /// Public half of the invite's key.
    pub invite_key: PublicKey,
    /// When it was said.
    pub at: Timestamp,
}

impl Statement for Vouching {
    const TAG: &'static str = "opora/vouching/1";
}

impl Statement for InviteAsk {
    const TAG: &'static str = "opora/invite-ask/1";
}

impl Statement for Admission {
    const TAG: &'static str = "opora/admission/1";
}

impl Statement for Binding {
    const TAG: &'static str = "opora/binding/1";
}

/// A further link of the chain: from one device of a person to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Vouch {
    /// [`Vouching`], signed by the device before.
    pub vouching: Signed,
    /// [`Binding`], signed by the link's key.
    pub binding: Signed,
}

/// Devices that vouch one for another, at most: a new computer every two years for a working life.
pub const MOST_VOUCHED: usize = 16;

/// The chain that a device shows to its peers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Certificate {
    /// Signed by the organisation's key.
    pub admission: Signed,
    /// Signed by the invite key.
    pub binding: Signed,
    /// From the device that redeemed the invite to this one; empty when it is that device.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouched: Vec<Vouch>,
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
    /// More devices vouch one for another than is allowed.
    #[error("the chain is too long")]
    TooLong,
}

impl Certificate {
    /// Makes the device's own end of the chain.
    #[must_use]
    pub fn bind(admission: Signed, invite: &SigningKey, device: PublicKey) -> Self {
        let binding = Binding { invite_key: invite.verifying_key().into(), device };
        Self { admission, binding: Signed::new(&binding, invite), vouched: Vec::new() }
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
        if self.vouched.len() > MOST_VOUCHED {
            return Err(CertificateError::TooLong);
        }
        let mut holder = bound(&self.binding, admission.invite_key)?;
        for vouch in &self.vouched {
            let said: Vouching = vouch.vouching.open(&holder)?;
            let own = said.by == holder && said.organisation_key == *organisation && said.person == admission.person;
            if !own {
                return Err(CertificateError::Foreign);
            }
            holder = bound(&vouch.binding, said.link_key)?;
        }
        if holder != *device {
            return Err(CertificateError::Foreign);
        }
        let Admission { person, name, role, organisation, .. } = admission;
        Ok(Identity { device: *device, person, name, role, organisation })
    }
}

/// The device that a link's key names.
fn bound(binding: &Signed, link_key: PublicKey) -> Result<PublicKey, CertificateError> {
    let said: Binding = binding.open(&link_key)?;
    if said.invite_key == link_key { Ok(said.device) } else { Err(CertificateError::Foreign) }
}

impl Certificate {
    /// The chain of a further device, behind the one that vouches for it.
    #[must_use]
    pub fn followed_by(&self, vouching: Signed, binding: Signed) -> Self {
        let mut longer = self.clone();
        longer.vouched.push(Vouch { vouching, binding });
        longer
    }

    /// Whether this device's chain has room for one more.
    #[must_use]
    pub fn may_vouch(&self) -> bool {
        self.vouched.len() < MOST_VOUCHED
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

    /// Boris's laptop vouches for a further device.
    fn vouching(organisation: &SigningKey, by: &SigningKey, link: &SigningKey) -> Vouching {
        Vouching {
            organisation_key: organisation.verifying_key().into(),
            by: by.verifying_key().into(),
            person: PersonId(Uuid::from_u128(1)),
            link_key: link.verifying_key().into(),
            at: Timestamp(0),
        }
    }

    fn binding(link: &SigningKey, device: &SigningKey) -> Signed {
        let device = device.verifying_key().into();
        Signed::new(&Binding { invite_key: link.verifying_key().into(), device }, link)
    }

    #[test]
    fn a_further_device_is_boris_too_and_so_is_the_one_after_it() {
        let (organisation, invite, laptop) = (key(1), key(2), key(3));
        let root = organisation.verifying_key().into();
        let mut certificate = Certificate::bind(boris(&organisation, &invite), &invite, laptop.verifying_key().into());
        let mut holder = laptop;
        for number in 0..MOST_VOUCHED {
            assert!(certificate.may_vouch());
            let seed = u8::try_from(number).unwrap_or(u8::MAX);
            let (link, next) = (key(100 + seed), key(150 + seed));
            let said = Signed::new(&vouching(&organisation, &holder, &link), &holder);
            certificate = certificate.followed_by(said, binding(&link, &next));
            let who = certificate.verify(&root, &next.verifying_key().into());
            assert_eq!(who.map(|who| who.name), Ok("Борис Ким".into()));
            assert!(certificate.verify(&root, &holder.verifying_key().into()).is_err(), "it ends with the newest");
            holder = next;
        }
        assert!(!certificate.may_vouch());
        let (link, next) = (key(90), key(91));
        let said = Signed::new(&vouching(&organisation, &holder, &link), &holder);
        let longer = certificate.followed_by(said, binding(&link, &next));
        assert_eq!(longer.verify(&root, &next.verifying_key().into()), Err(CertificateError::TooLong));
    }

    #[test]
    fn a_lying_desk_cannot_add_a_device_to_the_chain() {
        let (organisation, invite, laptop, desk) = (key(1), key(2), key(3), key(9));
        let root = organisation.verifying_key().into();
        let device = laptop.verifying_key().into();
        let honest = Certificate::bind(boris(&organisation, &invite), &invite, device);
        let evil = desk.verifying_key().into();
        let link = key(4);
        let true_word = Signed::new(&vouching(&organisation, &laptop, &link), &laptop);

        let own_word = Signed::new(&vouching(&organisation, &laptop, &desk), &desk);
        let forged = honest.followed_by(own_word, binding(&desk, &desk));
        assert!(forged.verify(&root, &evil).is_err(), "it vouches in the laptop's name");

        let stolen = honest.followed_by(true_word.clone(), binding(&desk, &desk));
        assert!(stolen.verify(&root, &evil).is_err(), "it puts its device behind a true word");

        let mut claimed = vouching(&organisation, &laptop, &link);
        claimed.link_key = evil;
        let swapped = honest.followed_by(Signed::new(&claimed, &desk), binding(&desk, &desk));
        assert!(swapped.verify(&root, &evil).is_err(), "it swaps the link's key");

        // Vera is a specialist too, and helps the desk.
        let vera = key(5);
        let of_vera = Signed::new(&vouching(&organisation, &vera, &desk), &vera);
        assert!(honest.followed_by(of_vera, binding(&desk, &desk)).verify(&root, &evil).is_err(), "another's word");

        // The laptop is also known at another organisation, whose owner makes common cause.
        let elsewhere = Signed::new(&vouching(&desk, &laptop, &desk), &laptop);
        let replayed = honest.followed_by(elsewhere, binding(&desk, &desk));
        assert_eq!(replayed.verify(&root, &evil), Err(CertificateError::Foreign), "said elsewhere");

        let mut of_another = vouching(&organisation, &laptop, &desk);
        of_another.person = PersonId(Uuid::from_u128(2));
        let other_person = honest.followed_by(Signed::new(&of_another, &laptop), binding(&desk, &desk));
        assert_eq!(other_person.verify(&root, &evil), Err(CertificateError::Foreign), "said of another person");

        let good = honest.followed_by(true_word, binding(&link, &key(6)));
        let mut cut = good.clone();
        cut.vouched.clear();
        assert!(cut.verify(&root, &key(6).verifying_key().into()).is_err(), "a link is missing");
        assert!(good.verify(&root, &key(6).verifying_key().into()).is_ok());
    }

    #[test]
    fn a_certificate_of_the_first_version_is_read() {
        let (organisation, invite, device) = (key(1), key(2), key(3));
        let certificate = Certificate::bind(boris(&organisation, &invite), &invite, device.verifying_key().into());
        let text = serde_json::to_string(&certificate).expect("written");
        assert!(!text.contains("vouched"), "and an older program reads this one");
        assert_eq!(serde_json::from_str::<Certificate>(&text).ok(), Some(certificate));
    }
}
