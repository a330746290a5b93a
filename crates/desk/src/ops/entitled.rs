//! "Does the contract cover this?" Asked by every operation that begins something; see
//! [`opora_domain::contract::entitlement`] for the rule and for what stays open whatever it says.

use opora_domain::{
    LineId, OrganisationId,
    contract::{
        Channel,
        entitlement::{Basis, No, entitled, in_term},
    },
    role::Role,
};
use opora_wire::{Refusal, RefusalCode};

use super::{Doing, Done};
use crate::{record::Request, store::Tx};

impl<T: Tx> Doing<'_, T> {
    /// The contract by which an organisation is helped on this line in this way; the firm's own people need none.
    pub(super) async fn entitled(
        &mut self,
        organisation: Option<OrganisationId>,
        line: LineId,
        channel: Channel,
    ) -> Done<Option<Basis>> {
        let Some(organisation) = organisation else { return Ok(None) };
        let (held, without) = (self.tx.held(organisation, self.now).await?, self.tx.serves_without().await?);
        entitled(&held, without, line, channel, self.now).map(Some).map_err(|no| refuse(no).into())
    }

    /// Whether one of this person's organisations is within its dates; the firm's own people always are.
    pub(super) async fn within_term(&mut self) -> Done<()> {
        if self.actor.person.role != Role::Customer {
            return Ok(());
        }
        let now = self.now;
        let memberships = self.tx.memberships(self.me()).await?;
        let mut all = Ok(());
        for (place, organisation) in
            memberships.iter().filter(|one| one.holds(now)).map(|one| one.organisation).enumerate()
        {
            match self.is_within_term(organisation).await {
                Ok(()) => return Ok(()),
                // The main one is first: its reason is the one that is told.
                Err(no) if place == 0 => all = Err(no),
                Err(_) => {}
            }
        }
        all
    }

    /// Whether the organisation of a request is within its dates, for a customer who goes on with it.
    pub(super) async fn request_within_term(&mut self, request: &Request) -> Done<()> {
        match self.organisation_of_request(request).await? {
            Some(organisation) if self.actor.person.role == Role::Customer => self.is_within_term(organisation).await,
            _ => Ok(()),
        }
    }

    async fn is_within_term(&mut self, organisation: OrganisationId) -> Done<()> {
        let (held, without) = (self.tx.held(organisation, self.now).await?, self.tx.serves_without().await?);
        in_term(&held, without, self.now).map_err(|no| refuse(no).into())
    }

    /// As [`Doing::request_within_term`]; a remote session that runs in the conversation may be finished all the same.
    pub(super) async fn may_go_on(&mut self, request: &Request) -> Done<()> {
        let conversation = request.conversation();
        if self.actor.person.role == Role::Customer && !self.tx.open_screens(conversation).await?.is_empty() {
            return Ok(());
        }
        self.request_within_term(request).await
    }
}

fn refuse(no: No) -> Refusal {
    Refusal { entitlement: Some(no), ..RefusalCode::NotEntitled.into() }
}
