//! The live board, looks into conversations, the trail of supervisors.

use opora_domain::{
    ConversationId, LineId, PersonId, RequestId, Span, Timestamp,
    rating::Rating,
    request::{Class, State},
    role::Role,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Load and quality now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoardView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// The desk shows it now; without a connection the rest is empty.
    pub live: bool,
    /// Lines, by name.
    pub lines: Vec<BoardLine>,
    /// Those who serve, by name.
    pub people: Vec<BoardPerson>,
    /// What waits, then what is in somebody's hands, then the newest that are over.
    pub talks: Vec<BoardTalk>,
    /// Today.
    pub day: BoardDay,
}

/// A line now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoardLine {
    /// Which.
    pub id: LineId,
    /// Its name.
    pub name: String,
    /// Requests that wait or ring.
    pub waiting: u32,
    /// The oldest waits since, by this machine's clock.
    pub oldest: Option<Timestamp>,
    /// Specialists who take its requests now.
    pub on_line: u32,
}

/// What somebody who serves does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BoardDoing {
    /// Takes requests and has none.
    Free,
    /// Takes requests and has some.
    Busy,
    /// Has as many as fit.
    Full,
    /// Connected, takes no requests.
    Off,
    /// At lunch.
    Lunch,
    /// Away for a while.
    Away,
    /// Not connected.
    Gone,
}

/// Somebody who serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoardPerson {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// What.
    pub doing: BoardDoing,
    /// Since when, by this machine's clock; none when the desk does not know.
    pub since: Option<Timestamp>,
    /// Conversations and offers in hand.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
    /// Oneself.
    pub me: bool,
}

/// A request or conversation on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoardTalk {
    /// Which.
    pub conversation: ConversationId,
    /// Its request.
    pub request: RequestId,
    /// Guard for taking over.
    #[ts(type = "number")]
    pub epoch: i64,
    /// The line.
    pub line: LineId,
    /// Its name.
    pub line_name: String,
    /// Who asks.
    pub customer: String,
    /// From which organisation.
    pub organisation: String,
    /// First words of what was asked.
    pub subject: String,
    /// What hurts.
    pub class: Class,
    /// Where it stands.
    pub state: State,
    /// Asked at, by this machine's clock.
    pub since: Timestamp,
    /// Who has it, or had it last.
    pub specialist: Option<PersonId>,
    /// Name of that one.
    pub specialist_name: String,
    /// One is a member, not only a reader.
    pub mine: bool,
    /// One looks in now.
    pub looking: bool,
    /// The head's mark.
    pub mark: Option<Rating>,
}

/// Today so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoardDay {
    /// Requests asked.
    pub asked: u32,
    /// Of these, answered by a person.
    pub answered: u32,
    /// Of these, over.
    pub closed: u32,
    /// Half were first answered at least as fast.
    pub first_p50: Option<Span>,
    /// Nine of ten were.
    pub first_p90: Option<Span>,
    /// Ratings given today.
    pub rated: u32,
    /// Sum of their stars.
    pub stars: u32,
}

/// The head's own mark for the work in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkTalk {
    /// Which.
    pub conversation: ConversationId,
    /// One to five, with words.
    pub mark: Rating,
}

/// What a supervisor did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditAct {
    /// Looked into a conversation.
    LookedIn,
    /// Ended the look.
    LookedAway,
    /// Whispered.
    Whispered,
    /// Took it over.
    TookOver,
    /// Marked the work.
    Marked,
}

/// The trail, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Its newest lines.
    pub rows: Vec<AuditRow>,
    /// How many there are.
    pub all: u32,
}

/// One line of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditRow {
    /// Its id.
    pub id: String,
    /// When, by the desk's clock.
    pub at: Timestamp,
    /// Who.
    pub by_name: String,
    /// What.
    pub act: AuditAct,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub customer: String,
    /// From which organisation.
    pub organisation: String,
    /// Who had it then.
    pub specialist_name: String,
    /// The mark that was given.
    pub mark: Option<Rating>,
}

/// A conversation of one's own was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakenOver {
    /// Which.
    pub conversation: ConversationId,
    /// The customer's name.
    pub customer: String,
    /// Who has it now.
    pub by_name: String,
    /// One stays in it as a second specialist.
    pub stays: bool,
}

/// Take a conversation from who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeOver {
    /// Its request.
    pub request: RequestId,
    /// As it was shown.
    #[ts(type = "number")]
    pub epoch: i64,
    /// The former owner stays as a second specialist.
    #[serde(default)]
    pub stays: bool,
}
