//! A real desk on 127.0.0.1, and raw clients that speak the wire and nothing more.

mod api;
mod erasing;
mod files;
mod mail;
mod office;
mod privacy;
mod program;
mod relay;
mod remote;
mod rights;
mod running;
mod second_factor;
mod story;
mod supervision;
mod tickets;
mod trust;
mod webhooks;
