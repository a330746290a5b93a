//! How far notes beside talks were read on this device: choices in the vault, one a talk.
//!
//! Nobody else learns of it, so it is no operation: a read mark in the staff's stream would tell who looks in.

use std::collections::BTreeMap;

use opora_domain::ConversationId;

/// What the names of these choices begin with.
const PREFIX: &str = "notes:";

/// The last `seq` beside each talk that was on screen.
#[derive(Debug, Default)]
pub(crate) struct ReadNotes(BTreeMap<ConversationId, i64>);

impl ReadNotes {
    /// What is kept; what cannot be read was not read.
    pub(crate) fn of(kept: &BTreeMap<String, String>) -> Self {
        let place =
            |(name, value): (&String, &String)| Some((name.strip_prefix(PREFIX)?.parse().ok()?, value.parse().ok()?));
        Self(kept.iter().filter_map(place).collect())
    }

    /// The choice's name.
    pub(crate) fn name(talk: ConversationId) -> String {
        format!("{PREFIX}{talk}")
    }

    /// The last that was read.
    pub(crate) fn up_to(&self, talk: ConversationId) -> i64 {
        self.0.get(&talk).copied().unwrap_or_default()
    }

    pub(crate) fn set(&mut self, talk: ConversationId, seq: i64) {
        self.0.insert(talk, seq);
    }
}
