//! Who is at the other end, as the organisation's key vouches, not as the desk says.

use opora_domain::{ConversationId, PublicKey, certificate::Identity};

use super::office::Office;

/// Whose device it is, when it belongs to a member of the conversation and its certificate holds.
pub(super) fn identify(office: &dyn Office, conversation: ConversationId, device: PublicKey) -> Option<Identity> {
    let organisation = office.organisation_key()?;
    let certificate = office.device_in(conversation, device)?;
    match certificate.verify(&organisation, &device) {
        Ok(identity) => Some(identity),
        Err(error) => {
            tracing::warn!(%error, "a device showed a certificate that does not hold");
            None
        }
    }
}
