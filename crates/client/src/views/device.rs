//! Devices.

use std::cmp::Reverse;

use opora_domain::role::Role;
use opora_ipc::device::{DeviceView, DevicesView};

use crate::core::Core;

impl Core {
    /// One's own devices, and everybody's for the owner.
    pub(crate) fn devices_view(&self) -> DevicesView {
        let this = self.device_key();
        let state = self.state();
        let rev = self.rev();
        let (Some(world), Some((_, account))) = (&state.world, &state.account) else {
            return DevicesView { rev, ..DevicesView::default() };
        };
        let owner = account.role == Role::Owner;
        let seen = world.devices.known.iter().filter(|(_, one)| owner || one.person == account.person);
        let mut devices: Vec<DeviceView> = seen
            .map(|(key, one)| {
                let mine = one.person == account.person;
                let vouched_by = one
                    .vouched_by
                    .map(|by| world.devices.known.get(&by).map(|known| known.name.clone()).unwrap_or_default());
                let owner = match world.people.get(&one.person) {
                    Some(known) => known.name.clone(),
                    None if mine => account.name.clone(),
                    None => String::new(),
                };
                let (person, name, since) = (one.person, one.name.clone(), one.since);
                let (key, this) = (*key, *key == this);
                DeviceView { key, person, owner, name, since, vouched_by, this, mine, may_revoke: !this }
            })
            .collect();
        devices.sort_by(|a, b| {
            (Reverse(a.mine), &a.owner, a.since, a.key).cmp(&(Reverse(b.mine), &b.owner, b.since, b.key))
        });
        DevicesView { rev, devices }
    }
}
