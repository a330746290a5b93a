//! What the owner makes: lines, client organisations, invites.

use opora_domain::{
    LineId, OrganisationId, PublicKey,
    certificate::Admission,
    role::{Action, Role},
    signed::Signed,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
};

use super::{Doing, Done, belongs_well, check_name};
use crate::{
    audience,
    record::{Invite, Person},
    store::Tx,
};

/// Lines of one specialist at most.
const MOST_LINES: usize = 100;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn make_line(&mut self, line: LineId, name: String) -> Done {
        self.must(Action::Manage)?;
        check_name(&name)?;
        self.tx.put_line(line, &name).await?;
        self.append(Stream::Desk, EventBody::LineMade { line, name });
        Ok(OpResult::Done)
    }

    pub(super) async fn make_organisation(&mut self, organisation: OrganisationId, name: String) -> Done {
        self.must(Action::Manage)?;
        check_name(&name)?;
        let new = self.tx.organisation(organisation).await?.is_none();
        self.tx.put_organisation(organisation, &name).await?;
        if new {
            audience::open_to_staff(self.tx, self.rng, organisation, self.now).await?;
        }
        self.append(Stream::Staff, EventBody::OrganisationMade { organisation, name });
        Ok(OpResult::Done)
    }

    /// Invites a person, or a known person again for another device.
    pub(super) async fn invite(&mut self, person: Person, key: PublicKey, admission: Signed) -> Done {
        self.must(Action::Manage)?;
        check_name(&person.name)?;
        self.check_admission(&person, key, &admission).await?;
        let person = match self.tx.person(person.id).await? {
            // What is known of a person is changed elsewhere.
            Some(known) if known.role == person.role && known.organisation == person.organisation => known,
            Some(_) => return Err(RefusalCode::Invalid.into()),
            None => {
                self.add_person(&person).await?;
                person
            }
        };
        let invite = Invite { key, person: Some(person.id), admission: Some(admission), device: None };
        if !self.tx.add_invite(&invite, self.now).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let ready = opora_wire::device::Event::InviteReady { person: person.id, invite_key: key };
        self.append(Stream::Staff, EventBody::Device(ready));
        let Person { id, name, role, organisation, lines, .. } = person;
        self.append(Stream::Staff, EventBody::PersonInvited { person: id, name, role, organisation, lines });
        Ok(OpResult::Done)
    }

    /// The organisation's key says the same as the invite.
    async fn check_admission(&mut self, person: &Person, key: PublicKey, admission: &Signed) -> Done<()> {
        let organisation = self.tx.firm().await?.organisation_key.ok_or(RefusalCode::NotAllowed)?;
        let said: Admission = admission.open(&organisation).map_err(|_| RefusalCode::Invalid)?;
        let same = said.organisation_key == organisation
            && said.invite_key == key
            && (said.person, &said.name, said.role) == (person.id, &person.name, person.role);
        if same { Ok(()) } else { Err(RefusalCode::Invalid.into()) }
    }

    async fn add_person(&mut self, person: &Person) -> Done<()> {
        // A second owner would need the organisation's key, which is on the first one's device.
        if person.role == Role::Owner || !belongs_well(person.role, person.organisation.is_some()) {
            return Err(RefusalCode::Invalid.into());
        }
        if let Some(organisation) = person.organisation {
            self.tx.organisation(organisation).await?.ok_or(RefusalCode::NotFound)?;
            if self.tx.is_vendor(organisation).await? != (person.role == Role::Vendor) {
                return Err(RefusalCode::Invalid.into());
            }
        }
        if person.lines.len() > MOST_LINES {
            return Err(RefusalCode::TooLarge.into());
        }
        for line in &person.lines {
            if !self.tx.has_line(*line).await? {
                return Err(RefusalCode::NotFound.into());
            }
        }
        // A specialist is there to serve; who wants a rest says so.
        let person = Person { on_line: matches!(person.role, Role::Specialist | Role::Supervisor), ..person.clone() };
        self.tx.add_person(&person, self.now).await?;
        Ok(())
    }
}
