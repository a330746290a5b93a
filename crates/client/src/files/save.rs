//! Putting a received file where the person wants it, under a harmless name; nothing is replaced.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use opora_domain::{MessageId, file, message::Attachment};
use opora_history::HistoryError;
use opora_ipc::{ErrorCode, UiError};

use crate::{core::Core, refusal::local};

/// Names that are tried before giving up.
const MOST_COPIES: u32 = 1_000;

impl Core {
    /// Copies a file that is here into a folder; the downloads folder when it is empty.
    ///
    /// # Errors
    /// When the file is not here, or cannot be written there.
    pub(crate) async fn save(&self, message: MessageId, folder: &str) -> Result<PathBuf, UiError> {
        let gone = || UiError::permanent(ErrorCode::NotFound, "the file is not here");
        let attachment = self.attachment(message).await.ok_or_else(gone)?;
        self.save_attachment(attachment, folder).await
    }

    async fn save_attachment(&self, attachment: Attachment, folder: &str) -> Result<PathBuf, UiError> {
        let gone = || UiError::permanent(ErrorCode::NotFound, "the file is not here");
        let from = self.blobs.path(&attachment.hash).filter(|path| path.is_file()).ok_or_else(gone)?;
        let folder = if folder.is_empty() { self.downloads() } else { PathBuf::from(folder) };
        let copied = tokio::task::spawn_blocking(move || copy_beside(&from, &folder, &attachment)).await;
        copied
            .map_err(|error| UiError::permanent(ErrorCode::Internal, error))?
            .map_err(|error| local(HistoryError::from(error)))
    }

    /// Saves a file into the downloads folder and opens it with the system's program, unless
    /// opening could act on the machine.
    ///
    /// # Errors
    /// As [`Core::save`]; or it is dangerous.
    pub(crate) async fn open(self: &Arc<Self>, message: MessageId) -> Result<(), UiError> {
        let path = self.save(message, "").await?;
        self.open_path(path).await
    }

    /// As [`Core::open`], of a file that is here.
    ///
    /// # Errors
    /// As [`Core::open`].
    pub(crate) async fn open_attachment(self: &Arc<Self>, file: &Attachment) -> Result<(), UiError> {
        let path = self.save_attachment(file.clone(), "").await?;
        self.open_path(path).await
    }

    async fn open_path(&self, path: PathBuf) -> Result<(), UiError> {
        if file::is_dangerous(&path.to_string_lossy()) {
            return Err(UiError::permanent(ErrorCode::NotAllowed, "a file that could act is only saved"));
        }
        if !self.options.opener {
            return Ok(());
        }
        let opened = tokio::task::spawn_blocking(move || open_with_system(&path)).await;
        opened
            .map_err(|error| UiError::permanent(ErrorCode::Internal, error))?
            .map_err(|error| UiError::permanent(ErrorCode::FileUnreadable, error))
    }

    /// Writes something of this program's own into the downloads folder and opens it. It may hold
    /// secrets: nobody else on this computer may read it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) async fn save_own(&self, name: &str, bytes: Vec<u8>) -> Result<PathBuf, UiError> {
        let (folder, name, opener) = (self.downloads(), name.to_owned(), self.options.opener);
        let written = tokio::task::spawn_blocking(move || {
            let (mut file, path) = create_beside(&folder, &name)?;
            make_private(&file)?;
            io::Write::write_all(&mut file, &bytes)?;
            file.sync_all()?;
            // The page is there whether or not anything shows it.
            if opener && let Err(error) = open_with_system(&path) {
                tracing::info!(%error, "nothing opens the page");
            }
            Ok(path)
        });
        let written: io::Result<PathBuf> =
            written.await.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
        written.map_err(|error| local(HistoryError::from(error)))
    }

    /// Writes a new file into the downloads folder, beside whatever has its name already.
    ///
    /// # Errors
    /// When it cannot be written there.
    pub(crate) async fn save_new(&self, name: String, bytes: Vec<u8>) -> io::Result<PathBuf> {
        let folder = self.downloads();
        let write = move || {
            let (mut file, path) = create_beside(&folder, &name)?;
            io::Write::write_all(&mut file, &bytes)?;
            file.sync_all()?;
            Ok(path)
        };
        tokio::task::spawn_blocking(write).await.map_err(io::Error::other)?
    }

    fn downloads(&self) -> PathBuf {
        self.options.downloads.clone().unwrap_or_else(|| self.options.profile.join("downloads"))
    }
}

fn copy_beside(from: &Path, folder: &Path, attachment: &Attachment) -> io::Result<PathBuf> {
    let (mut file, path) = create_beside(folder, &file::safe_name(&attachment.name))?;
    io::copy(&mut fs::File::open(from)?, &mut file)?;
    file.sync_all()?;
    Ok(path)
}

/// A new file of that name, or of the first free one like it.
fn create_beside(folder: &Path, name: &str) -> io::Result<(fs::File, PathBuf)> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
        _ => (name.to_owned(), String::new()),
    };
    for number in 1..MOST_COPIES {
        let tried = if number == 1 { name.to_owned() } else { format!("{stem} ({number}){ending}") };
        let path = folder.join(tried);
        match fs::File::options().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

fn make_private(file: &fs::File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    let _ = file;
    Ok(())
}

/// Hands a file to the system's program for it and does not wait for its end.
fn open_with_system(path: &Path) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut opener =
        Command::new(program).arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // It ends once it has handed the file over; who waits for it must not be a command.
    std::thread::spawn(move || opener.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_that_name_stands_beside_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let from = folder.path().join("blob");
        fs::write(&from, b"one").expect("written");
        let to = folder.path().join("downloads");
        let file =
            Attachment {
                hash: String::new(), name: "../счёт.pdf".into(), size: 3, mime: String::new(), picture: None
            };
        let first = copy_beside(&from, &to, &file).expect("saved");
        let second = copy_beside(&from, &to, &file).expect("saved");
        assert_eq!((first, second), (to.join("счёт.pdf"), to.join("счёт (2).pdf")));
    }
}
