//! What a helper may do at a customer's screen.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One kind of access. A grant names the scopes it gives; anything else is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See the screen.
    View,
    /// Show something on the screen without touching it. No interface asks for it yet.
    Point,
    /// Move the pointer, click and scroll.
    Pointer,
    /// Type.
    Keyboard,
}

/// A set of scopes in a fixed order.
pub type Scopes = BTreeSet<Scope>;

/// All scopes, in the order a person reads them.
pub const ALL: [Scope; 4] = [Scope::View, Scope::Point, Scope::Pointer, Scope::Keyboard];

/// What a consent card selects before the person has touched it (D6).
#[must_use]
pub fn preselected(asked: &Scopes) -> Scopes {
    asked.iter().copied().filter(|scope| matches!(scope, Scope::View | Scope::Point)).collect()
}
