//! One program per profile.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

use crate::HistoryError;

/// Held as long as the profile is in use; the system lets go of it when the process ends.
#[derive(Debug)]
pub struct ProfileLock {
    _file: File,
}

impl ProfileLock {
    /// Makes the profile's folder and takes its lock.
    ///
    /// # Errors
    /// [`HistoryError::InUse`] when another program has it.
    pub fn take(profile: &Path) -> Result<Self, HistoryError> {
        fs::create_dir_all(profile)?;
        let file = File::options().create(true).truncate(false).write(true).open(profile.join("profile.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(HistoryError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_opora_does_not_get_the_profile() {
        let profile = tempfile::tempdir().expect("a folder");
        let first = ProfileLock::take(profile.path()).expect("free");
        assert!(matches!(ProfileLock::take(profile.path()), Err(HistoryError::InUse)));
        drop(first);
        assert!(ProfileLock::take(profile.path()).is_ok());
    }
}
