//! A display of its own and a program on it, for tests that look at real pixels.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used, reason = "tests, shared by two crates")]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread::JoinHandle,
    time::Duration,
};

use ed25519_dalek::SigningKey;
use opora_domain::{
    SessionId, Span, Timestamp,
    grant::{Claim, Grant},
    scope::Scope,
    signed::Signed,
};
use x11rb::{
    connection::Connection,
    protocol::{
        Event,
        xkb::{self, ConnectionExt as _},
        xproto::*,
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

/// Nothing on one machine takes longer than this.
pub const DEADLINE: Duration = Duration::from_secs(20);

pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_micros()).unwrap())
}

/// Anna sits at the screen.
pub fn anna() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// Boris helps.
pub fn boris() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

pub fn claim() -> Claim {
    Claim {
        session: SessionId(uuid::Uuid::from_u128(7)),
        controlled: anna().verifying_key().into(),
        helper: boris().verifying_key().into(),
    }
}

pub fn consent(scopes: &[Scope]) -> Signed {
    let Claim { session, controlled, helper } = claim();
    let from = now();
    let scopes = scopes.iter().copied().collect();
    let grant = Grant { session, controlled, helper, scopes, from, until: from + Span::minutes(30), nonce: [3; 16] };
    Signed::new(&grant, &anna())
}

pub struct Xvfb {
    child: Child,
    pub name: String,
}

impl Xvfb {
    pub fn start(width: u32, height: u32) -> Self {
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { child, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the program has seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub presses: Vec<u8>,
    pub releases: Vec<u8>,
    pub keysyms: Vec<u32>,
    pub text: String,
    pub keys_down: i32,
}

/// A program with one window. It shows `colours[0]`, and the next colour after each left click; it
/// notes what is typed, reading the keyboard map as toolkits do.
pub struct Program {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    pub window: Window,
    stop: Arc<(RustConnection, Window)>,
    thread: Option<JoinHandle<()>>,
}

impl Program {
    pub fn open(display: &str, class: &str, place: (i16, i16, u16, u16), colours: Vec<u32>) -> Self {
        let (conn, screen) = x11rb::connect(Some(display)).unwrap();
        // As every Xlib does; without it the state of events hides the group.
        conn.xkb_use_extension(1, 0).unwrap().reply().unwrap();
        let news = xkb::EventType::NEW_KEYBOARD_NOTIFY | xkb::EventType::MAP_NOTIFY;
        let (none, all) = (xkb::EventType::from(0_u16), xkb::MapPart::from(0xff_u16));
        conn.xkb_select_events(0x100, none, news, all, all, &xkb::SelectEventsAux::new()).unwrap();
        let root = conn.setup().roots[screen].root;
        let window = conn.generate_id().unwrap();
        let (x, y, width, height) = place;
        let mask = EventMask::BUTTON_PRESS | EventMask::BUTTON_RELEASE | EventMask::KEY_PRESS | EventMask::KEY_RELEASE;
        let aux = CreateWindowAux::new().background_pixel(colours[0]).event_mask(mask | EventMask::STRUCTURE_NOTIFY);
        conn.create_window(0, window, root, x, y, width, height, 0, WindowClass::INPUT_OUTPUT, 0, &aux).unwrap();
        let class = format!("{class}\0{class}\0");
        conn.change_property8(PropMode::REPLACE, window, AtomEnum::WM_CLASS, AtomEnum::STRING, class.as_bytes())
            .unwrap();
        conn.map_window(window).unwrap();
        conn.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).unwrap();
        conn.sync().unwrap();
        let seen = Arc::new((Mutex::new(Seen::default()), Condvar::new()));
        let told = Arc::clone(&seen);
        let thread = std::thread::spawn(move || run(&conn, window, &colours, &told));
        let (stop, _) = x11rb::connect(Some(display)).unwrap();
        Self { seen, window, stop: Arc::new((stop, window)), thread: Some(thread) }
    }

    pub fn seen(&self) -> Seen {
        self.seen.0.lock().unwrap().clone()
    }

    /// Waits until the program has seen what `enough` asks for.
    pub fn until(&self, what: &str, enough: impl Fn(&Seen) -> bool) -> Seen {
        let guard = self.seen.0.lock().unwrap();
        let (seen, timeout) = self.seen.1.wait_timeout_while(guard, DEADLINE, |seen| !enough(seen)).unwrap();
        assert!(!timeout.timed_out(), "waited for {what}, saw {seen:?}");
        seen.clone()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let (conn, window) = &*self.stop;
        let _ = conn.destroy_window(*window);
        let _ = conn.flush();
        let _ = self.thread.take().unwrap().join();
    }
}

fn run(conn: &RustConnection, window: Window, colours: &[u32], told: &(Mutex<Seen>, Condvar)) {
    let setup = conn.setup();
    let (first, last) = (setup.min_keycode, setup.max_keycode);
    let read_map = || conn.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
    let mut map = read_map();
    let mut clicks = 0_usize;
    while let Ok(event) = conn.wait_for_event() {
        let mut seen = told.0.lock().unwrap();
        match event {
            Event::ButtonPress(press) => {
                if press.detail == 1 {
                    clicks += 1;
                    let colour = colours[clicks % colours.len()];
                    let aux = ChangeWindowAttributesAux::new().background_pixel(colour);
                    conn.change_window_attributes(window, &aux).unwrap();
                    conn.clear_area(false, window, 0, 0, 0, 0).unwrap();
                    conn.flush().unwrap();
                }
                seen.presses.push(press.detail);
            }
            Event::ButtonRelease(release) => seen.releases.push(release.detail),
            Event::XkbMapNotify(_) | Event::XkbNewKeyboardNotify(_) => map = read_map(),
            Event::KeyPress(key) => {
                let state = u16::from(key.state);
                let group = usize::from(state >> 13 & 3);
                let level = usize::from(state & 1);
                let columns = usize::from(map.keysyms_per_keycode);
                let row = &map.keysyms[usize::from(key.detail - first) * columns..][..columns];
                let keysym = row[(group * 2 + level).min(columns - 1)];
                seen.keysyms.push(keysym);
                seen.text.extend(xkeysym::Keysym::from(keysym).key_char());
                seen.keys_down += 1;
            }
            Event::KeyRelease(_) => seen.keys_down -= 1,
            Event::DestroyNotify(_) => return,
            _ => {}
        }
        drop(seen);
        told.1.notify_all();
    }
}

/// The person's own hand. Events of Xvfb's own mouse and keyboard, which have no other source, are
/// asked for by device: the server takes them as it takes those of a real one.
pub struct OwnHand {
    conn: RustConnection,
    mouse: u8,
    keyboard: u8,
    first_event: u8,
}

impl OwnHand {
    pub fn of(display: &str) -> Self {
        use x11rb::{connection::RequestConnection as _, protocol::xinput};
        let (conn, _) = x11rb::connect(Some(display)).unwrap();
        let first_event = conn.extension_information("XInputExtension").unwrap().unwrap().first_event;
        xinput::xi_query_version(&conn, 2, 2).unwrap().reply().unwrap();
        let all: u16 = xinput::Device::ALL.into();
        let devices = xinput::xi_query_device(&conn, all).unwrap().reply().unwrap().infos;
        let named = |name: &[u8]| {
            let device = devices.iter().find(|device| device.name == name).expect("Xvfb has it");
            u8::try_from(device.deviceid).unwrap()
        };
        let (mouse, keyboard) = (named(b"Xvfb mouse"), named(b"Xvfb keyboard"));
        Self { conn, mouse, keyboard, first_event }
    }

    pub fn click(&self) {
        self.press(self.mouse, 3, 1);
    }

    pub fn key(&self, keycode: u8) {
        self.press(self.keyboard, 1, keycode);
    }

    /// Moves the mouse by so many pixels.
    pub fn nudge(&self, dx: i32, dy: i32) {
        use x11rb::{connection::RequestConnection as _, protocol::xtest};
        let major = self.conn.extension_information(xtest::X11_EXTENSION_NAME).unwrap().unwrap().major_opcode;
        // XTestFakeDeviceMotionEvent, which the crate has no call for: FakeInput with a second event,
        // the valuators, behind the first. Detail 1 is "relative".
        let mut request = vec![major, 2, 17, 0, self.first_event + 5, 1, 0, 0];
        request.resize(4 + 31, 0);
        request.push(self.mouse | 0x80);
        request.extend([self.first_event, self.mouse, 0, 0, 0, 0, 2, 0]);
        for value in [dx, dy, 0, 0, 0, 0] {
            request.extend(value.to_ne_bytes());
        }
        self.conn.send_request_without_reply(&[std::io::IoSlice::new(&request)], vec![]).unwrap().check().unwrap();
    }

    /// Pulls the mouse out, as far as Xvfb can: its events no longer move the pointer.
    pub fn unplug(&self) {
        use x11rb::protocol::xinput::{HierarchyChange, HierarchyChangeData, HierarchyChangeDataDetachSlave};
        let deviceid = self.mouse.into();
        let data = HierarchyChangeData::DetachSlave(HierarchyChangeDataDetachSlave { deviceid });
        self.change_devices(HierarchyChange { len: 2, data });
    }

    pub fn plug_in(&self) {
        use x11rb::protocol::xinput::{HierarchyChange, HierarchyChangeData, HierarchyChangeDataAttachSlave};
        let (deviceid, master) = (self.mouse.into(), 2); // the first pair of masters has the numbers 2 and 3
        let data = HierarchyChangeData::AttachSlave(HierarchyChangeDataAttachSlave { deviceid, master });
        self.change_devices(HierarchyChange { len: 2, data });
    }

    fn change_devices(&self, change: x11rb::protocol::xinput::HierarchyChange) {
        x11rb::protocol::xinput::xi_change_hierarchy(&self.conn, &[change]).unwrap().check().unwrap();
    }

    fn press(&self, device: u8, kind: u8, detail: u8) {
        use x11rb::protocol::xtest::ConnectionExt as _;
        for kind in [kind, kind + 1] {
            let kind = self.first_event + kind;
            self.conn.xtest_fake_input(kind, detail, 0, x11rb::NONE, 0, 0, device).unwrap().check().unwrap();
        }
    }
}
