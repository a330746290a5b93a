//! Saturation and the open loop: how fast, and how long one waits.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};
use opora_domain::{ConversationId, RequestId, request::Class};
use opora_wire::OpBody;
use tokio::task::JoinSet;

use super::{Open, Options, Report, Start};

/// Claims, and then closes, whose speed is measured.
const SATURATION: usize = 5_000;

/// Runs both and fills their parts of the report.
pub(super) async fn run(start: Arc<Start>, options: &Options, report: &mut Report) -> Result<()> {
    let saturation = SATURATION.min(options.open_claims.max(1));
    let requests = ask(&start, saturation + options.open_claims).await?;
    let (first, rest) = requests.split_at(saturation);
    let claimed = saturate(&start, first, Step::Claim).await?;
    let closed = saturate(&start, first, Step::Close).await?;
    let per_s = |took: Duration| saturation as f64 / took.as_secs_f64();
    (report.saturation_per_s, report.rounds_per_s) = (per_s(claimed), per_s(claimed + closed));
    let times = pace(&start, rest, options.rate).await?;
    report.open = Open { rate_per_s: options.rate, ..summary(times) };
    Ok(())
}

/// Asks beforehand, so that nothing but claims is measured.
async fn ask(start: &Arc<Start>, many: usize) -> Result<Vec<RequestId>> {
    let mut askers = JoinSet::new();
    let each = many.div_ceil(start.customers.len());
    for customer in start.customers.clone() {
        let start = Arc::clone(start);
        askers.spawn(async move {
            let mut asked = Vec::new();
            for _ in 0..each {
                asked.push(start.firm.ask(&customer, start.line, Class::Question).await?);
            }
            Ok::<_, anyhow::Error>(asked)
        });
    }
    let mut requests = Vec::new();
    while let Some(asked) = askers.join_next().await {
        requests.extend(asked??);
    }
    requests.truncate(many);
    Ok(requests)
}

/// The two operations of a round.
#[derive(Clone, Copy, Debug)]
enum Step {
    Claim,
    Close,
}

async fn take(start: &Start, number: usize, request: RequestId, step: Step) -> Result<()> {
    let who = &start.claimers[number % start.claimers.len()];
    let body = match step {
        Step::Claim => OpBody::Accept { request, epoch: 0 },
        Step::Close => OpBody::Close { conversation: ConversationId(request.0) },
    };
    let done = start.firm.act(who, body).await;
    done.map_err(|refusal| anyhow!("a step was refused: {step:?}, {refusal:?}"))?;
    Ok(())
}

/// How long all of them take when every claimer has the next one ready.
async fn saturate(start: &Arc<Start>, requests: &[RequestId], step: Step) -> Result<Duration> {
    let began = Instant::now();
    let mut claimers = JoinSet::new();
    for number in 0..start.claimers.len() {
        let (start, count) = (Arc::clone(start), start.claimers.len());
        let own: Vec<RequestId> = requests.iter().skip(number).step_by(count).copied().collect();
        claimers.spawn(async move {
            for request in own {
                take(&start, number, request, step).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    while let Some(ended) = claimers.join_next().await {
        ended??;
    }
    Ok(began.elapsed())
}

/// Claims at their times, each followed by its close; answers how long each claim took from its time on.
async fn pace(start: &Arc<Start>, requests: &[RequestId], rate: u32) -> Result<Vec<Duration>> {
    ensure!(rate > 0, "no claims at all take no time");
    let began = tokio::time::Instant::now();
    let mut claims = JoinSet::new();
    for (number, request) in requests.iter().copied().enumerate() {
        let due = began + Duration::from_secs_f64(number as f64 / f64::from(rate));
        tokio::time::sleep_until(due).await;
        let start = Arc::clone(start);
        claims.spawn(async move {
            take(&start, number, request, Step::Claim).await?;
            let took = due.elapsed();
            take(&start, number, request, Step::Close).await?;
            Ok::<_, anyhow::Error>(took)
        });
    }
    let mut times = Vec::new();
    while let Some(took) = claims.join_next().await {
        times.push(took??);
    }
    Ok(times)
}

fn summary(mut times: Vec<Duration>) -> Open {
    times.sort_unstable();
    let at = |share: f64| {
        let place = (times.len() as f64 * share).ceil() as usize;
        times.get(place.clamp(1, times.len().max(1)) - 1).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    };
    Open { rate_per_s: 0, claims: times.len(), p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), most_ms: at(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninety_ninth_of_a_hundred_is_the_second_slowest() {
        let times = (1..=100).map(Duration::from_millis).collect();
        let summary = summary(times);
        assert_eq!((summary.p50_ms, summary.p99_ms, summary.most_ms), (50.0, 99.0, 100.0));
    }
}
