//! Opening a connection: TLS, challenge, hello.

use std::{error::Error, io, sync::Arc, time::Duration};

use ed25519_dalek::SigningKey;
use futures_util::{SinkExt, StreamExt};
use opora_domain::{key::KeyHash, signed::Signed};
use opora_history::Account;
use opora_ipc::ErrorCode;
use opora_runtime::pin::{is_wrong_desk, pinned_client_config};
use opora_wire::{Frame, Hello, MOST_FRAME, Ready, RefusalCode, ToClient, ToDesk, VERSION, hello::Presence};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, protocol::WebSocketConfig},
};

use super::{Cursor, frame};

/// A desk that does not answer in this time is tried again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// A part of a file may take this long on a bad line before the desk answers.
const PART_PATIENCE: Duration = Duration::from_secs(180);

/// The open connection.
pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectError {
    /// Nobody answers at that address.
    #[error("the desk cannot be reached")]
    Unreachable(#[source] io::Error),
    /// TLS or WebSocket failed.
    #[error("the connection failed")]
    Socket(#[source] Box<tungstenite::Error>),
    /// Too slow.
    #[error("the desk does not answer in time")]
    Slow,
    /// The desk hung up.
    #[error("the desk hung up")]
    Closed,
    /// The desk has not said a word for three beats.
    #[error("the desk fell silent")]
    Silent,
    /// What came was not a frame.
    #[error("a frame cannot be read or written")]
    Frame(#[source] serde_json::Error),
    /// A frame would be larger than the desk takes.
    #[error("a frame is too large")]
    TooLarge,
    /// The key in the challenge is not the pinned one.
    #[error("another desk answers")]
    WrongDesk,
    /// The organisation's key is not the pinned one.
    #[error("another organisation answers")]
    WrongOrganisation,
    /// No common version.
    #[error("no common version")]
    Version,
    /// The desk said no.
    #[error("the desk refused: {0:?}")]
    Refused(RefusalCode),
}

impl ConnectError {
    /// A failure of the socket.
    pub(super) fn socket(error: tungstenite::Error) -> Self {
        if is_wrong_desk(&error) { Self::WrongDesk } else { Self::Socket(Box::new(error)) }
    }

    /// The code that has a sentence.
    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::WrongDesk => ErrorCode::WrongDesk,
            Self::WrongOrganisation => ErrorCode::WrongOrganisation,
            Self::Version | Self::Refused(RefusalCode::Version) => ErrorCode::DeskVersion,
            Self::Refused(RefusalCode::UnknownDevice) => ErrorCode::DeviceUnknown,
            Self::Refused(RefusalCode::DeviceRevoked) => ErrorCode::DeviceRevoked,
            Self::Refused(RefusalCode::CodeNeeded) => ErrorCode::CodeNeeded,
            Self::Refused(RefusalCode::CodeWrong) => ErrorCode::CodeWrong,
            Self::Refused(RefusalCode::Busy) => ErrorCode::DeskBusy,
            Self::Refused(RefusalCode::DiskFull) => ErrorCode::DeskDiskFull,
            _ => ErrorCode::DeskUnreachable,
        }
    }

    /// What lies below, for the log.
    pub(crate) fn cause(&self) -> String {
        self.source().map(ToString::to_string).unwrap_or_default()
    }
}

/// HTTP that trusts this desk alone.
///
/// # Errors
/// When the system gives no sockets or threads.
pub(crate) fn http_client(pin: KeyHash) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(pinned_client_config(pin))
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(PATIENCE)
        .read_timeout(PART_PATIENCE)
        .build()
}

/// Connects and says hello.
pub(super) async fn open(
    account: &Account,
    device: &SigningKey,
    cursor: Cursor,
    code: Option<String>,
) -> Result<(Socket, Ready), ConnectError> {
    tokio::time::timeout(PATIENCE, greet(account, device, cursor, code)).await.map_err(|_| ConnectError::Slow)?
}

async fn greet(
    account: &Account,
    device: &SigningKey,
    (feed_epoch, cursor): Cursor,
    code: Option<String>,
) -> Result<(Socket, Ready), ConnectError> {
    let tcp = TcpStream::connect(&account.address).await.map_err(ConnectError::Unreachable)?;
    tcp.set_nodelay(true).map_err(ConnectError::Unreachable)?;
    let connector = Connector::Rustls(Arc::new(pinned_client_config(account.desk)));
    let limits = WebSocketConfig::default().max_message_size(Some(MOST_FRAME)).max_frame_size(Some(MOST_FRAME));
    let url = format!("wss://{}/v1/link", account.address);
    let opened = tokio_tungstenite::client_async_tls_with_config(url, tcp, Some(limits), Some(connector)).await;
    let (mut socket, _) = opened.map_err(ConnectError::socket)?;

    let ToClient::Challenge(challenge) = next(&mut socket).await? else { return Err(ConnectError::Closed) };
    if challenge.desk.hash() != account.desk {
        return Err(ConnectError::WrongDesk);
    }
    let [lowest, highest] = challenge.proto;
    if !(lowest..=highest).contains(&VERSION) {
        return Err(ConnectError::Version);
    }
    let presence = Signed::new(&Presence { desk: challenge.desk, nonce: challenge.nonce }, device);
    let hello = Hello {
        proto: [VERSION, VERSION],
        caps: Vec::new(),
        device: device.verifying_key().into(),
        presence,
        feed_epoch,
        cursor,
        code,
    };
    let text = serde_json::to_string(&Frame::new(1, ToDesk::Hello(hello))).map_err(ConnectError::Frame)?;
    socket.send(Message::text(text)).await.map_err(ConnectError::socket)?;
    match next(&mut socket).await? {
        ToClient::Ready(ready) if ready.organisation_key == Some(account.organisation_key) => Ok((socket, ready)),
        ToClient::Ready(_) => Err(ConnectError::WrongOrganisation),
        ToClient::Refused(refusal) => Err(ConnectError::Refused(refusal.code)),
        _ => Err(ConnectError::Closed),
    }
}

async fn next(socket: &mut Socket) -> Result<ToClient, ConnectError> {
    loop {
        match socket.next().await.ok_or(ConnectError::Closed)?.map_err(ConnectError::socket)? {
            Message::Text(text) => {
                return match frame::read(&text)?.message {
                    frame::Body::Other(message) => Ok(*message),
                    _ => Err(ConnectError::Closed),
                };
            }
            Message::Close(_) => return Err(ConnectError::Closed),
            _ => {}
        }
    }
}
