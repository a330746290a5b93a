//! A message of the talk, copied for another audience: with a brief, or to a vendor. A copy is an event
//! of its own, so that its file can be fetched by who reads that stream and by nobody else.

use opora_domain::{MessageId, PersonId, Timestamp, message::Attachment};
use serde::{Deserialize, Serialize};

/// A copied message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// The message it was copied from.
    pub message: MessageId,
    /// Who said it.
    pub by: Option<PersonId>,
    /// The name, for who does not know the person.
    pub by_name: String,
    /// When it was said.
    pub at: Timestamp,
    /// Plain text; may be empty when there is a file.
    pub text: String,
    /// A file.
    pub file: Option<Attachment>,
}
