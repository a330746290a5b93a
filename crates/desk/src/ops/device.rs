//! Devices: vouching for a further one, naming, revoking; asking for a customer's new invite.

use opora_domain::{
    PersonId, PublicKey,
    certificate::{InviteAsk, Vouching},
    role::{Action, Role},
    session::EndReason,
    signed::Signed,
};
use opora_wire::{
    OpResult, RefusalCode,
    device::{Event, LINK_LIFE, Op},
    event::{EventBody, Stream},
};

use super::{Doing, Done, check_name};
use crate::{
    record::Invite,
    store::{DeviceRow, Tx, VouchingRow},
};

/// Devices of one person at most.
const MOST_DEVICES: usize = 20;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn device(&mut self, op: Op) -> Done {
        match op {
            Op::Vouch { link_key, vouching } => self.vouch(link_key, vouching).await?,
            Op::Name { device, name } => self.name_device(device, name.trim().to_owned()).await?,
            Op::Revoke { device } => self.revoke_device(device).await?,
            Op::AskInvite { person, invite_key, ask } => self.ask_invite(person, invite_key, ask).await?,
        }
        Ok(OpResult::Done)
    }

    async fn own_device(&mut self) -> Done<DeviceRow> {
        Ok(self.tx.device(self.actor.device).await?.ok_or(RefusalCode::UnknownDevice)?)
    }

    async fn vouch(&mut self, link_key: PublicKey, vouching: Signed) -> Done<()> {
        let (me, by) = (self.me(), self.own_device().await?);
        let said: Vouching = vouching.open(&by.key).map_err(|_| RefusalCode::Invalid)?;
        let organisation = self.tx.firm().await?.organisation_key;
        let good = Some(said.organisation_key) == organisation
            && (said.by, said.person, said.link_key) == (by.key, me, link_key);
        if !good {
            return Err(RefusalCode::Invalid.into());
        }
        if !by.certificate.may_vouch() || self.tx.devices(me).await?.len() >= MOST_DEVICES {
            return Err(RefusalCode::NotAllowed.into());
        }
        let admission = Some(by.certificate.admission);
        let invite = Invite { key: link_key, person: Some(me), admission, device: None };
        if !self.tx.add_invite(&invite, self.now).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let row = VouchingRow { by: by.key, vouching, until: self.now + LINK_LIFE };
        self.tx.add_vouching(link_key, &row).await?;
        Ok(())
    }

    async fn name_device(&mut self, device: PublicKey, name: String) -> Done<()> {
        check_name(&name)?;
        let row = self.tx.device(device).await?.filter(|row| !row.revoked).ok_or(RefusalCode::NotFound)?;
        if row.person != self.me() {
            self.must(Action::Manage)?;
        }
        self.tx.name_device(device, &name).await?;
        self.tell_of_device(row.person, Event::Named { person: row.person, device, name });
        Ok(())
    }

    async fn revoke_device(&mut self, device: PublicKey) -> Done<()> {
        let row = self.tx.device(device).await?.ok_or(RefusalCode::NotFound)?;
        if row.person != self.me() {
            self.must(Action::Manage)?;
        }
        // Who revokes the device in hand locks himself out.
        if device == self.actor.device {
            return Err(RefusalCode::Invalid.into());
        }
        if !self.tx.revoke_device(device, self.now).await? {
            return Ok(());
        }
        self.append(Stream::Desk, EventBody::Device(Event::Revoked { device }));
        for conversation in self.tx.open_conversations(row.person).await? {
            for screen in self.tx.open_screens(conversation).await? {
                if screen.helper_device == device || screen.controlled == Some(device) {
                    self.end_screen(screen, EndReason::NotGenuine).await?;
                }
            }
        }
        Ok(())
    }

    async fn ask_invite(&mut self, person: PersonId, invite_key: PublicKey, ask: Signed) -> Done<()> {
        self.must(Action::Serve)?;
        let by = self.own_device().await?;
        let said: InviteAsk = ask.open(&by.key).map_err(|_| RefusalCode::Invalid)?;
        let organisation = self.tx.firm().await?.organisation_key;
        let good = Some(said.organisation_key) == organisation
            && (said.by, said.person, said.invite_key) == (by.key, person, invite_key);
        let customer = self.tx.person(person).await?.ok_or(RefusalCode::NotFound)?;
        // Nobody becomes one of the firm's people this way.
        if !good || customer.role != Role::Customer {
            return Err(RefusalCode::Invalid.into());
        }
        let (device, certificate) = (by.key, by.certificate);
        let asked = Event::InviteAsked { person, invite_key, device, ask, certificate };
        self.append(Stream::Staff, EventBody::Device(asked));
        Ok(())
    }

    fn tell_of_device(&mut self, person: PersonId, event: Event) {
        self.append(Stream::Staff, EventBody::Device(event.clone()));
        self.append(Stream::Person(person), EventBody::Device(event));
    }
}
