//! Contracts: what the owner writes, what is drawn, who asks for more. The judgement itself is in
//! [`super::entitled`].

use opora_domain::{
    ContractId, OrganisationId, RequestId,
    contract::{Contract, ContractError},
    role::{Action, Role},
};
use opora_wire::{
    OpResult, RefusalCode,
    contract::{Event, Op},
    event::{EventBody, Stream},
};

use super::{Doing, Done, at_most};
use crate::{
    record::{NewEvent, Request},
    reminders,
    store::{Renewal, Tx},
};

/// The longest comment to a wish for renewal, in characters.
const MOST_COMMENT: usize = 1_000;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn contract(&mut self, op: Op) -> Done {
        match op {
            Op::Put { contract } => self.put_contract(contract).await,
            Op::Drop { contract } => self.drop_contract(contract).await,
            Op::ServeWithout { serve } => self.serve_without(serve).await,
            Op::NoteTime { work, minutes } => self.note_time(work, minutes).await,
            Op::AskRenewal { organisation, comment } => self.ask_renewal(organisation, comment).await,
            Op::AnswerRenewal { organisation } => self.answer_renewal(organisation).await,
        }
    }

    async fn put_contract(&mut self, contract: Contract) -> Done {
        self.must(Action::Manage)?;
        contract.check().map_err(|error| match error {
            ContractError::Label | ContractError::Number => RefusalCode::TooLarge,
            _ => RefusalCode::Invalid,
        })?;
        let organisation = contract.organisation;
        self.tx.organisation(organisation).await?.ok_or(RefusalCode::NotFound)?;
        for entitlement in &contract.entitlements {
            if !self.tx.has_line(entitlement.line).await? {
                return Err(RefusalCode::NotFound.into());
            }
        }
        if self.tx.contract(contract.id).await?.is_some_and(|known| known.organisation != organisation) {
            return Err(RefusalCode::Invalid.into());
        }
        self.tx.put_contract(&contract).await?;
        let lasts = contract.ends().is_none_or(|ends| ends > self.now);
        let id = contract.id;
        self.tell_clients(organisation, Event::Put { contract });
        self.tell_used(id).await?;
        if lasts && self.tx.drop_renewal(organisation).await? {
            self.tell_clients(organisation, Event::RenewalAnswered { organisation });
        }
        Ok(OpResult::Done)
    }

    async fn drop_contract(&mut self, id: ContractId) -> Done {
        self.must(Action::Manage)?;
        let contract = self.tx.contract(id).await?.ok_or(RefusalCode::NotFound)?;
        if !self.tx.drop_contract(id).await? {
            return Err(RefusalCode::InUse.into());
        }
        self.tell_clients(contract.organisation, Event::Dropped { contract: id });
        Ok(OpResult::Done)
    }

    async fn serve_without(&mut self, serve: bool) -> Done {
        self.must(Action::Manage)?;
        self.tx.set_serves_without(serve).await?;
        self.append(Stream::Desk, EventBody::Contract(Event::ServeWithout { serve }));
        Ok(OpResult::Done)
    }

    async fn ask_renewal(&mut self, chosen: Option<OrganisationId>, comment: String) -> Done {
        if self.actor.person.role != Role::Customer {
            return Err(RefusalCode::NotAllowed.into());
        }
        at_most(&comment, MOST_COMMENT)?;
        let organisation = self.asks_for(chosen).await?;
        let renewal = Renewal { organisation, by: self.me(), comment: comment.clone(), at: self.now };
        if !self.tx.add_renewal(&renewal).await? {
            return Err(RefusalCode::InUse.into());
        }
        let (by, at) = (renewal.by, renewal.at);
        self.tell_clients(organisation, Event::RenewalAsked { organisation, by, comment, at });
        Ok(OpResult::Done)
    }

    async fn answer_renewal(&mut self, organisation: OrganisationId) -> Done {
        self.must(Action::Manage)?;
        if !self.tx.drop_renewal(organisation).await? {
            return Err(RefusalCode::NotFound.into());
        }
        self.tell_clients(organisation, Event::RenewalAnswered { organisation });
        Ok(OpResult::Done)
    }

    /// Says it to the organisation's contact persons and to the firm's people.
    pub(super) fn tell_clients(&mut self, organisation: OrganisationId, event: Event) {
        let (rng, now, by) = (self.rng, self.now, self.me());
        let note = |stream, body| NewEvent { stream, id: rng.uuid_v7(now), by: Some(by), body };
        reminders::tell(self.tx, &note, organisation, event);
    }

    /// Says how much of a contract is used, now that it changed, and whether little is left.
    pub(super) async fn tell_used(&mut self, contract: ContractId) -> Done<()> {
        let Some(contract) = self.tx.contract(contract).await? else { return Ok(()) };
        let used = self.tx.used(&contract, self.now).await?;
        self.tell_clients(contract.organisation, Event::Used { contract: contract.id, used });
        let (rng, now) = (self.rng, self.now);
        let note = |stream, body| NewEvent { stream, id: rng.uuid_v7(now), by: None, body };
        reminders::write_due(self.tx, &note, &contract, used, now).await?;
        Ok(())
    }

    /// A request that counts was asked or taken back.
    pub(super) async fn count_request(&mut self, request: RequestId) -> Done<()> {
        match self.tx.basis(request).await? {
            Some(contract) => self.tell_used(contract).await,
            None => Ok(()),
        }
    }

    /// The client organisation of a request.
    pub(super) async fn organisation_of_request(&mut self, request: &Request) -> Done<Option<OrganisationId>> {
        if request.organisation.is_some() {
            return Ok(request.organisation);
        }
        Ok(self.tx.person(request.customer).await?.and_then(|person| person.organisation))
    }
}
