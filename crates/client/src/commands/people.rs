//! What the owner sets up.

use std::sync::Arc;

use opora_domain::{
    LineId, OrganisationId, PersonId, certificate::Admission, invite::Invite, role::Role, signed::Signed,
};
use opora_ipc::{
    ErrorCode, UiError,
    people::{InviteView, MakeInvite, MakeLine, MakeOrganisation, PeopleView},
};
use opora_wire::OpBody;

use crate::{
    core::{Core, locked},
    outbox::no_account,
};

/// Lines, organisations, people.
pub(super) fn people(core: &Arc<Core>) -> PeopleView {
    let state = core.state();
    state.people_view(core.rev())
}

/// Makes a line; the view holds it.
pub(super) async fn make_line(core: &Arc<Core>, MakeLine { name }: MakeLine) -> Result<PeopleView, UiError> {
    let (line, name) = (LineId(core.new_op().0), named(&name)?);
    core.execute(OpBody::MakeLine { line, name }).await?;
    core.until_known(|world| world.lines.contains_key(&line)).await;
    Ok(people(core))
}

/// Makes a client organisation; the view holds it.
pub(super) async fn make_organisation(
    core: &Arc<Core>,
    MakeOrganisation { name }: MakeOrganisation,
) -> Result<PeopleView, UiError> {
    let (organisation, name) = (OrganisationId(core.new_op().0), named(&name)?);
    core.execute(OpBody::MakeOrganisation { organisation, name }).await?;
    core.until_known(|world| world.organisations.contains_key(&organisation)).await;
    Ok(people(core))
}

/// Invites a person. The secret is in the link alone, which is shown once.
pub(super) async fn make_invite(core: &Arc<Core>, args: MakeInvite) -> Result<InviteView, UiError> {
    let name = named(&args.name)?;
    let not_owner = || UiError::permanent(ErrorCode::NotAllowed, "the organisation's key is on another device");
    let organisation_key = core.keys.organisation().map_err(|error| locked(&error))?.ok_or_else(not_owner)?;
    let (address, desk, firm) = {
        let state = core.state();
        let (_, account) = state.account.as_ref().ok_or_else(no_account)?;
        let firm = state.world.as_ref().and_then(|world| world.desk_name.clone());
        (account.address.clone(), account.desk, firm.unwrap_or_else(|| account.desk_name.clone()))
    };
    let organisation = match (args.role, args.organisation) {
        (Role::Customer, Some(id)) => {
            core.state().world.as_ref().and_then(|world| world.organisations.get(&id).cloned())
        }
        _ => Some(firm),
    };
    let organisation = organisation.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "no such organisation"))?;
    let person = PersonId(core.new_op().0);
    let public = organisation_key.verifying_key().into();
    let invite =
        Invite { address, desk, organisation: Some(opora_domain::PublicKey::hash(&public)), seed: core.rng().bytes() };
    let invite_key = invite.key().verifying_key().into();
    let admission = Admission {
        organisation_key: public,
        invite_key,
        person,
        name: name.clone(),
        role: args.role,
        organisation,
        at: core.clock().now(),
    };
    let admission = Signed::new(&admission, &organisation_key);
    core.execute(OpBody::Invite {
        person,
        name: name.clone(),
        role: args.role,
        organisation: args.organisation.filter(|_| args.role == Role::Customer),
        lines: args.lines,
        invite_key,
        admission,
    })
    .await?;
    Ok(InviteView { link: invite.to_string(), person, name })
}

fn named(name: &str) -> Result<String, UiError> {
    let name = name.trim();
    if name.is_empty() { Err(UiError::permanent(ErrorCode::Empty, "there is no name")) } else { Ok(name.to_owned()) }
}
