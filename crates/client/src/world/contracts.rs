//! Contracts, what is drawn from them, wishes for renewal.

use std::collections::BTreeMap;

use opora_domain::{
    ContractId, OrganisationId, PersonId, Timestamp,
    contract::{Contract, allowance::Used, entitlement::Held, notice::Notice},
};
use opora_wire::contract::{Event, Work};
use serde::{Deserialize, Serialize};

use super::{Changes, Moment, Rows, World};

/// A wish for renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Who asks.
    pub by: PersonId,
    /// In the person's words.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// What is known of contracts.
#[derive(Debug, Serialize, Deserialize)]
pub struct Contracts {
    /// Contracts.
    #[serde(skip)]
    pub all: Rows<ContractId, Contract>,
    /// What is used of them.
    #[serde(skip)]
    pub used: Rows<ContractId, Used>,
    /// Minutes one has noted oneself.
    #[serde(skip)]
    pub noted: Rows<Work, u32>,
    /// Wishes for renewal that nobody has dealt with.
    pub renewals: BTreeMap<OrganisationId, Renewal>,
    /// Whether clients without any contract are served.
    pub serve_without: bool,
}

impl Default for Contracts {
    fn default() -> Self {
        let (all, used, noted, renewals) = Default::default();
        Self { all, used, noted, renewals, serve_without: true }
    }
}

impl Contracts {
    /// What was used of a contract; nothing until the desk has said something else.
    #[must_use]
    pub fn used(&self, contract: &Contract) -> Used {
        let nothing = Used { since: contract.from, minutes: 0, requests: 0 };
        self.used.get(&contract.id).copied().unwrap_or(nothing)
    }

    /// Contracts of an organisation, as the rule takes them.
    #[must_use]
    pub fn held(&self, organisation: OrganisationId) -> Vec<Held> {
        let own = self.all.values().filter(|contract| contract.organisation == organisation);
        own.map(|contract| (contract.clone(), self.used(contract))).collect()
    }
}

impl World {
    pub(super) fn apply_contract(&mut self, by: Option<PersonId>, event: &Event, moment: Moment) -> Changes {
        let mut changes = Changes { contracts: true, ..Changes::default() };
        let known = &mut self.contracts;
        match event {
            Event::Put { contract } => {
                known.all.insert(contract.id, contract.clone());
            }
            Event::Dropped { contract } => {
                known.all.remove(contract);
                known.used.remove(contract);
            }
            Event::Used { contract, used } => {
                known.used.insert(*contract, *used);
            }
            Event::TimeSpent { work, minutes, .. } => {
                if by == Some(self.me) {
                    known.noted.insert(*work, *minutes);
                }
            }
            Event::RenewalAsked { organisation, by, comment, at } => {
                let renewal = Renewal { by: *by, comment: comment.clone(), at: *at };
                known.renewals.insert(*organisation, renewal);
                if moment.live && *by != self.me {
                    changes.wishes.push(*organisation);
                }
            }
            Event::RenewalAnswered { organisation } => {
                known.renewals.remove(organisation);
            }
            Event::Reminded { contract, notice } => {
                if moment.live {
                    changes.reminders.push((*contract, *notice));
                }
            }
            Event::ServeWithout { serve } => known.serve_without = *serve,
        }
        changes
    }
}

/// A reminder that came as it happened.
pub type Reminder = (ContractId, Notice);
