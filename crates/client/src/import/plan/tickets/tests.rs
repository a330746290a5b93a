//! Lists of tickets as other programs give them out.

use opora_domain::{CategoryId, Timestamp, membership::Membership, organisation};
use opora_ipc::import::{ImportCounts, ImportList};
use proptest::prelude::*;

use super::*;
use crate::import::plan::{self, KnownPerson};

const FIELDS: [Field; 9] = [
    Field::Ticket,
    Field::Subject,
    Field::Person,
    Field::Organisation,
    Field::Status,
    Field::Priority,
    Field::Tracker,
    Field::Category,
    Field::Due,
];
const LIST: [[&str; 9]; 3] = [
    ["771", "Не печатает счёт", "Анна Белова", "ООО «Ромашка»", "Новая", "Высокий", "Ошибка", "Печать", "31.12.2026"],
    ["772", "Отчёт по складу", "Анна Белова", "ООО Ромашка", "В работе", "", "Улучшение", "", ""],
    ["773", "Старое", "Анна Белова", "", "Закрыта", "Нормальный", "Ошибка", "", ""],
];

fn known() -> Known {
    let organisation = OrganisationId(Uuid::from_u128(1));
    let person = |name: &str, role| KnownPerson {
        card: person::Card { name: name.into(), ..Default::default() },
        role,
        memberships: vec![Membership::of(organisation)],
    };
    Known {
        organisations: [(organisation, organisation::Card { name: "ООО «Ромашка»".into(), ..Default::default() })]
            .into(),
        people: [
            (PersonId(Uuid::from_u128(2)), person("Анна Белова", Role::Customer)),
            (PersonId(Uuid::from_u128(3)), person("Борис Ким", Role::Specialist)),
        ]
        .into(),
        trackers: Kind::ALL.into_iter().map(Tracker::usual).collect(),
        categories: vec![Category {
            id: CategoryId(Uuid::from_u128(4)),
            name: "Печать".into(),
            line: None,
            assignee: None,
        }],
        ..Known::default()
    }
}

fn planned(known: &Known, rows: &[[&str; 9]]) -> Plan {
    let rows = rows.iter().zip(2..).map(|(cells, number)| (number, cells.map(str::to_owned).to_vec()));
    let mut next = 1_000;
    plan::plan(&Table { headings: Vec::new(), rows: rows.collect() }, &FIELDS, known.clone(), &mut || {
        next += 1;
        Uuid::from_u128(next)
    })
}

/// Carries a plan out, as the desk would.
fn after(known: &Known, plan: &Plan) -> Known {
    let mut known = known.clone();
    for (_, op) in &plan.ops {
        match op {
            OpBody::MakeTicket { draft } => {
                let number = i64::try_from(known.tickets.len()).expect("few") + 1;
                let customer = draft.customer.expect("named");
                known.tickets.insert(draft.id, Ticket::of(draft, number, customer, None, Timestamp(0)));
            }
            OpBody::Ticket(Op::Update { ticket, edits, .. }) => {
                let ticket = known.tickets.get_mut(ticket).expect("there");
                for edit in edits {
                    ticket.take(&edit.now);
                }
            }
            _ => panic!("{op:?}"),
        }
    }
    known
}

fn reasons(plan: &Plan) -> Vec<Option<Reason>> {
    plan.rows.iter().map(|row| row.reason).collect()
}

#[test]
fn open_tickets_come_in_once_and_later_only_what_differs() {
    assert_eq!(plan::list(&FIELDS), ImportList::Tickets);
    let first = planned(&known(), &LIST);
    assert_eq!(first.counts(), ImportCounts { added: 2, wrong: 1, ..ImportCounts::default() });
    assert_eq!(reasons(&first), [None, None, Some(Reason::Over)]);
    let there = after(&known(), &first);
    let printing = there.tickets.values().find(|one| one.subject == "Не печатает счёт").expect("made");
    assert_eq!(
        (printing.priority, printing.kind, printing.category),
        (Priority::High, Kind::Error, Some(CategoryId(Uuid::from_u128(4))))
    );
    assert_eq!(printing.due, opora_domain::calendar::Day::new(2026, 12, 31));
    assert_eq!(planned(&there, &LIST).counts(), ImportCounts { same: 2, wrong: 1, ..ImportCounts::default() });

    let mut later = LIST;
    (later[0][1], later[1][5]) = ("Не печатает счёт и акт", "Срочный");
    let second = planned(&there, &later);
    assert_eq!(second.counts(), ImportCounts { changed: 2, wrong: 1, ..ImportCounts::default() });
    let change = ImportChange { field: Field::Priority, before: "normal".into(), after: "urgent".into() };
    assert_eq!(second.rows[1].changes, [change]);
    assert_eq!(planned(&after(&there, &second), &later).ops, []);
}

#[test]
fn what_this_desk_gave_out_is_known_by_its_number() {
    let there = after(&known(), &planned(&known(), &LIST));
    let given: Vec<[String; 2]> =
        there.tickets.values().map(|one| [one.number.to_string(), one.subject.clone()]).collect();
    let rows: Vec<[&str; 9]> = given
        .iter()
        .map(|[number, subject]| [number, subject, "Анна Белова", "ООО «Ромашка»", "", "", "", "", ""])
        .collect();
    assert_eq!(planned(&there, &rows).ops, []);
}

#[test]
fn a_row_that_cannot_be_taken_says_why() {
    let row = |person: &'static str, organisation: &'static str, rest: [&'static str; 5]| {
        let [status, priority, tracker, category, due] = rest;
        ["1", "Тема", person, organisation, status, priority, tracker, category, due]
    };
    let (anna, romashka, none) = ("Анна Белова", "ООО «Ромашка»", ["", "", "", "", ""]);
    let cases = [
        (["1", "", anna, romashka, "", "", "", "", ""], Reason::NoSubject),
        (row("", romashka, none), Reason::NoPerson),
        (row("Пётр Сомов", romashka, none), Reason::UnknownPerson),
        (row("Борис Ким", romashka, none), Reason::OwnPeople),
        (row(anna, "ООО «Лютик»", none), Reason::UnknownOrganisation),
        (row(anna, romashka, ["Решена", "", "", "", ""]), Reason::Over),
        (row(anna, romashka, ["", "так себе", "", "", ""]), Reason::Priority),
        (row(anna, romashka, ["", "", "нечто", "", ""]), Reason::Tracker),
        (row(anna, romashka, ["", "", "", "Сеть", ""]), Reason::Category),
        (row(anna, romashka, ["", "", "", "", "завтра"]), Reason::Date),
    ];
    for (row, reason) in cases {
        let plan = planned(&known(), &[row]);
        assert_eq!((reasons(&plan), plan.ops), (vec![Some(reason)], vec![]), "{row:?}");
    }
    let [mut one, two] = [LIST[0]; 2];
    one[5] = "Низкий";
    let plan = planned(&known(), &[one, two]);
    assert_eq!((plan.rows[1].reason, plan.rows[1].against), (Some(Reason::TicketTwice), Some(2)));
    assert_eq!(plan.ops.len(), 1);
}

#[test]
fn only_what_is_over_is_left_out() {
    for over in ["Закрыта", "Решена", "Решён", "Выполнено", "Отменена", "Подтверждена", "Closed", "Resolved"]
    {
        assert!(is_over(over), "{over}");
    }
    for open in [
        "Выполняется",
        "На выполнении",
        "Выполнение",
        "Отклонение",
        "Решение предложено",
        "Подтверждение",
        "В работе",
        "Новая",
        "In progress",
        "",
    ] {
        assert!(!is_over(open), "{open}");
    }
}

proptest! {
    #[test]
    fn a_second_run_does_nothing_whatever_the_list(rows in proptest::collection::vec(0_usize..LIST.len(), 1..12)) {
        let rows: Vec<[&str; 9]> = rows.into_iter().map(|row| LIST[row]).collect();
        let there = after(&known(), &planned(&known(), &rows));
        prop_assert_eq!(planned(&there, &rows).ops, vec![]);
    }
}
