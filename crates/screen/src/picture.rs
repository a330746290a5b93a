//! A picture of the screen and the rectangles that changed in it.

/// Most rectangles of one update: beyond it the cost of a request a rectangle outgrows the waste.
pub const MOST_RECTS: usize = 16;

/// A rectangle in pixels of the screen; inside it by construction where a [`Picture`] is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width, not zero.
    pub width: u32,
    /// Height, not zero.
    pub height: u32,
}

impl Rect {
    /// Pixels in it.
    #[must_use]
    pub fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether the point lies inside.
    #[must_use]
    pub fn contains(&self, x: i32, y: i32) -> bool {
        let (x, y) = (i64::from(x), i64::from(y));
        let (left, top) = (i64::from(self.x), i64::from(self.y));
        x >= left && y >= top && x < left + i64::from(self.width) && y < top + i64::from(self.height)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// The part inside a screen of this size, if any.
    #[must_use]
    pub fn clipped(x: i32, y: i32, width: u32, height: u32, screen: (u32, u32)) -> Option<Self> {
        let clip = |from: i32, length: u32, most: u32| {
            let start = i64::from(from).clamp(0, i64::from(most));
            let end = (i64::from(from) + i64::from(length)).clamp(0, i64::from(most));
            (u32::try_from(start).unwrap_or(0), u32::try_from(end - start).unwrap_or(0))
        };
        let ((x, width), (y, height)) = (clip(x, width, screen.0), clip(y, height, screen.1));
        (width > 0 && height > 0).then_some(Self { x, y, width, height })
    }
}

/// A picture in memory: rows from the top, 4 bytes a pixel in the order blue, green, red, unused,
/// no padding between rows.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub bgra: Vec<u8>,
}

impl Picture {
    /// A black picture.
    #[must_use]
    pub fn black(width: u32, height: u32) -> Self {
        Self { width, height, bgra: vec![0; width as usize * height as usize * 4] }
    }

    /// Bytes in a row.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.width as usize * 4
    }

    /// The pixel as `[red, green, blue]`; `None` outside.
    #[must_use]
    pub fn rgb(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = y as usize * self.stride() + x as usize * 4;
        let pixel = self.bgra.get(at..at + 3)?;
        Some([pixel[2], pixel[1], pixel[0]])
    }

    /// Writes rows of pixels, as many as `rect` has and as long, and tells the smallest rectangle that holds all
    /// pixels that are others now; none when the picture was like this already.
    ///
    /// # Panics
    /// When the rectangle is not inside the picture.
    pub fn write(&mut self, rect: &Rect, rows: &[u8]) -> Option<Rect> {
        let (stride, length) = (self.stride(), rect.width as usize * 4);
        let first = rect.y as usize * stride + rect.x as usize * 4;
        let mut changed: Option<Rect> = None;
        for ((y, from), to) in (rect.y..).zip(rows.chunks_exact(length)).zip(self.bgra[first..].chunks_mut(stride)) {
            let to = &mut to[..length];
            let Some((left, right)) = difference(from, to) else { continue };
            to[left * 4..right * 4].copy_from_slice(&from[left * 4..right * 4]);
            let (left, right) = (left as u32, right as u32); // inside a row, whose length is a u32
            let row = Rect { x: rect.x + left, y, width: right - left, height: 1 };
            changed = Some(changed.map_or(row, |all| all.union(&row)));
        }
        changed
    }

    /// The whole of it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect { x: 0, y: 0, width: self.width, height: self.height }
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

/// The first pixel of two rows that differs, and the one behind the last.
fn difference(one: &[u8], other: &[u8]) -> Option<(usize, usize)> {
    // Most rows are equal: this is a `memcmp`.
    if one == other {
        return None;
    }
    let differs = |(a, b): (&[u8], &[u8])| a != b;
    let mut pixels = one.chunks_exact(4).zip(other.chunks_exact(4));
    let left = pixels.clone().position(differs)?;
    Some((left, pixels.rposition(differs)? + 1))
}

/// Joins rectangles until at most [`MOST_RECTS`] are left and no two join with under 30 % waste
/// (research/media.md 3). The result covers every pixel that the input covered.
#[must_use]
pub fn coalesce(mut rects: Vec<Rect>) -> Vec<Rect> {
    loop {
        let Some((a, b, waste)) = cheapest_pair(&rects) else { return rects };
        let joined = rects[a].union(&rects[b]);
        let cheap = waste * 10 < joined.area() * 3;
        if !cheap && rects.len() <= MOST_RECTS {
            return rects;
        }
        rects.swap_remove(b);
        rects[a] = joined;
    }
}

/// The pair whose union wastes least, as (lower index, higher index, wasted pixels). Above 64
/// rectangles only neighbours in the list are looked at: the server sends them in bands.
fn cheapest_pair(rects: &[Rect]) -> Option<(usize, usize, u64)> {
    let reach = if rects.len() > 64 { 1 } else { rects.len() };
    let mut best: Option<(usize, usize, u64)> = None;
    for a in 0..rects.len() {
        for b in (a + 1)..rects.len().min(a + 1 + reach) {
            let waste = rects[a].union(&rects[b]).area().saturating_sub(rects[a].area() + rects[b].area());
            if best.is_none_or(|(.., least)| waste < least) {
                best = Some((a, b, waste));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: u32, y: u32, width: u32, height: u32) -> Rect {
        Rect { x, y, width, height }
    }

    #[test]
    fn two_far_corners_stay_apart_and_two_neighbours_join() {
        let corners = coalesce(vec![rect(0, 0, 10, 10), rect(1900, 1060, 10, 10), rect(10, 0, 10, 10)]);
        assert_eq!(corners.len(), 2);
        assert!(corners.contains(&rect(0, 0, 20, 10)));
    }

    #[test]
    fn a_thousand_letters_become_few_rectangles_that_cover_them_all() {
        let letters: Vec<_> = (0..1000).map(|n| rect(n % 40 * 40, n / 40 * 40, 8, 12)).collect();
        let joined = coalesce(letters.clone());
        assert!(joined.len() <= MOST_RECTS);
        for letter in letters {
            assert!(joined.iter().any(|all| all.union(&letter) == *all), "{letter:?} is covered");
        }
    }

    #[test]
    fn only_the_pixels_that_are_others_now_count_as_changed() {
        let mut picture = Picture::black(8, 4);
        let mut rows = vec![0; 6 * 3 * 4];
        assert_eq!(picture.write(&rect(1, 1, 6, 3), &rows), None);
        (rows[(6 + 2) * 4], rows[(2 * 6 + 4) * 4 + 2]) = (7, 9);
        assert_eq!(picture.write(&rect(1, 1, 6, 3), &rows), Some(rect(3, 2, 3, 2)));
        assert_eq!((picture.rgb(3, 2), picture.rgb(5, 3)), (Some([0, 0, 7]), Some([9, 0, 0])));
        assert_eq!(picture.write(&rect(1, 1, 6, 3), &rows), None);
    }

    #[test]
    fn what_hangs_over_the_edge_is_cut_off() {
        assert_eq!(Rect::clipped(-5, -5, 10, 10, (100, 100)), Some(rect(0, 0, 5, 5)));
        assert_eq!(Rect::clipped(95, 95, 10, 10, (100, 100)), Some(rect(95, 95, 5, 5)));
        assert_eq!(Rect::clipped(100, 0, 10, 10, (100, 100)), None);
    }
}
