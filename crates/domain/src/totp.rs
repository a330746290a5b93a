//! The second factor of the firm's people: a code that a telephone shows (RFC 6238), asked for
//! when a new device joins, and of each device again after so many days ([`is_due`]).
//!
//! SHA-1, six digits, thirty seconds: what every authenticator program understands. A code is good
//! in its own step and one to either side, for clocks that are a little off; a step that was used
//! is not good again. Five wrong codes in a row close the gate for a quarter of an hour.

use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::{Span, Timestamp};

/// Length of one step.
const STEP: Span = Span::seconds(30);
/// Steps to either side that are believed (RFC 6238, 5.2 recommends one).
const DRIFT: i64 = 1;
/// Digits of a code.
const DIGITS: usize = 6;
/// Bytes of a secret (RFC 4226, R6 recommends 160 bits).
pub const SECRET: usize = 20;
/// Wrong codes in a row before the pause.
const TRIES: u32 = 5;
/// The pause: 480 guesses a day among 333 000 pairs of steps and codes take two years.
const PAUSE: Span = Span::minutes(15);
/// Recovery codes of one person.
pub const RECOVERY: usize = 8;

/// After so many days a device is asked again, until the owner says something else.
pub const AGAIN: u16 = 30;
/// The longest time a device is believed, in days; more would be "never" in disguise.
pub const MOST_DAYS: u16 = 365;

/// Whether a device that proved itself at `last` has to do so again; `days` of 0 never ask.
#[must_use]
pub fn is_due(last: Timestamp, days: u16, now: Timestamp) -> bool {
    days > 0 && now - last >= Span::minutes(i64::from(days) * 24 * 60)
}

/// What a second factor remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// The last step whose code was used.
    pub last_step: i64,
    /// Wrong codes in a row.
    pub tries: u32,
    /// Nothing is believed before.
    pub paused_until: Timestamp,
}

/// Why a code was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It is wrong, or was used.
    #[error("the code is wrong or was used")]
    Wrong,
    /// Too many were wrong.
    #[error("too many codes were wrong")]
    Paused,
}

/// The code of a step (RFC 4226, 5.3).
fn code(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let four = [hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]];
    u32::from_be_bytes(four) % 10_u32.pow(u32::try_from(DIGITS).unwrap_or(6))
}

/// The code that a telephone shows at `now`.
#[must_use]
pub fn shown(secret: &[u8], now: Timestamp) -> String {
    format!("{:0DIGITS$}", code(secret, now.0.div_euclid(STEP.0)))
}

impl Guard {
    /// Believes a code or does not; what is to be remembered is in `self` either way.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn check(&mut self, secret: &[u8], typed: &str, now: Timestamp) -> Result<(), CodeError> {
        if now < self.paused_until {
            return Err(CodeError::Paused);
        }
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let here = now.0.div_euclid(STEP.0);
        let fits = |step: &i64| *step > self.last_step && same(&format!("{:0DIGITS$}", code(secret, *step)), &typed);
        match (here - DRIFT..=here + DRIFT).find(fits) {
            Some(step) => {
                *self = Self { last_step: step, ..Self::default() };
                Ok(())
            }
            None => {
                self.miss(now);
                Err(CodeError::Wrong)
            }
        }
    }

    /// A wrong code, of either kind.
    pub fn miss(&mut self, now: Timestamp) {
        self.tries += 1;
        if self.tries >= TRIES {
            (self.tries, self.paused_until) = (0, now + PAUSE);
        }
    }

    /// Whether nothing is believed at the moment.
    #[must_use]
    pub fn is_paused(&self, now: Timestamp) -> bool {
        now < self.paused_until
    }
}

/// Compares without telling by its time where two texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// A recovery code as it is kept: letters and digits only, hashed with whose it is.
#[must_use]
pub fn recovery_hash(person: crate::PersonId, typed: &str) -> [u8; 32] {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let mut hasher = blake3::Hasher::new_derive_key("opora/recovery/1");
    hasher.update(person.as_bytes());
    hasher.update(plain.as_bytes());
    hasher.finalize().into()
}

/// RFC 4648, without padding; upper case, as authenticator programs want it.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        (bits, held) = ((bits << 8) | u32::from(*byte), held + 8);
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[(bits >> held) as usize & 31]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - held)) as usize & 31]));
    }
    text
}

/// Reads [`base32`]; spaces and case do not matter.
#[must_use]
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '=') {
        let value = match c.to_ascii_uppercase() {
            c @ 'A'..='Z' => c as u32 - 'A' as u32,
            c @ '2'..='7' => c as u32 - '2' as u32 + 26,
            _ => return None,
        };
        (bits, held) = ((bits << 5) | value, held + 5);
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

/// What a QR code says to an authenticator program (Key URI format).
#[must_use]
pub fn uri(secret: &[u8], firm: &str, name: &str) -> String {
    let (firm, name) = (escaped(firm), escaped(name));
    format!("otpauth://totp/{firm}:{name}?secret={}&issuer={firm}&algorithm=SHA1&digits=6&period=30", base32(secret))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RFC: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp(0) + Span::seconds(seconds)
    }

    #[test]
    fn a_device_is_asked_again_after_its_days_and_never_for_none() {
        let (last, day) = (Timestamp(1_000), Span::minutes(24 * 60));
        let after = |days: i64| Timestamp(last.0 + day.0 * days);
        assert!(!is_due(last, 30, Timestamp(after(30).0 - 1)));
        assert!(is_due(last, 30, after(30)));
        assert!(!is_due(last, 0, after(3_650)), "the owner does not want it");
    }

    #[test]
    fn the_vectors_of_rfc_6238_hold() {
        // Appendix B, SHA-1, the last six of eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shown(RFC, at(seconds)), code, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_for_clocks_that_are_half_a_minute_off() {
        let now = at(1_000_000_000);
        for drift in [-30, 0, 30] {
            let mut guard = Guard::default();
            let typed = shown(RFC, now + Span::seconds(drift));
            assert_eq!(guard.check(RFC, &typed, now), Ok(()), "{drift}");
            assert_eq!(guard.check(RFC, &typed, now), Err(CodeError::Wrong), "it was used");
        }
        for drift in [-60, 60] {
            let typed = shown(RFC, now + Span::seconds(drift));
            assert_eq!(Guard::default().check(RFC, &typed, now), Err(CodeError::Wrong), "{drift}");
        }
        let older = shown(RFC, now + Span::seconds(-30));
        let mut guard = Guard::default();
        guard.check(RFC, &shown(RFC, now), now).expect("the present one");
        assert_eq!(guard.check(RFC, &older, now), Err(CodeError::Wrong), "nor is an older one after it");
    }

    #[test]
    fn after_five_wrong_codes_even_the_right_one_waits_a_quarter_of_an_hour() {
        let (mut guard, now) = (Guard::default(), at(1_000_000_000));
        for _ in 0..5 {
            assert_eq!(guard.check(RFC, "000000", now), Err(CodeError::Wrong));
        }
        assert_eq!(guard.check(RFC, &shown(RFC, now), now), Err(CodeError::Paused));
        let later = now + PAUSE;
        assert_eq!(guard.check(RFC, &shown(RFC, later), later), Ok(()));
    }

    #[test]
    fn base32_is_that_of_the_rfc() {
        for (plain, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(plain.as_bytes()), text);
        }
        assert_eq!(from_base32("mzxw 6ytb oi").as_deref(), Some(b"foobar".as_slice()));
        assert_eq!(from_base32("мой код"), None);
    }

    #[test]
    fn a_telephone_is_told_whose_code_it_is() {
        let said = uri(b"foobar", "Север-Софт", "Борис");
        assert!(said.starts_with("otpauth://totp/%D0%A1%D0%B5%D0%B2%D0%B5%D1%80-"), "{said}");
        assert!(said.contains("?secret=MZXW6YTBOI&issuer=%D0%A1"), "{said}");
    }

    proptest! {
        #[test]
        fn what_is_written_in_base32_is_read_again(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            prop_assert_eq!(from_base32(&base32(&bytes)), Some(bytes));
        }
    }
}
