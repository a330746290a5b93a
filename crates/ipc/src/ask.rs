//! Asking for help: the customer's home and the form.

use opora_domain::{
    ConversationId, LineId, OrganisationId, RequestId, Timestamp,
    callback::Callback,
    machine::{Fact, Program},
    request::{Class, State},
    wait::{Range, Why},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{conversation::ConversationRow, people::LineView, ticket::TicketView};

/// The customer's first screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HomeView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Lines one may ask.
    pub lines: Vec<LineView>,
    /// The request that is open now, if any.
    pub request: Option<RequestView>,
    /// Conversations, newest first.
    pub conversations: Vec<ConversationRow>,
    /// Tickets, newest first.
    pub tickets: Vec<TicketView>,
    /// Requests of colleagues, newest first; for who answers for the organisation.
    pub colleagues: Vec<crate::structure::ColleagueRequestView>,
    /// The organisation for which one asked last; none when one never did.
    pub asked_for: Option<OrganisationId>,
}

/// One's own request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestView {
    /// Which.
    pub id: RequestId,
    /// The talk; exists from the first moment, so that one can add something while waiting.
    pub conversation: ConversationId,
    /// What hurts.
    pub class: Class,
    /// The program.
    pub program: Program,
    /// In the customer's words.
    pub description: String,
    /// Where it stands at the desk; none while it waits for the network.
    pub state: Option<State>,
    /// Since when.
    pub since: Timestamp,
    /// How many are before it; none when not known.
    pub ahead: Option<u32>,
    /// Specialists of the line who are on line; none when not known.
    pub specialists: Option<u32>,
    /// Its line.
    pub line: LineId,
    /// A wish to be called back.
    pub callback: Option<Callback>,
    /// How long it will probably take, in minutes; none when that is not known.
    pub wait: Option<Range>,
    /// Why it waits; none when that is not known.
    pub why: Option<Why>,
}

/// What the machine says about itself, to be looked at before anything is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MachineView {
    /// Facts; each can be changed or removed.
    pub facts: Vec<Fact>,
    /// Programs found: a running 1C first, then bases from `ibases.v8i`.
    pub programs: Vec<FoundProgram>,
}

/// A program that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundProgram {
    /// Name and release.
    pub program: Program,
    /// It runs now.
    pub running: bool,
}

/// A screenshot that was taken but not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShotView {
    /// Name it in [`SendAsk`]; shown from `opora://localhost/shot/ID`.
    pub id: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A part of a picture, in its own pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rect {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
}

/// Send a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SendAsk {
    /// Which line.
    pub line: LineId,
    /// What hurts.
    pub class: Class,
    /// Which program.
    pub program: Program,
    /// In one's own words.
    pub description: String,
    /// Only these facts are sent.
    pub facts: Vec<Fact>,
    /// A screenshot, and what is blacked out in it before it leaves the machine.
    pub shot: Option<HiddenShot>,
    /// For which organisation; the main one when nothing is chosen.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
}

/// A screenshot with parts blacked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HiddenShot {
    /// From [`ShotView`].
    pub id: String,
    /// Blacked out; those pixels are gone from what is sent.
    pub hide: Vec<Rect>,
}

/// Names a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestRef {
    /// Which.
    pub request: RequestId,
}
