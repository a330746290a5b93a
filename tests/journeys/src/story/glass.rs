//! The picture of Anna's screen on Boris' screen.

use anyhow::{Context, Result};
use opora_testkit::{Area, Rect};
use serde_json::json;

use super::Story;
use crate::SOON;

/// Where the picture is. Both screens have 1920 x 1080 pixels.
#[derive(Clone, Copy, Debug)]
pub struct Glass {
    window: Area,
    canvas: Rect,
}

impl Glass {
    /// Where a point of Anna's screen is on Boris'.
    #[must_use]
    pub fn at(&self, (x, y): (i16, i16)) -> (i16, i16) {
        let across = self.canvas.x + f64::from(x) * self.canvas.width / 1920.0;
        let down = self.canvas.y + f64::from(y) * self.canvas.height / 1080.0;
        (self.window.x + across.round() as i16, self.window.y + down.round() as i16)
    }
}

impl Story {
    /// The picture in Boris' viewer, which is the current window, as it is shown now.
    ///
    /// # Errors
    /// When the viewer is not open or shows nothing.
    pub fn glass(&self) -> Result<Glass> {
        self.glass_of_width(|width| width > 100.0)
    }

    /// As [`Self::glass`], after Boris has chosen to see it pixel by pixel.
    ///
    /// # Errors
    /// When the viewer is not open or shows nothing.
    pub fn glass_one_to_one(&self) -> Result<Glass> {
        self.glass()?;
        self.boris.window()?.click("viewer-fit")?;
        self.glass_of_width(|width| (width - 1920.0).abs() < 1.0)
    }

    fn glass_of_width(&self, fits: impl Fn(f64) -> bool) -> Result<Glass> {
        let boris = self.boris.window()?;
        let title = boris.script("return document.title", &json!([]))?;
        let title = title.as_str().context("the viewer has a title")?;
        let display = self.boris.machine().display();
        let window = self.stage.until("the viewer's window is there", SOON, || display.window(title))?;
        let canvas = self.stage.until("the picture has its size", SOON, || {
            let canvas = boris.rect(&boris.find("viewer-canvas")?)?;
            Ok(fits(canvas.width).then_some(canvas))
        })?;
        Ok(Glass { window, canvas })
    }
}
