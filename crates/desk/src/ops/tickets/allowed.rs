//! Whether a change of a ticket makes sense, and is this person's.

use opora_domain::{
    PersonId, TicketId, TrackerId,
    role::Role,
    ticket::{Change, Comment, Kind, Status, Ticket, Visibility, tracker::MOST_FIELDS, workflow},
};
use opora_wire::RefusalCode;

use super::{Doing, Done, wrong};
use crate::store::Tx;

/// Colleagues of one group at most: whoever has more shows it to the organisation.
const MOST_GROUP: usize = 200;
/// Tickets above one another at most.
const MOST_DEEP: usize = 20;

impl<T: Tx> Doing<'_, T> {
    /// Whether a ticket may become what it is after `changes`; `before` is what it was.
    pub(super) async fn check_changes(
        &mut self,
        (before, after): (&Ticket, &Ticket),
        changes: &[Change],
        comment: Option<&Comment>,
    ) -> Done<()> {
        for change in changes {
            change.check().map_err(wrong)?;
            match change {
                Change::Tracker { tracker, kind } => self.check_tracker_of(*tracker, *kind).await?,
                Change::Category(Some(wanted)) => {
                    let known = self.tx.categories().await?;
                    known.iter().find(|known| known.id == *wanted).ok_or(RefusalCode::NotFound)?;
                }
                Change::Assignee(Some(person)) => self.check_staff(*person).await?,
                Change::Line(Some(line)) if !self.tx.has_line(*line).await? => {
                    return Err(RefusalCode::NotFound.into());
                }
                Change::Visibility(_) => self.check_visibility(after).await?,
                Change::Parent(Some(parent)) => self.check_parent(after.id, *parent).await?,
                Change::Custom { .. } if after.custom.len() > MOST_FIELDS => return Err(RefusalCode::TooLarge.into()),
                Change::Status(to) => self.check_step((before, after), *to, comment).await?,
                _ => {}
            }
        }
        Ok(())
    }

    async fn check_tracker_of(&mut self, id: TrackerId, kind: Kind) -> Done<()> {
        let tracker = self.tx.tracker(id).await?.ok_or(RefusalCode::NotFound)?;
        if tracker.retired || tracker.kind != kind { Err(RefusalCode::Invalid.into()) } else { Ok(()) }
    }

    pub(super) async fn check_staff(&mut self, id: PersonId) -> Done<()> {
        let person = self.tx.person(id).await?.ok_or(RefusalCode::NotFound)?;
        if person.role.is_staff() { Ok(()) } else { Err(RefusalCode::Invalid.into()) }
    }

    /// A group is of colleagues; and only whose ticket it is shows it to more people, or to fewer.
    pub(super) async fn check_visibility(&mut self, ticket: &Ticket) -> Done<()> {
        if self.actor.person.role == Role::Customer && ticket.customer != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        let Visibility::Group(people) = &ticket.visibility else { return Ok(()) };
        if people.len() > MOST_GROUP {
            return Err(RefusalCode::TooLarge.into());
        }
        for person in people {
            if !self.belongs_to_client(*person, ticket).await? {
                return Err(RefusalCode::Invalid.into());
            }
        }
        Ok(())
    }

    /// Whether a person belongs to the organisation that a ticket counts for.
    pub(super) async fn belongs_to_client(&mut self, person: PersonId, ticket: &Ticket) -> Done<bool> {
        let memberships = self.tx.memberships(person).await?;
        let here = |organisation| memberships.iter().any(|one| one.organisation == organisation && one.holds(self.now));
        Ok(ticket.organisation.is_some_and(here))
    }

    /// No ticket is a part of itself, by whatever way.
    async fn check_parent(&mut self, ticket: TicketId, parent: TicketId) -> Done<()> {
        let mut above = Some(parent);
        for _ in 0..MOST_DEEP {
            match above {
                None => return Ok(()),
                Some(id) if id == ticket => return Err(RefusalCode::Invalid.into()),
                Some(id) => above = self.kept(id).await?.ticket.parent,
            }
        }
        Err(RefusalCode::TooLarge.into())
    }

    async fn check_step(
        &mut self,
        (before, after): (&Ticket, &Ticket),
        to: Status,
        comment: Option<&Comment>,
    ) -> Done<()> {
        let tracker = self.tx.tracker(after.tracker).await?.ok_or(RefusalCode::NotFound)?;
        // What goes on elsewhere goes nowhere here.
        if before.merged.is_some() || !tracker.workflow.may(self.actor.person.role, before.status, to) {
            return Err(RefusalCode::NotAStep.into());
        }
        let told = comment.is_some_and(|comment| !comment.staff && !comment.text.trim().is_empty());
        if workflow::needs_words(before.status, to) && !told {
            return Err(RefusalCode::WordsNeeded.into());
        }
        Ok(())
    }
}
