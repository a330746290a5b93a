//! A key of the API: what a program may do at a desk, and until when.
//!
//! The key's text is made by whoever gives it out; the desk keeps its hash and can show it to nobody. A key is
//! no person: what it does stands under its own name in every journal, and never counts as an answer by a person
//! of the firm (D17).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{KeyId, Timestamp, person::MOST_NAME};

/// Stands before each key, so that a key that lies about is found by searching for it.
const PREFIX: &str = "opora_";
/// Characters of a key: the prefix, and 256 bits in base64url.
const LENGTH: usize = PREFIX.len() + 43;

/// Something that a key may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "ApiScope")]
pub enum Scope {
    /// Read organisations.
    #[serde(rename = "organisations:read")]
    OrganisationsRead,
    /// Make organisations, and change them.
    #[serde(rename = "organisations:write")]
    OrganisationsWrite,
    /// Read people: names, addresses, telephones, where they belong.
    #[serde(rename = "persons:read")]
    PersonsRead,
    /// Read contracts.
    #[serde(rename = "contracts:read")]
    ContractsRead,
    /// Read requests, with what customers wrote.
    #[serde(rename = "requests:read")]
    RequestsRead,
    /// Read tickets and what was said to the client in them.
    #[serde(rename = "tickets:read")]
    TicketsRead,
    /// Make tickets, change them, comment on them.
    #[serde(rename = "tickets:write")]
    TicketsWrite,
    /// Read reports.
    #[serde(rename = "reports:read")]
    ReportsRead,
    /// Read webhooks and the log of their deliveries.
    #[serde(rename = "webhooks:read")]
    WebhooksRead,
    /// Make webhooks, change and drop them, send deliveries again.
    #[serde(rename = "webhooks:write")]
    WebhooksWrite,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::OrganisationsRead,
        Self::OrganisationsWrite,
        Self::PersonsRead,
        Self::ContractsRead,
        Self::RequestsRead,
        Self::TicketsRead,
        Self::TicketsWrite,
        Self::ReportsRead,
        Self::WebhooksRead,
        Self::WebhooksWrite,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OrganisationsRead => "organisations:read",
            Self::OrganisationsWrite => "organisations:write",
            Self::PersonsRead => "persons:read",
            Self::ContractsRead => "contracts:read",
            Self::RequestsRead => "requests:read",
            Self::TicketsRead => "tickets:read",
            Self::TicketsWrite => "tickets:write",
            Self::ReportsRead => "reports:read",
            Self::WebhooksRead => "webhooks:read",
            Self::WebhooksWrite => "webhooks:write",
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = CardError;
    fn from_str(text: &str) -> Result<Self, CardError> {
        Self::ALL.into_iter().find(|scope| scope.name() == text).ok_or(CardError::NoScope)
    }
}

/// What a key is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ApiKeyCard")]
pub struct Card {
    /// What it is for; stands as the author of what it does.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
    /// It works up to this moment; for ever when there is none.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

/// What is wrong with a key's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// There is no name, or a name nobody would read.
    #[error("there is no name")]
    Name,
    /// It may do nothing.
    #[error("there is no such scope")]
    NoScope,
    /// Its end has passed already.
    #[error("it has ended before it begins")]
    Over,
}

impl Card {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn check(&self, now: Timestamp) -> Result<(), CardError> {
        if self.name.trim().is_empty() || self.name.chars().count() > MOST_NAME {
            return Err(CardError::Name);
        }
        if self.scopes.is_empty() {
            return Err(CardError::NoScope);
        }
        if self.until.is_some_and(|until| until <= now) { Err(CardError::Over) } else { Ok(()) }
    }
}

/// A key as the desk knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ApiKey")]
pub struct Key {
    /// Which.
    pub id: KeyId,
    /// What it is.
    pub card: Card,
    /// Since when.
    pub made: Timestamp,
    /// Works no longer since then.
    pub revoked: Option<Timestamp>,
    /// When it was used last, to the minute.
    pub used: Option<Timestamp>,
}

impl Key {
    /// Whether it still opens anything.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.card.until.is_none_or(|until| now < until)
    }
}

/// The text of a key out of 256 random bits in base64url.
#[must_use]
pub fn text(random: &str) -> String {
    format!("{PREFIX}{random}")
}

/// What the desk keeps of a key; none when the text is no key at all. 256 random bits need no salt and no slow hash.
#[must_use]
pub fn hash(text: &str) -> Option<[u8; 32]> {
    (text.len() == LENGTH && text.starts_with(PREFIX)).then(|| blake3::hash(text.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_called_on_the_wire_as_in_words() -> Result<(), serde_json::Error> {
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope)?, scope.name());
            assert_eq!(scope.name().parse(), Ok(scope));
        }
        Ok(())
    }

    #[test]
    fn a_key_holds_until_its_end_and_not_after_it_was_revoked() {
        let card = Card {
            name: "Мониторинг".into(), scopes: [Scope::TicketsRead].into(), until: Some(Timestamp(9))
        };
        let key =
            Key { id: KeyId::from_slice(&[1; 16]).expect("16"), card, made: Timestamp(1), revoked: None, used: None };
        assert!(key.holds(Timestamp(8)) && !key.holds(Timestamp(9)));
        assert!(!Key { revoked: Some(Timestamp(2)), ..key }.holds(Timestamp(3)));
    }

    #[test]
    fn what_is_no_key_has_no_hash() {
        let key = text(&"a".repeat(43));
        assert!(hash(&key).is_some());
        assert!(hash(&key[1..]).is_none() && hash(&key.replace("opora", "other")).is_none() && hash("").is_none());
    }
}
