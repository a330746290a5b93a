//! Who reads the streams of organisations; of tickets: [`ticket`].
//!
//! `organisation/ID`: its people as long as they belong to it, and the firm's people. Its
//! `requests`: its responsible customers. Dates come and go by themselves, so what is due is
//! settled again every minute.

pub(crate) mod ticket;

use std::{collections::BTreeSet, time::Duration};

use opora_domain::{OrganisationId, PersonId, Timestamp, membership::MemberRole};
use opora_runtime::{CancellationToken, Rng};
use opora_wire::event::{EventBody, Stream};

use crate::{
    desk::{Desk, DeskError},
    record::{NewEvent, Person, Request},
    store::{Store, Tx},
};

/// A right that ends with a date ends within a minute of it.
const PAUSE: Duration = Duration::from_secs(60);

/// Settles everybody once, then those with dates again and again.
pub(crate) async fn run<S: Store>(desk: Desk<S>, stop: CancellationToken) {
    if let Err(error) = desk.tell_of_untold().await {
        tracing::error!(%error, "devices of an older desk were not listed");
    }
    let mut dated = false;
    loop {
        match desk.settle_audiences(dated).await {
            Ok(()) => dated = true,
            Err(error) => tracing::error!(%error, "audiences of organisations were not settled"),
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

impl<S: Store> Desk<S> {
    /// Gives and takes rights to streams of organisations as of now; of all people, or of those whose
    /// memberships have dates.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn settle_audiences(&self, dated: bool) -> Result<(), DeskError> {
        for person in self.inner.store.come_in(dated).await? {
            let mut tx = self.inner.store.begin().await?;
            let now = self.now();
            let Some(person) = tx.person(person).await? else { continue };
            if settle(&mut tx, &self.inner.rng, &person, now).await? {
                self.commit(tx, now).await?;
            }
        }
        Ok(())
    }
}

/// Rights of one person to streams of organisations as they should be now; whether any changed.
pub(crate) async fn settle<T: Tx>(tx: &mut T, rng: &Rng, person: &Person, now: Timestamp) -> Result<bool, DeskError> {
    if !person.joined {
        return Ok(false);
    }
    let mut changed = keep_main(tx, person, now).await?;
    let wanted = wanted(tx, person, now).await?;
    let has: BTreeSet<Stream> = tx.organisation_streams(person.id).await?.into_iter().collect();
    for stream in wanted.difference(&has) {
        changed |= open(tx, rng, person.id, *stream, now).await?;
        settle_tickets(tx, rng, person, *stream, now).await?;
    }
    for stream in has.difference(&wanted) {
        if tx.revoke(person.id, *stream).await? {
            note(tx, rng, person.id, EventBody::StreamClosed { stream: *stream }, now);
            settle_tickets(tx, rng, person, *stream, now).await?;
            changed = true;
        }
    }
    Ok(changed)
}

/// Who comes into an organisation, or leaves it, reads what is shared there, or no longer.
async fn settle_tickets<T: Tx>(
    tx: &mut T,
    rng: &Rng,
    person: &Person,
    stream: Stream,
    now: Timestamp,
) -> Result<(), DeskError> {
    match stream {
        Stream::Organisation(organisation) => ticket::settle_person(tx, rng, person, organisation, now).await,
        _ => Ok(()),
    }
}

/// Who hears of a request: staff, the customer, and who answers for the organisation that asks.
pub(crate) async fn of_request<T: Tx>(tx: &mut T, request: &Request) -> Result<Vec<Stream>, DeskError> {
    let organisation = match request.organisation {
        Some(organisation) => Some(organisation),
        None => tx.person(request.customer).await?.and_then(|person| person.organisation),
    };
    let responsible = organisation.map(Stream::OrganisationRequests);
    Ok([Stream::Staff, Stream::Person(request.customer)].into_iter().chain(responsible).collect())
}

/// A new organisation: the firm's people read its stream.
pub(crate) async fn open_to_staff<T: Tx>(
    tx: &mut T,
    rng: &Rng,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<(), DeskError> {
    for person in tx.staff().await? {
        open(tx, rng, person, Stream::Organisation(organisation), now).await?;
    }
    Ok(())
}

/// The main organisation is one that the person belongs to now, if there is one.
async fn keep_main<T: Tx>(tx: &mut T, person: &Person, now: Timestamp) -> Result<bool, DeskError> {
    let memberships = tx.memberships(person.id).await?;
    let holding = memberships.iter().find(|one| one.holds(now)).map(|one| one.organisation);
    match holding {
        Some(first) if person.organisation.is_some() && person.organisation != Some(first) => {
            tx.set_main(person.id, first).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

async fn wanted<T: Tx>(tx: &mut T, person: &Person, now: Timestamp) -> Result<BTreeSet<Stream>, DeskError> {
    if person.role.is_staff() {
        return Ok(tx.organisations().await?.into_iter().map(Stream::Organisation).collect());
    }
    let mut wanted = BTreeSet::new();
    for membership in tx.memberships(person.id).await?.into_iter().filter(|one| one.holds(now)) {
        wanted.insert(Stream::Organisation(membership.organisation));
        if membership.role == MemberRole::Responsible {
            wanted.insert(Stream::OrganisationRequests(membership.organisation));
        }
    }
    Ok(wanted)
}

async fn open<T: Tx>(
    tx: &mut T,
    rng: &Rng,
    person: PersonId,
    stream: Stream,
    now: Timestamp,
) -> Result<bool, DeskError> {
    let new = tx.grant_silently(person, stream, 1).await?;
    if new {
        note(tx, rng, person, EventBody::StreamOpened { stream, head: 0 }, now);
    }
    Ok(new)
}

fn note<T: Tx>(tx: &mut T, rng: &Rng, person: PersonId, body: EventBody, now: Timestamp) {
    tx.append(NewEvent { stream: Stream::Person(person), id: rng.uuid_v7(now), by: None, body });
}
