//! Contracts.

use std::sync::Arc;

use opora_domain::{
    ContractId, ConversationId, Timestamp,
    calendar::Calendar,
    contract::allowance::{MOST_NOTED, suggested},
    role::Action,
};
use opora_history::StoredEvent;
use opora_ipc::{
    ErrorCode, UiError,
    contract::Sound,
    contracts::{
        AskRenewal, ContractRef, ContractsView, NoteTime, OrganisationRef, PutContract, ServeWithout, TalkContract,
    },
};
use opora_wire::{
    Event, EventBody, OpBody, Stream,
    contract::{Op, Work},
};

use super::conversation::{lane, op_row};
use crate::{account::to_event, core::Core, outbox::no_account, refusal::local};

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

/// The contract behind a conversation, with a proposal for the time to note.
pub(super) async fn of_talk(core: &Arc<Core>, id: ConversationId) -> Result<TalkContract, UiError> {
    let gone = || UiError::permanent(ErrorCode::NotFound, "no such conversation");
    let minutes = suggestion(core, id).await?;
    let state = core.state();
    let mut view = state.talk_contract(core.rev(), id, core.clock().now()).ok_or_else(gone)?;
    view.suggested = minutes;
    Ok(view)
}

/// Keeps the note; it may be offline.
pub(super) async fn note_time(core: &Arc<Core>, args: NoteTime) -> Result<TalkContract, UiError> {
    let NoteTime { conversation, minutes } = args;
    if minutes > MOST_NOTED {
        return Err(UiError::permanent(ErrorCode::TooLong, "more than a day"));
    }
    let body = OpBody::Contract(Op::NoteTime { work: Work::Conversation(conversation), minutes });
    core.enqueue(&[op_row(core.new_op(), lane(conversation), "note_time", &body, &[])]).await?;
    of_talk(core, conversation).await
}

/// Working minutes of the line since oneself came to the talk; until its end, when it is over.
async fn suggestion(core: &Arc<Core>, id: ConversationId) -> Result<u32, UiError> {
    let (account, me, calendar) = {
        let state = core.state();
        let account = state.account_id().ok_or_else(no_account)?;
        let world = state.world.as_ref().ok_or_else(no_account)?;
        let line = world.conversations.get(&id).and_then(|talk| talk.ask.as_ref()).map(|ask| ask.line);
        let calendar = line.and_then(|line| world.hours.calendars.get(&line)).cloned();
        (account, world.me, calendar.unwrap_or_else(Calendar::always))
    };
    let stream = Stream::Conversation(id).to_string();
    let stored: Vec<StoredEvent> = core.cache.range(account, &stream, 1, i64::MAX).await.map_err(local)?;
    let events: Vec<Event> = stored.iter().filter_map(to_event).collect();
    let came = |event: &&Event| matches!(&event.body, EventBody::Joined { person, .. } if *person == me);
    let Some(from) = events.iter().find(came).map(|event| event.at) else { return Ok(0) };
    let over = events.iter().find(|event| matches!(event.body, EventBody::Closed)).map(|event| event.at);
    let until: Timestamp = over.unwrap_or_else(|| core.clock().now());
    Ok(suggested(calendar.working_time_between(from, until)))
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
