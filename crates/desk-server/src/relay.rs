//! STUN and TURN beside the desk (UDP), so that media find a way out of any office.
//!
//! Credentials are `EXPIRY:PERSON` with an HMAC (draft-uberti-behave-turn-rest). They are good for
//! an hour, and longer while the person is connected to the desk: a call must not end because its
//! credentials are an hour old. The relay reaches no loopback, link-local or multicast address, and
//! private ones only when it stands in a private network itself, where its peers are.

use std::{
    io,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use opora_domain::{PersonId, Span, Timestamp};
use opora_runtime::Rng;
use opora_wire::hello::IceServer;
use sha1::Sha1;
use tokio::net::UdpSocket;
use turn::{
    auth::{AuthHandler, generate_auth_key},
    relay::RelayAddressGenerator,
    server::config::{ConnConfig, ServerConfig},
};
use webrtc_util::Conn;

use crate::{
    app::TheDesk,
    identity::host_of,
    limits::{self, Limits, network},
};

/// Of credentials whose person is not connected.
const LIFE: Span = Span::minutes(60);
const REALM: &str = "opora";
/// Ports of relayed addresses: the dynamic range (RFC 6335), apart from the system's own services.
const PORTS: std::ops::RangeInclusive<u16> = 49_152..=65_535;
/// Tries to find a free port of the range.
const TRIES: usize = 32;
/// Relayed addresses at once; each session has one or two.
const MOST_RELAYS: usize = 512;
/// How long a channel stays bound (RFC 8656, 12).
const CHANNEL_LIFE: Duration = Duration::from_secs(600);

/// The relay could not start.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The address cannot be listened at.
    #[error("the address for STUN and TURN cannot be listened at")]
    Listen(#[source] io::Error),
    /// The server library refused.
    #[error("STUN and TURN could not start")]
    Turn(#[from] turn::Error),
}

/// Makes and checks credentials.
#[derive(Clone)]
pub(crate) struct Tickets {
    host: String,
    port: u16,
    secret: Arc<[u8; 32]>,
}

impl std::fmt::Debug for Tickets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tickets")
    }
}

impl Tickets {
    pub(crate) fn new(host: &str, port: u16, rng: &Rng) -> Self {
        // An IPv6 address stands in brackets in an URL.
        let host = if host.parse::<Ipv6Addr>().is_ok() { format!("[{host}]") } else { host.to_owned() };
        Self { host, port, secret: Arc::new(rng.bytes()) }
    }

    /// STUN and TURN for a person.
    pub(crate) fn ice(&self, person: PersonId, now: Timestamp) -> Vec<IceServer> {
        let (host, port) = (&self.host, self.port);
        let username = format!("{}:{person}", (now + LIFE).0 / 1_000_000);
        let credential = self.password(&username);
        let stun =
            IceServer { urls: vec![format!("stun:{host}:{port}")], username: String::new(), credential: String::new() };
        vec![stun, IceServer { urls: vec![format!("turn:{host}:{port}?transport=udp")], username, credential }]
    }

    fn password(&self, username: &str) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(self.secret.as_slice()).expect("HMAC takes a key of any length");
        mac.update(username.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

/// When credentials end and whose they are.
fn parse(username: &str) -> Option<(Timestamp, PersonId)> {
    let (expiry, person) = username.split_once(':')?;
    let seconds: i64 = expiry.parse().ok()?;
    Some((Timestamp(seconds.checked_mul(1_000_000)?), person.parse().ok()?))
}

struct Gate {
    tickets: Tickets,
    desk: TheDesk,
}

impl AuthHandler for Gate {
    fn auth_handle(&self, username: &str, realm: &str, _: SocketAddr) -> Result<Vec<u8>, turn::Error> {
        let (until, person) = parse(username).ok_or(turn::Error::ErrNoSuchUser)?;
        if until <= self.desk.clock().now() && !self.desk.is_here(person) {
            return Err(turn::Error::ErrNoSuchUser);
        }
        Ok(generate_auth_key(username, realm, &self.tickets.password(username)))
    }
}

/// Where the relay stands: the address that others see, and the one that it binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    shown: IpAddr,
    bound: IpAddr,
}

impl Place {
    /// From the public address; a name is looked up once.
    pub(crate) async fn of(public_address: &str, listen: IpAddr) -> Self {
        let shown = match host_of(public_address).parse() {
            Ok(ip) => Some(ip),
            Err(_) => {
                tokio::net::lookup_host(public_address).await.ok().and_then(|mut found| found.next()).map(|at| at.ip())
            }
        };
        Self { shown: shown.unwrap_or(listen), bound: listen }
    }

    /// Whether the relay may talk with this peer.
    fn allows(&self, peer: SocketAddr) -> bool {
        let ip = peer.ip().to_canonical();
        if ip == self.shown {
            // Two relayed addresses of this desk; nothing else of this computer.
            return PORTS.contains(&peer.port()) || self.shown.is_loopback();
        }
        match reach(ip) {
            Reach::Public => true,
            Reach::Private => reach(self.shown) != Reach::Public,
            Reach::Loopback => self.shown.is_loopback(),
            Reach::Never => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Public,
    Private,
    Loopback,
    Never,
}

fn reach(ip: IpAddr) -> Reach {
    let never = ip.is_unspecified() || ip.is_multicast();
    match ip {
        _ if never => Reach::Never,
        _ if ip.is_loopback() => Reach::Loopback,
        IpAddr::V4(v4) if v4.is_broadcast() || v4.is_link_local() => Reach::Never,
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            // RFC 6598, addresses behind a provider's own translation.
            let shared = first == 100 && (64..128).contains(&second);
            if v4.is_private() || shared { Reach::Private } else { Reach::Public }
        }
        IpAddr::V6(v6) if v6.is_unicast_link_local() => Reach::Never,
        IpAddr::V6(v6) => {
            if v6.is_unique_local() {
                Reach::Private
            } else {
                Reach::Public
            }
        }
    }
}

/// Binds the socket for STUN and TURN: as told, else at the desk's own port, so that a firewall
/// opens one number, else anywhere.
pub(crate) async fn bind(desk: SocketAddr, told: Option<SocketAddr>) -> Result<UdpSocket, RelayError> {
    if let Some(told) = told {
        return UdpSocket::bind(told).await.map_err(RelayError::Listen);
    }
    if let Ok(socket) = UdpSocket::bind(desk).await {
        return Ok(socket);
    }
    tracing::warn!("the desk's own port is taken for UDP, TURN listens at another one");
    UdpSocket::bind((desk.ip(), 0)).await.map_err(RelayError::Listen)
}

/// The running relay.
pub(crate) struct Relay {
    server: turn::server::Server,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Relay")
    }
}

impl Relay {
    pub(crate) async fn start(
        socket: UdpSocket,
        place: Place,
        tickets: Tickets,
        desk: TheDesk,
    ) -> Result<Self, RelayError> {
        let door = Door { socket, requests: Limits::new(limits::RELAYING, desk.clock()) };
        let relays = Relays { place, open: Arc::default() };
        let conn = ConnConfig { conn: Arc::new(door), relay_addr_generator: Box::new(relays) };
        let config = ServerConfig {
            conn_configs: vec![conn],
            realm: REALM.to_owned(),
            auth_handler: Arc::new(Gate { tickets, desk }),
            channel_bind_timeout: CHANNEL_LIFE,
            alloc_close_notify: None,
        };
        Ok(Self { server: turn::server::Server::new(config).await? })
    }

    pub(crate) async fn close(&self) {
        if let Err(error) = self.server.close().await {
            tracing::warn!(%error, "TURN did not close well");
        }
    }
}

/// The socket that clients speak to.
///
/// The library ends its loop at the first error, and closes this when any allocation ends: neither
/// may happen. It remembers a nonce for each unauthenticated request: those are limited here.
struct Door {
    socket: UdpSocket,
    requests: Limits<IpAddr>,
}

impl Door {
    /// A STUN request other than a plain binding (RFC 8489, 5): the class bits are 00.
    fn costs(packet: &[u8]) -> bool {
        match packet {
            [high, low, ..] if *high < 4 => high & 1 == 0 && low & 0x10 == 0 && (*high, *low) != (0, 1),
            _ => false,
        }
    }
}

#[async_trait]
impl Conn for Door {
    async fn recv_from(&self, buffer: &mut [u8]) -> webrtc_util::Result<(usize, SocketAddr)> {
        loop {
            match self.socket.recv_from(buffer).await {
                Ok((length, from)) => {
                    let costs = Self::costs(buffer.get(..length).unwrap_or_default());
                    if !costs || self.requests.take(&network(from.ip())) {
                        return Ok((length, from));
                    }
                }
                // Windows reports here that an earlier packet was not taken.
                Err(error) => {
                    tracing::debug!(kind = ?error.kind(), "a datagram was not received");
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        }
    }

    async fn connect(&self, _: SocketAddr) -> webrtc_util::Result<()> {
        Err(unused())
    }

    async fn recv(&self, _: &mut [u8]) -> webrtc_util::Result<usize> {
        Err(unused())
    }

    async fn send(&self, _: &[u8]) -> webrtc_util::Result<usize> {
        Err(unused())
    }

    async fn send_to(&self, buffer: &[u8], target: SocketAddr) -> webrtc_util::Result<usize> {
        Ok(self.socket.send_to(buffer, target).await?)
    }

    fn local_addr(&self) -> webrtc_util::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        None
    }

    async fn close(&self) -> webrtc_util::Result<()> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn std::any::Any + Send + Sync) {
        self
    }
}

/// Gives out relayed addresses.
struct Relays {
    place: Place,
    open: Arc<AtomicUsize>,
}

#[async_trait]
impl RelayAddressGenerator for Relays {
    fn validate(&self) -> Result<(), turn::Error> {
        Ok(())
    }

    async fn allocate_conn(
        &self,
        use_ipv4: bool,
        requested_port: u16,
    ) -> Result<(Arc<dyn Conn + Send + Sync>, SocketAddr), turn::Error> {
        if requested_port != 0 || use_ipv4 != self.place.bound.is_ipv4() {
            return Err(turn::Error::ErrMaxRetriesExceeded);
        }
        if self.open.fetch_add(1, Ordering::AcqRel) >= MOST_RELAYS {
            self.open.fetch_sub(1, Ordering::AcqRel);
            return Err(turn::Error::ErrMaxRetriesExceeded);
        }
        let counted = Counted { open: Arc::clone(&self.open) };
        let first = usize::from(rand::random::<u16>());
        let ports = PORTS.cycle().skip(first % PORTS.len()).take(TRIES);
        for port in ports {
            if let Ok(socket) = UdpSocket::bind((self.place.bound, port)).await {
                let relayed = Relayed { socket, place: self.place, _counted: counted };
                return Ok((Arc::new(relayed), SocketAddr::new(self.place.shown, port)));
            }
        }
        Err(turn::Error::ErrMaxRetriesExceeded)
    }
}

struct Counted {
    open: Arc<AtomicUsize>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::AcqRel);
    }
}

/// One relayed address, which talks with allowed peers alone.
struct Relayed {
    socket: UdpSocket,
    place: Place,
    _counted: Counted,
}

#[async_trait]
impl Conn for Relayed {
    async fn recv_from(&self, buffer: &mut [u8]) -> webrtc_util::Result<(usize, SocketAddr)> {
        loop {
            match self.socket.recv_from(buffer).await {
                Ok((length, from)) if self.place.allows(from) => return Ok((length, from)),
                Ok(_) => {}
                Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        }
    }

    async fn send_to(&self, buffer: &[u8], target: SocketAddr) -> webrtc_util::Result<usize> {
        if self.place.allows(target) {
            // A peer that is not there is the peers' business, not an error of the relay.
            let _ = self.socket.send_to(buffer, target).await;
        }
        Ok(buffer.len())
    }

    async fn connect(&self, _: SocketAddr) -> webrtc_util::Result<()> {
        Err(unused())
    }

    async fn recv(&self, _: &mut [u8]) -> webrtc_util::Result<usize> {
        Err(unused())
    }

    async fn send(&self, _: &[u8]) -> webrtc_util::Result<usize> {
        Err(unused())
    }

    fn local_addr(&self) -> webrtc_util::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        None
    }

    async fn close(&self) -> webrtc_util::Result<()> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn std::any::Any + Send + Sync) {
        self
    }
}

/// The library never calls these on a server's sockets.
fn unused() -> webrtc_util::Error {
    io::Error::from(io::ErrorKind::Unsupported).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SocketAddr {
        text.parse().expect("an address")
    }

    fn relay(shown: &str) -> Place {
        let shown = shown.parse().expect("an address");
        Place { shown, bound: shown }
    }

    #[test]
    fn a_public_relay_is_no_way_into_the_computer_or_its_network() {
        let relay = relay("203.0.113.5");
        assert!(relay.allows(at("198.51.100.7:40000")));
        assert!(relay.allows(at("203.0.113.5:50000")), "the other side's relayed address");
        for inside in [
            "203.0.113.5:53",
            "127.0.0.1:50000",
            "10.0.0.1:50000",
            "192.168.1.1:80",
            "169.254.169.254:80",
            "100.64.0.1:80",
            "0.0.0.0:80",
            "224.0.0.1:80",
            "[::1]:80",
            "[::ffff:127.0.0.1]:80",
            "[fd00::1]:80",
            "[fe80::1]:80",
        ] {
            assert!(!relay.allows(at(inside)), "{inside}");
        }
    }

    #[test]
    fn a_relay_in_an_office_reaches_that_office() {
        let relay = relay("192.168.1.10");
        assert!(relay.allows(at("192.168.1.20:40000")));
        assert!(!relay.allows(at("127.0.0.1:40000")));
        assert!(!relay.allows(at("169.254.169.254:80")));
    }

    #[test]
    fn only_requests_that_cost_memory_are_counted() {
        assert!(Door::costs(&[0x00, 0x03, 0, 0]), "allocate");
        assert!(!Door::costs(&[0x00, 0x01, 0, 0]), "binding");
        assert!(!Door::costs(&[0x00, 0x16, 0, 0]), "send indication");
        assert!(!Door::costs(&[0x40, 0x00, 0, 0]), "channel data");
    }
}
