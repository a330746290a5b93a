//! "Call me back": a number and a time, beside a request that waits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Timestamp;

/// The longest number as it is written, in characters: 15 digits (E.164), signs between them, an extension.
const MOST_PHONE: usize = 40;
/// Fewer digits are no number; the shortest are internal ones.
const LEAST_DIGITS: usize = 3;

/// When to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "CallbackWhen")]
pub enum When {
    /// As soon as somebody can.
    Soon,
    /// At about that time.
    At {
        /// Then.
        at: Timestamp,
    },
}

/// A wish to be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Callback {
    /// The number, as the person writes it.
    pub phone: String,
    /// When.
    pub when: When,
}

/// Why nobody could call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is no telephone number")]
pub struct NotANumber;

impl Callback {
    /// Checks that the number could be dialled.
    ///
    /// # Errors
    /// [`NotANumber`].
    pub fn check(&self) -> Result<(), NotANumber> {
        let fits = self.phone.chars().count() <= MOST_PHONE;
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        let extension = ["доб", "ext", "вн"];
        let mut bare = self.phone.to_lowercase();
        for word in extension {
            bare = bare.replace(word, "");
        }
        let dialled = bare.chars().all(|one| one.is_ascii_digit() || " +-().,#*".contains(one));
        if fits && dialled && digits >= LEAST_DIGITS { Ok(()) } else { Err(NotANumber) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_as_people_write_it_and_other_words_are_not() {
        let check = |phone: &str| Callback { phone: phone.into(), when: When::Soon }.check();
        for good in ["+7 (812) 555-01-23", "8 921 555 01 23 доб. 12", "214", "+49 30 1234567 ext 5"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["", "позвоните", "12", "anna@romashka.ru", &"1".repeat(41)] {
            assert_eq!(check(bad), Err(NotANumber), "{bad}");
        }
    }
}
