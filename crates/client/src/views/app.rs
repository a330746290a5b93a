//! The program as a whole.

use opora_history::{OpState, OutboxRow};
use opora_ipc::app::{AccountView, AppView, KeyStore, LinkView, SettingsView, StuckView};
use opora_wire::{OpBody, note, ticket, vendor};

use crate::{
    state::{Queued, State, code_of_row},
    world::{excerpt, first_words},
};

/// The stop key, as a person reads it (D6).
const STOP_KEY: &str = "Ctrl+Alt+End";

impl State {
    /// The whole program.
    pub(crate) fn app_view(&self, rev: u64, link: LinkView, key_store: KeyStore) -> AppView {
        let settings = SettingsView {
            language: self.settings.language,
            theme: self.settings.theme,
            zoom: self.settings.zoom,
            notifications: self.settings.notifications,
            sounds: self.settings.sounds,
            autostart: self.settings.autostart,
            key_store,
            stop_key: STOP_KEY.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let waiting = self.rows().filter(|row| is_visible(row) && waits(row)).count();
        AppView {
            rev,
            account: self.account_view(),
            link,
            own_desk: self.own_desk.clone(),
            settings,
            proposed_invite: self.proposed_invite.clone(),
            stuck: self.outbox.iter().filter(|one| one.row.state == OpState::Stuck).filter_map(stuck).collect(),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        }
    }

    fn account_view(&self) -> Option<AccountView> {
        let (_, account) = self.account.as_ref()?;
        let named = self.world.as_ref().and_then(|world| world.desk_name.clone());
        Some(AccountView {
            person: account.person,
            name: account.name.clone(),
            role: account.role,
            desk_name: named.unwrap_or_else(|| account.desk_name.clone()),
            organisation: account.organisation.clone(),
        })
    }
}

fn stuck(Queued { row, body }: &Queued) -> Option<StuckView> {
    if !is_visible(row) {
        return None;
    }
    let (what, excerpt) = match body {
        Some(OpBody::Say { draft, .. }) => ("message", excerpt(draft)),
        Some(OpBody::Note(note::Op::Write { text, .. })) => ("message", first_words(text)),
        Some(OpBody::Vendor(vendor::Op::Say { draft, .. })) => ("message", excerpt(draft)),
        Some(OpBody::MakeTicket { draft }) => ("ticket", first_words(&draft.subject)),
        Some(OpBody::Ask { ask, .. }) => ("request", first_words(&ask.description)),
        Some(OpBody::Ticket(ticket::Op::Update { comment, .. })) => {
            ("ticket", comment.as_ref().map(|comment| first_words(&comment.text)).unwrap_or_default())
        }
        Some(OpBody::Ticket(_)) => ("ticket", String::new()),
        Some(OpBody::Contract(_)) => ("time", String::new()),
        Some(OpBody::Hours(_)) => ("callback", String::new()),
        Some(OpBody::Rate { rating, .. }) => ("rating", first_words(&rating.comment)),
        Some(_) => ("request", String::new()),
        None => ("message", crate::files::upload_name(&row.body)),
    };
    Some(StuckView { id: row.op.to_string(), code: code_of_row(row), what: what.to_owned(), excerpt })
}

/// Read marks and the like are nobody's business.
fn is_visible(row: &OutboxRow) -> bool {
    !crate::outbox::is_silent(&row.kind) && row.kind != crate::views::tickets::CONFLICT
}

fn waits(row: &OutboxRow) -> bool {
    matches!(row.state, OpState::Queued | OpState::Inflight) && row.kind != "upload"
}
