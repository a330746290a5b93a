//! The program as a whole: account, link to the desk, settings.

use opora_domain::{PersonId, mail::Tongue, role::Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorCode;

/// Everything the first screen needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Who one is; none before an invite was redeemed.
    pub account: Option<AccountView>,
    /// The link to the desk.
    pub link: LinkView,
    /// The desk that runs inside this program.
    pub own_desk: Option<OwnDeskView>,
    /// Settings.
    pub settings: SettingsView,
    /// An invite link that a deep link or a second start brought; only ever proposed.
    pub proposed_invite: Option<String>,
    /// Operations that the desk refused for good and that wait for a choice.
    pub stuck: Vec<StuckView>,
    /// Things written here that wait for the network.
    pub waiting: u32,
}

/// Who one is at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountView {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role; decides which window is shown.
    pub role: Role,
    /// The support firm.
    pub desk_name: String,
    /// The firm or client organisation of the person.
    pub organisation: String,
}

/// The link to the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LinkView {
    /// There is no account yet.
    None,
    /// Trying.
    Connecting,
    /// Connected and caught up.
    Online,
    /// Not connected; everything written waits here and goes by itself.
    Offline {
        /// Why.
        code: ErrorCode,
    },
}

/// A desk inside this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnDeskView {
    /// Address it answers at.
    pub address: String,
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

impl From<Language> for Tongue {
    fn from(language: Language) -> Self {
        match language {
            Language::Ru => Self::Ru,
            Language::En => Self::En,
        }
    }
}

/// Settings of this profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// Language.
    pub language: Language,
    /// Colours.
    pub theme: Theme,
    /// 100 to 200, in per cent.
    pub zoom: u16,
    /// Native notifications.
    pub notifications: bool,
    /// Sounds.
    pub sounds: bool,
    /// The program starts with the computer, in the tray.
    pub autostart: bool,
    /// Where this device's keys are: `keyring` or `file`; said plainly in the settings.
    pub key_store: KeyStore,
    /// The stop key, as a person reads it.
    pub stop_key: String,
    /// Opora's version.
    pub version: String,
}

/// Where keys are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyStore {
    /// The system's keyring.
    Keyring,
    /// A file that only this user may read.
    File,
}

/// A change of settings; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SettingsChange {
    /// Language.
    #[serde(default)]
    pub language: Option<Language>,
    /// Colours.
    #[serde(default)]
    pub theme: Option<Theme>,
    /// In per cent.
    #[serde(default)]
    pub zoom: Option<u16>,
    /// Native notifications.
    #[serde(default)]
    pub notifications: Option<bool>,
    /// Sounds.
    #[serde(default)]
    pub sounds: Option<bool>,
    /// The program starts with the computer, in the tray.
    #[serde(default)]
    #[ts(optional)]
    pub autostart: Option<bool>,
}

/// An operation that the desk refused for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StuckView {
    /// Its id.
    pub id: String,
    /// Why.
    pub code: ErrorCode,
    /// What it was: `message`, `ticket`, `request`, `rating`.
    pub what: String,
    /// Its first words, so that the person knows it again.
    pub excerpt: String,
}

/// What to do with a stuck operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StuckChoice {
    /// Which.
    pub id: String,
    /// Send it again (true) or drop it (false).
    pub again: bool,
}

/// Start a desk on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StartDesk {
    /// The firm's name.
    pub firm: String,
    /// One's own name.
    pub name: String,
    /// Where to listen, `127.0.0.1:7443` when empty.
    pub listen: String,
}

/// A link as typed or pasted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteText {
    /// The text.
    pub link: String,
}

/// What an invite would make of this device; nothing has happened yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitePreview {
    /// Where the desk is.
    pub address: String,
    /// The firm; empty in the owner's first invite.
    pub desk_name: String,
    /// One's name; empty in the owner's first invite, then both names are asked for.
    pub name: String,
    /// One's organisation.
    pub organisation: String,
    /// One's role.
    pub role: Role,
}

/// Redeem an invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JoinDesk {
    /// The link.
    pub link: String,
    /// The owner's name, when the preview had none.
    pub name: String,
    /// The firm's name, when the preview had none.
    pub firm: String,
    /// Code of the second factor, when the desk asked for one.
    #[serde(default)]
    pub code: String,
}

/// No arguments, or nothing to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}
