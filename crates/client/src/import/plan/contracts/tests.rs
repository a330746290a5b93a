//! Lists of contracts as firms have them.

use opora_domain::organisation;
use opora_ipc::import::ImportCounts;
use proptest::prelude::*;

use super::*;

const FIELDS: [Field; 9] = [
    Field::Contract,
    Field::Organisation,
    Field::Inn,
    Field::Level,
    Field::From,
    Field::To,
    Field::Kind,
    Field::Amount,
    Field::Every,
];
const LIST: [[&str; 9]; 3] = [
    ["О-1", "ООО «Ромашка»", "", "Золотой", "01.01.2026", "31.12.2026", "абонентское", "", ""],
    ["О-2", "", "500100732259", "Серебряный", "2026-03-01", "", "По часам", "10,5 ч", "ежемесячно"],
    ["О-3", "ООО «Ромашка»", "", "Золотой", "46023", "бессрочно", "по обращениям", "20", ""],
];

fn known() -> Known {
    let card = |name: &str, inn: &str| organisation::Card { name: name.into(), inn: inn.into(), ..Default::default() };
    Known {
        organisations: BTreeMap::from([
            (OrganisationId(Uuid::from_u128(1)), card("ООО «Ромашка»", "7707083893")),
            (OrganisationId(Uuid::from_u128(2)), card("ИП Лис", "500100732259")),
        ]),
        lines: vec![LineId(Uuid::from_u128(3))],
        ..Known::default()
    }
}

fn planned(known: &Known, rows: &[[&str; 9]]) -> Plan {
    let rows = rows.iter().zip(2..).map(|(cells, number)| (number, cells.map(str::to_owned).to_vec()));
    let table = Table { headings: Vec::new(), rows: rows.collect() };
    let mut next = known.contracts.keys().map(|id| id.0.as_u128()).max().unwrap_or(100);
    super::super::plan(&table, &FIELDS, known.clone(), &mut || {
        next += 1;
        Uuid::from_u128(next)
    })
}

/// Carries a plan out, as the desk would.
fn after(known: &Known, plan: &Plan) -> Known {
    let mut known = known.clone();
    for (_, op) in &plan.ops {
        if let OpBody::Contract(Op::Put { contract }) = op {
            known.contracts.insert(contract.id, contract.clone());
        }
    }
    known
}

fn reasons(plan: &Plan) -> Vec<Option<Reason>> {
    plan.rows.iter().map(|row| row.reason).collect()
}

#[test]
fn a_list_of_contracts_is_added_and_the_same_list_again_changes_nothing() {
    let first = planned(&known(), &LIST);
    assert_eq!(first.counts(), ImportCounts { added: 3, ..ImportCounts::default() }, "{:?}", first.rows);
    let known = after(&known(), &first);
    let all: Vec<_> = known.contracts.values().map(|one| (one.from.to_string(), one.kind)).collect();
    assert_eq!(
        all,
        [
            ("2026-01-01".to_owned(), Kind::Flat),
            ("2026-03-01".to_owned(), Kind::Hours { minutes: 630, every: Every::Month }),
            ("2026-01-01".to_owned(), Kind::Requests { count: 20, every: Every::Term }),
        ]
    );
    let again = planned(&known, &LIST);
    assert_eq!((again.counts().same, again.ops.as_slice()), (3, [].as_slice()));
}

#[test]
fn a_second_list_changes_the_differences_alone_and_what_it_does_not_say_stays() {
    let known = after(&known(), &planned(&known(), &LIST));
    let list = [
        ["О-1", "", "", "", "", "31.12.2027", "", "", ""],
        ["О-2", "ИП Лис", "", "", "", "", "", "20", ""],
        ["О-3", "ООО Ромашка", "", "ЗОЛОТОЙ", "", "", "", "", ""],
    ];
    let second = planned(&known, &list);
    let changes: Vec<Vec<_>> = second
        .rows
        .iter()
        .map(|row| row.changes.iter().map(|one| (one.field, one.before.as_str(), one.after.as_str())).collect())
        .collect();
    assert_eq!(
        changes,
        [vec![(Field::To, "2026-12-31", "2027-12-31")], vec![(Field::Amount, "10:30", "20:00")], vec![]]
    );
    assert_eq!(second.ops.len(), 2);
}

#[test]
fn a_wrong_row_of_contracts_says_why() {
    let wrong = [
        ["", "ИП Лис", "", "Золотой", "01.01.2026", "", "", "", ""],
        ["1", "", "", "Золотой", "01.01.2026", "", "", "", ""],
        ["1", "ООО «Мак»", "", "Золотой", "01.01.2026", "", "", "", ""],
        ["1", "ИП Лис", "", "", "01.01.2026", "", "", "", ""],
        ["2", "ИП Лис", "", "Золотой", "", "", "", "", ""],
        ["3", "ИП Лис", "", "Золотой", "31.02.2026", "", "", "", ""],
        ["4", "ИП Лис", "", "Золотой", "01.01.2026", "скоро", "", "", ""],
        ["5", "ИП Лис", "", "Золотой", "01.01.2026", "31.12.2025", "", "", ""],
        ["6", "ИП Лис", "", "Золотой", "01.01.2026", "", "как договоримся", "", ""],
        ["7", "ИП Лис", "", "Золотой", "01.01.2026", "", "часы", "", ""],
        ["8", "ИП Лис", "", "Золотой", "01.01.2026", "", "часы", "много", ""],
        ["9", "ИП Лис", "", "Золотой", "01.01.2026", "", "обращения", "1,5", ""],
        ["10", "ИП Лис", "", "Золотой", "01.01.2026", "", "всё включено", "10", ""],
    ];
    let plan = planned(&known(), &wrong);
    let expected = [
        Reason::NoNumber,
        Reason::NoOrganisation,
        Reason::UnknownOrganisation,
        Reason::NoLevel,
        Reason::NoStart,
        Reason::Date,
        Reason::Date,
        Reason::Dates,
        Reason::Kind,
        Reason::Amount,
        Reason::Amount,
        Reason::Amount,
        Reason::Amount,
    ];
    assert_eq!(reasons(&plan), expected.map(Some));
    assert_eq!(plan.ops, []);
    let nowhere = planned(&Known { lines: Vec::new(), ..known() }, &LIST[..1]);
    assert_eq!(reasons(&nowhere), [Some(Reason::NoLine)]);
}

#[test]
fn the_first_row_about_a_contract_is_believed() {
    let mut list = vec![LIST[0], LIST[0], LIST[0]];
    list[1][5] = "31.12.2027";
    let plan = planned(&known(), &list);
    let told: Vec<_> = plan.rows.iter().map(|row| (row.outcome, row.reason, row.against)).collect();
    let twice = (Outcome::Wrong, Some(Reason::ContractTwice), Some(2));
    assert_eq!(told, [(Outcome::Added, None, None), twice, (Outcome::Same, None, None)]);
}

#[test]
fn a_number_is_of_its_organisation() {
    let mut list = [LIST[0], LIST[0]];
    list[1][1] = "ИП Лис";
    let first = planned(&known(), &list);
    assert_eq!(first.counts().added, 2);
    let which = planned(&after(&known(), &first), &[["О-1", "", "", "Иной", "", "", "", "", ""]]);
    assert_eq!(reasons(&which), [Some(Reason::WhichContract)]);
}

fn a_cell(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(choices)
}

fn a_row() -> impl Strategy<Value = [&'static str; 9]> {
    (
        a_cell(&["", "О-1", "о-1", "б/н"]),
        a_cell(&["", "ООО «Ромашка»", "ИП Лис", "Мак"]),
        a_cell(&["", "7707083893", "500100732259"]),
        a_cell(&["", "Золотой", "золотой", "Серебряный"]),
        a_cell(&["", "01.01.2026", "2026-02-01", "46023", "вчера"]),
        a_cell(&["", "31.12.2026", "бессрочно", "01.01.2020"]),
        a_cell(&["", "часы", "обращения", "услуги", "абонентское", "?"]),
        a_cell(&["", "10", "1,5", "-", "много"]),
        a_cell(&["", "в месяц", "на срок"]),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i)| [a, b, c, d, e, f, g, h, i])
}

proptest! {
    /// Whatever the list and whatever was there: importing it again changes nothing.
    #[test]
    fn a_list_of_contracts_imported_again_changes_nothing(
        earlier in proptest::collection::vec(a_row(), 0..8),
        rows in proptest::collection::vec(a_row(), 0..12),
    ) {
        let there = after(&known(), &planned(&known(), &earlier));
        let then = after(&there, &planned(&there, &rows));
        let again = planned(&then, &rows);
        prop_assert_eq!(&again.ops, &[], "{:?}", again.rows);
    }

    #[test]
    fn no_cell_makes_the_reader_fall(cell in "\\PC{0,12}") {
        let _ = (day(&cell), hundredths(&cell.to_lowercase()));
    }
}
