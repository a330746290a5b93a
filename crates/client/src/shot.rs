//! Screenshots that a customer takes of the own screen, and blacking out what is private.
//!
//! A screenshot stays in memory until it is sent or replaced. What is blacked out is overwritten in
//! the pixels before the picture is encoded for sending, so nothing of it can be recovered.

use std::{
    io::Cursor,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use opora_ipc::ask::{HiddenShot, Rect, ShotView};
use opora_screen::Picture;

/// Why there is no screenshot.
#[derive(Debug, thiserror::Error)]
pub enum ShotError {
    /// The picture has no pixels or they do not fit its size.
    #[error("the picture is not usable")]
    BadPicture,
    /// It is not the last one that was taken.
    #[error("the screenshot is gone")]
    Gone,
    /// The PNG could not be written.
    #[error("the picture could not be written")]
    Encode(#[source] image::ImageError),
}

/// The last screenshot.
#[derive(Default)]
pub struct Shots {
    last: Mutex<Option<Shot>>,
}

struct Shot {
    id: String,
    image: RgbImage,
    png: Bytes,
}

impl Shots {
    /// Keeps a picture of the screen under `id`; the one before is gone.
    ///
    /// # Errors
    /// [`ShotError`].
    pub fn keep(&self, id: String, picture: &Picture) -> Result<ShotView, ShotError> {
        let image = to_rgb(picture)?;
        let (width, height) = image.dimensions();
        let png = to_png(&image)?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Shot { id: id.clone(), image, png });
        Ok(ShotView { id, width, height })
    }

    /// The whole picture as PNG, for the person's own eyes.
    #[must_use]
    pub fn png(&self, id: &str) -> Option<Bytes> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|shot| shot.id == id).map(|shot| shot.png.clone())
    }

    /// The picture as PNG for sending, with the given parts blacked out.
    ///
    /// # Errors
    /// [`ShotError::Gone`] when another one was taken since.
    pub fn hidden(&self, wanted: &HiddenShot) -> Result<Bytes, ShotError> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let shot = last.as_ref().filter(|shot| shot.id == wanted.id).ok_or(ShotError::Gone)?;
        let mut image = shot.image.clone();
        for rect in &wanted.hide {
            black_out(&mut image, *rect);
        }
        to_png(&image)
    }
}

fn to_rgb(picture: &Picture) -> Result<RgbImage, ShotError> {
    let (width, height, stride) = (picture.width, picture.height, picture.stride());
    let row = usize::try_from(width).unwrap_or(0) * 4;
    let mut rgb = Vec::with_capacity(row / 4 * 3 * usize::try_from(height).unwrap_or(0));
    for line in picture.bgra.chunks_exact(stride.max(1)) {
        for pixel in line.get(..row).ok_or(ShotError::BadPicture)?.chunks_exact(4) {
            rgb.extend([pixel[2], pixel[1], pixel[0]]);
        }
    }
    RgbImage::from_raw(width, height, rgb).filter(|image| !image.is_empty()).ok_or(ShotError::BadPicture)
}

fn to_png(image: &RgbImage) -> Result<Bytes, ShotError> {
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image.clone()).write_to(&mut png, ImageFormat::Png).map_err(ShotError::Encode)?;
    Ok(png.into_inner().into())
}

fn black_out(image: &mut RgbImage, rect: Rect) {
    let (width, height) = image.dimensions();
    let right = rect.x.saturating_add(rect.w).min(width);
    let bottom = rect.y.saturating_add(rect.h).min(height);
    for y in rect.y.min(height)..bottom {
        for x in rect.x.min(width)..right {
            image.put_pixel(x, y, Rgb([0, 0, 0]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blacked_out_is_not_in_what_is_sent() {
        let shots = Shots::default();
        let image = RgbImage::from_pixel(40, 30, Rgb([200, 100, 50]));
        let png = to_png(&image).expect("encodes");
        *shots.last.lock().expect("free") = Some(Shot { id: "a".into(), image, png });
        let hide = vec![Rect { x: 5, y: 5, w: 10, h: 10 }, Rect { x: 35, y: 25, w: u32::MAX, h: u32::MAX }];

        let sent = shots.hidden(&HiddenShot { id: "a".into(), hide }).expect("there");

        let sent = image::load_from_memory(&sent).expect("a PNG").to_rgb8();
        assert_eq!(sent.get_pixel(5, 5), &Rgb([0, 0, 0]));
        assert_eq!(sent.get_pixel(14, 14), &Rgb([0, 0, 0]));
        assert_eq!(sent.get_pixel(39, 29), &Rgb([0, 0, 0]));
        assert_eq!(sent.get_pixel(15, 15), &Rgb([200, 100, 50]));
        assert!(matches!(shots.hidden(&HiddenShot { id: "b".into(), hide: vec![] }), Err(ShotError::Gone)));
    }
}
