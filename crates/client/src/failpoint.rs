//! Places where a test may kill this process, to prove that nothing is lost or doubled.
//!
//! Only in builds with the feature `testkit`: `OPORA_CRASH_AT=outbox.after_commit` aborts at the
//! place of that name. In all other builds this is nothing.

/// Ends the process here when a test has asked for it.
#[cfg(feature = "testkit")]
pub(crate) fn here(name: &str) {
    if std::env::var("OPORA_CRASH_AT").is_ok_and(|wanted| wanted == name) {
        std::process::abort();
    }
}

/// Ends the process here when a test has asked for it.
#[cfg(not(feature = "testkit"))]
pub(crate) fn here(_name: &str) {}

/// The same, on a condition.
pub(crate) fn here_if(condition: bool, name: &str) {
    if condition {
        here(name);
    }
}
