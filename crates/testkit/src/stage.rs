//! The stage and the machines on it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::bus::Bus;
use crate::display::{Display, Size, log};
use crate::keeper::{Keeper, Program};
use crate::webdriver::WebDriver;
use crate::witness::{Missed, Witness};

/// A place for one story: one folder, any number of machines. Ends all it started when dropped.
#[derive(Debug)]
pub struct Stage {
    folder: PathBuf,
    witness: Witness,
    keeper: Keeper,
}

impl Stage {
    /// Opens a stage; `name` is for people (a test's name). Pictures of missed deadlines go to
    /// `$OPORA_STAGE_PICTURES`, else to `opora-stage/<name>` in the system's temporary folder.
    ///
    /// # Errors
    /// When the temporary folder cannot be made.
    pub fn open(name: &str) -> Result<Self> {
        let pictures = std::env::var_os("OPORA_STAGE_PICTURES")
            .map_or_else(|| std::env::temp_dir().join("opora-stage"), PathBuf::from)
            .join(name);
        // The folder is short: socket paths below it may have 107 bytes at most.
        let folder = tempfile::Builder::new().prefix("opora-").tempdir().context("make the stage's folder")?;
        let keeper = Keeper::of(folder.path())?;
        // From here the keeper removes it, also when this process is killed.
        let folder = TempDir::keep(folder);
        let witness = Witness::new(&folder, &pictures);
        Ok(Self { folder, witness, keeper })
    }

    /// The folder of the stage; gone with it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder for pictures, which outlives the stage.
    #[must_use]
    pub fn pictures(&self) -> &Path {
        self.witness.folder()
    }

    /// The witness of this stage, for those who wait on their own.
    #[must_use]
    pub fn witness(&self) -> &Witness {
        &self.witness
    }

    /// Waits until `look` gives a value; see [`Witness::until`].
    ///
    /// # Errors
    /// [`Missed`], with pictures of every display.
    pub fn until<T>(
        &self,
        what: &str,
        deadline: Duration,
        look: impl FnMut() -> Result<Option<T>>,
    ) -> Result<T, Missed> {
        self.witness.until(what, deadline, look)
    }

    /// Sets up the machine of one person, 1920 x 1080.
    ///
    /// # Errors
    /// When a part of it is not installed or does not start.
    pub fn machine(&self, who: &str) -> Result<Machine> {
        self.machine_with(who, Size::default())
    }

    /// Sets up the machine of one person with a screen of `size`.
    ///
    /// # Errors
    /// When a part of it is not installed or does not start.
    pub fn machine_with(&self, who: &str, size: Size) -> Result<Machine> {
        Machine::start(self, who, size)
    }

    /// Starts a program without a display (a desk, for example); its output goes to `<name>.log`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, name: &str, command: &mut Command) -> Result<Program> {
        command.stdin(Stdio::null()).stdout(log(&self.folder, name)?).stderr(log(&self.folder, name)?);
        self.keeper.start(name, command)
    }

    /// What a program started here has printed so far.
    ///
    /// # Errors
    /// When there is no such log.
    pub fn log_of(&self, name: &str) -> Result<String> {
        let path = self.folder.join(format!("{name}.log"));
        Ok(String::from_utf8_lossy(&std::fs::read(&path).with_context(|| path.display().to_string())?).into_owned())
    }
}

/// A port that nothing listens on now.
///
/// # Errors
/// When the system has none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("find a free port")?.local_addr()?.port())
}

/// What one person sits at: display, session bus, home folder.
#[derive(Debug)]
pub struct Machine {
    who: String,
    home: PathBuf,
    display: Display,
    bus: Bus,
    keeper: Keeper,
    witness: Witness,
}

impl Machine {
    fn start(stage: &Stage, who: &str, size: Size) -> Result<Self> {
        let home = stage.folder.join(who);
        for folder in ["config", "data", "cache", "state", "run"] {
            std::fs::create_dir_all(home.join(folder)).context("make the home folder")?;
        }
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(home.join("run"), private).context("close the runtime folder")?;
        let display = Display::start(&stage.keeper, &stage.witness, &home, size)?;
        stage.witness.watch(who, display.name());
        let bus = Bus::start(&stage.keeper, &home)?;
        let (keeper, witness) = (stage.keeper.clone(), stage.witness.clone());
        Ok(Self { who: who.to_owned(), home, display, bus, keeper, witness })
    }

    /// Whose machine it is.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    /// The person's home folder.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The screen.
    #[must_use]
    pub fn display(&self) -> &Display {
        &self.display
    }

    pub(crate) fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// The session bus with what was notified.
    #[must_use]
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// The environment of this machine's programs, complete: nothing else is inherited.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, String)> {
        let of_home = |folder: &str| self.home.join(folder).display().to_string();
        let mut all = vec![
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("LC_ALL", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
            ("DISPLAY", self.display.name().into()),
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.address().into()),
            ("HOME", self.home.display().to_string()),
            ("XDG_CONFIG_HOME", of_home("config")),
            ("XDG_DATA_HOME", of_home("data")),
            ("XDG_CACHE_HOME", of_home("cache")),
            ("XDG_STATE_HOME", of_home("state")),
            ("XDG_RUNTIME_DIR", of_home("run")),
            ("XDG_SESSION_TYPE", "x11".into()),
            ("GDK_BACKEND", "x11".into()),
            ("GSETTINGS_BACKEND", "memory".into()),
            ("GTK_USE_PORTAL", "0".into()),
            ("NO_AT_BRIDGE", "1".into()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
            ("RUST_BACKTRACE", "1".into()),
        ];
        // What the developer asked of the programs goes through; what the system set does not.
        all.extend(std::env::var("OPORA_LOG").ok().map(|level| ("OPORA_LOG", level)));
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Starts a program on this machine; its output goes to `<name>.log` in the home folder.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start_program(&self, name: &str, command: &mut Command) -> Result<Program> {
        command.env_clear().envs(self.environment()).current_dir(&self.home);
        command.stdin(Stdio::null()).stdout(log(&self.home, name)?).stderr(log(&self.home, name)?);
        self.keeper.start(name, command)
    }

    /// Starts a program with webviews under WebDriver.
    ///
    /// # Errors
    /// When the driver is not installed, or the program does not show a window in time.
    pub fn drive(&self, binary: &Path, args: &[&str]) -> Result<WebDriver> {
        WebDriver::start(self, &self.witness, binary, args)
    }

    /// What a program started here has printed so far.
    ///
    /// # Errors
    /// When there is no such log.
    pub fn log_of(&self, name: &str) -> Result<String> {
        let path = self.home.join(format!("{name}.log"));
        Ok(String::from_utf8_lossy(&std::fs::read(&path).with_context(|| path.display().to_string())?).into_owned())
    }
}
