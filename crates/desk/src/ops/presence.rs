//! Who takes requests: what people declare of themselves.

use opora_domain::{
    Span,
    availability::{Declared, Status},
    role::Action,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    presence::{Event, Op},
};

use super::{Doing, Done};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn presence(&mut self, op: Op) -> Done {
        let Op::Declare { status, lasts } = op;
        self.declare(status, lasts).await
    }

    pub(super) async fn declare(&mut self, status: Status, lasts: Option<Span>) -> Done {
        self.must(Action::Serve)?;
        let declared = Declared::new(status, lasts, self.now).map_err(|_| RefusalCode::Invalid)?;
        let person = self.me();
        self.tx.declare(person, declared).await?;
        self.append(Stream::Staff, EventBody::Presence(Event::Declared { person, declared }));
        Ok(OpResult::Done)
    }
}
