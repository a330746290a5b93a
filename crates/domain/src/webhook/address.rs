//! Where a webhook may go: to the public internet by https, or, where the desk's own settings say so, to private
//! addresses; by http only to the same computer.
//!
//! A desk stands inside a firm's network, so whoever chooses a URL could reach what only the desk reaches (server
//! side request forgery). The URL is checked when it is written, and the address that is connected to each time:
//! a name may mean something else tomorrow.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Characters of a URL at most.
const MOST: usize = 2_000;

/// How far webhooks of this desk reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses.
    #[default]
    Public,
    /// Private addresses and the same computer too; the desk's settings say so.
    Inside,
}

impl Reach {
    /// Whether an address may be connected to.
    #[must_use]
    pub fn allows(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        match self {
            Self::Public => is_public(address),
            // Metadata services of clouds live at link-local addresses; no webhook does.
            Self::Inside => !is_link_local(address) && !address.is_unspecified() && !address.is_multicast(),
        }
    }
}

/// Why a URL is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Not a URL, or one with a name and password, or a fragment.
    #[error("this is not a URL that a webhook can have")]
    Malformed,
    /// Not https.
    #[error("a webhook goes by https, and by http only to the same computer")]
    NotHttps,
    /// A private address.
    #[error("a webhook does not go to private addresses unless the desk's settings allow it")]
    Private,
}

/// Checks a URL that somebody wrote. What its name means is looked at when it is connected to.
///
/// # Errors
/// [`UrlError`].
pub fn check(text: &str, reach: Reach) -> Result<Url, UrlError> {
    if text.len() > MOST {
        return Err(UrlError::Malformed);
    }
    let url = Url::parse(text).map_err(|_| UrlError::Malformed)?;
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let host = url.host().filter(|_| bare && url.port() != Some(0)).ok_or(UrlError::Malformed)?;
    let address = match host {
        Host::Ipv4(v4) => Some(IpAddr::V4(v4)),
        Host::Ipv6(v6) => Some(IpAddr::V6(v6)),
        Host::Domain(_) => None,
    };
    let same_computer = match host {
        Host::Domain(name) => name == "localhost",
        _ => address.is_some_and(|address| address.to_canonical().is_loopback()),
    };
    match url.scheme() {
        "https" => {}
        "http" if same_computer => {}
        _ => return Err(UrlError::NotHttps),
    }
    let allowed = address.is_none_or(|address| reach.allows(address));
    if !allowed || (same_computer && reach == Reach::Public) {
        return Err(UrlError::Private);
    }
    Ok(url)
}

fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    }
}

/// The IANA registries of special-purpose addresses (RFC 6890), as far as they are not reachable from everywhere,
/// and ways that lead from IPv6 to an IPv4 address inside.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = match (a, b, c) {
        (0 | 127, ..) => true,      // this network, this computer
        (100, 64..=127, _) => true, // shared behind a provider (RFC 6598)
        (192, 0, 0 | 2) => true,    // protocol assignments, documentation
        (192, 88, 99) => true,      // relays to IPv6, no longer there
        (198, 18 | 19, _) => true,  // measurements
        (198, 51, 100) => true,     // documentation
        (203, 0, 113) => true,      // documentation
        (224.., ..) => true,        // many receivers, reserved, all
        _ => false,
    };
    !special && !v4.is_private() && !v4.is_link_local()
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let parts = v6.segments();
    // Only 2000::/3 is given out; the rest is private, link-local, many receivers, or a way back to IPv4.
    let global = parts[0] & 0xe000 == 0x2000;
    let special = match (parts[0], parts[1]) {
        (0x2001, 0..=0x01ff) => true, // protocol assignments, Teredo among them
        (0x2001, 0x0db8) => true,     // documentation
        (0x2002, _) => true,          // 6to4: an IPv4 address is inside
        (0x3fff, 0..=0x0fff) => true, // documentation
        _ => false,
    };
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_only_the_desk_reaches_are_not_public() {
        let inside = [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
        ];
        for text in inside {
            let address: IpAddr = text.parse().expect("an address");
            assert!(!Reach::Public.allows(address), "{text}");
        }
        for text in ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2a00:1450:4010::71", "2001:4860::1"] {
            let address: IpAddr = text.parse().expect("an address");
            assert!(Reach::Public.allows(address), "{text}");
        }
    }

    #[test]
    fn inside_a_firm_private_addresses_are_reached_and_metadata_is_not() {
        let allows = |text: &str| Reach::Inside.allows(text.parse().expect("an address"));
        assert!(allows("10.1.2.3") && allows("127.0.0.1") && allows("fd12::1") && allows("8.8.8.8"));
        assert!(!allows("169.254.169.254") && !allows("fe80::1") && !allows("0.0.0.0") && !allows("224.0.0.1"));
        assert!(!allows("::ffff:169.254.169.254"));
    }

    #[test]
    fn urls_are_taken_as_the_rules_say() {
        let public = |text: &str| check(text, Reach::Public).err();
        let inside = |text: &str| check(text, Reach::Inside).err();
        assert_eq!(public("https://hooks.example.org/opora?x=1"), None);
        assert_eq!(public("http://hooks.example.org/opora"), Some(UrlError::NotHttps));
        assert_eq!(public("ftp://hooks.example.org/"), Some(UrlError::NotHttps));
        assert_eq!(public("file:///etc/passwd"), Some(UrlError::Malformed));
        assert_eq!(public("https://anna:geheim@example.org/"), Some(UrlError::Malformed));
        assert_eq!(public("hooks.example.org"), Some(UrlError::Malformed));
        for private in
            ["https://10.0.0.1/", "https://[::1]/", "https://localhost/", "http://127.0.0.1:9/", "https://0x7f.1/"]
        {
            assert_eq!(public(private), Some(UrlError::Private), "{private}");
        }
        assert_eq!(inside("http://127.0.0.1:9/x"), None);
        assert_eq!(inside("http://localhost:9/x"), None);
        assert_eq!(inside("http://10.0.0.1/"), Some(UrlError::NotHttps));
        assert_eq!(inside("https://10.0.0.1/"), None);
        assert_eq!(inside("https://169.254.169.254/latest"), Some(UrlError::Private));
    }
}
