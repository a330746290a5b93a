//! Ends what a stage started, by process group, whatever happens to the stage itself.
//!
//! A [`Program`] stops its own group when dropped. The [`Keeper`] is the net below: a small shell
//! that knows all living groups, waits at a pipe, and when the pipe closes (also because this
//! process was killed) kills what is left and removes the stage's folder. Parent-death signals were
//! rejected: they follow the *thread* that forked, and tests start programs from short-lived threads.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};

/// Keeps the list of groups; at the end of its input ends them and removes folder `$1`.
const WATCH: &str = r#"
groups=
while read -r verb group; do
  case $verb in
    add) groups="$groups $group" ;;
    drop) rest=; for g in $groups; do [ "$g" = "$group" ] || rest="$rest $g"; done; groups=$rest ;;
  esac
done
for g in $groups; do kill -KILL -- "-$g" 2>/dev/null; done
rm -rf -- "$1"
"#;

/// How long a program may take to end by itself before it is killed.
const FAREWELL: Duration = Duration::from_secs(3);

/// The net below the programs of one stage. Clones share one keeper.
#[derive(Clone, Debug)]
pub struct Keeper(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    child: Mutex<Child>,
    pipe: Mutex<Option<ChildStdin>>,
}

impl Keeper {
    /// Starts the keeper of `folder`, which it removes when the last clone is gone.
    ///
    /// # Errors
    /// When the shell cannot be started.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut child = Command::new("sh")
            .args(["-c", WATCH, "keeper"])
            .arg(folder)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("start the keeper")?;
        let pipe = child.stdin.take();
        Ok(Self(Arc::new(Inner { child: Mutex::new(child), pipe: Mutex::new(pipe) })))
    }

    /// Starts `command` in a group of its own and keeps it.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(&self, name: &str, command: &mut Command) -> Result<Program> {
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("start {name} ({}); is it installed?", command.get_program().display()))?;
        self.say("add", child.id());
        Ok(Program { name: name.to_owned(), child, keeper: self.clone() })
    }

    fn say(&self, verb: &str, group: u32) {
        let mut pipe = self.0.pipe.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pipe) = pipe.as_mut() {
            // A dead keeper only loses the net; programs still end when they are dropped.
            let _ = writeln!(pipe, "{verb} {group}");
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop(self.pipe.lock().unwrap_or_else(PoisonError::into_inner).take());
        let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
    }
}

/// A running program with all it started; ended when dropped.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    keeper: Keeper,
}

impl Program {
    /// The process id, which is also its group's.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The handles of its input and output, when they were piped.
    pub fn pipes(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How it ended, when it has.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("look at {}", self.name))
    }

    /// Kills the whole group at once, as a power cut would (`kill -9`), and waits until none of it runs.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.child.wait();
        let start = Instant::now();
        // The others are not our children: nobody tells us of their end.
        while start.elapsed() < FAREWELL && group_runs(self.child.id()) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Asks the whole group to end, and kills it when it has not within three seconds.
    pub fn stop(&mut self) {
        self.signal(Signal::TERM);
        let start = Instant::now();
        while start.elapsed() < FAREWELL && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(10));
        }
        // The leader may be gone before its children: the group gets the last word either way.
        self.kill();
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
        self.keeper.say("drop", self.child.id());
    }
}

/// Whether a process of this group still runs. One that has ended and waits to be collected does not.
fn group_runs(group: u32) -> bool {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok()).any(|stat| {
        // `pid (name) state parent group …`; a name may hold anything.
        let mut fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
        let (state, of) = (fields.next(), fields.nth(1));
        of.is_some_and(|of| of == group.to_string()) && !matches!(state, Some("Z" | "X"))
    })
}
