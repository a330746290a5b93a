//! Files by the BLAKE3 hash of their content: `blobs/ab/<hash>`.
//!
//! A blob appears under its name only when it is whole, synced and its hash was verified. What is
//! still coming down is `partial/<hash>`. Names that people gave live in the database alone.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::HistoryError;

/// Bytes copied at once.
const PART: usize = 256 * 1024;

/// The blobs of one profile. All functions block; call them where that is allowed.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// The blobs below a profile.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(profile: &Path) -> Result<Self, HistoryError> {
        let folder = profile.join("blobs");
        fs::create_dir_all(folder.join("partial"))?;
        Ok(Self { folder })
    }

    /// Where a blob is or would be; none for a text that is not a hash.
    #[must_use]
    pub fn path(&self, hash: &str) -> Option<PathBuf> {
        let good = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        good.then(|| self.folder.join(&hash[..2]).join(hash))
    }

    /// Whether it is here, whole.
    #[must_use]
    pub fn has(&self, hash: &str) -> bool {
        self.path(hash).is_some_and(|path| path.is_file())
    }

    /// The bytes.
    ///
    /// # Errors
    /// When it is not here.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, HistoryError> {
        Ok(fs::read(self.path(hash).ok_or(HistoryError::Damaged)?)?)
    }

    /// Copies a file of the person in, so that the original may go. Answers its hash and size.
    ///
    /// # Errors
    /// When it cannot be read, or there is no room.
    pub fn copy_in(&self, source: &Path) -> Result<(String, u64), HistoryError> {
        self.keep(&mut File::open(source)?)
    }

    /// Keeps bytes. Answers their hash and size.
    ///
    /// # Errors
    /// When there is no room.
    pub fn put(&self, bytes: &[u8]) -> Result<(String, u64), HistoryError> {
        self.keep(&mut io::Cursor::new(bytes))
    }

    fn keep(&self, source: &mut impl Read) -> Result<(String, u64), HistoryError> {
        let mut half = HalfFile::create(&self.folder.join("partial"))?;
        let mut hasher = blake3::Hasher::new();
        let mut part = vec![0; PART];
        let mut size = 0_u64;
        loop {
            let read = source.read(&mut part)?;
            let Some(bytes) = part.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            hasher.update(bytes);
            half.file.write_all(bytes)?;
            size += u64::try_from(read).unwrap_or_default();
        }
        half.file.sync_all()?;
        let hash = hasher.finalize().to_hex().to_string();
        self.settle(&half.path, &hash)?;
        Ok((hash, size))
    }

    /// Where a download of this blob is collected; what is there from an earlier try is kept.
    #[must_use]
    pub fn partial(&self, hash: &str) -> Option<PathBuf> {
        self.path(hash)?;
        Some(self.folder.join("partial").join(hash))
    }

    /// Verifies a collected download and makes it a blob.
    ///
    /// # Errors
    /// [`HistoryError::Damaged`] when its hash differs; what was collected is then removed.
    pub fn finish(&self, hash: &str) -> Result<(), HistoryError> {
        let partial = self.partial(hash).ok_or(HistoryError::Damaged)?;
        let file = File::open(&partial)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(&file)?;
        if hasher.finalize().to_hex().as_str() != hash {
            fs::remove_file(&partial)?;
            return Err(HistoryError::Damaged);
        }
        file.sync_all()?;
        self.settle(&partial, hash)
    }

    fn settle(&self, from: &Path, hash: &str) -> Result<(), HistoryError> {
        let to = self.path(hash).ok_or(HistoryError::Damaged)?;
        let folder = to.parent().ok_or(HistoryError::Damaged)?;
        fs::create_dir_all(folder)?;
        fs::rename(from, &to)?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}

/// A file that is removed again when it was not renamed into place.
struct HalfFile {
    file: File,
    path: PathBuf,
}

impl HalfFile {
    fn create(folder: &Path) -> io::Result<Self> {
        let mut number = 0_u32;
        loop {
            let path = folder.join(format!("in-{}-{number}", std::process::id()));
            match File::options().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { file, path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for HalfFile {
    fn drop(&mut self) {
        // After a rename there is nothing here, which is as it should be.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_hash_and_the_original_may_go() {
        let profile = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(profile.path()).expect("blobs");
        let original = profile.path().join("печать.png");
        fs::write(&original, b"stamp").expect("written");
        let (hash, size) = blobs.copy_in(&original).expect("copied");
        fs::remove_file(&original).expect("gone");
        assert_eq!((hash.as_str(), size), (blake3::hash(b"stamp").to_hex().as_str(), 5));
        assert_eq!(blobs.read(&hash).expect("here"), b"stamp");
    }

    #[test]
    fn a_download_with_another_content_never_becomes_a_blob() {
        let profile = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::open(profile.path()).expect("blobs");
        let hash = blake3::hash(b"stamp").to_hex().to_string();
        fs::write(blobs.partial(&hash).expect("a hash"), b"forged").expect("written");
        assert!(matches!(blobs.finish(&hash), Err(HistoryError::Damaged)));
        assert!(!blobs.has(&hash));
        assert!(blobs.path("../../etc/passwd").is_none());
    }
}
