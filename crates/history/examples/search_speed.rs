//! How fast messages are found: `cargo run --release -p opora-history --example search_speed [MESSAGES]`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use opora_domain::Timestamp;
use opora_history::{
    AccountId, Cache, StoredEvent,
    search::words::{Query, Stems},
};
use serde_json::json;
use uuid::Uuid;

/// Words of a support desk, so that prefixes and stems have something to meet.
const WORDS: &[&str] = &[
    "не",
    "печатается",
    "счёт",
    "фактура",
    "принтер",
    "обмен",
    "банк",
    "выписка",
    "ошибка",
    "обновление",
    "релиз",
    "база",
    "открывается",
    "медленно",
    "пользователь",
    "пароль",
    "отчёт",
    "проводка",
    "документ",
    "закрытие",
    "месяца",
    "зарплата",
    "сотрудник",
    "контрагент",
    "договор",
    "сверка",
    "акт",
    "накладная",
    "склад",
    "остатки",
    "касса",
    "чек",
    "printer",
    "driver",
    "update",
    "error",
    "login",
    "server",
    "backup",
    "report",
    "спасибо",
    "пожалуйста",
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let many: u64 = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let (account, cache) = (AccountId(1), Cache::open(folder.path(), Timestamp(1)).await?);
    cache.begin_feed(account, Uuid::from_u128(1), Timestamp(1)).await?;
    let mut seed = 1_u64;
    let mut pick = || {
        // Knuth's MMIX generator: the same words in every run.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[usize::try_from(seed >> 33).unwrap_or_default() % WORDS.len()]
    };
    let began = Instant::now();
    for batch in 0..many.div_ceil(200) {
        let events: Vec<StoredEvent> = (0..200_u64)
            .map(|n| {
                let number = batch * 200 + n;
                let text: Vec<&str> = (0..12).map(|_| pick()).collect();
                StoredEvent {
                    stream: format!("conversation/{}/public", Uuid::from_u128(u128::from(number / 40))),
                    seq: i64::try_from(number % 40).unwrap_or_default() + 1,
                    gseq: i64::try_from(number).unwrap_or_default() + 1,
                    id: Uuid::from_u128(u128::from(number) + (1 << 80)),
                    at: Timestamp(i64::try_from(number).unwrap_or_default()),
                    by: None,
                    body: json!({ "is": "said", "text": format!("{} {number}", text.join(" ")) }),
                }
            })
            .collect();
        cache.apply(account, &events, None).await?;
    }
    let stored = began.elapsed();
    println!("{many} messages stored and indexed in {stored:.1?}: {:.0} a second", many as f64 / stored.as_secs_f64());
    let stems = Stems::default();
    for typed in ["п", "пе", "печ", "печатать", "печатать счета", "обновления базы пользователя", "77777", "нетакого"]
    {
        let query = Query::new(typed, &stems);
        let began = Instant::now();
        let hits = cache.find(account, &query, 30).await?.len();
        println!("{typed:<32} {hits:>3} hits in {:.1?}", began.elapsed());
    }
    let size = std::fs::metadata(folder.path().join("cache.db"))?.len();
    println!("cache.db: {} MiB", size >> 20);
    Ok(())
}
