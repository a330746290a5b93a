//! What a vendor sees, and what not.

use opora_desk::{Actor, store::Store};
use opora_domain::{ConversationId, MessageId, Timestamp, message::Draft, role::Role};
use opora_wire::{
    OpBody, RefusalCode,
    event::{EventBody, Stream},
    vendor::{Event, Op},
};

use crate::{
    office::{Engine, TestResult},
    transfers::{Talk, arrive},
};

/// The talk of Anna and Boris, an owner, and Igor of the vendor, who is asked with one message.
async fn asked<S: Store>(store: S) -> TestResult<(Talk<S>, Actor)> {
    let talk = Talk::begin(store).await?;
    let galina = talk.office.hire("Галина Мельник", Role::Owner).await?;
    arrive(&talk.office, &galina).await?;
    talk.say(&talk.anna, "Директор недоволен").await?;
    let picked = talk.say(&talk.anna, "Платформа падает при печати").await?;
    let organisation = opora_domain::OrganisationId(talk.office.rng.uuid_v7(Timestamp(1)));
    let made = Op::Make { organisation, name: "АО «Платформа»".into() };
    talk.act(&galina, OpBody::Vendor(made)).await?;
    let igor = talk.office.hire_vendor("Игорь Лунин", organisation).await?;
    arrive(&talk.office, &igor).await?;
    let question = "Известна ли ошибка?".to_owned();
    let (_, epoch) = talk.state().await?;
    let escalate = Op::Escalate { conversation: talk.id, epoch, organisation, question, messages: vec![picked] };
    talk.act(&talk.boris, OpBody::Vendor(escalate)).await?;
    Ok((talk, igor))
}

fn say<S: Store>(talk: &Talk<S>, text: &str) -> OpBody {
    let id = MessageId(talk.office.rng.uuid_v7(Timestamp(1)));
    let draft = Draft { id, text: text.into(), reply_to: None, file: None };
    OpBody::Vendor(Op::Say { conversation: talk.id, draft })
}

fn vendor_stream(talk: ConversationId) -> Stream {
    Stream::ConversationVendor(talk)
}

pub(crate) async fn the_vendor_reads_what_was_handed_over_and_nothing_else<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let (talk, igor) = asked(store).await?;
    talk.act(&igor, say(&talk, "Да, лечится обновлением")).await?;
    let seen = talk.reads(&igor, vendor_stream(talk.id)).await.ok_or("it is for him")?;
    let texts: Vec<String> = seen
        .into_iter()
        .filter_map(|event| match event.body {
            EventBody::Copied(copied) => Some(copied.text),
            EventBody::Vendor(Event::Escalated { question, .. }) => Some(question),
            EventBody::Vendor(Event::Said { draft, .. }) => Some(draft.text),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["Известна ли ошибка?", "Платформа падает при печати", "Да, лечится обновлением"]);
    for stream in [Stream::Conversation(talk.id), Stream::ConversationStaff(talk.id), Stream::Staff] {
        assert_eq!(talk.reads(&igor, stream).await, None, "{stream} is not the vendor's");
    }
    assert_eq!(talk.reads(&talk.anna, vendor_stream(talk.id)).await, None, "and this is not the client's");
    let refused = talk.office.act(&igor, OpBody::Close { conversation: talk.id }).await;
    assert_eq!(refused.err().map(|refusal| refusal.code), Some(RefusalCode::NotAllowed));
    let refused = talk.office.act(&talk.anna, say(&talk, "А я?")).await;
    assert_eq!(refused.err().map(|refusal| refusal.code), Some(RefusalCode::NotAllowed));
    Ok(())
}

pub(crate) async fn what_is_settled_is_closed_for_the_vendor_who_still_reads_it<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let (talk, igor) = asked(store).await?;
    talk.act(&talk.boris, OpBody::Close { conversation: talk.id }).await?;
    let late = talk.office.act(&igor, say(&talk, "Ещё одно")).await;
    assert_eq!(late.err().map(|refusal| refusal.code), Some(RefusalCode::NotAllowed));
    let last = talk.reads(&igor, vendor_stream(talk.id)).await.and_then(|mut all| all.pop());
    assert_eq!(last.map(|event| event.body), Some(EventBody::Vendor(Event::Settled)));
    Ok(())
}
