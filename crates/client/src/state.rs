//! What the core knows at this moment, behind one lock that is never held across a wait.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{ConversationId, MessageId, OpId, PublicKey, RequestId, TicketId, Timestamp, role::Role};
use opora_history::{Account, AccountId, OpState, OutboxRow};
use opora_ipc::{
    ErrorCode,
    app::{Language, OwnDeskView, SettingsChange, Theme},
};
use opora_runtime::CancellationToken;
use opora_wire::{OpBody, Place, board::LiveBoard, presence::Shown};
use tokio::sync::mpsc;

use crate::{
    link::Request,
    read_marks::{NOTES, ReadMarks, TICKETS},
    world::World,
};

/// How many conversations one has at most until the desk has said something else; the desk's own
/// first setting.
pub(crate) const CAPACITY: u32 = 4;

/// Choices of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) zoom: u16,
    pub(crate) notifications: bool,
    pub(crate) sounds: bool,
    pub(crate) autostart: bool,
}

impl Settings {
    /// As of a profile's kept choices; what is missing or makes no sense is as at first.
    pub(crate) fn read(kept: &BTreeMap<String, String>, language: Option<Language>) -> Self {
        fn of<T: serde::de::DeserializeOwned>(kept: &BTreeMap<String, String>, name: &str) -> Option<T> {
            serde_json::from_str(kept.get(name)?).ok()
        }
        Self {
            language: of(kept, "language").or(language).unwrap_or_default(),
            theme: of(kept, "theme").unwrap_or_default(),
            zoom: of::<u16>(kept, "zoom").unwrap_or(100).clamp(100, 200),
            notifications: of(kept, "notifications").unwrap_or(true),
            sounds: of(kept, "sounds").unwrap_or(true),
            autostart: of(kept, "autostart").unwrap_or(false),
        }
    }

    /// Takes what a change names.
    pub(crate) fn change(&mut self, change: &SettingsChange) {
        self.language = change.language.unwrap_or(self.language);
        self.theme = change.theme.unwrap_or(self.theme);
        self.zoom = change.zoom.unwrap_or(self.zoom).clamp(100, 200);
        self.notifications = change.notifications.unwrap_or(self.notifications);
        self.sounds = change.sounds.unwrap_or(self.sounds);
        self.autostart = change.autostart.unwrap_or(self.autostart);
    }
}

/// A file that is coming down, or did not.
#[derive(Clone, Debug)]
pub(crate) enum Download {
    /// So many bytes are here.
    Receiving { done: u64, stop: CancellationToken },
    /// Did not work.
    Failed(ErrorCode),
}

/// A row of the outbox, read once.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) row: OutboxRow,
    /// None for uploads, and for what a newer version has written.
    pub(crate) body: Option<OpBody>,
}

impl From<OutboxRow> for Queued {
    fn from(row: OutboxRow) -> Self {
        let body = serde_json::from_str(&row.body).ok().filter(|_| row.kind != "upload");
        Self { row, body }
    }
}

/// Everything at this moment.
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) account: Option<(AccountId, Account)>,
    pub(crate) world: Option<World>,
    /// How far notes were read.
    pub(crate) read_notes: ReadMarks<ConversationId>,
    /// How far tickets were read.
    pub(crate) seen_tickets: ReadMarks<TicketId>,
    /// The vault's outbox, oldest first.
    pub(crate) outbox: Vec<Queued>,
    /// Devices that are connected.
    pub(crate) present: BTreeSet<PublicKey>,
    /// The firm's people, as the desk said last.
    pub(crate) staff: Vec<Shown>,
    /// One's own places in queues.
    pub(crate) places: BTreeMap<RequestId, Place>,
    /// The live board, and when it came by this machine's clock.
    pub(crate) board: Option<(LiveBoard, Timestamp)>,
    /// Bytes of uploads that the desk has, by hash.
    pub(crate) uploads: BTreeMap<String, u64>,
    /// Downloads by message.
    pub(crate) downloads: BTreeMap<MessageId, Download>,
    /// Takes requests.
    pub(crate) on_line: bool,
    pub(crate) own_desk: Option<OwnDeskView>,
    pub(crate) proposed_invite: Option<String>,
    /// There is a connection.
    pub(crate) connected: bool,
    /// The running link.
    pub(crate) requests: Option<mpsc::Sender<Request>>,
    /// The tray shows a dot.
    pub(crate) dot: bool,
    /// A code of the second factor that was just typed, for the next hello.
    pub(crate) code: Option<String>,
}

impl State {
    /// Nothing but the profile's choices.
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            account: None,
            world: None,
            read_notes: ReadMarks::new(NOTES),
            seen_tickets: ReadMarks::new(TICKETS),
            outbox: Vec::new(),
            present: BTreeSet::new(),
            staff: Vec::new(),
            places: BTreeMap::new(),
            board: None,
            uploads: BTreeMap::new(),
            downloads: BTreeMap::new(),
            on_line: false,
            own_desk: None,
            proposed_invite: None,
            connected: false,
            requests: None,
            dot: false,
            code: None,
        }
    }

    /// The account's id.
    pub(crate) fn account_id(&self) -> Option<AccountId> {
        self.account.as_ref().map(|(id, _)| *id)
    }

    /// The world of this account, if it is the one in use.
    pub(crate) fn world_of(&mut self, id: AccountId) -> Option<&mut World> {
        let in_use = self.account_id() == Some(id);
        self.world.as_mut().filter(|_| in_use)
    }

    /// A world of the account in use in which nothing has happened yet.
    pub(crate) fn new_world(&self) -> Option<World> {
        self.account.as_ref().map(|(_, account)| World::new(account.person, account.role))
    }

    /// One's role; a stranger is a customer.
    pub(crate) fn role(&self) -> Role {
        self.account.as_ref().map_or(Role::Customer, |(_, account)| account.role)
    }

    /// Queued operations whose body is one, with their rows, oldest first.
    pub(crate) fn ops(&self) -> impl Iterator<Item = (&OutboxRow, &OpBody)> {
        self.outbox.iter().filter_map(|one| Some((&one.row, one.body.as_ref()?)))
    }

    /// An operation is queued, has changed, or is gone. Bodies never change and are read once.
    pub(crate) fn put_queued(&mut self, op: OpId, row: Option<OutboxRow>) {
        let place = self.outbox.iter().position(|one| one.row.op == op);
        match (place.and_then(|place| self.outbox.get_mut(place)), row) {
            (Some(known), Some(row)) => known.row = row,
            (None, Some(row)) => {
                let after = self.outbox.partition_point(|one| one.row.id < row.id);
                self.outbox.insert(after, row.into());
            }
            (Some(_), None) => self.outbox.retain(|one| one.row.op != op),
            (None, None) => {}
        }
    }

    /// All rows of the outbox.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &OutboxRow> {
        self.outbox.iter().map(|one| &one.row)
    }

    /// Ratings in the outbox that the log says already; their events have names of their own.
    pub(crate) fn rated(&self) -> Vec<OpId> {
        let is_there = |body: &OpBody| match (body, &self.world) {
            (OpBody::Rate { conversation, rating }, Some(world)) => {
                world.conversations.get(conversation).is_some_and(|talk| talk.rating.as_ref() == Some(rating))
            }
            _ => false,
        };
        self.ops().filter(|(_, body)| is_there(body)).map(|(row, _)| row.op).collect()
    }

    /// The conversation that a queued operation belongs to.
    pub(crate) fn queued_talk(&self, row: &OutboxRow) -> Option<ConversationId> {
        row.lane.strip_prefix("conversation:")?.parse().ok()
    }

    /// Why a queued operation, or an upload it needs, is stuck.
    pub(crate) fn stuck_code(&self, row: &OutboxRow, hash: Option<&str>) -> Option<ErrorCode> {
        let upload = hash.and_then(|hash| {
            let lane = format!("upload:{hash}");
            self.rows().find(|row| row.lane == lane)
        });
        [Some(row), upload].into_iter().flatten().find(|row| row.state == OpState::Stuck).map(code_of_row)
    }
}

/// Why a stuck row is stuck.
pub(crate) fn code_of_row(row: &OutboxRow) -> ErrorCode {
    row.code.as_deref().and_then(|code| serde_json::from_str(code).ok()).unwrap_or(ErrorCode::Internal)
}
