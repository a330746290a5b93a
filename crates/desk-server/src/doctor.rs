//! `opora-desk doctor`: looks at a desk from outside and says in sentences what is wrong.

use std::{net::SocketAddr, path::Path, time::Duration};

use opora_desk_store::copy::{self, Contents};
use opora_domain::{
    Span, Timestamp,
    key::KeyHash,
    mail::{Server, Tls},
};
use opora_runtime::{Rng, pin::pinned_client_config};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    time::timeout,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use crate::{identity::Identity, system};

/// A local program that does not answer in this time is not well.
const PATIENCE: Duration = Duration::from_secs(5);
/// The database grows by less than this in a busy month; SQLite needs room for its journal.
const LITTLE_SPACE: u64 = 1024 * 1024 * 1024;
/// Enough for a year of files.
const GOOD_SPACE: u64 = 5 * LITTLE_SPACE;
/// A clock that is set back by a little is a clock that was corrected.
const SET_BACK: Span = Span::minutes(1);

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Good,
    /// To be looked at.
    Look,
    /// Has to be mended.
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub level: Level,
    /// A sentence, and what to do.
    pub what: String,
}

fn finding(level: Level, what: impl Into<String>) -> Finding {
    Finding { level, what: what.into() }
}

/// Looks at the desk in `data` that should answer at `listen`.
pub async fn examine(data: &Path, listen: SocketAddr, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![space(data)];
    let identity = identity(data, &mut findings);
    match copy::contents(&data.join("desk.db")).await {
        Ok(contents) => {
            findings.push(finding(
                Level::Good,
                format!("The database is whole: {} entries in the log, {} files.", contents.head, contents.blobs.len()),
            ));
            findings.push(clock(&contents, now));
        }
        Err(error) => findings.push(finding(
            Level::Bad,
            format!("The database cannot be read ({error}). Restore the last backup into a new folder."),
        )),
    }
    // A file of an older version has no such table yet.
    if let Ok(Some(server)) = copy::mail_server(&data.join("desk.db")).await {
        findings.push(mail(&server).await);
    }
    if let Some(pin) = identity {
        findings.push(port(listen, pin).await);
        findings.push(datagrams(listen).await);
    }
    findings
}

fn space(data: &Path) -> Finding {
    let Some(free) = system::free_space(data) else {
        return finding(Level::Look, "How much of the disk is free cannot be seen on this system.");
    };
    let gigabytes = free / LITTLE_SPACE;
    match free {
        0..LITTLE_SPACE => {
            finding(Level::Bad, "Less than 1 GB of the disk is free. Make room, or nothing can be saved soon.")
        }
        LITTLE_SPACE..GOOD_SPACE => {
            finding(Level::Look, format!("{gigabytes} GB of the disk are free. That is little."))
        }
        _ => finding(Level::Good, format!("{gigabytes} GB of the disk are free.")),
    }
}

fn identity(data: &Path, findings: &mut Vec<Finding>) -> Option<KeyHash> {
    if !data.join("desk.key").is_file() {
        findings
            .push(finding(Level::Bad, "There is no desk.key here: no invite would work. Is this the right folder?"));
        return None;
    }
    match Identity::load(data, &Rng::system()) {
        Ok(identity) => {
            findings
                .push(finding(Level::Good, "The desk's key is there; the certificate is made from it at each start."));
            Some(identity.public().hash())
        }
        Err(error) => {
            findings
                .push(finding(Level::Bad, format!("The desk's key cannot be read: {error}. Take it from a backup.")));
            None
        }
    }
}

fn clock(contents: &Contents, now: Timestamp) -> Finding {
    let ahead = contents.newest - now;
    if ahead > SET_BACK {
        let minutes = ahead.0 / Span::minutes(1).0;
        return finding(
            Level::Bad,
            format!(
                "The clock is {minutes} minutes behind the newest entry. Set it, and switch time synchronisation on."
            ),
        );
    }
    finding(Level::Good, "The clock is not behind the log.")
}

/// Whether the mail server greets; a login is tried by the owner's test letter.
async fn mail(server: &Server) -> Finding {
    let Server { host, port, tls, .. } = server;
    let greeted = async {
        let mut stream = TcpStream::connect((host.as_str(), *port)).await?;
        let mut greeting = [0; 3];
        if *tls != Tls::Always {
            stream.read_exact(&mut greeting).await?;
        }
        Ok::<bool, std::io::Error>(*tls == Tls::Always || greeting == *b"220")
    };
    match timeout(PATIENCE, greeted).await {
        Ok(Ok(true)) => finding(Level::Good, format!("The mail server answers at {host}:{port}.")),
        Ok(Ok(false)) => finding(Level::Look, format!("{host}:{port} does not greet like a mail server.")),
        Ok(Err(error)) => finding(Level::Look, format!("The mail server {host}:{port} cannot be reached: {error}.")),
        Err(_) => finding(Level::Look, format!("The mail server {host}:{port} does not answer in time. Letters wait.")),
    }
}

/// Connects as a client does: whoever answers has to prove that it is this desk.
async fn port(listen: SocketAddr, pin: KeyHash) -> Finding {
    let asked = timeout(PATIENCE, ask(listen, pin)).await;
    match asked {
        Ok(Ok(true)) => finding(Level::Good, format!("The desk answers at {listen} and proves its key.")),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            finding(Level::Look, format!("Nothing listens at {listen}. Is the desk running?"))
        }
        Ok(Ok(false) | Err(_)) => {
            finding(Level::Bad, format!("Something else answers at {listen}. Two programs cannot share a port."))
        }
        Err(_) => finding(Level::Bad, format!("{listen} does not answer in time.")),
    }
}

async fn ask(listen: SocketAddr, pin: KeyHash) -> std::io::Result<bool> {
    let stream = TcpStream::connect(reach(listen)).await?;
    let connector = TlsConnector::from(std::sync::Arc::new(pinned_client_config(pin)));
    let name = ServerName::try_from("localhost").map_err(std::io::Error::other)?;
    let mut stream = connector.connect(name, stream).await.map_err(std::io::Error::other)?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = Vec::new();
    // Some servers hang up without the last word of TLS; the answer is there.
    let _ = stream.read_to_end(&mut answer).await;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}

/// A STUN binding request (RFC 8489): the relay answers it on the same port.
async fn datagrams(listen: SocketAddr) -> Finding {
    let asked = async {
        let any: SocketAddr = if listen.is_ipv4() { ([0, 0, 0, 0], 0).into() } else { ([0_u16; 8], 0).into() };
        let socket = UdpSocket::bind(any).await?;
        let mut request = vec![0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        request.extend_from_slice(b"opora-doctor");
        socket.send_to(&request, reach(listen)).await?;
        let mut answer = [0; 512];
        let (length, _) = socket.recv_from(&mut answer).await?;
        Ok::<bool, std::io::Error>(length >= 20 && answer.starts_with(&[1, 1]))
    };
    match timeout(PATIENCE, asked).await {
        Ok(Ok(true)) => finding(Level::Good, "STUN and TURN answer on the same port (UDP): screens find their way."),
        _ => finding(
            Level::Look,
            format!(
                "UDP at {listen} does not answer. Screens are seen only where two computers reach each other directly."
            ),
        ),
    }
}

/// A desk that listens everywhere is asked at this computer.
fn reach(listen: SocketAddr) -> SocketAddr {
    let mut at = listen;
    if at.ip().is_unspecified() {
        at.set_ip(if at.is_ipv4() { [127, 0, 0, 1].into() } else { std::net::Ipv6Addr::LOCALHOST.into() });
    }
    at
}
