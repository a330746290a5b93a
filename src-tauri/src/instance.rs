//! One Opora a profile.
//!
//! The first one holds a lock on `shell.lock` and listens at `shell.sock`, both in the profile. A
//! later one hands its link over and ends; the first shows its window. A link that comes this way
//! is as untrusted as one from the command line: the core parses it, the person decides.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use opora_client::Core;
use tauri::AppHandle;

use crate::windows;

/// An invite link has under 300 bytes; more is not one.
const MOST: u64 = 2048;
/// The first one may still be starting; it listens within this time on a loaded machine.
const ANSWER: Duration = Duration::from_secs(20);
/// One that listens hears at once.
const HEARING: Duration = Duration::from_secs(2);
/// The answer of the one that runs.
const TAKEN: [u8; 1] = *b"+";

/// The right to be the profile's only program; given back when the process ends.
#[derive(Debug)]
pub(crate) struct Instance {
    socket: UnixListener,
    _lock: File,
}

impl Instance {
    /// Claims the profile. `None`: another one has it and has been shown, with our link.
    ///
    /// # Errors
    /// When the profile cannot be written, or its owner does not answer.
    pub(crate) fn claim(profile: &Path, link: Option<&str>) -> Result<Option<Self>> {
        let lock = File::options().create(true).append(true).open(profile.join("shell.lock"));
        let lock = lock.context("open the profile's lock")?;
        let door = Door::of(profile)?;
        let start = Instant::now();
        // The one that holds the lock may be starting, then it will listen; or ending, then the lock
        // will be free.
        while lock.try_lock().is_err() {
            if hand_over(&door, link.unwrap_or_default()) {
                return Ok(None);
            }
            ensure!(start.elapsed() < ANSWER, "another Opora uses this profile and does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        // Holding the lock, a socket file can only be a dead one's.
        let _ = std::fs::remove_file(&door.path);
        let socket = UnixListener::bind(&door.path).context("listen in the profile")?;
        Ok(Some(Self { socket, _lock: lock }))
    }

    /// Answers later ones until the process ends.
    pub(crate) fn serve(self, app: AppHandle, core: Arc<Core>) {
        std::thread::spawn(move || {
            // All of it moves here: a closure takes only the fields it names, and the lock must live.
            let Self { socket, _lock } = self;
            for visitor in socket.incoming() {
                match visitor.map_err(anyhow::Error::from).and_then(|stream| hear(&stream)) {
                    Ok(link) => {
                        windows::show_main(&app);
                        if !link.is_empty() {
                            core.propose_invite(link);
                        }
                    }
                    Err(error) => tracing::warn!("a second start could not be heard: {error:#}"),
                }
            }
        });
    }
}

/// The socket's place by way of the open folder: a profile's path may be longer than the 107 bytes
/// that a socket's name may have.
struct Door {
    path: PathBuf,
    _folder: File,
}

impl Door {
    fn of(profile: &Path) -> Result<Self> {
        let folder = File::open(profile).context("open the profile")?;
        let short = if cfg!(target_os = "linux") {
            PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()))
        } else {
            profile.to_owned()
        };
        Ok(Self { path: short.join("shell.sock"), _folder: folder })
    }
}

/// Whether the one that listens at the door took the link. It has to say so: a connection alone is
/// made by the system, also with a process that is about to end.
fn hand_over(door: &Door, link: &str) -> bool {
    let told = || -> std::io::Result<bool> {
        let mut stream = UnixStream::connect(&door.path)?;
        stream.set_read_timeout(Some(HEARING))?;
        writeln!(stream, "{link}")?;
        let mut answer = [0];
        stream.read_exact(&mut answer).map(|()| answer == TAKEN)
    };
    told().unwrap_or(false)
}

fn hear(mut stream: &UnixStream) -> Result<String> {
    stream.set_read_timeout(Some(HEARING))?;
    let mut line = String::new();
    BufReader::new(stream.take(MOST)).read_line(&mut line)?;
    stream.write_all(&TAKEN)?;
    Ok(line.trim().to_owned())
}
