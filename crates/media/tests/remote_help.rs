//! Boris sees Anna's real screen, clicks and types there: capture, AV1, WebRTC and back, on real
//! pixels of a display of its own. Both ends run here, over 127.0.0.1.
#![allow(missing_docs, clippy::print_stdout, reason = "a test prints its seed")]
#![cfg(target_os = "linux")]

#[path = "../../screen/tests/support/mod.rs"]
mod support;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use opora_domain::{PublicKey, grant::Refused, scope::Scope};
use opora_media::{
    codec::{I420, av1::Decoder},
    fingerprint::Fingerprint,
    identity::{IdentityError, Role},
    link::{Description, Down, Link, LinkConfig, LinkError, LinkEvent, LinkState},
    message::Notice,
    share::{Share, ShareEnd, ShareParts},
    transport::{Bind, IceServer, MediaTransport, Network, TransportError, VideoPacket, WebrtcTransport},
    view::View,
};
use opora_runtime::{Clock, Rng, Tasks};
use opora_screen::{Button, Gate, InputEvent, Picture, open_cursor, open_injector, open_screen, screenshot};
use support::{DEADLINE, Program, Xvfb, anna, boris, claim, consent};
use tokio::sync::mpsc;

const RED: u32 = 0xc0_20_20;
const BLUE: u32 = 0x20_40_c0;
const WIDTH: u32 = 800;
const HEIGHT: u32 = 600;

/// `RUST_LOG=debug` shows what the ends do.
fn log() {
    let filter = tracing_subscriber::EnvFilter::from_default_env();
    drop(tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init());
}

async fn open(role: Role, key: SigningKey, peer: PublicKey, tasks: &Tasks) -> (Arc<Link>, mpsc::Receiver<LinkEvent>) {
    Link::open(link_config(role, key, peer, tasks)).await.expect("sockets")
}

fn loopback() -> Network {
    Network { bind: Bind::Loopback, ..Network::default() }
}

fn link_config(role: Role, key: SigningKey, peer: PublicKey, tasks: &Tasks) -> LinkConfig {
    log();
    LinkConfig {
        session: claim().session,
        role,
        key,
        peer,
        network: loopback(),
        clock: Clock::system(),
        rng: Rng::system(),
        tasks: tasks.clone(),
    }
}

/// A bad line: every datagram waits, and some are lost by a seeded chance. Each end takes it for the
/// other one's address.
struct Line {
    socket: Arc<tokio::net::UdpSocket>,
    ends: Arc<std::sync::Mutex<[Option<SocketAddr>; 2]>>,
}

impl Line {
    async fn lay(loss_percent: u64, delay: Duration, seed: u64, tasks: &Tasks) -> Self {
        println!("the line's seed is {seed}");
        let socket = Arc::new(tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a port"));
        let ends: Arc<std::sync::Mutex<[Option<SocketAddr>; 2]>> = Arc::default();
        let line = Self { socket: Arc::clone(&socket), ends: Arc::clone(&ends) };
        let chance = Rng::seeded(seed);
        tasks.spawn("line", |stop| async move {
            let mut buffer = vec![0; 2048];
            while let Some(Ok((length, from))) = stop.run_until_cancelled(socket.recv_from(&mut buffer)).await {
                let ends = *ends.lock().expect("no panic");
                let to = if ends[0] == Some(from) { ends[1] } else { ends[0] };
                let (Some(to), true) = (to, chance.up_to(99) >= loss_percent) else { continue };
                let (socket, datagram) = (Arc::clone(&socket), buffer[..length].to_vec());
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    socket.send_to(&datagram, to).await.expect("loopback");
                });
            }
        });
        line
    }

    /// Notes the end's address and puts the line's into the candidate.
    fn bend(&self, end: usize, json: &str) -> String {
        let mut parsed: serde_json::Value = serde_json::from_str(json).expect("a candidate");
        let text = parsed["candidate"].as_str().expect("text").to_owned();
        let mut words: Vec<_> = text.split(' ').map(str::to_owned).collect();
        self.ends.lock().expect("no panic")[end] =
            Some(format!("{}:{}", words[4], words[5]).parse().expect("an address"));
        words[5] = self.socket.local_addr().expect("bound").port().to_string();
        parsed["candidate"] = words.join(" ").into();
        parsed.to_string()
    }
}

/// Carries candidates, as the desk does.
fn carry(from: mpsc::Receiver<LinkEvent>, to: &Arc<Link>, tasks: &Tasks) {
    carry_over(from, to, tasks, str::to_owned);
}

fn carry_over(
    mut from: mpsc::Receiver<LinkEvent>,
    to: &Arc<Link>,
    tasks: &Tasks,
    bend: impl Fn(&str) -> String + Send + 'static,
) {
    let to = Arc::clone(to);
    tasks.spawn("desk", |stop| async move {
        while let Some(Some(event)) = stop.run_until_cancelled(from.recv()).await {
            if let LinkEvent::Candidate(json) = event {
                to.candidate(&bend(&json)).await;
            }
        }
    });
}

/// Anna's and Boris's ends, opened but not described.
async fn ends(tasks: &Tasks, line: Option<Line>) -> (Arc<Link>, Arc<Link>) {
    ends_over(tasks, line, &loopback()).await
}

async fn ends_over(tasks: &Tasks, line: Option<Line>, network: &Network) -> (Arc<Link>, Arc<Link>) {
    let config = |role, key, peer: SigningKey| LinkConfig {
        network: network.clone(),
        ..link_config(role, key, peer.verifying_key().into(), tasks)
    };
    let (shares, from_anna) = Link::open(config(Role::Shares, anna(), boris())).await.expect("sockets");
    let (views, from_boris) = Link::open(config(Role::Views, boris(), anna())).await.expect("sockets");
    let line = Arc::new(line);
    for (end, from, to) in [(0, from_anna, &views), (1, from_boris, &shares)] {
        let line = Arc::clone(&line);
        carry_over(from, to, tasks, move |json| match &*line {
            Some(line) => line.bend(end, json),
            None => json.to_owned(),
        });
    }
    (shares, views)
}

async fn describe(shares: &Link, views: &Link) {
    let offer = shares.offer().await.expect("Anna's turn");
    let answer = views.answer(&offer).await.expect("Anna signed it");
    shares.accept(&answer).await.expect("Boris signed it");
}

async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("waited for {what}"))
}

struct Help {
    xvfb: Xvfb,
    gate: Gate,
    share: Share,
    view: View,
    tasks: Tasks,
    decoder: Decoder,
    after: u64,
    shown: Option<Picture>,
}

impl Help {
    async fn begin(xvfb: Xvfb, scopes: &[Scope]) -> Self {
        let tasks = Tasks::new();
        let ends = ends(&tasks, None).await;
        Self::join(xvfb, scopes, tasks, ends).await
    }

    async fn join(xvfb: Xvfb, scopes: &[Scope], tasks: Tasks, (shares, views): (Arc<Link>, Arc<Link>)) -> Self {
        let gate = Gate::new(claim());
        gate.admit(&consent(scopes)).expect("Anna signed it");
        describe(&shares, &views).await;
        let parts = ShareParts {
            link: shares,
            gate: gate.clone(),
            source: open_screen(&xvfb.name).expect("X11"),
            cursor: Some(open_cursor(&xvfb.name).expect("XFIXES")),
            injector: Some(open_injector(&xvfb.name, gate.clone()).expect("XTEST")),
            clock: Clock::system(),
            tasks: tasks.clone(),
        };
        let share = Share::start(parts).expect("a new link");
        let view = View::start(views, &tasks).expect("a new link");
        let decoder = Decoder::new(1).expect("libaom");
        Self { xvfb, gate, share, view, tasks, decoder, after: 0, shown: None }
    }

    /// Takes frames until the decoded picture fits.
    async fn until(&mut self, what: &str, fits: impl Fn(&Picture) -> bool) {
        within(what, async {
            while !self.shown.as_ref().is_some_and(&fits) {
                self.take_frames(Duration::from_secs(1)).await.expect("the view lives");
            }
        })
        .await;
    }

    /// Decodes what came; `None` when the view is over.
    async fn take_frames(&mut self, patience: Duration) -> Option<usize> {
        let frames = self.view.next_batch(self.after, patience).await?;
        for frame in &frames {
            self.after = frame.seq;
            let planes = self.decoder.decode(&frame.data).expect("whole frames").expect("each shows a picture");
            self.shown = Some(planes.to_picture().expect("ours"));
        }
        Some(frames.len())
    }

    async fn click(&self, x: u32, y: u32) {
        let fraction = |pixel: u32, length: u32| u16::try_from(pixel * 65535 / (length - 1)).expect("inside");
        self.view.send(InputEvent::Move { x: fraction(x, WIDTH), y: fraction(y, HEIGHT) }).await;
        for down in [true, false] {
            self.view.send(InputEvent::Button { button: Button::Left, down }).await;
        }
    }

    async fn end(self) {
        drop((self.share, self.view));
        self.tasks.shutdown().await;
        assert_eq!(self.tasks.panics(), 0);
    }
}

/// Whether the pixel has about this colour; 4:2:0 and quantization change it a little.
fn is_about(picture: &Picture, (x, y): (u32, u32), colour: u32) -> bool {
    let [_, r, g, b] = colour.to_be_bytes();
    picture.rgb(x, y).is_some_and(|seen| seen.iter().zip([r, g, b]).all(|(a, b)| a.abs_diff(b) < 24))
}

#[tokio::test(flavor = "multi_thread")]
async fn boris_sees_the_screen_clicks_and_sees_the_change_until_anna_stops_it() {
    let xvfb = Xvfb::start(WIDTH, HEIGHT);
    let till = Program::open(&xvfb.name, "till", (100, 100, 200, 150), vec![RED, BLUE]);
    let mut help = Help::begin(xvfb, &[Scope::View, Scope::Pointer]).await;

    help.until("the red window", |picture| is_about(picture, (200, 170), RED)).await;
    let real = screenshot(&help.xvfb.name).expect("X11");
    let shown = help.shown.as_ref().expect("seen");
    assert_eq!((shown.width, shown.height), (real.width, real.height));
    let mut state = help.view.state();
    let pointer = within("the pointer", state.wait_for(|state| state.cursor.is_some() && state.pointer.is_some()));
    assert_eq!(pointer.await.expect("open").screen, Some((WIDTH, HEIGHT)));

    help.click(200, 170).await;
    help.until("the blue window", |picture| is_about(picture, (200, 170), BLUE)).await;
    till.until("one click", |seen| seen.presses == [1] && seen.releases == [1]);

    // Anna stops: from now on nothing is captured and nothing injected.
    help.gate.revoke();
    let pictures = help.share.counts().pictures;
    let ended = *within("the end", help.share.ended().wait_for(Option::is_some)).await.expect("known");
    assert_eq!(ended, Some(ShareEnd::Refused(Refused::None)));
    help.click(200, 170).await;
    within("the end of the view", async { while help.take_frames(Duration::from_secs(1)).await.is_some() {} }).await;
    let shown = help.shown.as_ref().expect("seen");
    assert!(is_about(shown, (200, 170), BLUE), "no later picture");
    assert_eq!(till.seen().presses, [1], "no later click");
    let counts = help.share.counts();
    assert_eq!((counts.pictures, counts.clicks), (pictures, 1), "the receipt says the same");
    help.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn boris_types_russian_and_latin_and_an_idle_screen_sends_nothing() {
    let xvfb = Xvfb::start(WIDTH, HEIGHT);
    let till = Program::open(&xvfb.name, "till", (0, 0, 400, 300), vec![RED]);
    let mut help = Help::begin(xvfb, &[Scope::View, Scope::Keyboard]).await;
    help.until("the window", |picture| is_about(picture, (200, 150), RED)).await;

    let text = "Счёт №42 от ООО «Ромашка»: paid, 100 ₽";
    help.view.send(InputEvent::Text { text: text.into() }).await;
    for down in [true, false] {
        help.view.send(InputEvent::Key { code: "KeyQ".into(), down }).await;
    }
    let typed = till.until("the text", |seen| seen.text.ends_with('q') && seen.keys_down == 0);
    assert_eq!(typed.text, format!("{text}q"));

    // The pointer was not allowed: nothing happens, and Boris is told why.
    help.click(200, 150).await;
    let mut state = help.view.state();
    within("the notice", state.wait_for(|state| state.notice == Some(Notice::NotAllowed))).await.expect("open");
    assert_eq!(till.seen().presses, [] as [u8; 0]);

    // Refinement ends; then an idle screen sends no picture for a whole second.
    within("silence", async { while help.take_frames(Duration::from_secs(1)).await != Some(0) {} }).await;
    assert_eq!(help.share.counts().pictures, help.view.counts().frames, "all arrived");
    help.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anna_s_own_hand_takes_a_drag_away_and_boris_sees_it() {
    let xvfb = Xvfb::start(WIDTH, HEIGHT);
    let till = Program::open(&xvfb.name, "till", (0, 0, 400, 300), vec![RED]);
    let help = Help::begin(xvfb, &[Scope::View, Scope::Pointer]).await;
    let mut state = help.view.state();
    within("the link", state.wait_for(|state| state.screen.is_some())).await.expect("open");
    help.view.send(InputEvent::Move { x: 9000, y: 9000 }).await;
    help.view.send(InputEvent::Button { button: Button::Left, down: true }).await;
    till.until("Boris's press", |seen| seen.presses == [1]);

    support::OwnHand::of(&help.xvfb.name).nudge(5, 5);
    till.until("the drag let go", |seen| seen.releases == [1]);
    help.view.send(InputEvent::Button { button: Button::Right, down: true }).await;
    within("the notice", state.wait_for(|state| state.notice == Some(Notice::OwnHand))).await.expect("open");
    // Boris does nothing more; the notice goes by itself when the second is over.
    within("its end", state.wait_for(|state| state.notice.is_none())).await.expect("open");
    assert_eq!(till.seen().presses, [1], "nothing was pressed meanwhile, nor made up for");
    help.end().await;
}

/// A page that changes all over, so that frames have many packets.
fn paint(display: &str, enough: &AtomicBool) {
    use x11rb::{connection::Connection, protocol::xproto::*};
    let (conn, screen) = x11rb::connect(Some(display)).expect("X11");
    let (window, pen) = (conn.setup().roots[screen].root, conn.generate_id().expect("an id"));
    let inferiors = CreateGCAux::new().subwindow_mode(SubwindowMode::INCLUDE_INFERIORS);
    conn.create_gc(pen, window, &inferiors).expect("sent");
    let chance = Rng::seeded(5);
    while !enough.load(Ordering::Relaxed) {
        for _ in 0..40 {
            let colour = u32::try_from(chance.up_to(0xff_ffff)).expect("24 bits");
            conn.change_gc(pen, &ChangeGCAux::new().foreground(colour)).expect("sent");
            let (x, y) = (chance.up_to(760) as i16, chance.up_to(560) as i16);
            conn.poly_fill_rectangle(window, pen, &[Rectangle { x, y, width: 40, height: 12 }]).expect("sent");
        }
        conn.get_input_focus().expect("sent").reply().expect("painted");
        std::thread::sleep(Duration::from_millis(40)); // the painter's own pace
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_bad_line_the_picture_stays_whole_and_clicks_arrive() {
    let xvfb = Xvfb::start(WIDTH, HEIGHT);
    let till = Program::open(&xvfb.name, "till", (100, 100, 200, 150), vec![RED, BLUE]);
    let tasks = Tasks::new();
    let line = Line::lay(5, Duration::from_millis(20), 20261124, &tasks).await;
    let ends = ends(&tasks, Some(line)).await;
    let mut help = Help::join(xvfb, &[Scope::View, Scope::Pointer], tasks, ends).await;
    help.until("the red window", |picture| is_about(picture, (200, 170), RED)).await;
    let display = help.xvfb.name.clone();
    let enough = Arc::new(AtomicBool::new(false));
    let painter = tokio::task::spawn_blocking({
        let enough = Arc::clone(&enough);
        move || paint(&display, &enough)
    });
    within("enough packets for the loss to matter", async {
        while help.view.counts().packets < 600 {
            help.take_frames(Duration::from_millis(100)).await.expect("the view lives");
        }
    })
    .await;
    enough.store(true, Ordering::Relaxed);
    painter.await.expect("painted");
    for (clicks, colour) in [(1, BLUE), (2, RED), (3, BLUE)] {
        help.click(200, 170).await;
        help.until("the changed window", |picture| is_about(picture, (200, 170), colour)).await;
        till.until("the clicks", |seen| seen.releases.len() == clicks);
    }
    within("silence", async { while help.take_frames(Duration::from_secs(1)).await != Some(0) {} }).await;
    let planes = |picture: &Picture| {
        let mut planes = I420::black(picture.width, picture.height).expect("small");
        planes.update(picture, &[picture.bounds()]).expect("same size");
        planes
    };
    let real = planes(&screenshot(&help.xvfb.name).expect("X11"));
    let psnr = planes(help.shown.as_ref().expect("seen")).psnr_y(&real).expect("same size");
    let counts = help.view.counts();
    let sent = help.share.counts();
    println!("{counts:?}, {sent:?}, {psnr:.1} dB");
    let packets = sent.bytes / 1000 + 2 * sent.pictures;
    assert!(
        counts.packets < packets + packets / 5,
        "a repair is not repeated for ever: {} of {packets}",
        counts.packets
    );
    assert!(psnr > 35.0, "{psnr:.1} dB: what Boris sees is what is there");
    help.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_card_pauses_the_hands() {
    let xvfb = Xvfb::start(WIDTH, HEIGHT);
    let till = Program::open(&xvfb.name, "till", (0, 0, 400, 300), vec![RED, BLUE]);
    let mut help = Help::begin(xvfb, &[Scope::View, Scope::Pointer]).await;
    help.until("the window", |picture| is_about(picture, (200, 150), RED)).await;
    help.share.pause(true);
    help.click(200, 150).await;
    within("move, press and release to be refused", async {
        while help.share.counts().refused < 3 {
            help.take_frames(Duration::from_millis(10)).await.expect("the view lives");
        }
    })
    .await;
    assert_eq!(help.view.state().borrow().notice, Some(Notice::Paused));
    help.share.pause(false);
    help.click(200, 150).await;
    help.until("the click", |picture| is_about(picture, (200, 150), BLUE)).await;
    till.until("one click only", |seen| seen.presses == [1]);
    help.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_swaps_a_description_gets_no_connection() {
    let tasks = Tasks::new();
    let (shares, views) = ends(&tasks, None).await;
    let (mallory, _events) = open(Role::Shares, boris(), anna().verifying_key().into(), &tasks).await;
    let offer = shares.offer().await.expect("Anna's turn");
    let hers = mallory.offer().await.expect("a description");
    let swapped = Description { sdp: hers.sdp.clone(), identity: offer.identity.clone() };
    let refused = views.answer(&swapped).await;
    assert!(matches!(refused, Err(LinkError::Identity(IdentityError::Swapped))), "{refused:?}");
    let resigned = views.answer(&hers).await;
    assert!(matches!(resigned, Err(LinkError::Identity(IdentityError::NotGenuine(_)))), "{resigned:?}");
    views.answer(&offer).await.expect("the real one is still taken");
    assert_eq!(*shares.state().borrow(), LinkState::Connecting);
    tasks.shutdown().await;
}

struct AnyoneWithTheSecret;

impl turn::auth::AuthHandler for AnyoneWithTheSecret {
    fn auth_handle(&self, username: &str, realm: &str, _from: SocketAddr) -> Result<Vec<u8>, turn::Error> {
        Ok(turn::auth::generate_auth_key(username, realm, "secret"))
    }
}

/// A relay as the desk runs one.
async fn relay() -> (turn::server::Server, IceServer) {
    use turn::{relay::relay_static::RelayAddressGeneratorStatic, server::config::*};
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    let port = socket.local_addr().expect("bound").port();
    let addresses = RelayAddressGeneratorStatic {
        relay_address: [127, 0, 0, 1].into(),
        address: "127.0.0.1".to_owned(),
        net: Arc::new(webrtc_util::vnet::net::Net::new(None)),
    };
    let server = turn::server::Server::new(ServerConfig {
        conn_configs: vec![ConnConfig { conn: Arc::new(socket), relay_addr_generator: Box::new(addresses) }],
        realm: "opora".to_owned(),
        auth_handler: Arc::new(AnyoneWithTheSecret),
        channel_bind_timeout: Duration::from_secs(600),
        alloc_close_notify: None,
    });
    let urls = vec![format!("turn:127.0.0.1:{port}?transport=udp")];
    let ice = IceServer { urls, username: "boris".to_owned(), credential: "secret".to_owned() };
    (server.await.expect("a relay"), ice)
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_else_goes_through_the_relay_carries_the_screen() {
    let xvfb = Xvfb::start(WIDTH, HEIGHT);
    let till = Program::open(&xvfb.name, "till", (100, 100, 200, 150), vec![RED, BLUE]);
    let tasks = Tasks::new();
    let (server, ice) = relay().await;
    let network = Network { ice: vec![ice], bind: Bind::Loopback, relay_only: true };
    let began = std::time::Instant::now();
    let ends = ends_over(&tasks, None, &network).await;
    let mut help = Help::join(xvfb, &[Scope::View, Scope::Pointer], tasks, ends).await;
    help.until("the red window", |picture| is_about(picture, (200, 170), RED)).await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(3), "without the fixes a relay takes 4 s: {took:?}");
    help.click(200, 170).await;
    help.until("the blue window", |picture| is_about(picture, (200, 170), BLUE)).await;
    till.until("one click", |seen| seen.presses == [1]);
    help.end().await;
    server.close().await.expect("closed");
}

/// What `webrtc` itself does when the handshake shows another certificate than the description: it
/// never connects. Boris's end takes the description in with a foreign fingerprint.
#[tokio::test(flavor = "multi_thread")]
async fn webrtc_itself_refuses_a_certificate_that_the_description_does_not_name() {
    let tasks = Tasks::new();
    let (shares, from_anna) = open(Role::Shares, anna(), boris().verifying_key().into(), &tasks).await;
    let (views, from_boris) = open_over(&tasks, |real| Odd { real, forges: true, lies: false }).await;
    carry(from_anna, &views, &tasks);
    carry(from_boris, &shares, &tasks);
    describe(&shares, &views).await;
    let mut state = views.state();
    let settled = state.wait_for(|state| !matches!(state, LinkState::Connecting));
    let settled = *within("the end of patience", settled).await.expect("open");
    assert_eq!(settled, LinkState::Down(Down::Lost), "it was never up");
    tasks.shutdown().await;
}

/// The comparison of the handshake's certificate does not lean on `webrtc`: a transport that shows
/// another one than was signed is closed, and nothing that it brought gets through.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_closes_when_the_handshake_shows_another_certificate() {
    let tasks = Tasks::new();
    let (shares, from_anna) = open(Role::Shares, anna(), boris().verifying_key().into(), &tasks).await;
    let (views, from_boris) = open_over(&tasks, |real| Odd { real, forges: false, lies: true }).await;
    carry(from_anna, &views, &tasks);
    carry(from_boris, &shares, &tasks);
    describe(&shares, &views).await;
    let mut state = views.state();
    let down = within("the refusal", state.wait_for(|state| matches!(state, LinkState::Down(_)))).await;
    assert_eq!(*down.expect("open"), LinkState::Down(Down::NotGenuine));
    tasks.shutdown().await;
}

/// Boris's end on a transport that misbehaves.
async fn open_over(tasks: &Tasks, odd: impl FnOnce(WebrtcTransport) -> Odd) -> (Arc<Link>, mpsc::Receiver<LinkEvent>) {
    let (real, streams) = WebrtcTransport::open(Role::Views, &loopback(), tasks).await.expect("sockets");
    let config = link_config(Role::Views, boris(), anna().verifying_key().into(), tasks);
    Link::over(config, Arc::new(odd(real)), streams)
}

/// A real transport but for two faults.
struct Odd {
    real: WebrtcTransport,
    /// Puts a foreign fingerprint into the remote description.
    forges: bool,
    /// Says that the handshake showed another certificate.
    lies: bool,
}

#[async_trait::async_trait]
impl MediaTransport for Odd {
    fn fingerprint(&self) -> Fingerprint {
        self.real.fingerprint()
    }
    async fn offer(&self) -> Result<String, TransportError> {
        self.real.offer().await
    }
    async fn answer(&self, offer: &str) -> Result<String, TransportError> {
        if !self.forges {
            return self.real.answer(offer).await;
        }
        let foreign = |line: &str| match line.strip_prefix("a=fingerprint:") {
            Some(_) => format!("a=fingerprint:sha-256 {}", Fingerprint([7; 32])),
            None => line.to_owned(),
        };
        let forged: Vec<_> = offer.lines().map(foreign).collect();
        self.real.answer(&(forged.join("\r\n") + "\r\n")).await
    }
    async fn accept(&self, answer: &str) -> Result<(), TransportError> {
        self.real.accept(answer).await
    }
    async fn add_candidate(&self, json: &str) -> Result<(), TransportError> {
        self.real.add_candidate(json).await
    }
    async fn remote_fingerprint(&self) -> Result<Option<Fingerprint>, TransportError> {
        let shown = self.real.remote_fingerprint().await?;
        Ok(shown.map(|Fingerprint(bytes)| Fingerprint(bytes.map(|byte| if self.lies { !byte } else { byte }))))
    }
    async fn send_video(&self, packet: VideoPacket) -> Result<(), TransportError> {
        self.real.send_video(packet).await
    }
    async fn send_control(&self, message: Bytes) -> Result<(), TransportError> {
        self.real.send_control(message).await
    }
    async fn send_motion(&self, message: Bytes) -> Result<(), TransportError> {
        self.real.send_motion(message).await
    }
    async fn close(&self) {
        self.real.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_links_over_loopback_come_up_at_once() {
    let tasks = Tasks::new();
    let (shares, views) = ends(&tasks, None).await;
    let began = std::time::Instant::now();
    describe(&shares, &views).await;
    for link in [&shares, &views] {
        let mut state = link.state();
        within("both up", state.wait_for(|state| *state == LinkState::Up)).await.expect("open");
    }
    let took = began.elapsed();
    assert!(took < Duration::from_millis(500), "without the capped sleeps it takes 600 ms: {took:?}");
    tasks.shutdown().await;
}
