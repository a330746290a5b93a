//! Planar YUV 4:2:0, BT.709, limited range: what the encoder eats and the decoder gives.

use opora_screen::{Picture, Rect};
use yuv::{
    BufferStoreMut, YuvConversionMode, YuvPlanarImage, YuvPlanarImageMut, YuvRange, YuvStandardMatrix, bgra_to_yuv420,
    yuv420_to_bgra,
};

use super::{CodecError, MOST_SIDE};

/// A picture of three planes without padding; the colour planes have half the size, rounded up.
#[derive(Clone, PartialEq, Eq)]
pub struct I420 {
    width: u32,
    height: u32,
    /// Brightness, `width * height`.
    pub(super) y: Vec<u8>,
    /// Blue difference.
    pub(super) u: Vec<u8>,
    /// Red difference.
    pub(super) v: Vec<u8>,
}

impl I420 {
    /// A black picture.
    ///
    /// # Errors
    /// [`CodecError::Size`].
    pub fn black(width: u32, height: u32) -> Result<Self, CodecError> {
        if width == 0 || height == 0 || width > MOST_SIDE || height > MOST_SIDE {
            return Err(CodecError::Size(width, height));
        }
        let luma = width as usize * height as usize;
        let chroma = width.div_ceil(2) as usize * height.div_ceil(2) as usize;
        Ok(Self { width, height, y: vec![16; luma], u: vec![128; chroma], v: vec![128; chroma] })
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Bytes in a row of a colour plane.
    pub(super) fn chroma_stride(&self) -> u32 {
        self.width.div_ceil(2)
    }

    /// Converts the bands of rows that hold the given rectangles. Bands, not rectangles: `yuv` 0.8
    /// leaves out pixels when a plane's last row is shorter than its stride, as it is for a part.
    ///
    /// # Errors
    /// [`CodecError::Size`] when the picture has another size.
    pub fn update(&mut self, picture: &Picture, rects: &[Rect]) -> Result<(), CodecError> {
        if (picture.width, picture.height) != (self.width, self.height) {
            return Err(CodecError::Size(picture.width, picture.height));
        }
        let mut done = 0;
        let mut bands: Vec<_> = rects.iter().map(|rect| (rect.y & !1, rect.y + rect.height)).collect();
        bands.sort_unstable();
        for (top, bottom) in bands {
            let (top, bottom) = (top.max(done), bottom.next_multiple_of(2).min(self.height));
            if top < bottom {
                self.convert(picture, top as usize, bottom as usize)?;
                done = bottom;
            }
        }
        Ok(())
    }

    /// Converts the rows from `top`, which is even, to `bottom`, which is even or the end.
    fn convert(&mut self, picture: &Picture, top: usize, bottom: usize) -> Result<(), CodecError> {
        let (luma, chroma) = (self.width as usize, self.chroma_stride() as usize);
        let (first, last) = (top / 2 * chroma, bottom.div_ceil(2) * chroma);
        let (chroma_stride, height) = (self.chroma_stride(), (bottom - top) as u32);
        let mut planes = YuvPlanarImageMut {
            y_plane: BufferStoreMut::Borrowed(&mut self.y[top * luma..bottom * luma]),
            y_stride: self.width,
            u_plane: BufferStoreMut::Borrowed(&mut self.u[first..last]),
            u_stride: chroma_stride,
            v_plane: BufferStoreMut::Borrowed(&mut self.v[first..last]),
            v_stride: chroma_stride,
            width: self.width,
            height,
        };
        let stride = picture.stride();
        let source = &picture.bgra[top * stride..bottom * stride];
        let (range, matrix, mode) = (YuvRange::Limited, YuvStandardMatrix::Bt709, YuvConversionMode::Balanced);
        bgra_to_yuv420(&mut planes, source, picture.width * 4, range, matrix, mode)
            .map_err(|_| CodecError::Size(picture.width, picture.height))
    }

    /// Back to a picture of the screen.
    ///
    /// # Errors
    /// [`CodecError::Size`]; not for a picture that was made by this crate.
    pub fn to_picture(&self) -> Result<Picture, CodecError> {
        let mut picture = Picture::black(self.width, self.height);
        let planes = YuvPlanarImage {
            y_plane: &self.y,
            y_stride: self.width,
            u_plane: &self.u,
            u_stride: self.chroma_stride(),
            v_plane: &self.v,
            v_stride: self.chroma_stride(),
            width: self.width,
            height: self.height,
        };
        yuv420_to_bgra(&planes, &mut picture.bgra, self.width * 4, YuvRange::Limited, YuvStandardMatrix::Bt709)
            .map_err(|_| CodecError::Size(self.width, self.height))?;
        Ok(picture)
    }

    /// Peak signal-to-noise ratio of the brightness in dB: above 40 text looks the same to the eye.
    /// Infinite for equal planes; `None` for other sizes.
    #[must_use]
    pub fn psnr_y(&self, other: &Self) -> Option<f64> {
        if (self.width, self.height) != (other.width, other.height) {
            return None;
        }
        let squares: u64 = self.y.iter().zip(&other.y).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
        let mean = squares as f64 / self.y.len() as f64;
        Some(10.0 * (255.0_f64.powi(2) / mean).log10())
    }
}

impl std::fmt::Debug for I420 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "I420({}x{})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_odd_screen_make_the_whole() {
        let mut picture = Picture::black(101, 55);
        for (at, pixel) in picture.bgra.chunks_exact_mut(4).enumerate() {
            pixel.copy_from_slice(&[200, (at % 256) as u8, 50, 0]);
        }
        let mut whole = I420::black(101, 55).expect("small");
        whole.update(&picture, &[picture.bounds()]).expect("same size");
        let mut parts = I420::black(101, 55).expect("small");
        let rects = [(33, 27, 68, 28), (0, 0, 33, 55), (33, 0, 68, 27)];
        for (x, y, width, height) in rects {
            parts.update(&picture, &[Rect { x, y, width, height }]).expect("same size");
        }
        assert!(whole == parts, "parts and whole agree");
        let [r, g, b] = whole.to_picture().expect("ours").rgb(100, 54).expect("inside");
        let green = ((54 * 101 + 100) % 256) as u8;
        assert!(r.abs_diff(50) < 4 && g.abs_diff(green) < 4 && b.abs_diff(200) < 4, "{r} {g} {b}");
    }
}
