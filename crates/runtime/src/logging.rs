//! Logs: a rotating file in a folder, and the standard error as `OPORA_LOG` says.
//!
//! Only programs call [`start`]; libraries never do. Personal data goes into logs only inside
//! [`crate::Pii`], which prints `…`.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tracing_subscriber::{EnvFilter, Layer, fmt, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

/// Says what goes to the standard error, in the syntax of `EnvFilter`.
pub const VARIABLE: &str = "OPORA_LOG";
/// What the file gets; libraries below us only when they worry, and those that log addresses never.
const FILE_FILTER: &str = "warn,turn=off,stun=off,webrtc_util=off,opora=info,opora_client=info,opora_desk=info,opora_desk_server=info,\
    opora_desk_store=info,opora_desktop=info,opora_history=info,opora_media=info,opora_runtime=info,opora_screen=info";
/// What the standard error gets when the variable is not set.
const STDERR_FILTER: &str = "error";
/// A file is put aside at this size.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// Old files kept beside the present one.
const KEPT: u32 = 4;

/// Logs could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The folder or file cannot be written.
    #[error("the log file cannot be opened")]
    File(#[source] io::Error),
    /// Someone set a subscriber before.
    #[error("logging was set up before")]
    Again,
}

/// Sets up logging for this process: `FOLDER/NAME.log` (when a folder is given) and standard error.
///
/// # Errors
/// [`LogError`]; the program may go on without logs.
pub fn start(folder: Option<&Path>, name: &str) -> Result<(), LogError> {
    let file = match folder {
        Some(folder) => {
            let file = RotatingFile::open(folder, name).map_err(LogError::File)?;
            Some(fmt::layer().with_ansi(false).with_writer(file).with_filter(EnvFilter::new(FILE_FILTER)))
        }
        None => None,
    };
    let wanted = std::env::var(VARIABLE).unwrap_or_else(|_| STDERR_FILTER.to_owned());
    let stderr = fmt::layer().with_writer(io::stderr).with_filter(EnvFilter::new(wanted));
    tracing_subscriber::registry().with(file).with(stderr).try_init().map_err(|_| LogError::Again)
}

/// A log file that is renamed to `NAME.1.log` when it is full.
#[derive(Debug)]
pub struct RotatingFile {
    folder: PathBuf,
    name: String,
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    size: u64,
}

impl RotatingFile {
    /// Opens `FOLDER/NAME.log` for appending.
    ///
    /// # Errors
    /// When folder or file cannot be made.
    pub fn open(folder: &Path, name: &str) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let open = Self::append(&folder.join(format!("{name}.log")))?;
        Ok(Self { folder: folder.to_path_buf(), name: name.to_owned(), open: Mutex::new(open) })
    }

    fn append(path: &Path) -> io::Result<Open> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let size = file.metadata()?.len();
        Ok(Open { file, size })
    }

    fn path(&self, age: u32) -> PathBuf {
        match age {
            0 => self.folder.join(format!("{}.log", self.name)),
            age => self.folder.join(format!("{}.{age}.log", self.name)),
        }
    }

    /// Moves each file one place back; the oldest is overwritten. What is missing is no error.
    fn rotate(&self) -> io::Result<Open> {
        for age in (0..KEPT).rev() {
            match std::fs::rename(self.path(age), self.path(age + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Self::append(&self.path(0))
    }
}

/// Writes whole lines while it holds the file.
#[derive(Debug)]
pub struct Line<'a> {
    log: &'a RotatingFile,
    open: MutexGuard<'a, Open>,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.open.size >= MOST_BYTES {
            *self.open = self.log.rotate()?;
        }
        let written = self.open.file.write(bytes)?;
        self.open.size += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.file.flush()
    }
}

impl<'a> MakeWriter<'a> for RotatingFile {
    type Writer = Line<'a>;
    fn make_writer(&'a self) -> Line<'a> {
        Line { log: self, open: self.open.lock().unwrap_or_else(PoisonError::into_inner) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_file_is_put_aside_and_the_oldest_goes() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let log = RotatingFile::open(folder.path(), "desk")?;
        let line = vec![b'.'; 1024 * 1024];
        for _ in 0..30 {
            log.make_writer().write_all(&line)?;
        }
        let names = std::fs::read_dir(folder.path())?.count();
        assert_eq!(names, 5, "one in use and four put aside");
        Ok(())
    }
}
