//! To whom a customer can show a ticket.

use std::collections::BTreeMap;

use opora_domain::{PersonId, role::Role};
use opora_wire::colleague::Colleague;

use crate::{
    desk::{Desk, DeskError},
    store::{Store, StructureTx, Tx, ticket::TicketsTx},
};

impl<S: Store> Desk<S> {
    /// Who belongs to an organisation of a customer now, by name; nobody for people of the firm, who know all.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn colleagues_of(&self, person: PersonId) -> Result<Vec<Colleague>, DeskError> {
        let now = self.now();
        let mut tx = self.inner.store.begin().await?;
        let mut found: BTreeMap<PersonId, Colleague> = BTreeMap::new();
        if tx.person(person).await?.is_none_or(|known| known.role != Role::Customer) {
            return Ok(Vec::new());
        }
        for organisation in
            tx.memberships(person).await?.iter().filter(|one| one.holds(now)).map(|one| one.organisation)
        {
            for other in tx.colleagues(organisation, now).await?.into_iter().filter(|other| *other != person) {
                let name = tx.person(other).await?.map(|known| known.name).unwrap_or_default();
                let fresh = || Colleague { person: other, name, organisations: Vec::new() };
                found.entry(other).or_insert_with(fresh).organisations.push(organisation);
            }
        }
        let mut all: Vec<Colleague> = found.into_values().collect();
        all.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
        Ok(all)
    }
}
