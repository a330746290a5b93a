//! Organisations, people and lines: what is said is kept, who may say it, who reads what follows.

use opora_desk::{
    Actor,
    store::{Asked, ReportsStore, Store, StructureRead, StructureTx, SupervisionStore, Tx},
};
use opora_domain::{
    ConversationId, LineId, OrganisationId, PersonId, RequestId, Span, Timestamp,
    line::{self, Tier},
    membership::{MemberRole, Membership},
    organisation,
    own_specialist::{self, Client, OwnSpecialist},
    person, report,
    request::Ask,
    role::Role,
    skill::{Level, Served, Service},
};
use opora_wire::{
    Fetch, OpBody, RefusalCode, Stream,
    event::EventBody,
    structure::{Event as Said, Op},
    supervision,
};

use crate::office::{Engine, Office, TestResult};

/// Does it, or says why not.
async fn put<S: Store>(office: &Office<S>, by: &Actor, op: Op) -> Result<(), RefusalCode> {
    office.act(by, OpBody::Structure(op)).await.map(drop).map_err(|refusal| refusal.code)
}

/// The person has come in: reads what everybody of that role reads.
async fn come_in<S: Store>(office: &Office<S>, one: &Actor) -> TestResult {
    let mut tx = office.desk.store().begin().await?;
    tx.set_joined(one.person.id, Timestamp(1)).await?;
    tx.grant(one.person.id, Stream::Person(one.person.id), 1).await?;
    tx.commit(Timestamp(1)).await?;
    office.desk.settle_audiences(false).await?;
    Ok(())
}

async fn bodies<S: Store>(office: &Office<S>, of: &Actor, stream: Stream) -> Result<Vec<EventBody>, RefusalCode> {
    let fetch = Fetch { stream, from: 1, to: 1_000 };
    let events = office.desk.fetch(of.person.id, fetch).await.map_err(|refusal| refusal.code)?;
    Ok(events.events.into_iter().map(|event| event.body).collect())
}

fn vasilek() -> organisation::Card {
    organisation::Card {
        name: "ООО «Василёк»".into(), inn: "7707083893".into(), ..organisation::Card::default()
    }
}

pub(crate) async fn what_is_said_twice_is_said_once<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store.clone()).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let organisation = OrganisationId(office.rng.uuid_v7(Timestamp(2)));
    let oleg = PersonId(office.rng.uuid_v7(Timestamp(3)));
    let service = Service {
        lines: vec![Served { line: office.line, level: Level::Expert }],
        skills: vec!["Зарплата".into()],
    };
    let card = line::Card { name: "Вторая".into(), tier: Tier::Programmers, ..line::Card::default() };
    let oleg_card =
        person::Card { name: "Олег Дымов".into(), email: "oleg@vasilek.ru".into(), ..Default::default() };
    let all = [
        Op::PutLine { line: office.line, card: card.clone() },
        Op::PutOrganisation { organisation, card: vasilek() },
        Op::PutService { person: boris.person.id, service: service.clone() },
        Op::PutOwnSpecialist {
            client: Client::Organisation(organisation),
            line: None,
            specialist: Some(boris.person.id),
        },
    ];
    let add = Op::AddPerson {
        person: oleg,
        card: oleg_card.clone(),
        role: Role::Customer,
        memberships: vec![Membership::of(office.romashka)],
        service: Service::default(),
    };
    put(&office, &galina, add).await.map_err(|code| format!("{code:?}"))?;
    for op in all.clone() {
        put(&office, &galina, op).await.map_err(|code| format!("{code:?}"))?;
    }
    let head = store.head().await?;
    for op in all.into_iter().chain([Op::PutPerson { person: oleg, card: oleg_card.clone() }]) {
        put(&office, &galina, op).await.map_err(|code| format!("{code:?}"))?;
    }
    assert_eq!(store.head().await?, head, "the same again is no news");
    let mut tx = store.begin().await?;
    assert_eq!(tx.line_card(office.line).await?, Some(card));
    assert_eq!(tx.organisation_card(organisation).await?, Some(vasilek()));
    assert_eq!(tx.service(boris.person.id).await?, service);
    assert_eq!(tx.person_card(oleg).await?, Some(oleg_card));
    drop(tx);
    office.close().await;
    Ok(())
}

pub(crate) async fn only_the_owner_changes_clients_and_supervisors_move_their_people<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store).await?;
    let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let organisation = OrganisationId(office.rng.uuid_v7(Timestamp(2)));
    let clients = Op::PutOrganisation { organisation, card: vasilek() };
    let people = Op::PutService { person: boris.person.id, service: Service::default() };
    for by in [&galina, &boris, &anna] {
        assert_eq!(put(&office, by, clients.clone()).await, Err(RefusalCode::NotAllowed), "{}", by.person.name);
    }
    for by in [&boris, &anna] {
        assert_eq!(put(&office, by, people.clone()).await, Err(RefusalCode::NotAllowed), "{}", by.person.name);
    }
    assert_eq!(put(&office, &galina, people).await, Ok(()));
    office.close().await;
    Ok(())
}

pub(crate) async fn one_tax_number_is_one_organisation<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::over(store).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let [one, two, three] = [2, 3, 4].map(|at| OrganisationId(office.rng.uuid_v7(Timestamp(at))));
    let of = |organisation, card| Op::PutOrganisation { organisation, card };
    assert_eq!(put(&office, &galina, of(one, vasilek())).await, Ok(()));
    assert_eq!(put(&office, &galina, of(two, vasilek())).await, Err(RefusalCode::InnTaken));
    let branch = organisation::Card { kpp: "773601001".into(), ..vasilek() };
    assert_eq!(put(&office, &galina, of(two, branch)).await, Ok(()), "a branch has its own КПП");
    let mistyped = organisation::Card { inn: "7707083894".into(), ..vasilek() };
    assert_eq!(put(&office, &galina, of(three, mistyped)).await, Err(RefusalCode::Invalid));
    office.close().await;
    Ok(())
}

pub(crate) async fn oleg_belongs_as_long_as_his_dates_say<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 3).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let oleg = office.hire("Олег Дымов", Role::Customer).await?;
    come_in(&office, &oleg).await?;
    let stream = Stream::Organisation(office.romashka);
    assert!(bodies(&office, &oleg, stream).await.is_ok(), "he belongs to it");

    let until = Some(office.desk.clock().now() + Span::minutes(10));
    let membership = Membership { until, ..Membership::of(office.romashka) };
    assert_eq!(put(&office, &galina, Op::PutMembership { person: oleg.person.id, membership }).await, Ok(()));
    assert!(bodies(&office, &oleg, stream).await.is_ok(), "for ten minutes");
    office.desk.clock().shift(Span::minutes(10));
    office.desk.settle_audiences(true).await?;
    assert_eq!(bodies(&office, &oleg, stream).await, Err(RefusalCode::NotAllowed));
    let own = bodies(&office, &oleg, Stream::Person(oleg.person.id)).await.map_err(|code| format!("{code:?}"))?;
    assert!(own.contains(&EventBody::StreamClosed { stream }), "and his client is told");
    let asked = office.ask(&oleg).await;
    assert!(asked.is_err_and(|error| error.to_string().contains("NoOrganisation")), "nobody serves him any more");
    office.close().await;
    Ok(())
}

pub(crate) async fn a_responsible_customer_sees_what_colleagues_ask<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 4).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let (anna, oleg) =
        (office.hire("Анна Белова", Role::Customer).await?, office.hire("Олег Дымов", Role::Customer).await?);
    come_in(&office, &anna).await?;
    come_in(&office, &oleg).await?;
    let request = office.ask(&anna).await?;
    let stream = Stream::OrganisationRequests(office.romashka);
    assert_eq!(bodies(&office, &oleg, stream).await, Err(RefusalCode::NotAllowed), "a user sees his own alone");

    let membership = Membership { role: MemberRole::Responsible, ..Membership::of(office.romashka) };
    assert_eq!(put(&office, &galina, Op::PutMembership { person: oleg.person.id, membership }).await, Ok(()));
    office.act(&anna, OpBody::Cancel { request }).await.map_err(|refusal| format!("{refusal:?}"))?;
    let seen = bodies(&office, &oleg, stream).await.map_err(|code| format!("{code:?}"))?;
    assert!(
        seen.iter().any(|body| matches!(body, EventBody::RequestAsked { customer, .. } if *customer == anna.person.id))
    );
    assert!(seen.iter().any(|body| matches!(body, EventBody::RequestMoved { .. })), "{seen:?}");

    let plain = Membership::of(office.romashka);
    let op = Op::PutMembership { person: oleg.person.id, membership: plain };
    assert_eq!(put(&office, &galina, op).await, Ok(()));
    assert_eq!(bodies(&office, &oleg, stream).await, Err(RefusalCode::NotAllowed), "no longer responsible");
    office.close().await;
    Ok(())
}

pub(crate) async fn the_firm_reads_organisations_old_and_new<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store, 5).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    come_in(&office, &boris).await?;
    let new = OrganisationId(office.rng.uuid_v7(Timestamp(2)));
    assert_eq!(put(&office, &galina, Op::PutOrganisation { organisation: new, card: vasilek() }).await, Ok(()));
    for organisation in [office.romashka, new] {
        assert!(bodies(&office, &boris, Stream::Organisation(organisation)).await.is_ok());
        let requests = Stream::OrganisationRequests(organisation);
        assert_eq!(bodies(&office, &boris, requests).await, Err(RefusalCode::NotAllowed), "the queue is in `staff`");
    }
    office.close().await;
    Ok(())
}

/// The store's query against the rule in `domain`, over every small firm.
pub(crate) async fn the_store_finds_the_own_specialist_of_the_rule<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store.clone(), 6).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let mut specialists = Vec::new();
    for name in ["Борис Ким", "Вера Лис", "Пётр Дан", "Яна Вест", "Лев Юн", "Ида Рок"]
    {
        specialists.push(office.hire(name, Role::Specialist).await?.person.id);
    }
    let (other, second) = (OrganisationId(office.rng.uuid_v7(Timestamp(2))), LineId(office.rng.uuid_v7(Timestamp(2))));
    let mut tx = store.begin().await?;
    tx.put_organisation(other, "ООО «Василёк»").await?;
    tx.put_line(second, "Вторая").await?;
    tx.put_membership(anna.person.id, &Membership::of(other)).await?;
    tx.commit(Timestamp(2)).await?;
    let clients = [Client::Person(anna.person.id), Client::Organisation(office.romashka), Client::Organisation(other)];
    let places: Vec<_> = clients.into_iter().flat_map(|client| [(client, None), (client, Some(office.line))]).collect();
    for chosen in 0_u32..64 {
        let mut said = Vec::new();
        let mut tx = store.begin().await?;
        for (number, ((client, line), specialist)) in places.iter().zip(&specialists).enumerate() {
            let wanted = (chosen >> number & 1 == 1).then_some(*specialist);
            tx.put_own_specialist(*client, *line, wanted).await?;
            said.extend(wanted.map(|specialist| OwnSpecialist { client: *client, line: *line, specialist }));
        }
        tx.commit(Timestamp(3)).await?;
        for line in [office.line, second] {
            for (chosen, firms) in [(None, vec![office.romashka, other]), (Some(other), vec![other])] {
                let rule = own_specialist::own_specialist(&said, anna.person.id, &firms, line);
                let asked = Asked { customer: anna.person.id, line, organisation: chosen };
                assert_eq!(store.own_specialist(asked, Timestamp(4)).await?, rule, "{said:?}");
            }
        }
    }
    let ended = Membership { until: Some(Timestamp(5)), ..Membership::of(other) };
    let mut tx = store.begin().await?;
    for (client, line) in &places {
        tx.put_own_specialist(*client, *line, None).await?;
    }
    tx.put_own_specialist(Client::Organisation(other), None, specialists.first().copied()).await?;
    tx.put_membership(anna.person.id, &ended).await?;
    tx.commit(Timestamp(3)).await?;
    let asked = Asked { customer: anna.person.id, line: office.line, organisation: None };
    assert!(store.own_specialist(asked, Timestamp(4)).await?.is_some());
    assert_eq!(store.own_specialist(asked, Timestamp(5)).await?, None, "she left it");
    office.close().await;
    Ok(())
}

pub(crate) async fn a_person_moves_from_one_organisation_to_another<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store.clone(), 8).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    come_in(&office, &anna).await?;
    let (person, new) = (anna.person.id, OrganisationId(office.rng.uuid_v7(Timestamp(2))));
    let only = Op::DropMembership { person, organisation: office.romashka };
    assert_eq!(put(&office, &galina, only.clone()).await, Err(RefusalCode::Invalid), "she has to be somewhere");
    assert_eq!(put(&office, &galina, Op::PutOrganisation { organisation: new, card: vasilek() }).await, Ok(()));
    assert_eq!(put(&office, &galina, Op::PutMembership { person, membership: Membership::of(new) }).await, Ok(()));
    assert_eq!(put(&office, &galina, only).await, Ok(()));
    let mut tx = store.begin().await?;
    assert_eq!(tx.person(person).await?.and_then(|anna| anna.organisation), Some(new), "her main one now");
    drop(tx);
    assert!(bodies(&office, &anna, Stream::Organisation(new)).await.is_ok());
    assert_eq!(bodies(&office, &anna, Stream::Organisation(office.romashka)).await, Err(RefusalCode::NotAllowed));
    let own = bodies(&office, &anna, Stream::Person(person)).await.map_err(|code| format!("{code:?}"))?;
    assert!(own.iter().any(|body| matches!(body, EventBody::Structure(Said::MembershipDropped { .. }))));
    office.close().await;
    Ok(())
}

/// Routing, contract, reports and streams follow the organisation that is asked for, not the main one.
pub(crate) async fn anna_asks_for_the_second_of_her_organisations<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store.clone(), 9).await?;
    let galina = office.hire("Галина Орлова", Role::Owner).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let oleg = office.hire_of("Олег Дымов", "ООО «Василёк»").await?;
    let vasilek = oleg.person.organisation.ok_or("he is of a client")?;
    let now = office.desk.clock().now();
    for (person, role, organisation) in [(&anna, MemberRole::User, vasilek), (&oleg, MemberRole::Responsible, vasilek)]
    {
        come_in(&office, person).await?;
        let until = Some(now + Span::minutes(10));
        let membership = Membership { role, until, ..Membership::of(organisation) };
        assert_eq!(put(&office, &galina, Op::PutMembership { person: person.person.id, membership }).await, Ok(()));
    }
    let own = Op::PutOwnSpecialist {
        client: Client::Organisation(office.romashka),
        line: None,
        specialist: Some(galina.person.id),
    };
    assert_eq!(put(&office, &galina, own).await, Ok(()));
    let ask = async |organisation| {
        let request = RequestId(office.rng.uuid_v7(office.desk.clock().now()));
        let asked = office.act(&anna, OpBody::Ask { request, ask: Ask { organisation, ..office.words() } }).await;
        asked.map(|_| request).map_err(|refusal| refusal.code)
    };
    let stranger = OrganisationId(office.rng.uuid_v7(now));
    assert_eq!(ask(Some(stranger)).await, Err(RefusalCode::NotMember));
    let chosen = ask(Some(vasilek)).await.map_err(|code| format!("{code:?}"))?;
    let left_open = ask(None).await.map_err(|code| format!("{code:?}"))?;

    let entries = store.queue().await?;
    let of = |request| entries.iter().find(|one| one.waiting.request == request).and_then(|one| one.organisation);
    assert_eq!(
        (of(chosen), of(left_open)),
        (Some(vasilek), Some(office.romashka)),
        "the main one, when none is chosen"
    );
    let mut asked = Asked { customer: anna.person.id, line: office.line, organisation: Some(vasilek) };
    assert_eq!(store.own_specialist(asked, now).await?, None, "Ромашка's own specialist is not Василёк's");
    asked.organisation = Some(office.romashka);
    assert_eq!(store.own_specialist(asked, now).await?, Some(galina.person.id));
    let seen =
        bodies(&office, &oleg, Stream::OrganisationRequests(vasilek)).await.map_err(|code| format!("{code:?}"))?;
    let asks = |body: &EventBody, id| matches!(body, EventBody::RequestAsked { request, ask, .. } if *request == id && ask.organisation == Some(vasilek));
    assert!(seen.iter().any(|body| asks(body, chosen)), "who answers for Василёк hears of it");
    assert!(!seen.iter().any(|body| asks(body, left_open)), "and of nothing that is Ромашка's");
    let period = report::Ask { from: Timestamp(0), to: Timestamp(now.0 + 1), zone: "Europe/Moscow".into(), line: None };
    let figures = store.report(&period, &jiff::tz::TimeZone::UTC).await?;
    let counted = figures.clients.iter().find(|row| row.of == Some(vasilek.to_string()));
    assert_eq!(counted.map(|row| row.figures.asked), Some(1), "the report counts it where it was asked");

    office.desk.clock().shift(Span::minutes(10));
    assert_eq!(ask(Some(vasilek)).await, Err(RefusalCode::NotMember), "she has left it");
    assert!(ask(None).await.is_ok(), "the other one stays");
    office.close().await;
    Ok(())
}

/// The role, what the person reads and what may be done change together, and back.
pub(crate) async fn vera_becomes_a_supervisor_and_a_specialist_again<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store.clone(), 10).await?;
    let olga = office.hire("Ольга Тихая", Role::Owner).await?;
    let galina = office.hire("Галина Орлова", Role::Supervisor).await?;
    let vera = office.hire("Вера Титова", Role::Specialist).await?;
    let boris = office.hire("Борис Ким", Role::Specialist).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    for one in [&olga, &galina, &vera, &boris, &anna] {
        come_in(&office, one).await?;
    }
    let (person, own) = (vera.person.id, Stream::Person(vera.person.id));
    let to = |role| Op::PutRole { person, role };
    for by in [&galina, &vera, &anna] {
        assert_eq!(put(&office, by, to(Role::Supervisor)).await, Err(RefusalCode::NotAllowed), "{}", by.person.name);
    }
    assert_eq!(bodies(&office, &vera, Stream::Supervisors).await, Err(RefusalCode::NotAllowed));
    assert_eq!(put(&office, &olga, to(Role::Supervisor)).await, Ok(()));
    let head = store.head().await?;
    assert_eq!(put(&office, &olga, to(Role::Supervisor)).await, Ok(()));
    assert_eq!(store.head().await?, head, "the same again is no news");
    assert!(bodies(&office, &vera, Stream::Supervisors).await.is_ok());
    let told = bodies(&office, &vera, own).await.map_err(|code| format!("{code:?}"))?;
    let is_set =
        |body: &EventBody| matches!(body, EventBody::Structure(Said::PersonSet { role: Role::Supervisor, .. }));
    assert!(told.iter().any(is_set), "her client is told");
    let is_opened = |body: &EventBody| matches!(body, EventBody::StreamOpened { stream: Stream::Supervisors, .. });
    assert!(told.iter().any(is_opened));

    let request = office.ask(&anna).await?;
    let conversation = ConversationId(request.0);
    office.act(&boris, OpBody::Accept { request, epoch: 0 }).await.map_err(|refusal| format!("{refusal:?}"))?;
    let look = OpBody::Supervise(supervision::Op::LookIn { conversation });
    office.act(&vera, look.clone()).await.map_err(|refusal| format!("{refusal:?}"))?;
    office.desk.clock().shift(Span::seconds(1));
    assert_eq!(put(&office, &olga, to(Role::Specialist)).await, Ok(()));
    for stream in [Stream::Supervisors, Stream::Conversation(conversation), Stream::ConversationStaff(conversation)] {
        assert_eq!(bodies(&office, &vera, stream).await, Err(RefusalCode::NotAllowed), "{stream}: no look outlives it");
    }
    assert!(office.act(&vera, look).await.is_err());
    assert!(bodies(&office, &vera, Stream::Organisation(office.romashka)).await.is_ok(), "she works on as before");
    let acts: Vec<_> = store.acts(9).await?.into_iter().map(|one| (one.by, one.act)).collect();
    assert_eq!(acts, [(person, supervision::Act::LookedAway), (person, supervision::Act::LookedIn)]);
    office.close().await;
    Ok(())
}

pub(crate) async fn a_role_that_the_invite_certifies_is_not_changed_and_the_owner_stays<E: Engine>() -> TestResult {
    let (store, _place) = E::open().await?;
    let office = Office::simulated(store.clone(), 12).await?;
    let olga = office.hire("Ольга Тихая", Role::Owner).await?;
    let vera = office.hire("Вера Титова", Role::Specialist).await?;
    let anna = office.hire("Анна Белова", Role::Customer).await?;
    let to = |who: &Actor, role| Op::PutRole { person: who.person.id, role };
    let head = store.head().await?;
    for (who, role, code) in [
        (&anna, Role::Specialist, RefusalCode::RoleCertified),
        (&anna, Role::Supervisor, RefusalCode::RoleCertified),
        (&vera, Role::Customer, RefusalCode::RoleCertified),
        (&vera, Role::Vendor, RefusalCode::RoleCertified),
        (&vera, Role::Owner, RefusalCode::OwnerKey),
        (&olga, Role::Specialist, RefusalCode::OwnerKey),
    ] {
        assert_eq!(put(&office, &olga, to(who, role)).await, Err(code), "{} as {role:?}", who.person.name);
    }
    assert_eq!(store.head().await?, head, "nothing was said");
    office.close().await;
    Ok(())
}
