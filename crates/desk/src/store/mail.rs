//! What a store keeps of mail: the server, choices, and letters until they are sent.
//!
//! Password and letters are sealed: a copy of the database alone shows neither.

use std::future::Future;

use opora_domain::{
    ConversationId, OrganisationId, PersonId, TicketId, Timestamp,
    mail::{Address, Choice, Server, Tongue},
    ticket::Status,
};
use uuid::Uuid;

use super::Answer;

/// A letter to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its id; the message is named by it, so that a letter sent twice is seen to be one.
    pub id: Uuid,
    /// What it is about: the same is written once.
    pub key: String,
    /// Whom it is for.
    pub person: Option<PersonId>,
    /// Where to.
    pub address: Address,
    /// Its subject.
    pub subject: String,
    /// Its text; paragraphs stand apart.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Not before.
    pub due: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server took it; the text is wiped.
    Sent,
    /// To be tried again.
    Again {
        /// When.
        at: Timestamp,
        /// What the server said.
        said: String,
    },
    /// Given up; the text is wiped.
    Failed {
        /// What the server said.
        said: String,
    },
}

/// An answer that somebody has not read, and wants to hear of by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Who has not read it.
    pub person: PersonId,
    /// Where to.
    pub address: Address,
    /// In which language.
    pub tongue: Tongue,
    /// Where it was said.
    pub conversation: ConversationId,
    /// The last one that was not read.
    pub seq: i64,
    /// Name of who said it.
    pub from: String,
    /// What the conversation is about: the words of its request.
    pub about: String,
}

/// Something that happened to a ticket and that somebody wants to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Who.
    pub person: PersonId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// The entry of its history.
    pub entry: Uuid,
    /// Where it was moved.
    pub status: Option<Status>,
    /// Something was said.
    pub said: bool,
    /// When the letter is written.
    pub due: Timestamp,
}

/// The part of a transaction that is about mail.
pub trait MailTx: Send {
    /// Keeps the server, or none; `password`: none keeps the one that is known.
    fn set_mail_server(
        &mut self,
        server: Option<&Server>,
        password: Option<&str>,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The server, and whether it has a password.
    fn mail_server(&mut self) -> impl Future<Output = Answer<Option<(Server, bool)>>> + Send;
    /// Keeps what a person wants to hear of.
    fn choose_mail(&mut self, person: PersonId, choice: &Choice) -> impl Future<Output = Answer<()>> + Send;
    /// What a person wants to hear of.
    fn mail_choice(&mut self, person: PersonId) -> impl Future<Output = Answer<Option<Choice>>> + Send;
    /// Queues a letter; `false` when one about the same was written before.
    fn queue_letter(&mut self, letter: &Letter) -> impl Future<Output = Answer<bool>> + Send;
    /// People who read the organisation's stream and want to hear of its contracts by mail.
    fn contract_readers(
        &mut self,
        organisation: OrganisationId,
    ) -> impl Future<Output = Answer<Vec<(PersonId, Address, Tongue)>>> + Send;
    /// Answers that are unread for as long as somebody chose, and were not told of.
    fn unread(&mut self, now: Timestamp) -> impl Future<Output = Answer<Vec<Unread>>> + Send;
    /// A letter tells of this answer.
    fn told_of(&mut self, unread: &Unread) -> impl Future<Output = Answer<()>> + Send;
    /// Keeps it until its letter is written; once for a person and an entry.
    fn note_stage(&mut self, stage: &Stage) -> impl Future<Output = Answer<()>> + Send;
    /// What letters are to be written of, by person, the oldest first; they are forgotten here.
    fn take_stages(&mut self, now: Timestamp) -> impl Future<Output = Answer<Vec<Stage>>> + Send;
    /// Keeps what came of a try.
    fn settle_letter(&mut self, id: Uuid, outcome: &Outcome, now: Timestamp)
    -> impl Future<Output = Answer<()>> + Send;
}

/// Reading what is about mail.
pub trait MailStore {
    /// The server with its password.
    fn mail_server(&self) -> impl Future<Output = Answer<Option<(Server, Option<String>)>>> + Send;
    /// Letters that are due, oldest first.
    fn due_letters(&self, now: Timestamp, most: u32) -> impl Future<Output = Answer<Vec<Letter>>> + Send;
    /// Whether an answer is unread for as long as somebody chose: then a transaction is worth it.
    fn has_unread(&self, now: Timestamp) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether letters about tickets are to be written.
    fn has_stages(&self, now: Timestamp) -> impl Future<Output = Answer<bool>> + Send;
}
