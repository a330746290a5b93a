//! Where a program keeps its things, by the conventions of each system.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The folders of one program or profile. They may not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What must not be lost.
    pub data: PathBuf,
    /// Settings.
    pub config: PathBuf,
    /// What can be fetched again.
    pub cache: PathBuf,
    /// Logs.
    pub logs: PathBuf,
}

/// The system says of no home folder.
#[derive(Debug, thiserror::Error)]
#[error("there is no home folder")]
pub struct NoHome;

impl Folders {
    /// The system's folders for `program`, like `opora` or `opora-desk`.
    ///
    /// # Errors
    /// [`NoHome`].
    pub fn of(program: &str) -> Result<Self, NoHome> {
        let dirs = ProjectDirs::from("app", "", program).ok_or(NoHome)?;
        let data = dirs.data_local_dir().to_path_buf();
        Ok(Self {
            logs: data.join("logs"),
            config: dirs.config_dir().to_path_buf(),
            cache: dirs.cache_dir().to_path_buf(),
            data,
        })
    }

    /// Everything below one folder, as `--profile DIR` asks for (D11).
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        let data = folder.to_path_buf();
        Self { config: data.clone(), cache: data.join("cache"), logs: data.join("logs"), data }
    }
}

/// The data folder of `program`: the profile when one is named, else the system's.
///
/// # Errors
/// [`NoHome`].
pub fn data_dir(program: &str, profile: Option<&Path>) -> Result<PathBuf, NoHome> {
    match profile {
        Some(folder) => Ok(folder.to_path_buf()),
        None => Folders::of(program).map(|folders| folders.data),
    }
}
