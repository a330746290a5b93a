//! The sending end: pictures in, packets out, for any number of viewers.
//!
//! [`Encoder::observe`] compares the damaged parts with what was there, finds what moved and marks for
//! each viewer what it now lacks. [`Encoder::update`] makes a frame for one viewer, as large as its
//! budget; what does not fit waits and goes with whatever it shows by then, so nobody waits for the
//! slowest. Pixels are compared, searched and coded once, whoever looks.

mod busy;
mod emit;
mod glyphs;
mod log;
mod shared;
mod shelf;
mod viewer;

use std::{collections::BTreeMap, time::Duration};

use emit::Emit;
use shared::Shared;
use viewer::Viewer;

use crate::{canvas::Picture, error::Malformed, geometry::Rect, packet::MOST_SIDE};

/// Most packets of a viewer that are not answered for; beyond it nothing is sent until an answer
/// comes or their time is over. Four megabytes of the usual size.
pub const MOST_OPEN: usize = 4096;

/// How a stream is sent.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// The largest packet in bytes, 256 to 16 000. 1100 fits every path with RTP, SRTP and TURN around it.
    pub packet: usize,
    /// Whether the caller sends [`Encoder::video_region`] as video. If not, everything goes as tiles.
    pub video: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { packet: 1100, video: false }
    }
}

/// One viewer of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewerId(u32);

/// One frame for one viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The frame's number.
    pub frame: u32,
    /// To be sent in this order, each as one packet.
    pub packets: Vec<Vec<u8>>,
}

impl Update {
    /// Bytes of all packets.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.packets.iter().map(Vec::len).sum()
    }
}

/// The sending end of a screen.
pub struct Encoder {
    config: Config,
    shared: Option<Shared>,
    viewers: BTreeMap<ViewerId, Viewer>,
    names: u32,
    epoch: u8,
    /// Counts looks that found something.
    step: u64,
    video: Rect,
}

impl Encoder {
    /// A sender that has seen nothing yet.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let config = Config { packet: config.packet.clamp(256, 16_000), ..config };
        Self { config, shared: None, viewers: BTreeMap::new(), names: 0, epoch: 0, step: 0, video: Rect::default() }
    }

    /// A viewer joins with a new receiver; its first updates bring it the whole picture. Nobody else
    /// notices.
    pub fn join(&mut self) -> ViewerId {
        let id = ViewerId(self.names);
        self.names = self.names.wrapping_add(1);
        if let Some(shared) = &self.shared {
            self.viewers.insert(id, Viewer::new(&shared.grid, self.epoch, self.step));
        } else {
            let grid = crate::geometry::Grid::new(0, 0);
            self.viewers.insert(id, Viewer::new(&grid, self.epoch, self.step));
        }
        id
    }

    /// A viewer leaves.
    pub fn leave(&mut self, viewer: ViewerId) {
        self.viewers.remove(&viewer);
    }

    /// Looks at the damaged parts of the screen; says whether anything changed. A picture of another
    /// size begins the stream anew for everybody; one that is larger than the format allows, 8192
    /// pixels a side, is not looked at.
    pub fn observe(&mut self, picture: &Picture, damage: &[Rect], now: Duration) -> bool {
        let size = (picture.width(), picture.height());
        if size.0.max(size.1) > u32::from(MOST_SIDE) {
            return false;
        }
        if self.shared.as_ref().is_none_or(|shared| (shared.grid.width, shared.grid.height) != size) {
            return self.restart(picture, now);
        }
        let Some(shared) = &mut self.shared else { return false };
        if !shared.look(picture, damage, now) {
            return false;
        }
        self.step += 1;
        for viewer in self.viewers.values_mut() {
            viewer.see(shared, self.step);
        }
        self.watch_video(now);
        true
    }

    fn restart(&mut self, picture: &Picture, now: Duration) -> bool {
        let mut shared = Shared::new(picture.width(), picture.height());
        shared.canvas.take(picture, &shared.grid.bounds());
        self.step += 1;
        if self.shared.is_some() {
            self.epoch = self.epoch.wrapping_add(1);
        }
        for viewer in self.viewers.values_mut() {
            let patience = viewer.patience;
            *viewer = Viewer::new(&shared.grid, self.epoch, self.step);
            viewer.patience = patience;
        }
        shared.began(now);
        self.shared = Some(shared);
        self.video = Rect::default();
        true
    }

    /// Makes the next frame for a viewer, about `budget` bytes at most (one record goes in any case);
    /// `None` if the viewer has everything, or has left too much unanswered.
    pub fn update(&mut self, viewer: ViewerId, budget: usize, now: Duration) -> Option<Update> {
        self.watch_video(now);
        let (shared, step, video) = (self.shared.as_mut()?, self.step, self.video);
        let viewer = self.viewers.get_mut(&viewer)?;
        viewer.expire(now, &shared.grid, step);
        if viewer.log.len() >= MOST_OPEN || viewer.is_idle(&shared.grid, &video) {
            return None;
        }
        Emit { shared, viewer, video, step, now }.frame(self.config.packet, budget)
    }

    /// Takes a viewer's report in.
    ///
    /// # Errors
    /// When it is not one; nothing is changed then.
    pub fn hear(&mut self, viewer: ViewerId, report: &[u8]) -> Result<(), Malformed> {
        match (&self.shared, self.viewers.get_mut(&viewer)) {
            (Some(shared), Some(viewer)) => viewer.hear(report, &shared.grid, self.step),
            _ => Ok(()),
        }
    }

    /// How long a viewer's answer takes. Twice that and [`ANSWER`] without one, and what was sent
    /// counts as lost.
    pub fn set_round_trip(&mut self, viewer: ViewerId, round_trip: Duration) {
        if let Some(viewer) = self.viewers.get_mut(&viewer) {
            viewer.patience = round_trip * 2 + ANSWER;
        }
    }

    /// When [`Encoder::update`] has to be called for this viewer although nothing changes: to send
    /// again what was not answered for.
    #[must_use]
    pub fn due(&self, viewer: ViewerId) -> Option<Duration> {
        self.viewers.get(&viewer)?.due()
    }

    /// The part of the screen that changes too fast for tiles and is left to video, if
    /// [`Config::video`] allows it. It ends by itself when the part rests; its tiles are exact then.
    #[must_use]
    pub fn video_region(&self) -> Option<Rect> {
        (!self.video.is_empty()).then_some(self.video)
    }

    /// Blocks of pixels that were coded so far, for all viewers together.
    #[must_use]
    pub fn coded_blocks(&self) -> u64 {
        self.shared.as_ref().map_or(0, |shared| shared.blocks)
    }

    fn watch_video(&mut self, now: Duration) {
        if let Some(shared) = self.shared.as_mut().filter(|_| self.config.video) {
            self.video = shared.busy.region(&shared.grid, now);
        }
    }
}

/// What a receiver and its timer may take beside the line to answer.
pub const ANSWER: Duration = Duration::from_millis(200);
