//! Typing characters, whatever layout is active.
//!
//! A character that the current map has in group 1 or 2 is typed there: the group is locked for the
//! stroke, Shift held if needed, Caps Lock lifted, everything put back. A character that the map
//! lacks is bound to a spare keycode (all levels alike, so no modifier matters), which stays bound
//! until the session ends, when the map gets back what it had.
//!
//! A program reads the new map when it handles the notice that the map changed, so a keycode may not
//! be bound to another character while an earlier stroke could still lie in some program's queue.
//! There is no reply to wait for; spare keycodes are therefore used in turn, and one that was used
//! within [`SETTLE`] is waited for.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection,
    errors::ReplyError,
    protocol::{
        Event,
        xkb::{self, ConnectionExt as _, EventType, MapPart, SelectEventsAux},
        xproto::{ConnectionExt as _, ModMask},
        xtest::ConnectionExt as _,
    },
};
use xkeysym::Keysym;

use super::{
    display::Display,
    grip::{SharedGrip, locked},
};
use crate::error::InputError;

const KEY_PRESS: u8 = 2;
const KEY_RELEASE: u8 = 3;
/// XKB's name for "the keyboard that core clients see".
const CORE_KEYBOARD: u16 = 0x100;
/// The core map's columns: levels 1 and 2 of group 1, then of group 2.
const COLUMNS: usize = 4;
/// A program that has not read its queue for this long is not usable anyway.
const SETTLE: Duration = Duration::from_millis(200);
const NO_SYMBOL: u32 = 0;

/// Where a character is on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stroke {
    keycode: u8,
    /// `None`: bound by us on every group and level.
    place: Option<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    group: u8,
    shift: bool,
}

#[derive(Clone)]
struct Spare {
    keycode: u8,
    bound: Option<char>,
    used: Option<Instant>,
}

pub(super) struct Keyboard {
    strokes: HashMap<u32, Stroke>,
    shift: Option<u8>,
    spare: VecDeque<Spare>,
    columns: u8,
}

impl Keyboard {
    pub(super) fn read(display: &Display) -> Result<Self, ReplyError> {
        let conn = &display.conn;
        conn.xkb_use_extension(1, 0)?.reply()?;
        let news = EventType::NEW_KEYBOARD_NOTIFY | EventType::MAP_NOTIFY;
        let (none, all) = (EventType::from(0_u16), MapPart::from(0xff_u16));
        conn.xkb_select_events(CORE_KEYBOARD, none, news, all, all, &SelectEventsAux::new())?.check()?;
        Self::learn_map(display, &[])
    }

    /// Reads the map. What we have bound, and is still bound, stays ours.
    fn learn_map(display: &Display, ours: &[Spare]) -> Result<Self, ReplyError> {
        let conn = &display.conn;
        let setup = conn.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = conn.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let columns = map.keysyms_per_keycode;
        let mut keyboard = Self { strokes: HashMap::new(), shift: None, spare: VecDeque::new(), columns };
        for (keycode, keysyms) in (first..=last).zip(map.keysyms.chunks(usize::from(columns).max(1))) {
            let mine = ours.iter().find(|spare| {
                let bound = spare.bound.map(|character| self::keysyms(character)[0]);
                spare.keycode == keycode && bound.is_some() && keysyms.first().copied() == bound
            });
            match mine {
                Some(spare) => keyboard.spare.push_back(spare.clone()),
                None => keyboard.learn(keycode, keysyms),
            }
        }
        Ok(keyboard)
    }

    /// Follows the map when somebody changed it, for example to another layout.
    fn follow_map(&mut self, display: &Display) -> Result<(), InputError> {
        let mut changed = false;
        while let Some(event) = display.conn.poll_for_event()? {
            changed |= matches!(event, Event::XkbMapNotify(_) | Event::XkbNewKeyboardNotify(_));
        }
        if changed {
            let mut fresh = Self::learn_map(display, self.spare.make_contiguous())?;
            // The longest unused first, as before.
            fresh.spare.make_contiguous().sort_by_key(|spare| spare.used);
            *self = fresh;
        }
        Ok(())
    }

    fn learn(&mut self, keycode: u8, keysyms: &[u32]) {
        if keysyms.iter().all(|keysym| *keysym == NO_SYMBOL) {
            self.spare.push_back(Spare { keycode, bound: None, used: None });
            return;
        }
        if keysyms.first() == Some(&Keysym::Shift_L.raw()) {
            self.shift = self.shift.or(Some(keycode));
        }
        for (column, keysym) in keysyms.iter().enumerate().take(COLUMNS) {
            let place = Place { group: u8::from(column >= 2), shift: column % 2 == 1 };
            let stroke = Stroke { keycode, place: Some(place) };
            // The first place of a character is the plainest one: lower groups and levels win.
            let known = self.strokes.entry(*keysym).or_insert(stroke);
            if known.place.is_some_and(|other| (other.group, other.shift) > (place.group, place.shift)) {
                *known = stroke;
            }
        }
    }

    /// Types the text, as long as the person's own hand rests; the caller holds the gate's pass.
    pub(super) fn type_text(&mut self, display: &Display, text: &str, grip: &SharedGrip) -> Result<(), InputError> {
        self.follow_map(display)?;
        let state = display.conn.xkb_get_state(CORE_KEYBOARD)?.reply()?;
        let (group, locks) = (state.locked_group, state.locked_mods);
        let mut typed = Ok(());
        for character in text.chars() {
            typed = self.type_unless_resting(display, character, grip);
            if typed.is_err() {
                break;
            }
        }
        lock(display, u8::from(group), locks)?;
        typed
    }

    fn type_unless_resting(&mut self, display: &Display, character: char, grip: &SharedGrip) -> Result<(), InputError> {
        // The lock is given back between characters, so that the person's hand comes in.
        let grip = locked(grip);
        if grip.own_hand.rests(Instant::now()) {
            return Err(InputError::OwnHand);
        }
        self.type_character(display, character)
    }

    fn type_character(&mut self, display: &Display, character: char) -> Result<(), InputError> {
        let stroke = match self.find(character) {
            Some(stroke) => stroke,
            None => self.bind(display, character)?,
        };
        let shift = stroke.place.filter(|place| place.shift).and(self.shift);
        if let Some(place) = stroke.place {
            lock(display, place.group, ModMask::from(0_u8))?;
        }
        let fake = |kind, keycode| display.conn.xtest_fake_input(kind, keycode, 0, display.root, 0, 0, 0);
        if let Some(shift) = shift {
            fake(KEY_PRESS, shift)?;
        }
        fake(KEY_PRESS, stroke.keycode)?;
        fake(KEY_RELEASE, stroke.keycode)?;
        if let Some(shift) = shift {
            fake(KEY_RELEASE, shift)?;
        }
        self.note_use(stroke.keycode);
        Ok(())
    }

    fn find(&self, character: char) -> Option<Stroke> {
        if let Some(spare) = self.spare.iter().find(|spare| spare.bound == Some(character)) {
            return Some(Stroke { keycode: spare.keycode, place: None });
        }
        let stroke = keysyms(character).iter().find_map(|keysym| self.strokes.get(keysym)).copied()?;
        let shifted_without_shift = stroke.place.is_some_and(|place| place.shift) && self.shift.is_none();
        (!shifted_without_shift).then_some(stroke)
    }

    /// Binds the character to the spare keycode that was unused for longest.
    fn bind(&mut self, display: &Display, character: char) -> Result<Stroke, InputError> {
        let mut spare = self.spare.pop_front().ok_or(InputError::UnknownKey)?;
        if let Some(wait) = spare.used.and_then(|used| SETTLE.checked_sub(used.elapsed())) {
            std::thread::sleep(wait); // see the module's documentation: nothing can be awaited here
        }
        let keysym = keysyms(character)[0];
        let columns = vec![keysym; usize::from(self.columns).max(1)];
        let keycode = spare.keycode;
        let bound = change(display, keycode, &columns);
        (spare.bound, spare.used) = (bound.is_ok().then_some(character), Some(Instant::now()));
        self.spare.push_back(spare);
        bound?;
        Ok(Stroke { keycode, place: None })
    }

    fn note_use(&mut self, keycode: u8) {
        if let Some(at) = self.spare.iter().position(|spare| spare.keycode == keycode)
            && let Some(mut spare) = self.spare.remove(at)
        {
            spare.used = Some(Instant::now());
            self.spare.push_back(spare);
        }
    }

    /// Gives the spare keycodes back.
    pub(super) fn restore(&mut self, display: &Display) {
        let none = vec![NO_SYMBOL; usize::from(self.columns).max(1)];
        for spare in self.spare.iter_mut().filter(|spare| spare.bound.is_some()) {
            spare.bound = None;
            drop(change(display, spare.keycode, &none));
        }
    }
}

fn change(display: &Display, keycode: u8, keysyms: &[u32]) -> Result<(), ReplyError> {
    let columns = u8::try_from(keysyms.len()).unwrap_or(u8::MAX);
    display.conn.change_keyboard_mapping(1, keycode, columns, keysyms)?.check()
}

/// Sets the locked group and the locked modifiers.
fn lock(display: &Display, group: u8, mods: ModMask) -> Result<(), ReplyError> {
    let (all, none) = (ModMask::from(0xff_u8), ModMask::from(0_u8));
    display.conn.xkb_latch_lock_state(CORE_KEYBOARD, all, mods, true, xkb::Group::from(group), none, false, 0)?;
    Ok(())
}

/// The keysyms that mean a character, the usual one first: old names (Cyrillic 0x6xx) and the Unicode
/// range 0x0100_0000.
fn keysyms(character: char) -> [u32; 2] {
    let usual = match character {
        '\n' => Keysym::Return,
        '\t' => Keysym::Tab,
        other => Keysym::from_char(other),
    };
    let unicode = 0x0100_0000 | u32::from(character);
    [if usual.raw() == NO_SYMBOL { unicode } else { usual.raw() }, unicode]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_russian_and_a_latin_letter_have_their_usual_names() {
        assert_eq!(keysyms('a')[0], 0x61);
        assert_eq!(keysyms('я')[0], 0x6d1, "Cyrillic_ya");
        assert_eq!(keysyms('😀')[0], 0x0101_f600);
    }
}
