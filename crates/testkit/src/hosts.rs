//! The desktop services that Opora's programs talk to: notifications and the tray.
//!
//! Both record what they are told and never answer by themselves, so a test sees exactly what a
//! person's desktop would have been asked to show.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use zbus::OwnedVariant;
use zbus::message::Header;
use zbus::object_server::SignalEmitter;

/// What a program asked the desktop to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The program's own name for itself.
    pub app: String,
    /// The first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

/// A program's entry in the tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayItem {
    /// The bus name of the program.
    pub owner: String,
    /// The path of the item's object.
    pub path: String,
}

/// What the hosts have seen so far. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(Arc<Mutex<Lists>>);

#[derive(Debug, Default)]
struct Lists {
    notifications: Vec<Notification>,
    tray: Vec<TrayItem>,
}

impl Seen {
    fn lists(&self) -> std::sync::MutexGuard<'_, Lists> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn notifications(&self) -> Vec<Notification> {
        self.lists().notifications.clone()
    }

    pub(crate) fn tray(&self) -> Vec<TrayItem> {
        self.lists().tray.clone()
    }
}

/// `org.freedesktop.Notifications`, version 1.2.
pub(crate) struct NotificationHost {
    pub(crate) seen: Seen,
    pub(crate) last: u32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl NotificationHost {
    #[expect(clippy::too_many_arguments, reason = "the specification's own list")]
    fn notify(
        &mut self,
        app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _expire_timeout: i32,
    ) -> u32 {
        self.seen.lists().notifications.push(Notification { app: app_name, title: summary, body });
        if replaces_id != 0 {
            return replaces_id;
        }
        self.last += 1;
        self.last
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        ["body", "actions", "persistence"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("opora-stage", "Opora", "1", "1.2")
    }
}

/// `org.kde.StatusNotifierWatcher`, which is also its own host.
pub(crate) struct TrayHost {
    pub(crate) seen: Seen,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl TrayHost {
    async fn register_status_notifier_item(
        &self,
        service: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        // Ayatana sends its object path, KDE its bus name; both are in use.
        let (owner, path) =
            if service.starts_with('/') { (sender, service) } else { (service, "/StatusNotifierItem".to_owned()) };
        let name = format!("{owner}{path}");
        self.seen.lists().tray.push(TrayItem { owner, path });
        Self::status_notifier_item_registered(&emitter, &name).await?;
        Ok(())
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.seen.tray().into_iter().map(|item| format!("{}{}", item.owner, item.path)).collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(emitter: &SignalEmitter<'_>, service: &str) -> zbus::Result<()>;
}
