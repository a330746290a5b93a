//! What the two ends say on the data channels. One byte names the message; the rest is fixed fields,
//! little-endian, but for input, which is JSON as the interface made it. Everything is bounded, and
//! what is not understood is dropped: a newer peer may say more.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use opora_screen::{CursorShape, InputEvent};

/// The longest input event: 512 characters of text, escaped.
const MOST_INPUT: usize = 8 * 1024;
/// A pointer's picture is at most this wide and high.
const MOST_CURSOR_SIDE: u16 = 96;

const READY: u8 = 1;
const KEY_FRAME: u8 = 2;
const ACK: u8 = 3;
const INPUT: u8 = 4;
const PLACE: u8 = 5;
const SCREEN: u8 = 0x11;
const CURSOR: u8 = 0x12;
const NOTICE: u8 = 0x13;
const POINTER: u8 = 0x14;

/// A place with a number, so that late and doubled ones are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counts up, wrapping.
    pub n: u32,
    /// Fraction from the left.
    pub x: u16,
    /// Fraction from the top.
    pub y: u16,
}

impl Place {
    /// Whether this is newer than number `last`.
    #[must_use]
    pub fn is_after(&self, last: Option<u32>) -> bool {
        last.is_none_or(|last| self.n != last && self.n.wrapping_sub(last) < 1 << 31)
    }
}

/// To the end that shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToSharer {
    /// Begin, with a key frame.
    Ready,
    /// A frame was lost or could not be decoded.
    KeyFrame,
    /// RTP time stamps of the last frame that arrived and the last that was taken for showing.
    Ack {
        /// Complete here.
        got: u32,
        /// Handed to the decoder.
        shown: u32,
    },
    /// An event other than a move.
    Input(InputEvent),
    /// A move. On the ordered channel it goes before a click, so that the click lands there.
    Move(Place),
}

/// Why input does nothing; shown to the helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Input is taken again.
    Clear,
    /// A consent card is open at the customer.
    Paused,
    /// It was aimed at Opora's own window.
    OwnWindow,
    /// The customer did not allow it.
    NotAllowed,
    /// The stop key belongs to the customer.
    StopKey,
    /// A character or key cannot be typed there.
    UnknownKey,
    /// The customer moves or types; the helper's hands rest for a second.
    OwnHand,
}

/// To the end that views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToViewer {
    /// The size of the pictures from now on.
    Screen {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The pointer looks different.
    Cursor(CursorShape),
    /// Where the pointer is.
    Pointer(Place),
    /// What became of input.
    Notice(Notice),
}

/// The bytes are no message of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message")]
pub struct NotAMessage;

/// By their number; new ones go to the end.
const NOTICES: [Notice; 7] = [
    Notice::Clear,
    Notice::Paused,
    Notice::OwnWindow,
    Notice::NotAllowed,
    Notice::StopKey,
    Notice::UnknownKey,
    Notice::OwnHand,
];

fn put_place(out: &mut BytesMut, kind: u8, place: Place) {
    out.put_u8(kind);
    out.put_u32_le(place.n);
    out.put_u16_le(place.x);
    out.put_u16_le(place.y);
}

fn get_place(bytes: &mut &[u8]) -> Result<Place, NotAMessage> {
    let n = bytes.try_get_u32_le().map_err(|_| NotAMessage)?;
    let x = bytes.try_get_u16_le().map_err(|_| NotAMessage)?;
    let y = bytes.try_get_u16_le().map_err(|_| NotAMessage)?;
    Ok(Place { n, x, y })
}

impl ToSharer {
    /// As bytes.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        let mut out = BytesMut::with_capacity(32);
        match self {
            Self::Ready => out.put_u8(READY),
            Self::KeyFrame => out.put_u8(KEY_FRAME),
            Self::Ack { got, shown } => {
                out.put_u8(ACK);
                out.put_u32_le(*got);
                out.put_u32_le(*shown);
            }
            Self::Input(event) => {
                out.put_u8(INPUT);
                let json = serde_json::to_vec(event).expect("strings and numbers are always JSON");
                out.extend_from_slice(&json);
            }
            Self::Move(place) => put_place(&mut out, PLACE, *place),
        }
        out.freeze()
    }

    /// From bytes of the peer.
    ///
    /// # Errors
    /// [`NotAMessage`] when they are unknown, too long or out of bounds.
    pub fn decode(mut bytes: &[u8]) -> Result<Self, NotAMessage> {
        let kind = bytes.try_get_u8().map_err(|_| NotAMessage)?;
        let message = match kind {
            READY => Self::Ready,
            KEY_FRAME => Self::KeyFrame,
            ACK => {
                let got = bytes.try_get_u32_le().map_err(|_| NotAMessage)?;
                let shown = bytes.try_get_u32_le().map_err(|_| NotAMessage)?;
                Self::Ack { got, shown }
            }
            INPUT if bytes.len() <= MOST_INPUT => {
                let event: InputEvent = serde_json::from_slice(bytes).map_err(|_| NotAMessage)?;
                // Moves have numbers; one without could undo a newer one.
                if !event.is_bounded() || matches!(event, InputEvent::Move { .. }) {
                    return Err(NotAMessage);
                }
                return Ok(Self::Input(event));
            }
            PLACE => Self::Move(get_place(&mut bytes)?),
            _ => return Err(NotAMessage),
        };
        if bytes.is_empty() { Ok(message) } else { Err(NotAMessage) }
    }
}

impl ToViewer {
    /// As bytes.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        let mut out = BytesMut::with_capacity(32);
        match self {
            Self::Screen { width, height } => {
                out.put_u8(SCREEN);
                out.put_u32_le(*width);
                out.put_u32_le(*height);
            }
            Self::Cursor(shape) => {
                out.put_u8(CURSOR);
                for side in [shape.width, shape.height, shape.hot_x, shape.hot_y] {
                    out.put_u16_le(side);
                }
                out.extend_from_slice(&shape.rgba);
            }
            Self::Pointer(place) => put_place(&mut out, POINTER, *place),
            Self::Notice(notice) => {
                out.put_u8(NOTICE);
                let code = NOTICES.iter().position(|known| known == notice).unwrap_or_default();
                out.put_u8(u8::try_from(code).unwrap_or_default());
            }
        }
        out.freeze()
    }

    /// From bytes of the peer.
    ///
    /// # Errors
    /// [`NotAMessage`] when they are unknown or out of bounds.
    pub fn decode(mut bytes: &[u8]) -> Result<Self, NotAMessage> {
        let kind = bytes.try_get_u8().map_err(|_| NotAMessage)?;
        let message = match kind {
            SCREEN => {
                let width = bytes.try_get_u32_le().map_err(|_| NotAMessage)?;
                let height = bytes.try_get_u32_le().map_err(|_| NotAMessage)?;
                let most = crate::codec::MOST_SIDE;
                if !(1..=most).contains(&width) || !(1..=most).contains(&height) {
                    return Err(NotAMessage);
                }
                Self::Screen { width, height }
            }
            CURSOR => return decode_cursor(bytes).map(Self::Cursor),
            POINTER => Self::Pointer(get_place(&mut bytes)?),
            NOTICE => {
                let code = bytes.try_get_u8().map_err(|_| NotAMessage)?;
                Self::Notice(NOTICES.get(usize::from(code)).copied().ok_or(NotAMessage)?)
            }
            _ => return Err(NotAMessage),
        };
        if bytes.is_empty() { Ok(message) } else { Err(NotAMessage) }
    }
}

fn decode_cursor(mut bytes: &[u8]) -> Result<CursorShape, NotAMessage> {
    let mut side = || bytes.try_get_u16_le().map_err(|_| NotAMessage);
    let (width, height, hot_x, hot_y) = (side()?, side()?, side()?, side()?);
    let fits = width <= MOST_CURSOR_SIDE && height <= MOST_CURSOR_SIDE && hot_x <= width && hot_y <= height;
    if !fits || bytes.len() != usize::from(width) * usize::from(height) * 4 {
        return Err(NotAMessage);
    }
    Ok(CursorShape { width, height, hot_x, hot_y, rgba: bytes.to_vec() })
}

#[cfg(test)]
mod tests {
    use opora_screen::Button;

    use super::*;

    #[test]
    fn every_message_comes_back_as_it_went() {
        let place = Place { n: 7, x: 1, y: 65535 };
        let to_sharer = [
            ToSharer::Ready,
            ToSharer::KeyFrame,
            ToSharer::Ack { got: 9, shown: 8 },
            ToSharer::Input(InputEvent::Button { button: Button::Right, down: true }),
            ToSharer::Input(InputEvent::Text { text: "Ёж\n".repeat(100) }),
            ToSharer::Move(place),
        ];
        for message in to_sharer {
            assert_eq!(ToSharer::decode(&message.encode()), Ok(message));
        }
        let shape = CursorShape { width: 2, height: 1, hot_x: 1, hot_y: 0, rgba: vec![1; 8] };
        let notices = NOTICES.map(ToViewer::Notice);
        let screen = ToViewer::Screen { width: 1920, height: 1080 };
        for message in [screen, ToViewer::Cursor(shape), ToViewer::Pointer(place)].into_iter().chain(notices) {
            assert_eq!(ToViewer::decode(&message.encode()), Ok(message));
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_no_message() {
        let long = InputEvent::Text { text: "a".repeat(513) };
        assert_eq!(ToSharer::decode(&ToSharer::Input(long).encode()), Err(NotAMessage));
        let control = InputEvent::Text { text: "\u{1b}[2J".into() };
        assert_eq!(ToSharer::decode(&ToSharer::Input(control).encode()), Err(NotAMessage));
        let unnumbered = InputEvent::Move { x: 0, y: 0 };
        assert_eq!(ToSharer::decode(&ToSharer::Input(unnumbered).encode()), Err(NotAMessage));
        assert_eq!(ToViewer::decode(&ToViewer::Screen { width: 0, height: 9 }.encode()), Err(NotAMessage));
        let short = CursorShape { width: 90, height: 90, hot_x: 0, hot_y: 0, rgba: vec![0; 4] };
        assert_eq!(ToViewer::decode(&ToViewer::Cursor(short).encode()), Err(NotAMessage));
        assert_eq!((ToSharer::decode(&[]), ToViewer::decode(&[0xff])), (Err(NotAMessage), Err(NotAMessage)));
    }

    #[test]
    fn a_late_place_is_known_even_when_numbers_wrap() {
        let place = |n| Place { n, x: 0, y: 0 };
        assert!(place(0).is_after(None) && place(1).is_after(Some(0)) && place(0).is_after(Some(u32::MAX)));
        assert!(!place(5).is_after(Some(5)) && !place(4).is_after(Some(5)) && !place(u32::MAX).is_after(Some(0)));
    }

    proptest::proptest! {
        /// Whatever a peer sends: an answer, never a panic, and never more than it sent.
        #[test]
        fn any_bytes_are_a_message_or_not(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            if let Ok(ToViewer::Cursor(shape)) = ToViewer::decode(&bytes) {
                proptest::prop_assert!(shape.rgba.len() < bytes.len());
            }
            if let Ok(ToSharer::Input(event)) = ToSharer::decode(&bytes) {
                proptest::prop_assert!(event.is_bounded());
            }
        }
    }
}
