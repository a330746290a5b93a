//! What a start reads is what it would have made of the whole log.

use ed25519_dalek::SigningKey;
use opora_domain::{
    PublicKey, Timestamp,
    certificate::{Binding, Certificate},
    key::KeyHash,
    role::Role,
    signed::Signed,
};
use opora_history::{Account, AccountId, Cache, StoredEvent};
use opora_wire::Event;
use proptest::prelude::*;

use super::{catch_up, read, write};
use crate::world::{
    Moment, World,
    kept::tests::{ME, Seed, differs, log, seeds},
};

const ID: AccountId = AccountId(1);
const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
const LATER: Moment = Moment { now: NOW, live: false };

fn boris() -> Account {
    let (key, public) = (SigningKey::from_bytes(&[7; 32]), PublicKey([7; 32]));
    let nothing = || Signed::new(&Binding { invite_key: public, device: public }, &key);
    Account {
        address: "127.0.0.1:7443".into(),
        desk: KeyHash([0; 16]),
        organisation_key: PublicKey([0; 32]),
        person: ME,
        name: "Борис Ким".into(),
        role: Role::Specialist,
        desk_name: "Север-Софт".into(),
        organisation: "Север-Софт".into(),
        certificate: Certificate { admission: nothing(), binding: nothing(), vouched: Vec::new() },
    }
}

fn stored(event: &Event) -> StoredEvent {
    let Event { stream, seq, gseq, id, at, by, body } = event.clone();
    let body = serde_json::to_value(body).expect("JSON");
    StoredEvent { stream: stream.to_string(), seq, gseq, id, at, by, body }
}

/// Events come in parts, some late, so that there are holes; the world follows and is kept after some parts. Then the
/// program is killed. What it knew when it was kept last, with what is stored since, is what the next start knows.
async fn killed_and_started(log: &[Event], part: usize, late: usize, kept_after: &[bool]) -> Option<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(folder.path(), NOW).await.expect("opens");
    cache.begin_feed(ID, uuid::Uuid::nil(), NOW).await.expect("begins");
    let mut world = World::new(ME, Role::Specialist);
    let mut parts: Vec<&[Event]> = log.chunks(part).collect();
    let held = parts.remove(late % parts.len());
    parts.push(held);
    let mut keeps: Vec<bool> = kept_after.iter().copied().cycle().take(parts.len()).collect();
    let last = keeps.iter().rposition(|keeps| *keeps).map_or(0, |last| last + 1);
    keeps.truncate(last);
    for (at, events) in parts.iter().enumerate() {
        let events: Vec<StoredEvent> = events.iter().map(stored).collect();
        cache.apply(ID, &events, None).await.expect("stored");
        // What comes after the last time is in the log alone.
        let Some(is_kept) = keeps.get(at) else { continue };
        catch_up(&cache, ID, &mut world, LATER).await.expect("applied");
        if *is_kept {
            write(&cache, ID, &mut world).await.expect("kept");
        }
    }
    let (started, _) = read(&cache, ID, &boris(), LATER).await.expect("starts");
    catch_up(&cache, ID, &mut world, LATER).await.expect("applied");
    differs(world, started)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_start_knows_what_was_kept_and_what_is_stored_since(
        seeds in seeds(),
        part in 1_usize..30,
        late in any::<usize>(),
        kept_after in prop::collection::vec(any::<bool>(), 1..6),
    ) {
        let seeds: Vec<Seed> = seeds;
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let differs = runtime.block_on(killed_and_started(&log(&seeds), part, late, &kept_after));
        prop_assert_eq!(differs, None);
    }
}
