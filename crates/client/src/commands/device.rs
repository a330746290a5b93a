//! Devices: another one of one's own, names, revoking; a customer's new invite.

use std::sync::Arc;

use opora_domain::{
    PublicKey, Span,
    certificate::{InviteAsk, Vouching},
    invite::Invite,
    role::Role,
    signed::Signed,
};
use opora_ipc::{
    ErrorCode, UiError,
    device::{AskInvite, AskedInvite, DeviceLinkView, DeviceRef, DevicesView, NameDevice},
};
use opora_wire::{
    OpBody,
    device::{LINK_LIFE, Op},
};

use crate::{commands::inviting::Inviting, core::Core, outbox::no_account, qr, world::Asked};

/// An ask that the owner's program was not there for is answered so long.
const ASK_LIFE: Span = Span::minutes(7 * 24 * 60);
/// Another computer's clock may be ahead by so much.
const AHEAD: Span = Span::minutes(24 * 60);

/// Devices: one's own, and everybody's for the owner.
pub(super) fn devices(core: &Core) -> DevicesView {
    core.devices_view()
}

/// A link that makes another device one's own.
pub(super) async fn add_device(core: &Arc<Core>) -> Result<DeviceLinkView, UiError> {
    let (invite, organisation_key, person) = fresh_link(core)?;
    let (link_key, by) = (PublicKey::from(invite.key().verifying_key()), core.device_key());
    let said = Vouching { organisation_key, by, person, link_key, at: core.clock().now() };
    let vouching = Signed::new(&said, core.keys.device());
    core.execute(OpBody::Device(Op::Vouch { link_key, vouching })).await?;
    let link = invite.to_string();
    let minutes = u32::try_from(LINK_LIFE.0 / Span::minutes(1).0).unwrap_or_default();
    Ok(DeviceLinkView { qr: qr::of(&link), link, minutes })
}

fn fresh_link(core: &Core) -> Result<(Invite, PublicKey, opora_domain::PersonId), UiError> {
    let state = core.state();
    let (_, account) = state.account.as_ref().ok_or_else(no_account)?;
    let organisation = Some(account.organisation_key.hash());
    let (address, desk, seed) = (account.address.clone(), account.desk, core.rng().bytes());
    Ok((Invite { address, desk, organisation, seed }, account.organisation_key, account.person))
}

/// Names a device.
pub(super) async fn name_device(
    core: &Arc<Core>,
    NameDevice { device, name }: NameDevice,
) -> Result<DevicesView, UiError> {
    let name = super::people::named(&name)?;
    core.execute(OpBody::Device(Op::Name { device, name: name.clone() })).await?;
    core.until_known(|world| world.devices.known.get(&device).is_some_and(|known| known.name == name)).await;
    Ok(core.devices_view())
}

/// Revokes a device.
pub(super) async fn revoke_device(core: &Arc<Core>, DeviceRef { device }: DeviceRef) -> Result<DevicesView, UiError> {
    core.execute(OpBody::Device(Op::Revoke { device })).await?;
    core.until_known(|world| world.devices.revoked.contains(&device)).await;
    Ok(core.devices_view())
}

/// Makes a new invite for a customer whom a specialist knows; the owner's program confirms it by
/// itself. The secret stays here: who confirms, and the desk, see its public half alone.
pub(super) async fn ask_invite(core: &Arc<Core>, AskInvite { person }: AskInvite) -> Result<AskedInvite, UiError> {
    let gone = || UiError::permanent(ErrorCode::NotFound, "no such customer");
    let who = core.admitted(person).filter(|who| who.role == Role::Customer).ok_or_else(gone)?;
    let (invite, organisation_key, _) = fresh_link(core)?;
    let (invite_key, by) = (PublicKey::from(invite.key().verifying_key()), core.device_key());
    let said = InviteAsk { organisation_key, by, person, invite_key, at: core.clock().now() };
    let ask = Signed::new(&said, core.keys.device());
    core.execute(OpBody::Device(Op::AskInvite { person, invite_key, ask })).await?;
    core.until_known(|world| world.devices.ready.contains(&invite_key)).await;
    let ready = core.state().world.as_ref().is_some_and(|world| world.devices.ready.contains(&invite_key));
    let link = invite.to_string();
    Ok(AskedInvite { name: who.name, qr: qr::of(&link), link, ready })
}

impl Core {
    /// Confirms what specialists ask for customers, if the organisation's key is here.
    pub(crate) fn answer_asks(self: &Arc<Self>) {
        let waiting = {
            let state = self.state();
            state.role() == Role::Owner && state.world.as_ref().is_some_and(|world| world.devices.open_asks() > 0)
        };
        if waiting && self.bringing.begin_answering() {
            let core = Arc::clone(self);
            self.tasks.spawn("confirm invites", move |_| async move {
                core.answer_open_asks().await;
                core.bringing.end_answering();
            });
        }
    }

    async fn answer_open_asks(&self) {
        let Ok(inviting) = Inviting::of(self) else { return };
        let open: Vec<(PublicKey, Asked)> = {
            let state = self.state();
            state.world.as_ref().map(|world| world.devices.asks_to_answer()).unwrap_or_default()
        };
        for (invite_key, asked) in open {
            let Some(who) = self.believed(invite_key, &asked) else {
                tracing::warn!("an ask for an invite could not be believed");
                self.bringing.refuse(invite_key);
                continue;
            };
            if let Err(error) = self.execute(inviting.op(self, &who, invite_key)).await {
                tracing::info!(code = ?error.code, "an invite was not confirmed");
            }
        }
    }

    /// Whom an ask is for, if a specialist's device really said it, and lately. The desk passes asks
    /// on and could make some up: it holds no key of a specialist's device, so none of its own passes.
    fn believed(&self, invite_key: PublicKey, asked: &Asked) -> Option<crate::commands::inviting::Admitted> {
        if self.bringing.was_refused(invite_key) {
            return None;
        }
        let organisation = self.state().account.as_ref().map(|(_, account)| account.organisation_key)?;
        let now = self.clock().now();
        let said: InviteAsk = asked.ask.open(&asked.device).ok()?;
        let same = (said.organisation_key, said.by) == (organisation, asked.device)
            && (said.person, said.invite_key) == (asked.person, invite_key);
        let age = now - said.at;
        let fresh = age < ASK_LIFE && age > Span(-AHEAD.0);
        let by = asked.certificate.verify(&organisation, &asked.device).ok()?;
        let revoked = self.state().world.as_ref()?.devices.revoked.contains(&asked.device);
        let customer = self.admitted(asked.person).filter(|who| who.role == Role::Customer)?;
        (same && fresh && by.role.is_staff() && !revoked).then_some(customer)
    }
}
