//! Says in `staff` that a promise to a client is nearly broken, and that it is; once each
//! ([`domain::ticket::press`](opora_domain::ticket::press)).
//!
//! What was said stands beside the ticket, so any number of looks and restarts say a thing once. Who is told by
//! a sound or a letter, the clients decide.

use opora_domain::{
    Span, TicketId, Timestamp,
    ticket::{press::Pressed, terms},
};
use opora_runtime::CancellationToken;
use opora_wire::{
    event::{EventBody, Stream},
    ticket::Event,
};

use crate::{
    desk::{Desk, DeskError},
    store::{Store, Tx, ticket::TicketsTx},
};

/// Looks so often: promises are counted in minutes.
const PAUSE: Span = Span::minutes(1);
/// Tickets of one look; the next ones follow at once, and others may write between.
const MOST: u32 = 50;

/// Looks at the start and then every minute. A failing store is logged and tried again.
pub(crate) async fn run<S: Store>(desk: Desk<S>, stop: CancellationToken) {
    loop {
        if let Err(error) = desk.press().await {
            tracing::error!(%error, "promises were not looked at");
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = desk.inner.clock.sleep(PAUSE) => {}
        }
    }
}

impl<S: Store> Desk<S> {
    /// Says what is due, and answers of which tickets; what the task does when it looks.
    ///
    /// # Errors
    /// When the store fails; what was said until then stays.
    pub async fn press(&self) -> Result<Vec<TicketId>, DeskError> {
        let mut all = Vec::new();
        loop {
            let mut said = Vec::new();
            for ticket in self.inner.store.tickets_to_press(self.now(), MOST).await? {
                if self.press_one(ticket, self.now()).await? {
                    said.push(ticket);
                }
            }
            if said.is_empty() {
                return Ok(all);
            }
            all.append(&mut said);
        }
    }

    async fn press_one(&self, id: TicketId, now: Timestamp) -> Result<bool, DeskError> {
        let mut tx = self.inner.store.begin().await?;
        let Some(mut kept) = tx.ticket(id).await? else { return Ok(false) };
        let light = terms::light(kept.ticket.deadlines, kept.ticket.made, now);
        let Some(pressed) = kept.pressed.due(light) else { return Ok(false) };
        kept.pressed = pressed;
        tx.put_ticket(&kept).await?;
        let event = Event::Pressed { ticket: id, broken: pressed == Pressed::Broken };
        tx.append(self.own_event(Stream::Staff, EventBody::Ticket(event)));
        self.commit(tx, now).await?;
        Ok(true)
    }
}
