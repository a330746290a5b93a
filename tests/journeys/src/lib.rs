//! People's stories, told through real windows and a real desk.
//!
//! Knows the stage and no crate of the product: what people see is all that is looked at.

pub mod programs;
