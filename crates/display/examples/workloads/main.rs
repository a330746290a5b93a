//! Bytes and milliseconds of the display stream for what people do, beside simple other ways.
//!
//! `cargo run --release -p opora-display --example workloads`. Screens are drawn from a seed, 1920 x
//! 1080. Times are CPU milliseconds of this thread (Linux); the first picture is sent before each workload begins.
#![allow(clippy::print_stdout, unreachable_pub, missing_docs, reason = "a program that prints")]

mod baseline;
mod scene;

use std::time::Duration;

use baseline::{Baseline, Sizes};
use opora_display::{Config, Decoder, Encoder, Limits, Rect, ViewerId};
use scene::{CELL, Chance, INK, Screen, desktop, form, photo, terminal};

struct Bench {
    screen: Screen,
    encoder: Encoder,
    decoder: Decoder,
    viewer: ViewerId,
    baseline: Baseline,
    now: Duration,
    steps: u32,
    bytes: usize,
    packets: usize,
    others: Sizes,
    look: Vec<f64>,
    decode: Vec<f64>,
}

impl Bench {
    fn new(draw: impl FnOnce(&mut Screen)) -> Self {
        let mut screen = Screen::new(1920, 1080);
        draw(&mut screen);
        let mut encoder = Encoder::new(Config::default());
        let viewer = encoder.join();
        let baseline = Baseline::new(&screen);
        let decoder = Decoder::new(Limits::default());
        let mut bench = Self {
            screen,
            encoder,
            decoder,
            viewer,
            baseline,
            now: Duration::from_secs(1),
            steps: 0,
            bytes: 0,
            packets: 0,
            others: Sizes::default(),
            look: Vec::new(),
            decode: Vec::new(),
        };
        let all = bench.screen.bounds();
        bench.step(&[all]);
        bench.reset();
        bench
    }

    fn reset(&mut self) {
        (self.steps, self.bytes, self.packets, self.others) = (0, 0, 0, Sizes::default());
        self.look.clear();
        self.decode.clear();
    }

    fn step(&mut self, damage: &[Rect]) {
        self.now += Duration::from_millis(40);
        let begun = cpu();
        self.encoder.observe(&self.screen.picture(), damage, self.now);
        let update = self.encoder.update(self.viewer, usize::MAX, self.now);
        self.look.push(cpu() - begun);
        self.steps += 1;
        if let Some(update) = &update {
            self.bytes += update.bytes();
            self.packets += update.packets.len();
        }
        let begun = cpu();
        for packet in update.iter().flat_map(|update| &update.packets) {
            self.decoder.apply(packet, self.now).expect("the encoder's own packets");
        }
        self.decode.push(cpu() - begun);
        if let Some(report) = self.decoder.report(self.now) {
            self.encoder.hear(self.viewer, &report).expect("the decoder's own report");
        }
        let sizes = self.baseline.update(&self.screen, damage);
        self.others.zrle += sizes.zrle;
        self.others.zlib += sizes.zlib;
        self.others.png += sizes.png;
        let shown = self.screen.bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], 255]));
        assert!(shown.eq(self.decoder.pixels().iter().copied()), "the pictures differ");
    }

    fn tell(&self, name: &str) {
        let steps = self.steps.max(1) as usize;
        let of = |times: &[f64]| (times.iter().sum::<f64>() / steps as f64, times.iter().copied().fold(0.0, f64::max));
        let ((look, most_look), (decode, most_decode)) = (of(&self.look), of(&self.decode));
        let share = |other: usize| if other == 0 { 0.0 } else { self.bytes as f64 / other as f64 };
        println!(
            "{name:<34} {:>5} {:>9} {:>7.1} | {:>9} {:>5.2} {:>9} {:>9} | {look:>7.3} {most_look:>7.2} | {decode:>7.3} {most_decode:>7.2}",
            steps,
            self.bytes / steps,
            self.packets as f64 / steps as f64,
            self.others.zrle / steps,
            share(self.others.zrle),
            self.others.zlib / steps,
            self.others.png / steps,
        );
    }
}

/// Milliseconds that this thread has run: other programs on the machine do not count.
fn cpu() -> f64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

fn main() {
    println!(
        "{:<34} {:>5} {:>9} {:>7} | {:>9} {:>5} {:>9} {:>9} | {:>7} {:>7} | {:>7} {:>7}",
        "per step", "steps", "bytes", "packets", "zrle", "ours/", "zlib", "png", "enc ms", "max ms", "dec ms", "max ms"
    );
    first_pictures();
    idle();
    typing();
    scrolling();
    dragging();
    switching();
    photos();
}

fn first_pictures() {
    type Draw = fn(&mut Screen);
    let scenes: [(&str, Draw); 4] = [
        ("first picture: terminal", |screen| terminal(screen, screen.bounds(), 0)),
        ("first picture: form", |screen| form(screen, screen.bounds(), 0)),
        ("first picture: desktop, form", desktop),
        ("first picture: photograph", |screen| photo(screen, screen.bounds(), 1)),
    ];
    for (name, draw) in scenes {
        let mut bench = Bench::new(|_| {});
        draw(&mut bench.screen);
        let all = bench.screen.bounds();
        bench.step(&[all]);
        bench.tell(name);
    }
}

fn idle() {
    let mut bench = Bench::new(|screen| terminal(screen, screen.bounds(), 0));
    (0..200).for_each(|_| bench.step(&[]));
    bench.tell("idle");
}

const WORDS: &str = "Проверьте, пожалуйста, отчёт за ноябрь: сумма не сходится с банком на 1 250 рублей.";

fn typing() {
    let place = Rect::new(300, 200, 1000, 700);
    let mut bench = Bench::new(|screen| {
        desktop(screen);
        terminal(screen, place, 0);
    });
    let (mut x, y) = (place.x + 4, place.y + 18 * CELL.1);
    let line = Rect::new(place.x, y, place.width, CELL.1);
    bench.screen.fill(line, INK.1);
    bench.step(&[line]);
    bench.reset();
    for letter in WORDS.chars() {
        bench.screen.fill(Rect::new(x, y, CELL.0, CELL.1), INK.1);
        bench.screen.letter((x, y), letter, CELL.1, INK.0, INK.1);
        bench.screen.fill(Rect::new(x + CELL.0, y, CELL.0, CELL.1), INK.0);
        bench.step(&[Rect::new(x, y, CELL.0 * 2, CELL.1)]);
        x += CELL.0;
    }
    bench.tell("typing: terminal, block caret");

    // A line of text lies in one row of tiles, or, one time in four, across two.
    for (name, y) in [("typing: form, thin caret", 85), ("typing: form, across two tiles", 51)] {
        type_into_form(name, Rect::new(177, y, 700, 22));
    }
}

fn type_into_form(name: &str, field: Rect) {
    let mut bench = Bench::new(|screen| form(screen, screen.bounds(), 1));
    bench.screen.fill(field, 0x00FF_FFFF);
    bench.step(&[field]);
    bench.reset();
    let mut x = field.x + 4;
    for letter in WORDS.chars() {
        bench.screen.fill(Rect::new(x, field.y + 3, 1, 16), 0x00FF_FFFF);
        let from = x;
        x += bench.screen.letter((x, field.y + 3), letter, 16, 0x0020_2020, 0x00FF_FFFF);
        bench.screen.fill(Rect::new(x, field.y + 3, 1, 16), 0);
        bench.step(&[Rect::new(from, field.y, x - from + 1, field.height)]);
    }
    bench.tell(name);
}

fn scrolling() {
    let place = Rect::new(300, 180, 1000, 702);
    let mut bench = Bench::new(|screen| {
        desktop(screen);
        terminal(screen, place, 0);
    });
    for step in 1..30 {
        terminal(&mut bench.screen, place, step * 3);
        bench.step(&[place]);
    }
    bench.tell("scrolling: 3 lines of a terminal");

    let mut page = Screen::new(1920, 4000);
    let all = page.bounds();
    form(&mut page, all, 2);
    let place = Rect::new(0, 100, 1900, 980);
    let mut bench = Bench::new(|screen| screen.paste(&page, Rect { y: 0, ..place }, 0, 100));
    for step in 1..30 {
        bench.screen.paste(&page, Rect { y: step * 57, ..place }, 0, 100);
        bench.step(&[place]);
    }
    bench.tell("scrolling: 57 pixels of a page");
    for step in 1..30 {
        bench.screen.paste(&page, Rect { y: 29 * 57 + step, ..place }, 0, 100);
        bench.step(&[place]);
    }
    bench.reset();
    for step in 1..20 {
        bench.screen.paste(&page, Rect { x: step, width: 1800, ..place }, 0, 100);
        bench.step(&[place]);
    }
    bench.tell("scrolling: sideways, 1 pixel");
}

fn dragging() {
    for (name, plain) in [("dragging: over a plain desktop", true), ("dragging: over a form", false)] {
        let size = Rect::new(0, 0, 720, 480);
        let mut window = Screen::new(1920, 1080);
        terminal(&mut window, size, 40);
        let mut ground = Screen::new(1920, 1080);
        desktop(&mut ground);
        if plain {
            ground.fill(Rect::new(600, 100, 1320, 980), 0x0020_5070);
        }
        let mut bench = Bench::new(|screen| screen.paste(&ground, ground.bounds(), 0, 0));
        let (mut x, mut y) = (620, 140);
        bench.screen.paste(&window, size, x, y);
        bench.step(&[Rect { x, y, ..size }]);
        bench.reset();
        let mut chance = Chance(4);
        for _ in 0..40 {
            let before = Rect { x, y, ..size };
            x += 3 + chance.below(14);
            y += chance.below(9);
            bench.screen.paste(&ground, before, before.x, before.y);
            bench.screen.paste(&window, size, x, y);
            bench.step(&[before, Rect { x, y, ..size }]);
        }
        bench.tell(name);
    }
}

fn switching() {
    let mut bench = Bench::new(|screen| form(screen, screen.bounds(), 0));
    let all = bench.screen.bounds();
    for page in 1..5 {
        bench.now += Duration::from_secs(2);
        form(&mut bench.screen, all, page);
        bench.step(&[all]);
    }
    bench.tell("switching: to a form not seen yet");
    bench.reset();
    for page in [3, 2, 3, 4, 3, 2] {
        bench.now += Duration::from_secs(2);
        form(&mut bench.screen, all, page);
        bench.step(&[all]);
    }
    bench.tell("switching: back to a form");
}

fn photos() {
    let mut page = Screen::new(1920, 1400);
    let all = page.bounds();
    photo(&mut page, all, 7);
    let place = Rect::new(400, 100, 1000, 800);
    let mut bench = Bench::new(|screen| screen.paste(&page, Rect { x: 0, y: 0, ..place }, place.x, place.y));
    for step in 1..10 {
        bench.screen.paste(&page, Rect { x: 0, y: step * 40, ..place }, place.x, place.y);
        bench.step(&[place]);
    }
    bench.tell("scrolling: 40 pixels of a photo");
}
