//! The closed loop, and what the desk's log says afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, bail};
use opora_desk::{
    Actor,
    record::Entry,
    store::{Store, Tx},
};
use opora_domain::{
    ConversationId, PersonId, RequestId,
    request::{Class, State},
    role::Role,
};
use opora_runtime::Rng;
use opora_wire::{Op, OpBody, OpResult, Refusal, RefusalCode, ToClient, event::EventBody};

use super::{Options, Report, Start};

/// As a desk begins with.
pub(super) const CAPACITY: u32 = 4;
/// Requests that wait at most; the race is for the oldest ones.
const BACKLOG: usize = 200;
/// Everybody wants one of so many.
const WANTED: u64 = 16;
/// One claim in so many is for what rings elsewhere.
const GREED: u64 = 20;
/// One operation in so many is cut off.
const DEATH: u64 = 10;
/// At the latest after so many microseconds; most operations take less.
const LONGEST_LIFE: u64 = 6_000;
/// One claimer in so many is connected and gets offers.
const CONNECTED: usize = 10;
/// The desk's own look between claims.
const LOOK: Duration = Duration::from_millis(20);
/// No claim at all for so long means that the race hangs.
const PATIENCE: Duration = Duration::from_secs(60);

struct Race {
    start: Arc<Start>,
    claims: usize,
    asked: AtomicUsize,
    closed: AtomicUsize,
    killed: AtomicUsize,
    contended: AtomicUsize,
    over: AtomicUsize,
    stop: AtomicBool,
    board: Mutex<Arc<Vec<Entry>>>,
    told: Mutex<BTreeMap<RequestId, BTreeSet<PersonId>>>,
}

/// Runs it and fills its part of the report.
pub(super) async fn run(start: Arc<Start>, options: &Options, report: &mut Report) -> Result<()> {
    let race = Arc::new(Race {
        start,
        claims: options.claims,
        asked: AtomicUsize::new(0),
        closed: AtomicUsize::new(0),
        killed: AtomicUsize::new(0),
        contended: AtomicUsize::new(0),
        over: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
        board: Mutex::default(),
        told: Mutex::default(),
    });
    let began = Instant::now();
    let mut runners = tokio::task::JoinSet::new();
    for customer in race.start.customers.clone() {
        let race = Arc::clone(&race);
        runners.spawn(async move { race.ask(customer).await });
    }
    for (number, claimer) in race.start.claimers.clone().into_iter().enumerate() {
        let (race, rng) = (Arc::clone(&race), Rng::seeded(options.seed ^ (number as u64 + 1)));
        runners.spawn(async move { race.claim(claimer, rng).await });
    }
    let desk = tokio::spawn({
        let race = Arc::clone(&race);
        async move { race.desk().await }
    });
    while let Some(ended) = runners.join_next().await {
        ended??;
    }
    race.stop.store(true, SeqCst);
    desk.await??;
    let seconds = began.elapsed().as_secs_f64();
    report.claims = race.closed.load(SeqCst);
    report.closed_per_s = report.claims as f64 / seconds;
    report.killed = race.killed.load(SeqCst);
    report.contended = race.contended.load(SeqCst);
    report.over_capacity = race.over.load(SeqCst);
    report.file_kb = race.start.firm.bytes() / 1024;
    race.judge(report).await
}

impl Race {
    fn done(&self) -> bool {
        self.closed.load(SeqCst) >= self.claims
    }

    fn board(&self) -> Arc<Vec<Entry>> {
        Arc::clone(&self.board.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps the queue filled until everything is asked.
    async fn ask(&self, customer: Actor) -> Result<()> {
        loop {
            let waiting = self.asked.load(SeqCst).saturating_sub(self.closed.load(SeqCst));
            if waiting >= BACKLOG {
                tokio::time::sleep(Duration::from_millis(2)).await;
                continue;
            }
            if self.asked.fetch_add(1, SeqCst) >= self.claims {
                return Ok(());
            }
            self.start.firm.ask(&customer, self.start.line, Class::Error).await?;
        }
    }

    /// Offers, the sweep, and the picture of the queue that everybody claims from.
    async fn desk(&self) -> Result<()> {
        let desk = &self.start.firm.desk;
        let every = self.start.claimers.iter().step_by(CONNECTED);
        let links: Vec<_> = every.map(|one| desk.connect(one.clone(), i64::MAX >> 11)).collect();
        let (mut last, mut since) = (0, Instant::now());
        while !self.stop.load(SeqCst) {
            links.iter().for_each(opora_desk::Link::beat);
            // A store that is too busy for a look is looked at again, as the desk's own task does.
            let _ = desk.turn().await;
            let mut entries = desk.store().queue().await?;
            entries.sort_by_key(|entry| entry.waiting.since);
            *self.board.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(entries);
            self.check_loads().await?;
            let closed = self.closed.load(SeqCst);
            if closed != last {
                (last, since) = (closed, Instant::now());
            } else if since.elapsed() > PATIENCE {
                bail!("nobody has claimed anything for {PATIENCE:?}; {closed} of {} were", self.claims);
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    async fn check_loads(&self) -> Result<()> {
        let servers = self.start.firm.desk.store().servers().await?;
        let over = servers.iter().filter(|one| one.active > one.capacity).count();
        self.over.fetch_add(over, SeqCst);
        Ok(())
    }

    async fn claim(&self, me: Actor, rng: Rng) -> Result<()> {
        while !self.done() && !self.stop.load(SeqCst) {
            let Some(entry) = self.wanted(&me, &rng) else {
                tokio::time::sleep(Duration::from_millis(1)).await;
                continue;
            };
            let request = entry.waiting.request;
            let op = self.start.firm.op(OpBody::Accept { request, epoch: entry.epoch });
            match self.send(&me, op, &rng).await? {
                Ok(_) => self.serve(&me, request, &rng).await?,
                Err(refusal) if refusal.code == RefusalCode::Moved || refusal.code == RefusalCode::Busy => {
                    self.contended.fetch_add(1, SeqCst);
                    tokio::time::sleep(Duration::from_micros(rng.up_to(2_000))).await;
                }
                Err(refusal) => bail!("a claim was refused: {refusal:?}"),
            }
        }
        Ok(())
    }

    /// What rings for oneself; else one of the oldest that wait; now and then what rings for somebody else.
    fn wanted(&self, me: &Actor, rng: &Rng) -> Option<Entry> {
        let board = self.board();
        let rings = |entry: &&Entry| matches!(entry.state, State::Offered { to, .. } if to == me.person.id);
        if let Some(own) = board.iter().find(rings) {
            return Some(*own);
        }
        let greedy = rng.up_to(GREED - 1) == 0;
        let mut open = board.iter().filter(|entry| greedy || entry.state == State::Waiting);
        open.nth(usize::try_from(rng.up_to(WANTED - 1)).unwrap_or_default()).copied()
    }

    async fn serve(&self, me: &Actor, request: RequestId, rng: &Rng) -> Result<()> {
        {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.entry(request).or_default().insert(me.person.id);
        }
        let op = self.start.firm.op(OpBody::Close { conversation: ConversationId(request.0) });
        match self.send(me, op, rng).await? {
            Ok(_) => self.closed.fetch_add(1, SeqCst),
            Err(refusal) => bail!("closing was refused: {refusal:?}"),
        };
        Ok(())
    }

    /// Sends an operation; now and then its sender dies in the middle and sends it again afterwards. What
    /// may be sent again is sent again.
    async fn send(&self, me: &Actor, op: Op, rng: &Rng) -> Result<Result<OpResult, Refusal>> {
        let dies = rng.up_to(DEATH - 1) == 0;
        if dies {
            let life = Duration::from_micros(rng.up_to(LONGEST_LIFE));
            let sending = self.start.firm.desk.execute(me, op.clone());
            // Dropped where it stands: before the transaction, in it, or while it waits for the disk.
            if tokio::time::timeout(life, sending).await.is_err() {
                self.killed.fetch_add(1, SeqCst);
            }
        }
        loop {
            match self.start.firm.desk.execute(me, op.clone()).await {
                Err(refusal) if refusal.retry => tokio::time::sleep(Duration::from_millis(2)).await,
                answer => return Ok(answer),
            }
        }
    }

    /// Holds what people were told against what the desk kept.
    async fn judge(&self, report: &mut Report) -> Result<()> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let desk = &self.start.firm.desk;
        let kept = self.owners().await?;
        let (mut doubled, mut lost) = (0, 0);
        for (request, owners) in &kept {
            doubled += usize::from(owners.len() > 1 || told.get(request).is_some_and(|told| told.len() > 1));
        }
        for (request, told) in &told {
            let has_it = kept.get(request).is_some_and(|owners| told.is_subset(owners));
            let mut tx = desk.store().begin().await?;
            let over = tx.request(*request).await?.is_some_and(|one| one.state == State::Closed);
            lost += usize::from(!has_it || !over);
        }
        lost += self.claims.saturating_sub(told.len());
        // What is left over would be a place that nobody can use.
        lost += desk.store().servers().await?.iter().filter(|one| one.active > 0).count();
        lost += desk.store().queue().await?.len();
        (report.doubled, report.lost) = (doubled, lost);
        Ok(())
    }

    /// Who was ever given each request, by the log alone.
    async fn owners(&self) -> Result<BTreeMap<RequestId, BTreeSet<PersonId>>> {
        let reader = self.start.firm.hire("Галина Орлова", Role::Supervisor, &[], 0).await?;
        let mut link = self.start.firm.desk.connect(reader, 0);
        let mut owners: BTreeMap<RequestId, BTreeSet<PersonId>> = BTreeMap::new();
        loop {
            let frame = link.next().await.map_err(|error| anyhow!("{error}"))?;
            let ToClient::Events(events) = frame else { continue };
            for event in events.events {
                if let EventBody::RequestMoved { request, state: State::Accepted { by }, .. } = event.body {
                    owners.entry(request).or_default().insert(by);
                }
            }
            if !events.more {
                return Ok(owners);
            }
        }
    }
}
