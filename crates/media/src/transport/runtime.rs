//! The runtime under the `webrtc` crate, with two of its traps removed (research/webrtc.md):
//!
//! - B2: while connecting, and as long as packets go through a relay, the driver misses wake-ups and
//!   sleeps on. Sleeps are capped at 5 ms then, which makes 22 ms of 606.
//! - B4: sockets get the kernel's small default buffers; bursts overflow them.

use std::{
    fmt,
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use webrtc::runtime::{
    AsyncInterval, AsyncTcpListener, AsyncTcpStream, AsyncUdpSocket, JoinHandle, Runtime, TokioRuntime,
};

/// Longest sleep in the fast phase (measured, B2).
const CAP: Duration = Duration::from_millis(5);
/// The fast phase goes on this long after the last reason for it.
const FAST: Duration = Duration::from_secs(3);
/// Socket buffers (measured, B4). The kernel gives less where its limit is lower.
const SOCKET_BUFFER: usize = 4 << 20;

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Switches the cap on and off; shared with the runtime.
#[derive(Clone, Default)]
pub(super) struct Haste {
    inner: Arc<HasteInner>,
}

struct HasteInner {
    born: Instant,
    /// Milliseconds since `born` until which sleeps are capped.
    until: AtomicU64,
    relayed: AtomicBool,
}

impl Default for HasteInner {
    fn default() -> Self {
        Self { born: Instant::now(), until: AtomicU64::new(0), relayed: AtomicBool::new(false) }
    }
}

impl Haste {
    /// Connecting begins, or has just ended: capped for the next three seconds.
    pub(super) fn begin(&self) {
        let until = (self.inner.born.elapsed() + FAST).as_millis();
        self.inner.until.store(u64::try_from(until).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Whether packets go through a relay now.
    pub(super) fn set_relayed(&self, relayed: bool) {
        self.inner.relayed.store(relayed, Ordering::Relaxed);
    }

    fn cap(&self, sleep: Duration) -> Duration {
        let fast = self.inner.born.elapsed().as_millis() < u128::from(self.inner.until.load(Ordering::Relaxed));
        if fast || self.inner.relayed.load(Ordering::Relaxed) { sleep.min(CAP) } else { sleep }
    }
}

/// Tokio, in haste while it matters and with large socket buffers.
pub(super) struct OporaRuntime {
    pub(super) haste: Haste,
}

impl fmt::Debug for OporaRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OporaRuntime")
    }
}

impl Runtime for OporaRuntime {
    fn spawn(&self, future: Boxed<'static, ()>) -> Box<dyn JoinHandle> {
        TokioRuntime.spawn(future)
    }

    fn spawn_reactor(&self, pool: usize, future: Boxed<'static, ()>) -> Box<dyn JoinHandle> {
        TokioRuntime.spawn_reactor(pool, future)
    }

    fn wrap_udp_socket(&self, socket: std::net::UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        let options = socket2::SockRef::from(&socket);
        if let Err(error) =
            options.set_recv_buffer_size(SOCKET_BUFFER).and_then(|()| options.set_send_buffer_size(SOCKET_BUFFER))
        {
            tracing::debug!(%error, "socket buffers stay small");
        }
        TokioRuntime.wrap_udp_socket(socket)
    }

    fn wrap_tcp_listener(&self, listener: std::net::TcpListener) -> io::Result<Arc<dyn AsyncTcpListener>> {
        TokioRuntime.wrap_tcp_listener(listener)
    }

    fn connect_tcp<'a>(&'a self, address: SocketAddr) -> Boxed<'a, io::Result<Arc<dyn AsyncTcpStream>>> {
        TokioRuntime.connect_tcp(address)
    }

    fn resolve_host<'a>(&'a self, host: &'a str) -> Boxed<'a, io::Result<Vec<SocketAddr>>> {
        TokioRuntime.resolve_host(host)
    }

    fn sleep(&self, duration: Duration) -> Boxed<'static, ()> {
        TokioRuntime.sleep(self.haste.cap(duration))
    }

    fn interval(&self, period: Duration) -> Box<dyn AsyncInterval> {
        TokioRuntime.interval(period)
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        TokioRuntime.block_on(future);
    }

    fn yield_now(&self) -> Boxed<'static, ()> {
        TokioRuntime.yield_now()
    }

    fn name(&self) -> &'static str {
        "opora"
    }
}
