//! The firm's people and whether they take requests: as the desk says, never kept.

use opora_domain::availability::{Declared, Status};
use opora_wire::presence::Shown;

use crate::{core::Core, world::Changes};

impl Core {
    /// The desk said who takes requests.
    pub(crate) async fn take_staff(&self, people: Vec<Shown>) {
        {
            let mut state = self.state();
            let me = state.account.as_ref().map(|(_, account)| account.person);
            if let Some(own) = people.iter().find(|one| Some(one.person) == me) {
                state.on_line = own.declared == Declared::OnLine;
            }
            state.staff = people;
        }
        self.heard.send_modify(|times| *times += 1);
        self.publish(Changes { staff: true, queue: true, ..Changes::default() }).await;
    }

    /// Waits until the desk has said that this is what one declared; not for ever.
    pub(crate) async fn until_declared(&self, status: Status) {
        let is_said = || {
            let state = self.state();
            let me = state.account.as_ref().map(|(_, account)| account.person);
            state.staff.iter().any(|one| Some(one.person) == me && kind(one.declared) == status)
        };
        self.until_heard(is_said).await;
    }
}

fn kind(declared: Declared) -> Status {
    match declared {
        Declared::OnLine => Status::OnLine,
        Declared::Lunch { .. } => Status::Lunch,
        Declared::Away { .. } => Status::Away,
        Declared::Off => Status::Off,
    }
}
