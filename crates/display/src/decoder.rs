//! The receiving end: packets in, picture out.
//!
//! Total: any bytes give a picture or an error, in bounded memory and time. Packets may come late,
//! twice, in any order or never. A record is carried out when what it builds on is there; until then
//! it waits, and everything else goes on. What waits too long is given up and told to the sender,
//! who answers with the newest content.

mod screen;
mod waiting;
mod window;

use std::time::Duration;

use screen::{Outcome, Screen};
use waiting::{Item, Waiting};
use window::{Noted, Window};

use crate::{
    bytes::Reader,
    error::{DecodeError, Malformed},
    geometry::Rect,
    packet::{MOST_SIDE, MoveRecord, Packet, TILES, read_moves, version},
    record::Record,
    report::Report,
};

/// What a receiver is willing to hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most pixels of a picture.
    pub pixels: u64,
    /// How long a missing packet may still come. A retransmission takes a round trip; after this it
    /// is told as lost.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        // 7680 x 4320; 120 ms lets a retransmission over 80 ms of line arrive.
        Self { pixels: 7680 * 4320, patience: Duration::from_millis(120) }
    }
}

/// The receiving end of one stream.
pub struct Decoder {
    limits: Limits,
    stream: Option<Stream>,
    serial: u32,
    told: Option<(Vec<u8>, Duration)>,
}

struct Stream {
    epoch: u8,
    screen: Screen,
    window: Window,
    waiting: Waiting,
    news: bool,
}

impl Decoder {
    /// A receiver that has seen nothing yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, stream: None, serial: 0, told: None }
    }

    /// How long a missing packet may still come: a round trip and a half is a good guess.
    pub fn set_patience(&mut self, patience: Duration) {
        self.limits.patience = patience;
    }

    /// Takes a packet in and says what changed in the picture. `now` is any clock that only goes
    /// forward.
    ///
    /// # Errors
    /// See [`DecodeError`]; the stream goes on.
    pub fn apply(&mut self, bytes: &[u8], now: Duration) -> Result<&[Rect], DecodeError> {
        if let Some(stream) = &mut self.stream {
            stream.screen.changed.clear();
        }
        // A packet of a new epoch is numbered from 1.
        let known = self.stream.as_ref().filter(|stream| bytes.get(1) == Some(&stream.epoch));
        let packet = Packet::read(bytes, known.map_or(1, |stream| stream.window.newest()))?;
        self.begin(&packet)?;
        let Some(stream) = self.stream.as_mut().filter(|stream| stream.epoch == packet.epoch) else {
            return Ok(&[]);
        };
        let number = packet.number;
        match stream.window.note(number, now) {
            Noted::New => {}
            Noted::Known => return Ok(&[]),
            Noted::Ahead => return Err(DecodeError::Ahead),
        }
        stream.news = true;
        stream.window.settle(packet.oldest.min(number));
        stream.waiting.forget(stream.window.floor());
        let taken = stream.take(packet, now);
        if taken.is_err() {
            stream.window.lose(number);
        }
        stream.window.close(number);
        stream.retry(None);
        stream.window.settle(0);
        taken?;
        Ok(&stream.screen.changed)
    }

    /// Gives up what has been missing for too long and says what changed in the picture by that. To
    /// be called every 20 ms or so while [`Decoder::is_waiting`].
    pub fn tick(&mut self, now: Duration) -> &[Rect] {
        let patience = self.limits.patience;
        let Some(stream) = &mut self.stream else { return &[] };
        stream.screen.changed.clear();
        stream.news |= stream.window.give_up(now, patience);
        stream.retry(Some(now.saturating_sub(patience)));
        stream.window.settle(0);
        &stream.screen.changed
    }

    /// What the sender has to know, if there is anything new, or if something is wanted and was last
    /// said more than [`Limits::patience`] ago.
    pub fn report(&mut self, now: Duration) -> Option<Vec<u8>> {
        let patience = self.limits.patience;
        let stream = self.stream.as_mut()?;
        let again = self.told.as_ref().is_none_or(|(_, at)| now.saturating_sub(*at) >= patience);
        let wanting = !stream.window.is_clear() || stream.screen.broken().next().is_some();
        if !(stream.news || wanting && again) {
            return None;
        }
        let mut report = Report { epoch: stream.epoch, ..Report::default() };
        stream.window.tell(&mut report);
        stream.screen.broken().for_each(|tile| report.push_broken(tile));
        let same = self.told.as_ref().is_some_and(|(told, _)| told[6..] == report.write()[6..]);
        stream.news = false;
        if same && !again {
            return None;
        }
        self.serial = self.serial.wrapping_add(1);
        report.serial = self.serial;
        let bytes = report.write();
        self.told = Some((bytes.clone(), now));
        Some(bytes)
    }

    /// The picture: rows from the top, `0xFFRRGGBB`.
    #[must_use]
    pub fn pixels(&self) -> &[u32] {
        self.stream.as_ref().map_or(&[], |stream| stream.screen.canvas.pixels())
    }

    /// Width and height, once they are known.
    #[must_use]
    pub fn size(&self) -> Option<(u32, u32)> {
        self.stream.as_ref().map(|stream| (stream.screen.grid.width, stream.screen.grid.height))
    }

    /// Whether the picture is whole and every packet that is known of was carried out: exact, as
    /// far as the receiver can know.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.stream.as_ref().is_some_and(|stream| {
            stream.window.is_clear() && stream.screen.is_whole() && stream.screen.video().next().is_none()
        })
    }

    /// Whether something is missing, so that [`Decoder::tick`] matters.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.stream.as_ref().is_some_and(|stream| !stream.window.is_clear())
    }

    /// Rectangles that frames of video are to show; the picture there is old.
    pub fn video(&self) -> impl Iterator<Item = Rect> {
        self.stream.iter().flat_map(|stream| stream.screen.video().map(|tile| stream.screen.grid.tile(tile)))
    }

    /// A packet of a new epoch that says the size begins anew.
    fn begin(&mut self, packet: &Packet) -> Result<(), DecodeError> {
        // Epochs wrap: the next 127 are newer.
        let newer = |stream: &Stream| matches!(packet.epoch.wrapping_sub(stream.epoch), 1..128);
        let Some((width, height)) = packet.size.filter(|_| self.stream.as_ref().is_none_or(newer)) else {
            return Ok(());
        };
        if width == 0 || height == 0 || width > MOST_SIDE || height > MOST_SIDE {
            return Err(Malformed::Outside.into());
        }
        let (width, height) = (u32::from(width), u32::from(height));
        if u64::from(width) * u64::from(height) > self.limits.pixels {
            return Err(DecodeError::TooLarge { width, height });
        }
        self.stream = Some(Stream {
            epoch: packet.epoch,
            screen: Screen::new(width, height),
            window: Window::new(),
            waiting: Waiting::new(),
            news: true,
        });
        Ok(())
    }
}

impl Stream {
    fn take(&mut self, packet: Packet, now: Duration) -> Result<(), Malformed> {
        let (number, frame) = (packet.number, packet.frame);
        let mut rest = packet.rest;
        if packet.moves {
            for record in read_moves(&mut rest, &self.screen.grid, frame)? {
                self.take_move(record, number, now);
            }
        }
        let middle = packet.head.is_some() && packet.tail && rest.is_empty();
        if let Some(head) = packet.head {
            self.window.open(number);
            self.waiting.put_head(number, frame, head, middle);
        }
        let mut expected = 0_i64;
        while !rest.is_empty() {
            let tile = expected + i64::from(rest.signed()?);
            let tile = usize::try_from(tile).map_err(|_| Malformed::Outside)?;
            let start = rest.left();
            match Record::read(&mut rest, &self.screen.grid, tile, version(frame, TILES)) {
                Ok(record) => {
                    expected = (tile + record.run) as i64;
                    let length = start.len() - rest.left().len();
                    self.take_record(&record, &start[..length], (number, number), frame, now)?;
                }
                Err(Malformed::Short) if packet.tail => {
                    self.window.open(number);
                    self.waiting.put_tail(number, frame, tile, start);
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        if packet.head.is_some() || packet.tail {
            self.join(number, now)?;
        }
        Ok(())
    }

    fn take_move(&mut self, record: MoveRecord, number: u32, now: Duration) {
        if self.screen.shift(&record, false) == Outcome::Wait {
            let of = version(record.frame, record.phase);
            self.window.open(number);
            if let Err(record) = self.waiting.put_move(of, record, number, now) {
                self.screen.shift(&record, true);
                self.window.close(number);
            }
        }
    }

    fn take_record(
        &mut self,
        record: &Record,
        bytes: &[u8],
        packets: (u32, u32),
        frame: u32,
        now: Duration,
    ) -> Result<(), Malformed> {
        match self.screen.apply(record, frame)? {
            Outcome::Wait => {
                (packets.0..=packets.1).for_each(|number| self.window.open(number));
                if !self.waiting.put_record(frame, record.tile, bytes, packets, now) {
                    (packets.0..=packets.1).for_each(|number| self.window.close(number));
                    self.screen.set_broken(record.tile);
                }
            }
            Outcome::NotKept => (packets.0..=packets.1).for_each(|number| self.window.lose(number)),
            Outcome::Done | Outcome::Broken => {}
        }
        Ok(())
    }

    /// Puts a record together whose pieces have all come.
    fn join(&mut self, number: u32, now: Duration) -> Result<(), Malformed> {
        for near in [number, number.wrapping_sub(1)] {
            let Some((tile, frame, bytes, packets)) = self.waiting.join(near) else { continue };
            (packets.0..=packets.1).for_each(|number| self.window.close(number));
            let mut reader = Reader::new(&bytes);
            let record = Record::read(&mut reader, &self.screen.grid, tile, version(frame, TILES))?;
            if !reader.is_empty() {
                return Err(Malformed::Kind);
            }
            self.take_record(&record, &bytes, packets, frame, now)?;
        }
        Ok(())
    }

    /// Carries out what can be by now, lowest version first: a record builds on lower ones only.
    /// Moves that came before `force` are carried out as far as they can be.
    fn retry(&mut self, force: Option<Duration>) {
        let mut next = None;
        while let Some(key) = self.waiting.after(next) {
            next = Some(key);
            let Some((item, since)) = self.waiting.get(key) else { continue };
            let forced = force.is_some_and(|until| since <= until);
            let (outcome, packets) = match item {
                Item::Move { record, packet } => (self.screen.shift(record, forced), (*packet, *packet)),
                Item::Record { tile, frame, bytes, packets } => {
                    let of = version(*frame, TILES);
                    let record = Record::read(&mut Reader::new(bytes), &self.screen.grid, *tile, of);
                    let outcome = record.and_then(|record| self.screen.apply(&record, *frame));
                    (outcome.unwrap_or(Outcome::Broken), *packets)
                }
            };
            if outcome == Outcome::Wait {
                continue;
            }
            self.news = true;
            self.waiting.remove(key);
            for number in packets.0..=packets.1 {
                self.window.close(number);
                if outcome == Outcome::NotKept {
                    self.window.lose(number);
                }
            }
        }
    }
}
