//! Mail out: the server, what each person wants, invites by mail.

use opora_domain::{
    PersonId,
    mail::{Address, Choice, Server, Tongue},
    rights::Act,
};
use serde::{Deserialize, Serialize};

/// What a client can have done about mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Send through this server from now on; without one, send nothing.
    SetServer {
        /// Which.
        server: Option<Server>,
        /// Its password; none keeps the one that is known.
        #[serde(default)]
        password: Option<String>,
    },
    /// What this person wants to hear of by mail.
    Choose {
        /// All of it.
        choice: Choice,
    },
    /// Send an invite link. It passes through the desk once and is wiped with the sending.
    SendInvite {
        /// Whose.
        person: PersonId,
        /// Where to.
        address: Address,
        /// In which language.
        tongue: Tongue,
        /// The whole link with its secret.
        link: String,
    },
}

impl Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::SetServer { .. } => Act::SetMailServer,
            Self::Choose { .. } => Act::ChooseMail,
            Self::SendInvite { .. } => Act::SendInvite,
        }
    }
}

/// What happened about mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// Mail goes through this server; without one, nothing goes. In `supervisors`.
    Server {
        /// Which.
        server: Option<Server>,
        /// It has a password, which is told to nobody.
        has_password: bool,
    },
    /// What a person wants to hear of by mail. In the person's own stream.
    Chosen {
        /// All of it.
        choice: Choice,
    },
    /// An invite was handed to the mail. In `supervisors`.
    InviteQueued {
        /// Whose.
        person: PersonId,
    },
    /// A letter was given up. In `supervisors`.
    Failed {
        /// Whom it was for.
        person: Option<PersonId>,
        /// What the mail server said.
        said: String,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// Body of `POST /v1/mail/test`: sends a letter now, to the owner, and waits for the server's word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Where to.
    pub to: Address,
    /// In which language.
    pub tongue: Tongue,
}

/// Answer of `POST /v1/mail/test`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// The mail server took the letter.
    pub taken: bool,
    /// The server's own words; or what kept us from hearing any.
    pub said: String,
}
