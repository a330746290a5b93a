//! What webhooks tell, and what comes of it.
//!
//! Each event of `staff` that a webhook can tell of becomes a thin body ([`told`]): ids, numbers, words of a closed
//! list. The store writes it beside the event, in the same transaction, so neither is without the other. Sending is
//! the server's.

use opora_domain::{Timestamp, webhook, webhook::Topic};
use opora_wire::{
    api,
    event::{EventBody, Stream},
    structure,
    ticket::Event,
};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, DeskError},
    record::NewEvent,
    store::{
        Store, Tx,
        webhook::{Due, Then, Tried, WebhooksTx},
    },
};

/// What an event is to webhooks; none for most. Only what is in `staff`, where all of it is said once.
#[must_use]
pub fn told(event: &NewEvent) -> Option<(Topic, Value)> {
    if event.stream != Stream::Staff {
        return None;
    }
    match &event.body {
        EventBody::RequestAsked { request, customer, ask, .. } => {
            let (line, class, organisation) = (ask.line, ask.class, ask.organisation);
            let data = json!({ "request": request, "customer": customer, "organisation": organisation, "line": line,
                               "class": class, "state": "waiting" });
            Some((Topic::RequestAsked, data))
        }
        EventBody::RequestMoved { request, state, .. } => {
            let state = serde_json::to_value(state).ok()?.get("is").cloned();
            Some((Topic::RequestMoved, json!({ "request": request, "state": state })))
        }
        EventBody::TicketMade { number, customer, draft, status, placed } => {
            let data = json!({ "ticket": draft.id, "number": number, "customer": customer,
                               "organisation": placed.organisation, "kind": draft.kind, "status": status,
                               "priority": draft.priority });
            Some((Topic::TicketMade, data))
        }
        EventBody::Ticket(said) => of_ticket(said),
        EventBody::OrganisationMade { organisation, .. }
        | EventBody::Structure(structure::Event::OrganisationSet { organisation, .. }) => {
            Some((Topic::OrganisationChanged, json!({ "organisation": organisation })))
        }
        _ => None,
    }
}

fn of_ticket(said: &Event) -> Option<(Topic, Value)> {
    match said {
        Event::Updated { ticket, changes, comment, .. } => {
            let fields = changes.iter().filter_map(|change| serde_json::to_value(change).ok()?.get("field").cloned());
            let status = changes.iter().find_map(|change| match change {
                opora_domain::ticket::Change::Status(status) => Some(*status),
                _ => None,
            });
            let comment = comment.as_ref().map(|comment| if comment.staff { "staff" } else { "all" });
            let changed: Vec<Value> = fields.collect();
            let data = json!({ "ticket": ticket, "changed": changed, "status": status, "comment": comment });
            Some((Topic::TicketUpdated, data))
        }
        Event::Merged { ticket, into, .. } => Some((Topic::TicketMerged, json!({ "ticket": ticket, "into": into }))),
        Event::Rated { ticket, rating } => {
            Some((Topic::TicketRated, json!({ "ticket": ticket, "stars": rating.stars })))
        }
        Event::Pressed { ticket, broken } => {
            Some((Topic::TicketPressed, json!({ "ticket": ticket, "broken": broken })))
        }
        _ => None,
    }
}

impl<S: Store> Desk<S> {
    /// Deliveries to be sent now, of each webhook at most `most`, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn due_deliveries(&self, most: u32) -> Result<Vec<Due>, DeskError> {
        Ok(self.inner.store.due_deliveries(self.now(), most).await?)
    }

    /// Keeps what came of a try, and tells those who run the desk what they have to know. One that the owner has
    /// dropped meanwhile is no matter.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn settle_delivery(&self, due: &Due, status: Option<u16>, said: String) -> Result<(), DeskError> {
        let (now, delivery, mut tx) = (self.now(), &due.delivery, self.inner.store.begin().await?);
        let Some(known) = tx.webhook(delivery.webhook).await? else { return Ok(()) };
        let tried = self.after_try(delivery.tries + 1, status, said, now);
        tx.settle_delivery(delivery, &tried, now).await?;
        let (webhook, sequence) = (delivery.webhook, delivery.sequence);
        let event = match tried.then {
            _ if status == Some(GONE) => {
                tx.set_webhook(webhook, false, true).await?;
                Some(api::Event::WebhookGone { webhook })
            }
            Then::Failed if !known.failing => {
                tx.set_webhook(webhook, known.card.on, true).await?;
                let said = tried.status.map_or(tried.said, |status| status.to_string());
                Some(api::Event::WebhookFailing { webhook, sequence, said })
            }
            Then::Arrived if known.failing => {
                tx.set_webhook(webhook, known.card.on, false).await?;
                None
            }
            _ => None,
        };
        if let Some(event) = event {
            tx.append(self.own_event(Stream::Supervisors, EventBody::Api(event)));
        }
        self.commit(tx, now).await?;
        Ok(())
    }

    fn after_try(&self, tries: u32, status: Option<u16>, said: String, now: Timestamp) -> Tried {
        let chance = u16::try_from(self.inner.rng.up_to(1_000)).unwrap_or_default();
        let then = match (status, webhook::again_after(tries, chance)) {
            (Some(200..=299), _) => Then::Arrived,
            (Some(GONE), _) | (_, None) => Then::Failed,
            (_, Some(wait)) => Then::Again(now + wait),
        };
        Tried { status, said, then }
    }

    /// Forgets deliveries whose time in the log is over.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_deliveries(&self) -> Result<u64, DeskError> {
        let (now, mut tx) = (self.now(), self.inner.store.begin().await?);
        let gone = tx.forget_deliveries(Timestamp(now.0.saturating_sub(webhook::KEPT.0))).await?;
        self.commit(tx, now).await?;
        Ok(gone)
    }
}

/// "Gone": the other side wants to hear nothing more (RFC 9110, 15.5.11).
const GONE: u16 = 410;
