//! How quick and how cheap a shared screen is, beside a peer in the same run.
//!
//! Two displays: the painter runs on the customer's, the viewer on the helper's. A click or key is
//! made by real input at the helper's display; the time runs until the pixel there has changed.
//! Nothing of either program is asked. Peers are started in turns, in rounds, so that a busy minute of the
//! machine hurts both.

pub mod meter;
pub mod opora;
pub mod remote;
pub mod vnc;
pub mod workload;

use anyhow::Result;
use serde::Serialize;

/// A program that shows one display on another.
pub trait Peer {
    /// Its name in the figures.
    fn name(&self) -> &'static str;

    /// Where a point of the customer's screen is on the helper's.
    ///
    /// # Errors
    /// When the viewer is gone.
    fn place(&self, x: i16, y: i16) -> Result<(i16, i16)>;

    /// Roots of the process trees on the side that shares.
    fn sharing(&self) -> Vec<u32>;

    /// Roots of the process trees on the side that views.
    fn viewing(&self) -> Vec<u32>;
}

/// What one workload cost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cost {
    /// Length in seconds.
    pub seconds: f64,
    /// Bytes over the loopback interface, headers included.
    pub bytes: u64,
    /// CPU seconds of the side that shares.
    pub cpu_share_s: f64,
    /// CPU seconds of the side that views.
    pub cpu_view_s: f64,
}

/// From click to changed pixel.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Clicks {
    /// How many were made.
    pub made: usize,
    /// How many were seen within two seconds.
    pub seen: usize,
    /// Half were quicker.
    pub p50_ms: f64,
    /// One in twenty was slower.
    pub p95_ms: f64,
}

/// The figures of one peer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Click to changed pixel.
    pub click: Clicks,
    /// A screen on which nothing happens.
    pub idle: Cost,
    /// Eight characters a second.
    pub typing: Cost,
    /// Likeness of the typed text on both displays, in dB; 99 is exact.
    pub typing_psnr_db: f64,
}

/// Figures that gather over rounds.
#[derive(Debug, Default)]
pub struct Gathered {
    latencies: Vec<Option<f64>>,
    idle: Cost,
    typing: Cost,
    psnr: Vec<f64>,
}

impl Gathered {
    /// Adds one round.
    pub fn add(&mut self, latencies: Vec<Option<f64>>, idle: &Cost, typing: &Cost, psnr: f64) {
        self.latencies.extend(latencies);
        self.idle.add(idle);
        self.typing.add(typing);
        self.psnr.push(psnr);
    }

    /// The figures of all rounds.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let mut seen: Vec<f64> = self.latencies.iter().flatten().copied().collect();
        seen.sort_by(f64::total_cmp);
        let quantile = |share: f64| -> f64 {
            let at = (seen.len() as f64 * share).ceil() as usize;
            seen.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
        };
        Figures {
            click: Clicks {
                made: self.latencies.len(),
                seen: seen.len(),
                p50_ms: quantile(0.5),
                p95_ms: quantile(0.95),
            },
            idle: self.idle.clone(),
            typing: self.typing.clone(),
            typing_psnr_db: self.psnr.iter().copied().fold(f64::INFINITY, f64::min),
        }
    }
}

impl Cost {
    fn add(&mut self, other: &Self) {
        self.seconds += other.seconds;
        self.bytes += other.bytes;
        self.cpu_share_s += other.cpu_share_s;
        self.cpu_view_s += other.cpu_view_s;
    }
}
