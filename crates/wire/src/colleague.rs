//! People of a customer's own organisations, to whom a ticket can be shown. They are asked for when they are
//! chosen from and stand in no stream: who has left is known to nobody afterwards.

use opora_domain::{OrganisationId, PersonId};
use serde::{Deserialize, Serialize};

/// Path of the question; the answer is a list of [`Colleague`].
pub const PATH: &str = "/v1/colleagues";

/// Somebody who belongs to an organisation of the customer who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Where both belong to now.
    pub organisations: Vec<OrganisationId>,
}
