//! People's stories, told through real windows and a real desk.
//!
//! Knows the stage and no crate of the product: what people see is all that is looked at. The firm
//! is «Опора-Сервис»: Galina owns it, Boris is its specialist; Anna works at ООО «Ромашка».

pub mod agreed;
pub mod bench;
pub mod desk;
pub mod firm;
pub mod handing;
pub mod keyboard;
pub mod person;
pub mod programs;
pub mod recorder;
pub mod setup;
pub mod story;
pub mod tickets;

use std::time::Duration;

/// What happens between two people over a desk, on a loaded two-core machine.
pub const SOON: Duration = Duration::from_secs(20);
