//! The schema as it goes over the wire, frozen: a change here is a change for every desk and client
//! in the field. One example of each variant; the lists of names make a forgotten one fail.

use std::collections::BTreeSet;

use opora_domain::{
    ConversationId, LineId, MessageId, OpId, OrganisationId, PersonId, PublicKey, RequestId, SessionId, TicketId,
    Timestamp,
    availability::{Declared, Status},
    certificate::{Admission, Binding, Certificate},
    grant::Grant,
    machine::{Fact, FactKind, Program},
    message::{Attachment, Draft},
    rating::{Rating, Stars},
    request::{Ask, Class, State},
    role::Role,
    scope::Scope,
    session::{self, EndReason},
    signed::Signed,
    ticket,
};
use opora_wire::{
    Event, EventBody, Events, Fetch, Frame, Hello, Op, OpBody, OpResult, Place, Ready, Refusal, RefusalCode, Stream,
    ToClient, ToDesk,
    hello::{Challenge, Device, IceServer, Presence},
    presence,
    redeem::{Founding, Look, Offered, Redeem, Redeemed},
    routing,
    signal::{Signal, SignalBody},
};
use serde_json::{Value, json};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + n)
}

fn key(seed: u8) -> PublicKey {
    ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).verifying_key().into()
}

/// Ed25519 is deterministic, so a signature can stand in a snapshot.
fn signed() -> Signed {
    let invite = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    Signed::new(&Binding { invite_key: key(7), device: key(3) }, &invite)
}

fn ask() -> Ask {
    Ask {
        line: LineId(id(1)),
        class: Class::Error,
        program: Program { name: "Бухгалтерия".into(), release: "3.0.171.24".into() },
        description: "Не печатается счёт-фактура".into(),
        facts: vec![Fact { kind: FactKind::System, value: "Windows 11".into() }],
        organisation: None,
    }
}

fn file() -> Attachment {
    let hash = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262".into();
    Attachment { hash, name: "screen.png".into(), size: 84_000, mime: "image/png".into(), picture: Some((800, 600)) }
}

fn draft() -> Draft {
    Draft {
        id: MessageId(id(2)), text: "Здравствуйте".into(), reply_to: Some(MessageId(id(3))), file: Some(file())
    }
}

fn ticket_draft() -> ticket::Draft {
    ticket::Draft {
        id: TicketId(id(4)),
        conversation: Some(ConversationId(id(5))),
        customer: Some(PersonId(id(6))),
        subject: "Выгрузка в банк".into(),
        description: "Не уходит платёжка".into(),
        kind: ticket::Kind::Error,
        priority: ticket::Priority::Normal,
        files: vec![file()],
        more: ticket::More::default(),
    }
}

fn rating() -> Rating {
    Rating { stars: Stars::new(5).expect("one to five"), comment: "Спасибо".into() }
}

fn events() -> Vec<EventBody> {
    let scopes = [Scope::View, Scope::Point].into();
    let certificate = Certificate { admission: signed(), binding: signed(), vouched: Vec::new() };
    vec![
        EventBody::DeskNamed { name: "Север-Софт".into() },
        EventBody::LineMade { line: LineId(id(1)), name: "Первая линия".into() },
        EventBody::OrganisationMade { organisation: OrganisationId(id(7)), name: "ООО «Ромашка»".into() },
        EventBody::PersonInvited {
            person: PersonId(id(6)),
            name: "Анна Соколова".into(),
            role: Role::Customer,
            organisation: Some(OrganisationId(id(7))),
            lines: vec![],
        },
        EventBody::PersonJoined { person: PersonId(id(6)) },
        EventBody::RequestAsked {
            urgent: true,
            request: RequestId(id(5)),
            customer: PersonId(id(6)),
            ask: ask(),
            since: Timestamp(1_000_000),
        },
        EventBody::RequestMoved {
            request: RequestId(id(5)),
            state: State::Offered { to: PersonId(id(8)), until: Timestamp(26_000_000) },
            epoch: 2,
        },
        EventBody::TicketMade {
            number: 1042,
            customer: PersonId(id(6)),
            draft: ticket_draft(),
            status: ticket::Status::New,
            placed: opora_wire::ticket::Placed::default(),
        },
        EventBody::StreamOpened { stream: Stream::Conversation(ConversationId(id(5))), head: 3 },
        EventBody::Structure(opora_wire::structure::Event::GroupDropped { group: opora_domain::GroupId(id(14)) }),
        EventBody::Device(opora_wire::device::Event::Revoked { device: key(3) }),
        EventBody::StreamClosed { stream: Stream::ConversationStaff(ConversationId(id(5))) },
        EventBody::ConversationOpened { request: RequestId(id(5)), customer: PersonId(id(6)), ask: ask() },
        EventBody::Joined {
            person: PersonId(id(8)),
            name: "Борис Ким".into(),
            role: Role::Specialist,
            organisation: "Север-Софт".into(),
            devices: vec![Device { key: key(3), certificate }],
        },
        EventBody::Said(draft()),
        EventBody::Seen { up_to: 4 },
        EventBody::SessionAsked {
            session: SessionId(id(9)),
            helper: key(3),
            scopes,
            reason: "Печатная форма".into(),
            after: None,
        },
        EventBody::SessionMoved {
            session: SessionId(id(9)),
            state: session::State::Ended,
            scopes: [Scope::View].into(),
            controlled: Some(key(4)),
            reason: Some(EndReason::StoppedByCustomer),
        },
        EventBody::TicketNoted {
            ticket: TicketId(id(4)), number: 1042, subject: "Выгрузка в банк".into()
        },
        EventBody::Closed,
        EventBody::Rated(rating()),
        EventBody::Hours(opora_wire::hours::Event::Set { line: LineId(id(1)), calendar: None }),
        EventBody::Contract(opora_wire::contract::Event::ServeWithout { serve: true }),
        EventBody::Presence(presence::Event::Declared { person: PersonId(id(8)), declared: Declared::OnLine }),
        EventBody::Routing(routing::Event::Held { conversation: ConversationId(id(5)), on: true }),
        EventBody::Mail(opora_wire::mail::Event::InviteQueued { person: PersonId(id(6)) }),
        EventBody::Keeping(opora_wire::keeping::Event::Erased { person: PersonId(id(6)) }),
        EventBody::Totp(opora_wire::totp::Event::Required { staff: true }),
        EventBody::Api(opora_wire::api::Event::KeyRevoked { key: opora_domain::KeyId(id(15)) }),
        EventBody::Erased,
        EventBody::Supervision(opora_wire::supervision::Event::LookBegan { conversation: ConversationId(id(5)) }),
        EventBody::Note(opora_wire::note::Event::Written {
            text: "Ставила форму в сентябре".into()
        }),
        EventBody::Copied(opora_wire::copied::Copied {
            message: MessageId(id(2)),
            by: Some(PersonId(id(6))),
            by_name: "Анна Соколова".into(),
            at: Timestamp(1_000_000),
            text: "Не печатается".into(),
            file: Some(file()),
        }),
        EventBody::Transfer(opora_wire::transfer::Event::Kept { transfer: opora_domain::TransferId(id(12)) }),
        EventBody::Participant(opora_wire::participant::Event::Left { person: PersonId(id(8)) }),
        EventBody::Vendor(opora_wire::vendor::Event::Settled),
    ]
}

fn ops() -> Vec<OpBody> {
    let (conversation, request, session) = (ConversationId(id(5)), RequestId(id(5)), SessionId(id(9)));
    let scopes: opora_domain::scope::Scopes = [Scope::View, Scope::Pointer].into();
    vec![
        OpBody::Ask { request, ask: ask() },
        OpBody::Cancel { request },
        OpBody::Say { conversation, draft: draft() },
        OpBody::See { conversation, up_to: 4 },
        OpBody::Close { conversation },
        OpBody::Rate { conversation, rating: rating() },
        OpBody::MakeTicket { draft: ticket_draft() },
        OpBody::Accept { request, epoch: 2 },
        OpBody::Decline { request, epoch: 2, reason: String::new() },
        OpBody::SetPresence { on_line: true },
        OpBody::MakeLine { line: LineId(id(1)), name: "Первая линия".into() },
        OpBody::MakeOrganisation { organisation: OrganisationId(id(7)), name: "ООО «Ромашка»".into() },
        OpBody::Invite {
            person: PersonId(id(8)),
            name: "Борис Ким".into(),
            role: Role::Specialist,
            organisation: None,
            lines: vec![LineId(id(1))],
            invite_key: key(7),
            admission: signed(),
        },
        OpBody::Structure(opora_wire::structure::Op::DropGroup { group: opora_domain::GroupId(id(14)) }),
        OpBody::Device(opora_wire::device::Op::Revoke { device: key(3) }),
        OpBody::AskScreen {
            session, conversation, scopes: scopes.clone(), reason: "Печатная форма".into()
        },
        OpBody::AllowScreen { session, scopes },
        OpBody::EndSession { session, reason: EndReason::FinishedByHelper },
        OpBody::Hours(opora_wire::hours::Op::Set { line: LineId(id(1)), calendar: None }),
        OpBody::Contract(opora_wire::contract::Op::ServeWithout { serve: true }),
        OpBody::Presence(presence::Op::Declare { status: Status::Off, lasts: None }),
        OpBody::Routing(routing::Op::Hold { conversation }),
        OpBody::Mail(opora_wire::mail::Op::SetServer { server: None, password: None }),
        OpBody::Keeping(opora_wire::keeping::Op::Erase { person: PersonId(id(6)) }),
        OpBody::Totp(opora_wire::totp::Op::Require { staff: true }),
        OpBody::Api(opora_wire::api::Op::RevokeKey { key: opora_domain::KeyId(id(15)) }),
        OpBody::Supervise(opora_wire::supervision::Op::LookIn { conversation }),
        OpBody::Note(opora_wire::note::Op::Write {
            conversation,
            note: MessageId(id(2)),
            text: "Ставила форму".into(),
        }),
        OpBody::Transfer(opora_wire::transfer::Op::Accept {
            transfer: opora_domain::TransferId(id(12)),
            session: None,
        }),
        OpBody::Participant(opora_wire::participant::Op::Leave { conversation }),
        OpBody::Vendor(opora_wire::vendor::Op::Settle { conversation }),
    ]
}

/// A new kind of event does not compile until somebody has thought of its example.
fn kind_has_example(event: &EventBody) -> bool {
    use EventBody as E;
    match event {
        E::DeskNamed { .. } | E::LineMade { .. } | E::OrganisationMade { .. } | E::PersonInvited { .. } => true,
        E::PersonJoined { .. }
        | E::RequestAsked { .. }
        | E::RequestMoved { .. }
        | E::TicketMade { .. }
        | E::Ticket(_) => true,
        E::StreamOpened { .. } | E::StreamClosed { .. } | E::Structure(_) | E::Device(_) => true,
        E::ConversationOpened { .. } | E::Joined { .. } | E::Said(_) | E::Seen { .. } => true,
        E::Supervision(_) => true,
        E::SessionAsked { .. } | E::SessionMoved { .. } | E::TicketNoted { .. } | E::Closed | E::Rated(_) => true,
        E::Hours(_) | E::Contract(_) => true,
        E::Presence(_) | E::Routing(_) => true,
        E::Mail(_) | E::Keeping(_) | E::Totp(_) | E::Api(_) | E::Erased => true,
        E::Note(_) | E::Copied(_) | E::Transfer(_) | E::Participant(_) | E::Vendor(_) => true,
        E::Unknown => false,
    }
}

/// Serialises each, reads it back, and gives the name each has on the wire.
fn round_trip<T>(all: &[T], name: &str) -> BTreeSet<String>
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let mut names = BTreeSet::new();
    for one in all {
        let text = serde_json::to_string(one).expect("serialises");
        assert_eq!(&serde_json::from_str::<T>(&text).expect("reads its own text"), one);
        let value: Value = serde_json::from_str(&text).expect("is JSON");
        names.insert(value[name].as_str().expect("has a name").to_owned());
    }
    names
}

#[test]
fn every_event_is_frozen() {
    assert_eq!(round_trip(&events(), "is").len(), events().len(), "each kind once");
    for event in &events() {
        assert!(kind_has_example(event));
    }
    insta::assert_json_snapshot!("events", events());
}

#[test]
fn every_operation_is_frozen() {
    assert_eq!(round_trip(&ops(), "do").len(), ops().len(), "each kind once");
    insta::assert_json_snapshot!(
        "operations",
        ops().into_iter().map(|body| Op { op: OpId(id(10)), body }).collect::<Vec<_>>()
    );
}

#[test]
fn every_frame_is_frozen() {
    let presence = {
        let device = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
        Signed::new(&Presence { desk: key(1), nonce: "n".into() }, &device)
    };
    let signal = |body| Signal { session: SessionId(id(9)), device: key(4), n: 1, body };
    let to_desk = vec![
        ToDesk::Hello(Hello {
            proto: [1, 1],
            caps: vec![],
            device: key(3),
            presence,
            feed_epoch: Some(id(11)),
            cursor: 17,
            code: None,
        }),
        ToDesk::Op(Op { op: OpId(id(10)), body: OpBody::Close { conversation: ConversationId(id(5)) } }),
        ToDesk::Fetch(Fetch { stream: Stream::Staff, from: 1, to: 9 }),
        ToDesk::Typing { conversation: ConversationId(id(5)) },
        ToDesk::Signal(signal(SignalBody::Offer { sdp: "v=0".into(), identity: signed(), grant: signed() })),
        ToDesk::Ping,
    ];
    let event = Event {
        stream: Stream::Desk,
        seq: 1,
        gseq: 5,
        id: id(12),
        at: Timestamp(2_000_000),
        by: Some(PersonId(id(13))),
        body: EventBody::DeskNamed { name: "Север-Софт".into() },
    };
    let to_client = vec![
        ToClient::Challenge(Challenge { proto: [1, 1], desk: key(1), nonce: "n".into() }),
        ToClient::Ready(Ready {
            person: PersonId(id(6)),
            name: "Анна Соколова".into(),
            role: Role::Customer,
            desk_name: "Север-Софт".into(),
            organisation_key: Some(key(2)),
            feed_epoch: id(11),
            token: "t".into(),
            ice: vec![IceServer {
                urls: vec!["turn:127.0.0.1:7444".into()],
                username: "u".into(),
                credential: "c".into(),
            }],
            most_file: 1 << 30,
        }),
        ToClient::Events(Events { events: vec![event.clone()], cursor: 5, more: false }),
        ToClient::Fetched(Events { events: vec![event], cursor: 0, more: false }),
        ToClient::Done(OpResult::Ticket { number: 1042 }),
        ToClient::Refused(Refusal {
            code: RefusalCode::Moved,
            retry: false,
            moved: Some(State::Accepted { by: PersonId(id(8)) }),
            entitlement: None,
        }),
        ToClient::Typing { conversation: ConversationId(id(5)), person: PersonId(id(8)) },
        ToClient::Place(Place { request: RequestId(id(5)), ahead: 2, specialists: 3, wait: None, why: None }),
        ToClient::Present { devices: vec![key(3)] },
        ToClient::Signal(signal(SignalBody::Answer { sdp: "v=0".into(), identity: signed() })),
        ToClient::Board(opora_wire::board::LiveBoard::default()),
        ToClient::Pong,
    ];
    round_trip(&to_desk, "t");
    round_trip(&to_client, "t");
    let frames = (
        to_desk.into_iter().map(|message| Frame::new(1, message)).collect::<Vec<_>>(),
        to_client.into_iter().map(|message| Frame::new(1, message)).collect::<Vec<_>>(),
    );
    insta::assert_json_snapshot!("frames", frames);
}

#[test]
fn everything_said_over_https_is_frozen() {
    let (desk_name, name, organisation) = ("Север-Софт", "Анна Соколова", "ООО «Ромашка»");
    let founding = Founding {
        firm: desk_name.into(),
        name: "Галина Орлова".into(),
        organisation_key: key(2),
        admission: signed(),
    };
    let said = (
        Look { invite_key: key(7), device: key(3) },
        Offered {
            desk_name: desk_name.into(),
            name: name.into(),
            organisation: organisation.into(),
            role: Role::Customer,
        },
        Redeem {
            invite_key: key(7),
            device: key(3),
            binding: signed(),
            device_name: "Linux".into(),
            founding: Some(founding),
            code: None,
        },
        Redeemed {
            person: PersonId(id(6)),
            name: name.into(),
            role: Role::Customer,
            desk_name: desk_name.into(),
            organisation: organisation.into(),
            organisation_key: key(2),
            admission: signed(),
            vouched_by: None,
        },
    );
    insta::assert_json_snapshot!("https", said);
}

/// Old signatures have to stay readable: the bytes of each statement are frozen, not only its fields.
#[test]
fn the_bytes_of_every_statement_are_frozen() {
    let signer = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let grant = Grant {
        session: SessionId(id(9)),
        controlled: key(4),
        helper: key(3),
        scopes: [Scope::View, Scope::Point, Scope::Pointer, Scope::Keyboard].into(),
        from: Timestamp(1_000_000),
        until: Timestamp(2_000_000),
        nonce: [7; 16],
    };
    let admission = Admission {
        organisation_key: key(2),
        invite_key: key(7),
        person: PersonId(id(6)),
        name: "Борис Ким".into(),
        role: Role::Specialist,
        organisation: "Север-Софт".into(),
        at: Timestamp(1_000_000),
    };
    let presence = Presence { desk: key(1), nonce: "n".into() };
    let statements = json!({
        "grant": Signed::new(&grant, &signer),
        "admission": Signed::new(&admission, &signer),
        "binding": signed(),
        "presence": Signed::new(&presence, &signer),
    });
    insta::assert_json_snapshot!("statements", statements);
}

#[test]
fn an_event_of_a_newer_desk_does_not_stop_an_older_client() {
    let newer = json!({
        "stream": "desk", "seq": 1, "gseq": 5, "id": id(12), "at": 2_000_000, "by": null, "extra": true,
        "body": { "is": "coffee_made", "cups": 3 }
    });
    let event: Event = serde_json::from_value(newer).expect("an event all the same");
    assert_eq!(event.body, EventBody::Unknown);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_of_frames_fall(text in "\\PC{0,200}") {
        let _ = serde_json::from_str::<Frame<ToDesk>>(&text);
        let _ = serde_json::from_str::<Frame<ToClient>>(&text);
        let _ = text.parse::<Stream>();
    }
}
