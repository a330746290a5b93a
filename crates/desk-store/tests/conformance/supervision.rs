//! What a supervisor may, and what two cannot have at once.

use std::{collections::BTreeSet, sync::Arc};

use opora_desk::{
    Actor,
    store::{Store, SupervisionStore},
};
use opora_domain::{
    ConversationId, MessageId, PersonId, RequestId, Timestamp,
    message::Draft,
    rating::{Rating, Stars},
    request::State,
    role::Role,
};
use opora_wire::{
    EventBody, OpBody, RefusalCode, Stream, note, participant, routing,
    supervision::{Act, Event, Op},
};

use crate::{
    office::{Engine, Office, TestResult},
    transfers::{Talk, accept, arrive},
};

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
            let answer = office.act(&head, OpBody::Supervise(Op::TakeOver { request, epoch: 1, stays: false })).await;
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

/// Galina supervises the talk of Anna and Boris.
async fn galina_of<S: Store>(talk: &Talk<S>) -> TestResult<Actor> {
    let galina = talk.office.hire("Галина Орлова", Role::Supervisor).await?;
    arrive(&talk.office, &galina).await?;
    Ok(galina)
}

fn note<S: Store>(talk: &Talk<S>, text: &str) -> OpBody {
    let note = MessageId(talk.office.rng.uuid_v7(Timestamp(1)));
    OpBody::Note(note::Op::Write { conversation: talk.id, note, text: text.into() })
}

async fn take_over<S: Store>(talk: &Talk<S>, by: &Actor) -> TestResult {
    let (request, epoch) = (talk.request, talk.state().await?.1);
    talk.act(by, OpBody::Supervise(Op::TakeOver { request, epoch, stays: false })).await?;
    Ok(())
}

async fn acts<S: Store>(talk: &Talk<S>) -> TestResult<Vec<Act>> {
    Ok(talk.office.desk.store().acts(9).await?.into_iter().rev().map(|one| one.act).collect())
}

pub(crate) async fn a_whisper_is_read_by_boris_and_stands_in_the_trail_a_colleagues_note_does_not<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let galina = galina_of(&talk).await?;
    let (conversation, beside) = (talk.id, Stream::ConversationStaff(talk.id));
    assert_eq!(talk.refused(&galina, note(&talk, "Рано")).await?, RefusalCode::NotAllowed, "she does not look yet");
    talk.act(&galina, OpBody::Supervise(Op::LookIn { conversation })).await?;
    let said = talk.reads(&talk.anna, Stream::Conversation(talk.id)).await.map(|all| all.len());

    talk.act(&galina, note(&talk, "Спросите номер релиза")).await?;
    let read = talk.reads(&talk.boris, beside).await.ok_or("it is beside his talk")?;
    let whispered = EventBody::Note(note::Event::Written { text: "Спросите номер релиза".into() });
    assert!(read.iter().any(|event| event.body == whispered && event.by == Some(galina.person.id)), "and says who");
    assert_eq!(acts(&talk).await?, [Act::LookedIn, Act::Whispered]);
    assert_eq!(talk.reads(&talk.anna, beside).await, None);
    assert_eq!(talk.reads(&talk.anna, Stream::Conversation(talk.id)).await.map(|all| all.len()), said);

    talk.act(&talk.boris, note(&talk, "Спрошу")).await?;
    talk.offer(false, Vec::new()).await?;
    talk.act(&talk.vera, note(&talk, "Сейчас приму")).await?;
    assert_eq!(acts(&talk).await?, [Act::LookedIn, Act::Whispered], "Boris and Vera only write notes");
    talk.act(&galina, OpBody::Supervise(Op::LookAway { conversation })).await?;
    assert_eq!(talk.refused(&galina, note(&talk, "Поздно")).await?, RefusalCode::NotAllowed);
    Ok(())
}

pub(crate) async fn who_is_taken_over_from_leaves_and_who_stayed_before_stays<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let galina = galina_of(&talk).await?;
    let offer = talk.offer(true, Vec::new()).await?;
    talk.act(&talk.vera, accept(offer)).await?;
    talk.say(&talk.vera, "Смотрю").await?;
    take_over(&talk, &galina).await?;
    talk.say(&talk.anna, "Жду").await?;

    assert_eq!(talk.texts(&talk.vera).await, ["Смотрю"], "what was, and no more");
    let late = note(&talk, "Я ещё здесь");
    assert_eq!(talk.refused(&talk.vera, late).await?, RefusalCode::NotAllowed);
    let inside: BTreeSet<PersonId> = [&talk.anna, &talk.boris, &galina].map(|one| one.person.id).into();
    let members: BTreeSet<PersonId> = store.members(talk.id).await?.into_iter().collect();
    assert_eq!(members, inside, "Boris was the second specialist and is so still");
    assert_eq!(talk.texts(&talk.boris).await, ["Смотрю", "Жду"]);
    let loads = (talk.load(&talk.boris).await?, talk.load(&talk.vera).await?, talk.load(&galina).await?);
    assert_eq!(loads, (0, 0, 1));
    Ok(())
}

pub(crate) async fn an_offer_to_vera_is_overtaken_when_galina_takes_the_talk<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let galina = galina_of(&talk).await?;
    let beside = Stream::ConversationStaff(talk.id);
    let offer = talk.offer(false, Vec::new()).await?;
    take_over(&talk, &galina).await?;
    let known = talk.reads(&talk.vera, beside).await.map(|all| all.len());
    talk.act(&galina, note(&talk, "Дальше я")).await?;
    assert_eq!(talk.reads(&talk.vera, beside).await.map(|all| all.len()), known, "she reads no more beside it");
    assert_eq!(talk.refused(&talk.vera, accept(offer)).await?, RefusalCode::TransferOver);
    Ok(())
}

/// How a talk on hold can leave Boris's hands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Accepted,
    TakenOver,
    PutBack,
}

pub(crate) async fn a_talk_on_hold_that_changes_hands_frees_nothing_twice_and_is_held_no_longer<E: Engine>()
-> TestResult {
    for way in [Way::Accepted, Way::TakenOver, Way::PutBack] {
        let (store, _place) = E::open().await?;
        let talk = Talk::begin(store).await?;
        let galina = galina_of(&talk).await?;
        let request = talk.office.ask(&talk.anna).await?;
        talk.act(&talk.boris, OpBody::Accept { request, epoch: 0 }).await?;
        talk.act(&talk.boris, OpBody::Routing(routing::Op::Hold { conversation: talk.id })).await?;
        assert_eq!(talk.load(&talk.boris).await?, 1, "the other one");

        match way {
            Way::Accepted => _ = talk.act(&talk.vera, accept(talk.offer(false, Vec::new()).await?)).await?,
            Way::TakenOver => take_over(&talk, &galina).await?,
            Way::PutBack => talk.queue(&talk.boris, talk.office.line).await?,
        }
        talk.say(&talk.anna, "Можно дальше").await?;
        let loads = (talk.load(&talk.boris).await?, talk.load(&talk.vera).await?, talk.load(&galina).await?);
        let taken = (1, u32::from(way == Way::Accepted), u32::from(way == Way::TakenOver));
        assert_eq!(loads, taken, "{way:?}");
    }
    Ok(())
}

/// What a member may read is never made less by a look: not the end, not the beginning, not the notes.
pub(crate) async fn galina_who_left_a_talk_keeps_what_she_had_when_she_looks_in_and_away<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let galina = galina_of(&talk).await?;
    let (conversation, beside) = (talk.id, Stream::ConversationStaff(talk.id));
    talk.say(&talk.anna, "Раньше").await?;
    let from = Some(talk.say(&talk.anna, "При ней").await?);
    let invitation = crate::invitations::asks(&talk, galina.person.id, from).await?;
    talk.act(&galina, OpBody::Participant(participant::Op::Accept { invitation })).await?;
    talk.act(&galina, OpBody::Participant(participant::Op::Leave { conversation })).await?;
    talk.say(&talk.anna, "Без неё").await?;
    let (had, notes) = (talk.texts(&galina).await, talk.reads(&galina, beside).await);
    assert_eq!(had, ["При ней"]);
    for _ in 0..2 {
        talk.act(&galina, OpBody::Supervise(Op::LookIn { conversation })).await?;
        assert_eq!(talk.texts(&galina).await, ["Раньше", "При ней", "Без неё"], "a look shows everything");
        talk.act(&talk.boris, note(&talk, "Тоже без неё")).await?;
        talk.act(&galina, OpBody::Supervise(Op::LookAway { conversation })).await?;
        assert_eq!(talk.texts(&galina).await, had, "and leaves what there was");
        assert_eq!(talk.reads(&galina, beside).await, notes);
        assert!(!store.members(conversation).await?.contains(&galina.person.id), "she is no member again by it");
    }

    talk.act(&galina, OpBody::Supervise(Op::LookIn { conversation })).await?;
    take_over(&talk, &galina).await?;
    talk.act(&galina, OpBody::Supervise(Op::LookAway { conversation })).await?;
    assert_eq!(talk.texts(&galina).await.len(), 3, "now it is hers, and looking away takes nothing");
    talk.act(&talk.boris, OpBody::Supervise(Op::LookAway { conversation }))
        .await
        .err()
        .ok_or("he supervises nobody")?;
    Ok(())
}

pub(crate) async fn boris_stays_as_second_specialist_when_galina_takes_over_and_wants_him_there<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let galina = galina_of(&talk).await?;
    let (request, epoch) = (talk.request, talk.state().await?.1);
    talk.act(&galina, OpBody::Supervise(Op::TakeOver { request, epoch, stays: true })).await?;
    talk.say(&talk.anna, "Кто теперь отвечает?").await?;
    talk.say(&talk.boris, "Галина, я рядом").await?;

    assert_eq!(talk.state().await?.0, State::Accepted { by: galina.person.id });
    let inside: BTreeSet<PersonId> = [&talk.anna, &talk.boris, &galina].map(|one| one.person.id).into();
    let members: BTreeSet<PersonId> = store.members(talk.id).await?.into_iter().collect();
    assert_eq!(members, inside);
    assert_eq!(talk.texts(&talk.boris).await, ["Кто теперь отвечает?", "Галина, я рядом"]);
    assert_eq!((talk.load(&talk.boris).await?, talk.load(&galina).await?), (0, 1), "it is in her hands");
    let told = talk.reads(&talk.boris, Stream::Person(talk.boris.person.id)).await.ok_or("his own stream")?;
    let knows = |body: &EventBody| matches!(body, EventBody::Supervision(Event::TakenOver { stays: true, .. }));
    assert!(told.iter().any(|event| knows(&event.body)), "and he is told that he stays");
    talk.act(&talk.boris, OpBody::Participant(participant::Op::Leave { conversation: talk.id })).await?;
    Ok(())
}
