//! The second factor at the beginning of a connection: a device that somebody else holds by now is of no use
//! for longer than the days that the owner has set.

use opora_domain::totp;
use opora_wire::RefusalCode;

use crate::{
    code,
    desk::{Desk, DeskError},
    record::Actor,
    store::{Store, totp::TotpTx},
};

impl<S: Store> Desk<S> {
    /// Whether the device may connect now. What was typed counts only where a code is due; wrong ones are
    /// counted as at joining.
    ///
    /// # Errors
    /// [`RefusalCode::CodeNeeded`], [`RefusalCode::CodeWrong`], [`RefusalCode::Busy`] after too many.
    pub async fn prove(&self, actor: &Actor, typed: Option<&str>) -> Result<(), DeskError> {
        let Actor { person, device } = actor;
        if !person.role.is_staff() {
            return Ok(());
        }
        let now = self.now();
        let mut tx = self.inner.store.begin().await?;
        let last = tx.proved_at(*device).await?.ok_or(RefusalCode::UnknownDevice)?;
        if !totp::is_due(last, tx.code_days().await?, now) || tx.totp(person.id).await?.is_none() {
            return Ok(());
        }
        let typed = typed.ok_or(RefusalCode::CodeNeeded)?;
        let checked = code::check(&mut tx, person.id, typed, now).await?;
        if checked.is_ok() {
            tx.set_proved(*device, now).await?;
        }
        // What was tried is remembered, also when the answer is no.
        self.commit(tx, now).await?;
        Ok(checked?)
    }
}
