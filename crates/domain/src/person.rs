//! A person at one desk: name and how to reach them outside Opora.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Characters of a name at most.
pub const MOST_NAME: usize = 200;
/// Characters of an address at most (RFC 5321, 4.5.3.1.3).
const MOST_EMAIL: usize = 254;
/// Digits of a telephone number: shortest extension and longest international number (E.164).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 3..=20;
/// Characters of a telephone number at most, blanks and "доб." included.
const MOST_PHONE: usize = 60;

/// What is known about a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "PersonCard")]
pub struct Card {
    /// Name.
    pub name: String,
    /// Address; empty when it is not known.
    #[serde(default)]
    pub email: String,
    /// Telephone; empty when it is not known.
    #[serde(default)]
    pub phone: String,
}

/// What is wrong with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// There is no name.
    #[error("there is no name")]
    NoName,
    /// Not an address.
    #[error("not an e-mail address")]
    Email,
    /// Not a telephone number.
    #[error("not a telephone number")]
    Phone,
    /// Too long.
    #[error("too long")]
    TooLong,
}

impl Card {
    /// The same without blanks around; the address in small letters, as it is compared.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { name: words(&self.name), email: self.email.trim().to_lowercase(), phone: words(&self.phone) }
    }

    /// Checks a tidy card.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn check(&self) -> Result<(), CardError> {
        if self.name.trim().is_empty() {
            return Err(CardError::NoName);
        }
        if self.name.chars().count() > MOST_NAME {
            return Err(CardError::TooLong);
        }
        if !self.email.is_empty() && !is_email(&self.email) {
            return Err(CardError::Email);
        }
        if !self.phone.is_empty() && !is_phone(&self.phone) {
            return Err(CardError::Phone);
        }
        Ok(())
    }
}

/// Whether a letter could be sent there: one `@` with something on both sides and a dot behind it.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((who, host)) = text.split_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"@,;<>\"".contains(c);
    let host_good = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
    text.chars().count() <= MOST_EMAIL && !who.is_empty() && host_good && who.chars().chain(host.chars()).all(plain)
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let good = |c: char| c.is_ascii_digit() || c.is_alphabetic() || "+-()., #*".contains(c);
    text.chars().count() <= MOST_PHONE && PHONE_DIGITS.contains(&digits) && text.chars().all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_as_people_write_them_are_taken() {
        let anna = Card {
            name: " Анна  Белова ".into(),
            email: " Anna@Romashka.RU".into(),
            phone: "+7 (495) 123-45-67 доб. 12".into(),
        };
        let tidy = anna.tidy();
        assert_eq!((tidy.name.as_str(), tidy.email.as_str()), ("Анна Белова", "anna@romashka.ru"));
        assert_eq!(tidy.check(), Ok(()));
        assert_eq!(Card { email: "почта@ромашка.рф".into(), ..tidy.clone() }.check(), Ok(()));
        for wrong in ["anna", "anna@", "@romashka.ru", "anna@romashka", "a b@c.ru", "a@b.ru;c@d.ru", "a@b..ru"] {
            assert_eq!(Card { email: wrong.into(), ..tidy.clone() }.check(), Err(CardError::Email), "{wrong}");
        }
        assert_eq!(Card { phone: "звонить Олегу".into(), ..tidy.clone() }.check(), Err(CardError::Phone));
        assert_eq!(Card { name: "  ".into(), ..tidy }.check(), Err(CardError::NoName));
    }
}
