//! The customer's screen as the helper's windows see it: frames to decode, the pointer, the hands.

use std::{io::Cursor, sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{BufMut, Bytes, BytesMut};
use image::{DynamicImage, ImageFormat, RgbaImage};
use opora_domain::SessionId;
use opora_ipc::{
    CoreEvent,
    session::{CursorView, Input, InputNotice, ViewerView},
};
use opora_media::{
    message::Notice,
    queue::EncodedFrame,
    view::{View, ViewState},
};
use opora_screen::{Button, CursorShape, InputEvent};

use super::office::Office;

/// A poll for frames waits at most this long; then it comes back empty and is made again.
const PATIENCE: Duration = Duration::from_secs(1);
/// A notch of the wheel, as the sharing end counts it.
const NOTCH: i16 = 120;
/// In the header of a frame: it can be decoded without any before it.
const KEY: u32 = 1;

/// The picture of one session.
pub(super) struct Screen {
    session: SessionId,
    view: View,
}

impl Screen {
    /// Shows a view, and tells windows whenever pointer or size change.
    pub(super) fn open(office: Arc<dyn Office>, session: SessionId, view: View) -> Arc<Self> {
        let mut state = view.state();
        let screen = Arc::new(Self { session, view });
        office.tasks().spawn("session-pointer", move |stop| async move {
            let mut cursor = CursorPicture::default();
            loop {
                tokio::select! {
                    biased;
                    () = stop.cancelled() => return,
                    changed = state.changed() => if changed.is_err() { return },
                }
                let view = cursor.view(session, &state.borrow_and_update());
                office.emit(CoreEvent::viewer_changed(view));
            }
        });
        screen
    }

    /// Which session.
    pub(super) fn session(&self) -> SessionId {
        self.session
    }

    /// What is shown apart from the picture.
    pub(super) fn viewer(&self) -> ViewerView {
        CursorPicture::default().view(self.session, &self.view.state().borrow())
    }

    /// All frames after number `after`, each behind 16 bytes, little-endian: number, time stamp,
    /// flags (1: a key frame), length. Empty when none came in time; `None` when it is over.
    pub(super) async fn frames(&self, after: u64) -> Option<Bytes> {
        let frames = self.view.next_batch(after, PATIENCE).await?;
        let size = frames.iter().map(|frame| 16 + frame.data.len()).sum();
        let mut body = BytesMut::with_capacity(size);
        for frame in &frames {
            put(&mut body, frame);
        }
        Some(body.freeze())
    }

    /// The decoder could not go on.
    pub(super) fn ask_for_key_frame(&self) {
        self.view.request_key_frame();
    }

    /// One thing the helper did.
    pub(super) async fn send(&self, input: Input) {
        if let Some(event) = event_of(input) {
            self.view.send(event).await;
        }
    }
}

fn put(body: &mut BytesMut, frame: &EncodedFrame) {
    body.put_u32_le((frame.seq & u64::from(u32::MAX)) as u32);
    body.put_u32_le(frame.timestamp);
    body.put_u32_le(if frame.key { KEY } else { 0 });
    body.put_u32_le(u32::try_from(frame.data.len()).unwrap_or(u32::MAX));
    body.put_slice(&frame.data);
}

/// What the interface calls it, as the sharing end calls it.
fn event_of(input: Input) -> Option<InputEvent> {
    Some(match input {
        Input::Move { x, y } => InputEvent::Move { x, y },
        Input::Button { button, down } => {
            let button = match button {
                1 => Button::Left,
                2 => Button::Middle,
                3 => Button::Right,
                _ => return None,
            };
            InputEvent::Button { button, down }
        }
        Input::Wheel { dx, dy } => InputEvent::Wheel { dx: i16::from(dx) * NOTCH, dy: i16::from(dy) * NOTCH },
        Input::Key { code, down } => InputEvent::Key { code, down },
        Input::Text { text } => InputEvent::Text { text },
        Input::Release => InputEvent::ReleaseAll,
    })
}

/// The pointer's picture as PNG; made once for each shape, not for each move.
#[derive(Default)]
struct CursorPicture {
    shape: Option<Arc<CursorShape>>,
    view: Option<CursorView>,
}

impl CursorPicture {
    fn view(&mut self, session: SessionId, state: &ViewState) -> ViewerView {
        let known = match (&self.shape, &state.cursor) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        if !known {
            self.shape.clone_from(&state.cursor);
            self.view = state.cursor.as_deref().and_then(picture_of);
        }
        let (width, height) = state.screen.unwrap_or_default();
        let (codec, cursor) = (state.codec().to_owned(), self.view.clone());
        let notice = state.notice.and_then(notice_of);
        ViewerView { session, width, height, codec, pointer: state.pointer, cursor, notice }
    }
}

fn notice_of(notice: Notice) -> Option<InputNotice> {
    Some(match notice {
        Notice::Clear => return None,
        Notice::Paused => InputNotice::Paused,
        Notice::OwnWindow => InputNotice::OwnWindow,
        Notice::NotAllowed => InputNotice::NotAllowed,
        Notice::StopKey => InputNotice::StopKey,
        Notice::UnknownKey => InputNotice::UnknownKey,
        Notice::OwnHand => InputNotice::OwnHand,
    })
}

fn picture_of(shape: &CursorShape) -> Option<CursorView> {
    let image = RgbaImage::from_raw(shape.width.into(), shape.height.into(), shape.rgba.clone())?;
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(image).write_to(&mut png, ImageFormat::Png).ok()?;
    let url = format!("data:image/png;base64,{}", STANDARD.encode(png.into_inner()));
    Some(CursorView { url, hot_x: shape.hot_x, hot_y: shape.hot_y })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_its_sixteen_bytes_in_front() {
        let mut body = BytesMut::new();
        put(&mut body, &EncodedFrame { seq: 7, timestamp: 90_000, key: true, data: Bytes::from_static(b"abc") });
        assert_eq!(body.len(), 19);
        assert_eq!(&body[..4], &7_u32.to_le_bytes());
        assert_eq!(&body[8..12], &1_u32.to_le_bytes());
        assert_eq!(&body[12..], b"\x03\0\0\0abc");
    }
}
