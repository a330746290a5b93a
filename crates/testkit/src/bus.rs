//! A private session bus with our own desktop services on it, and no others.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use tokio::runtime::Runtime;
use zbus::Connection;

use crate::display::log;
use crate::hosts::{Notification, NotificationHost, Seen, TrayHost, TrayItem};
use crate::keeper::{Keeper, Program};

/// No service folders: nothing of the developer's machine is started by asking for it.
const SETTINGS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A session bus of one machine. The hosts end first, the daemon last.
#[derive(Debug)]
pub struct Bus {
    address: String,
    seen: Seen,
    _hosts: Connection,
    _runtime: Runtime,
    _daemon: Program,
}

impl Bus {
    /// Starts the daemon with its socket in `folder`, and our hosts on it.
    ///
    /// # Errors
    /// When dbus-daemon is missing or a name cannot be had.
    pub fn start(keeper: &Keeper, folder: &Path) -> Result<Self> {
        let (daemon, address) = start_daemon(keeper, folder)?;
        let seen = Seen::default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let hosts = runtime.block_on(serve(&address, &seen)).context("start the desktop services")?;
        Ok(Self { address, seen, _hosts: hosts, _runtime: runtime, _daemon: daemon })
    }

    /// What `DBUS_SESSION_BUS_ADDRESS` is set to.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Every notification so far, oldest first.
    #[must_use]
    pub fn notifications(&self) -> Vec<Notification> {
        self.seen.notifications()
    }

    /// Every tray item registered so far, oldest first.
    #[must_use]
    pub fn tray(&self) -> Vec<TrayItem> {
        self.seen.tray()
    }
}

fn start_daemon(keeper: &Keeper, folder: &Path) -> Result<(Program, String)> {
    let settings = folder.join("bus.conf");
    let text = SETTINGS.replace("FOLDER", folder.to_str().context("the stage's folder has an odd name")?);
    std::fs::write(&settings, text).context("write bus.conf")?;
    let mut daemon = keeper.start(
        "dbus-daemon",
        Command::new("dbus-daemon")
            .arg(format!("--config-file={}", settings.display()))
            .args(["--print-address=1", "--nofork", "--nopidfile"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log(folder, "bus")?),
    )?;
    let said = daemon.pipes().stdout.take().context("dbus-daemon has no output")?;
    let mut address = String::new();
    BufReader::new(said).read_line(&mut address).context("read the bus address")?;
    ensure!(!address.trim().is_empty(), "dbus-daemon ended at its start, see {}", folder.join("bus.log").display());
    Ok((daemon, address.trim().to_owned()))
}

async fn serve(address: &str, seen: &Seen) -> zbus::Result<Connection> {
    zbus::connection::Builder::address(address)
        .serve_at("/org/freedesktop/Notifications", NotificationHost { seen: seen.clone(), last: 0 })
        .serve_at("/StatusNotifierWatcher", TrayHost { seen: seen.clone() })
        .name("org.freedesktop.Notifications")
        .name("org.kde.StatusNotifierWatcher")
        .build()
        .await
}
