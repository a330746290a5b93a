//! The helper's hands: one thread that injects.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use opora_screen::{Injector, InputEvent, error::InputError};
use tokio::sync::mpsc;

use super::{ShareEnd, Shared, locked};
use crate::message::{Notice, ToViewer};

/// The same notice is not told more often than this.
const NOTICE_PACE: Duration = Duration::from_secs(1);

/// What the thread is told.
pub(super) enum Hand {
    Event(InputEvent),
    Pause(bool),
    Protect(Vec<u32>),
    /// A rest after the person's own hand is over.
    RestOver,
}

/// Runs until the share ends; then everything held is released with the injector.
pub(super) fn start(shared: &Arc<Shared>, mut injector: Option<Box<dyn Injector>>, hands: mpsc::Receiver<Hand>) {
    if let Some(injector) = &mut injector {
        let shared = Arc::downgrade(shared);
        injector.on_rest_over(Box::new(move || {
            let hands = shared.upgrade().and_then(|shared| locked(&shared.hands).clone());
            // No room: the next event that is taken tells it too.
            drop(hands.map(|hands| hands.try_send(Hand::RestOver)));
        }));
    }
    let work = Hands { shared: Arc::clone(shared), injector, told: None };
    let run = move || work.run(hands);
    if std::thread::Builder::new().name("opora-hands".into()).spawn(run).is_err() {
        shared.finish(ShareEnd::ScreenLost);
    }
}

struct Hands {
    shared: Arc<Shared>,
    injector: Option<Box<dyn Injector>>,
    told: Option<(Notice, Instant)>,
}

impl Hands {
    fn run(mut self, mut hands: mpsc::Receiver<Hand>) {
        while let Some(hand) = hands.blocking_recv() {
            if self.shared.is_over() {
                return;
            }
            match hand {
                Hand::Event(event) => self.act(&event),
                Hand::Pause(paused) => {
                    if let Some(injector) = &mut self.injector {
                        injector.pause(paused);
                    }
                }
                Hand::RestOver => {
                    let told = matches!(self.told, Some((Notice::OwnHand, _)));
                    if told && !self.shared.paused.load(Ordering::Acquire) {
                        self.tell(Notice::Clear);
                    }
                }
                Hand::Protect(pids) => {
                    if let Some(injector) = &mut self.injector {
                        injector.protect(pids);
                    }
                }
            }
        }
    }

    fn act(&mut self, event: &InputEvent) {
        let notice = match self.inject(event) {
            Ok(()) => {
                self.shared.counters.note_input(event);
                Notice::Clear
            }
            Err(error) => {
                self.shared.counters.refused.fetch_add(1, Ordering::Relaxed);
                match error {
                    InputError::Paused => Notice::Paused,
                    InputError::OwnWindow => Notice::OwnWindow,
                    InputError::OwnHand => Notice::OwnHand,
                    InputError::StopKey => Notice::StopKey,
                    InputError::UnknownKey => Notice::UnknownKey,
                    InputError::Refused(_) | InputError::Unsupported(_) => Notice::NotAllowed,
                    InputError::Lost(_) => return self.shared.finish(ShareEnd::ScreenLost),
                }
            }
        };
        self.tell(notice);
    }

    fn inject(&mut self, event: &InputEvent) -> Result<(), InputError> {
        let injector = self.injector.as_mut().ok_or(InputError::Refused(opora_domain::grant::Refused::None))?;
        // Pausing must not wait behind what is queued already.
        if self.shared.paused.load(Ordering::Acquire) && *event != InputEvent::ReleaseAll {
            return Err(InputError::Paused);
        }
        injector.inject(event, self.shared.clock.now())
    }

    fn tell(&mut self, notice: Notice) {
        let now = Instant::now();
        let again = match self.told {
            None => notice != Notice::Clear,
            Some((told, _)) if notice == Notice::Clear => told != Notice::Clear,
            Some((told, at)) => told != notice || now.duration_since(at) >= NOTICE_PACE,
        };
        if again {
            self.told = Some((notice, now));
            self.shared.tell(ToViewer::Notice(notice));
        }
    }
}
