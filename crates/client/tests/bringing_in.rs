//! Organisations, people and lines: changed one by one, and brought in from a table.

mod office;

use office::{Office, Person};
use opora_domain::{LineId, line::Tier, ticket::Priority};
use opora_ipc::{
    ErrorCode, UiError,
    ask::HomeView,
    contracts::ContractsView,
    import::{ImportField, ImportList, ImportOutcome, ImportReason, ImportState, ImportView, SavedPath},
    people::PeopleView,
    search::SearchView,
    structure::BulkInvites,
    ticket::TicketsPage,
};
use serde_json::{Value, json};

const LIST: &str = "Контрагент;ИНН;КПП;Контактное лицо;Эл. почта;Ответственный\r\n\
ООО «Ромашка»;7707083893;773601001;Анна Белова;anna@romashka.ru;да\r\n\
ООО «Ромашка»;7707083893;773601001;Олег Дымов;oleg@romashka.ru;\r\n\
ИП Лис;500100732259;;Алексей Лис;lis@mail.ru;\r\n\
ООО «Василёк»;7707083894;;Пётр Сомов;pyotr@vasilek.ru;\r\n";

/// Imports a list and waits for the end.
async fn import(galina: &Person, text: &str) -> ImportView {
    let path = galina.profile.path().join("Клиенты.csv");
    std::fs::write(&path, text).expect("written");
    let seen: ImportView = galina.call("open_import", json!({ "path": path })).await;
    assert_eq!(seen.state, ImportState::DryRun);
    galina.call::<ImportView>("run_import", json!({})).await;
    let done = async |one: &Person| {
        let view: Option<ImportView> = one.call("import", json!({})).await;
        view.filter(|view| view.state == ImportState::Done)
    };
    galina.until("the import is done", done).await
}

async fn people(of: &Person) -> PeopleView {
    of.call("people", json!({})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_shown_first_then_brought_in_and_a_second_time_changes_the_difference() {
    let office = Office::open().await;
    let galina = &office.galina;
    let path = galina.profile.path().join("Клиенты.csv");
    std::fs::write(&path, LIST).expect("written");
    let dry: ImportView = galina.call("open_import", json!({ "path": path })).await;
    let fields: Vec<ImportField> = dry.columns.iter().map(|column| column.field).collect();
    use ImportField as F;
    assert_eq!(fields, [F::Organisation, F::Inn, F::Kpp, F::Person, F::Email, F::Responsible]);
    assert_eq!((dry.counts.added, dry.counts.wrong), (3, 1));
    assert_eq!(dry.rows[0].reason, Some(ImportReason::InnDigits), "the wrong row comes first");
    assert_eq!(people(galina).await.people.len(), 1, "nothing was sent");

    let first = import(galina, LIST).await;
    assert_eq!((first.counts.added, first.counts.changed, first.counts.wrong), (3, 0, 1));
    let view =
        galina.until("all is here", async |one| Some(people(one).await).filter(|view| view.people.len() == 4)).await;
    assert_eq!(view.organisations.len(), 2, "«Ромашка» was known by its name");
    let romashka = view.organisations.iter().find(|one| one.name == "ООО «Ромашка»").expect("known");
    assert_eq!((romashka.inn.as_str(), romashka.kpp.as_str()), ("7707083893", "773601001"));
    assert!(view.people.iter().filter(|one| one.name != "Галина Орлова").all(|one| !one.invited && !one.joined));

    let second = import(galina, &LIST.replace("oleg@romashka.ru", "dymov@romashka.ru")).await;
    assert_eq!((second.counts.added, second.counts.changed, second.counts.same), (0, 1, 2));
    let changed = second.rows.iter().find(|row| row.outcome == ImportOutcome::Changed).expect("Oleg");
    assert_eq!((changed.person.as_str(), changed.changes[0].before.as_str()), ("Олег Дымов", "oleg@romashka.ru"));
    assert_eq!(people(galina).await.people.len(), 4, "nobody twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contracts_are_brought_in_and_a_second_time_changes_the_difference() {
    let office = Office::open().await;
    let galina = &office.galina;
    import(galina, LIST).await;
    galina.until("all is here", async |one| Some(people(one).await).filter(|view| view.people.len() == 4)).await;
    let list = "№ договора;Контрагент;ИНН;Уровень;Действует с;Действует по;Вид;Объём\r\n\
        О-1;;7707083893;Золотой;01.01.2026;31.12.2026;по часам;10\r\n\
        О-2;ИП Лис;;Золотой;2026-02-01;;абонентское;\r\n\
        О-3;ООО «Мак»;;Золотой;01.01.2026;;;\r\n";
    let first = import(galina, list).await;
    assert_eq!((first.list, first.counts.added, first.counts.wrong), (ImportList::Contracts, 2, 1));
    assert_eq!(first.rows[0].reason, Some(ImportReason::UnknownOrganisation));
    let both = async |one: &Person| {
        let view: ContractsView = one.call("contracts", json!({})).await;
        let many: usize = view.organisations.iter().map(|one| one.contracts.len()).sum();
        (many == 2).then_some(())
    };
    galina.until("both contracts are here", both).await;
    let second = import(galina, &list.replace(";10\r", ";20\r")).await;
    assert_eq!((second.counts.added, second.counts.changed, second.counts.same), (0, 1, 1));
    galina.until("no third contract", both).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_are_brought_in_for_their_customers_and_a_second_time_changes_the_difference() {
    let office = Office::open().await;
    let galina = &office.galina;
    let anna = office.customer("Анна Белова").await;
    let list = "#;Трекер;Статус;Приоритет;Тема;Автор;Организация\r\n\
        771;Ошибка;Новая;Высокий;Не печатает счёт;Анна Белова;ООО «Ромашка»\r\n\
        772;Ошибка;Закрыта;Высокий;Старое;Анна Белова;ООО «Ромашка»\r\n\
        773;Улучшение;В работе;;Отчёт по складу;Анна Белова;ООО «Ромашка»\r\n";
    let first = import(galina, list).await;
    assert_eq!((first.list, first.counts.added, first.counts.wrong), (ImportList::Tickets, 2, 1));
    assert_eq!(first.rows[0].reason, Some(ImportReason::Over));
    let two = async |one: &Person| {
        let page: TicketsPage = one.call("list_tickets", json!({ "count": 10 })).await;
        (page.total == 2 && page.rows.iter().all(|row| row.number.is_some())).then_some(page)
    };
    anna.until("hers are in her list", two).await;
    let all = galina.until("all are here", two).await;
    let printing = all.rows.iter().find(|row| row.subject == "Не печатает счёт").expect("brought in");
    assert_eq!((printing.priority, printing.organisation.as_deref()), (Priority::High, Some("ООО «Ромашка»")));
    let second = import(galina, &list.replace("Новая;Высокий", "Новая;Срочный")).await;
    assert_eq!((second.counts.added, second.counts.changed, second.counts.same), (0, 1, 1));
    anna.until("it is urgent", async |one| {
        two(one).await.filter(|page| page.rows.iter().any(|row| row.priority == Priority::Urgent))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_is_found_by_tax_number_telephone_and_address() {
    let office = Office::open().await;
    let galina = &office.galina;
    let list = "Контрагент;ИНН;Контактное лицо;Эл. почта;Телефон\r\n\
        ИП Лис;500100732259;Алексей Лис;lis@mail.ru;+7 (812) 555-77-01\r\n\
        ООО «Мак»;7707083893;Ирина Заяц;zayats@mak.ru;+7 495 123-45-67\r\n";
    import(galina, list).await;
    galina.until("all is here", async |one| Some(people(one).await).filter(|view| view.people.len() == 3)).await;
    for typed in ["500100732259", "5001007", "lis@mail.ru", "88125557701", "812 555-77", "5557701"] {
        let found: SearchView = galina.call("search", json!({ "words": typed })).await;
        let titles: Vec<&str> = found.hits.iter().map(|hit| hit.title.as_str()).collect();
        assert_eq!(titles, ["Алексей Лис"], "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_is_what_the_owner_says_and_no_table_has_a_sentence() {
    let office = Office::open().await;
    let galina = &office.galina;
    let path = galina.profile.path().join("list.csv");
    std::fs::write(&path, "A,B\nООО «Мак»,Ирина Заяц\n").expect("written");
    let blind: ImportView = galina.call("open_import", json!({ "path": path })).await;
    assert_eq!(blind.counts.wrong, 1, "headings that say nothing");
    let told: ImportView = galina.call("map_import", json!({ "fields": ["organisation", "person"] })).await;
    assert_eq!((told.counts.added, told.counts.wrong), (1, 0));

    std::fs::write(&path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").expect("written");
    let refused: Result<ImportView, UiError> = galina.try_call("open_import", json!({ "path": path })).await;
    assert_eq!(refused.map_err(|error| error.code).map(|view| view.file), Err(ErrorCode::TableNotOne));
    let gone: Result<ImportView, UiError> =
        galina.try_call("open_import", json!({ "path": "/nowhere/list.csv" })).await;
    assert_eq!(gone.map_err(|error| error.code).map(|view| view.file), Err(ErrorCode::FileUnreadable));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_were_brought_in_are_invited_on_one_sheet_and_come_in() {
    let office = Office::open().await;
    let galina = &office.galina;
    import(galina, LIST).await;
    let view =
        galina.until("all is here", async |one| Some(people(one).await).filter(|view| view.people.len() == 4)).await;
    let chosen: Vec<_> = view.people.iter().filter(|one| !one.joined).map(|one| one.id).collect();
    let made: BulkInvites = galina.call("invite_people", json!({ "people": chosen })).await;
    assert_eq!((made.invites.len(), made.skipped), (3, 0));
    let anna = made.invites.iter().find(|one| one.name == "Анна Белова").expect("invited");
    assert_eq!(anna.email, "anna@romashka.ru");
    let saved: SavedPath = galina.call("save_invites", json!({})).await;
    let page = std::fs::read_to_string(&saved.path).expect("the page is there");
    assert_eq!(page.matches("<section").count(), 3);
    assert!(page.contains(&anna.link));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&saved.path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "its links are secrets");
    }
    let anna = Person::arrive("Анна Белова").await.joined(&anna.link).await;

    // Anna answers for «Ромашка»: she sees what Oleg asks, and he sees nothing of hers.
    let oleg = made.invites.iter().find(|one| one.name == "Олег Дымов").expect("invited");
    let oleg = Person::arrive("Олег Дымов").await.joined(&oleg.link).await;
    oleg.call::<Value>("send_ask", office.ask("Не проходит обмен с банком")).await;
    anna.call::<Value>("send_ask", office.ask("Как закрыть месяц?")).await;
    let seen = async |one: &Person| {
        let home: HomeView = one.home().await;
        home.colleagues.into_iter().next()
    };
    let colleague = anna.until("Oleg's request is listed", seen).await;
    assert_eq!((colleague.who.as_str(), colleague.subject.as_str()), ("Олег Дымов", "Не проходит обмен с банком"));
    assert_eq!(oleg.home().await.colleagues, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_owner_changes_reaches_everybody_who_reads_it() {
    let office = Office::open().await;
    let (galina, boris) = (&office.galina, office.specialist("Борис Ким").await);
    let card = json!({ "name": "Программисты", "tier": "programmers", "description": "Доработки", "order": 3 });
    galina.call::<PeopleView>("put_line", json!({ "line": office.line, "card": card })).await;
    let card = json!({ "name": "ООО «Ромашка»", "inn": "77 0708 3893", "kpp": "", "note": "Звонить до обеда", "products": [] });
    let args = json!({ "organisation": office.organisation, "card": card });
    galina.call::<PeopleView>("put_organisation", args).await;
    let seen = async |one: &Person| {
        let view = people(one).await;
        let line = view
            .lines
            .iter()
            .any(|line: &opora_ipc::people::LineView| line.id == office.line && line.tier == Tier::Programmers);
        let client = view.organisations.iter().any(|one| one.inn == "7707083893" && one.note == "Звонить до обеда");
        (line && client).then_some(())
    };
    boris.until("the new line and number are here", seen).await;

    let wrong = json!({ "organisation": null, "card": { "name": "Мак", "inn": "7707083894", "kpp": "", "note": "", "products": [] } });
    let refused: Result<PeopleView, UiError> = galina.try_call("put_organisation", wrong).await;
    assert_eq!(refused.map_err(|error| error.code).map(|view| view.rev), Err(ErrorCode::InnWrong));
    let taken = json!({ "organisation": null, "card": { "name": "Мак", "inn": "7707083893", "kpp": "", "note": "", "products": [] } });
    let refused: Result<PeopleView, UiError> = galina.try_call("put_organisation", taken).await;
    assert_eq!(refused.map_err(|error| error.code).map(|view| view.rev), Err(ErrorCode::InnTaken));
    let by_boris: Result<PeopleView, UiError> =
        boris.try_call("put_line", json!({ "line": LineId(uuid::Uuid::from_u128(9)), "card": { "name": "Своя", "tier": "consultants", "description": "", "order": 0 } })).await;
    assert_eq!(by_boris.map_err(|error| error.code).map(|view| view.rev), Err(ErrorCode::NotAllowed));
}
