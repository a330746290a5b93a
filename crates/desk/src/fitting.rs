//! What goes into one frame.

use opora_wire::{Event, Events};

/// Bytes of events in one frame at most; the frame's limit with room for its head.
const MOST_BYTES: usize = opora_wire::MOST_FRAME - 4 * 1024;

/// Leaves out the newest of what does not fit one frame; it comes with the next one.
pub(crate) fn oldest(mut all: Events) -> Events {
    let fits = count(all.events.iter());
    if fits < all.events.len() {
        all.events.truncate(fits);
        all.cursor = all.events.last().map_or(all.cursor, |event| event.gseq);
        all.more = true;
    }
    all
}

/// Leaves out the oldest of what does not fit one frame; who fetches asks for it next.
pub(crate) fn newest(mut events: Vec<Event>) -> Vec<Event> {
    let fits = count(events.iter().rev());
    events.split_off(events.len() - fits)
}

/// How many fit; the first always does, because what the desk accepts fits a frame.
fn count<'a>(events: impl ExactSizeIterator<Item = &'a Event>) -> usize {
    let (all, mut bytes) = (events.len(), 0_usize);
    let mut fits = events.take_while(|event| {
        bytes += serde_json::to_string(event).map_or(MOST_BYTES, |text| text.len() + 1);
        bytes <= MOST_BYTES
    });
    fits.by_ref().count().max(1).min(all)
}

#[cfg(test)]
mod tests {
    use opora_domain::Timestamp;
    use opora_wire::{EventBody, Stream};
    use uuid::Uuid;

    use super::*;

    fn event(seq: i64) -> Event {
        let body = EventBody::DeskNamed { name: "Р".repeat(20_000) };
        Event { stream: Stream::Desk, seq, gseq: seq, id: Uuid::nil(), at: Timestamp(0), by: None, body }
    }

    #[test]
    fn a_frame_takes_the_end_that_is_asked_for_and_never_nothing() {
        let many: Vec<Event> = (1..=20).map(event).collect();
        let first = oldest(Events { events: many.clone(), cursor: 20, more: false });
        assert!(first.more && first.events.len() < 20);
        assert_eq!((first.events[0].seq, first.cursor), (1, first.events.len() as i64));
        let last = newest(many);
        assert_eq!((last.len(), last.last().map(|event| event.seq)), (first.events.len(), Some(20)));
        let huge = EventBody::DeskNamed { name: "x".repeat(opora_wire::MOST_FRAME) };
        assert_eq!(newest(vec![Event { body: huge, ..event(1) }]).len(), 1);
    }
}
