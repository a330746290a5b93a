//! Time that a piece of work took: noted by who did it, drawn from the contract by which it was done.

use opora_domain::{
    ContractId, OrganisationId, RequestId, SessionId,
    contract::allowance::{MOST_NOTED, drawn},
    role::Action,
};
use opora_wire::{
    OpResult, RefusalCode,
    contract::{Event, Work},
};

use super::{Doing, Done};
use crate::store::{TimeSpent, Tx};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn note_time(&mut self, work: Work, minutes: u32) -> Done {
        self.must(Action::Serve)?;
        if minutes > MOST_NOTED {
            return Err(RefusalCode::TooLarge.into());
        }
        let (organisation, contract) = self.whose(work).await?;
        let step = match contract {
            Some(contract) => self.tx.contract(contract).await?.map_or(1, |contract| contract.step),
            None => 1,
        };
        let (drawn, at, by) = (drawn(minutes, step), self.now, self.me());
        self.tx.note_time(&TimeSpent { work, organisation, contract, minutes, drawn, at, by }).await?;
        self.tell_clients(organisation, Event::TimeSpent { organisation, contract, work, minutes, drawn });
        if let Some(contract) = contract {
            self.tell_used(contract).await?;
        }
        Ok(OpResult::Done)
    }

    /// Whose work it is and by which contract it was done. Only who may read the talk notes its time.
    async fn whose(&mut self, work: Work) -> Done<(OrganisationId, Option<ContractId>)> {
        let request = match work {
            Work::Conversation(id) => RequestId(id.0),
            Work::Session(id) => return self.whose_session(id).await,
            Work::Ticket(id) => {
                let ticket = self.tx.ticket(id).await?.ok_or(RefusalCode::NotFound)?.ticket;
                let organisation = ticket.organisation.ok_or(RefusalCode::Invalid)?;
                let contract = match ticket.conversation {
                    Some(talk) => self.tx.basis(RequestId(talk.0)).await?,
                    None => self.contract_in_force(organisation).await?,
                };
                return Ok((organisation, contract));
            }
        };
        let talk = self.talk(opora_domain::ConversationId(request.0)).await?;
        let organisation = self.organisation_of_request(&talk).await?.ok_or(RefusalCode::Invalid)?;
        Ok((organisation, self.tx.basis(request).await?))
    }

    /// A session's time is its helper's to note, also after the talk went on with somebody else.
    async fn whose_session(&mut self, id: SessionId) -> Done<(OrganisationId, Option<ContractId>)> {
        let screen = self.tx.screen(id).await?.ok_or(RefusalCode::NotFound)?;
        if screen.helper != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        let request = self.request(RequestId(screen.conversation.0)).await?;
        let organisation = self.organisation_of_request(&request).await?.ok_or(RefusalCode::Invalid)?;
        Ok((organisation, self.tx.basis(request.id).await?))
    }

    /// For a ticket without a talk: the highest contract that is in force.
    async fn contract_in_force(&mut self, organisation: OrganisationId) -> Done<Option<ContractId>> {
        let held = self.tx.held(organisation, self.now).await?;
        let in_force = held.iter().filter(|(contract, _)| contract.is_in_force(self.now));
        Ok(in_force.max_by_key(|(contract, _)| contract.level.rank).map(|(contract, _)| contract.id))
    }
}
