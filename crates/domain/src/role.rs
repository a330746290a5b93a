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

/// Why a role is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The invite says who works for whom, and peers believe nothing else.
    #[error("the role is certified by the invite")]
    Certified,
    /// Who owns the desk has the organisation's key, and nobody else.
    #[error("an owner has the organisation's key")]
    Key,
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

    /// Whether a device whose certificate says this role is believed as one of `now`. Peers ask a certificate only
    /// whether somebody works for the firm, so what a specialist may do beside that is the desk's to say.
    #[must_use]
    pub fn certifies(self, now: Self) -> bool {
        self == now || (self.is_led() && now.is_led())
    }

    /// Whether a person of this role may get another without a new invite.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub fn change(self, next: Self) -> Result<(), ChangeError> {
        if [self, next].contains(&Self::Owner) && self != next {
            return Err(ChangeError::Key);
        }
        if self.certifies(next) { Ok(()) } else { Err(ChangeError::Certified) }
    }

    /// Of the firm, without the organisation's key.
    fn is_led(self) -> bool {
        matches!(self, Self::Specialist | Self::Supervisor)
    }

    /// Works for the support firm.
    #[must_use]
    pub fn is_staff(self) -> bool {
        self.may(Action::Serve)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_specialists_and_supervisors_change_places_and_the_last_owner_never_goes() {
        for from in Role::ALL {
            for to in Role::ALL {
                let led = [Role::Specialist, Role::Supervisor];
                let expected = match () {
                    () if from == to || (led.contains(&from) && led.contains(&to)) => Ok(()),
                    () if from == Role::Owner || to == Role::Owner => Err(ChangeError::Key),
                    () => Err(ChangeError::Certified),
                };
                assert_eq!(from.change(to), expected, "{from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn what_is_changed_without_an_invite_opens_no_screen_that_was_shut() {
        for from in Role::ALL {
            for to in Role::ALL.into_iter().filter(|to| from.change(*to).is_ok()) {
                assert_eq!(from.is_staff(), to.is_staff(), "a peer asks the certificate just this");
            }
        }
    }
}
