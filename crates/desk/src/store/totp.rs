//! What a store keeps of second factors; secrets are sealed.

use std::future::Future;

use opora_domain::{PersonId, PublicKey, Timestamp, totp::Guard};

use super::Answer;

/// The part of a transaction that is about second factors.
pub trait TotpTx: Send {
    /// A person's secret and what its guard remembers.
    fn totp(&mut self, person: PersonId) -> impl Future<Output = Answer<Option<(Vec<u8>, Guard)>>> + Send;
    /// Keeps a new secret with its recovery codes.
    fn enrol_totp(
        &mut self,
        person: PersonId,
        secret: &[u8],
        guard: Guard,
        recovery: &[[u8; 32]],
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Keeps what the guard remembers.
    fn set_totp_guard(&mut self, person: PersonId, guard: Guard) -> impl Future<Output = Answer<()>> + Send;
    /// Uses a recovery code up; `false` when there is none such.
    fn use_recovery(&mut self, person: PersonId, hash: [u8; 32]) -> impl Future<Output = Answer<bool>> + Send;
    /// Forgets a secret; `false` when there was none.
    fn drop_totp(&mut self, person: PersonId) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether new devices of the firm's people need a code.
    fn staff_code(&mut self) -> impl Future<Output = Answer<bool>> + Send;
    /// Sets it.
    fn set_staff_code(&mut self, staff: bool) -> impl Future<Output = Answer<()>> + Send;
    /// After how many days a device is asked for a code again; 0 for never.
    fn code_days(&mut self) -> impl Future<Output = Answer<u16>> + Send;
    /// Sets it.
    fn set_code_days(&mut self, days: u16) -> impl Future<Output = Answer<()>> + Send;
    /// When a device was last proved to be its person's: by a code, or when it came in.
    fn proved_at(&mut self, device: PublicKey) -> impl Future<Output = Answer<Option<Timestamp>>> + Send;
    /// It is proved now.
    fn set_proved(&mut self, device: PublicKey, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
}
