//! Who moves a ticket where: one table of steps for a tracker.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Status;
use crate::role::Role;

/// Whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "WorkflowWho")]
pub enum Who {
    /// Whose ticket it is, or who watches it for the client.
    Customer,
    /// The firm's people.
    Staff,
    /// Supervisors and owner.
    Supervisor,
}

impl Who {
    /// Whether somebody in this role is meant.
    #[must_use]
    pub fn is(self, role: Role) -> bool {
        match self {
            Self::Customer => role == Role::Customer,
            Self::Staff => matches!(role, Role::Specialist | Role::Supervisor | Role::Owner),
            Self::Supervisor => matches!(role, Role::Supervisor | Role::Owner),
        }
    }
}

/// A step that may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "WorkflowStep")]
pub struct Step {
    /// From here.
    pub from: Status,
    /// To there.
    pub to: Status,
    /// By whom.
    pub who: Who,
}

/// All steps of a tracker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Workflow {
    /// In no order.
    pub steps: BTreeSet<Step>,
}

/// Why a workflow is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkflowError {
    /// Nobody of the firm gets a ticket from there to an end.
    #[error("a ticket gets stuck")]
    Stuck(Status),
    /// The customer can neither confirm nor reopen what is called solved.
    #[error("the customer has no last word")]
    NoLastWord,
}

impl Workflow {
    /// The steps that most firms use.
    #[must_use]
    pub fn usual() -> Self {
        use Status::{Confirmed, InWork, New, Refused, Reopened, Solved, Waiting};
        let staff = [
            (New, &[InWork, Waiting, Solved, Refused][..]),
            (InWork, &[Waiting, Solved, Refused, New]),
            (Waiting, &[InWork, Solved, Refused]),
            (Reopened, &[InWork, Waiting, Solved, Refused]),
            (Solved, &[Reopened]),
            (Refused, &[Reopened]),
        ];
        let customer = [
            (New, &[Refused][..]),
            (Waiting, &[InWork]),
            (Solved, &[Confirmed, Reopened]),
            (Confirmed, &[Reopened]),
            (Refused, &[Reopened]),
        ];
        let supervisor = [(Solved, &[Confirmed][..]), (Confirmed, &[Reopened])];
        let of = |who, table: &[(Status, &[Status])]| -> Vec<Step> {
            table.iter().flat_map(|(from, to)| to.iter().map(move |to| Step { from: *from, to: *to, who })).collect()
        };
        let all = [of(Who::Staff, &staff), of(Who::Customer, &customer), of(Who::Supervisor, &supervisor)];
        Self { steps: all.concat().into_iter().collect() }
    }

    /// Whether somebody in this role moves a ticket so.
    #[must_use]
    pub fn may(&self, role: Role, from: Status, to: Status) -> bool {
        self.steps.iter().any(|step| step.from == from && step.to == to && step.who.is(role))
    }

    /// Where somebody in this role moves a ticket, in the order of a board.
    #[must_use]
    pub fn targets(&self, role: Role, from: Status) -> Vec<Status> {
        Status::ALL.into_iter().filter(|to| self.may(role, from, *to)).collect()
    }

    /// Checks what an owner can get wrong.
    ///
    /// # Errors
    /// [`WorkflowError`].
    pub fn check(&self) -> Result<(), WorkflowError> {
        if let Some(stuck) = Status::ALL.into_iter().find(|status| !status.is_over() && !self.ends_from(*status)) {
            return Err(WorkflowError::Stuck(stuck));
        }
        let last_word = [Status::Confirmed, Status::Reopened];
        let has = last_word.iter().all(|to| self.may(Role::Customer, Status::Solved, *to));
        if has { Ok(()) } else { Err(WorkflowError::NoLastWord) }
    }

    /// Whether a specialist gets a ticket from there to an end.
    fn ends_from(&self, from: Status) -> bool {
        let (mut seen, mut next) = (BTreeSet::from([from]), vec![from]);
        while let Some(at) = next.pop() {
            if at.is_over() {
                return true;
            }
            next.extend(self.targets(Role::Specialist, at).into_iter().filter(|to| seen.insert(*to)));
        }
        false
    }
}

/// Whether the customer has to be told in words: a question, an answer, a reason. A wish gets an answer always.
#[must_use]
pub fn needs_words(from: Status, to: Status) -> bool {
    from != to && matches!(to, Status::Waiting | Status::Solved | Status::Refused | Status::Reopened)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_one_is_sound() {
        assert_eq!(Workflow::usual().check(), Ok(()));
    }

    #[test]
    fn a_customer_ends_nothing_but_what_nobody_began() {
        let usual = Workflow::usual();
        for from in Status::ALL {
            let ends = usual.targets(Role::Customer, from).into_iter().filter(|to| to.is_over()).collect::<Vec<_>>();
            let right: &[Status] = match from {
                Status::New => &[Status::Refused],
                Status::Solved => &[Status::Confirmed],
                _ => &[],
            };
            assert_eq!(ends, right, "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn a_sound_workflow_lets_no_ticket_get_stuck(dropped in proptest::collection::vec(any::<prop::sample::Index>(), 0..10)) {
            let mut workflow = Workflow::usual();
            for index in dropped {
                let steps: Vec<Step> = workflow.steps.iter().copied().collect();
                workflow.steps.remove(index.get(&steps));
            }
            let ends = |from| {
                let mut at = BTreeSet::from([from]);
                for _ in Status::ALL {
                    at = at.iter().flat_map(|from| workflow.targets(Role::Owner, *from)).chain(at.clone()).collect();
                }
                at.into_iter().any(Status::is_over)
            };
            if workflow.check().is_ok() {
                prop_assert!(Status::ALL.into_iter().all(ends));
                prop_assert!(workflow.may(Role::Customer, Status::Solved, Status::Reopened));
            }
        }
    }
}
