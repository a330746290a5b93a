//! Remote sessions: asking, consent, the bar, the viewer.

use opora_domain::{
    ConversationId, SessionId,
    scope::Scope,
    session::{EndReason, State},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A remote session as either side sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Which.
    pub id: SessionId,
    /// In which talk.
    pub conversation: ConversationId,
    /// Where it is.
    pub state: State,
    /// The picture flows (helper) or is being sent (customer).
    pub connected: bool,
    /// This is the customer's side.
    pub controlled: bool,
    /// The helper's name, from the certificate.
    pub helper: String,
    /// The firm, from the certificate.
    pub firm: String,
    /// The customer's name, from the certificate.
    pub customer: String,
    /// The certificate chain was verified against the organisation of the invite.
    pub verified: bool,
    /// Why, in the helper's words.
    pub reason: String,
    /// It goes on from a session with somebody else, because the talk was handed over: that one's name, if
    /// it is known here.
    pub after: Option<String>,
    /// What is asked for.
    pub asked: Vec<Scope>,
    /// What the card selects before it was touched.
    pub preselected: Vec<Scope>,
    /// What is allowed.
    pub allowed: Vec<Scope>,
    /// Milliseconds since it became live, when this view was made.
    #[ts(type = "number")]
    pub live_ms: i64,
    /// Milliseconds until the consent ends, when this view was made.
    #[ts(type = "number")]
    pub left_ms: i64,
    /// Why it ended.
    pub ended: Option<EndReason>,
    /// The stop key works; when false the bar says so before anything is shown.
    pub stop_key: bool,
}

/// Ask to see the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskScreen {
    /// In which talk.
    pub conversation: ConversationId,
    /// What for.
    pub scopes: Vec<Scope>,
    /// Why, in words.
    pub reason: String,
}

/// The customer's answer; only the consent window may give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerScreen {
    /// Which session.
    pub session: SessionId,
    /// What is allowed; empty refuses.
    pub allow: Vec<Scope>,
}

/// Names a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionRef {
    /// Which.
    pub session: SessionId,
}

/// The helper's hands; only the viewer window may send it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SessionInput {
    /// Which session.
    pub session: SessionId,
    /// In order; at most 64.
    pub events: Vec<Input>,
}

/// One thing the helper did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Input {
    /// Pointer to a place: 0 to 65535 across the picture, each way.
    Move {
        /// From the left.
        x: u16,
        /// From the top.
        y: u16,
    },
    /// A button: 1 left, 2 middle, 3 right.
    Button {
        /// Which.
        button: u8,
        /// Pressed or released.
        down: bool,
    },
    /// The wheel, in notches; down and right are positive.
    Wheel {
        /// Across.
        dx: i8,
        /// Along.
        dy: i8,
    },
    /// A key by its position (`KeyboardEvent.code`).
    Key {
        /// Like `KeyA`.
        code: String,
        /// Pressed or released.
        down: bool,
    },
    /// Text that the position alone would not give on the other side.
    Text {
        /// At most 64 characters.
        text: String,
    },
    /// Everything that is pressed is released (the window lost the focus).
    Release,
}

/// What the viewer shows apart from the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewerView {
    /// Which session.
    pub session: SessionId,
    /// Width of the other screen in pixels.
    pub width: u32,
    /// Height of the other screen in pixels.
    pub height: u32,
    /// Codec string for WebCodecs.
    pub codec: String,
    /// Where the pointer is: 0 to 65535 each way; none when it left the screen.
    pub pointer: Option<(u16, u16)>,
    /// The pointer's picture.
    pub cursor: Option<CursorView>,
    /// Why the last input did nothing, if so.
    pub notice: Option<InputNotice>,
}

/// Why input does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InputNotice {
    /// A consent card is open at the customer, or the bar is not visible.
    Paused,
    /// It was aimed at Opora's own window.
    OwnWindow,
    /// The customer did not allow it.
    NotAllowed,
    /// The stop key belongs to the customer.
    StopKey,
    /// A character or key cannot be typed there.
    UnknownKey,
    /// The customer moves or types; what the helper does rests for a second.
    OwnHand,
}

/// A pointer's picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CursorView {
    /// PNG as a `data:` URL.
    pub url: String,
    /// The point that points.
    pub hot_x: u16,
    /// The point that points.
    pub hot_y: u16,
}

/// What the viewer needs from the core now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewerHealth {
    /// Which session.
    pub session: SessionId,
    /// A picture could not be decoded: send a whole one.
    pub key_frame: bool,
    /// WebCodecs can decode AV1 here.
    pub codec: bool,
}
