//! Milestones that reports count, noted where they happen.

use opora_domain::{LineId, Span, Timestamp, report, request::State};

use super::{Doing, Done};
use crate::{record::Request, store::Tx};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn note_asked(&mut self, request: &Request) -> Done<()> {
        Ok(self.tx.note_asked(request.id, request.organisation, request.ask.program.name.trim()).await?)
    }

    /// The request moved to `state` just now. Only what is closed has taken its time.
    pub(super) async fn note_moved(&mut self, request: &Request, state: State) -> Done<()> {
        let worked = match state {
            State::Closed => {
                let opened_at = self.tx.milestones(request.id).await?.opened_at;
                self.worked(request.ask.line, opened_at).await?
            }
            _ => Span(0),
        };
        Ok(self.tx.note_moved(request.id, state, self.now, worked).await?)
    }

    /// Somebody writes to the client; what counts as an answer is the rule's to say.
    pub(super) async fn note_answer(&mut self, request: &Request) -> Done<()> {
        if !report::is_answer(self.actor.person.role) {
            return Ok(());
        }
        let known = self.tx.milestones(request.id).await?;
        if known.first_human_at.is_some() {
            return Ok(());
        }
        let (now, worked) = (self.now, self.worked(request.ask.line, known.opened_at).await?);
        Ok(self.tx.note_answer(request.id, now, worked).await?)
    }

    /// Working time of a line from then until now; one without hours works always.
    async fn worked(&mut self, line: LineId, from: Timestamp) -> Done<Span> {
        let now = self.now.max(from);
        Ok(match self.tx.calendar(line).await? {
            Some(hours) => hours.working_time_between(from, now),
            None => now - from,
        })
    }
}
