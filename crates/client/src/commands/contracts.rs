//! Contracts.

use std::sync::Arc;

use opora_domain::{ContractId, role::Action};
use opora_ipc::{
    ErrorCode, UiError,
    contract::Sound,
    contracts::{AskRenewal, ContractRef, ContractsView, OrganisationRef, PutContract, ServeWithout},
};
use opora_wire::{OpBody, contract::Op};

use crate::core::Core;

/// Makes a contract, or changes one; the view holds it.
pub(super) async fn put(core: &Arc<Core>, PutContract { mut contract }: PutContract) -> Result<ContractsView, UiError> {
    contract.check().map_err(|error| UiError::permanent(ErrorCode::ContractWrong, error))?;
    if contract.id.0.is_nil() {
        contract.id = ContractId(core.new_op().0);
    }
    core.execute(OpBody::Contract(Op::Put { contract: contract.clone() })).await?;
    core.until_known(|world| world.contracts.all.get(&contract.id) == Some(&contract)).await;
    Ok(core.contracts_view())
}

/// Throws a contract away from which nothing was drawn.
pub(super) async fn drop(core: &Arc<Core>, ContractRef { contract }: ContractRef) -> Result<ContractsView, UiError> {
    let dropped = core.execute(OpBody::Contract(Op::Drop { contract })).await;
    dropped.map_err(|error| instead(error, ErrorCode::ContractUsed))?;
    core.until_known(|world| !world.contracts.all.contains_key(&contract)).await;
    Ok(core.contracts_view())
}

/// Whether clients without any contract are served.
pub(super) async fn set_serve_without(
    core: &Arc<Core>,
    ServeWithout { serve }: ServeWithout,
) -> Result<ContractsView, UiError> {
    core.execute(OpBody::Contract(Op::ServeWithout { serve })).await?;
    core.until_known(|world| world.contracts.serve_without == serve).await;
    Ok(core.contracts_view())
}

/// Asks for renewal, once.
pub(super) async fn ask_renewal(
    core: &Arc<Core>,
    AskRenewal { organisation, comment }: AskRenewal,
) -> Result<ContractsView, UiError> {
    let comment = comment.trim().to_owned();
    let asked = core.execute(OpBody::Contract(Op::AskRenewal { organisation, comment })).await;
    asked.map_err(|error| instead(error, ErrorCode::RenewalSent))?;
    core.until_known(|world| match organisation {
        Some(organisation) => world.contracts.renewals.contains_key(&organisation),
        None => !world.contracts.renewals.is_empty(),
    })
    .await;
    Ok(core.contracts_view())
}

/// A wish for renewal was dealt with.
pub(super) async fn answer_renewal(
    core: &Arc<Core>,
    OrganisationRef { organisation }: OrganisationRef,
) -> Result<ContractsView, UiError> {
    core.execute(OpBody::Contract(Op::AnswerRenewal { organisation })).await?;
    core.until_known(|world| !world.contracts.renewals.contains_key(&organisation)).await;
    Ok(core.contracts_view())
}

fn instead(error: UiError, code: ErrorCode) -> UiError {
    if error.code == ErrorCode::NotAllowed { UiError { code, ..error } } else { error }
}

impl Core {
    /// Tells a person of a contract's reminder that has just come.
    pub(crate) fn remind(&self, (id, notice): crate::world::Reminder) {
        let told = {
            let state = self.state();
            // A client's contact persons and the owner; a specialist sees the light beside the talk.
            if state.role().is_staff() && !state.role().may(Action::Manage) {
                return;
            }
            let view = state.contracts_view(0, self.clock().now());
            let of = |one: &opora_ipc::contracts::OrganisationContracts| {
                one.contracts.iter().any(|contract| contract.contract.id == id)
            };
            view.organisations.into_iter().find(of).map(|one| (one.name, state.settings.language))
        };
        if let Some((organisation, language)) = told {
            let sentence = crate::words::reminder(language, notice.what, notice.day);
            self.tell(Sound::Message, organisation, sentence);
        }
    }

    /// Tells the owner that a client asks for renewal.
    pub(crate) fn tell_wish(&self, id: opora_domain::OrganisationId) {
        let (name, language, mine) = {
            let state = self.state();
            let name = state.world.as_ref().and_then(|world| world.organisations.get(&id).cloned());
            (name, state.settings.language, state.role().may(Action::Manage))
        };
        if let Some(name) = name.filter(|_| mine) {
            self.tell(Sound::Message, name, crate::words::texts(language).say("core-renewal"));
        }
    }
}
