//! SHA-256 of a DTLS certificate: what both ends sign and compare (D7).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A certificate's SHA-256; `ab:cd:...` in text, as in SDP.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint(pub [u8; 32]);

/// Why a session description was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// No `a=fingerprint`, or one that is not SHA-256.
    #[error("the description names no usable fingerprint")]
    NoFingerprint,
    /// Two different ones: one of them may be somebody else's.
    #[error("the description names several fingerprints")]
    SeveralFingerprints,
    /// No `a=ice-ufrag`, or several.
    #[error("the description has no single user fragment")]
    NoUfrag,
    /// Longer than any that we make.
    #[error("the description is too long")]
    TooLong,
}

/// Ours are about 2 KiB.
const MOST_SDP: usize = 32 * 1024;

impl Fingerprint {
    /// Of a certificate in DER.
    #[must_use]
    pub fn of_certificate(der: &[u8]) -> Self {
        Self(Sha256::digest(der).into())
    }

    /// Reads `ab:cd:...`, upper or lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let mut parts = text.split(':');
        for byte in &mut bytes {
            let part = parts.next().filter(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))?;
            *byte = u8::from_str_radix(part, 16).ok()?;
        }
        parts.next().is_none().then_some(Self(bytes))
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            write!(f, "{}{byte:02x}", if at == 0 { "" } else { ":" })?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// What a description commits its sender to: the one fingerprint and the one user fragment in it.
///
/// The `webrtc` crate looks at the first fingerprint of each section only; here every line counts.
///
/// # Errors
/// [`SdpError`].
pub fn read_sdp(sdp: &str) -> Result<(Fingerprint, String), SdpError> {
    if sdp.len() > MOST_SDP {
        return Err(SdpError::TooLong);
    }
    let lines = || sdp.lines().map(str::trim_end);
    let mut fingerprint = None;
    for line in lines().filter_map(|line| line.strip_prefix("a=fingerprint:")) {
        let value = line.split_once(' ').filter(|(hash, _)| hash.eq_ignore_ascii_case("sha-256"));
        let this = value.and_then(|(_, value)| Fingerprint::parse(value)).ok_or(SdpError::NoFingerprint)?;
        if *fingerprint.get_or_insert(this) != this {
            return Err(SdpError::SeveralFingerprints);
        }
    }
    let mut ufrags: Vec<_> = lines().filter_map(|line| line.strip_prefix("a=ice-ufrag:")).collect();
    ufrags.dedup();
    let [ufrag] = ufrags[..] else { return Err(SdpError::NoUfrag) };
    Ok((fingerprint.ok_or(SdpError::NoFingerprint)?, ufrag.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(seed: u8) -> String {
        format!("a=fingerprint:sha-256 {}\r\n", Fingerprint([seed; 32]))
    }

    #[test]
    fn one_fingerprint_may_be_repeated_and_another_beside_it_may_not() {
        let ufrag = "a=ice-ufrag:abcd\r\n";
        let once = format!("v=0\r\n{}m=video\r\n{ufrag}{}", line(1), line(1));
        assert_eq!(read_sdp(&once), Ok((Fingerprint([1; 32]), "abcd".to_owned())));
        let twice = format!("v=0\r\n{}{}m=video\r\n{ufrag}", line(1), line(2));
        assert_eq!(read_sdp(&twice), Err(SdpError::SeveralFingerprints));
        assert_eq!(read_sdp(ufrag), Err(SdpError::NoFingerprint));
        assert_eq!(read_sdp("a=fingerprint:sha-1 aa\r\na=ice-ufrag:x"), Err(SdpError::NoFingerprint));
    }

    #[test]
    fn text_and_bytes_agree() {
        let print = Fingerprint::of_certificate(b"certificate");
        assert_eq!(Fingerprint::parse(&print.to_string().to_uppercase()), Some(print));
        assert_eq!(Fingerprint::parse("00:11"), None);
        assert_eq!(Fingerprint::parse(&format!("{print}:00")), None);
    }
}
