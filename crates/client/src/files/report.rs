//! Reports of the desk, fetched beside the files.

use opora_domain::report::{Ask, Report};
use opora_ipc::{ErrorCode, UiError};
use opora_wire::Refusal;
use reqwest::Method;

use super::upload::Web;
use crate::{core::Core, refusal::refused};

/// A large desk needs seconds for ten years; a lost connection is noticed sooner.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

impl Core {
    /// Asks the desk for a report.
    ///
    /// # Errors
    /// What the desk says, or that there is no network.
    pub(crate) async fn fetch_report(&self, ask: &Ask) -> Result<Report, UiError> {
        let offline = |_| UiError::temporary(ErrorCode::Offline, "the desk did not answer");
        let web = Web::of(self).ok_or_else(|| UiError::temporary(ErrorCode::Offline, "there is no connection"))?;
        let mut query =
            vec![("from", ask.from.0.to_string()), ("to", ask.to.0.to_string()), ("zone", ask.zone.clone())];
        query.extend(ask.line.map(|line| ("line", line.to_string())));
        let request = web.request(Method::GET, &format!("/v1/report?{}", encoded(&query))).timeout(PATIENCE);
        let answer = request.send().await.map_err(offline)?;
        if answer.status().is_success() {
            return answer.json().await.map_err(offline);
        }
        let refusal: Refusal = answer.json().await.map_err(offline)?;
        Err(refused(&refusal))
    }
}

/// A query string: everything but letters, digits and a few signs is written as `%XX` (RFC 3986).
fn encoded(pairs: &[(&str, String)]) -> String {
    let value = |text: &str| {
        let byte = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    pairs.iter().map(|(name, text)| format!("{name}={}", value(text))).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_with_signs_comes_through_whole() {
        let pairs = [("zone", "America/Port-au-Prince".to_owned()), ("x", "a+b&ё".to_owned())];
        assert_eq!(encoded(&pairs), "zone=America%2FPort-au-Prince&x=a%2Bb%26%D1%91");
    }
}
