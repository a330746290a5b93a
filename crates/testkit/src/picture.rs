//! Questions about pictures of a display.

use image::RgbaImage;

/// How many pixels differ in any channel by more than `tolerance`. Pictures of different sizes
/// differ everywhere.
#[must_use]
pub fn differing(one: &RgbaImage, other: &RgbaImage, tolerance: u8) -> usize {
    if one.dimensions() != other.dimensions() {
        return one.pixels().len().max(other.pixels().len());
    }
    one.pixels().zip(other.pixels()).filter(|(a, b)| !close(a.0, b.0, tolerance)).count()
}

/// Whether at least `least` pixels have this colour, within `tolerance` a channel.
#[must_use]
pub fn has_colour(picture: &RgbaImage, [red, green, blue]: [u8; 3], tolerance: u8, least: usize) -> bool {
    picture.pixels().filter(|pixel| close(pixel.0, [red, green, blue, 255], tolerance)).take(least).count() == least
}

/// The share (0 to 1) of pixels that have this colour, within `tolerance` a channel.
#[must_use]
pub fn share_of(picture: &RgbaImage, [red, green, blue]: [u8; 3], tolerance: u8) -> f64 {
    let all = picture.pixels().len().max(1);
    let hits = picture.pixels().filter(|pixel| close(pixel.0, [red, green, blue, 255], tolerance)).count();
    hits as f64 / all as f64
}

fn close(one: [u8; 4], other: [u8; 4], tolerance: u8) -> bool {
    one.iter().zip(other).take(3).all(|(a, b)| a.abs_diff(b) <= tolerance)
}
