//! Click to changed pixel, both ends in this process over 127.0.0.1, 1920x1080 on an Xvfb of its own.
//! `cargo run --release -p opora-media --example latency -- 40`
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

#[path = "../../screen/tests/support/mod.rs"]
mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use opora_domain::scope::Scope;
use opora_media::{
    codec::av1::Decoder,
    identity::Role,
    link::{Link, LinkConfig, LinkEvent},
    share::{Share, ShareParts},
    transport::{Bind, Network},
    view::View,
};
use opora_runtime::{Clock, Rng, Tasks};
use opora_screen::{Button, Gate, InputEvent, open_cursor, open_injector, open_screen};
use support::{Program, Xvfb, anna, boris, claim, consent};

const COLOURS: [u32; 2] = [0xc0_20_20, 0x20_40_c0];

#[tokio::main]
async fn main() {
    let rounds = std::env::args().nth(1).map_or(40, |n| n.parse().unwrap());
    let xvfb = Xvfb::start(1920, 1080);
    let _till = Program::open(&xvfb.name, "till", (600, 400, 240, 240), COLOURS.to_vec());
    let tasks = Tasks::new();
    let config = |role, key: ed25519_dalek::SigningKey, peer: ed25519_dalek::SigningKey| LinkConfig {
        session: claim().session,
        role,
        key,
        peer: peer.verifying_key().into(),
        network: Network { bind: Bind::Loopback, ..Network::default() },
        clock: Clock::system(),
        rng: Rng::system(),
        tasks: tasks.clone(),
    };
    let (shares, mut from_shares) = Link::open(config(Role::Shares, anna(), boris())).await.unwrap();
    let (views, mut from_views) = Link::open(config(Role::Views, boris(), anna())).await.unwrap();
    let (to_views, to_shares) = (Arc::clone(&views), Arc::clone(&shares));
    tokio::spawn(async move {
        loop {
            tokio::select! {
                Some(LinkEvent::Candidate(json)) = from_shares.recv() => to_views.candidate(&json).await,
                Some(LinkEvent::Candidate(json)) = from_views.recv() => to_shares.candidate(&json).await,
                else => return,
            }
        }
    });
    let gate = Gate::new(claim());
    gate.admit(&consent(&[Scope::View, Scope::Pointer])).unwrap();
    let began = Instant::now();
    shares.accept(&views.answer(&shares.offer().await.unwrap()).await.unwrap()).await.unwrap();
    let share = Share::start(ShareParts {
        link: shares,
        gate: gate.clone(),
        source: open_screen(&xvfb.name).unwrap(),
        cursor: open_cursor(&xvfb.name).ok(),
        injector: open_injector(&xvfb.name, gate).ok(),
        clock: Clock::system(),
        tasks: tasks.clone(),
    })
    .unwrap();
    let view = View::start(views, &tasks).unwrap();
    let mut eye = Eye { view, decoder: Decoder::new(1).unwrap(), after: 0 };
    eye.until(COLOURS[0]).await;
    println!("first picture after {:?}", began.elapsed());
    eye.view.send(InputEvent::Move { x: 65535 / 1920 * 720, y: 65535 / 1080 * 520 }).await;
    let mut times = Vec::new();
    for round in 0..rounds {
        tokio::time::sleep(Duration::from_millis(300 + round * 17 % 100)).await;
        while eye.view.next_batch(eye.after, Duration::ZERO).await.is_some_and(|frames| !frames.is_empty()) {
            eye.take().await;
        }
        let clicked = Instant::now();
        for down in [true, false] {
            eye.view.send(InputEvent::Button { button: Button::Left, down }).await;
        }
        eye.until(COLOURS[(round as usize + 1) % 2]).await;
        times.push(clicked.elapsed());
    }
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("click to decoded pixel: p50 {:?}, p95 {:?}, most {:?}", at(50), at(95), at(100));
    let counts = share.counts();
    println!("{counts:?}; a picture costs {} us", counts.encode_micros / counts.pictures.max(1));
    println!("{:?}", eye.view.counts());
    while eye.view.next_batch(eye.after, Duration::from_secs(1)).await.is_some_and(|frames| !frames.is_empty()) {
        eye.take().await;
    }
    let (before, pictures) = (cpu_ticks(), share.counts().pictures);
    tokio::time::sleep(Duration::from_secs(10)).await;
    let percent = (cpu_ticks() - before) as f64 / 10.0;
    println!("idle: {percent:.1} % of a core for both ends, {} pictures", share.counts().pictures - pictures);
}

/// Hundredths of a second that this process has used.
fn cpu_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<_> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

struct Eye {
    view: View,
    decoder: Decoder,
    after: u64,
}

impl Eye {
    async fn take(&mut self) -> Option<[u8; 3]> {
        let frames = self.view.next_batch(self.after, Duration::from_secs(1)).await.unwrap();
        let mut seen = None;
        for frame in frames {
            self.after = frame.seq;
            if let Some(planes) = self.decoder.decode(&frame.data).unwrap() {
                seen = planes.to_picture().unwrap().rgb(720, 520);
            }
        }
        seen
    }

    async fn until(&mut self, colour: u32) {
        let [_, r, g, b] = colour.to_be_bytes();
        loop {
            let seen = self.take().await;
            if seen.is_some_and(|seen| seen.iter().zip([r, g, b]).all(|(a, b)| a.abs_diff(b) < 24)) {
                return;
            }
        }
    }
}
