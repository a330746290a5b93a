//! The table of rights, called cell by cell: every kind of operation as every role in every
//! relation. What the table forbids is refused; what it allows is done, or at least not refused
//! as nobody's business.
//!
//! Frames and HTTP calls are called in the desk server's own test of this name.

mod beside;
mod tickets;

use std::collections::BTreeSet;

use opora_domain::{
    ContractId, ConversationId, GroupId, KeyId, LineId, OrganisationId, PersonId, RequestId, SessionId, TicketId,
    Timestamp, WebhookId, api as key,
    availability::Status,
    callback::{Callback, When},
    certificate::{Admission, Binding},
    line,
    mail::{Address, Choice, Server, Tls},
    membership::Membership,
    message::Draft,
    organisation,
    own_specialist::Client,
    person,
    queue::Rules,
    rating::{Rating, Stars},
    request::State,
    rights::{Act, Relation},
    role::Role,
    scope::Scope,
    session::EndReason,
    signed::Signed,
    skill::{Group, Service},
    ticket, webhook,
};
use opora_wire::{
    OpBody, RefusalCode, api, contract, device::Op as Device, hours, keeping, mail, presence, routing,
    structure::Op as Structure, supervision::Op as Supervise, totp,
};
use serde_json::{Value, json};

use crate::{
    office::{Engine, TestResult},
    scene::Scene,
};

/// An operation as it would be called.
pub(crate) enum Example {
    /// Where the table allows it, it is done.
    Works(OpBody),
    /// Where the table allows it, it is refused for another reason than rights: the rest of its
    /// story is told elsewhere.
    Reaches(OpBody),
}
use Example::{Reaches, Works};

/// Examples of an act in a relation; none where there is no such relation.
type Examples = TestResult<Vec<Example>>;

pub(crate) async fn nobody_succeeds_where_the_table_of_rights_says_no<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let scene = Scene::over(store).await?;
    let (mut wrong, mut done, mut called) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for act in Act::ALL {
        for role in Role::ALL {
            for relation in Relation::ALL {
                let may = act.reach(role).holds(relation);
                for example in examples(&scene, *act, role, relation).await? {
                    let (works, body) = match example {
                        Works(body) => (true, body),
                        Example::Reaches(body) => (false, body),
                    };
                    let name = kind(&body)?;
                    if body.act() != *act {
                        wrong.push(format!("{name} is an example of {act:?} and counts as {:?}", body.act()));
                    }
                    called.insert(name.clone());
                    let answer = scene.office.act(scene.of(role), body).await;
                    let fine = match &answer {
                        Ok(_) => may && done.insert(*act) | true,
                        Err(refusal) => !may || (!works && refusal.code != RefusalCode::NotAllowed),
                    };
                    if !fine {
                        wrong
                            .push(format!("{name}: {role:?}, {relation:?}: the table says {may}, the desk {answer:?}"));
                    }
                }
            }
        }
    }
    let uncalled: Vec<_> = kinds()?.into_iter().filter(|kind| !called.contains(kind)).collect();
    assert!(uncalled.is_empty(), "kinds of operations without an example here: {uncalled:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(done.contains(&Act::Say) && done.contains(&Act::Invite), "the examples are real ones");
    scene.office.close().await;
    Ok(())
}

pub(crate) async fn outside_a_contracts_dates_only_what_the_table_names_is_refused<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let scene = Scene::over(store).await?;
    let sound = crate::contracts::sound(&scene.office, ContractId(scene.id()));
    let over = opora_domain::contract::Contract { to: Some(sound.from.plus(30)), ..sound };
    for op in [contract::Op::ServeWithout { serve: false }, contract::Op::Put { contract: over }] {
        let done = scene.office.act(scene.of(Role::Owner), OpBody::Contract(op)).await;
        done.map_err(|refusal| format!("{refusal:?}"))?;
    }
    let (mut wrong, mut refused) = (Vec::new(), BTreeSet::new());
    // What changes contracts or clients would change what is looked at.
    for act in Act::ALL.iter().filter(|act| ![Act::ManageContracts, Act::SetUpClients].contains(act)) {
        for (role, relation) in Role::ALL.into_iter().flat_map(|role| [(role, Relation::Own), (role, Relation::Member)])
        {
            // Пётр, whose talk a customer can be a member of, is of another client.
            let theirs = role == Role::Customer && relation == Relation::Member;
            if theirs || !act.reach(role).holds(relation) {
                continue;
            }
            for example in examples(&scene, *act, role, relation).await? {
                let (Works(body) | Reaches(body)) = example;
                let name = kind(&body)?;
                let answer = scene.office.act(scene.of(role), body).await;
                let no = answer.as_ref().is_err_and(|refusal| refusal.code == RefusalCode::NotEntitled);
                if no != act.needs_contract(role) {
                    wrong.push(format!("{name}: {role:?}, {relation:?}: {answer:?}"));
                }
                if no {
                    refused.insert(*act);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused.contains(&Act::Ask) && refused.contains(&Act::AskScreen), "{refused:?}");
    scene.office.close().await;
    Ok(())
}

/// An act without a thing of anybody's: called once for each role.
fn once(relation: Relation, bodies: impl IntoIterator<Item = OpBody>) -> Examples {
    Ok(if relation == Relation::Own { bodies.into_iter().map(Works).collect() } else { Vec::new() })
}

/// One line for each act.
async fn examples<S: opora_desk::store::Store>(s: &Scene<S>, act: Act, role: Role, relation: Relation) -> Examples {
    let talk = async || s.talk(role, relation).await;
    let works = |body: Option<OpBody>| -> Examples { Ok(body.into_iter().map(Works).collect()) };
    match act {
        Act::Ask => once(relation, [OpBody::Ask { request: RequestId(s.id()), ask: s.asking() }]),
        Act::Cancel => works(s.request(role, relation).await?.map(|request| OpBody::Cancel { request })),
        Act::Accept => works(s.waiting(role, relation).await?.map(|request| OpBody::Accept { request, epoch: 0 })),
        Act::Decline => works(s.offered(role, relation).await?.map(|request| OpBody::Decline {
            request,
            epoch: 0,
            reason: String::new(),
        })),
        Act::DeclarePresence => {
            let op = presence::Op::Declare { status: Status::Off, lasts: None };
            once(relation, [OpBody::SetPresence { on_line: false }, OpBody::Presence(op)])
        }
        Act::Hold => match talk().await? {
            Some(conversation) => Ok([routing::Op::Hold { conversation }, routing::Op::Resume { conversation }]
                .map(|op| Works(OpBody::Routing(op)))
                .into()),
            None => Ok(Vec::new()),
        },
        Act::SetCapacity => {
            let person = s.of(Role::Specialist).person.id;
            once(relation, [OpBody::Routing(routing::Op::SetCapacity { person, capacity: 20 })])
        }
        Act::SetRouting => {
            let ops = [
                routing::Op::SetRules { rules: Rules::default() },
                routing::Op::SetOverflow { line: s.office.line, overflow: None },
            ];
            once(relation, ops.map(OpBody::Routing))
        }
        Act::Say => works(talk().await?.map(|conversation| OpBody::Say { conversation, draft: s.draft() })),
        Act::See => works(talk().await?.map(|conversation| OpBody::See { conversation, up_to: 1 })),
        Act::Close => works(talk().await?.map(|conversation| OpBody::Close { conversation })),
        Act::Rate => {
            let rating = Rating { stars: Stars::new(5).ok_or("five stars")?, comment: String::new() };
            works(talk().await?.map(|conversation| OpBody::Rate { conversation, rating }))
        }
        Act::MakeTicket => once(relation, [OpBody::MakeTicket { draft: ticket(s) }]),
        Act::MakeTicketOfTalk => works(talk().await?.map(|conversation| OpBody::MakeTicket {
            draft: ticket::Draft { conversation: Some(conversation), ..ticket(s) },
        })),
        Act::MakeTicketFor => works(
            s.customer(role, relation)
                .map(|customer| OpBody::MakeTicket { draft: ticket::Draft { customer: Some(customer), ..ticket(s) } }),
        ),
        Act::UpdateTicket
        | Act::WorkOnTicket
        | Act::VoteForTicket
        | Act::RateTicket
        | Act::PublishTicket
        | Act::SetUpTickets => tickets::examples(s, act, role, relation).await,
        Act::AskScreen => works(talk().await?.map(|conversation| {
            let (session, scopes, reason) = (SessionId(s.id()), [Scope::View].into(), String::new());
            OpBody::AskScreen { session, conversation, scopes, reason }
        })),
        Act::AllowScreen => {
            let scopes = [Scope::View].into();
            works(s.session(role, relation).await?.map(|session| OpBody::AllowScreen { session, scopes }))
        }
        Act::EndScreen => {
            let reason = EndReason::Refused;
            works(s.session(role, relation).await?.map(|session| OpBody::EndSession { session, reason }))
        }
        Act::MakeLine => once(relation, [OpBody::MakeLine { line: LineId(s.id()), name: "Вторая".into() }]),
        Act::MakeOrganisation => {
            let organisation = OrganisationId(s.id());
            once(relation, [OpBody::MakeOrganisation { organisation, name: "АО «Мак»".into() }])
        }
        Act::Invite => once(relation, [invite(s)]),
        Act::Vouch => {
            let link = ed25519_dalek::SigningKey::from_bytes(&s.office.rng.bytes()).verifying_key().into();
            // What it is about has to be signed by the device; its story is told in `device`.
            let reaches = OpBody::Device(Device::Vouch { link_key: link, vouching: forged(s) });
            Ok(if relation == Relation::Own { vec![Example::Reaches(reaches)] } else { Vec::new() })
        }
        Act::KeepDevice => {
            let device = match relation {
                Relation::Own => s.second_device(s.of(role)).await?,
                Relation::Foreign => s.second_device(s.foreign(role)).await?,
                _ => return Ok(Vec::new()),
            };
            let name = OpBody::Device(Device::Name { device, name: "Ноутбук".into() });
            Ok(vec![Works(name), Works(OpBody::Device(Device::Revoke { device }))])
        }
        Act::AskInvite => {
            let invite_key = ed25519_dalek::SigningKey::from_bytes(&s.office.rng.bytes()).verifying_key().into();
            let person = s.customer(role, relation);
            let ask = person.map(|person| OpBody::Device(Device::AskInvite { person, invite_key, ask: forged(s) }));
            Ok(ask.into_iter().map(Example::Reaches).collect())
        }
        Act::SetUpClients => once(relation, clients(s)),
        Act::SetUpStaff => once(relation, staff(s)),
        Act::ChangeRole => {
            let person = s.foreign(Role::Owner).person.id;
            let back = [Role::Supervisor, Role::Specialist].map(|role| Structure::PutRole { person, role });
            once(relation, back.map(OpBody::Structure))
        }
        Act::SetHours => once(relation, [OpBody::Hours(hours::Op::Set { line: s.office.line, calendar: None })]),
        Act::CallBack => {
            let callback = Some(Callback { phone: "+7 812 555-01-23".into(), when: When::Soon });
            let wish = |request| OpBody::Hours(hours::Op::CallBack { request, callback });
            works(s.request(role, relation).await?.map(wish))
        }
        Act::ManageContracts => Ok(match relation {
            Relation::Own => contracts(s),
            _ => Vec::new(),
        }),
        Act::NoteTime => works(talk().await?.map(|talk| {
            let work = contract::Work::Conversation(talk);
            OpBody::Contract(contract::Op::NoteTime { work, minutes: 20 })
        })),
        Act::NoteTimeOfTicket => {
            let ticket = s.ticket(role, relation, ticket::Kind::Error, ticket::Status::New).await?;
            let work = ticket.map(contract::Work::Ticket);
            works(work.map(|work| OpBody::Contract(contract::Op::NoteTime { work, minutes: 20 })))
        }
        Act::AskRenewal => {
            once(relation, [OpBody::Contract(contract::Op::AskRenewal { organisation: None, comment: String::new() })])
        }
        Act::SetMailServer => once(relation, [mail_server()]),
        Act::ChooseMail => {
            let (address, unread_after) = (Some(address()?), Some(30));
            let choice = Choice { address, unread_after, contracts: true, ..Choice::default() };
            once(relation, [OpBody::Mail(mail::Op::Choose { choice })])
        }
        Act::SendInvite => match relation {
            Relation::Own => Ok(vec![Works(s.send_invite(address()?).await?)]),
            _ => Ok(Vec::new()),
        },
        Act::SetRetention => {
            let (line, days) = (s.office.line, Some(90));
            once(relation, [OpBody::Keeping(keeping::Op::SetRetention { line, days })])
        }
        Act::Erase => match relation {
            Relation::Own => Ok(vec![Works(OpBody::Keeping(keeping::Op::Erase { person: s.leaver().await? }))]),
            Relation::Foreign => {
                // An owner cannot be erased, by nobody.
                let person = s.of(Role::Owner).person.id;
                Ok(vec![Works(OpBody::Keeping(keeping::Op::Erase { person }))])
            }
            _ => Ok(Vec::new()),
        },
        Act::UseCode => once(relation, s.use_code()),
        Act::KeepApi => {
            let card = key::Card {
                name: "Мониторинг".into(), scopes: [key::Scope::TicketsRead].into(), until: None
            };
            let hash = s.id().simple().to_string().repeat(2);
            let key = KeyId(s.id());
            let topics = [webhook::Topic::TicketMade].into();
            let hook = webhook::Card { url: "https://hooks.example.org/".into(), topics, on: true };
            let (webhook, secret) = (WebhookId(s.id()), Some("geheim".repeat(6)));
            let unknown = api::Op::Replay { webhook, which: api::Replay::One(1) };
            match relation {
                Relation::Own => Ok(vec![
                    Works(OpBody::Api(api::Op::MakeKey { key, card, hash })),
                    Reaches(OpBody::Api(api::Op::RevokeKey { key: KeyId(s.id()) })),
                    Works(OpBody::Api(api::Op::PutWebhook { webhook, card: hook, secret })),
                    Reaches(OpBody::Api(unknown)),
                    Works(OpBody::Api(api::Op::DropWebhook { webhook })),
                ]),
                _ => Ok(Vec::new()),
            }
        }
        Act::RequireCode => {
            let ops = [totp::Op::Require { staff: false }, totp::Op::Again { days: 30 }];
            once(relation, ops.map(OpBody::Totp))
        }
        Act::ResetCode => match relation {
            Relation::Own => Ok(vec![Works(OpBody::Totp(totp::Op::Reset { person: s.enrolled().await? }))]),
            _ => Ok(Vec::new()),
        },
        Act::Note | Act::HandOver | Act::AnswerHandOver | Act::InviteIn | Act::AnswerInvitation | Act::LeaveTalk => {
            beside::examples(s, act, role, relation).await
        }
        Act::MakeVendor | Act::AskVendor | Act::Consult => beside::vendors(s, act, role, relation).await,
        // Called over the wire, in the server's test.
        Act::TestMail => Ok(Vec::new()),
        Act::LookIn => Ok(talk()
            .await?
            .into_iter()
            .flat_map(|conversation| [Supervise::LookIn { conversation }, Supervise::LookAway { conversation }])
            .map(|op| Works(OpBody::Supervise(op)))
            .collect()),
        Act::TakeOver => {
            let take = |conversation: ConversationId| Supervise::TakeOver {
                request: RequestId(conversation.0),
                epoch: 0,
                stays: false,
            };
            // One's own cannot be taken over; the rest of the story is in `supervision`.
            Ok(talk().await?.map(take).map(|op| Example::Reaches(OpBody::Supervise(op))).into_iter().collect())
        }
        Act::Mark => {
            let mark = Rating { stars: Stars::new(4).ok_or("four stars")?, comment: String::new() };
            let give = |conversation| Supervise::Mark { conversation, mark };
            Ok(talk().await?.map(give).map(|op| Example::Reaches(OpBody::Supervise(op))).into_iter().collect())
        }
        // Called over the wire, in the server's test.
        Act::ReadReports | Act::Type | Act::Signal | Act::Upload | Act::GoOnUploading => Ok(Vec::new()),
        Act::ReadDesk
        | Act::ReadStaff
        | Act::ReadSupervisors
        | Act::ReadPerson
        | Act::ReadTicket
        | Act::ReadTalk
        | Act::ReadBeside
        | Act::ReadFile => Ok(Vec::new()),
    }
}

/// What an owner does about contracts; throwing away and answering have a story of their own.
fn contracts<S: opora_desk::store::Store>(s: &Scene<S>) -> Vec<Example> {
    let contract = crate::contracts::sound(&s.office, ContractId(s.id()));
    vec![
        Works(OpBody::Contract(contract::Op::Put { contract })),
        Works(OpBody::Contract(contract::Op::ServeWithout { serve: true })),
        Reaches(OpBody::Contract(contract::Op::Drop { contract: ContractId(s.id()) })),
        Reaches(OpBody::Contract(contract::Op::AnswerRenewal { organisation: OrganisationId(s.id()) })),
    ]
}

fn address() -> TestResult<Address> {
    Ok(Address::parse("anna@romashka.ru")?)
}

fn mail_server() -> OpBody {
    let from = Address::parse("help@sever-soft.ru").ok();
    let server = from.map(|from| {
        let (host, user) = (String::from("mail.sever-soft.ru"), String::from("help"));
        Server { host, port: 587, tls: Tls::Upgrade, user, from }
    });
    OpBody::Mail(mail::Op::SetServer { server, password: Some("geheim".into()) })
}

pub(crate) fn ticket<S: opora_desk::store::Store>(scene: &Scene<S>) -> ticket::Draft {
    ticket::Draft {
        id: TicketId(scene.id()),
        conversation: None,
        customer: None,
        subject: "Выгрузка в банк".into(),
        description: String::new(),
        kind: ticket::Kind::Error,
        priority: ticket::Priority::Normal,
        files: Vec::new(),
        more: ticket::More::default(),
    }
}

/// Signed by nobody who is known.
fn forged<S: opora_desk::store::Store>(s: &Scene<S>) -> Signed {
    let key = ed25519_dalek::SigningKey::from_bytes(&s.office.rng.bytes());
    let device = key.verifying_key().into();
    Signed::new(&Binding { invite_key: device, device }, &key)
}

/// Everything the owner says about clients.
fn clients<S: opora_desk::store::Store>(s: &Scene<S>) -> Vec<OpBody> {
    let (person, organisation) = (PersonId(s.id()), OrganisationId(s.id()));
    let (membership, anna) = (Membership::of(s.office.romashka), s.customer(Role::Customer, Relation::Own));
    let card = person::Card { name: "Дмитрий Лось".into(), ..person::Card::default() };
    let memberships = vec![Membership::of(organisation), membership];
    let all = [
        Structure::PutLine {
            line: LineId(s.id()),
            card: line::Card { name: "Вторая".into(), ..line::Card::default() },
        },
        Structure::PutOrganisation {
            organisation,
            card: organisation::Card { name: "АО «Мак»".into(), ..organisation::Card::default() },
        },
        Structure::AddPerson {
            person,
            card: card.clone(),
            role: Role::Customer,
            memberships,
            service: Service::default(),
        },
        Structure::PutPerson { person, card },
        Structure::PutMembership { person: anna.unwrap_or(person), membership },
        Structure::DropMembership { person, organisation },
    ];
    all.map(OpBody::Structure).into()
}

/// Everything supervisors say about the firm's people.
fn staff<S: opora_desk::store::Store>(s: &Scene<S>) -> Vec<OpBody> {
    let (group, boris) = (GroupId(s.id()), s.of(Role::Specialist).person.id);
    let client = Client::Organisation(s.office.romashka);
    let all = [
        Structure::PutService { person: boris, service: Service::default() },
        Structure::PutGroup { group, card: Group { name: "Утро".into(), members: vec![boris] } },
        Structure::DropGroup { group },
        Structure::PutOwnSpecialist { client, line: None, specialist: Some(boris) },
    ];
    all.map(OpBody::Structure).into()
}

/// An invite that the organisation's key vouches for.
fn invite<S: opora_desk::store::Store>(scene: &Scene<S>) -> OpBody {
    let (organisation_key, person) = (scene.organisation_key.verifying_key().into(), PersonId(scene.id()));
    let invite_key = ed25519_dalek::SigningKey::from_bytes(&scene.office.rng.bytes()).verifying_key().into();
    let (name, role) = (String::from("Дмитрий Лось"), Role::Specialist);
    let organisation = "Север-Софт".into();
    let at = Timestamp(1);
    let said = Admission { organisation_key, invite_key, person, name: name.clone(), role, organisation, at };
    let (admission, lines) = (Signed::new(&said, &scene.organisation_key), vec![scene.office.line]);
    OpBody::Invite { person, name, role, organisation: None, lines, invite_key, admission }
}

/// Its name on the wire; for an operation of a noun also the name inside, as `contract/make`.
fn kind(body: &OpBody) -> TestResult<String> {
    let value = serde_json::to_value(body)?;
    let name = value["do"].as_str().ok_or("an operation has a name")?.to_owned();
    let inner = inner_kinds(&name);
    let with = &value["with"];
    let inside = inner.iter().find(|kind| {
        with.as_str() == Some(kind)
            || ["do", "what", "op", "is"].iter().any(|tag| with[*tag].as_str() == Some(kind))
            || with.get(kind.as_str()).is_some_and(|_| with.as_object().is_some_and(|object| object.len() == 1))
    });
    Ok(inside.map_or(name.clone(), |inside| format!("{name}/{inside}")))
}

/// All kinds there are: serde names them when it meets one that it does not know.
fn kinds() -> TestResult<Vec<String>> {
    let outer = expected(serde_json::from_value::<OpBody>(json!({ "do": "?" })));
    assert!(outer.len() > 10, "serde names the kinds: {outer:?}");
    let mut all = Vec::new();
    for name in outer {
        let inner = inner_kinds(&name);
        match inner.is_empty() {
            true => all.push(name),
            false => all.extend(inner.iter().map(|inside| format!("{name}/{inside}"))),
        }
    }
    Ok(all)
}

/// The kinds of a noun's own enum, tagged in one of the usual ways.
fn inner_kinds(name: &str) -> Vec<String> {
    let tags = json!({ "do": "?", "what": "?", "op": "?", "is": "?" });
    let tries: [Value; 3] = [tags, json!("?"), json!({ "?": {} })];
    let tried = tries.into_iter().map(|with| expected(serde_json::from_value(json!({ "do": name, "with": with }))));
    tried.max_by_key(Vec::len).unwrap_or_default()
}

/// The names in "unknown variant `?`, expected one of `a`, `b`".
fn expected(read: Result<OpBody, serde_json::Error>) -> Vec<String> {
    let said = read.err().map(|error| error.to_string()).unwrap_or_default();
    match said.split_once("unknown variant `?`, expected") {
        Some((_, names)) => names.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
        None => Vec::new(),
    }
}

/// A message that says nothing.
pub(crate) fn message(id: uuid::Uuid) -> Draft {
    Draft { id: opora_domain::MessageId(id), text: "Проверьте".into(), reply_to: None, file: None }
}

/// A request's state while somebody holds it.
pub(crate) fn held(by: PersonId) -> State {
    State::Accepted { by }
}
