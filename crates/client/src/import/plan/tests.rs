//! Lists as firms have them, and what they come to.

use opora_domain::{Timestamp, membership::MemberRole};
use opora_wire::structure::Op;
use proptest::prelude::*;

use super::*;

const FIELDS: [Field; 7] =
    [Field::Organisation, Field::Inn, Field::Kpp, Field::Person, Field::Email, Field::Phone, Field::Responsible];

/// Carries a plan out, as the desk would.
fn after(known: &Known, plan: &Plan) -> Known {
    let mut known = known.clone();
    for (_, op) in &plan.ops {
        let OpBody::Structure(op) = op.clone() else { continue };
        match op {
            Op::PutOrganisation { organisation, card } => {
                known.organisations.insert(organisation, card);
            }
            Op::AddPerson { person, card, role, memberships, .. } => {
                known.people.insert(person, KnownPerson { card, role, memberships });
            }
            Op::PutPerson { person, card } => {
                if let Some(one) = known.people.get_mut(&person) {
                    one.card = card;
                }
            }
            Op::PutMembership { person, membership } => {
                if let Some(one) = known.people.get_mut(&person) {
                    one.memberships.retain(|known| known.organisation != membership.organisation);
                    one.memberships.push(membership);
                }
            }
            _ => {}
        }
    }
    known
}

fn table(rows: &[[&str; 7]]) -> Table {
    let rows = rows.iter().zip(2..).map(|(cells, number)| (number, cells.map(str::to_owned).to_vec()));
    Table { headings: Vec::new(), rows: rows.collect() }
}

fn planned(known: &Known, rows: &[[&str; 7]]) -> Plan {
    let ids = known.organisations.keys().map(|id| id.0).chain(known.people.keys().map(|id| id.0));
    let mut next = ids.max().unwrap_or_default().as_u128();
    plan(&table(rows), &FIELDS, known.clone(), &mut || {
        next += 1;
        Uuid::from_u128(next)
    })
}

fn outcomes(plan: &Plan) -> Vec<(Outcome, Option<Reason>)> {
    plan.rows.iter().map(|row| (row.outcome, row.reason)).collect()
}

const ROMASHKA: [[&str; 7]; 3] = [
    ["ООО «Ромашка»", "7707083893", "773601001", "Анна Белова", "anna@romashka.ru", "+7 495 123-45-67", "да"],
    ["ООО «Ромашка»", "7707083893", "773601001", "Олег Дымов", "oleg@romashka.ru", "", ""],
    ["ИП Лис", "500100732259", "", "", "", "", ""],
];

#[test]
fn a_new_list_adds_everything_and_the_same_list_again_nothing() {
    let first = planned(&Known::default(), &ROMASHKA);
    assert_eq!(first.counts(), ImportCounts { added: 3, ..ImportCounts::default() });
    let known = after(&Known::default(), &first);
    assert_eq!((known.organisations.len(), known.people.len()), (2, 2), "one organisation for both rows");
    let roles: Vec<MemberRole> = known.people.values().flat_map(|one| &one.memberships).map(|one| one.role).collect();
    assert_eq!(roles, [MemberRole::Responsible, MemberRole::User]);

    let again = planned(&known, &ROMASHKA);
    assert_eq!(again.counts(), ImportCounts { same: 3, ..ImportCounts::default() });
    assert_eq!(again.ops, [], "a second run does nothing");
}

#[test]
fn a_second_list_changes_the_differences_alone_and_names_them() {
    let known = after(&Known::default(), &planned(&Known::default(), &ROMASHKA));
    let mut list = ROMASHKA;
    list[0][5] = "+7 495 765-43-21";
    list[1][0] = "ООО «Ромашка плюс»";
    list[1][6] = "да";
    let second = planned(&known, &list);
    assert_eq!(outcomes(&second), [(Outcome::Changed, None), (Outcome::Changed, None), (Outcome::Same, None)]);
    let [phone] = second.rows[0].changes.as_slice() else { panic!("{:?}", second.rows[0]) };
    assert_eq!(
        (phone.field, phone.before.as_str(), phone.after.as_str()),
        (Field::Phone, "+7 495 123-45-67", "+7 495 765-43-21")
    );
    assert_eq!(second.ops.len(), 2, "a telephone, a responsibility; the first row's name is believed");
    let third = planned(&after(&known, &second), &list);
    assert_eq!(third.ops, [], "who wins is the order of the list, each time the same");
}

#[test]
fn an_empty_cell_takes_nothing_away() {
    let known = after(&Known::default(), &planned(&Known::default(), &ROMASHKA));
    let sparse = planned(&known, &[["", "7707083893", "", "Анна Белова", "", "", ""]]);
    assert_eq!(outcomes(&sparse), [(Outcome::Same, None)]);
}

#[test]
fn a_wrong_row_says_why_and_nothing_of_it_is_taken() {
    let wrong = [
        ["ООО «Ромашка»", "7707083894", "", "", "", "", ""],
        ["ООО «Ромашка»", "77070838", "", "", "", "", ""],
        ["ООО «Ромашка»", "7707083893", "12", "", "", "", ""],
        ["", "", "", "Анна Белова", "anna@romashka.ru", "", ""],
        ["ООО «Василёк»", "", "", "Анна Белова", "anna-romashka", "", ""],
        ["ООО «Мак»", "", "", "Олег Дымов", "", "позвонить", ""],
        ["", "", "", "", "", "+7 495", ""],
    ];
    let plan = planned(&Known::default(), &wrong);
    let reasons: Vec<_> = plan.rows.iter().map(|row| row.reason).collect();
    let expected = [
        Reason::InnDigits,
        Reason::InnLength,
        Reason::Kpp,
        Reason::NoOrganisation,
        Reason::Email,
        Reason::Phone,
        Reason::NoOrganisation,
    ];
    assert_eq!(reasons, expected.map(Some));
    assert_eq!(plan.ops, [], "also «Василёк» and «Мак» are not made");
}

#[test]
fn people_are_known_by_address_or_by_name_and_organisation() {
    let known = after(&Known::default(), &planned(&Known::default(), &ROMASHKA));
    let married = planned(&known, &[["", "7707083893", "", "Анна Чернова", "ANNA@romashka.ru", "", ""]]);
    assert_eq!(outcomes(&married), [(Outcome::Changed, None)], "the address says who it is");
    let moved = planned(&known, &[["ООО «Ромашка»", "", "", "Олег  Дымов", "oleg@new.ru", "", ""]]);
    assert_eq!(outcomes(&moved), [(Outcome::Changed, None)], "name and organisation say who it is");
    let elsewhere = planned(&known, &[["ИП Лис", "", "", "Олег Дымов", "", "+7 900 000-00-00", ""]]);
    assert_eq!(outcomes(&elsewhere), [(Outcome::Added, None)], "a namesake in another organisation is somebody else");
    let also = planned(&known, &[["ИП Лис", "", "", "", "oleg@romashka.ru", "", ""]]);
    assert_eq!(outcomes(&also), [(Outcome::Same, None)], "an address beside an organisation is not yet a person");
    let both = planned(&known, &[["ИП Лис", "", "", "Олег Дымов", "oleg@romashka.ru", "", ""]]);
    assert_eq!(outcomes(&both), [(Outcome::Changed, None)], "he belongs to two now");
    assert!(matches!(both.ops.as_slice(), [(0, OpBody::Structure(Op::PutMembership { .. }))]));
}

#[test]
fn two_namesakes_in_one_list_stay_two() {
    let namesakes = [
        ["ООО «Ромашка»", "", "", "Иван Иванов", "ivan1@romashka.ru", "", ""],
        ["ООО «Ромашка»", "", "", "Иван Иванов", "ivan2@romashka.ru", "", ""],
    ];
    let first = planned(&Known::default(), &namesakes);
    assert_eq!(first.counts().added, 2);
    let known = after(&Known::default(), &first);
    assert_eq!(planned(&known, &namesakes).counts().same, 2);
    let which = planned(&known, &[["ООО «Ромашка»", "", "", "Иван Иванов", "", "", ""]]);
    assert_eq!(outcomes(&which), [(Outcome::Wrong, Some(Reason::WhichPerson))]);
}

#[test]
fn a_branch_is_told_by_its_kpp_and_a_number_is_added_to_a_name() {
    let branches = [
        ["ООО «Ромашка»", "7707083893", "773601001", "", "", "", ""],
        ["ООО «Ромашка», филиал", "7707083893/540201001", "", "", "", "", ""],
    ];
    let known = after(&Known::default(), &planned(&Known::default(), &branches));
    assert_eq!(known.organisations.len(), 2);
    assert_eq!(planned(&known, &branches).counts().same, 2);
    let which = planned(&known, &[["", "7707083893", "", "", "", "", ""]]);
    assert_eq!(outcomes(&which), [(Outcome::Wrong, Some(Reason::WhichOrganisation))]);

    let by_name = after(&Known::default(), &planned(&Known::default(), &[["ООО \"Ромашка\"", "", "", "", "", "", ""]]));
    let numbered = planned(&by_name, &[["ООО «Ромашка»", "7707083893", "", "", "", "", ""]]);
    assert_eq!(outcomes(&numbered), [(Outcome::Changed, None)], "quotes are not a difference");
    assert_eq!(after(&by_name, &numbered).organisations.len(), 1);
}

#[test]
fn the_firms_own_people_are_left_alone() {
    let boris = KnownPerson {
        card: person::Card { name: "Борис Ким".into(), email: "boris@sever.ru".into(), phone: String::new() },
        role: Role::Specialist,
        memberships: Vec::new(),
    };
    let mut known = Known::default();
    known.people.insert(PersonId(Uuid::from_u128(50)), boris);
    let plan = planned(&known, &[["ООО «Ромашка»", "", "", "Борис Ким", "boris@sever.ru", "", ""]]);
    assert_eq!(outcomes(&plan), [(Outcome::Wrong, Some(Reason::OwnPeople))]);
    assert_eq!(plan.ops, []);
}

#[test]
fn a_list_that_contradicts_itself_about_a_person_is_believed_once_and_says_by_which_row() {
    let list = [
        ["ООО «Ромашка»", "", "", "Анна Белова", "anna@romashka.ru", "+7 495 123-45-67", ""],
        ["ООО «Ромашка»", "", "", "Олег Дымов", "anna@romashka.ru", "", ""],
        ["ООО «Ромашка»", "", "", "Анна Белова", "anna@romashka.ru", "+7 900 000-00-00", ""],
        ["ИП Лис", "", "", "Анна  БЕЛОВА", "anna@romashka.ru", "8 (495) 123-45-67", ""],
        ["ООО «Ромашка»", "", "", "Анна Белова", "", "+7 495 1234567", "да"],
    ];
    let first = planned(&Known::default(), &list);
    let told: Vec<_> = first.rows.iter().map(|row| (row.outcome, row.reason, row.against)).collect();
    let wrong = (Outcome::Wrong, Some(Reason::Contradicts), Some(2));
    assert_eq!(told[..3], [(Outcome::Added, None, None), wrong, wrong]);
    assert_eq!(told[3], wrong, "another number, whatever it begins with");
    assert_eq!(told[4], (Outcome::Changed, None, None), "a number in other letters is the same number");
    let known = after(&Known::default(), &first);
    let again = planned(&known, &list);
    assert_eq!((again.ops.as_slice(), again.counts().wrong), ([].as_slice(), 3));
    let fields: Vec<_> = again.rows.iter().map(|row| row.against).collect();
    assert_eq!(fields, [None, Some(2), Some(2), Some(2), None], "the report is the same");
}

#[test]
fn a_note_that_a_later_row_says_otherwise_stays_and_the_row_says_so() {
    let fields = [Field::Organisation, Field::Note];
    let rows = [["ИП Лис", "звонить утром"], ["ИП Лис", "звонить вечером"]];
    let rows = rows.iter().zip(2..).map(|(cells, number)| (number, cells.map(str::to_owned).to_vec()));
    let list = Table { headings: Vec::new(), rows: rows.collect() };
    let first = plan(&list, &fields, Known::default(), &mut || Uuid::from_u128(1));
    assert_eq!((first.rows[1].outcome, first.rows[1].against), (Outcome::Same, Some(2)));
    let again = plan(&list, &fields, after(&Known::default(), &first), &mut || Uuid::from_u128(2));
    assert_eq!(again.ops, [], "the two do not take turns");
}

#[test]
fn dates_of_a_membership_survive_an_import() {
    let mut known = after(&Known::default(), &planned(&Known::default(), &ROMASHKA));
    for one in known.people.values_mut().flat_map(|one| &mut one.memberships) {
        one.until = Some(Timestamp(5));
    }
    let mut list = ROMASHKA;
    list[1][6] = "да";
    let changed = after(&known, &planned(&known, &list));
    let until: Vec<_> = changed.people.values().flat_map(|one| &one.memberships).map(|one| one.until).collect();
    assert_eq!(until, [Some(Timestamp(5)); 2]);
}

fn a_cell(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(choices)
}

fn a_row() -> impl Strategy<Value = [&'static str; 7]> {
    (
        a_cell(&["", "ООО «Ромашка»", "ООО Ромашка", "ИП Лис", "Мак"]),
        a_cell(&["", "7707083893", "500100732259", "7707083894"]),
        a_cell(&["", "773601001", "540201001"]),
        a_cell(&["", "Анна Белова", "Олег Дымов", "Анна  белова"]),
        a_cell(&["", "anna@romashka.ru", "oleg@romashka.ru", "нет"]),
        a_cell(&["", "+7 495 123-45-67", "+7 900 000-00-00"]),
        a_cell(&["", "да", "нет"]),
    )
        .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g])
}

proptest! {
    /// Whatever the list, also one that contradicts itself, and whatever was there: importing it again changes nothing.
    #[test]
    fn a_list_imported_again_changes_nothing(
        earlier in proptest::collection::vec(a_row(), 0..6),
        rows in proptest::collection::vec(a_row(), 0..12),
    ) {
        let there = after(&Known::default(), &planned(&Known::default(), &earlier));
        let known = after(&there, &planned(&there, &rows));
        let again = planned(&known, &rows);
        prop_assert_eq!(&again.ops, &[], "{:?}", again.rows);
        prop_assert_eq!((again.counts().added, again.counts().changed), (0, 0));
        let numbers: Vec<_> = known.organisations.values().filter(|card| !card.inn.is_empty()).map(|card| (&card.inn, &card.kpp)).collect();
        let unique: BTreeSet<_> = numbers.iter().collect();
        prop_assert_eq!(unique.len(), numbers.len(), "one tax number is one organisation");
        let addresses: Vec<_> = known.people.values().map(|one| &one.card.email).filter(|email| !email.is_empty()).collect();
        let unique: BTreeSet<_> = addresses.iter().collect();
        prop_assert_eq!(unique.len(), addresses.len(), "one address is one person");
    }
}
