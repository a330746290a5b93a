//! Contracts of client organisations, as the owner, a specialist and a customer see them.

use opora_domain::{
    ContractId, ConversationId, LineId, OrganisationId, SessionId, Timestamp,
    contract::{Contract, Word, allowance::Left, entitlement::No},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// All contracts that this person may see: a customer those of the own organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContractsView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Organisations, by name, those without a contract included.
    pub organisations: Vec<OrganisationContracts>,
    /// Whether clients without any contract are served.
    pub serve_without: bool,
    /// For a customer: what asking would be answered, for each organisation that one belongs to now, the main one
    /// first.
    pub asking: Vec<OrganisationAsking>,
    /// The earliest moment at which something of this changes by itself: load again then.
    pub until: Option<Timestamp>,
}

/// Contracts of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrganisationContracts {
    /// Which.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// The word of its best contract; none without one.
    pub word: Option<Word>,
    /// What is in force first, then what comes, then what is over.
    pub contracts: Vec<ContractView>,
    /// A wish for renewal that nobody has dealt with.
    pub renewal: Option<RenewalView>,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContractView {
    /// As it was written.
    pub contract: Contract,
    /// Its state in a word, with a light.
    pub word: Word,
    /// First instant.
    pub begins: Timestamp,
    /// First instant after it; none when it has no end.
    pub ends: Option<Timestamp>,
    /// Until when help is given all the same; only on grace.
    pub grace_until: Option<Timestamp>,
    /// Days to the last one: 0 on it, negative afterwards.
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    /// What is left of the allowance.
    pub left: Option<Left>,
    /// When the allowance is filled up again.
    pub refills: Option<Timestamp>,
}

/// A wish for renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RenewalView {
    /// Who asks.
    pub by_name: String,
    /// Oneself.
    pub mine: bool,
    /// In the person's words.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// What asking for an organisation would be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrganisationAsking {
    /// Which; none when the desk named none.
    pub organisation: Option<OrganisationId>,
    /// Its name.
    pub name: String,
    /// The word of its best contract; none without one.
    pub word: Option<Word>,
    /// On each line.
    pub lines: Vec<LineAsking>,
}

/// What asking on a line would be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineAsking {
    /// Which.
    pub line: LineId,
    /// Why not; none when one may ask.
    pub no: Option<No>,
}

/// What a specialist sees of the contract behind a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TalkContract {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Which conversation.
    pub conversation: ConversationId,
    /// The customer's organisation; none when it is not known.
    pub organisation: Option<OrganisationId>,
    /// The contract by which help is given, else the best one there is.
    pub contract: Option<ContractView>,
    /// Whether clients without any contract are served.
    pub serve_without: bool,
    /// "Work has stopped" goes first for this client.
    pub urgent: bool,
    /// Why no further remote session may begin.
    pub no_screen: Option<No>,
    /// Working minutes since oneself came to the talk: a proposal for the note.
    pub suggested: u32,
    /// Minutes one has noted already.
    pub noted: Option<u32>,
    /// The last session of one's own in this talk that is over.
    pub session: Option<SessionTime>,
}

/// The time that a session at the customer's screen took, apart from its conversation's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionTime {
    /// Which.
    pub session: SessionId,
    /// Minutes from the customer's yes to the end: a proposal for the note.
    pub suggested: u32,
    /// Minutes one has noted already.
    pub noted: Option<u32>,
}

/// Make a contract or change one. The id of a new one is all zeros; the answer has the real one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutContract {
    /// All of it.
    pub contract: Contract,
}

/// Throw a contract away from which nothing was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContractRef {
    /// Which.
    pub contract: ContractId,
}

/// Whether clients without any contract are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServeWithout {
    /// Served or not.
    pub serve: bool,
}

/// Note the time that a conversation took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteTime {
    /// Which.
    pub conversation: ConversationId,
    /// As it was, not rounded.
    pub minutes: u32,
}

/// Note the time that a session took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteSessionTime {
    /// In which talk.
    pub conversation: ConversationId,
    /// Which.
    pub session: SessionId,
    /// As it was, not rounded.
    pub minutes: u32,
}

/// Ask for renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskRenewal {
    /// Of which organisation; none: the main one.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// In one's own words; may be empty.
    pub comment: String,
}

/// Names an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrganisationRef {
    /// Which.
    pub organisation: OrganisationId,
}
