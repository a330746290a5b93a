//! The stage on which Opora's programs are tried (development only; knows no product crate).
//!
//! A [`Stage`] holds [`Machine`]s. A machine is what one person sits at: a [`Display`] (Xvfb with a
//! window manager), a private session [`Bus`] with our own notification and tray hosts, and a home
//! folder of its own, so nothing of the developer's home is read or written. [`Hands`] make real
//! input on a display, [`WebDriver`] drives a program's webviews.
//!
//! All waiting goes through [`Witness::until`]: a condition and a deadline; a missed deadline is an
//! error that carries a picture of every display. Everything started is ended by process group, by
//! [`Keeper`], even when the test process itself is killed.

mod bus;
mod display;
mod hands;
mod hosts;
mod keeper;
mod keys;
mod picture;
mod stage;
mod webdriver;
mod windows;
mod witness;

pub use bus::Bus;
pub use display::{Display, Size};
pub use hands::{Button, Hands};
pub use hosts::{Notification, TrayItem};
pub use keeper::{Keeper, Program};
pub use keys::Keymap;
pub use picture::{differing, has_colour, share_of};
pub use stage::{Machine, Stage, free_port};
pub use webdriver::{Element, Rect, WebDriver};
pub use windows::Area;
pub use witness::{Missed, Witness};

/// Pictures of displays: 8-bit RGBA, alpha always 255.
pub use image::RgbaImage;
pub use xkeysym::Keysym;
