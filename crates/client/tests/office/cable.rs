//! A cable between clients and the desk: it can be cut, and it can swallow what the desk says.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

const WHOLE: u8 = 0;
const CUT: u8 = 1;
const DEAF: u8 = 2;

struct Inner {
    state: AtomicU8,
    cuts: watch::Sender<u64>,
    desk: Mutex<Option<SocketAddr>>,
}

/// The cable. Clones are the same one.
#[derive(Clone)]
pub struct Cable {
    address: SocketAddr,
    inner: Arc<Inner>,
}

impl Cable {
    pub async fn lay() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner =
            Arc::new(Inner { state: AtomicU8::new(WHOLE), cuts: watch::Sender::new(0), desk: Mutex::default() });
        let cable = Self { address, inner };
        tokio::spawn({
            let cable = cable.clone();
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(cable.clone().carry(client));
                }
            }
        });
        cable
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn lead_to(&self, desk: SocketAddr) {
        *self.inner.desk.lock().unwrap() = Some(desk);
    }

    /// Every connection breaks, and no new one comes through.
    pub fn cut(&self) {
        self.inner.state.store(CUT, Ordering::SeqCst);
        self.inner.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// The desk hears everything, but nothing of what it says arrives: answers are lost.
    pub fn swallow_answers(&self) {
        self.inner.state.store(DEAF, Ordering::SeqCst);
    }

    pub fn restore(&self) {
        self.inner.state.store(WHOLE, Ordering::SeqCst);
    }

    async fn carry(self, client: TcpStream) {
        let desk = *self.inner.desk.lock().unwrap();
        let mut cuts = self.inner.cuts.subscribe();
        let Some(desk) = desk.filter(|_| self.inner.state.load(Ordering::SeqCst) != CUT) else { return };
        let Ok(desk) = TcpStream::connect(desk).await else { return };
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_desk, mut to_desk) = desk.into_split();
        let up = async {
            let _ = tokio::io::copy(&mut from_client, &mut to_desk).await;
        };
        let down = async {
            let mut part = vec![0; 16 * 1024];
            while let Ok(read) = from_desk.read(&mut part).await {
                if read == 0 {
                    break;
                }
                if self.inner.state.load(Ordering::SeqCst) != DEAF && to_client.write_all(&part[..read]).await.is_err()
                {
                    break;
                }
            }
        };
        tokio::select! {
            () = up => {}
            () = down => {}
            _ = cuts.changed() => {}
        }
    }
}
