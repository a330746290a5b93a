//! A connection to an X server, and sleeping on it.

use std::{
    os::fd::{AsFd, OwnedFd},
    sync::Arc,
    time::Instant,
};

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use x11rb::{
    connection::{Connection, RequestConnection},
    protocol::{
        randr,
        xproto::{ConnectionExt as _, ImageOrder, Screen, Window},
    },
    rust_connection::RustConnection,
};

use crate::{Waker, error::Missing};

/// A connection and the root window of its default screen.
pub(super) struct Display {
    pub(super) conn: RustConnection,
    pub(super) root: Window,
    screen: usize,
    woken: Arc<OwnedFd>,
}

/// Why [`Display::sleep`] came back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slept {
    /// The server may have sent something.
    Server,
    Woken,
    Deadline,
}

impl Display {
    pub(super) fn open(name: &str) -> Result<Self, Missing> {
        let (conn, screen) = x11rb::connect(Some(name)).map_err(|_| Missing::Display)?;
        let root = conn.setup().roots.get(screen).ok_or(Missing::Display)?.root;
        let woken = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).map_err(|_| Missing::Display)?;
        Ok(Self { conn, root, screen, woken: Arc::new(woken) })
    }

    pub(super) fn require(&self, extension: &'static str) -> Result<(), Missing> {
        match self.conn.extension_information(extension) {
            Ok(Some(_)) => Ok(()),
            _ => Err(Missing::Extension(extension)),
        }
    }

    pub(super) fn screen(&self) -> &Screen {
        &self.conn.setup().roots[self.screen]
    }

    /// Width and height of the root window now; the set-up block keeps those of the beginning.
    pub(super) fn size(&self) -> Result<(u32, u32), x11rb::errors::ReplyError> {
        let root = self.conn.get_geometry(self.root)?.reply()?;
        Ok((root.width.into(), root.height.into()))
    }

    /// A rootless Xwayland answers like an X server but shows a black root window.
    pub(super) fn refuse_wayland(&self) -> Result<(), Missing> {
        if let Ok(Some(_)) = self.conn.extension_information("XWAYLAND") {
            return Err(Missing::WaylandOnly);
        }
        let is_xwayland = || -> Option<bool> {
            let outputs = randr::get_screen_resources_current(&self.conn, self.root).ok()?.reply().ok()?.outputs;
            let first = randr::get_output_info(&self.conn, *outputs.first()?, 0).ok()?.reply().ok()?;
            Some(first.name.starts_with(b"XWAYLAND"))
        };
        if is_xwayland() == Some(true) { Err(Missing::WaylandOnly) } else { Ok(()) }
    }

    /// Whether pictures come as 4 bytes a pixel in the order blue, green, red.
    pub(super) fn require_bgra(&self) -> Result<(), Missing> {
        let (setup, screen) = (self.conn.setup(), self.screen());
        let wide = setup.pixmap_formats.iter().any(|f| f.depth == screen.root_depth && f.bits_per_pixel == 32);
        let visuals = screen.allowed_depths.iter().flat_map(|depth| &depth.visuals);
        let usual = visuals
            .filter(|visual| visual.visual_id == screen.root_visual)
            .any(|visual| (visual.red_mask, visual.green_mask, visual.blue_mask) == (0xff_0000, 0xff00, 0xff));
        if wide && usual && setup.image_byte_order == ImageOrder::LSB_FIRST {
            Ok(())
        } else {
            Err(Missing::PixelFormat)
        }
    }

    pub(super) fn waker(&self) -> Waker {
        let woken = Arc::clone(&self.woken);
        // A full counter means that it is awake already.
        Waker::new(move || {
            let _ = rustix::io::write(&*woken, &1_u64.to_ne_bytes());
        })
    }

    /// Sleeps until the server sends something, the waker is called, or the deadline passes. Read
    /// all queued events before: this looks at the socket only.
    pub(super) fn sleep(&self, until: Option<Instant>) -> Result<Slept, std::io::Error> {
        self.conn.flush().map_err(std::io::Error::other)?;
        self.sleep_on(until, true)
    }

    /// Sleeps until the waker is called or the deadline passes, whatever the server sends.
    pub(super) fn pause(&self, until: Instant) -> Result<Slept, std::io::Error> {
        self.sleep_on(Some(until), false)
    }

    fn sleep_on(&self, until: Option<Instant>, server: bool) -> Result<Slept, std::io::Error> {
        loop {
            let timeout = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                Some(left) if left.is_zero() => return Ok(Slept::Deadline),
                Some(left) => Some(Timespec::try_from(left).map_err(std::io::Error::other)?),
                None => None,
            };
            let mut fds = [
                PollFd::from_borrowed_fd(self.woken.as_fd(), PollFlags::IN),
                PollFd::from_borrowed_fd(self.conn.stream().as_fd(), PollFlags::IN),
            ];
            let heard = if server { &mut fds[..] } else { &mut fds[..1] };
            match poll(heard, timeout.as_ref()) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
                Ok(_) => {}
            }
            if !fds[0].revents().is_empty() {
                let mut count = [0_u8; 8];
                let _ = rustix::io::read(&*self.woken, &mut count);
                return Ok(Slept::Woken);
            }
            if !fds[1].revents().is_empty() {
                return Ok(Slept::Server);
            }
        }
    }
}
