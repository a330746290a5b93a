//! Another role for a known person. The event, the role and the rights to streams are one transaction, so
//! nobody is a supervisor who cannot read what supervisors read, or reads it still and is none.

use opora_domain::{
    PersonId, RequestId,
    role::{Action, ChangeError, Role},
};
use opora_wire::{
    RefusalCode,
    event::{EventBody, Stream},
    structure::Event,
};

use super::{Doing, Done};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn put_role(&mut self, id: PersonId, role: Role) -> Done<()> {
        let person = self.tx.person(id).await?.ok_or(RefusalCode::NotFound)?;
        if person.role == role {
            return Ok(());
        }
        person.role.change(role).map_err(|error| match error {
            ChangeError::Certified => RefusalCode::RoleCertified,
            ChangeError::Key => RefusalCode::OwnerKey,
        })?;
        self.tx.set_role(id, role).await?;
        let card = self.tx.person_card(id).await?.unwrap_or_default();
        for stream in [Stream::Staff, Stream::Person(id)] {
            let set = Event::PersonSet { person: id, card: card.clone(), role };
            self.append(stream, EventBody::Structure(set));
        }
        match (person.joined, role.may(Action::Supervise)) {
            // Who comes in later gets the rights of the role that counts then.
            (false, _) => {}
            (true, true) => self.open_stream(id, Stream::Supervisors).await?,
            (true, false) => self.end_supervision(id).await?,
        }
        Ok(())
    }

    /// The trail is closed, and so is every talk that was only looked into.
    async fn end_supervision(&mut self, id: PersonId) -> Done<()> {
        for conversation in self.tx.looks(id).await? {
            let request = self.request(RequestId(conversation.0)).await?;
            self.stop_looking(id, &request).await?;
        }
        let stream = Stream::Supervisors;
        if self.tx.revoke(id, stream).await? {
            self.append(Stream::Person(id), EventBody::StreamClosed { stream });
        }
        Ok(())
    }
}
