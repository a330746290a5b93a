//! Tickets over the wire: what is in the frames that devices get, and what is not.

use opora_domain::{
    MessageId, TicketId,
    role::Role,
    ticket::{self, Comment, Visibility},
};
use opora_wire::{EventBody, OpBody, ToDesk, ticket as wire};
use uuid::Uuid;

use crate::office::{Office, TestResult, frames};

/// A ticket with nothing special.
pub(crate) fn draft(id: Uuid) -> ticket::Draft {
    ticket::Draft {
        id: TicketId(id),
        conversation: None,
        customer: None,
        subject: "Не печатает счёт".into(),
        description: "После обновления".into(),
        kind: ticket::Kind::Error,
        priority: ticket::Priority::Normal,
        files: Vec::new(),
        more: ticket::More::default(),
    }
}

pub(crate) fn say(office: &Office, ticket: TicketId, text: &str, staff: bool) -> (MessageId, OpBody) {
    let (entry, comment) = (MessageId(office.id()), Some(Comment { text: text.into(), files: Vec::new(), staff }));
    (entry, OpBody::Ticket(wire::Op::Update { ticket, entry, edits: Vec::new(), comment }))
}

#[tokio::test]
async fn a_private_ticket_is_in_no_frame_that_a_colleague_gets_and_a_note_in_none_of_the_clients() -> TestResult {
    let mut office = Office::open().await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    let mut oleg = office.welcome("Олег Дроздов", Role::Customer).await?;
    let mut pyotr = office.stranger("Пётр Сомов").await?;
    let (private, mut shared) = (draft(office.id()), draft(office.id()));
    shared.subject = "Общая беда".into();
    shared.more.visibility = Visibility::Organisation;
    let (own, ours) = (private.id, shared.id);
    for draft in [private, shared] {
        anna.must(OpBody::MakeTicket { draft }).await?;
    }
    boris.must(say(&office, own, "Клиент нервный", true).1).await?;
    boris.must(say(&office, ours, "Клиент весёлый", true).1).await?;
    anna.must(say(&office, own, "Пароль Ромашка-17", false).1).await?;
    let (last, words) = say(&office, ours, "Всё ещё", false);
    anna.must(words).await?;

    for client in [&mut anna, &mut oleg] {
        client.until("the last words", |event| (event.id == last.0).then_some(())).await?;
    }
    pyotr.ask(ToDesk::Ping).await?;
    boris.until("the note", |event| matches!(event.body, EventBody::Ticket(_)).then_some(())).await?;
    let (annas, olegs, pyotrs, boriss) = (frames(&anna)?, frames(&oleg)?, frames(&pyotr)?, frames(&boris)?);
    assert!(annas.contains("Ромашка-17") && boriss.contains("нервный"), "the search finds what is there");
    for secret in ["нервный", "весёлый"] {
        assert!(!annas.contains(secret), "{secret} in {annas}");
    }
    assert!(olegs.contains("Общая беда") && olegs.contains("Всё ещё"));
    let own = own.to_string();
    for secret in ["Ромашка-17", "Не печатает", "нервный", "весёлый", own.as_str()] {
        assert!(!olegs.contains(secret) && !pyotrs.contains(secret), "{secret}");
    }
    assert!(!pyotrs.contains("Общая беда") && !pyotrs.contains("Всё ещё"), "{pyotrs}");
    Ok(())
}
