//! Everything that is said about the structure of the firm and its clients is frozen.

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, Timestamp,
    line::{self, Tier},
    machine::Program,
    membership::{MemberRole, Membership},
    organisation,
    own_specialist::Client,
    person,
    role::Role,
    skill::{Group, Level, Served, Service},
};
use opora_wire::{
    OpBody,
    event::EventBody,
    structure::{Event, Op},
};
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

struct Firm {
    line: LineId,
    romashka: OrganisationId,
    anna: PersonId,
    boris: PersonId,
    group: GroupId,
}

impl Firm {
    fn new() -> Self {
        Self {
            line: LineId(id(1)),
            romashka: OrganisationId(id(2)),
            anna: PersonId(id(3)),
            boris: PersonId(id(4)),
            group: GroupId(id(5)),
        }
    }

    fn line_card(&self) -> line::Card {
        line::Card {
            name: "Вторая линия".into(), tier: Tier::Programmers, description: "Доработки".into(), order: 2
        }
    }

    fn organisation_card(&self) -> organisation::Card {
        organisation::Card {
            name: "ООО «Ромашка»".into(),
            inn: "7707083893".into(),
            kpp: "773601001".into(),
            note: "Звонить до обеда".into(),
            products: vec![Program { name: "1С:Бухгалтерия".into(), release: "3.0.162.18".into() }],
        }
    }

    fn anna_card(&self) -> person::Card {
        person::Card {
            name: "Анна Белова".into(), email: "anna@romashka.ru".into(), phone: "+7 495 123-45-67".into()
        }
    }

    fn membership(&self) -> Membership {
        Membership {
            organisation: self.romashka,
            role: MemberRole::Responsible,
            since: Some(Timestamp(1_000_000)),
            until: Some(Timestamp(2_000_000)),
        }
    }

    fn service(&self) -> Service {
        Service {
            lines: vec![Served { line: self.line, level: Level::Expert }], skills: vec!["Зарплата".into()]
        }
    }

    fn group_card(&self) -> Group {
        Group { name: "Утренняя смена".into(), members: vec![self.boris] }
    }
}

#[test]
fn every_operation_about_the_structure_is_frozen() {
    let firm = Firm::new();
    let ops = vec![
        Op::PutLine { line: firm.line, card: firm.line_card() },
        Op::PutOrganisation { organisation: firm.romashka, card: firm.organisation_card() },
        Op::AddPerson {
            person: firm.anna,
            card: firm.anna_card(),
            role: Role::Customer,
            memberships: vec![firm.membership()],
            service: Service::default(),
        },
        Op::PutPerson { person: firm.anna, card: firm.anna_card() },
        Op::PutRole { person: firm.boris, role: Role::Supervisor },
        Op::PutMembership { person: firm.anna, membership: firm.membership() },
        Op::DropMembership { person: firm.anna, organisation: firm.romashka },
        Op::PutService { person: firm.boris, service: firm.service() },
        Op::PutGroup { group: firm.group, card: firm.group_card() },
        Op::DropGroup { group: firm.group },
        Op::PutOwnSpecialist {
            client: Client::Organisation(firm.romashka),
            line: Some(firm.line),
            specialist: Some(firm.boris),
        },
        Op::PutOwnSpecialist { client: Client::Person(firm.anna), line: None, specialist: None },
    ];
    let bodies: Vec<OpBody> = ops.into_iter().map(OpBody::Structure).collect();
    for body in &bodies {
        let text = serde_json::to_string(body).expect("it is written");
        assert_eq!(&serde_json::from_str::<OpBody>(&text).expect("and read"), body);
    }
    insta::assert_json_snapshot!("structure_operations", bodies);
}

#[test]
fn every_event_about_the_structure_is_frozen() {
    let firm = Firm::new();
    let events = vec![
        Event::LineSet { line: firm.line, card: firm.line_card() },
        Event::OrganisationSet { organisation: firm.romashka, card: firm.organisation_card() },
        Event::PersonSet { person: firm.anna, card: firm.anna_card(), role: Role::Customer },
        Event::MembershipSet {
            person: firm.anna,
            name: "Анна Белова".into(),
            organisation_name: "ООО «Ромашка»".into(),
            membership: firm.membership(),
        },
        Event::MembershipDropped { person: firm.anna, organisation: firm.romashka },
        Event::ServiceSet { person: firm.boris, service: firm.service() },
        Event::GroupSet { group: firm.group, card: firm.group_card() },
        Event::GroupDropped { group: firm.group },
        Event::OwnSpecialistSet {
            client: Client::Organisation(firm.romashka),
            line: Some(firm.line),
            specialist: Some(firm.boris),
            name: "Борис Ким".into(),
        },
    ];
    let bodies: Vec<EventBody> = events.into_iter().map(EventBody::Structure).collect();
    for body in &bodies {
        let text = serde_json::to_string(body).expect("it is written");
        assert_eq!(&serde_json::from_str::<EventBody>(&text).expect("and read"), body);
    }
    insta::assert_json_snapshot!("structure_events", bodies);
}

#[test]
fn a_kind_of_structure_that_comes_later_is_unknown_and_not_an_error() {
    let newer = serde_json::json!({ "is": "structure", "what": "branch_set", "branch": 3 });
    assert_eq!(serde_json::from_value::<EventBody>(newer).expect("read"), EventBody::Structure(Event::Unknown));
}
