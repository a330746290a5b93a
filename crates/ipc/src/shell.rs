//! What the core asks the shell for: windows, notifications, the tray. Not for the interface.

use opora_domain::SessionId;
use serde::{Deserialize, Serialize};

/// A request to the shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "with", rename_all = "snake_case")]
pub enum ShellRequest {
    /// Show the consent card, always on top.
    OpenConsent(SessionId),
    /// Show the bar, always on top.
    OpenBar(SessionId),
    /// Show the viewer.
    OpenViewer(SessionId),
    /// Close a session's windows.
    Close(SessionId),
    /// Size and place the main window for this role: `join`, `customer` or `workplace`.
    MainAs(String),
    /// A native notification, shown when no window of ours has the focus.
    Notify {
        /// First line.
        title: String,
        /// Second line.
        body: String,
    },
    /// Start the program with the computer, in the tray; or no longer.
    Autostart(bool),
    /// A dot on the tray icon.
    TrayDot(bool),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_can_be_written_down() {
        let session = SessionId::from_slice(&[7; 16]).expect("16 bytes");
        let requests = [
            ShellRequest::OpenConsent(session),
            ShellRequest::OpenBar(session),
            ShellRequest::OpenViewer(session),
            ShellRequest::Close(session),
            ShellRequest::MainAs("join".into()),
            ShellRequest::Notify { title: "Анна".into(), body: "Печать".into() },
            ShellRequest::Autostart(true),
            ShellRequest::TrayDot(false),
        ];
        for request in requests {
            let written = serde_json::to_string(&request).expect("written");
            assert_eq!(serde_json::from_str::<ShellRequest>(&written).expect("read"), request);
        }
    }
}
