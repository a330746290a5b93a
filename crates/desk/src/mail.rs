//! Letters: written when something is worth one, read and settled by who sends them.

pub(crate) mod tickets;

use opora_domain::{
    Timestamp,
    contract::{Contract, notice::Notice},
    mail::Server,
};
use opora_wire::{
    event::{EventBody, Stream},
    mail::Event,
};
use uuid::Uuid;

use crate::{
    desk::{Desk, DeskError},
    letters,
    store::{
        Answer, Store, Tx,
        mail::{Letter, MailTx, Outcome, Unread},
    },
};

/// Writes a reminder of a contract to those who read the organisation's stream and chose so.
pub(crate) async fn write_reminder<T: Tx>(
    tx: &mut T,
    contract: &Contract,
    notice: Notice,
    now: Timestamp,
) -> Answer<()> {
    let readers = tx.contract_readers(contract.organisation).await?;
    if readers.is_empty() || tx.mail_server().await?.is_none() {
        return Ok(());
    }
    let firm = tx.firm().await?.name;
    let organisation = tx.organisation(contract.organisation).await?.unwrap_or_default();
    for (person, address, tongue) in readers {
        let (subject, text) = letters::contract(tongue, &firm, &organisation, &contract.number, notice);
        let key = format!("contract/{}/{:?}/{}/{person}", contract.id, notice.what, notice.day);
        let due = tx.mail_choice(person).await?.map_or(now, |choice| choice.after_quiet(now));
        let (id, person, written_at) = (named_by(&key), Some(person), now);
        tx.queue_letter(&Letter { id, key, person, address, subject, text, written_at, due, attempts: 0 }).await?;
    }
    Ok(())
}

/// A letter's id out of what it is about: written again, it is the same letter.
fn named_by(key: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(key.as_bytes()).as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl<S: Store> Desk<S> {
    /// Writes the letters that are due: answers that nobody has read for as long as somebody chose, and what
    /// happened to tickets.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn write_letters(&self) -> Result<(), DeskError> {
        let (now, store) = (self.now(), &self.inner.store);
        if store.mail_server().await?.is_none() || !(store.has_unread(now).await? || store.has_stages(now).await?) {
            return Ok(());
        }
        let firm = self.firm().await?.name;
        let mut tx = store.begin().await?;
        for unread in tx.unread(now).await? {
            let due = tx.mail_choice(unread.person).await?.map_or(now, |choice| choice.after_quiet(now));
            tx.told_of(&unread).await?;
            tx.queue_letter(&self.letter_of(&unread, &firm, due)).await?;
        }
        tickets::write(&mut tx, &firm, now).await?;
        self.commit(tx, now).await?;
        Ok(())
    }

    fn letter_of(&self, unread: &Unread, firm: &str, due: Timestamp) -> Letter {
        let Unread { person, address, tongue, conversation, seq, from, about } = unread;
        let (subject, text) = letters::unread(*tongue, firm, from, about);
        Letter {
            id: self.inner.rng.uuid_v7(self.now()),
            key: format!("unread/{person}/{conversation}/{seq}"),
            person: Some(*person),
            address: address.clone(),
            subject,
            text,
            written_at: self.now(),
            due,
            attempts: 0,
        }
    }

    /// The mail server with its password.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mail_server(&self) -> Result<Option<(Server, Option<String>)>, DeskError> {
        Ok(self.inner.store.mail_server().await?)
    }

    /// Letters to be sent now, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn due_letters(&self, most: u32) -> Result<Vec<Letter>, DeskError> {
        Ok(self.inner.store.due_letters(self.now(), most).await?)
    }

    /// Keeps what came of a try; one that was given up is told to those who run the desk.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn settle_letter(&self, letter: &Letter, outcome: &Outcome) -> Result<(), DeskError> {
        let (now, mut tx) = (self.now(), self.inner.store.begin().await?);
        tx.settle_letter(letter.id, outcome, now).await?;
        if let Outcome::Failed { said } = outcome {
            let failed = Event::Failed { person: letter.person, said: said.clone() };
            tx.append(self.own_event(Stream::Supervisors, EventBody::Mail(failed)));
        }
        self.commit(tx, now).await?;
        Ok(())
    }

    /// Waits until somebody changed something about mail.
    pub async fn letter_queued(&self) {
        self.inner.letters.notified().await;
    }
}
