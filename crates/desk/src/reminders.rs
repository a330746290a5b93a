//! Reminders of contracts: what is due is written into the organisation's stream, once.
//!
//! The table of what was sent is the guard, so any number of looks and restarts say a thing once.
//! Those who chose so get the same by mail ([`mail::write_reminder`]).

use opora_domain::{
    OrganisationId, Timestamp,
    contract::{
        Contract,
        allowance::Used,
        notice::{Notice, due_notices},
    },
};
use opora_runtime::CancellationToken;
use opora_wire::{
    contract::Event,
    event::{EventBody, Stream},
};

use crate::{
    desk::{Desk, DeskError},
    mail,
    record::NewEvent,
    store::{ContractsTx, Store, Tx},
};

/// Looks so often: days are counted, so an hour late is early enough.
const PAUSE: opora_domain::Span = opora_domain::Span::minutes(60);

/// Makes an event of a body: by the person who acts, or by the desk.
pub(crate) type Note<'a> = &'a (dyn Fn(Stream, EventBody) -> NewEvent + Sync);

/// Looks at the start and then every hour. A failing store is logged and tried again.
pub(crate) async fn run<S: Store>(desk: Desk<S>, stop: CancellationToken) {
    loop {
        if let Err(error) = desk.remind().await {
            tracing::error!(%error, "reminders were not written");
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = desk.inner.clock.sleep(PAUSE) => {}
        }
    }
}

impl<S: Store> Desk<S> {
    /// Reminders that are due now and were not written yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn due_reminders(&self) -> Result<Vec<(Contract, Used, Notice)>, DeskError> {
        let now = self.now();
        let all = self.inner.store.contracts(now).await?;
        let due = all.into_iter().flat_map(|(contract, used, sent)| {
            let due = due_notices(&contract, used, &sent, now);
            due.into_iter().map(move |notice| (contract.clone(), used, notice))
        });
        Ok(due.collect())
    }

    /// Writes what is due, and answers it; what the task does when it looks.
    ///
    /// # Errors
    /// When the store fails; what was written until then stays.
    pub async fn remind(&self) -> Result<Vec<(Contract, Notice)>, DeskError> {
        let mut written = Vec::new();
        for (contract, ..) in self.due_reminders().await? {
            let now = self.now();
            let mut tx = self.inner.store.begin().await?;
            let used = tx.used(&contract, now).await?;
            let note = |stream, body| self.own_event(stream, body);
            let due = write_due(&mut tx, &note, &contract, used, now).await?;
            self.commit(tx, now).await?;
            written.extend(due.into_iter().map(|notice| (contract.clone(), notice)));
        }
        Ok(written)
    }
}

/// Writes what is due of one contract.
pub(crate) async fn write_due<T: Tx>(
    tx: &mut T,
    note: Note<'_>,
    contract: &Contract,
    used: Used,
    now: Timestamp,
) -> Result<Vec<Notice>, DeskError> {
    let mut written = Vec::new();
    let sent = tx.notices(contract.id).await?;
    for notice in due_notices(contract, used, &sent, now) {
        if tx.add_notice(contract.id, notice, now).await? {
            tell(tx, note, contract.organisation, Event::Reminded { contract: contract.id, notice });
            mail::write_reminder(tx, contract, notice, now).await?;
            written.push(notice);
        }
    }
    Ok(written)
}

/// Says it to those who read the organisation's stream: its people and the firm's ([`crate::audience`]).
pub(crate) fn tell<T: Tx>(tx: &mut T, note: Note<'_>, organisation: OrganisationId, event: Event) {
    tx.append(note(Stream::Organisation(organisation), EventBody::Contract(event)));
}
