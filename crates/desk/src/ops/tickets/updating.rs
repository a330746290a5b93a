//! Fields change, something is said, or both: one entry of a ticket's history.

use std::collections::BTreeSet;

use opora_domain::{
    MessageId, TicketId,
    role::Role,
    ticket::{Change, Comment, Edit, Merged, Status, Ticket, merge, terms::Tick},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    ticket::Event,
};

use super::{Doing, Done, wrong};
use crate::{
    mail::{self, tickets::Entry},
    record::Kept,
    store::Tx,
};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn update_ticket(
        &mut self,
        id: TicketId,
        entry: MessageId,
        edits: Vec<Edit>,
        comment: Option<Comment>,
    ) -> Done {
        let mut kept = self.seen_ticket(id).await?;
        let comment = comment.filter(|comment| !comment.is_empty());
        self.check_entry(entry, &edits, comment.as_ref()).await?;
        let Merged { mut takes, conflicts } = merge(&kept.ticket, &edits);
        let conflicts = conflicts.iter().map(|conflict| conflict.mine.field()).collect();
        if takes.is_empty() && comment.is_none() {
            return Ok(OpResult::Updated { written: false, conflicts });
        }
        let before = kept.ticket.clone();
        for change in &takes {
            kept.ticket.take(change);
        }
        self.check_changes((&before, &kept.ticket), &takes, comment.as_ref()).await?;
        takes.extend(self.goes_on(&before, &mut kept.ticket, comment.as_ref()));
        self.share_files(id, comment.as_ref()).await?;
        self.update(&mut kept, entry, takes, comment).await?;
        Ok(OpResult::Updated { written: true, conflicts })
    }

    async fn check_entry(&mut self, entry: MessageId, edits: &[Edit], comment: Option<&Comment>) -> Done<()> {
        let mut seen = BTreeSet::new();
        if !edits.iter().all(|edit| edit.is_sound() && seen.insert(edit.now.field())) {
            return Err(RefusalCode::Invalid.into());
        }
        if let Some(comment) = comment {
            comment.check().map_err(wrong)?;
        }
        if self.tx.has_event(entry.0).await? { Err(RefusalCode::Invalid.into()) } else { Ok(()) }
    }

    /// Who was asked has answered: the work goes on by itself.
    fn goes_on(&self, before: &Ticket, ticket: &mut Ticket, comment: Option<&Comment>) -> Option<Change> {
        let answered = self.actor.person.role == Role::Customer && comment.is_some();
        let waits = before.status == Status::Waiting && ticket.status == Status::Waiting;
        let change = (answered && waits).then_some(Change::Status(Status::InWork))?;
        ticket.take(&change).then_some(change)
    }

    async fn share_files(&mut self, ticket: TicketId, comment: Option<&Comment>) -> Done<()> {
        let Some(comment) = comment else { return Ok(()) };
        let streams = [Stream::Staff, Stream::Ticket(ticket)];
        let streams = if comment.staff { &streams[..1] } else { &streams[..] };
        for file in &comment.files {
            self.share(file, streams).await?;
        }
        Ok(())
    }

    /// Keeps a ticket that took `changes`, and says so.
    pub(super) async fn update(
        &mut self,
        kept: &mut Kept,
        entry: MessageId,
        changes: Vec<Change>,
        comment: Option<Comment>,
    ) -> Done<()> {
        let ticks = self.ticks(&changes, comment.as_ref()).await?;
        self.keep(kept, &ticks).await?;
        if changes.iter().any(|change| matches!(change, Change::Visibility(_))) {
            self.settle_readers(kept).await?;
        }
        let letter = Entry {
            id: entry.0,
            status: changes.iter().find_map(|change| match change {
                Change::Status(status) => Some(*status),
                _ => None,
            }),
            said: comment.as_ref().is_some_and(|comment| !comment.staff),
            by_firm: self.actor.person.role.is_staff(),
        };
        self.tell_updated(&kept.ticket, entry, changes, comment).await?;
        Ok(mail::tickets::note(self.tx, &kept.ticket, letter, self.now).await?)
    }

    async fn ticks(&mut self, changes: &[Change], comment: Option<&Comment>) -> Done<Vec<Tick>> {
        let answers = self.actor.person.role.is_staff() && !self.robot && comment.is_some_and(|comment| !comment.staff);
        let mut ticks: Vec<Tick> = answers.then_some(Tick::Answered).into_iter().collect();
        for change in changes {
            match change {
                Change::Status(status) => ticks.push(Tick::Moved(*status)),
                Change::Priority(priority) => ticks.push(Tick::Promised(self.tx.terms().await?.of(*priority))),
                _ => {}
            }
        }
        Ok(ticks)
    }

    /// Whole to the firm's people; to the client what is the client's, or nothing.
    async fn tell_updated(
        &mut self,
        ticket: &Ticket,
        entry: MessageId,
        changes: Vec<Change>,
        comment: Option<Comment>,
    ) -> Done<()> {
        let (id, deadlines) = (ticket.id, ticket.deadlines);
        let shown: Vec<Change> = changes.iter().filter(|change| !change.field().is_hidden()).cloned().collect();
        let said = comment.clone().filter(|comment| !comment.staff);
        let whole = Event::Updated { ticket: id, changes, comment, deadlines };
        self.append_as(Stream::Staff, entry.0, EventBody::Ticket(whole));
        if !shown.is_empty() || said.is_some() {
            self.introduce(id, self.me()).await?;
            if let Some(Change::Assignee(Some(assignee))) = shown.iter().find(|one| matches!(one, Change::Assignee(_)))
            {
                self.introduce(id, *assignee).await?;
            }
            let part = Event::Updated { ticket: id, changes: shown, comment: said, deadlines };
            self.append_as(Stream::Ticket(id), entry.0, EventBody::Ticket(part));
        }
        Ok(())
    }
}
