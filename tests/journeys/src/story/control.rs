//! 7: Boris sees Anna's real screen, clicks, scrolls and types into a real program there.

use anyhow::{Context, Result, ensure};
use opora_testkit::Button;

use super::Story;
use super::ask::TYPED;
use crate::SOON;
use crate::recorder::Recorder;

/// The painter's colours before and after a click.
const PLAIN: [u8; 3] = [0xf0, 0xf0, 0xf0];
const CLICKED: [u8; 3] = [0x20, 0xa0, 0x40];
/// A place in the painter's window on Anna's screen, where no text comes.
const SPOT: (i16, i16) = (400, 330);
/// What a coder and a scaler may do to a plain colour.
const CODED: u8 = 24;
/// The middle of the last Russian letter, which the painter draws as a block, in its window.
const LAST_LETTER: (i16, i16) = (36 + 26 * 8 + 3, 40 - 5);
const TEXT: &str = "Invoice 118: склад Основной!";

pub(super) fn play(story: &mut Story, pictures: &Recorder) -> Result<()> {
    let (anna, boris) = (story.anna.machine(), story.boris.machine());
    let file = anna.home().join(TYPED);
    let shows = |colour: [u8; 3]| Ok((anna.display().colour_at(SPOT.0, SPOT.1)? == colour).then_some(()));
    story.stage.until("the painter is on Anna's screen", SOON, || shows(PLAIN))?;

    let glass = story.glass()?;
    let spot = glass.at(SPOT);
    let sees = |colour: [u8; 3]| {
        let seen = boris.display().colour_at(spot.0, spot.1)?;
        let near = seen.iter().zip(colour).all(|(one, other)| one.abs_diff(other) <= CODED);
        ensure!(near, "Boris sees {seen:?} at {spot:?}");
        Ok(Some(()))
    };
    story.stage.until("Boris sees the painter", SOON, || sees(PLAIN))?;

    let hands = boris.display().hands()?;
    hands.click(spot.0, spot.1)?;
    story.stage.until("Boris' click changed Anna's screen", SOON, || shows(CLICKED))?;
    story.stage.until("Boris sees what his click did", SOON, || sees(CLICKED))?;
    let bar = |y: i16| Ok((anna.display().colour_at(56, y)? == [0x20, 0x20, 0x20]).then_some(()));
    let painter = anna.display().window("Painter")?.context("the painter has a window")?;
    hands.press(Button::WheelDown)?;
    story.stage.until("Boris' wheel moved the bar", SOON, || bar(painter.y + 40 + 12 + 20))?;
    hands.type_text(TEXT)?;
    let written = || {
        let text = std::fs::read_to_string(&file)?;
        ensure!(text == TEXT, "it wrote {text:?}");
        Ok(Some(()))
    };
    story.stage.until("what Boris typed was written at Anna's", SOON, written)?;
    let (last, line) = LAST_LETTER;
    let letter = glass.at((painter.x + last, painter.y + line));
    story.stage.until("Boris sees what he typed", SOON, || {
        let seen = boris.display().colour_at(letter.0, letter.1)?;
        ensure!(seen.iter().all(|channel| *channel < 0x60), "Boris sees {seen:?} at {letter:?}");
        Ok(Some(()))
    })?;
    ensure!(!anna.display().hands()?.anything_held()?, "nothing stays pressed at Anna's");
    pictures.picture("07-control", &story.boris)?;
    pictures.picture("07-control-anna", &story.anna)
}
