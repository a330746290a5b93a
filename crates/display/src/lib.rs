//! The display stream: pixels in, packets out, and back, exactly.
//!
//! A picture is cut into tiles of 64 x 64. What changed travels as one of: a move of something on the
//! screen (scrolled text, a dragged window), a copy of a piece that the viewer shows already, a tile
//! that it keeps, one colour, few colours, many colours. All of it is lossless and in full colour.
//! What moves too fast can be left to video of that region and is made exact once it rests.
//!
//! Frames are numbered and cut into packets that may be lost, doubled and reordered: a lost packet
//! holds back only the tiles it touches. The sender never sends old bytes again; it sends the newest
//! content of tiles that did not arrive. See `docs/DISPLAY.md` for the format.
//!
//! Pure: no I/O, no clock, no threads. `now` is any clock that only goes forward.
//!
//! ```
//! use std::time::Duration;
//! use opora_display::{Config, Decoder, Encoder, Limits, Picture, Rect};
//!
//! let (mut encoder, mut decoder) = (Encoder::new(Config::default()), Decoder::new(Limits::default()));
//! let viewer = encoder.join();
//! let bytes = vec![40; 320 * 200 * 4];
//! let picture = Picture::new(320, 200, 320 * 4, &bytes).expect("the bytes hold it");
//!
//! encoder.observe(&picture, &[Rect::new(0, 0, 320, 200)], Duration::ZERO);
//! while let Some(update) = encoder.update(viewer, 20_000, Duration::ZERO) {
//!     for packet in update.packets {
//!         decoder.apply(&packet, Duration::ZERO)?;
//!     }
//! }
//! assert_eq!(decoder.pixels()[0], 0xFF28_2828);
//! if let Some(report) = decoder.report(Duration::ZERO) {
//!     encoder.hear(viewer, &report)?;
//! }
//! assert!(encoder.update(viewer, 20_000, Duration::ZERO).is_none(), "nothing changed, nothing is sent");
//! # Ok::<(), opora_display::DecodeError>(())
//! ```

mod block;
mod bytes;
mod canvas;
mod decoder;
mod encoder;
mod error;
pub mod fuzz;
mod geometry;
mod indexed;
mod lossless;
mod moves;
mod packet;
mod range;
mod record;
mod report;
mod residual;

pub use canvas::Picture;
pub use decoder::{Decoder, Limits};
pub use encoder::{ANSWER, Config, Encoder, MOST_OPEN, Update, ViewerId};
pub use error::{DecodeError, Malformed};
pub use geometry::{Rect, TILE};
