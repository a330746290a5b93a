//! Letters that are on the screen already.
//!
//! A small change (a typed letter, a moved caret) is cut into strips of columns that stand somewhere
//! else in the viewer's picture, and the rest.

use crate::{canvas::Canvas, geometry::Rect};

/// Larger changes are not searched for: a search costs up to a pass over the picture.
pub(crate) const MOST_AREA: u64 = 64 * 24;
/// The narrowest strip that is worth a copy's bytes.
const LEAST: u32 = 4;
/// Pixels in a row that are looked for: most of a letter's width, so that a stem alone finds nothing.
const WINDOW: u32 = 8;
/// Rows above and below that are searched: the letters of a line are most often near.
const NEAR: u32 = 540;
/// Once something was found, so many rows more are searched for something wider: two lines of text.
const MORE: u32 = 40;
/// Places whose first pixels match that are compared.
const MOST_TRIES: usize = 2048;

/// A part of the change, and where it is copied from.
pub(crate) struct Piece {
    pub(crate) area: Rect,
    pub(crate) from: Option<(u32, u32)>,
}

/// Cuts the change; empty if nothing of it is found. `usable` says whether the viewer surely shows
/// what the canvas has there.
pub(crate) fn split(canvas: &Canvas, area: &Rect, searches: &mut u32, usable: impl Fn(&Rect) -> bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut x, mut rest) = (area.x, area.x);
    let mut any = false;
    while x + LEAST <= area.right() && *searches > 0 {
        let strip = Rect { x, width: area.right() - x, ..*area };
        let plain = canvas.single_colour(&Rect { width: LEAST, ..strip }).is_some();
        let found = if plain { None } else { longest(canvas, &strip, &usable) };
        *searches -= u32::from(!plain);
        if let Some((width, from)) = found {
            if rest < x {
                pieces.push(Piece { area: Rect { x: rest, width: x - rest, ..*area }, from: None });
            }
            pieces.push(Piece { area: Rect { width, ..strip }, from: Some(from) });
            any = true;
            x += width;
            rest = x;
        } else {
            x += 1;
        }
    }
    if !any {
        return Vec::new();
    }
    if rest < area.right() {
        pieces.push(Piece { area: Rect { x: rest, width: area.right() - rest, ..*area }, from: None });
    }
    pieces
}

/// The widest beginning of a strip that stands somewhere else.
fn longest(canvas: &Canvas, strip: &Rect, usable: &impl Fn(&Rect) -> bool) -> Option<(u32, (u32, u32))> {
    let height = canvas.height();
    // The row with most changes of colour has the rarest pixels.
    let window = WINDOW.min(strip.width);
    let changes = |y: &u32| canvas.row(strip.x, *y, window).windows(2).filter(|pair| pair[0] != pair[1]).count();
    let telling = (strip.y..strip.bottom()).max_by_key(changes)?;
    let wanted = canvas.row(strip.x, telling, window);
    // Its rarest pixel is the first that is not like the one before.
    let rare = (1..wanted.len()).find(|at| wanted[*at] != wanted[at - 1])?;
    let depth = telling - strip.y;
    let mut best: Option<(u32, (u32, u32))> = None;
    let mut until = NEAR;
    let mut tries = 0;
    let first = strip.y.saturating_sub(NEAR);
    let last = (strip.y + NEAR).min(height.saturating_sub(strip.height));
    let near = (0..NEAR).flat_map(|away| [strip.y.checked_sub(away), Some(strip.y + away)]).flatten();
    for y in near.filter(|y| (first..=last).contains(y)) {
        if y.abs_diff(strip.y) > until {
            break;
        }
        let row = canvas.row(0, y + depth, canvas.width());
        let mut at = 0;
        while let Some(next) = next(row, at, wanted[rare]) {
            at = next + 1;
            let Some(x) = (at - 1).checked_sub(rare) else { continue };
            if row.get(x..x + wanted.len()) != Some(wanted) {
                continue;
            }
            tries += 1;
            let least = best.map_or(window, |(width, _)| width + 1);
            if least > strip.width || tries > MOST_TRIES {
                return best;
            }
            if let Some(width) = matching(canvas, strip, (x as u32, y), least)
                && usable(&Rect { x: x as u32, y, width, height: strip.height })
            {
                best = Some((width, (x as u32, y)));
                until = until.min(y.abs_diff(strip.y) + MORE);
            }
        }
    }
    best
}

/// Where a colour stands next, looked for in pieces that the compiler compares as vectors.
fn next(row: &[u32], from: usize, colour: u32) -> Option<usize> {
    let mut at = from;
    for piece in row.get(from..)?.chunks(32) {
        if piece.iter().fold(false, |any, pixel| any | (*pixel == colour)) {
            return piece.iter().position(|pixel| *pixel == colour).map(|found| at + found);
        }
        at += piece.len();
    }
    None
}

/// How many columns of a strip stand at a place, if at least `least`.
fn matching(canvas: &Canvas, strip: &Rect, (x, y): (u32, u32), least: u32) -> Option<u32> {
    let most = strip.width.min(canvas.width() - x);
    let mut width = most;
    for row in 0..strip.height {
        let (here, there) = (canvas.row(strip.x, strip.y + row, width), canvas.row(x, y + row, width));
        let same = here.iter().zip(there).position(|(here, there)| here != there);
        width = same.map_or(width, |same| same as u32);
        if width < least {
            return None;
        }
    }
    Some(width)
}
