//! Mail out: where it goes through, to whom, and when a letter is tried again.
//!
//! A letter: `Waiting` → `Sent` | `Failed`. A refusal for good (5xx) fails it at once; anything
//! else is tried again, later each time, for three days (RFC 5321, 4.5.4.1, asks for four to
//! five; a letter about an answer that old helps nobody).

mod choice;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use choice::{Choice, Quiet, TicketLetters, UNREAD_AFTER};

use crate::{Span, Timestamp};

/// The longest address (RFC 5321, 4.5.3.1.3, without the brackets).
const MOST_ADDRESS: usize = 254;
/// The longest part before the `@` (RFC 5321, 4.5.3.1.1).
const MOST_LOCAL: usize = 64;
/// The longest name of a computer (RFC 1035, 2.3.4).
const MOST_HOST: usize = 253;
/// The longest name or password for a mail server; longer ones are pasted by mistake.
const MOST_SECRET: usize = 1_000;
/// The first pause; a greylisting server wants a minute.
const FIRST_PAUSE: Span = Span::minutes(1);
/// The longest pause.
const LAST_PAUSE: Span = Span::minutes(120);
/// After that nobody wants the letter any more.
const LIFE: Span = Span::minutes(3 * 24 * 60);

/// A mail address, lower case behind the `@`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Address(String);

/// The text is not a mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address")]
pub struct NotAnAddress;

impl Address {
    /// Reads an address as people write it.
    ///
    /// # Errors
    /// [`NotAnAddress`]; quoted names and addresses of computers by number are refused: nobody has
    /// them, and a server may read them otherwise than we do.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, host) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
        let good = !local.is_empty()
            && local.len() <= MOST_LOCAL
            && local.chars().all(plain)
            && dots(local)
            && text.len() <= MOST_ADDRESS
            && host.contains('.')
            && is_host(host);
        if good { Ok(Self(format!("{local}@{}", host.to_ascii_lowercase()))) } else { Err(NotAnAddress) }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the `@`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl std::fmt::Debug for Address {
    /// Never into a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    host.len() <= MOST_HOST && host.split('.').all(label)
}

/// How the connection to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// From the first byte; usually port 465.
    Always,
    /// By STARTTLS, or not at all; usually port 587.
    Upgrade,
    /// Not at all: only for a server on the same computer or in the same locked room.
    Never,
}

/// A mail server; its password is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Server {
    /// Name of the computer.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub tls: Tls,
    /// Who logs in; empty when nobody has to.
    #[serde(default)]
    pub user: String,
    /// Who the letters are from.
    pub from: Address,
}

/// What is wrong with a server's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    /// That is not the name of a computer.
    #[error("not the name of a computer")]
    Host,
    /// Port 0.
    #[error("port 0 is none")]
    Port,
    /// Name or password are too long.
    #[error("the name or password is too long")]
    TooLong,
    /// A password would go over the network in clear.
    #[error("a password needs encryption")]
    Clear,
}

impl Server {
    /// Whether it makes sense, together with a password.
    ///
    /// # Errors
    /// [`ServerError`].
    pub fn check(&self, password: Option<&str>) -> Result<(), ServerError> {
        if !is_host(&self.host) {
            return Err(ServerError::Host);
        }
        if self.port == 0 {
            return Err(ServerError::Port);
        }
        if [self.user.as_str(), password.unwrap_or_default()].iter().any(|text| text.chars().count() > MOST_SECRET) {
            return Err(ServerError::TooLong);
        }
        let here = ["localhost", "127.0.0.1"].contains(&self.host.as_str());
        if self.tls == Tls::Never && !self.user.is_empty() && !here {
            return Err(ServerError::Clear);
        }
        Ok(())
    }
}

/// The language of a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

/// When a letter that was written at `written` and has failed `attempts` times is tried again;
/// none: it is given up.
#[must_use]
pub fn again(written: Timestamp, attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let factor = 1_i64.checked_shl(attempts.saturating_sub(1).min(20)).unwrap_or(i64::MAX);
    let pause = Span(FIRST_PAUSE.0.saturating_mul(factor).min(LAST_PAUSE.0));
    let next = now + pause;
    (next - written <= LIFE).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them_and_nothing_else() {
        for good in ["anna@romashka.ru", " anna.belova+help@romashka.ru ", "o'neil@example.org", "a@мак.рф"] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        assert_eq!(Address::parse("Anna@Romashka.RU").map(String::from), Ok("Anna@romashka.ru".into()));
        let long = format!("{}@romashka.ru", "a".repeat(65));
        for bad in [
            "",
            "anna",
            "anna@",
            "@romashka.ru",
            "anna@localhost",
            "anna belova@romashka.ru",
            "anna@romashka..ru",
            ".anna@romashka.ru",
            "anna@romashka.ru\r\nBcc: all@romashka.ru",
            "\"anna\"@romashka.ru",
            "anna@[127.0.0.1]",
            &long,
        ] {
            assert_eq!(Address::parse(bad), Err(NotAnAddress), "{bad}");
        }
    }

    fn server(host: &str, tls: Tls, user: &str) -> Server {
        let from = Address::parse("help@sever-soft.ru").expect("an address");
        Server { host: host.into(), port: 587, tls, user: user.into(), from }
    }

    #[test]
    fn a_password_never_crosses_a_network_in_clear() {
        assert_eq!(server("mail.sever-soft.ru", Tls::Never, "help").check(None), Err(ServerError::Clear));
        assert_eq!(server("localhost", Tls::Never, "help").check(None), Ok(()));
        assert_eq!(server("mail.sever-soft.ru", Tls::Never, "").check(None), Ok(()));
        assert_eq!(server("mail.sever-soft.ru", Tls::Upgrade, "help").check(Some("x")), Ok(()));
        assert_eq!(server("mail server", Tls::Always, "").check(None), Err(ServerError::Host));
    }

    #[test]
    fn a_letter_is_tried_ever_more_seldom_and_given_up_after_three_days() {
        let (written, mut now, mut attempts) = (Timestamp(0), Timestamp(0), 0);
        let mut pauses = Vec::new();
        while let Some(next) = {
            attempts += 1;
            again(written, attempts, now)
        } {
            pauses.push((next - now).0 / Span::minutes(1).0);
            now = next;
        }
        assert_eq!(pauses[..9], [1, 2, 4, 8, 16, 32, 64, 120, 120]);
        assert!((LIFE.0 - Span::minutes(120).0..=LIFE.0).contains(&now.0), "{now:?}");
    }
}
