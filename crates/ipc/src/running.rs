//! Mail, notices, what is kept, second factors: what keeps a desk running.

use opora_domain::{
    LineId, PersonId,
    mail::{Choice, Quiet, Server, TicketLetters},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an owner sets up so that the desk runs, and what each person chose for oneself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunningView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// The mail server; none: no mail. Known to those who run the desk.
    pub mail_server: Option<Server>,
    /// It has a password.
    pub has_password: bool,
    /// What the mail server said to the last letter that was given up.
    pub mail_failed: Option<String>,
    /// What this person wants to hear of by mail; none until something was chosen.
    pub choice: Option<Choice>,
    /// Lines whose closed talks are not kept for ever.
    pub retention: Vec<RetentionView>,
    /// New devices of the firm's people need a code.
    pub staff_code: bool,
    /// After so many days a device of who has a second factor is asked again; 0 for never.
    pub code_days: u16,
    /// This person uses a second factor.
    pub uses_code: bool,
    /// People who use one.
    pub with_code: Vec<PersonId>,
    /// Folder of the desk's data, when it runs inside this program.
    pub data: Option<String>,
}

/// How long a line's closed talks are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionView {
    /// Which line.
    pub line: LineId,
    /// Days after the end.
    pub days: u32,
}

/// Send mail through this server, or through none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetMailServer {
    /// Which; its address as the person typed it is checked here.
    pub server: Option<TypedServer>,
    /// A new password; none keeps the one that is known.
    pub password: Option<String>,
}

/// A mail server as a person typed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypedServer {
    /// Name of the computer.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub tls: opora_domain::mail::Tls,
    /// Who logs in.
    pub user: String,
    /// Who letters are from.
    pub from: String,
}

/// Send a letter now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestMail {
    /// Where to.
    pub to: String,
}

/// What the mail server said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestedMail {
    /// It took the letter.
    pub taken: bool,
    /// Its own words.
    pub said: String,
}

/// What one wants to hear of by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChooseMail {
    /// Where to; empty: no mail.
    pub address: String,
    /// An answer that was not read for so many minutes; none: not.
    pub unread_after: Option<u32>,
    /// A contract that begins or ends.
    pub contracts: bool,
    /// Tickets that were moved or answered.
    #[serde(default)]
    pub tickets: TicketLetters,
    /// When letters wait, by this machine's wall.
    #[serde(default)]
    pub quiet: Option<Quiet>,
}

/// Send an invite link by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MailInvite {
    /// Whose.
    pub person: PersonId,
    /// Where to.
    pub address: String,
    /// The link.
    pub link: String,
}

/// How long closed talks of a line are kept; also the question what would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetRetention {
    /// Which line.
    pub line: LineId,
    /// Days; none: for ever.
    pub days: Option<u32>,
}

/// What would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionPreview {
    /// Closed talks that are old enough.
    #[ts(type = "number")]
    pub conversations: i64,
    /// Their messages.
    #[ts(type = "number")]
    pub messages: i64,
    /// Files that nothing else holds.
    #[ts(type = "number")]
    pub files: i64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: i64,
}

/// Erase a person, or forget a lost telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonRef {
    /// Who.
    pub person: PersonId,
}

/// A secret for a telephone, made here and kept nowhere until a code of it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeSecret {
    /// In letters, to be typed where no picture can be taken.
    pub secret: String,
    /// The QR code for an authenticator program: a path of unit squares in a square of this size.
    pub qr: String,
    /// Its side.
    pub qr_size: u32,
    /// Recovery codes; shown once.
    pub recovery: Vec<String>,
}

/// Begin to use a second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnrolCode {
    /// As it was made.
    pub secret: String,
    /// As they were made.
    pub recovery: Vec<String>,
    /// What the telephone shows.
    pub code: String,
}

/// A code that a person typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypedCode {
    /// Of the telephone, or for recovery.
    pub code: String,
}

/// After how many days a device is asked for a code again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeDays {
    /// So many; 0 for never.
    pub days: u16,
}

/// Whether new devices of the firm's people need a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequireCode {
    /// Or not.
    pub staff: bool,
}
