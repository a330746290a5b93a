//! Waiting with a witness: a condition, a deadline, and pictures when the deadline is missed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::display;

/// How often a condition is looked at: well under what a person notices, cheap for a loopback call.
const GLANCE: Duration = Duration::from_millis(20);

/// A deadline passed before the condition held.
#[derive(Debug, thiserror::Error)]
#[error("waited {waited:?} in vain for: {what}{}{}", self.because(), self.seen())]
pub struct Missed {
    what: String,
    waited: Duration,
    last: Option<String>,
    pictures: Vec<PathBuf>,
}

impl Missed {
    fn because(&self) -> String {
        self.last.as_ref().map_or_else(String::new, |last| format!("\n  last answer: {last}"))
    }

    fn seen(&self) -> String {
        self.pictures.iter().map(|path| format!("\n  picture: {}", path.display())).collect()
    }
}

/// Knows every display of a stage and where to leave pictures of them.
#[derive(Clone, Debug)]
pub struct Witness(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    stage: PathBuf,
    folder: PathBuf,
    displays: Mutex<Vec<(String, String)>>,
}

impl Witness {
    pub(crate) fn new(stage: &Path, folder: &Path) -> Self {
        Self(Arc::new(Inner { stage: stage.to_owned(), folder: folder.to_owned(), displays: Mutex::default() }))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn watch(&self, who: &str, display: &str) {
        self.displays().push((who.to_owned(), display.to_owned()));
    }

    fn displays(&self) -> std::sync::MutexGuard<'_, Vec<(String, String)>> {
        self.0.displays.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `look` gives a value. `None` and errors mean "not yet"; the last error is told
    /// when the deadline passes.
    ///
    /// # Errors
    /// [`Missed`], with the paths of pictures of every display taken at that moment.
    pub fn until<T>(
        &self,
        what: &str,
        deadline: Duration,
        mut look: impl FnMut() -> anyhow::Result<Option<T>>,
    ) -> Result<T, Missed> {
        let start = Instant::now();
        loop {
            let last = match look() {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => None,
                Err(error) => Some(format!("{error:#}")),
            };
            if start.elapsed() >= deadline {
                let pictures = self.photograph(what);
                self.keep_logs();
                return Err(Missed { what: what.to_owned(), waited: start.elapsed(), last, pictures });
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Keeps pictures and logs of a failure that is not a missed deadline, and says where they are.
    #[must_use]
    pub fn record(&self, what: &str) -> String {
        let pictures = self.photograph(what);
        self.keep_logs();
        pictures.iter().map(|path| format!("  picture: {}\n", path.display())).collect()
    }

    /// Leaves a picture of every display and says where; a display that is gone is left out.
    #[must_use]
    pub fn photograph(&self, what: &str) -> Vec<PathBuf> {
        let name: String = what.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
        let shots = self.displays().clone().into_iter().filter_map(|(who, display)| {
            let path = self.0.folder.join(format!("{name}-{who}.png"));
            std::fs::create_dir_all(&self.0.folder).ok()?;
            display::photograph(&display).ok()?.save(&path).ok()?;
            Some(path)
        });
        shots.collect()
    }

    /// Copies the programs' logs beside the pictures: the stage's own folder goes with the stage.
    fn keep_logs(&self) {
        for log in logs_below(&self.0.stage, DEPTH) {
            let name = log.strip_prefix(&self.0.stage).unwrap_or(&log).to_string_lossy().replace('/', "-");
            // Only a help for the reader of a failure, which is told either way.
            let _ = std::fs::copy(&log, self.0.folder.join(name));
        }
    }
}

/// `profiles/anna/logs/opora.log` is the deepest that matters.
const DEPTH: usize = 3;

fn logs_below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut logs = Vec::new();
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() && depth > 0 {
            logs.extend(logs_below(&path, depth - 1));
        } else if path.extension().is_some_and(|end| end == "log") {
            logs.push(path);
        }
    }
    logs
}
