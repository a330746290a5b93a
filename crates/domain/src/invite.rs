//! The invite link (D22): `opora://HOST:PORT/join#1.<base64url(desk hash, organisation hash, secret)>`.
//!
//! The secret is the seed of the invite's Ed25519 key. It stands in the fragment, which no browser
//! sends to a server. The hashes pin the desk's identity and the organisation's key; an owner's
//! first invite has no organisation yet and carries zeros.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey;

use crate::key::KeyHash;

/// Version in front of the payload.
const VERSION: &str = "1.";
/// desk hash 16 + organisation hash 16 + seed 32.
const PAYLOAD: usize = 64;
/// A link is at most this long; a host name has 253 characters at most.
const MOST_TEXT: usize = 512;

/// What a link says.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// `host:port` of the desk.
    pub address: String,
    /// Hash of the desk's key.
    pub desk: KeyHash,
    /// Hash of the organisation's key; none in the owner's first invite.
    pub organisation: Option<KeyHash>,
    /// Seed of the invite key.
    pub seed: [u8; 32],
}

/// Why a text is not an invite; each has its own sentence on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// Not a link of this form.
    #[error("not an invite link")]
    NotALink,
    /// The link was cut or changed on its way.
    #[error("the link is damaged or incomplete")]
    Damaged,
    /// Made by a newer Opora.
    #[error("the link needs a newer version")]
    Newer,
}

impl Invite {
    /// Reads a link, forgiving blanks around it.
    ///
    /// # Errors
    /// [`InviteError`]; nothing is ever fetched to find out.
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let text = text.trim();
        if text.len() > MOST_TEXT {
            return Err(InviteError::NotALink);
        }
        let rest =
            text.strip_prefix("opora://").or_else(|| text.strip_prefix("https://")).ok_or(InviteError::NotALink)?;
        let (address, payload) = rest.split_once("/join#").ok_or(InviteError::NotALink)?;
        let (host, port) = address.rsplit_once(':').ok_or(InviteError::NotALink)?;
        let host_ok = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || ".-[]:".contains(c));
        if !host_ok || port.parse::<u16>().is_err() {
            return Err(InviteError::NotALink);
        }
        let payload = payload.strip_prefix(VERSION).ok_or(match payload.split_once('.') {
            Some((version, _)) if version.parse::<u16>().is_ok() => InviteError::Newer,
            _ => InviteError::Damaged,
        })?;
        let bytes = URL_SAFE_NO_PAD.decode(payload).map_err(|_| InviteError::Damaged)?;
        let bytes: [u8; PAYLOAD] = bytes.try_into().map_err(|_| InviteError::Damaged)?;
        let (mut desk, mut organisation, mut seed) = ([0; 16], [0; 16], [0; 32]);
        desk.copy_from_slice(&bytes[..16]);
        organisation.copy_from_slice(&bytes[16..32]);
        seed.copy_from_slice(&bytes[32..]);
        let organisation = (organisation != [0; 16]).then_some(KeyHash(organisation));
        Ok(Self { address: address.to_owned(), desk: KeyHash(desk), organisation, seed })
    }

    /// The key that the link carries.
    #[must_use]
    pub fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.seed)
    }
}

impl std::fmt::Display for Invite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [0; PAYLOAD];
        bytes[..16].copy_from_slice(&self.desk.0);
        bytes[16..32].copy_from_slice(&self.organisation.map_or([0; 16], |hash| hash.0));
        bytes[32..].copy_from_slice(&self.seed);
        write!(f, "opora://{}/join#{VERSION}{}", self.address, URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl std::fmt::Debug for Invite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Invite({}, secret)", self.address)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn invite() -> Invite {
        Invite {
            address: "127.0.0.1:7443".into(),
            desk: KeyHash([1; 16]),
            organisation: Some(KeyHash([2; 16])),
            seed: [3; 32],
        }
    }

    #[test]
    fn a_link_is_read_back_also_with_blanks_and_as_https() {
        let link = invite().to_string();
        assert_eq!(Invite::parse(&format!("  {link}\n")), Ok(invite()));
        assert_eq!(Invite::parse(&link.replace("opora://", "https://")), Ok(invite()));
    }

    #[test]
    fn a_cut_a_newer_and_a_foreign_link_are_told_apart() {
        let link = invite().to_string();
        assert_eq!(Invite::parse(&link[..link.len() - 4]), Err(InviteError::Damaged));
        assert_eq!(Invite::parse(&link.replace("#1.", "#2.")), Err(InviteError::Newer));
        assert_eq!(Invite::parse("https://example.org/"), Err(InviteError::NotALink));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_fall(text in "\\PC{0,80}") {
            let _ = Invite::parse(&text);
            let _ = Invite::parse(&format!("opora://{text}"));
            let _ = Invite::parse(&format!("opora://a:1/join#{text}"));
        }
    }
}
