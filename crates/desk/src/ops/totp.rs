//! The second factor of the firm's people.

use opora_domain::{
    PersonId,
    role::Action,
    totp::{self, Guard},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    totp::{Event, Op},
};

use super::{Doing, Done};
use crate::{code, store::Tx};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn totp(&mut self, op: Op) -> Done {
        match op {
            Op::Enrol { secret, code, recovery } => self.enrol(&secret, &code, &recovery).await,
            Op::Drop { code } => self.drop_code(&code).await,
            Op::Require { staff } => {
                self.must(Action::Manage)?;
                self.tx.set_staff_code(staff).await?;
                self.append(Stream::Staff, EventBody::Totp(Event::Required { staff }));
                Ok(OpResult::Done)
            }
            Op::Again { days } => {
                self.must(Action::Manage)?;
                if days > totp::MOST_DAYS {
                    return Err(RefusalCode::TooLarge.into());
                }
                self.tx.set_code_days(days).await?;
                self.append(Stream::Staff, EventBody::Totp(Event::Again { days }));
                Ok(OpResult::Done)
            }
            Op::Reset { person } => self.reset_code(person).await,
        }
    }

    async fn enrol(&mut self, secret: &str, code: &str, recovery: &[String]) -> Done {
        self.must(Action::Serve)?;
        let secret = totp::from_base32(secret).filter(|secret| secret.len() >= totp::SECRET);
        let secret = secret.filter(|secret| secret.len() <= 2 * totp::SECRET).ok_or(RefusalCode::Invalid)?;
        let me = self.me();
        if self.tx.totp(me).await?.is_some() {
            // Whoever sits at this device for a minute must not put another telephone in its place.
            return Err(RefusalCode::Invalid.into());
        }
        let hash = |hex: &String| blake3::Hash::from_hex(hex).map(<[u8; 32]>::from).map_err(|_| RefusalCode::Invalid);
        let recovery = recovery.iter().map(hash).collect::<Result<Vec<_>, _>>()?;
        if recovery.len() > totp::RECOVERY {
            return Err(RefusalCode::TooLarge.into());
        }
        let mut guard = Guard::default();
        guard.check(&secret, code, self.now).map_err(|_| RefusalCode::CodeWrong)?;
        self.tx.enrol_totp(me, &secret, guard, &recovery, self.now).await?;
        self.tx.set_proved(self.actor.device, self.now).await?;
        self.append(Stream::Staff, EventBody::Totp(Event::Enrolled { person: me }));
        Ok(OpResult::Done)
    }

    async fn drop_code(&mut self, typed: &str) -> Done {
        self.must(Action::Serve)?;
        let me = self.me();
        match code::check(self.tx, me, typed, self.now).await? {
            Ok(()) => self.forget_code(me).await,
            Err(code) => Err(code.into()),
        }
    }

    async fn reset_code(&mut self, person: PersonId) -> Done {
        self.must(Action::Manage)?;
        self.tx.person(person).await?.ok_or(RefusalCode::NotFound)?;
        self.forget_code(person).await
    }

    async fn forget_code(&mut self, person: PersonId) -> Done {
        if !self.tx.drop_totp(person).await? {
            return Err(RefusalCode::NotFound.into());
        }
        self.append(Stream::Staff, EventBody::Totp(Event::Dropped { person }));
        Ok(OpResult::Done)
    }
}
