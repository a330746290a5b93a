//! Reports, for those who may see the quality of everybody's work.

use opora_domain::{
    report::{Ask, Report},
    role::Action,
};
use opora_wire::RefusalCode;

use crate::{
    desk::{Desk, DeskError},
    record::Actor,
    store::Store,
};

impl<S: Store> Desk<S> {
    /// Everything of a period.
    ///
    /// # Errors
    /// [`RefusalCode::NotAllowed`], or [`RefusalCode::Invalid`] for a period or zone that makes no sense.
    pub async fn report(&self, actor: &Actor, ask: &Ask) -> Result<Report, DeskError> {
        if !actor.person.role.may(Action::Supervise) {
            return Err(RefusalCode::NotAllowed.into());
        }
        let zone = ask.check().map_err(|_| RefusalCode::Invalid)?;
        Ok(self.inner.store.report(ask, &zone).await?)
    }
}
