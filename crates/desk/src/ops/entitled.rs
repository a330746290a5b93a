//! "Does the contract cover this?" Asked by every operation that begins something; see
//! [`opora_domain::contract::entitlement`] for the rule and for what stays open whatever it says.

use opora_domain::{
    ConversationId, LineId, OrganisationId,
    contract::{
        Channel,
        entitlement::{Basis, No, entitled, in_term},
    },
    role::Role,
};
use opora_wire::{Refusal, RefusalCode};

use super::{Doing, Done};
use crate::store::Tx;

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

    /// Whether this person's organisation is within its dates; the firm's own people always are.
    pub(super) async fn within_term(&mut self) -> Done<()> {
        let person = &self.actor.person;
        let (Role::Customer, Some(organisation)) = (person.role, person.organisation) else { return Ok(()) };
        let (held, without) = (self.tx.held(organisation, self.now).await?, self.tx.serves_without().await?);
        in_term(&held, without, self.now).map_err(|no| refuse(no).into())
    }

    /// As [`Doing::within_term`]; a remote session that runs in the conversation may be finished all the same.
    pub(super) async fn may_go_on(&mut self, conversation: ConversationId) -> Done<()> {
        if self.actor.person.role == Role::Customer && !self.tx.open_screens(conversation).await?.is_empty() {
            return Ok(());
        }
        self.within_term().await
    }
}

fn refuse(no: No) -> Refusal {
    Refusal { entitlement: Some(no), ..RefusalCode::NotEntitled.into() }
}
