//! The world as rows that the cache keeps, and back.
//!
//! What grows with the history is a row for each conversation, ticket, person; all that is small is one row.
//! Nothing is kept that this machine's clock has said: it is derived anew, as a replay of the log does.

#[cfg(test)]
pub(crate) mod tests;

use opora_domain::PersonId;
use opora_history::{KeptRow, kept::Extent};

use super::{Invitation, World, rows::Part};

/// Fingerprint of the sources that say what events mean (`build.rs`). Worlds that others made are not read.
pub(crate) const RULES: &str = env!("OPORA_RULES");

/// The part that is all that is small; it is read before the others.
const SMALL: &str = "";

impl World {
    fn parts(&mut self) -> [(&'static str, &mut dyn Part); 23] {
        [
            ("acts", &mut self.supervision.acts),
            ("beside", &mut self.beside),
            ("callbacks", &mut self.hours.callbacks),
            ("cards", &mut self.structure.people),
            ("colleagues_requests", &mut self.structure.requests),
            ("contracts", &mut self.contracts.all),
            ("contracts_used", &mut self.contracts.used),
            ("conversations", &mut self.conversations),
            ("devices", &mut self.devices.known),
            ("looked", &mut self.supervision.looked),
            ("marks", &mut self.supervision.marks),
            ("memberships", &mut self.structure.memberships),
            ("organisation_cards", &mut self.structure.organisations),
            ("organisations", &mut self.organisations),
            ("owners", &mut self.supervision.owners),
            ("people", &mut self.people),
            ("requests", &mut self.requests),
            ("streams", &mut self.streams),
            ("ticket_people", &mut self.tickets.people),
            ("tickets", &mut self.tickets.all),
            ("time_noted", &mut self.contracts.noted),
            ("vendor", &mut self.vendor),
            ("ways", &mut self.routing.ways),
        ]
    }
}

impl World {
    /// Whether only changes have to be written, or all of it.
    pub(crate) fn extent(&self) -> Extent {
        if self.is_kept { Extent::Changes } else { Extent::Whole }
    }

    /// Rows that are not written yet; none when nothing has changed.
    ///
    /// # Errors
    /// When a row cannot be said in JSON, which no row is.
    pub(crate) fn unwritten(&mut self) -> serde_json::Result<Vec<KeptRow>> {
        let mut rows = Vec::new();
        for (name, part) in self.parts() {
            rows.extend(part.unwritten(name)?);
        }
        if !rows.is_empty() || !self.is_kept {
            rows.push(KeptRow { part: SMALL, key: String::new(), body: Some(serde_json::to_string(self)?) });
        }
        Ok(rows)
    }

    /// All rows that were unwritten are in the cache now.
    pub(crate) fn written(&mut self) {
        self.parts().into_iter().for_each(|(_, part)| part.written());
        self.is_kept = true;
    }

    /// Nothing of it is in the cache.
    pub(crate) fn not_kept(&mut self) {
        self.parts().into_iter().for_each(|(_, part)| part.write_all());
        self.is_kept = false;
    }

    fn read(&mut self, name: &str, key: &str, body: &str) -> serde_json::Result<()> {
        match self.parts().into_iter().find(|(part, _)| *part == name) {
            Some((_, part)) => part.read(key, body),
            None => Err(serde::de::Error::custom("no such part")),
        }
    }

    fn derive(&mut self) {
        let me = self.me;
        self.requests.derive(|request| request.derive_deadline(me));
        self.beside.derive(|beside| beside.derive_deadline());
        self.invitations.values_mut().for_each(Invitation::derive_deadline);
        self.tickets.all.derive(|known| known.subject = known.ticket.subject.to_lowercase());
    }
}

/// Makes a world of its rows.
#[derive(Default)]
pub(crate) struct Reader {
    world: Option<World>,
    broken: bool,
}

impl Reader {
    /// Takes the next row.
    pub(crate) fn take(&mut self, part: &str, key: &str, body: &str) {
        let read = match &mut self.world {
            None if part == SMALL => serde_json::from_str(body).map(|small| self.world = Some(small)),
            None => Err(serde::de::Error::custom("the first row is missing")),
            Some(world) => world.read(part, key, body),
        };
        self.broken |= read.is_err();
    }

    /// The world of this person; none when a row was not understood, or it is another's.
    pub(crate) fn finish(self, me: PersonId) -> Option<World> {
        let mut world = self.world.filter(|world| world.me == me && !self.broken)?;
        world.derive();
        world.is_kept = true;
        Some(world)
    }
}
