//! One display: Xvfb at a number of its own choice, with openbox and a two-language keyboard.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use image::{Rgba, RgbaImage};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ConnectionExt, CreateWindowAux, ImageFormat, WindowClass,
};
use x11rb::rust_connection::RustConnection;

use crate::hands::Hands;
use crate::keeper::{Keeper, Program};
use crate::windows::{self, Area};
use crate::witness::Witness;

/// Nothing of the developer's own: no key bindings, no menus, one desktop, new windows centred.
const OPENBOX: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <resistance><strength>0</strength></resistance>
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse><raiseOnFocus>no</raiseOnFocus></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <theme><name>Clearlooks</name><titleLayout>NLIMC</titleLayout></theme>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <keyboard/>
  <mouse>
    <context name="Titlebar">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
      <mousebind button="Left" action="Drag"><action name="Move"/></mousebind>
    </context>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
    <context name="Close">
      <mousebind button="Left" action="Click"><action name="Close"/></mousebind>
    </context>
  </mouse>
</openbox_config>
"#;

/// A quiet desktop, so that an empty display differs from a black, failed capture.
const BACKGROUND: u32 = 0x0046_5063;

/// Xvfb and openbox start within a second; a loaded two-core machine may take ten times that.
const START: Duration = Duration::from_secs(20);

/// The size of a display in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u16,
    /// Pixels from top to bottom.
    pub height: u16,
}

impl Default for Size {
    /// 1920 x 1080, what the measurements use.
    fn default() -> Self {
        Self { width: 1920, height: 1080 }
    }
}

/// A virtual screen with a window manager. Fields end in order: manager first, server last.
#[derive(Debug)]
pub struct Display {
    name: String,
    _manager: Program,
    _server: Program,
}

impl Display {
    /// Starts a display of `size`, 24 bits deep. `folder` gets the window manager's settings and logs.
    ///
    /// # Errors
    /// When Xvfb, openbox or setxkbmap is missing or does not come up.
    pub fn start(keeper: &Keeper, witness: &Witness, folder: &Path, size: Size) -> Result<Self> {
        let (server, name) = start_server(keeper, folder, size)?;
        give_keyboard(&name)?;
        let settings = folder.join("openbox.xml");
        std::fs::write(&settings, OPENBOX).context("write openbox.xml")?;
        let manager = keeper.start(
            "openbox",
            Command::new("openbox")
                .arg("--config-file")
                .arg(&settings)
                .env("DISPLAY", &name)
                .env("HOME", folder)
                .env("XDG_CACHE_HOME", folder)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log(folder, "openbox")?),
        )?;
        let display = Self { name, _manager: manager, _server: server };
        paint_background(&display.name)?;
        witness.until("the window manager is there", START, || display.managed())?;
        witness.until("the window manager takes windows", START, || takes_windows(&display.name))?;
        Ok(display)
    }

    /// What `DISPLAY` is set to, `:7` for example.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the screen shows now.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn screenshot(&self) -> Result<RgbaImage> {
        photograph(&self.name)
    }

    /// Saves what the screen shows now as a PNG file.
    ///
    /// # Errors
    /// When the server is gone or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        write(&self.screenshot()?, path)
    }

    /// The colour of one pixel as red, green, blue.
    ///
    /// # Errors
    /// When the server is gone or the point lies outside.
    pub fn colour_at(&self, x: i16, y: i16) -> Result<[u8; 3]> {
        let picture = grab(&self.name, Some((x, y)))?;
        let [red, green, blue, _] = picture.get_pixel(0, 0).0;
        Ok([red, green, blue])
    }

    /// Real pointer and keyboard of this display.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn hands(&self) -> Result<Hands> {
        Hands::on(&self.name)
    }

    /// The titles of the windows that the window manager manages, lowest first.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn window_titles(&self) -> Result<Vec<String>> {
        Ok(windows::all(&self.name)?.into_iter().map(|(title, _)| title).collect())
    }

    /// Where the inside of the topmost window with this title is.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn window(&self, title: &str) -> Result<Option<Area>> {
        let all = windows::all(&self.name)?;
        Ok(all.into_iter().rev().find(|(name, _)| name == title).map(|(_, area)| area))
    }

    /// Brings the topmost window with this title to the front and gives it the keyboard, as a choice
    /// in a task bar does.
    ///
    /// # Errors
    /// When the server is gone or has no such window.
    pub fn activate(&self, title: &str) -> Result<()> {
        windows::activate(&self.name, title)
    }

    fn managed(&self) -> Result<Option<()>> {
        let (connection, root) = connect(&self.name)?;
        let check = property(&connection, root, "_NET_SUPPORTING_WM_CHECK", AtomEnum::WINDOW.into())?;
        Ok((!check.is_empty()).then_some(()))
    }
}

/// Whether the window manager gives a new window its frame. It announces itself before it listens,
/// and a window that is mapped in between is never shown; so a window of ours goes first.
fn takes_windows(name: &str) -> Result<Option<()>> {
    const ROUNDS: usize = 200;
    let (connection, root) = connect(name)?;
    let window = connection.generate_id()?;
    let (class, looks) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
    connection.create_window(0, window, root, 0, 0, 10, 10, 0, class, 0, &looks)?;
    connection.map_window(window)?;
    for _ in 0..ROUNDS {
        if connection.query_tree(window)?.reply()?.parent != root {
            return Ok(Some(()));
        }
        std::thread::yield_now();
    }
    Ok(None)
}

/// Opens a log file of a program of the stage.
pub(crate) fn log(folder: &Path, name: &str) -> Result<std::fs::File> {
    let path = folder.join(format!("{name}.log"));
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .with_context(|| format!("open {}", path.display()))
}

fn start_server(keeper: &Keeper, folder: &Path, size: Size) -> Result<(Program, String)> {
    let screen = format!("{}x{}x24", size.width, size.height);
    let mut server = keeper.start(
        "Xvfb",
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset", "-dpi", "96"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log(folder, "xvfb")?),
    )?;
    let said = server.pipes().stdout.take().context("Xvfb has no output")?;
    let mut number = String::new();
    BufReader::new(said).read_line(&mut number).context("read Xvfb's display number")?;
    ensure!(!number.trim().is_empty(), "Xvfb ended at its start, see {}", folder.join("xvfb.log").display());
    Ok((server, format!(":{}", number.trim())))
}

/// Latin first, Russian second, on the keyboard that most people have.
fn give_keyboard(display: &str) -> Result<()> {
    let done = Command::new("setxkbmap")
        .args(["-display", display, "-model", "pc105", "-layout", "us,ru"])
        .stdin(Stdio::null())
        .output()
        .context("start setxkbmap; is x11-xkb-utils installed?")?;
    ensure!(done.status.success(), "setxkbmap: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

fn paint_background(display: &str) -> Result<()> {
    let (connection, root) = connect(display)?;
    connection.change_window_attributes(root, &ChangeWindowAttributesAux::new().background_pixel(BACKGROUND))?;
    connection.clear_area(false, root, 0, 0, 0, 0)?.check()?;
    Ok(())
}

/// A connection to the display and its root window.
pub(crate) fn connect(display: &str) -> Result<(RustConnection, u32)> {
    let (connection, screen) =
        x11rb::connect(Some(display)).with_context(|| format!("connect to display {display}"))?;
    let root = connection.setup().roots.get(screen).context("the display has no screen")?.root;
    Ok((connection, root))
}

pub(crate) fn atom(connection: &RustConnection, name: &str) -> Result<u32> {
    Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
}

/// The bytes of a window's property; empty when it is not set.
pub(crate) fn property(connection: &RustConnection, window: u32, name: &str, kind: u32) -> Result<Vec<u8>> {
    let name = atom(connection, name)?;
    Ok(connection.get_property(false, window, name, kind, 0, 1024)?.reply()?.value)
}

fn write(picture: &RgbaImage, path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    }
    picture.save(path).with_context(|| format!("save {}", path.display()))
}

/// A picture of the whole display.
pub(crate) fn photograph(display: &str) -> Result<RgbaImage> {
    grab(display, None)
}

fn grab(display: &str, point: Option<(i16, i16)>) -> Result<RgbaImage> {
    let (connection, root) = connect(display)?;
    let size = connection.get_geometry(root)?.reply()?;
    let (x, y, width, height) = point.map_or((0, 0, size.width, size.height), |(x, y)| (x, y, 1, 1));
    let pixels = connection.get_image(ImageFormat::Z_PIXMAP, root, x, y, width, height, !0)?.reply()?.data;
    if pixels.len() != usize::from(width) * usize::from(height) * 4 {
        bail!("display {display} is not 24 bits deep with 4 bytes a pixel");
    }
    let mut picture = RgbaImage::new(width.into(), height.into());
    for (to, from) in picture.pixels_mut().zip(pixels.chunks_exact(4)) {
        if let [blue, green, red, _] = from {
            *to = Rgba([*red, *green, *blue, 255]);
        }
    }
    Ok(picture)
}
