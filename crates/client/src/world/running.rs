//! What keeps the desk running, as far as this person learns of it; and letting go of what is
//! erased.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    LineId, PersonId,
    mail::{Choice, Server},
    totp as totp_rule,
};
use opora_wire::{EventBody, keeping, mail, totp};
use serde::{Deserialize, Serialize};

use super::{Changes, World};

/// Stands where the name of an erased person stood.
pub(super) const NOBODY: &str = "—";

/// Mail, what is kept, second factors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The mail server.
    pub server: Option<Server>,
    /// It has a password.
    pub has_password: bool,
    /// What it said to the last letter that was given up.
    pub failed: Option<String>,
    /// What this person wants to hear of by mail.
    pub choice: Option<Choice>,
    /// Days that a line's closed talks are kept.
    pub retention: BTreeMap<LineId, u32>,
    /// New devices of the firm's people need a code.
    pub staff_code: bool,
    /// After so many days a device is asked again; 0 for never.
    pub code_days: u16,
    /// People who use a second factor.
    pub with_code: BTreeSet<PersonId>,
}

impl Default for Running {
    fn default() -> Self {
        let (server, failed, choice, retention, with_code) = Default::default();
        let (has_password, staff_code, code_days) = (false, false, totp_rule::AGAIN);
        Self { server, has_password, failed, choice, retention, staff_code, code_days, with_code }
    }
}

impl World {
    pub(super) fn apply_running(&mut self, body: &EventBody) -> Changes {
        let running = &mut self.running;
        match body {
            EventBody::Mail(mail::Event::Server { server, has_password }) => {
                (running.server, running.has_password) = (server.clone(), *has_password);
                running.failed = None;
            }
            EventBody::Mail(mail::Event::Chosen { choice }) => running.choice = Some(choice.clone()),
            EventBody::Mail(mail::Event::Failed { said, .. }) => running.failed = Some(said.clone()),
            EventBody::Keeping(keeping::Event::Retention { line, days }) => match days {
                Some(days) => _ = running.retention.insert(*line, *days),
                None => _ = running.retention.remove(line),
            },
            EventBody::Keeping(keeping::Event::Erased { person }) => {
                self.forget_name(*person);
                return Changes { people: true, home: true, queue: true, tickets: true, ..Changes::default() };
            }
            EventBody::Totp(totp::Event::Enrolled { person }) => _ = running.with_code.insert(*person),
            EventBody::Totp(totp::Event::Dropped { person }) => _ = running.with_code.remove(person),
            EventBody::Totp(totp::Event::Again { days }) => running.code_days = *days,
            EventBody::Totp(totp::Event::Required { staff }) => running.staff_code = *staff,
            _ => return Changes::default(),
        }
        Changes { running: true, ..Changes::default() }
    }

    /// Nobody of that name is known here any more.
    pub(super) fn forget_name(&mut self, person: PersonId) {
        self.people.remove(&person);
        self.running.with_code.remove(&person);
        let theirs: Vec<_> = self
            .conversations
            .iter()
            .filter(|(_, talk)| talk.members.contains_key(&person))
            .map(|(id, _)| *id)
            .collect();
        for id in theirs {
            if let Some(member) = self.conversations.get_mut(&id).and_then(|talk| talk.members.get_mut(&person)) {
                NOBODY.clone_into(&mut member.name);
                member.devices.clear();
            }
        }
    }
}
