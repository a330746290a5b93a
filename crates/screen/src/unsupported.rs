//! Systems without a backend yet: every door says so.

use crate::{
    CursorSource, Gate, Injector, Picture, ScreenSource, StopKeyError,
    error::{CaptureError, InputError, Missing},
};

pub(crate) fn open_screen(_display: &str) -> Result<Box<dyn ScreenSource>, CaptureError> {
    Err(Missing::System.into())
}

pub(crate) fn open_cursor(_display: &str) -> Result<Box<dyn CursorSource>, CaptureError> {
    Err(Missing::System.into())
}

pub(crate) fn open_injector(_display: &str, _gate: Gate) -> Result<Box<dyn Injector>, InputError> {
    Err(Missing::System.into())
}

pub(crate) fn screenshot(_display: &str) -> Result<Picture, CaptureError> {
    Err(Missing::System.into())
}

pub(crate) struct Border;

impl Border {
    pub(crate) fn show(_display: &str, _colour: u32) -> Result<Self, CaptureError> {
        Err(Missing::System.into())
    }
}

pub(crate) struct StopKey;

impl StopKey {
    pub(crate) fn grab(_display: &str, _pressed: Box<dyn Fn() + Send>) -> Result<Self, StopKeyError> {
        Err(Missing::System.into())
    }
}
