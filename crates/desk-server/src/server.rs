//! Starting and stopping a desk.

use std::{
    fs::File,
    io,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    sync::Arc,
};

use opora_desk::{Desk, DeskError, StoreError};
use opora_desk_store::SqliteStore;
use opora_domain::{PublicKey, invite::Invite};
use opora_runtime::{Clock, Rng, Tasks};
use tokio::{net::TcpListener, sync::Semaphore};

use crate::{
    app::{self, App, Shared},
    blobs::Blobs,
    front,
    identity::{self, Identity, IdentityError},
    keeping,
    limits::{self, Limits},
    link, mail,
    relay::{self, Relay, RelayError, Tickets},
    seal_key, sweep, system,
    tokens::Tokens,
    uploads::Turns,
    webhooks,
};

/// What a desk needs to start.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// The folder with everything; made when missing.
    pub data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// `HOST:PORT` that stands in invites; else the address it listens at.
    pub public_address: Option<String>,
    /// Where STUN and TURN listen (UDP); else the port of `listen`, so that one port is open, or a free one.
    pub turn: Option<SocketAddr>,
    /// Webhooks may go to private addresses and to the same computer.
    pub webhooks_inside: bool,
    /// A further authority (PEM) for the certificate of the firm's own mail server.
    pub mail_ca: Option<PathBuf>,
    /// The clock.
    pub clock: Clock,
    /// The source of chance.
    pub rng: Rng,
}

impl ServerOptions {
    /// A desk in `data`, listening at `listen`, with the computer's clock.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>, listen: SocketAddr) -> Self {
        let (clock, rng) = (Clock::system(), Rng::system());
        Self {
            data: data.into(),
            listen,
            public_address: None,
            turn: None,
            webhooks_inside: false,
            mail_ca: None,
            clock,
            rng,
        }
    }
}

/// Why a desk did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder cannot be used.
    #[error("the data folder cannot be used")]
    Folder(#[source] io::Error),
    /// Another desk runs in this folder.
    #[error("another desk runs in this data folder")]
    InUse,
    /// The address cannot be listened at.
    #[error("{address} cannot be listened at")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// No relay for media.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// No identity.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The data cannot be opened.
    #[error("the data cannot be opened")]
    Store(#[from] StoreError),
    /// The data cannot be read.
    #[error("the data cannot be read")]
    Desk(#[from] DeskError),
}

/// A running desk. It runs until [`Server::shutdown`]; dropping the handle leaves it running.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// `HOST:PORT` in invites.
    pub public_address: String,
    /// Its identity.
    pub desk_key: PublicKey,
    /// The owner's invite link, until it is redeemed.
    pub owner_invite: Option<String>,
    relay_port: u16,
    tasks: Tasks,
    relay: Relay,
    store: SqliteStore,
    _lock: File,
}

impl Server {
    /// Starts a desk in the current tokio runtime.
    ///
    /// # Errors
    /// [`StartError`]; then nothing runs.
    pub async fn start(options: ServerOptions) -> Result<Self, StartError> {
        let lock = lock(&options.data)?;
        let store = SqliteStore::open(&options.data.join("desk.db"), &options.rng).await?;
        let seal = seal_key::load(&options.data, &options.rng).map_err(StartError::Folder)?;
        let store = store.sealed_by(&seal, &options.rng);
        let tasks = Tasks::new();
        match Self::start_over(&options, store.clone(), &tasks).await {
            Ok(Parts { address, public_address, desk_key, owner_invite, relay_port, relay }) => Ok(Self {
                address,
                public_address,
                desk_key,
                owner_invite,
                relay_port,
                tasks,
                relay,
                store,
                _lock: lock,
            }),
            Err(error) => {
                tasks.shutdown().await;
                store.close().await;
                Err(error)
            }
        }
    }

    async fn start_over(options: &ServerOptions, store: SqliteStore, tasks: &Tasks) -> Result<Parts, StartError> {
        let identity = Identity::load(&options.data, &options.rng)?;
        let listen = options.listen;
        let listener =
            TcpListener::bind(listen).await.map_err(|source| StartError::Listen { address: listen, source })?;
        let address = listener.local_addr().map_err(StartError::Folder)?;
        let public_address = options.public_address.clone().unwrap_or_else(|| reachable(address).to_string());
        let tls = identity.tls(identity::names([address.to_string().as_str(), &public_address]))?;
        let socket = relay::bind(address, options.turn).await?;
        let relay_port = socket.local_addr().map_err(StartError::Folder)?.port();
        let tickets = Tickets::new(identity::host_of(&public_address), relay_port, &options.rng);
        let app = share(options, &identity, store, tickets.clone(), tasks).await?;
        let owner_invite = owner_invite(&app, &public_address).await?;
        let place = relay::Place::of(&public_address, address.ip()).await;
        let relay = Relay::start(socket, place, tickets, app.desk.clone()).await?;
        tasks.spawn("sweep", {
            let app = Arc::clone(&app);
            |stop| sweep::run(app, stop)
        });
        tasks.spawn("mail", {
            let app = Arc::clone(&app);
            |stop| mail::run(app, stop)
        });
        tasks.spawn("webhooks", {
            let app = Arc::clone(&app);
            |stop| webhooks::run(app, stop)
        });
        tasks.spawn("keeping", {
            let app = Arc::clone(&app);
            |stop| keeping::run(app, stop)
        });
        tasks.spawn("front", {
            let (router, tasks) = (app::router(app), tasks.clone());
            |stop| front::run(listener, tls, router, tasks, stop)
        });
        Ok(Parts { address, public_address, desk_key: identity.public(), owner_invite, relay_port, relay })
    }

    /// What a firewall has to let in, as a sentence.
    #[must_use]
    pub fn open_ports(&self) -> String {
        let (tcp, udp) = (self.address.port(), self.relay_port);
        match tcp == udp {
            true => format!("One port has to be open: {tcp}, for TCP and UDP."),
            false => format!("Two ports have to be open: {tcp} for TCP, {udp} for UDP."),
        }
    }

    /// Ends all links and tasks, and closes the data.
    pub async fn shutdown(self) {
        self.tasks.shutdown().await;
        self.relay.close().await;
        self.store.close().await;
    }
}

/// What a started desk consists of, besides its store and tasks.
struct Parts {
    address: SocketAddr,
    public_address: String,
    desk_key: PublicKey,
    owner_invite: Option<String>,
    relay_port: u16,
    relay: Relay,
}

async fn share(
    options: &ServerOptions,
    identity: &Identity,
    store: SqliteStore,
    tickets: Tickets,
    tasks: &Tasks,
) -> Result<App, StartError> {
    let (clock, rng) = (options.clock.clone(), options.rng.clone());
    let desk = Desk::start(store, clock.clone(), rng.clone(), tasks).await?;
    let invites = Limits::new(limits::JOINING, &clock);
    let links = Limits::new(limits::LINKS, &clock);
    let operations = Limits::new(limits::OPERATIONS, &clock);
    let new_uploads = Limits::new(limits::UPLOADS, &clock);
    let questions = Limits::new(limits::QUESTIONS, &clock);
    if options.webhooks_inside {
        desk.reach_inside();
    }
    let keys = Limits::new(limits::API, &clock);
    let key_tries = Limits::new(limits::KEY_TRIES, &clock);
    let webhooks = webhooks::sender(desk.reach()).map_err(StartError::Folder)?;
    Ok(Arc::new(Shared {
        desk,
        desk_key: identity.public(),
        tokens: Tokens::new(clock, rng.clone()),
        rng,
        blobs: Blobs::open(&options.data).map_err(StartError::Folder)?,
        turns: Turns::default(),
        tickets,
        invites,
        links,
        operations,
        new_uploads,
        questions,
        keys,
        key_tries,
        webhooks,
        mail_ca: options.mail_ca.as_ref().map(std::fs::read).transpose().map_err(StartError::Folder)?,
        places: Arc::new(Semaphore::new(link::MOST_LINKS)),
        tasks: tasks.clone(),
    }))
}

async fn owner_invite(app: &App, public_address: &str) -> Result<Option<String>, StartError> {
    let seed = app.desk.founding_seed().await?;
    let invite =
        |seed| Invite { address: public_address.to_owned(), desk: app.desk_key.hash(), organisation: None, seed };
    Ok(seed.map(|seed| invite(seed).to_string()))
}

/// One desk for a folder: two would offer the same request twice.
fn lock(folder: &Path) -> Result<File, StartError> {
    std::fs::create_dir_all(folder).map_err(StartError::Folder)?;
    system::private_folder(folder).map_err(StartError::Folder)?;
    let file = File::create(folder.join("lock")).map_err(StartError::Folder)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StartError::InUse),
        Err(std::fs::TryLockError::Error(error)) => Err(StartError::Folder(error)),
    }
}

/// How others reach a desk that listens everywhere: by the address of the way out. Nothing is sent.
fn reachable(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    let way_out = || -> io::Result<SocketAddr> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        // Documentation's own network (RFC 5737): routed out, never answered.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    };
    let ip = way_out().map_or(Ipv4Addr::LOCALHOST.into(), |out| out.ip());
    SocketAddr::new(ip, address.port())
}
