//! The key that seals passwords and letters in the database: `seal.key`, 32 bytes, 0600.

use std::{
    io::{self, Write},
    path::Path,
};

use opora_runtime::Rng;

use crate::system;

/// Its name in the data folder.
pub(crate) const FILE: &str = "seal.key";

/// Reads the key, or makes it when the folder has none.
pub(crate) fn load(folder: &Path, rng: &Rng) -> io::Result<[u8; 32]> {
    match std::fs::read(folder.join(FILE)) {
        Ok(bytes) => bytes.try_into().map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "seal.key is damaged")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key: [u8; 32] = rng.bytes();
            let part = folder.join("seal.key.part");
            let mut file = system::private_file().open(&part)?;
            file.write_all(&key)?;
            file.sync_all()?;
            std::fs::rename(&part, folder.join(FILE))?;
            system::sync_folder(folder)?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}
