//! Capture and input on a real X server.
#![allow(missing_docs)]
#![cfg(target_os = "linux")]

mod support;

use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use opora_domain::{grant::Refused, scope::Scope};
use opora_screen::{
    Border, Button, CursorEvent, Gate, Injector, InputEvent, ScreenSource, StopKey, StopKeyError, Wake,
    error::{CaptureError, InputError, Missing},
    open_cursor, open_injector, open_screen, screenshot,
};
use support::{DEADLINE, OwnHand, Program, Xvfb, claim, consent, now};
use x11rb::{
    connection::Connection,
    protocol::{
        xproto::{self, ConnectionExt as _},
        xtest::ConnectionExt as _,
    },
};

const RED: u32 = 0xc0_20_20;
const BLUE: u32 = 0x20_40_c0;

fn open_gate(scopes: &[Scope]) -> Gate {
    let gate = Gate::new(claim());
    gate.admit(&consent(scopes)).expect("Anna signed it");
    gate
}

fn rgb(colour: u32) -> [u8; 3] {
    let [_, r, g, b] = colour.to_be_bytes();
    [r, g, b]
}

/// A place of the 800x600 screen as fractions.
fn at(x: u32, y: u32) -> InputEvent {
    let fraction = |pixel: u32, length: u32| u16::try_from(pixel * 65535 / (length - 1)).expect("inside");
    InputEvent::Move { x: fraction(x, 800), y: fraction(y, 600) }
}

fn press(injector: &mut dyn Injector, down: bool) -> Result<(), InputError> {
    injector.inject(&InputEvent::Button { button: Button::Left, down }, now())
}

fn take_until(source: &mut dyn ScreenSource, gate: &Gate, what: &str, done: impl Fn(&dyn ScreenSource) -> bool) {
    let end = Instant::now() + DEADLINE;
    while !done(source) {
        assert_ne!(source.wait(Some(end)).expect("lives"), Wake::Deadline, "waited for {what}");
        source.take(gate, now()).expect("granted");
    }
}

#[test]
fn a_click_changes_the_picture_and_an_idle_screen_stays_silent() {
    let xvfb = Xvfb::start(800, 600);
    let program = Program::open(&xvfb.name, "till", (100, 100, 200, 150), vec![RED, BLUE]);
    let gate = open_gate(&[Scope::View, Scope::Pointer]);
    let mut source = open_screen(&xvfb.name).expect("X11");
    let mut injector = open_injector(&xvfb.name, gate.clone()).expect("XTEST");
    take_until(&mut *source, &gate, "red", |s| s.picture().rgb(150, 150) == Some(rgb(RED)));

    injector.inject(&at(150, 150), now()).expect("granted");
    press(&mut *injector, true).expect("granted");
    press(&mut *injector, false).expect("granted");
    program.until("the click", |seen| seen.releases == [1]);
    assert_eq!(source.wait(Some(Instant::now() + DEADLINE)).expect("lives"), Wake::Changed);
    let update = source.take(&gate, now()).expect("granted");
    assert_eq!(source.picture().rgb(150, 150), Some(rgb(BLUE)));
    assert_eq!(source.picture().rgb(50, 50), Some([0, 0, 0]), "outside nothing changed");
    assert!(update.rects.iter().all(|r| r.x >= 100 && r.x + r.width <= 300), "only the window: {update:?}");

    let quiet = Instant::now() + Duration::from_millis(200);
    assert_eq!(source.wait(Some(quiet)).expect("lives"), Wake::Deadline, "idle");
    assert_eq!(screenshot(&xvfb.name).expect("X11").bgra, source.picture().bgra, "the shadow is the screen");
}

#[test]
fn after_revocation_no_pixel_and_no_event() {
    let xvfb = Xvfb::start(800, 600);
    let program = Program::open(&xvfb.name, "till", (100, 100, 200, 150), vec![RED, BLUE]);
    let gate = open_gate(&[Scope::View, Scope::Pointer, Scope::Keyboard]);
    let mut source = open_screen(&xvfb.name).expect("X11");
    let mut injector = open_injector(&xvfb.name, gate.clone()).expect("XTEST");
    injector.inject(&at(150, 150), now()).expect("granted");
    press(&mut *injector, true).expect("granted");
    injector.inject(&InputEvent::Key { code: "KeyA".into(), down: true }, now()).expect("granted");
    program.until("both", |seen| seen.keys_down == 1 && seen.presses == [1]);
    source.take(&gate, now()).expect("granted");

    gate.revoke();
    assert!(matches!(source.take(&gate, now()), Err(CaptureError::Refused(Refused::None))));
    assert!(matches!(press(&mut *injector, true), Err(InputError::Refused(Refused::None))));
    drop(injector);
    let seen = program.until("what was held to be let go", |seen| seen.keys_down == 0 && seen.releases == [1]);
    assert_eq!(seen.presses, [1], "no press came after");
}

#[test]
fn opora_s_own_windows_get_no_click_and_no_key_from_a_helper() {
    let xvfb = Xvfb::start(800, 600);
    let consent_card = Program::open(&xvfb.name, "opora-desktop", (100, 100, 200, 150), vec![RED, BLUE]);
    let gate = open_gate(&[Scope::Pointer, Scope::Keyboard]);
    let mut injector = open_injector(&xvfb.name, gate).expect("XTEST");
    injector.inject(&at(150, 150), now()).expect("hovering is harmless");
    assert!(matches!(press(&mut *injector, true), Err(InputError::OwnWindow)));
    let enter = InputEvent::Key { code: "Enter".into(), down: true };
    assert!(matches!(injector.inject(&enter, now()), Err(InputError::OwnWindow)));
    let text = InputEvent::Text { text: "да".into() };
    assert!(matches!(injector.inject(&text, now()), Err(InputError::OwnWindow)));
    drop(consent_card);

    let till = Program::open(&xvfb.name, "till", (100, 100, 200, 150), vec![RED]);
    injector.pause(true);
    assert!(matches!(press(&mut *injector, true), Err(InputError::Paused)));
    injector.pause(false);
    press(&mut *injector, true).expect("granted");
    assert_eq!(till.until("the click", |seen| !seen.presses.is_empty()).presses, [1]);
}

#[test]
fn latin_cyrillic_and_rare_letters_are_typed_on_an_american_keyboard() {
    let xvfb = Xvfb::start(800, 600);
    let till = Program::open(&xvfb.name, "till", (0, 0, 800, 600), vec![RED]);
    let gate = open_gate(&[Scope::Keyboard]);
    let mut injector = open_injector(&xvfb.name, gate).expect("XTEST");
    let text = "Hello, World! Привет, Ёжик №5 — 100 ₽. Съешь ещё этих мягких французских булок";
    injector.inject(&InputEvent::Text { text: text.into() }, now()).expect("granted");
    let seen = till.until("all letters", |seen| seen.text.chars().count() >= text.chars().count());
    assert_eq!(seen.text, text);

    for down in [true, false] {
        injector.inject(&InputEvent::Key { code: "ArrowUp".into(), down }, now()).expect("granted");
    }
    till.until("the arrow, pressed and released", |seen| seen.keysyms.last() == Some(&0xff52) && seen.keys_down == 0);
    drop(injector);
    let (conn, _) = x11rb::connect(Some(&xvfb.name)).expect("X11");
    let (first, last) = (conn.setup().min_keycode, conn.setup().max_keycode);
    let map = conn.get_keyboard_mapping(first, last - first + 1).expect("sent").reply().expect("answered");
    assert!(!map.keysyms.contains(&0x6d1), "the spare keys were given back");
}

#[test]
fn the_stop_key_belongs_to_anna() {
    let xvfb = Xvfb::start(800, 600);
    let (told, pressed) = mpsc::channel();
    let stop_key = StopKey::grab(&xvfb.name, move || told.send(()).expect("heard")).expect("free");
    assert!(matches!(StopKey::grab(&xvfb.name, || ()), Err(StopKeyError::Taken)));

    let mut injector = open_injector(&xvfb.name, open_gate(&[Scope::Keyboard])).expect("XTEST");
    let key = |code: &str, down| InputEvent::Key { code: code.into(), down };
    for modifier in ["ControlLeft", "AltLeft"] {
        injector.inject(&key(modifier, true), now()).expect("granted");
    }
    assert!(matches!(injector.inject(&key("End", true), now()), Err(InputError::StopKey)));
    injector.release_all();
    injector.inject(&key("End", true), now()).expect("End alone is a key like others");
    assert!(matches!(injector.inject(&key("ControlLeft", true), now()), Err(InputError::StopKey)));
    injector.release_all();
    assert!(pressed.try_recv().is_err(), "Boris cannot press it");

    let (conn, screen) = x11rb::connect(Some(&xvfb.name)).expect("X11");
    let root = conn.setup().roots[screen].root;
    for (kind, keycode) in [(2, 37), (2, 64), (2, 115), (3, 115), (3, 64), (3, 37)] {
        conn.xtest_fake_input(kind, keycode, 0, root, 0, 0, 0).expect("sent");
    }
    conn.flush().expect("sent");
    pressed.recv_timeout(DEADLINE).expect("Anna's hand presses it");
    drop(stop_key);
}

#[test]
fn the_frame_is_seen_and_lets_clicks_through() {
    let xvfb = Xvfb::start(800, 600);
    let border = Border::show(&xvfb.name, 0x00_a0_60).expect("X11");
    let till = Program::open(&xvfb.name, "till", (0, 0, 800, 600), vec![RED]);
    let gate = open_gate(&[Scope::View, Scope::Pointer]);
    let mut source = open_screen(&xvfb.name).expect("X11");
    let frame = Some(rgb(0x00_a0_60));
    take_until(&mut *source, &gate, "the frame above the window", |s| {
        [(0, 300), (799, 300), (400, 0), (400, 599)].iter().all(|(x, y)| s.picture().rgb(*x, *y) == frame)
    });
    let mut injector = open_injector(&xvfb.name, gate.clone()).expect("XTEST");
    injector.inject(&at(1, 300), now()).expect("granted");
    press(&mut *injector, true).expect("the frame is no window to click");
    till.until("the click", |seen| seen.presses == [1]);
    drop(border);
    take_until(&mut *source, &gate, "no frame", |s| s.picture().rgb(0, 300) == Some(rgb(RED)));
}

/// Nothing on the screen changes, so nothing may be sent: neither for Opora's own frame, nor for a program that
/// paints again what it had painted.
#[test]
fn a_still_screen_stays_still_inside_the_frame() {
    let xvfb = Xvfb::start(800, 600);
    let border = Border::show(&xvfb.name, 0x00_a0_60).expect("X11");
    let gate = open_gate(&[Scope::View]);
    let mut source = open_screen(&xvfb.name).expect("X11");
    take_until(&mut *source, &gate, "the frame", |s| s.picture().rgb(0, 300) == Some(rgb(0x00_a0_60)));
    // Ten times as long as the frame waits before it comes to the top once more.
    let until = Instant::now() + Duration::from_secs(1);
    assert_eq!(source.wait(Some(until)).expect("X11"), Wake::Deadline, "nobody painted");
    drop(border);
}

#[test]
fn what_is_painted_again_is_no_change() {
    let xvfb = Xvfb::start(800, 600);
    let gate = open_gate(&[Scope::View]);
    let till = Program::open(&xvfb.name, "till", (100, 100, 300, 200), vec![RED]);
    let mut source = open_screen(&xvfb.name).expect("X11");
    take_until(&mut *source, &gate, "the till", |s| s.picture().rgb(200, 200) == Some(rgb(RED)));
    let (conn, screen) = x11rb::connect(Some(&xvfb.name)).expect("X11");
    let root = conn.setup().roots[screen].root;
    let paint = |colour: u32, x: i16, width: u16| {
        let gc = conn.generate_id().expect("an id");
        let aux =
            xproto::CreateGCAux::new().foreground(colour).subwindow_mode(xproto::SubwindowMode::INCLUDE_INFERIORS);
        conn.create_gc(gc, root, &aux).expect("X11");
        let area = xproto::Rectangle { x, y: 150, width, height: 20 };
        conn.poly_fill_rectangle(root, gc, &[area]).expect("X11");
        conn.get_input_focus().expect("X11").reply().expect("it is painted");
    };
    paint(RED, 150, 100);
    assert_eq!(source.wait(Some(Instant::now() + DEADLINE)).expect("X11"), Wake::Changed);
    assert!(source.take(&gate, now()).expect("granted").rects.is_empty(), "red on red");
    // And of a large repaint only what is new.
    paint(BLUE, 180, 5);
    paint(RED, 150, 20);
    assert_eq!(source.wait(Some(Instant::now() + DEADLINE)).expect("X11"), Wake::Changed);
    let update = source.take(&gate, now()).expect("granted");
    let new: Vec<_> = update.rects.iter().map(|r| (r.x, r.y, r.width, r.height)).collect();
    assert_eq!(new, [(180, 150, 5, 20)]);
    drop(till);
}

#[test]
fn the_pointer_is_told_apart_from_the_picture() {
    let xvfb = Xvfb::start(800, 600);
    let gate = open_gate(&[Scope::View, Scope::Pointer]);
    let mut cursor = open_cursor(&xvfb.name).expect("XFIXES");
    let mut injector = open_injector(&xvfb.name, gate.clone()).expect("XTEST");
    let first = cursor.next(&gate, &now).expect("granted").expect("news");
    let CursorEvent::Shape(shape) = first else { panic!("the shape comes first: {first:?}") };
    assert_eq!(shape.rgba.len(), usize::from(shape.width) * usize::from(shape.height) * 4);
    assert!(matches!(cursor.next(&gate, &now), Ok(Some(CursorEvent::Moved { .. }))));
    injector.inject(&InputEvent::Move { x: 65535, y: 0 }, now()).expect("granted");
    assert_eq!(cursor.next(&gate, &now).expect("granted"), Some(CursorEvent::Moved { x: 65535, y: 0 }));
}

#[test]
fn without_a_display_the_reason_is_said() {
    assert!(matches!(open_screen(":4093"), Err(CaptureError::Unsupported(Missing::Display))));
}

#[test]
fn a_russian_layout_is_used_and_left_as_it_was() {
    let xvfb = Xvfb::start(800, 600);
    let till = Program::open(&xvfb.name, "till", (0, 0, 800, 600), vec![RED]);
    let mut injector = open_injector(&xvfb.name, open_gate(&[Scope::Keyboard])).expect("XTEST");
    injector.inject(&InputEvent::Text { text: "Ж".into() }, now()).expect("granted");
    till.until("a letter of no layout", |seen| seen.text == "Ж");
    let setting = ["-display", &xvfb.name, "-layout", "ru,us"];
    assert!(std::process::Command::new("setxkbmap").args(setting).status().expect("installed").success());

    let text = "Привет, World! Ёжик & Co. № 1";
    injector.inject(&InputEvent::Text { text: text.into() }, now()).expect("granted");
    let seen = till.until("all letters", |seen| seen.text.chars().count() > text.chars().count());
    assert_eq!(seen.text, format!("Ж{text}"));
    let key = |down| InputEvent::Key { code: "KeyA".into(), down };
    injector.inject(&key(true), now()).expect("granted");
    injector.inject(&key(false), now()).expect("granted");
    let seen = till.until("the key by its place", |seen| seen.text.ends_with('ф'));
    assert_eq!(seen.text, format!("Ж{text}ф"), "the first group is active again");
}

/// A terminal is a real program with a toolkit of its own: what it writes to a file is what was typed.
#[test]
fn russian_and_latin_reach_a_real_terminal() {
    let xvfb = Xvfb::start(800, 600);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("typed.txt");
    let mut terminal = std::process::Command::new("xterm")
        .args(["-u8", "-e", "sh", "-c", "stty -echo; echo ready >\"$0.ready\"; head -n 2 >\"$0\""])
        .arg(&file)
        .envs([("DISPLAY", xvfb.name.as_str()), ("LC_ALL", "C.UTF-8")])
        .spawn()
        .expect("xterm is installed");
    let end = Instant::now() + DEADLINE;
    while !folder.path().join("typed.txt.ready").exists() {
        assert!(Instant::now() < end, "waited for the terminal");
        std::thread::sleep(Duration::from_millis(2));
    }
    let mut injector = open_injector(&xvfb.name, open_gate(&[Scope::Pointer, Scope::Keyboard])).expect("XTEST");
    injector.inject(&at(100, 100), now()).expect("the focus follows the pointer");
    let text = "Счёт №42, объём: 100 %\nHello, it's {Me} @ «Ромашка» ёЁъЪ\n";
    injector.inject(&InputEvent::Text { text: text.into() }, now()).expect("granted");
    while std::fs::read_to_string(&file).map_or(0, |typed| typed.lines().count()) < 2 {
        assert!(Instant::now() < end, "waited for two lines");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(std::fs::read_to_string(&file).expect("written"), text);
    terminal.wait().expect("it ends by itself");
}

#[test]
fn anna_s_own_hand_goes_first_for_a_second() {
    let xvfb = Xvfb::start(800, 600);
    let till = Program::open(&xvfb.name, "till", (0, 0, 800, 600), vec![RED]);
    let gate = open_gate(&[Scope::Pointer, Scope::Keyboard]);
    let mut injector = open_injector(&xvfb.name, gate).expect("XTEST");
    let (told, rest_over) = mpsc::channel();
    injector.on_rest_over(Box::new(move || told.send(Instant::now()).expect("heard")));
    let anna = OwnHand::of(&xvfb.name);
    let moves: [(&str, &dyn Fn()); 3] =
        [("moves her mouse", &|| anna.nudge(3, 0)), ("clicks", &|| anna.click()), ("types", &|| anna.key(38))];
    for (what, own) in moves {
        let before = till.seen().releases.len();
        injector.inject(&at(150, 150), now()).expect("Boris moves");
        press(&mut *injector, true).expect("Boris drags");
        injector.inject(&InputEvent::Key { code: "ShiftLeft".into(), down: true }, now()).expect("Boris holds Shift");
        till.until("Boris's hold", |seen| seen.keys_down > 0);

        let moved = Instant::now();
        own();
        till.until(what, |seen| seen.keys_down == 0 && seen.releases.len() > before);
        assert!(matches!(injector.inject(&at(10, 10), now()), Err(InputError::OwnHand)), "Anna {what}");
        assert!(matches!(press(&mut *injector, true), Err(InputError::OwnHand)), "Anna {what}");
        let text = InputEvent::Text { text: "нет".into() };
        assert!(matches!(injector.inject(&text, now()), Err(InputError::OwnHand)), "Anna {what}");
        injector.inject(&InputEvent::ReleaseAll, now()).expect("letting go is always allowed");

        let over = rest_over.recv_timeout(DEADLINE).expect("the rest ends");
        assert!(over - moved >= Duration::from_secs(1), "Anna {what}: {:?}", over - moved);
    }
    injector.inject(&at(10, 10), now()).expect("Boris again");
    assert!(!till.seen().text.contains('н'), "nothing was typed meanwhile");
}

#[test]
fn what_is_injected_is_nobody_s_own_hand() {
    let xvfb = Xvfb::start(800, 600);
    let till = Program::open(&xvfb.name, "till", (0, 0, 800, 600), vec![RED]);
    let gate = open_gate(&[Scope::Pointer, Scope::Keyboard]);
    let mut injector = open_injector(&xvfb.name, gate).expect("XTEST");
    let (told, rest_over) = mpsc::channel();
    injector.on_rest_over(Box::new(move || told.send(()).expect("heard")));
    for x in 0..40_u16 {
        injector.inject(&at(u32::from(x) * 10, 150), now()).expect("Boris moves on");
        press(&mut *injector, true).expect("and clicks");
        press(&mut *injector, false).expect("and clicks");
        injector.inject(&InputEvent::Text { text: "щ".into() }, now()).expect("and types");
    }
    till.until("all of it", |seen| seen.releases.len() == 40 && seen.text.chars().count() == 40);
    assert!(rest_over.try_recv().is_err(), "he never rested");

    // Anna's hand is heard after all that: so it was listened for all the time.
    OwnHand::of(&xvfb.name).nudge(1, 1);
    rest_over.recv_timeout(DEADLINE).expect("a rest");
    assert!(rest_over.try_recv().is_err(), "one rest, for Anna alone");
}

#[test]
fn a_mouse_that_is_plugged_in_later_is_anna_s_too() {
    let xvfb = Xvfb::start(800, 600);
    let anna = OwnHand::of(&xvfb.name);
    anna.unplug();
    let mut injector = open_injector(&xvfb.name, open_gate(&[Scope::Pointer])).expect("XTEST");
    anna.nudge(1, 1);
    injector.inject(&at(10, 10), now()).expect("it moves nothing yet");

    anna.plug_in();
    let end = Instant::now() + DEADLINE;
    while !matches!(injector.inject(&at(10, 10), now()), Err(InputError::OwnHand)) {
        assert!(Instant::now() < end, "waited for Anna's new mouse");
        anna.nudge(1, 1);
    }
}
