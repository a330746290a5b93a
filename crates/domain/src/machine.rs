//! What a customer's machine says about itself, shown and editable before anything is sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One fact, like `system` = "Windows 11".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fact {
    /// What it is about; the interface has a name for each.
    pub kind: FactKind,
    /// The value, as the person left it.
    pub value: String,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Operating system and its version.
    System,
    /// Computer's name.
    Computer,
    /// Memory, free and total.
    Memory,
    /// System disk, free and total.
    Disk,
    /// Screen size.
    Screen,
    /// Version of the 1C platform.
    Platform,
    /// Opora's own version.
    Opora,
}

/// A program the customer needs help with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its release, empty when unknown.
    pub release: String,
}
