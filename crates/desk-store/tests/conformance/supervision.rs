//! What a supervisor may, and what two cannot have at once.

use std::sync::Arc;

use opora_desk::store::{Store, SupervisionStore};
use opora_domain::{
    ConversationId, MessageId, RequestId, Timestamp,
    message::Draft,
    rating::{Rating, Stars},
    request::State,
    role::Role,
};
use opora_wire::{
    EventBody, OpBody, RefusalCode, Stream,
    supervision::{Act, Event, Op},
};

use crate::office::{Engine, Office, TestResult};

fn code<T>(answer: Result<T, opora_wire::Refusal>) -> Option<RefusalCode> {
    answer.err().map(|refusal| refusal.code)
}

fn mark() -> Rating {
    Rating { stars: Stars::new(4).expect("one to five"), comment: "Вежливо".into() }
}

pub(crate) async fn who_only_looks_reads_everything_and_may_do_nothing<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
    let request = office.ask(&anna).await?;
    let (conversation, galinas) = (ConversationId(request.0), galina.person.id);
    let talk = Stream::Conversation(conversation);
    office.act(&boris, OpBody::Accept { request, epoch: 0 }).await.map_err(|refusal| format!("{refusal:?}"))?;
    let look = OpBody::Supervise(Op::LookIn { conversation });
    assert_eq!(code(office.act(&boris, look.clone()).await), Some(RefusalCode::NotAllowed));
    office.act(&galina, look.clone()).await.map_err(|refusal| format!("{refusal:?}"))?;
    office.act(&galina, look).await.map_err(|refusal| format!("{refusal:?}"))?;

    assert!(store.fetch(galinas, talk, 1, 99, 99).await?.is_some_and(|events| events.len() >= 3));
    assert!(!store.members(conversation).await?.contains(&galinas));
    assert!(!store.peers(anna.person.id).await?.contains(&galinas), "Anna's device never learns of her");
    let draft = Draft { id: MessageId(office.rng.uuid_v7(Timestamp(1))), text: "!".into(), reply_to: None, file: None };
    for forbidden in
        [OpBody::Say { conversation, draft }, OpBody::See { conversation, up_to: 1 }, OpBody::Close { conversation }]
    {
        assert_eq!(code(office.act(&galina, forbidden).await), Some(RefusalCode::NotAllowed));
    }
    let away = OpBody::Supervise(Op::LookAway { conversation });
    office.act(&galina, away.clone()).await.map_err(|refusal| format!("{refusal:?}"))?;
    office.act(&galina, away).await.map_err(|refusal| format!("{refusal:?}"))?;
    assert!(store.fetch(galinas, talk, 1, 99, 99).await?.is_none());
    let acts: Vec<Act> = store.acts(9).await?.into_iter().rev().map(|one| one.act).collect();
    assert_eq!(acts, [Act::LookedIn, Act::LookedAway], "once each, however often it was sent");
    office.close().await;
    Ok(())
}

pub(crate) async fn what_is_taken_over_moves_once_with_its_load<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Arc::new(Office::over(store.clone()).await?);
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let request = office.ask(&anna).await?;
    office.act(&boris, OpBody::Accept { request, epoch: 0 }).await.map_err(|refusal| format!("{refusal:?}"))?;
    let mut race = tokio::task::JoinSet::new();
    for number in 0..12 {
        let head = office.hire(&format!("Руководитель {number}"), Role::Supervisor).await?;
        let office = Arc::clone(&office);
        race.spawn(async move {
            let answer = office.act(&head, OpBody::Supervise(Op::TakeOver { request, epoch: 1 })).await;
            (head.person.id, answer)
        });
    }
    let answers = race.join_all().await;
    let winners: Vec<_> = answers.iter().filter(|(_, answer)| answer.is_ok()).map(|(person, _)| *person).collect();
    assert_eq!(winners.len(), 1, "one request, one owner");
    let taken = State::Accepted { by: winners[0] };
    for refusal in answers.into_iter().filter_map(|(_, answer)| answer.err()) {
        assert_eq!((refusal.code, refusal.moved), (RefusalCode::Moved, Some(taken)), "and it says who has it");
    }
    let loads: Vec<(_, u32)> = store.servers().await?.into_iter().map(|one| (one.person, one.active)).collect();
    let busy: Vec<_> = loads.iter().filter(|(_, active)| *active > 0).collect();
    assert_eq!(busy, [&(winners[0], 1)], "the load went with it");
    Arc::into_inner(office).ok_or("all are answered")?.close().await;
    Ok(())
}

pub(crate) async fn the_heads_mark_goes_to_the_specialist_and_never_to_the_customer<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
    let mut tx = store.begin().await?;
    for actor in [&anna, &boris, &galina] {
        opora_desk::Tx::grant(&mut tx, actor.person.id, Stream::Person(actor.person.id), 1).await?;
    }
    opora_desk::Tx::grant(&mut tx, galina.person.id, Stream::Supervisors, 1).await?;
    opora_desk::Tx::commit(tx, Timestamp(1)).await?;
    let request: RequestId = office.ask(&anna).await?;
    let conversation = ConversationId(request.0);
    let give = OpBody::Supervise(Op::Mark { conversation, mark: mark() });
    assert_eq!(code(office.act(&galina, give.clone()).await), Some(RefusalCode::Moved), "nobody has worked yet");
    office.act(&boris, OpBody::Accept { request, epoch: 0 }).await.map_err(|refusal| format!("{refusal:?}"))?;
    office.act(&galina, give.clone()).await.map_err(|refusal| format!("{refusal:?}"))?;
    assert_eq!(code(office.act(&boris, give).await), Some(RefusalCode::NotAllowed));

    let marked = |event: &opora_wire::Event| match &event.body {
        EventBody::Supervision(Event::Marked { mark, .. } | Event::Acted { mark: Some(mark), .. }) => {
            Some(mark.stars.get())
        }
        _ => None,
    };
    let seen = async |who| -> TestResult<Vec<u8>> {
        Ok(store.feed(who, 0, 1_000).await?.events.iter().filter_map(marked).collect())
    };
    assert_eq!(seen(boris.person.id).await?, [4]);
    assert_eq!(seen(galina.person.id).await?, [4]);
    assert!(seen(anna.person.id).await?.is_empty());
    office.close().await;
    Ok(())
}
