//! The API before a client that nobody here wrote: schemathesis reads the description and tries what it can think
//! of against a real desk with a small story in it. `tests/services/schemathesis` installs and runs it.

#[path = "desk/office.rs"]
#[allow(dead_code, unreachable_pub, reason = "the story needs a part of it")]
mod office;

use std::{path::Path, process::Command};

use opora_domain::{
    KeyId, TicketId,
    api::{self, Card, Scope},
    role::Role,
    ticket,
};
use opora_wire::{OpBody, api as wire};

use office::{Office, TestResult};

/// Everybody's key: what it may not, no other may either.
async fn key(office: &mut Office) -> TestResult<String> {
    let text = api::text(&"k".repeat(43));
    let hash = api::hash(&text).ok_or("a key")?.iter().map(|byte| format!("{byte:02x}")).collect();
    let card = Card { name: "schemathesis".into(), scopes: Scope::ALL.into(), until: None };
    office.galina.must(OpBody::Api(wire::Op::MakeKey { key: KeyId(office.id()), card, hash })).await?;
    Ok(text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_finds_no_answer_that_is_not_described() -> TestResult {
    let mut office = Office::open_with(|options| options.webhooks_inside = true).await?;
    let mut boris = office.welcome("Борис Ким", Role::Specialist).await?;
    let mut anna = office.welcome("Анна Белова", Role::Customer).await?;
    office.conversation(&mut anna, &mut boris).await?;
    let draft = ticket::Draft {
        id: TicketId(office.id()),
        conversation: None,
        customer: None,
        subject: "Не печатает счёт".into(),
        description: "После обновления".into(),
        kind: ticket::Kind::Error,
        priority: ticket::Priority::Normal,
        files: Vec::new(),
        more: ticket::More::default(),
    };
    anna.must(OpBody::MakeTicket { draft }).await?;
    let key = key(&mut office).await?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/services/schemathesis");
    let url = format!("https://{}/api/v1/openapi.json", office.server.address);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let status = tokio::task::spawn_blocking(move || {
        Command::new("sh").arg(script).arg(folder).arg(url).env("OPORA_KEY", key).status()
    });
    let status = status.await??;
    assert!(status.success(), "schemathesis: {status}");
    // It is still well.
    anna.fetch(opora_wire::Stream::Desk).await?.map_err(office::refused)?;
    Ok(())
}
