//! How long talks are kept, and erasing a person (D12).

use opora_domain::{
    LineId, PersonId, keeping,
    role::{Action, Role},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    keeping::{Event, Op},
};

use super::{Doing, Done};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn keeping(&mut self, op: Op) -> Done {
        match op {
            Op::SetRetention { line, days } => self.set_retention(line, days).await,
            Op::Erase { person } => self.erase(person).await,
        }
    }

    async fn set_retention(&mut self, line: LineId, days: Option<u32>) -> Done {
        self.must(Action::Manage)?;
        if days.is_some_and(|days| !keeping::DAYS.contains(&days)) {
            return Err(RefusalCode::Invalid.into());
        }
        if !self.tx.has_line(line).await? {
            return Err(RefusalCode::NotFound.into());
        }
        self.tx.set_retention(line, days).await?;
        self.append(Stream::Supervisors, EventBody::Keeping(Event::Retention { line, days }));
        Ok(OpResult::Done)
    }

    /// Whoever still owes or awaits an answer is not erased: close or hand over first.
    async fn erase(&mut self, id: PersonId) -> Done {
        self.must(Action::Manage)?;
        let person = self.tx.person(id).await?.ok_or(RefusalCode::NotFound)?;
        if person.role == Role::Owner || id == self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !self.tx.open_conversations(id).await?.is_empty() {
            return Err(RefusalCode::StillOpen.into());
        }
        let (streams, _) = self.tx.erase_person(id, self.now).await?;
        for stream in streams.into_iter().chain([Stream::Staff]) {
            self.append(stream, EventBody::Keeping(Event::Erased { person: id }));
        }
        Ok(OpResult::Done)
    }
}
