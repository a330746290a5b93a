//! Invites: the organisation's key signs an admission for a key that only the link contains.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use opora_domain::{
    OrganisationId, PersonId, PublicKey, certificate::Admission, invite::Invite, key::KeyHash, role::Role,
    signed::Signed,
};
use opora_ipc::{
    ErrorCode, UiError,
    import::SavedPath,
    people::{InviteView, MakeInvite},
    structure::{BulkInvite, BulkInvites, InvitePeople},
};
use opora_wire::OpBody;

use crate::{
    core::{Core, locked},
    invite_sheet::html,
    outbox::no_account,
    qr,
    words::texts,
};

/// Who invites: the owner's device, with the organisation's key.
pub(crate) struct Inviting {
    key: SigningKey,
    address: String,
    desk: KeyHash,
    /// The firm's name.
    pub(crate) firm: String,
}

/// Whom an invite admits.
pub(crate) struct Admitted {
    pub(crate) person: PersonId,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Client organisation; none for the firm's own people.
    pub(crate) organisation: Option<(OrganisationId, String)>,
    pub(crate) lines: Vec<opora_domain::LineId>,
}

impl Inviting {
    /// The inviter, if the key is here.
    pub(crate) fn of(core: &Core) -> Result<Self, UiError> {
        let elsewhere = || UiError::permanent(ErrorCode::KeyElsewhere, "the organisation's key is on another device");
        let key = core.keys.organisation().map_err(|error| locked(&error))?.ok_or_else(elsewhere)?;
        let state = core.state();
        let (_, account) = state.account.as_ref().ok_or_else(no_account)?;
        if account.organisation_key != PublicKey::from(key.verifying_key()) {
            return Err(elsewhere());
        }
        let firm = state.world.as_ref().and_then(|world| world.desk_name.clone());
        let firm = firm.unwrap_or_else(|| account.desk_name.clone());
        Ok(Self { key, address: account.address.clone(), desk: account.desk, firm })
    }

    /// A fresh link.
    pub(crate) fn link(&self, core: &Core) -> Invite {
        let organisation = Some(PublicKey::from(self.key.verifying_key()).hash());
        Invite { address: self.address.clone(), desk: self.desk, organisation, seed: core.rng().bytes() }
    }

    /// What the desk is asked: this person may come in with that key.
    pub(crate) fn op(&self, core: &Core, who: &Admitted, invite_key: PublicKey) -> OpBody {
        let admission = Admission {
            organisation_key: self.key.verifying_key().into(),
            invite_key,
            person: who.person,
            name: who.name.clone(),
            role: who.role,
            organisation: who.organisation.as_ref().map_or_else(|| self.firm.clone(), |(_, name)| name.clone()),
            at: core.clock().now(),
        };
        OpBody::Invite {
            person: who.person,
            name: who.name.clone(),
            role: who.role,
            organisation: who.organisation.as_ref().map(|(id, _)| *id),
            lines: who.lines.clone(),
            invite_key,
            admission: Signed::new(&admission, &self.key),
        }
    }
}

impl Core {
    /// A known person, as an invite names them.
    pub(crate) fn admitted(&self, person: PersonId) -> Option<Admitted> {
        let state = self.state();
        let world = state.world.as_ref()?;
        let known = world.people.get(&person)?;
        let organisation = known.organisation.and_then(|id| Some((id, world.organisations.get(&id)?.clone())));
        if matches!(known.role, Role::Customer | Role::Vendor) != organisation.is_some() {
            return None;
        }
        let (name, role, lines) = (known.name.clone(), known.role, known.lines.clone());
        Some(Admitted { person, name, role, organisation, lines })
    }
}

/// Invites a new person. The secret is in the link alone, which is shown once.
pub(super) async fn make_invite(core: &Arc<Core>, args: MakeInvite) -> Result<InviteView, UiError> {
    let name = super::people::named(&args.name)?;
    let inviting = Inviting::of(core)?;
    let no_such = || UiError::permanent(ErrorCode::NotFound, "no such organisation");
    let organisation = match (args.role, args.organisation) {
        (Role::Customer | Role::Vendor, Some(id)) => {
            let name = core.state().world.as_ref().and_then(|world| world.organisations.get(&id).cloned());
            Some((id, name.ok_or_else(no_such)?))
        }
        (Role::Customer, None) => return Err(no_such()),
        _ => None,
    };
    let person = PersonId(core.new_op().0);
    let who = Admitted { person, name: name.clone(), role: args.role, organisation, lines: args.lines };
    let invite = inviting.link(core);
    core.execute(inviting.op(core, &who, invite.key().verifying_key().into())).await?;
    let link = invite.to_string();
    Ok(InviteView { qr: qr::of(&link), link, person, name })
}

/// Invites people who are known already; those who came in may come in with another device.
pub(super) async fn invite_people(
    core: &Arc<Core>,
    InvitePeople { people }: InvitePeople,
) -> Result<BulkInvites, UiError> {
    let inviting = Inviting::of(core)?;
    let mut made = BulkInvites::default();
    for person in people {
        let Some(who) = core.admitted(person).filter(|who| who.role != Role::Owner) else {
            made.skipped += 1;
            continue;
        };
        let invite = inviting.link(core);
        match core.execute(inviting.op(core, &who, invite.key().verifying_key().into())).await {
            Ok(_) => {}
            // What was made so far works and is shown; the rest is made another time.
            Err(error) if error.retry && made.invites.is_empty() => return Err(error),
            Err(_) => {
                made.skipped += 1;
                continue;
            }
        }
        let (link, email) = (invite.to_string(), core.email_of(person));
        let organisation = who.organisation.map_or_else(|| inviting.firm.clone(), |(_, name)| name);
        made.invites.push(BulkInvite { person, name: who.name, email, organisation, qr: qr::of(&link), link });
    }
    core.bringing.keep_invites(made.clone());
    Ok(made)
}

impl Core {
    /// A person's address; empty when it is not known.
    fn email_of(&self, person: PersonId) -> String {
        let state = self.state();
        let card = state.world.as_ref().and_then(|world| world.structure.people.get(&person));
        card.map(|card| card.email.clone()).unwrap_or_default()
    }

    /// The invites that were made last: name, address, link. Who sends them by mail takes them here.
    #[must_use]
    pub fn fresh_invites(&self) -> BulkInvites {
        self.bringing.invites()
    }
}

/// Saves the last invites as a page for printing and opens it.
pub(super) async fn save_invites(core: &Arc<Core>) -> Result<SavedPath, UiError> {
    let made = core.fresh_invites();
    if made.invites.is_empty() {
        return Err(UiError::permanent(ErrorCode::NotFound, "no invites were made"));
    }
    let texts = texts(core.state().settings.language);
    let firm = Inviting::of(core)?.firm;
    let page = html(&firm, &made.invites, texts);
    let name = format!("{}.html", texts.say("core-invites-file"));
    let path = core.save_own(&name, page.into_bytes()).await?;
    Ok(SavedPath { path: path.to_string_lossy().into_owned() })
}
