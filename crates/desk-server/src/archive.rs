//! A backup: one tar archive with the database, the identity, the sealing key and the files, and
//! at its end a manifest with the hash of each.
//!
//! It is made beside a running desk: first one moment of the database, then the files that it
//! speaks of, which never change. Nothing has the archive's name before all of it is on the disk;
//! nothing has the data folder's name before all of it was verified.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
};

use opora_desk::StoreError;
use opora_desk_store::copy::{self, Contents};
use opora_domain::Timestamp;
use opora_runtime::Rng;
use serde::{Deserialize, Serialize};

use crate::{seal_key, system};

const DATABASE: &str = "desk.db";
const MANIFEST: &str = "manifest.json";
/// Files beside the database; the first must be there.
const KEYS: [&str; 2] = ["desk.key", seal_key::FILE];
/// Version of the manifest.
const FORMAT: u32 = 1;
/// A manifest of a million files has 120 MB.
const MOST_MANIFEST: u64 = 256 * 1024 * 1024;

/// What is in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this list.
    pub format: u32,
    /// When it was made.
    pub made_at: Timestamp,
    /// The firm.
    pub firm: String,
    /// The last `gseq` in it.
    pub head: i64,
    /// Path in the archive, with size and hash.
    pub files: BTreeMap<String, Entry>,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Bytes.
    pub size: u64,
    /// BLAKE3 in hex.
    pub blake3: String,
}

/// A backup could not be made, or not be restored; then nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// There is a file of that name.
    #[error("{0} exists already; name a new file")]
    Exists(PathBuf),
    /// The folder to restore into holds something.
    #[error("{0} is not empty; a backup is restored into a new folder, so that nothing is overwritten")]
    NotEmpty(PathBuf),
    /// There is no desk in the folder.
    #[error("there is no desk in {0}")]
    NoDesk(PathBuf),
    /// The archive is not one of ours, or of a later version.
    #[error("this is not a backup that this version can read")]
    NotOurs,
    /// A file is not what the manifest says.
    #[error("the backup is damaged: {0} is not what it was; nothing was restored")]
    Damaged(String),
    /// Reading or writing failed.
    #[error("reading or writing failed")]
    Io(#[from] io::Error),
    /// The database.
    #[error("the database cannot be read")]
    Store(#[from] StoreError),
}

/// Copies the desk in `data` into the new file `to`. The desk may run.
///
/// # Errors
/// [`ArchiveError`].
pub async fn backup(data: &Path, to: &Path, now: Timestamp) -> Result<Manifest, ArchiveError> {
    if to.exists() {
        return Err(ArchiveError::Exists(to.to_owned()));
    }
    if !data.join(DATABASE).is_file() {
        return Err(ArchiveError::NoDesk(data.to_owned()));
    }
    let part = beside(to, "part")?;
    let moment = beside(to, "db")?;
    remove(&moment)?;
    copy::copy(&data.join(DATABASE), &moment).await?;
    let contents = copy::contents(&moment).await?;
    let (data, to) = (data.to_owned(), to.to_owned());
    let written = tokio::task::spawn_blocking(move || {
        let written = write(&data, &moment, &part, &contents, now);
        remove(&moment)?;
        match written {
            Ok(manifest) => {
                fs::rename(&part, &to)?;
                system::sync_folder(
                    to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")),
                )?;
                Ok(manifest)
            }
            Err(error) => {
                remove(&part)?;
                Err(error)
            }
        }
    });
    written.await.map_err(io::Error::other)?
}

fn write(
    data: &Path,
    moment: &Path,
    part: &Path,
    contents: &Contents,
    now: Timestamp,
) -> Result<Manifest, ArchiveError> {
    let mut archive = tar::Builder::new(io::BufWriter::new(system::private_file().open(part)?));
    let mut files = BTreeMap::new();
    let mut add = |name: String, path: &Path| -> Result<(), ArchiveError> {
        let entry = append(&mut archive, &name, File::open(path)?)?;
        files.insert(name, entry);
        Ok(())
    };
    add(DATABASE.to_owned(), moment)?;
    for (at, key) in KEYS.into_iter().enumerate() {
        let path = data.join(key);
        if at == 0 || path.exists() {
            add(key.to_owned(), &path)?;
        }
    }
    for hash in &contents.blobs {
        let name = blob_name(*hash);
        let path = data.join(&name);
        // What was erased since the moment of the copy is not brought back.
        if path.exists() {
            add(name, &path)?;
        }
    }
    let manifest = Manifest { format: FORMAT, made_at: now, firm: contents.firm.clone(), head: contents.head, files };
    let text = serde_json::to_vec(&manifest).map_err(io::Error::other)?;
    let mut header = header(text.len() as u64);
    archive.append_data(&mut header, MANIFEST, text.as_slice())?;
    let mut file = archive.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.flush()?;
    file.sync_all()?;
    Ok(manifest)
}

fn append(archive: &mut tar::Builder<impl Write>, name: &str, file: File) -> Result<Entry, ArchiveError> {
    let size = file.metadata()?.len();
    let mut hashing = Hashing { inner: file.take(size), hasher: blake3::Hasher::new() };
    archive.append_data(&mut header(size), name, &mut hashing)?;
    Ok(Entry { size, blake3: hashing.hasher.finalize().to_hex().to_string() })
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

/// Restores the archive `from` into the new folder `data`; a desk started there begins a new feed.
///
/// # Errors
/// [`ArchiveError`].
pub async fn restore(from: &Path, data: &Path, rng: &Rng) -> Result<Manifest, ArchiveError> {
    let empty = match fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(error.into()),
    };
    if !empty {
        return Err(ArchiveError::NotEmpty(data.to_owned()));
    }
    let part = beside(data, "restoring")?;
    let restored = unpack_and_renew(from, &part, rng).await;
    match restored {
        Ok(manifest) => {
            if data.exists() {
                fs::remove_dir(data)?;
            }
            fs::rename(&part, data)?;
            Ok(manifest)
        }
        Err(error) => {
            if part.exists() {
                fs::remove_dir_all(&part)?;
            }
            Err(error)
        }
    }
}

async fn unpack_and_renew(from: &Path, part: &Path, rng: &Rng) -> Result<Manifest, ArchiveError> {
    if part.exists() {
        fs::remove_dir_all(part)?;
    }
    let archive = File::open(from)?;
    fs::create_dir_all(part)?;
    system::private_folder(part)?;
    let folder = part.to_owned();
    let unpacked = tokio::task::spawn_blocking(move || unpack(archive, &folder));
    let manifest = unpacked.await.map_err(io::Error::other)??;
    let database = part.join(DATABASE);
    copy::contents(&database).await?;
    copy::begin_anew(&database, rng).await?;
    Ok(manifest)
}

fn unpack(archive: File, folder: &Path) -> Result<Manifest, ArchiveError> {
    let (mut found, mut manifest) = (BTreeMap::new(), None);
    let mut archive = tar::Archive::new(io::BufReader::new(archive));
    for entry in archive.entries().map_err(|_| ArchiveError::NotOurs)? {
        let entry = entry.map_err(|_| ArchiveError::NotOurs)?;
        let path = entry.path().map_err(|_| ArchiveError::NotOurs)?.into_owned();
        let name = known_name(&path).ok_or(ArchiveError::NotOurs)?;
        if !entry.header().entry_type().is_file() {
            return Err(ArchiveError::NotOurs);
        }
        if name == MANIFEST {
            manifest = Some(serde_json::from_reader(entry.take(MOST_MANIFEST)).map_err(|_| ArchiveError::NotOurs)?);
            continue;
        }
        let target = folder.join(&name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = system::private_file().open(&target)?;
        let mut hashing = Hashing { inner: entry, hasher: blake3::Hasher::new() };
        let size = io::copy(&mut hashing, &mut file).map_err(|_| ArchiveError::Damaged(name.clone()))?;
        file.sync_all()?;
        found.insert(name, Entry { size, blake3: hashing.hasher.finalize().to_hex().to_string() });
    }
    let manifest: Manifest = manifest.ok_or(ArchiveError::NotOurs)?;
    if manifest.format > FORMAT {
        return Err(ArchiveError::NotOurs);
    }
    compare(&manifest, &found)?;
    Ok(manifest)
}

fn compare(manifest: &Manifest, found: &BTreeMap<String, Entry>) -> Result<(), ArchiveError> {
    for (name, entry) in &manifest.files {
        if found.get(name) != Some(entry) {
            return Err(ArchiveError::Damaged(name.clone()));
        }
    }
    match found.keys().find(|name| !manifest.files.contains_key(*name)) {
        Some(stranger) => Err(ArchiveError::Damaged(stranger.clone())),
        None => Ok(()),
    }
}

/// The names that an archive of ours may have; nothing else is ever written.
fn known_name(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    match parts?.as_slice() {
        [name] if *name == DATABASE || *name == MANIFEST || KEYS.contains(name) => Some((*name).to_owned()),
        ["blobs", first, name] if name.len() == 64 && hex(name) && name.starts_with(first) && first.len() == 2 => {
            Some(format!("blobs/{first}/{name}"))
        }
        _ => None,
    }
}

fn blob_name(hash: [u8; 32]) -> String {
    let hex = blake3::Hash::from_bytes(hash).to_hex();
    format!("blobs/{}/{hex}", hex.get(..2).unwrap_or_default())
}

/// A name of our own in the same folder.
fn beside(path: &Path, suffix: &str) -> Result<PathBuf, ArchiveError> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut name = name.to_owned();
    name.push(format!(".{suffix}"));
    Ok(path.with_file_name(name))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Hashes what is read through it.
struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..length).unwrap_or_default());
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_ever_written() {
        let blob = blob_name([0xab; 32]);
        for good in ["desk.db", "desk.key", "manifest.json", &blob] {
            assert_eq!(known_name(Path::new(good)).as_deref(), Some(good));
        }
        let far = format!("blobs/cd/{}", "ab".repeat(32));
        for bad in ["../desk.db", "/etc/passwd", "desk.db/x", "blobs/ab/../../x", "lock", "blobs/ab/short", &far] {
            assert_eq!(known_name(Path::new(bad)), None, "{bad}");
        }
    }
}
