//! Everything that happens beside a talk, frozen: notes, hand-overs, participants, vendors.

use opora_domain::{
    ConversationId, InvitationId, LineId, MessageId, OrganisationId, PersonId, RequestId, SessionId, Span, TransferId,
    certificate::{Binding, Certificate},
    invitation,
    message::Draft,
    role::Role,
    signed::Signed,
    transfer::{Brief, Ended, Mood},
};
use opora_wire::{EventBody, OpBody, Stream, hello::Device, note, participant, transfer, vendor};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + n)
}

const fn talk() -> ConversationId {
    ConversationId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0005))
}

fn brief() -> Brief {
    let (problem, tried) = ("Не печатается счёт-фактура".into(), "Переподключил форму".into());
    Brief { problem, tried, mood: Some(Mood::Pressed) }
}

fn draft() -> Draft {
    Draft { id: MessageId(id(2)), text: "Нужна платформа 8.3.27".into(), reply_to: None, file: None }
}

fn device() -> Device {
    let signing = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
    let key = signing.verifying_key().into();
    let proof = Signed::new(&Binding { invite_key: key, device: key }, &signing);
    Device { key, certificate: Certificate { admission: proof.clone(), binding: proof, vouched: Vec::new() } }
}

fn events() -> Vec<EventBody> {
    let (transfer, boris, vera) = (TransferId(id(12)), PersonId(id(8)), PersonId(id(9)));
    let (line, request, picked) = (LineId(id(1)), RequestId(id(5)), vec![MessageId(id(3))]);
    let organisation = OrganisationId(id(7));
    let ended = |how| EventBody::Transfer(transfer::Event::Ended { transfer, how });
    vec![
        EventBody::Note(note::Event::Written { text: "Ставила форму в сентябре".into() }),
        EventBody::Transfer(transfer::Event::Offered {
            transfer,
            from: boris,
            to: vera,
            brief: brief(),
            picked: picked.clone(),
            stays: false,
            life: Span::minutes(3),
            screen: true,
        }),
        ended(Ended::Accepted),
        ended(Ended::Declined { reason: "Обед".into() }),
        ended(Ended::Cancelled),
        ended(Ended::Expired),
        ended(Ended::Overtaken),
        EventBody::Transfer(transfer::Event::Queued { from: boris, line, brief: brief(), picked }),
        EventBody::Transfer(transfer::Event::Announced { transfer, to: vera, name: "Вера Титова".into() }),
        EventBody::Transfer(transfer::Event::Kept { transfer }),
        EventBody::Transfer(transfer::Event::Passed { to: vera, name: "Вера Титова".into() }),
        EventBody::Transfer(transfer::Event::Returned { line, name: "Вторая линия".into() }),
        EventBody::Transfer(transfer::Event::LineChanged { request, line }),
        EventBody::Participant(participant::Event::Invited {
            invitation: InvitationId(id(16)),
            conversation: talk(),
            person: vera,
            name: "Вера Титова".into(),
            by_name: "Борис Ким".into(),
            words: "Знаете обмен с банком".into(),
            life: Span::minutes(10),
        }),
        invitation_ended(invitation::Ended::Joined),
        invitation_ended(invitation::Ended::Declined { reason: "Обед".into() }),
        invitation_ended(invitation::Ended::Withdrawn),
        invitation_ended(invitation::Ended::Expired),
        invitation_ended(invitation::Ended::Overtaken),
        EventBody::Participant(participant::Event::Left { person: boris }),
        EventBody::Participant(participant::Event::ReadsFrom { stream: Stream::Conversation(talk()), from: 7 }),
        EventBody::Participant(participant::Event::Introduced {
            conversation: talk(),
            members: vec![participant::Member {
                person: boris,
                name: "Борис Ким".into(),
                role: Role::Specialist,
                organisation: "Север-Софт".into(),
                devices: vec![device()],
            }],
        }),
        EventBody::Vendor(vendor::Event::Made { organisation, name: "АО «Платформа»".into() }),
        EventBody::Vendor(vendor::Event::Escalated {
            organisation,
            vendor: "АО «Платформа»".into(),
            firm: "Север-Софт".into(),
            by_name: "Борис Ким".into(),
            question: "Падает при печати".into(),
        }),
        EventBody::Vendor(vendor::Event::Said {
            draft: draft(), by_name: "Игорь Лунин".into(), vendor: true
        }),
        EventBody::Vendor(vendor::Event::Settled),
    ]
}

fn invitation_ended(how: invitation::Ended) -> EventBody {
    let (invitation, conversation, person) = (InvitationId(id(16)), talk(), PersonId(id(9)));
    EventBody::Participant(participant::Event::InvitationEnded { invitation, conversation, person, how })
}

fn ops() -> Vec<OpBody> {
    let (conversation, transfer, vera) = (talk(), TransferId(id(12)), PersonId(id(9)));
    let (picked, epoch, line) = (vec![MessageId(id(2))], 3, LineId(id(1)));
    let (organisation, invitation) = (OrganisationId(id(7)), InvitationId(id(16)));
    vec![
        OpBody::Note(note::Op::Write {
            conversation, note: MessageId(id(2)), text: "Ставила форму".into()
        }),
        OpBody::Transfer(transfer::Op::Offer {
            transfer,
            conversation,
            epoch,
            to: vera,
            brief: brief(),
            picked: picked.clone(),
            stays: true,
        }),
        OpBody::Transfer(transfer::Op::Accept { transfer, session: None }),
        OpBody::Transfer(transfer::Op::Accept { transfer, session: Some(SessionId(id(9))) }),
        OpBody::Transfer(transfer::Op::Decline { transfer, reason: "Обед".into() }),
        OpBody::Transfer(transfer::Op::Cancel { transfer }),
        OpBody::Transfer(transfer::Op::Queue { conversation, epoch, line, brief: brief(), picked: picked.clone() }),
        OpBody::Participant(participant::Op::Invite {
            invitation,
            conversation,
            person: vera,
            from: Some(MessageId(id(2))),
            words: "Знаете обмен с банком".into(),
        }),
        OpBody::Participant(participant::Op::Accept { invitation }),
        OpBody::Participant(participant::Op::Decline { invitation, reason: "Обед".into() }),
        OpBody::Participant(participant::Op::Withdraw { invitation }),
        OpBody::Participant(participant::Op::Leave { conversation }),
        OpBody::Vendor(vendor::Op::Make { organisation, name: "АО «Платформа»".into() }),
        OpBody::Vendor(vendor::Op::Escalate {
            conversation,
            epoch,
            organisation,
            question: "Падает при печати".into(),
            messages: picked.clone(),
        }),
        OpBody::Vendor(vendor::Op::HandOver { conversation, messages: picked }),
        OpBody::Vendor(vendor::Op::Say { conversation, draft: draft() }),
        OpBody::Vendor(vendor::Op::Settle { conversation }),
    ]
}

#[test]
fn everything_beside_a_talk_is_frozen_and_reads_its_own_text() {
    for event in events() {
        let text = serde_json::to_string(&event).expect("serialises");
        assert_eq!(serde_json::from_str::<EventBody>(&text).expect("reads its own text"), event);
    }
    for op in ops() {
        let text = serde_json::to_string(&op).expect("serialises");
        assert_eq!(serde_json::from_str::<OpBody>(&text).expect("reads its own text"), op);
    }
    insta::assert_json_snapshot!("events", events());
    insta::assert_json_snapshot!("operations", ops());
}

#[test]
fn what_a_newer_desk_says_about_these_nouns_is_unknown_and_no_error() {
    for (noun, unknown) in [
        ("note", EventBody::Note(note::Event::Unknown)),
        ("transfer", EventBody::Transfer(transfer::Event::Unknown)),
        ("participant", EventBody::Participant(participant::Event::Unknown)),
        ("vendor", EventBody::Vendor(vendor::Event::Unknown)),
    ] {
        let text = format!("{{\"is\":\"{noun}\",\"what\":\"sung\",\"song\":7}}");
        assert_eq!(serde_json::from_str::<EventBody>(&text).expect("is read"), unknown);
    }
}
