//! Whether a typed code is believed: of the telephone, or for recovery.

use opora_domain::{
    PersonId, Timestamp,
    totp::{self, CodeError},
};
use opora_wire::RefusalCode;

use crate::store::{Answer, Tx};

/// Checks a code of a person who has a second factor. What was tried has to be kept, also when the
/// answer is no: the caller commits.
pub(crate) async fn check<T: Tx>(
    tx: &mut T,
    person: PersonId,
    typed: &str,
    now: Timestamp,
) -> Answer<Result<(), RefusalCode>> {
    let Some((secret, mut guard)) = tx.totp(person).await? else { return Ok(Err(RefusalCode::NotFound)) };
    if guard.is_paused(now) {
        return Ok(Err(RefusalCode::Busy));
    }
    // Six digits are of the telephone; recovery codes are longer.
    let digits = typed.chars().filter(|c| !c.is_whitespace()).all(|c| c.is_ascii_digit());
    if !digits && tx.use_recovery(person, totp::recovery_hash(person, typed)).await? {
        return Ok(Ok(()));
    }
    let checked = if digits {
        guard.check(&secret, typed, now)
    } else {
        guard.miss(now);
        Err(CodeError::Wrong)
    };
    tx.set_totp_guard(person, guard).await?;
    Ok(checked.map_err(|error| match error {
        CodeError::Wrong => RefusalCode::CodeWrong,
        CodeError::Paused => RefusalCode::Busy,
    }))
}
