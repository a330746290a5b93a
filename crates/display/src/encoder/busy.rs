//! Which part of the screen moves too fast for tiles.
//!
//! A tile is busy after [`STREAK`] changes of much of it, none more than [`RHYTHM`] after the other,
//! whose pixels are rich; it rests [`REST`] after its last change. Busy tiles that touch form a
//! region; the largest of at least [`SMALLEST`] tiles is left to video until all of it rests. Then its
//! tiles are sent exactly.

use std::time::Duration;

use crate::{
    canvas::Canvas,
    geometry::{Grid, Rect},
};

/// Changes in a row: half a second at 15 frames a second, so that a page that is built in steps or a
/// spinner does not become video.
const STREAK: u8 = 8;
/// Slower than this is no video: 5 changes a second.
const RHYTHM: Duration = Duration::from_millis(200);
/// Still for this long is at rest.
const REST: Duration = Duration::from_millis(400);
/// Tiles of the smallest region that is worth an encoder.
const SMALLEST: usize = 6;
/// Of 64 sampled pixels at least so many have to differ from their left neighbour: text on plain
/// ground stays below.
const RICH: usize = 32;

pub(crate) struct Busy {
    streak: Vec<u8>,
    changed: Vec<Duration>,
    region: Rect,
}

impl Busy {
    pub(crate) fn new(tiles: usize) -> Self {
        Self { streak: vec![0; tiles], changed: vec![Duration::ZERO; tiles], region: Rect::default() }
    }

    /// A tile changed, and not by a move.
    pub(crate) fn changed(&mut self, canvas: &Canvas, tile: usize, rect: &Rect, changed: &Rect, now: Duration) {
        let steady = now.saturating_sub(self.changed[tile]) <= RHYTHM && changed.area() * 4 >= rect.area();
        let streak = if steady { self.streak[tile].saturating_add(1) } else { 0 };
        // Richness is looked at when it would matter, and again now and then.
        self.streak[tile] = if streak >= STREAK && !is_rich(canvas, rect) { 0 } else { streak };
        self.changed[tile] = now;
    }

    /// The region that is left to video, as of now. It stays as it is until all of it rests.
    pub(crate) fn region(&mut self, grid: &Grid, now: Duration) -> Rect {
        let moving = |busy: &Self, tile: usize| now.saturating_sub(busy.changed[tile]) < REST;
        if !self.region.is_empty() && !grid.tiles(&self.region).any(|tile| moving(self, tile)) {
            for tile in grid.tiles(&self.region) {
                self.streak[tile] = 0;
            }
            self.region = Rect::default();
        }
        if self.region.is_empty() && self.streak.iter().any(|streak| *streak >= STREAK) {
            self.region = self.largest(grid, now);
        }
        self.region
    }

    /// The bounds of the largest connected set of busy tiles.
    fn largest(&self, grid: &Grid, now: Duration) -> Rect {
        let busy = |tile: usize| self.streak[tile] >= STREAK && now.saturating_sub(self.changed[tile]) < REST;
        let mut seen = vec![false; grid.len()];
        let mut best = (0, Rect::default());
        for start in 0..grid.len() {
            let (mut stack, mut count, mut bounds) = (vec![start], 0, Rect::default());
            while let Some(tile) = stack.pop() {
                if seen[tile] || !busy(tile) {
                    continue;
                }
                seen[tile] = true;
                count += 1;
                let rect = grid.tile(tile);
                bounds = bounds.join(&rect);
                let around = Rect::between(
                    rect.x.saturating_sub(1),
                    rect.y.saturating_sub(1),
                    rect.right() + 1,
                    rect.bottom() + 1,
                );
                stack.extend(grid.tiles(&around.meet(&grid.bounds())));
            }
            if count > best.0 {
                best = (count, bounds);
            }
        }
        if best.0 >= SMALLEST { best.1 } else { Rect::default() }
    }
}

fn is_rich(canvas: &Canvas, rect: &Rect) -> bool {
    if rect.width < 16 || rect.height < 8 {
        return true;
    }
    let different = (0..64).filter(|at| {
        let (x, y) = (rect.x + 1 + at % 8 * (rect.width - 2) / 8, rect.y + at / 8 * rect.height / 8);
        let pair = canvas.row(x - 1, y, 2);
        pair[0] != pair[1]
    });
    different.count() >= RICH
}
