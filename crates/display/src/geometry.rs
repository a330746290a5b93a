//! Rectangles of the picture and the grid of tiles over it.

/// The side of a tile. 64 is what Guacamole and TigerVNC use too: large enough that a record's head
/// is small beside it, small enough that typing touches one.
pub const TILE: u32 = 64;

/// A rectangle in pixels; empty when a side is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Rect {
    /// A rectangle by its corner and size.
    #[must_use]
    pub const fn new(x: u32, y: u32, width: u32, height: u32) -> Self {
        Self { x, y, width, height }
    }

    pub(crate) fn between(left: u32, top: u32, right: u32, bottom: u32) -> Self {
        Self { x: left, y: top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) }
    }

    /// The first column right of it.
    #[must_use]
    pub const fn right(&self) -> u32 {
        self.x.saturating_add(self.width)
    }

    /// The first row below it.
    #[must_use]
    pub const fn bottom(&self) -> u32 {
        self.y.saturating_add(self.height)
    }

    /// Pixels in it.
    #[must_use]
    pub const fn area(&self) -> u64 {
        self.width as u64 * self.height as u64
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// What both cover; empty when they do not meet.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        let (left, top) = (self.x.max(other.x), self.y.max(other.y));
        let met = Self::between(left, top, self.right().min(other.right()), self.bottom().min(other.bottom()));
        if met.is_empty() { Self::default() } else { met }
    }

    /// The smallest rectangle around both; an empty one adds nothing.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self::between(self.x.min(other.x), self.y.min(other.y), right, bottom)
    }

    /// Whether all of the other lies inside.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.meet(other) == *other
    }

    /// Shifted by a vector; `None` when it would leave the numbers.
    pub(crate) fn shifted(&self, dx: i32, dy: i32) -> Option<Self> {
        Some(Self { x: self.x.checked_add_signed(dx)?, y: self.y.checked_add_signed(dy)?, ..*self })
    }
}

/// The grid of tiles over a picture, in raster order. Tiles at the right and bottom edge are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) columns: u32,
    pub(crate) rows: u32,
}

impl Grid {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        Self { width, height, columns: width.div_ceil(TILE), rows: height.div_ceil(TILE) }
    }

    pub(crate) fn len(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    pub(crate) fn bounds(&self) -> Rect {
        Rect::new(0, 0, self.width, self.height)
    }

    /// The pixels of a tile.
    pub(crate) fn tile(&self, index: usize) -> Rect {
        let index = index as u32;
        let (x, y) = (index % self.columns * TILE, index / self.columns * TILE);
        Rect::between(x, y, (x + TILE).min(self.width), (y + TILE).min(self.height))
    }

    /// The tiles that a rectangle inside the picture touches, in raster order.
    pub(crate) fn tiles(&self, rect: &Rect) -> impl Iterator<Item = usize> + Clone + use<> {
        let (columns, rect) = (self.columns, *rect);
        let none = rect.is_empty();
        let (left, right) = (rect.x / TILE, if none { 0 } else { (rect.right() - 1) / TILE + 1 });
        let (top, bottom) = (rect.y / TILE, if none { 0 } else { (rect.bottom() - 1) / TILE + 1 });
        (top..bottom).flat_map(move |row| (left..right).map(move |column| (row * columns + column) as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edge_tiles_are_cut_and_every_pixel_has_one_tile() {
        let grid = Grid::new(130, 70);
        let pixels: u64 = (0..grid.len()).map(|tile| grid.tile(tile).area()).sum();
        assert_eq!((grid.len(), pixels), (6, 130 * 70));
        assert_eq!(grid.tile(5), Rect::new(128, 64, 2, 6));
        assert_eq!(grid.tiles(&Rect::new(60, 60, 10, 10)).collect::<Vec<_>>(), [0, 1, 3, 4]);
        assert_eq!(grid.tiles(&Rect::default()).count(), 0);
    }
}
