//! What every engine behind `Store` has to keep. The suite is written against the trait; an engine
//! is one `impl Engine` and one line of `suite!`.

mod contracts;
mod device;
mod guards;
mod hours;
mod invitations;
mod known_bugs;
mod log;
mod office;
mod reports;
mod rights;
mod routing;
mod scene;
mod screens;
mod simulation;
mod sqlite;
mod structure;
mod supervision;
mod ticket_mail;
mod tickets;
mod transfers;
mod vendors;

/// Makes one test for each rule and engine.
macro_rules! suite {
    ($engine:ty: $($module:ident::$rule:ident),+ $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $rule() -> crate::office::TestResult {
            crate::$module::$rule::<$engine>().await
        }
    )+};
}
pub(crate) use suite;
