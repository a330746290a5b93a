//! Whole frames on their way to a decoder that asks for them.
//!
//! Frames stay until the reader names a later number, so a lost answer loses no frame. At most
//! [`MOST_FRAMES`] wait; beyond that all are dropped, and nothing is handed out until the next key
//! frame. A key frame makes what is before it useless.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::assemble::Frame;

/// Most frames that wait: a quarter of a second at 30 a second.
pub const MOST_FRAMES: usize = 8;

/// A frame as the viewer's decoder gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedFrame {
    /// Counts up by one from 1; a hole means that frames were dropped and a key frame follows.
    pub seq: u64,
    /// 90 kHz, wraps.
    pub timestamp: u32,
    /// Decoding may begin here.
    pub key: bool,
    /// AV1 temporal unit, OBUs with sizes, no temporal delimiter.
    pub data: Bytes,
}

/// Frames between one receiver and one reader.
#[derive(Default)]
pub struct FrameQueue {
    state: Mutex<State>,
    news: Notify,
}

#[derive(Default)]
struct State {
    frames: VecDeque<EncodedFrame>,
    last: u64,
    wants_key: bool,
    closed: bool,
}

impl FrameQueue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a frame in. `false`: it was dropped and a key frame is needed.
    pub fn push(&self, frame: Frame) -> bool {
        let mut state = self.state();
        if frame.key {
            state.frames.clear();
            state.wants_key = false;
        } else if state.wants_key || state.frames.len() >= MOST_FRAMES {
            state.frames.clear();
            state.wants_key = true;
            return false;
        }
        state.last += 1;
        let seq = state.last;
        state.frames.push_back(EncodedFrame { seq, timestamp: frame.timestamp, key: frame.key, data: frame.data });
        drop(state);
        self.news.notify_waiters();
        true
    }

    /// No more frames will come.
    pub fn close(&self) {
        self.state().closed = true;
        self.news.notify_waiters();
    }

    /// All frames after number `after`, which the reader has; waits up to `patience` for one.
    /// `None` when no more will come.
    pub async fn next_batch(&self, after: u64, patience: Duration) -> Option<Vec<EncodedFrame>> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            let news = self.news.notified();
            tokio::pin!(news);
            news.as_mut().enable(); // before looking, so that nothing falls in between
            {
                let mut state = self.state();
                while state.frames.front().is_some_and(|frame| frame.seq <= after) {
                    state.frames.pop_front();
                }
                if !state.frames.is_empty() {
                    return Some(state.frames.iter().cloned().collect());
                }
                if state.closed {
                    return None;
                }
            }
            if tokio::time::timeout_at(deadline, news).await.is_err() {
                return Some(Vec::new());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(timestamp: u32, key: bool) -> Frame {
        Frame { timestamp, key, data: Bytes::from_static(b"obu") }
    }

    async fn numbers(queue: &FrameQueue, after: u64) -> Vec<u64> {
        let frames = queue.next_batch(after, Duration::ZERO).await.expect("open");
        frames.iter().map(|frame| frame.seq).collect()
    }

    #[tokio::test]
    async fn a_lost_answer_loses_no_frame() {
        let queue = FrameQueue::default();
        assert!(queue.push(frame(1, true)) && queue.push(frame(2, false)));
        assert_eq!(numbers(&queue, 0).await, [1, 2]);
        assert_eq!(numbers(&queue, 0).await, [1, 2], "asked again with the same number");
        assert_eq!(numbers(&queue, 2).await, [] as [u64; 0]);
        queue.close();
        assert_eq!(queue.next_batch(2, Duration::ZERO).await, None);
    }

    #[tokio::test]
    async fn a_reader_that_sleeps_gets_a_key_frame_and_no_old_pictures() {
        let queue = FrameQueue::default();
        assert!(queue.push(frame(0, true)));
        let kept = (1..20).map(|n| queue.push(frame(n, false))).filter(|kept| *kept).count();
        assert_eq!(kept, MOST_FRAMES - 1);
        assert_eq!(numbers(&queue, 0).await, [] as [u64; 0]);
        assert!(queue.push(frame(20, true)) && queue.push(frame(21, false)));
        assert_eq!(numbers(&queue, 0).await, [9, 10]);
    }

    #[tokio::test]
    async fn a_parked_reader_wakes_with_the_frame() {
        let queue = std::sync::Arc::new(FrameQueue::default());
        let reader = tokio::spawn({
            let queue = queue.clone();
            async move { queue.next_batch(0, Duration::from_secs(20)).await }
        });
        tokio::task::yield_now().await;
        queue.push(frame(1, true));
        assert_eq!(reader.await.expect("no panic").expect("open").len(), 1);
    }
}
