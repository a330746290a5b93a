//! A small real program for the customer's screen: `opora-painter FILE`.
//!
//! A 480 x 320 window in the top left corner. Each click (buttons 1 to 3) gives it the next colour,
//! each notch of the wheel moves a bar. What is typed is appended to FILE as UTF-8 and drawn: Latin
//! with the server's built-in font, everything else as blocks, since Xvfb's own font has no more.

use std::fs::File;
use std::io::Write;

use anyhow::{Context, Result};
use opora_testkit::Keymap;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xkb::ConnectionExt as _;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeGCAux, ConnectionExt, CreateGCAux, CreateWindowAux, EventMask, Gcontext, PropMode, Rectangle,
    Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// The colours in the order of clicks, starting with the first; far apart, so that a lossy picture
/// of them is told apart too.
const COLOURS: [u32; 4] = [0x00f0_f0f0, 0x0020_a040, 0x00c0_3020, 0x0020_50c0];
const WIDTH: u16 = 480;
const HEIGHT: u16 = 320;

struct Painter {
    connection: RustConnection,
    window: Window,
    pen: Gcontext,
    file: File,
    text: String,
    clicks: usize,
    notches: i16,
}

fn main() -> Result<()> {
    let path = std::env::args_os().nth(1).context("usage: opora-painter FILE")?;
    let file = File::create(&path).context("make the file of typed text")?;
    let (connection, screen) = x11rb::connect(None).context("connect to the display")?;
    // Only to clients that speak XKB does the server tell the layout in the state of a key press.
    connection.xkb_use_extension(1, 0)?.reply().context("the display has no XKB")?;
    let screen = connection.setup().roots.get(screen).context("the display has no screen")?.clone();
    let (window, pen, font) = (connection.generate_id()?, connection.generate_id()?, connection.generate_id()?);
    let wanted = EventMask::EXPOSURE | EventMask::BUTTON_PRESS | EventMask::KEY_PRESS;
    let looks = CreateWindowAux::new().background_pixel(COLOURS[0]).event_mask(wanted);
    let (depth, visual) = (screen.root_depth, screen.root_visual);
    connection.create_window(
        depth,
        window,
        screen.root,
        40,
        60,
        WIDTH,
        HEIGHT,
        0,
        WindowClass::INPUT_OUTPUT,
        visual,
        &looks,
    )?;
    connection.change_property8(PropMode::REPLACE, window, AtomEnum::WM_NAME, AtomEnum::STRING, b"Painter")?;
    // A position that the person chose: the window manager leaves it where it is.
    let hints = [1_u32 | 4, 40, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    connection.change_property32(
        PropMode::REPLACE,
        window,
        AtomEnum::WM_NORMAL_HINTS,
        AtomEnum::WM_SIZE_HINTS,
        &hints,
    )?;
    connection.open_font(font, b"fixed")?;
    connection.create_gc(pen, window, &CreateGCAux::new().font(font).foreground(0))?;
    connection.map_window(window)?;
    connection.flush()?;
    Painter { connection, window, pen, file, text: String::new(), clicks: 0, notches: 0 }.run()
}

impl Painter {
    fn run(mut self) -> Result<()> {
        let mut keymap = Keymap::of(&self.connection)?;
        loop {
            match self.connection.wait_for_event()? {
                Event::ButtonPress(press) if press.detail < 4 => self.clicks += 1,
                Event::ButtonPress(press) => self.notches += if press.detail == 4 { -1 } else { 1 },
                Event::KeyPress(press) => self.typed(keymap.symbol(press.detail, press.state.into()))?,
                Event::MappingNotify(_) => keymap = Keymap::of(&self.connection)?,
                Event::Expose(_) => {}
                _ => continue,
            }
            self.paint()?;
        }
    }

    fn typed(&mut self, symbol: xkeysym::Keysym) -> Result<()> {
        let Some(letter) = symbol.key_char() else { return Ok(()) };
        let letter = if letter == '\r' { '\n' } else { letter };
        self.text.push(letter);
        write!(self.file, "{letter}").context("write down what was typed")?;
        self.file.flush().context("write down what was typed")
    }

    fn paint(&self) -> Result<()> {
        let colour = COLOURS[self.clicks % COLOURS.len()];
        self.fill(colour, Rectangle { x: 0, y: 0, width: WIDTH, height: HEIGHT })?;
        self.fill(0x0020_2020, Rectangle { x: 12, y: 40 + self.notches.clamp(-2, 22) * 12, width: 8, height: 24 })?;
        self.connection.change_gc(self.pen, &ChangeGCAux::new().foreground(0).background(colour))?;
        for (row, line) in (0_i16..).zip(self.text.lines()) {
            for (column, letter) in (0_i16..).zip(line.chars()) {
                self.letter(36 + column * 8, 40 + row * 16, letter)?;
            }
        }
        self.connection.flush()?;
        Ok(())
    }

    fn letter(&self, x: i16, y: i16, letter: char) -> Result<()> {
        match u8::try_from(letter) {
            Ok(byte) => self.connection.image_text8(self.window, self.pen, x, y, &[byte])?,
            Err(_) => return self.fill(0, Rectangle { x, y: y - 10, width: 6, height: 11 }),
        };
        Ok(())
    }

    fn fill(&self, colour: u32, area: Rectangle) -> Result<()> {
        self.connection.change_gc(self.pen, &ChangeGCAux::new().foreground(colour))?;
        self.connection.poly_fill_rectangle(self.window, self.pen, &[area])?;
        Ok(())
    }
}
