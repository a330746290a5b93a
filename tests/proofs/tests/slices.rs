//! Small slices of the proofs, and the controls that must fail.

use anyhow::Result;
use opora_proofs::{
    history, race, tickets,
    week::{self, Break, Options},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_claimers_race_and_die_and_nothing_is_doubled_or_lost() -> Result<()> {
    let options = race::Options { claims: 150, claimers: 20, rate: 100, open_claims: 50, seed: 7 };
    let report = race::run(options).await?;
    assert_eq!((report.doubled, report.lost, report.over_capacity), (0, 0, 0), "{report:?}");
    assert!(report.claims >= 150 && report.killed > 0 && report.contended > 0, "it was a race: {report:?}");
    assert!(report.open.claims == 50 && report.rounds_per_s < report.saturation_per_s, "and then measured: {report:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_the_real_client_are_those_of_a_plain_table_and_follow_changes() -> Result<()> {
    let report = tickets::run(tickets::Options { count: 250, rounds: 1, seed: 7 }).await?;
    assert!(report.wrong.is_empty(), "answered differently: {:?}", report.wrong);
    assert!(report.questions.len() > 70 && report.change_ms.most > 0.0, "all was asked: {report:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_is_there_after_each_start_and_what_was_written_once_is_found() -> Result<()> {
    let program = env!("CARGO_BIN_EXE_opora-proof").into();
    let report = history::run(history::Options { messages: 3_000, questions: 40, seed: 7, program }).await?;
    assert!(report.missed.is_empty(), "not found: {:?}", report.missed);
    assert!(report.conversations > 20 && report.peer.questions > 20, "it was a history: {report:?}");
    Ok(())
}

fn small(seed: u64) -> Options {
    Options { customers: 40, requests: 40, ..Options::usual(seed) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_keeps_every_promise() -> Result<()> {
    let report = week::run(small(3)).await?;
    assert!(report.is_clean(), "{report:?}");
    assert!(report.served > 20 && report.offers > report.served, "it was a week: {report:?}");
    Ok(())
}

/// The control: a promise that is broken on purpose is noticed, and as what it is.
async fn broken(what: Break, count: fn(&week::Report) -> usize) -> Result<()> {
    let report = week::run(Options { broken: Some(what), ..small(3) }).await?;
    assert!(count(&report) > 0, "{what:?} was not noticed: {report:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_load_that_is_counted_too_low_is_noticed() -> Result<()> {
    broken(Break::Capacity, |report| report.over_capacity).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_who_overtakes_is_noticed() -> Result<()> {
    broken(Break::Order, |report| report.out_of_order).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_belongs_to_nobody_is_noticed() -> Result<()> {
    broken(Break::Orphan, |report| report.orphaned).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_kept_from_everybody_is_noticed() -> Result<()> {
    broken(Break::Starve, |report| report.starved).await
}
