//! The command line.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use opora_client::CoreOptions;
use opora_ipc::app::{KeyStore, Language};

use crate::windows::Start;

/// Help, for those who need it and those who give it.
#[derive(Debug, Parser)]
#[command(name = "opora-desktop", version)]
pub(crate) struct Args {
    /// Folder of this profile: data, keys' names, lock. Two profiles run beside each other.
    #[arg(long, env = "OPORA_PROFILE")]
    profile: Option<PathBuf>,
    /// Where this device's keys are kept; heeded at the profile's first start.
    #[arg(long, env = "OPORA_KEY_STORE", default_value = "keyring")]
    key_store: KeyPlace,
    /// Language of a profile that has chosen none yet.
    #[arg(long, env = "OPORA_LANG")]
    pub(crate) lang: Option<Lang>,
    /// Let remote sessions use loopback addresses: both Oporas on one computer.
    #[arg(long, env = "OPORA_LOOPBACK")]
    loopback: bool,
    /// Start into the tray, without a window; as with the computer.
    #[arg(long)]
    hidden: bool,
    /// An invite link (`opora://…`); it is shown, never redeemed by itself.
    pub(crate) link: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KeyPlace {
    Keyring,
    File,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Lang {
    #[default]
    Ru,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ru => Self::Ru,
            Lang::En => Self::En,
        }
    }
}

impl Args {
    /// The profile's folder: the one that was named, else the user's own.
    ///
    /// # Errors
    /// When the system has no home folder for this user.
    pub(crate) fn profile(&self) -> Result<PathBuf> {
        let folder = opora_runtime::folders::data_dir("opora", self.profile.as_deref())?;
        Ok(std::path::absolute(folder)?)
    }

    /// Whether a window is shown at first. Who brings a link wants to see it.
    pub(crate) fn start(&self) -> Start {
        if self.hidden && self.link.is_none() { Start::InTray } else { Start::Shown }
    }

    /// What the core is started with.
    pub(crate) fn core_options(&self, profile: PathBuf) -> CoreOptions {
        let key_store = match self.key_store {
            KeyPlace::Keyring => KeyStore::Keyring,
            KeyPlace::File => KeyStore::File,
        };
        let language = self.lang.map(Language::from);
        CoreOptions { key_store, language, loopback: self.loopback, ..CoreOptions::new(profile) }
    }
}
