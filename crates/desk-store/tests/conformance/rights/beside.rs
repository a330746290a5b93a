//! Examples of what is done beside talks: notes, hand-overs, participants, vendors.

use opora_desk::store::Store;
use opora_domain::{
    InvitationId, MessageId, OrganisationId, TransferId,
    rights::{Act, Relation},
    role::Role,
    transfer::Brief,
};
use opora_wire::{OpBody, note, participant, participant::Op as P, transfer, vendor};

use super::{
    Example::{Reaches, Works},
    Examples,
};
use crate::scene::Scene;

fn brief() -> Brief {
    Brief { problem: "Не печатается".into(), tried: String::new(), mood: None }
}

/// One line for each act.
pub(super) async fn examples<S: Store>(s: &Scene<S>, act: Act, role: Role, relation: Relation) -> Examples {
    let transfer = TransferId(s.id());
    if act == Act::AnswerHandOver {
        let reason = String::new();
        let all = [transfer::Op::Accept { transfer, session: None }, transfer::Op::Decline { transfer, reason }];
        return Ok(if relation == Relation::Own {
            all.map(|op| Reaches(OpBody::Transfer(op))).into()
        } else {
            Vec::new()
        });
    }
    let invitation = InvitationId(s.id());
    if act == Act::AnswerInvitation {
        let all = [P::Accept { invitation }, P::Decline { invitation, reason: String::new() }];
        return Ok(if relation == Relation::Own {
            all.map(|op| Reaches(OpBody::Participant(op))).into()
        } else {
            Vec::new()
        });
    }
    let Some(conversation) = s.talk(role, relation).await? else { return Ok(Vec::new()) };
    let (to, epoch, picked) = (s.colleague(), 0, Vec::new());
    Ok(match act {
        Act::Note => {
            let (note, text) = (MessageId(s.id()), "Заметка".into());
            vec![Works(OpBody::Note(note::Op::Write { conversation, note, text }))]
        }
        Act::HandOver => {
            let again = s.talk(role, relation).await?.unwrap_or(conversation);
            let (brief, line, stays) = (brief(), s.office.line, false);
            let offer = transfer::Op::Offer {
                transfer,
                conversation: again,
                epoch,
                to,
                brief: brief.clone(),
                picked: picked.clone(),
                stays,
            };
            let queue = transfer::Op::Queue { conversation, epoch, line, brief, picked };
            let cancel = transfer::Op::Cancel { transfer: TransferId(s.id()) };
            vec![Reaches(OpBody::Transfer(offer)), Works(OpBody::Transfer(queue)), Reaches(OpBody::Transfer(cancel))]
        }
        Act::InviteIn => {
            let (from, words) = (None, String::new());
            let unknown = InvitationId(s.id());
            let invite = P::Invite { invitation, conversation, person: to, from, words };
            let withdraw = P::Withdraw { invitation: unknown };
            vec![Reaches(OpBody::Participant(invite)), Reaches(OpBody::Participant(withdraw))]
        }
        _ => vec![Reaches(OpBody::Participant(participant::Op::Leave { conversation }))],
    })
}

/// Vendors.
pub(super) async fn vendors<S: Store>(s: &Scene<S>, act: Act, role: Role, relation: Relation) -> Examples {
    let organisation = OrganisationId(s.id());
    if act == Act::MakeVendor {
        let made = OpBody::Vendor(vendor::Op::Make { organisation, name: "АО «Север»".into() });
        return Ok(if relation == Relation::Own { vec![Works(made)] } else { Vec::new() });
    }
    if act == Act::Consult {
        let asked = s.asked(role, relation).await?;
        let said = asked.map(|conversation| OpBody::Vendor(vendor::Op::Say { conversation, draft: s.draft() }));
        return Ok(said.into_iter().map(Works).collect());
    }
    let Some(conversation) = s.talk(role, relation).await? else { return Ok(Vec::new()) };
    let (question, messages) = ("Известна ли ошибка?".into(), Vec::new());
    let escalate = vendor::Op::Escalate { conversation, epoch: 0, organisation, question, messages: Vec::new() };
    Ok(vec![
        Reaches(OpBody::Vendor(escalate)),
        Reaches(OpBody::Vendor(vendor::Op::HandOver { conversation, messages })),
        Works(OpBody::Vendor(vendor::Op::Settle { conversation })),
    ])
}
