//! The screen as a source of pictures.
//!
//! DAMAGE with `NonEmpty` sends one event when something changed and then stays silent, while the
//! server OR-s further damage, until the region is taken. So the server is the mailbox of D5.

use std::time::Instant;

use opora_domain::{Timestamp, scope::Scope};
use x11rb::{
    connection::Connection,
    errors::ReplyError,
    protocol::{
        ErrorKind, Event,
        damage::{self, ReportLevel},
        randr, xfixes,
        xproto::{ChangeWindowAttributesAux, ConnectionExt as _, EventMask},
    },
};

use super::{
    display::{Display, Slept},
    shared_memory::SharedMemory,
};
use crate::{Gate, Picture, Rect, ScreenSource, Update, Wake, Waker, coalesce, error::CaptureError};

pub(super) struct X11Screen {
    display: Display,
    damage: damage::Damage,
    region: xfixes::Region,
    memory: SharedMemory,
    picture: Picture,
    changed: bool,
    /// The size may be another one, or nothing was taken yet: the next take reads all.
    whole: bool,
}

impl X11Screen {
    pub(super) fn open(name: &str) -> Result<Self, CaptureError> {
        let display = Display::open(name)?;
        display.refuse_wayland()?;
        display.require_bgra()?;
        for extension in ["MIT-SHM", "DAMAGE", "XFIXES", "RANDR"] {
            display.require(extension)?;
        }
        let conn = &display.conn;
        xfixes::query_version(conn, 5, 0)?.reply()?;
        damage::query_version(conn, 1, 1)?.reply()?;
        randr::query_version(conn, 1, 5)?.reply()?;
        randr::select_input(conn, display.root, randr::NotifyMask::SCREEN_CHANGE)?;
        let structure = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        conn.change_window_attributes(display.root, &structure)?;
        let region = conn.generate_id()?;
        xfixes::create_region(conn, region, &[])?;
        let damage = conn.generate_id()?;
        damage::create(conn, damage, display.root, ReportLevel::NON_EMPTY)?.check()?;
        let (width, height) = display.size()?;
        let memory = SharedMemory::new(&display, (width, height))?;
        let picture = Picture::black(width, height);
        Ok(Self { display, damage, region, memory, picture, changed: true, whole: true })
    }

    fn read_events(&mut self) -> Result<(), CaptureError> {
        while let Some(event) = self.display.conn.poll_for_event()? {
            match event {
                Event::DamageNotify(_) => self.changed = true,
                Event::RandrScreenChangeNotify(_) => self.whole = true,
                Event::ConfigureNotify(event) if event.window == self.display.root => self.whole = true,
                _ => {}
            }
        }
        Ok(())
    }

    /// Follows the size of the root window; true when it is another one.
    fn follow_size(&mut self) -> Result<bool, CaptureError> {
        let size = self.display.size()?;
        if size == (self.picture.width, self.picture.height) {
            return Ok(false);
        }
        let memory = SharedMemory::new(&self.display, size)?;
        std::mem::replace(&mut self.memory, memory).release(&self.display);
        self.picture = Picture::black(size.0, size.1);
        Ok(true)
    }

    /// Empties the server's damage region and says what was in it.
    fn take_damage(&self) -> Result<Vec<Rect>, CaptureError> {
        let conn = &self.display.conn;
        damage::subtract(conn, self.damage, x11rb::NONE, self.region)?;
        let region = xfixes::fetch_region(conn, self.region)?.reply()?;
        let screen = (self.picture.width, self.picture.height);
        let inside = |r: &x11rb::protocol::xproto::Rectangle| {
            Rect::clipped(r.x.into(), r.y.into(), r.width.into(), r.height.into(), screen)
        };
        Ok(coalesce(region.rectangles.iter().filter_map(inside).collect()))
    }
}

impl ScreenSource for X11Screen {
    fn wait(&mut self, until: Option<Instant>) -> Result<Wake, CaptureError> {
        loop {
            self.read_events()?;
            if self.changed || self.whole {
                return Ok(Wake::Changed);
            }
            match self.display.sleep(until)? {
                Slept::Server => {}
                Slept::Woken => return Ok(Wake::Woken),
                Slept::Deadline => return Ok(Wake::Deadline),
            }
        }
    }

    fn take(&mut self, gate: &Gate, now: Timestamp) -> Result<Update, CaptureError> {
        self.read_events()?;
        let pass = gate.check(Scope::View, now)?;
        let whole = self.whole;
        let resized = whole && self.follow_size()?;
        let mut rects = self.take_damage()?;
        (self.changed, self.whole) = (false, false);
        // Joined rectangles may overlap; beyond a screenful one large request is cheaper anyway.
        if whole || rects.iter().map(Rect::area).sum::<u64>() > self.picture.bounds().area() {
            rects = vec![self.picture.bounds()];
        }
        match self.memory.fetch(&self.display, &rects, &mut self.picture) {
            // The screen shrank between the two requests: read all of it next time.
            Err(ReplyError::X11Error(error)) if error.error_kind == ErrorKind::Match => {
                self.whole = true;
                rects.clear();
            }
            // After a reading that failed nobody knows what the picture had: all of it is new.
            other if whole => _ = other?,
            other => rects = other?,
        }
        drop(pass);
        Ok(Update { rects, resized })
    }

    fn picture(&self) -> &Picture {
        &self.picture
    }

    fn waker(&self) -> Waker {
        self.display.waker()
    }
}

/// One picture for the person at this screen.
pub(super) fn screenshot(name: &str) -> Result<Picture, CaptureError> {
    let display = Display::open(name)?;
    display.refuse_wayland()?;
    display.require_bgra()?;
    display.require("MIT-SHM")?;
    let (width, height) = display.size()?;
    let mut picture = Picture::black(width, height);
    let bounds = [picture.bounds()];
    let _changed = SharedMemory::new(&display, (width, height))?.fetch(&display, &bounds, &mut picture)?;
    Ok(picture)
}
