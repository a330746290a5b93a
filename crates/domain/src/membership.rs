//! That a person belongs to an organisation, from when to when, and as what.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{OrganisationId, Timestamp};

/// What a person is in an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Asks for help.
    #[default]
    User,
    /// Also sees what the colleagues ask, and answers for the contract.
    Responsible,
}

/// A person's part in one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Membership {
    /// Which.
    pub organisation: OrganisationId,
    /// As what.
    #[serde(default)]
    pub role: MemberRole,
    /// From this moment on; always, when there is none.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// Up to this moment, itself not included; without end, when there is none.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

impl Membership {
    /// A plain part without dates.
    #[must_use]
    pub fn of(organisation: OrganisationId) -> Self {
        Self { organisation, role: MemberRole::User, since: None, until: None }
    }

    /// Whether it holds at a moment.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Whether its dates make sense.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        match (self.since, self.until) {
            (Some(since), Some(until)) => since < until,
            _ => true,
        }
    }
}

/// The organisation for which somebody asks: the chosen one, else the first that holds; the main one is first.
///
/// # Errors
/// [`NotOne`], when there is no live membership of that kind.
pub fn asks_for(all: &[Membership], chosen: Option<OrganisationId>, now: Timestamp) -> Result<OrganisationId, NotOne> {
    let mut live = all.iter().filter(|one| one.holds(now)).map(|one| one.organisation).peekable();
    if live.peek().is_none() {
        return Err(NotOne::OfAny);
    }
    match chosen {
        None => live.next().ok_or(NotOne::OfAny),
        Some(chosen) => live.find(|one| *one == chosen).ok_or(NotOne::OfThis),
    }
}

/// Why somebody may not ask for an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOne {
    /// Belongs to none (any more).
    #[error("belongs to no organisation")]
    OfAny,
    /// Belongs to others, not to the chosen one (any more).
    #[error("does not belong to this organisation")]
    OfThis,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn oleg_belongs_from_his_first_day_up_to_his_last() {
        let mut oleg = Membership::of(OrganisationId(Uuid::from_u128(1)));
        assert!(oleg.holds(Timestamp(0)));
        (oleg.since, oleg.until) = (Some(Timestamp(10)), Some(Timestamp(20)));
        assert!(!oleg.holds(Timestamp(9)) && oleg.holds(Timestamp(10)) && oleg.holds(Timestamp(19)));
        assert!(!oleg.holds(Timestamp(20)), "the end is not included");
        assert!(oleg.is_possible());
        oleg.until = Some(Timestamp(10));
        assert!(!oleg.is_possible());
    }

    #[test]
    fn anna_asks_for_her_first_organisation_unless_she_chooses_another_that_lasts() {
        let [romashka, vasilek, landysh] = [1, 2, 3].map(|n| OrganisationId(Uuid::from_u128(n)));
        let over = Membership { until: Some(Timestamp(5)), ..Membership::of(landysh) };
        let all = [over, Membership::of(romashka), Membership::of(vasilek)];
        let now = Timestamp(9);
        assert_eq!(asks_for(&all, None, now), Ok(romashka));
        assert_eq!(asks_for(&all, Some(vasilek), now), Ok(vasilek));
        assert_eq!(asks_for(&all, Some(landysh), now), Err(NotOne::OfThis), "she has left it");
        assert_eq!(asks_for(&[over], Some(landysh), now), Err(NotOne::OfAny));
    }
}
