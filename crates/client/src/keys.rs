//! This device's secret keys (D7).
//!
//! They live in the system's keyring, or in files that only this user may read, which the settings
//! say plainly. Which of the two was chosen is written down at the first start: a keyring that is
//! locked or gone later is an error, never a reason to make new keys, because a new key would be a
//! stranger to every desk.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use ed25519_dalek::SigningKey;
use opora_domain::PublicKey;
use opora_ipc::app::KeyStore;
use opora_runtime::Rng;

/// Service name in the keyring.
const SERVICE: &str = "app.opora.desktop";

/// Why a key could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The keyring does not answer or refuses.
    #[error("the keyring does not give the key")]
    Keyring(#[source] keyring::Error),
    /// A file could not be read or written.
    #[error("the key file cannot be used")]
    File(#[source] io::Error),
    /// What is kept is not a key.
    #[error("the key is damaged")]
    Damaged,
}

/// Where a profile keeps its keys.
#[derive(Clone, Debug)]
enum Place {
    Keyring { prefix: String },
    Files { folder: PathBuf },
}

/// The keys of one profile.
pub struct Keys {
    place: Place,
    device: SigningKey,
}

impl Keys {
    /// Opens the keys of a profile and makes the device's key at the first start. `wanted` is
    /// heeded at the first start only; a keyring that cannot be used then is replaced by files.
    ///
    /// # Errors
    /// [`KeyError`] when keys exist but cannot be read.
    pub fn open(profile: &Path, wanted: KeyStore, rng: &Rng) -> Result<Self, KeyError> {
        let folder = profile.join("keys");
        make_private_folder(&folder).map_err(KeyError::File)?;
        let mark = folder.join("where");
        let place = match fs::read_to_string(&mark) {
            Ok(text) => match text.trim().strip_prefix("keyring ") {
                Some(prefix) => Place::Keyring { prefix: prefix.to_owned() },
                None => Place::Files { folder },
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let place = choose(wanted, &folder, rng);
                write_private(&mark, place.describe().as_bytes()).map_err(KeyError::File)?;
                place
            }
            Err(error) => return Err(KeyError::File(error)),
        };
        let device = match place.read("device")? {
            Some(key) => key,
            None => place.make("device", rng)?,
        };
        Ok(Self { place, device })
    }

    /// The device's key.
    #[must_use]
    pub fn device(&self) -> &SigningKey {
        &self.device
    }

    /// The device's name everywhere.
    #[must_use]
    pub fn device_key(&self) -> PublicKey {
        self.device.verifying_key().into()
    }

    /// The organisation's key; only on the owner's device.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn organisation(&self) -> Result<Option<SigningKey>, KeyError> {
        self.place.read("organisation")
    }

    /// The organisation's key, made now if there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn make_organisation(&self, rng: &Rng) -> Result<SigningKey, KeyError> {
        match self.organisation()? {
            Some(key) => Ok(key),
            None => self.place.make("organisation", rng),
        }
    }

    /// Where they are, for the settings.
    #[must_use]
    pub fn store(&self) -> KeyStore {
        match self.place {
            Place::Keyring { .. } => KeyStore::Keyring,
            Place::Files { .. } => KeyStore::File,
        }
    }
}

impl Place {
    fn describe(&self) -> String {
        match self {
            Self::Keyring { prefix } => format!("keyring {prefix}\n"),
            Self::Files { .. } => "files\n".to_owned(),
        }
    }

    fn read(&self, name: &str) -> Result<Option<SigningKey>, KeyError> {
        let bytes = match self {
            Self::Keyring { prefix } => match entry(prefix, name).and_then(|entry| entry.get_secret()) {
                Ok(bytes) => bytes,
                Err(keyring::Error::NoEntry) => return Ok(None),
                Err(error) => return Err(KeyError::Keyring(error)),
            },
            Self::Files { folder } => match fs::read(folder.join(name)) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(KeyError::File(error)),
            },
        };
        let seed: [u8; 32] = bytes.try_into().map_err(|_| KeyError::Damaged)?;
        Ok(Some(SigningKey::from_bytes(&seed)))
    }

    fn make(&self, name: &str, rng: &Rng) -> Result<SigningKey, KeyError> {
        let seed: [u8; 32] = rng.bytes();
        match self {
            Self::Keyring { prefix } => {
                entry(prefix, name).and_then(|entry| entry.set_secret(&seed)).map_err(KeyError::Keyring)?;
            }
            Self::Files { folder } => write_private(&folder.join(name), &seed).map_err(KeyError::File)?,
        }
        Ok(SigningKey::from_bytes(&seed))
    }
}

/// The keyring when it is wanted and keeps what it is given; files otherwise.
fn choose(wanted: KeyStore, folder: &Path, rng: &Rng) -> Place {
    let files = Place::Files { folder: folder.to_owned() };
    if wanted == KeyStore::File {
        return files;
    }
    let prefix: String = rng.bytes::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
    let ring = Place::Keyring { prefix };
    match ring.make("device", rng).and_then(|_| ring.read("device")) {
        Ok(Some(_)) => ring,
        Ok(None) | Err(_) => {
            tracing::info!("no keyring answers; keys are kept in files of this user");
            files
        }
    }
}

fn entry(prefix: &str, name: &str) -> keyring::Result<keyring::Entry> {
    keyring::Entry::new(SERVICE, &format!("{prefix}/{name}"))
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Writes a file that only this user may read, wholly or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write as _;
    let half = path.with_extension("half");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&half, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_keeps_its_key_and_a_damaged_one_is_not_replaced() {
        let profile = tempfile::tempdir().expect("a folder");
        let rng = Rng::seeded(1);
        let first = Keys::open(profile.path(), KeyStore::File, &rng).expect("first start").device_key();
        let again = Keys::open(profile.path(), KeyStore::Keyring, &rng).expect("second start");
        assert_eq!(again.device_key(), first);
        assert_eq!(again.store(), KeyStore::File, "the choice of the first start stays");

        fs::write(profile.path().join("keys/device"), b"short").expect("damage");
        assert!(matches!(Keys::open(profile.path(), KeyStore::File, &rng), Err(KeyError::Damaged)));
        assert_eq!(fs::read(profile.path().join("keys/device")).expect("still there"), b"short");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_a_key_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let profile = tempfile::tempdir().expect("a folder");
        let keys = Keys::open(profile.path(), KeyStore::File, &Rng::seeded(2)).expect("keys");
        keys.make_organisation(&Rng::seeded(3)).expect("made");
        for name in ["device", "organisation"] {
            let mode = fs::metadata(profile.path().join("keys").join(name)).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }
}
