//! A real desk on 127.0.0.1, and raw clients that speak the wire and nothing more.

mod files;
mod office;
mod privacy;
mod program;
mod relay;
mod remote;
mod rights;
mod story;
mod trust;
