//! The link's state, as everybody else sees it.

use std::sync::Arc;

use opora_ipc::{ErrorCode, app::LinkView};
use opora_wire::Ready;

/// `Idle` without an account; else `Connecting` → `CatchingUp` → `Online`, or `Offline` and again.
#[derive(Clone, Debug)]
pub enum Status {
    /// There is no account.
    Idle,
    /// Trying.
    Connecting,
    /// The desk knows us; events are coming in.
    CatchingUp(Arc<Ready>),
    /// Everything that happened is here.
    Online(Arc<Ready>),
    /// Not connected.
    Offline(ErrorCode),
}

impl Status {
    /// What the desk said at the beginning of this connection; none without a connection.
    #[must_use]
    pub fn ready(&self) -> Option<&Arc<Ready>> {
        match self {
            Self::CatchingUp(ready) | Self::Online(ready) => Some(ready),
            Self::Idle | Self::Connecting | Self::Offline(_) => None,
        }
    }

    /// For the screen.
    #[must_use]
    pub fn view(&self) -> LinkView {
        match self {
            Self::Idle => LinkView::None,
            Self::Connecting | Self::CatchingUp(_) => LinkView::Connecting,
            Self::Online(_) => LinkView::Online,
            Self::Offline(code) => LinkView::Offline { code: *code },
        }
    }
}
