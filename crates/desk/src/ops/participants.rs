//! Who else is in a talk, and who leaves it. Who is asked in answers in [`super::invitations`].

use opora_domain::{
    ConversationId, OrganisationId,
    participant::{self, Refused},
};
use opora_wire::{OpResult, RefusalCode, participant::Op};

use super::{Doing, Done, invitations::Wanted, moved};
use crate::{desk::DeskError, record::Person, store::Tx};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn participant(&mut self, op: Op) -> Done {
        match op {
            Op::Invite { invitation, conversation, person, from, words } => {
                self.invite_in(Wanted { invitation, conversation, person, from, words }).await
            }
            Op::Accept { invitation } => self.come_in(invitation).await,
            Op::Decline { invitation, reason } => self.decline_invitation(invitation, reason).await,
            Op::Withdraw { invitation } => self.withdraw_invitation(invitation).await,
            Op::Leave { conversation } => self.leave_talk(conversation).await,
        }
    }

    async fn leave_talk(&mut self, conversation: ConversationId) -> Done {
        let request = self.open_talk(conversation).await?;
        let me = self.me();
        participant::leave(request.state, request.customer, me).map_err(refused)?;
        self.go_out(conversation, me).await?;
        Ok(OpResult::Done)
    }
}

/// A person as somebody of an organisation.
pub(super) fn of(person: &Person, organisation: Option<OrganisationId>) -> participant::Person {
    participant::Person { id: person.id, role: person.role, organisation }
}

pub(super) fn refused(error: Refused) -> DeskError {
    match error {
        Refused::Moved(state) => moved(state).into(),
        Refused::Stranger => RefusalCode::NotAllowed.into(),
        Refused::Owner | Refused::Asker => RefusalCode::OwnerStays.into(),
    }
}
