//! What the owner sets up.

use std::sync::Arc;

use opora_domain::{LineId, OrganisationId, role::Role};
use opora_ipc::{
    ErrorCode, UiError,
    people::{MakeLine, MakeOrganisation, PeopleView},
    structure::OwnColleague,
};
use opora_wire::{
    OpBody,
    colleague::{Colleague, PATH},
};

use super::desk_http;
use crate::core::Core;

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

/// To whom a customer can show a ticket. People of the firm know them all.
pub(super) async fn own_colleagues(core: &Arc<Core>) -> Result<Vec<OwnColleague>, UiError> {
    if core.state().role() != Role::Customer {
        return Ok(Vec::new());
    }
    let known: Vec<Colleague> = desk_http::get(core, PATH).await?;
    let own = |Colleague { person, name, organisations }| OwnColleague { id: person, name, organisations };
    Ok(known.into_iter().map(own).collect())
}

/// A name that somebody wrote.
pub(super) fn named(name: &str) -> Result<String, UiError> {
    let name = name.trim();
    if name.is_empty() { Err(UiError::permanent(ErrorCode::Empty, "there is no name")) } else { Ok(name.to_owned()) }
}
