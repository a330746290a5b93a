//! Failures as the interface knows them: a code that has a sentence in both languages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong. The catalogue holds `error-<code>` (what happened, what is safe) and
/// `error-<code>-do` (what to do next) for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The text is not an invite link.
    InviteNotALink,
    /// The link was cut or changed.
    InviteDamaged,
    /// The link was made by a newer Opora.
    InviteNewer,
    /// The invite was used by another device.
    InviteUsed,
    /// The desk does not know this invite.
    InviteUnknown,
    /// Another desk answers at that address.
    WrongDesk,
    /// The organisation's key is not the one in the invite.
    WrongOrganisation,
    /// Nobody answers at that address.
    DeskUnreachable,
    /// The desk's disk is full.
    DeskDiskFull,
    /// The desk has too much to do.
    DeskBusy,
    /// The desk is newer or older than this program can speak to.
    DeskVersion,
    /// The desk does not know this device any more.
    DeviceUnknown,
    /// This device was revoked.
    DeviceRevoked,
    /// A new device needs a code of the second factor.
    CodeNeeded,
    /// That code is wrong, or was used.
    CodeWrong,
    /// Something goes on with it still.
    StillOpen,
    /// The mail server's data make no sense.
    MailUnsound,
    /// A key of the API that may do nothing, or that has ended already.
    ApiKeyWrong,
    /// A webhook cannot go to that address, or is told nothing.
    WebhookWrong,
    /// The text is not a mail address.
    NotAnAddress,
    /// A desk could not be started here.
    DeskNotStarted,
    /// Not this person's business.
    NotAllowed,
    /// It is not there (any more).
    NotFound,
    /// Somebody else has taken the request.
    RequestMoved,
    /// The offer has lapsed.
    OfferLapsed,
    /// The conversation is over.
    ConversationClosed,
    /// Nothing was written.
    Empty,
    /// Too long.
    TooLong,
    /// The file is larger than the desk takes.
    FileTooLarge,
    /// The file cannot be read or written here.
    FileUnreadable,
    /// What arrived is not what was sent.
    FileDamaged,
    /// This computer's disk is full.
    DiskFull,
    /// The customer refused.
    ScreenRefused,
    /// Nobody answered the request for the screen.
    ScreenNoAnswer,
    /// No screen can be shown here.
    ScreenNone,
    /// The compositor forbids capture (Wayland without a portal).
    ScreenForbidden,
    /// The codec for the picture is missing.
    CodecMissing,
    /// The session's connection was lost.
    SessionLost,
    /// The other device could not prove who it is.
    PeerNotGenuine,
    /// Another remote session is running.
    SessionBusy,
    /// ИНН cannot be right.
    InnWrong,
    /// КПП cannot be right.
    KppWrong,
    /// Not an e-mail address.
    EmailWrong,
    /// The organisation's key is on another device of the owner.
    KeyElsewhere,
    /// The table is larger than is imported.
    TableTooLarge,
    /// The table has more rows than are imported at once.
    TableTooManyRows,
    /// The file is not a table.
    TableNotOne,
    /// The table holds nothing.
    TableEmpty,
    /// An import is running.
    ImportRuns,
    /// Another organisation has this ИНН and КПП.
    InnTaken,
    /// The person belongs to no client organisation (any more).
    NoOrganisation,
    /// The role needs another invite.
    RoleCertified,
    /// An owner stays an owner.
    OwnerKey,
    /// The person does not belong to the chosen organisation (any more).
    NotMember,
    /// The contract is over.
    ContractOver,
    /// The contract has not begun.
    ContractAhead,
    /// The contract is not paid for.
    ContractUnpaid,
    /// There is no contract.
    ContractNone,
    /// The allowance is used up.
    ContractSpent,
    /// The contract does not cover this line or this way.
    ContractNarrow,
    /// What was written makes no contract.
    ContractWrong,
    /// Something was drawn from the contract.
    ContractUsed,
    /// A wish for renewal is under way already.
    RenewalSent,
    /// What was written makes no hours.
    HoursWrong,
    /// That is no telephone number.
    PhoneWrong,
    /// The period of a report makes no sense.
    ReportPeriod,
    /// Needs the network, and there is none.
    Offline,
    /// A hand-over was answered, taken back or has lapsed.
    TransferOver,
    /// The invitation was answered, taken back or has lapsed.
    InvitationOver,
    /// One has as many talks in hand as one may have.
    HandsFull,
    /// The owner of a talk hands it over before leaving.
    OwnerStays,
    /// Two people changed a field of a ticket to different things.
    TicketConflict,
    /// The workflow has no such step for this person.
    NotAStep,
    /// A ticket would be a part of itself.
    OwnPart,
    /// The customer has to be told in words.
    WordsNeeded,
    /// A field that the tracker asks for is empty.
    FieldNeeded,
    /// The program's own fault; there is a report.
    Internal,
}

/// A refused command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UiError {
    /// For the sentence.
    pub code: ErrorCode,
    /// For the log and a report, in English; never shown as the sentence.
    pub message: String,
    /// May the same be tried again as it is?
    pub retry: bool,
}

impl UiError {
    /// A failure that goes away when something changes, like the network.
    pub fn temporary(code: ErrorCode, message: impl std::fmt::Display) -> Self {
        Self { code, message: message.to_string(), retry: true }
    }

    /// A "no".
    pub fn permanent(code: ErrorCode, message: impl std::fmt::Display) -> Self {
        Self { code, message: message.to_string(), retry: false }
    }
}

impl std::fmt::Display for UiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {}", self.code, self.message)
    }
}

impl std::error::Error for UiError {}
