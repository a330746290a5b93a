//! Who a person is to the desk.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person's role at one desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A contact person of a client organisation.
    Customer,
    /// Helps customers on lines.
    Specialist,
    /// A specialist who also sees to it that the others can work: looks in, takes over, moves people and hours.
    Supervisor,
    /// Runs the desk; may do all a specialist may.
    Owner,
    /// A specialist of another firm (line 4), who is asked and sees what was handed over only.
    Vendor,
}

/// What a role may ask the desk for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Ask for help.
    Ask,
    /// See queues, take requests, look at clients.
    Serve,
    /// See the load and the quality of everybody's work, look into conversations, take over.
    Supervise,
    /// Make lines, organisations and invites.
    Manage,
    /// Write in a conversation one belongs to; make tickets; send files.
    Talk,
    /// Rate the help one got.
    Rate,
    /// Write between firm and vendor, where one belongs.
    Consult,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Customer, Self::Specialist, Self::Supervisor, Self::Owner, Self::Vendor];

    /// Whether this role may do that at all. Whether to *this* conversation is a matter of membership.
    #[must_use]
    pub fn may(self, action: Action) -> bool {
        match action {
            Action::Talk => self != Self::Vendor,
            Action::Consult => self != Self::Customer,
            Action::Ask | Action::Rate => self == Self::Customer,
            Action::Serve => matches!(self, Self::Specialist | Self::Supervisor | Self::Owner),
            Action::Supervise => matches!(self, Self::Supervisor | Self::Owner),
            Action::Manage => self == Self::Owner,
        }
    }

    /// Works for the support firm.
    #[must_use]
    pub fn is_staff(self) -> bool {
        self.may(Action::Serve)
    }
}
