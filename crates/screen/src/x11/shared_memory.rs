//! Memory that the X server writes pictures into (MIT-SHM 1.2).
//!
//! It is an anonymous file whose descriptor goes to the server over the socket, so no other user of
//! the machine can attach to it. Reading it by `pread` costs the same copy that would be made from
//! a mapping into the shadow picture, and needs no `unsafe`.

use std::{fs::File, os::unix::fs::FileExt};

use rustix::fs::{MemfdFlags, ftruncate, memfd_create};
use x11rb::{
    connection::Connection,
    protocol::{shm, xproto::ImageFormat},
};

use super::display::Display;
use crate::{
    Picture, Rect,
    error::{CaptureError, Missing},
};

/// Rows read at once: 120 KB of a screen 1920 wide.
const BAND: u32 = 16;

pub(super) struct SharedMemory {
    file: File,
    segment: shm::Seg,
    bytes: u64,
    staging: Vec<u8>,
}

impl SharedMemory {
    /// Memory for a screen of this size.
    pub(super) fn new(display: &Display, (width, height): (u32, u32)) -> Result<Self, CaptureError> {
        let version = shm::query_version(&display.conn)?.reply()?;
        if (version.major_version, version.minor_version) < (1, 2) {
            return Err(Missing::Extension("MIT-SHM 1.2").into());
        }
        let bytes = u64::from(width) * u64::from(height) * 4;
        let memory = memfd_create(c"opora-screen", MemfdFlags::CLOEXEC)?;
        ftruncate(&memory, bytes)?;
        let file = File::from(memory);
        let segment = display.conn.generate_id()?;
        // A server on another machine, or one without descriptor passing, says so here.
        shm::attach_fd(&display.conn, segment, file.try_clone()?, false)?
            .check()
            .map_err(|_| Missing::Extension("MIT-SHM"))?;
        Ok(Self { file, segment, bytes, staging: Vec::new() })
    }

    /// Copies the rectangles from the root window into the picture, and tells what of them is not as it was: a
    /// program that paints again what it had painted changes nothing. All requests go out before the first reply is
    /// awaited; together they must fit the memory.
    pub(super) fn fetch(
        &mut self,
        display: &Display,
        rects: &[Rect],
        picture: &mut Picture,
    ) -> Result<Vec<Rect>, x11rb::errors::ReplyError> {
        let mut offset = 0_u64;
        let mut replies = Vec::with_capacity(rects.len());
        for rect in rects {
            replies.push((offset, rect, self.request(display, rect, offset)?));
            offset += rect.area() * 4;
            debug_assert!(offset <= self.bytes, "rectangles overlap or exceed the screen");
        }
        let mut changed = Vec::with_capacity(rects.len());
        for (offset, rect, reply) in replies {
            reply.reply()?;
            let found = self.copy(offset, rect, picture).map_err(x11rb::errors::ConnectionError::from)?;
            changed.extend(found);
        }
        Ok(changed)
    }

    fn request<'c>(
        &self,
        display: &'c Display,
        rect: &Rect,
        offset: u64,
    ) -> Result<
        x11rb::cookie::Cookie<'c, x11rb::rust_connection::RustConnection, shm::GetImageReply>,
        x11rb::errors::ConnectionError,
    > {
        // X11 coordinates are 16 bits wide; a rectangle of the root window is inside that.
        let (x, y) = (rect.x as i16, rect.y as i16);
        let (width, height) = (rect.width as u16, rect.height as u16);
        let format = ImageFormat::Z_PIXMAP.into();
        shm::get_image(&display.conn, display.root, x, y, width, height, !0, format, self.segment, offset as u32)
    }

    /// A few rows at a time, which stay in the processor's cache between being read and being compared.
    fn copy(&mut self, offset: u64, rect: &Rect, picture: &mut Picture) -> std::io::Result<Option<Rect>> {
        let row = u64::from(rect.width) * 4;
        let mut changed: Option<Rect> = None;
        for top in (0..rect.height).step_by(BAND as usize) {
            let height = BAND.min(rect.height - top);
            self.staging.resize((row * u64::from(height)) as usize, 0);
            self.file.read_exact_at(&mut self.staging, offset + row * u64::from(top))?;
            let band = Rect { y: rect.y + top, height, ..*rect };
            let found = picture.write(&band, &self.staging);
            changed = [changed, found].into_iter().flatten().reduce(|all, one| all.union(&one));
        }
        Ok(changed)
    }

    /// Tells the server to let go; the memory is gone when both have.
    pub(super) fn release(self, display: &Display) {
        drop(shm::detach(&display.conn, self.segment));
    }
}
