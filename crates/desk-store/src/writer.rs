//! The one writer, and how several transactions share one way to the disk (group commit).
//!
//! A durable commit waits for the disk; the statements before it do not. So a transaction here is a
//! savepoint inside the engine's transaction: when it is done it joins the group, lets the next one
//! write, and is answered once the group's COMMIT has returned. Whoever waits for the writer by then
//! is in the same group, and nobody waits for a timer: alone, a transaction is committed at once.
//!
//! - *Idle*: no transaction of the engine is open. *Open*: there are joined transactions, or one is
//!   being written: it is [`Point::Torn`]. Dropped, it is rolled back to its savepoint before anything
//!   else is done; rolling back twice is rolling back once.
//! - There is one savepoint at most. For each that stands the engine keeps which pages were touched
//!   since, in a map as large as the file, and looks through all of them at each change: with one for
//!   every transaction of a group, a long group wrote ever more slowly, and so grew longer still.
//! - A command that was begun is carried out, whoever stops waiting for it: the engine's own thread has
//!   it. So the state is said before each, as it will be afterwards.
//! - When the engine cannot roll back to a savepoint it has thrown the whole transaction away (a full
//!   disk does that); then everybody in the group is told that nothing was saved.
//! - What a transaction reads may be of one that is not on the disk yet. So whoever answers from what
//!   was read commits first, also when there is nothing to write.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Weak},
};

use opora_desk::store::{Answer, StoreError};
use opora_runtime::{CancellationToken, Tasks};
use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{Mutex, Notify, OwnedMutexGuard, oneshot},
    time::timeout,
};

use crate::{PATIENCE, checkpoints, error::at};

/// Names the operation in errors.
const BEGIN: &str = "store.begin";
/// Where a transaction begins in the engine's.
const SAVEPOINT: &str = "SAVEPOINT t";
const UNDO: &str = "ROLLBACK TO t";
/// What was written since becomes part of the engine's transaction.
const RELEASE: &str = "RELEASE t";
/// Why a transaction never lacks its connection.
const HAS_CONNECTION: &str = "it began with a connection, and closing waits until it is over";

/// How a group ended; each of its transactions makes its own error of it.
#[derive(Clone, Copy, Debug)]
enum Failure {
    DiskFull,
    Lost,
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::DiskFull => Self::DiskFull,
            // Nothing was saved, and the same may be tried again.
            Failure::Lost => Self::Busy,
        }
    }
}

/// The savepoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    /// There is none.
    None,
    /// A transaction is being written behind it.
    Torn,
    /// Nothing is behind it: the next transaction begins here.
    Clean,
    /// What is behind it has joined.
    Joined,
}

/// The engine's transaction and who is in it.
#[derive(Debug)]
pub(crate) struct Group {
    /// None once it is closed.
    db: Option<SqliteConnection>,
    open: bool,
    point: Point,
    joined: Vec<oneshot::Sender<Result<(), Failure>>>,
}

/// The one writer.
#[derive(Debug)]
pub(crate) struct Writer {
    group: Arc<Mutex<Group>>,
    /// Somebody has joined.
    bell: Arc<Notify>,
    /// The journal has grown.
    written: Arc<Notify>,
    tasks: Tasks,
}

impl Writer {
    /// Opens the connection; needs a runtime for the task that commits.
    pub(crate) async fn open(options: &SqliteConnectOptions) -> Answer<Self> {
        let open = || async { SqliteConnection::connect_with(options).await.map_err(at("store.open")) };
        let (db, beside) = (open().await?, open().await?);
        let group = Group { db: Some(db), open: false, point: Point::None, joined: Vec::new() };
        let (group, tasks) = (Arc::new(Mutex::new(group)), Tasks::new());
        let (bell, written) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        tasks.spawn("commits", {
            let (group, bell, written) = (Arc::downgrade(&group), Arc::clone(&bell), Arc::clone(&written));
            move |stop| commits(group, bell, written, stop)
        });
        tasks.spawn("checkpoints", {
            let (group, written) = (Arc::downgrade(&group), Arc::clone(&written));
            move |stop| checkpoints::run(beside, group, written, stop)
        });
        Ok(Self { group, bell, written, tasks })
    }

    /// The connection, while nothing is written.
    pub(crate) async fn lock(&self) -> Answer<OwnedMutexGuard<Group>> {
        let waiting = Arc::clone(&self.group).lock_owned();
        let mut group = timeout(PATIENCE, waiting).await.map_err(|_| StoreError::Busy)?;
        group.mend().await;
        Ok(group)
    }

    #[cfg(test)]
    pub(crate) fn group(&self) -> &Mutex<Group> {
        &self.group
    }

    /// Begins a transaction; waits while another one writes.
    pub(crate) async fn begin(&self) -> Answer<Writing> {
        let mut group = self.lock().await?;
        group.begin().await?;
        Ok(Writing { group, _ring: Ring(Arc::clone(&self.bell)) })
    }

    /// Commits what has joined, and closes the file. The last connection tidies up, so it is this one.
    pub(crate) async fn close(&self) {
        let mut db = None;
        if let Ok(mut group) = self.lock().await {
            group.settle().await;
            db = group.db.take();
        }
        self.tasks.shutdown().await;
        if let Some(db) = db
            && let Err(error) = db.close().await
        {
            tracing::warn!(%error, "the file was not closed well");
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The tasks see that the group is gone.
        self.bell.notify_one();
        self.written.notify_one();
    }
}

/// Commits whenever somebody has joined. It waits for the writer behind everybody who waited already:
/// they are all in the group by then.
async fn commits(group: Weak<Mutex<Group>>, bell: Arc<Notify>, written: Arc<Notify>, stop: CancellationToken) {
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = bell.notified() => {}
        }
        let Some(group) = group.upgrade() else { return };
        group.lock().await.settle().await;
        written.notify_one();
    }
}

impl Group {
    /// The connection.
    pub(crate) fn db(&mut self) -> Answer<&mut SqliteConnection> {
        self.db.as_mut().ok_or(StoreError::Busy)
    }

    async fn run(&mut self, sql: &'static str, place: &'static str) -> Answer<()> {
        self.db()?.execute(sql).await.map_err(at(place))?;
        Ok(())
    }

    async fn begin(&mut self) -> Answer<()> {
        if !self.open {
            // Said before it is so: dropped in between, the savepoint would begin the transaction.
            self.open = true;
            if let Err(error) = self.run("BEGIN IMMEDIATE", BEGIN).await {
                self.open = false;
                return Err(error);
            }
        }
        if self.point == Point::Joined {
            self.point = Point::None;
            self.run(RELEASE, BEGIN).await?;
        }
        let stands = self.point == Point::Clean;
        self.point = Point::Torn;
        if stands { Ok(()) } else { self.run(SAVEPOINT, BEGIN).await }
    }

    /// Nothing is under way any more, and what has joined is on the disk.
    pub(crate) async fn settle(&mut self) {
        self.mend().await;
        self.commit().await;
    }

    /// Undoes a transaction that was dropped.
    async fn mend(&mut self) {
        if self.point != Point::Torn {
            return;
        }
        match self.run(UNDO, BEGIN).await {
            Ok(()) => self.point = Point::Clean,
            Err(_) => self.lose(Failure::Lost).await,
        }
    }

    /// Makes durable what has joined; nobody is left in a transaction of the engine.
    async fn commit(&mut self) {
        if !self.open {
            return;
        }
        if self.joined.is_empty() {
            return self.lose(Failure::Lost).await;
        }
        match self.run("COMMIT", "tx.commit").await {
            Ok(()) => self.answer(Ok(())),
            Err(error) => {
                tracing::error!(%error, waiting = self.joined.len(), "a group of transactions was not saved");
                let failure = if matches!(error, StoreError::DiskFull) { Failure::DiskFull } else { Failure::Lost };
                self.lose(failure).await;
            }
        }
    }

    /// Nothing of the group is kept.
    async fn lose(&mut self, failure: Failure) {
        // It fails when the engine has done that already.
        let _ = self.run("ROLLBACK", "tx.rollback").await;
        self.answer(Err(failure));
    }

    fn answer(&mut self, how: Result<(), Failure>) {
        (self.open, self.point) = (false, Point::None);
        for one in self.joined.drain(..) {
            // Who asked may have stopped waiting.
            let _ = one.send(how);
        }
    }
}

/// A transaction that is being written. Dropping it undoes it.
#[derive(Debug)]
pub(crate) struct Writing {
    group: OwnedMutexGuard<Group>,
    /// After the group is let go.
    _ring: Ring,
}

/// Calls the task that commits: also when nothing was done, for a transaction that stays open keeps other
/// programs from the file.
#[derive(Debug)]
struct Ring(Arc<Notify>);

impl Drop for Ring {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl Deref for Writing {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        self.group.db.as_ref().expect(HAS_CONNECTION)
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.group.db.as_mut().expect(HAS_CONNECTION)
    }
}

impl Writing {
    /// Joins the group; answers once it is on the disk. From here on dropping changes nothing: it is
    /// saved, only nobody is told.
    pub(crate) async fn commit(self) -> Answer<()> {
        let (saved, answer) = oneshot::channel();
        let Self { mut group, _ring: ring } = self;
        group.point = Point::Joined;
        group.joined.push(saved);
        drop(group);
        drop(ring);
        match answer.await {
            Ok(how) => how.map_err(StoreError::from),
            // The runtime stops.
            Err(_) => Err(StoreError::Busy),
        }
    }
}
