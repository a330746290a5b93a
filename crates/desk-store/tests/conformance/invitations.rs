//! Invitations into talks through the real operations: nobody is put in without a yes of one's own.

use opora_desk::{
    Actor,
    store::{Store, StructureTx, Tx},
};
use opora_domain::{
    InvitationId, MessageId, PersonId, Span, Timestamp,
    invitation::{Ended, life},
    role::Role,
};
use opora_wire::{
    OpBody, RefusalCode,
    event::{EventBody, Stream},
    participant::{Event, Op},
};

use crate::{
    office::{Engine, TestResult},
    transfers::{Talk, arrive},
};

/// Boris asks somebody in.
pub(crate) async fn asks<S: Store>(
    talk: &Talk<S>,
    person: PersonId,
    from: Option<MessageId>,
) -> TestResult<InvitationId> {
    let invitation = InvitationId(talk.office.rng.uuid_v7(Timestamp(1)));
    let words = "Знаете склад лучше всех".to_owned();
    let op = Op::Invite { invitation, conversation: talk.id, person, from, words };
    talk.act(&talk.boris, OpBody::Participant(op)).await?;
    Ok(invitation)
}

fn accept(invitation: InvitationId) -> OpBody {
    OpBody::Participant(Op::Accept { invitation })
}

fn decline(invitation: InvitationId) -> OpBody {
    OpBody::Participant(Op::Decline { invitation, reason: "Иду на обед".into() })
}

fn withdraw(invitation: InvitationId) -> OpBody {
    OpBody::Participant(Op::Withdraw { invitation })
}

/// How it ended, as somebody reads it in a stream.
async fn ended<S: Store>(talk: &Talk<S>, who: &Actor, stream: Stream, wanted: InvitationId) -> Vec<Ended> {
    let events = talk.reads(who, stream).await.unwrap_or_default();
    let how = events.into_iter().filter_map(|event| match event.body {
        EventBody::Participant(Event::InvitationEnded { invitation, how, .. }) if invitation == wanted => Some(how),
        _ => None,
    });
    how.collect()
}

async fn own<S: Store>(talk: &Talk<S>, who: &Actor, wanted: InvitationId) -> Vec<Ended> {
    ended(talk, who, Stream::Person(who.person.id), wanted).await
}

pub(crate) async fn oleg_comes_in_from_a_chosen_message_once_he_has_said_yes_and_a_stranger_is_not_asked<E: Engine>()
-> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    talk.say(&talk.anna, "Между нами: директор недоволен").await?;
    let from = talk.say(&talk.anna, "Позовите Олега, он на складе").await?;
    let oleg = talk.office.hire("Олег Дроздов", Role::Customer).await?;
    arrive(&talk.office, &oleg).await?;

    let invitation = asks(&talk, oleg.person.id, Some(from)).await?;
    let asked = talk.reads(&oleg, Stream::Person(oleg.person.id)).await.unwrap_or_default();
    assert!(
        asked.iter().any(|event| matches!(&event.body, EventBody::Participant(Event::Invited { words, by_name, .. })
            if words == "Знаете склад лучше всех" && by_name == "Борис Ким")),
        "he reads who asks, and what for"
    );
    let talks = Stream::Conversation(talk.id);
    assert_eq!(talk.reads(&oleg, talks).await, None, "and nothing of the talk");
    assert!(!store.members(talk.id).await?.contains(&oleg.person.id), "he is not in it");
    let before = talk.reads(&talk.anna, talks).await.unwrap_or_default().len();

    talk.act(&oleg, accept(invitation)).await?;
    assert_eq!(talk.texts(&oleg).await, ["Позовите Олега, он на складе"]);
    let all = talk.reads(&oleg, Stream::Person(oleg.person.id)).await.unwrap_or_default();
    let knows = all.iter().find_map(|event| match &event.body {
        EventBody::Participant(Event::Introduced { members, .. }) => Some(members.len()),
        _ => None,
    });
    assert_eq!(knows, Some(2), "he knows Anna and Boris");
    let told = talk.reads(&talk.anna, talks).await.unwrap_or_default();
    let last = told.last().ok_or("Anna is told")?;
    assert!(matches!(last.body, EventBody::Joined { person, .. } if person == oleg.person.id));
    assert_eq!((last.by, told.len()), (Some(talk.boris.person.id), before + 1), "by whom, and only that he came");
    assert_eq!(own(&talk, &oleg, invitation).await, [Ended::Joined]);
    talk.say(&oleg, "Я здесь").await?;
    assert_eq!(talk.refused(&oleg, accept(invitation)).await?, RefusalCode::InvitationOver);

    let stranger = talk.office.hire_of("Пётр Чужой", "ООО «Вектор»").await?;
    arrive(&talk.office, &stranger).await?;
    let op = |person| {
        let (invitation, words) = (InvitationId(talk.office.rng.uuid_v7(Timestamp(1))), String::new());
        OpBody::Participant(Op::Invite { invitation, conversation: talk.id, person, from: None, words })
    };
    assert_eq!(talk.refused(&talk.boris, op(stranger.person.id)).await?, RefusalCode::NotAllowed);
    assert_eq!(talk.refused(&talk.vera, op(oleg.person.id)).await?, RefusalCode::NotAllowed, "the talk is not hers");
    Ok(())
}

pub(crate) async fn vera_says_why_she_does_not_come_and_reads_nothing_of_the_talk<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let invitation = asks(&talk, talk.vera.person.id, None).await?;
    talk.act(&talk.vera, decline(invitation)).await?;
    let beside = Stream::ConversationStaff(talk.id);
    let why = Ended::Declined { reason: "Иду на обед".into() };
    assert_eq!(ended(&talk, &talk.boris, beside, invitation).await, [why], "Boris reads why");
    assert_eq!(talk.reads(&talk.vera, Stream::Conversation(talk.id)).await, None);
    assert_eq!(talk.reads(&talk.vera, beside).await, None, "nor what is said beside it");
    let anna = talk.reads(&talk.anna, Stream::Conversation(talk.id)).await.unwrap_or_default();
    assert!(!anna.iter().any(|event| matches!(event.body, EventBody::Participant(_))), "Anna hears nothing of it");
    assert_eq!(talk.refused(&talk.vera, accept(invitation)).await?, RefusalCode::InvitationOver);

    let again = asks(&talk, talk.vera.person.id, None).await?;
    talk.act(&talk.vera, accept(again)).await?;
    talk.say(&talk.vera, "Освободилась").await?;
    assert_eq!((talk.load(&talk.boris).await?, talk.load(&talk.vera).await?), (1, 0), "the talk is still Boris's");
    Ok(())
}

pub(crate) async fn an_invitation_is_taken_back_lapses_and_dies_with_its_talk<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let vera = &talk.vera;
    let withdrawn = asks(&talk, vera.person.id, None).await?;
    talk.act(&talk.boris, withdraw(withdrawn)).await?;
    assert_eq!(talk.refused(vera, accept(withdrawn)).await?, RefusalCode::InvitationOver);

    let unanswered = asks(&talk, vera.person.id, None).await?;
    let same = asks(&talk, vera.person.id, None).await?;
    assert_eq!(talk.refused(vera, accept(same)).await?, RefusalCode::InvitationOver, "asked once is asked");
    talk.office.desk.clock().shift(life(Role::Specialist));
    assert_eq!(talk.refused(vera, accept(unanswered)).await?, RefusalCode::InvitationOver, "too late");
    let meanwhile = asks(&talk, vera.person.id, None).await?;
    assert_eq!(own(&talk, vera, unanswered).await, [Ended::Expired], "she is told, and may be asked again");
    talk.office.desk.clock().shift(life(Role::Specialist));
    talk.office.desk.turn().await?;
    assert_eq!(own(&talk, vera, meanwhile).await, [Ended::Expired], "also when nobody asks");

    let last = asks(&talk, vera.person.id, None).await?;
    talk.act(&talk.boris, OpBody::Close { conversation: talk.id }).await?;
    assert_eq!(talk.refused(vera, accept(last)).await?, RefusalCode::InvitationOver);
    talk.office.desk.turn().await?;
    assert_eq!(own(&talk, vera, last).await, [Ended::Overtaken]);
    Ok(())
}

pub(crate) async fn an_invitation_is_nobody_elses_to_answer_or_to_take_back<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store).await?;
    let galina = talk.office.hire("Галина Орлова", Role::Supervisor).await?;
    arrive(&talk.office, &galina).await?;
    let invitation = asks(&talk, talk.vera.person.id, None).await?;
    for who in [&galina, &talk.anna, &talk.boris] {
        for answer in [accept(invitation), decline(invitation)] {
            assert_eq!(talk.refused(who, answer).await?, RefusalCode::NotAllowed, "{}", who.person.name);
        }
    }
    for who in [&galina, &talk.anna, &talk.vera] {
        assert_eq!(talk.refused(who, withdraw(invitation)).await?, RefusalCode::NotAllowed, "{}", who.person.name);
    }
    talk.act(&talk.vera, accept(invitation)).await?;
    Ok(())
}

pub(crate) async fn who_does_not_belong_to_the_client_any_more_does_not_come_in<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let talk = Talk::begin(store.clone()).await?;
    let oleg = talk.office.hire("Олег Дроздов", Role::Customer).await?;
    arrive(&talk.office, &oleg).await?;
    let invitation = asks(&talk, oleg.person.id, None).await?;
    let mut tx = store.begin().await?;
    tx.drop_membership(oleg.person.id, talk.office.romashka).await?;
    tx.commit(Timestamp(1)).await?;
    talk.office.desk.clock().shift(Span::minutes(1));
    assert_eq!(talk.refused(&oleg, accept(invitation)).await?, RefusalCode::NotAllowed);
    assert_eq!(talk.reads(&oleg, Stream::Conversation(talk.id)).await, None);
    Ok(())
}
