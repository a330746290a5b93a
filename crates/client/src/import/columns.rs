//! What a column is, guessed from its heading and its cells.

use opora_domain::{inn::check_inn, person::is_email};
use opora_ipc::import::ImportField as Field;

use super::table::Table;

/// Cells that are looked at.
const SAMPLE: usize = 50;

/// Parts of headings, in small letters; the first line that fits counts, so what is narrower stands first.
const HEADINGS: &[(Field, &[&str])] = &[
    (Field::Skip, &["почтовый", "юридический", "адрес доставки", "address", "индекс"]),
    (Field::Email, &["email", "e-mail", "e mail", "почт", "mail"]),
    (Field::Phone, &["телефон", "phone", "тел.", "моб", "сотовый", "mobile"]),
    (Field::Responsible, &["ответствен", "responsible", "роль", "role"]),
    (Field::Inn, &["инн", "tax number", "tax id", "tin"]),
    (Field::Kpp, &["кпп", "kpp"]),
    (Field::Surname, &["фамилия", "surname", "last name", "lastname"]),
    (Field::Patronymic, &["отчество", "patronymic", "middle name"]),
    (
        Field::Person,
        &["фио", "ф.и.о", "контакт", "сотрудник", "пользователь", "full name", "contact", "person", "user"],
    ),
    (Field::Release, &["релиз", "версия", "release", "version"]),
    (Field::Product, &["конфигурация", "программа", "продукт", "product", "configuration", "software"]),
    (Field::Note, &["примечание", "комментарий", "заметк", "note", "comment"]),
    (
        Field::Organisation,
        &[
            "организаци",
            "контрагент",
            "наименование",
            "название",
            "компания",
            "фирма",
            "клиент",
            "company",
            "organisation",
            "organization",
            "client",
            "customer",
        ],
    ),
    (Field::GivenName, &["имя", "first name", "given name", "firstname"]),
    (Field::Person, &["name"]),
];

/// The same of lists of contracts; they go before the others. What is one letter is a whole word.
const OF_CONTRACTS: &[(Field, &[&str])] = &[
    (Field::To, &["окончан", "конец", "по", "до", "срок", "valid to", "to", "until", "end", "expires"]),
    (Field::From, &["начал", "действует с", "дата договора", "с", "valid from", "from", "start", "since"]),
    (Field::Every, &["период", "пополн", "как часто", "every", "period", "refill"]),
    (Field::Amount, &["объем", "объём", "лимит", "количество", "кол-во", "amount", "allowance", "limit", "quantity"]),
    (Field::Kind, &["вид", "тип", "что оплачено", "kind", "type"]),
    (Field::Level, &["уровень", "тариф", "level", "plan", "tier"]),
    (Field::Contract, &["договор", "contract", "agreement"]),
];
/// Which of them make a list one of contracts, beside its numbers.
const TELLING: [Field; 4] = [Field::From, Field::To, Field::Level, Field::Kind];

/// The same of lists of tickets.
const OF_TICKETS: &[(Field, &[&str])] = &[
    (Field::Due, &["срок", "нужно к", "дата завершения", "due"]),
    (Field::Ticket, &["номер", "№", "#", "id", "number", "no."]),
    (Field::Subject, &["тема", "заголовок", "subject", "summary", "title"]),
    (Field::Description, &["описание", "подробност", "содержание", "description"]),
    (Field::Tracker, &["трекер", "вид", "тип", "tracker", "kind", "type"]),
    (Field::Priority, &["приоритет", "срочность", "важность", "priority", "urgency"]),
    (Field::Status, &["статус", "состояние", "status", "state"]),
    (Field::Category, &["категория", "раздел", "category"]),
    // Who works on it is no customer.
    (
        Field::Skip,
        &["исполнитель", "назначен", "assignee", "создан", "изменен", "обновлен", "created", "updated", "line"],
    ),
    (Field::Person, &["клиент", "автор", "заявитель", "customer", "client", "author", "requester"]),
];

/// What each column of a table is; each field once.
#[must_use]
pub fn guess(table: &Table) -> Vec<Field> {
    let own = if is_of_tickets(&table.headings) {
        OF_TICKETS
    } else if is_of_contracts(&table.headings) {
        OF_CONTRACTS
    } else {
        &[]
    };
    let by_heading = |heading: &String| among(own, heading).or_else(|| among(HEADINGS, heading));
    let mut fields: Vec<Field> =
        table.headings.iter().map(|heading| by_heading(heading).unwrap_or(Field::Skip)).collect();
    for (place, heading) in table.headings.iter().enumerate() {
        if by_heading(heading).is_none()
            && let (Some(found), Some(field)) = (by_cells(table, place), fields.get_mut(place))
        {
            *field = found;
        }
    }
    once_each(&mut fields);
    // "Фамилия, Имя" are parts; "Имя" alone is the whole name.
    if !fields.contains(&Field::Surname) {
        for field in fields.iter_mut().filter(|field| **field == Field::GivenName) {
            *field = Field::Person;
        }
        once_each(&mut fields);
    }
    fields
}

/// A field stands for one column: the first.
fn once_each(fields: &mut [Field]) {
    let mut seen = Vec::new();
    for field in fields.iter_mut().filter(|field| **field != Field::Skip) {
        if seen.contains(field) {
            *field = Field::Skip;
        } else {
            seen.push(*field);
        }
    }
}

/// Tickets have a subject; a column that only sounds like one stands beside no other of theirs.
fn is_of_tickets(headings: &[String]) -> bool {
    let found: Vec<Field> = headings.iter().filter_map(|heading| among(OF_TICKETS, heading)).collect();
    let telling = [Field::Description, Field::Status, Field::Priority, Field::Tracker];
    found.contains(&Field::Subject) && telling.iter().any(|field| found.contains(field))
}

/// A column with numbers of contracts alone may stand in a list of people too.
fn is_of_contracts(headings: &[String]) -> bool {
    let found: Vec<Field> = headings.iter().filter_map(|heading| among(OF_CONTRACTS, heading)).collect();
    found.contains(&Field::Contract) && TELLING.iter().any(|field| found.contains(field))
}

fn among(known: &[(Field, &[&str])], heading: &str) -> Option<Field> {
    let heading = heading.to_lowercase().replace('_', " ");
    let fits = |part: &&str| match *part {
        // As words of their own: "инн" is also in "старинный", "tin" in "meeting".
        "инн" | "кпп" | "tin" | "name" | "имя" | "с" | "по" | "до" | "to" | "end" | "вид" | "тип" | "plan" | "id"
        | "type" | "line" => heading.split(|c: char| !c.is_alphabetic()).any(|word| word == *part),
        part => heading.contains(part),
    };
    known.iter().find(|(_, parts)| parts.iter().any(fits)).map(|(field, _)| *field)
}

/// Most of the cells are tax numbers, or addresses.
fn by_cells(table: &Table, place: usize) -> Option<Field> {
    let cells: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|(_, cells)| cells.get(place))
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .take(SAMPLE)
        .collect();
    let most =
        |is: &dyn Fn(&str) -> bool| !cells.is_empty() && cells.iter().filter(|cell| is(cell)).count() * 2 > cells.len();
    if most(&|cell| check_inn(cell).is_ok()) {
        Some(Field::Inn)
    } else if most(&is_email) {
        Some(Field::Email)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headings: &[&str], cells: &[&str]) -> Vec<Field> {
        let own = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        guess(&Table { headings: own(headings), rows: vec![(2, own(cells))] })
    }

    #[test]
    fn headings_of_usual_lists_are_understood() {
        assert_eq!(
            guessed(
                &[
                    "Контрагент",
                    "ИНН",
                    "КПП",
                    "Контактное лицо",
                    "Адрес электронной почты",
                    "Телефон",
                    "Юридический адрес"
                ],
                &[]
            ),
            [Field::Organisation, Field::Inn, Field::Kpp, Field::Person, Field::Email, Field::Phone, Field::Skip]
        );
        assert_eq!(
            guessed(
                &["Фамилия", "Имя", "Отчество", "Название организации", "Конфигурация", "Релиз", "Ответственный"],
                &[]
            ),
            [
                Field::Surname,
                Field::GivenName,
                Field::Patronymic,
                Field::Organisation,
                Field::Product,
                Field::Release,
                Field::Responsible
            ]
        );
        assert_eq!(
            guessed(&["Company", "Tax ID", "Full name", "E-mail", "Phone", "Comment"], &[]),
            [Field::Organisation, Field::Inn, Field::Person, Field::Email, Field::Phone, Field::Note]
        );
        assert_eq!(guessed(&["Имя", "Организация"], &[]), [Field::Person, Field::Organisation], "no surname beside it");
        assert_eq!(guessed(&["Старинный город", "Почтовый адрес"], &[]), [Field::Skip, Field::Skip]);
    }

    #[test]
    fn headings_of_lists_of_contracts_are_understood() {
        assert_eq!(
            guessed(
                &[
                    "№ договора",
                    "Контрагент",
                    "ИНН",
                    "Тариф",
                    "Дата начала",
                    "Дата окончания",
                    "Вид",
                    "Объём",
                    "Период"
                ],
                &[]
            ),
            [
                Field::Contract,
                Field::Organisation,
                Field::Inn,
                Field::Level,
                Field::From,
                Field::To,
                Field::Kind,
                Field::Amount,
                Field::Every
            ]
        );
        assert_eq!(
            guessed(&["Contract no.", "Client", "Level", "From", "To", "Type", "Allowance"], &[]),
            [Field::Contract, Field::Organisation, Field::Level, Field::From, Field::To, Field::Kind, Field::Amount]
        );
        assert_eq!(
            guessed(&["ФИО", "Организация", "Договор"], &[]),
            [Field::Person, Field::Organisation, Field::Skip],
            "people with the number of a contract beside them"
        );
    }

    #[test]
    fn headings_of_lists_of_tickets_are_understood() {
        assert_eq!(
            guessed(&["#", "Трекер", "Статус", "Приоритет", "Тема", "Автор", "Назначена", "Организация", "Срок"], &[]),
            [
                Field::Ticket,
                Field::Tracker,
                Field::Status,
                Field::Priority,
                Field::Subject,
                Field::Person,
                Field::Skip,
                Field::Organisation,
                Field::Due
            ]
        );
        assert_eq!(
            guessed(&["Номер", "Тема", "Клиент", "Организация", "Статус", "Срочность", "Исполнитель", "Раздел"], &[]),
            [
                Field::Ticket,
                Field::Subject,
                Field::Person,
                Field::Organisation,
                Field::Status,
                Field::Priority,
                Field::Skip,
                Field::Category
            ],
            "what this program itself saves"
        );
    }

    #[test]
    fn a_heading_that_says_nothing_is_understood_by_its_cells() {
        assert_eq!(guessed(&["A", "B"], &["7707083893", "anna@romashka.ru"]), [Field::Inn, Field::Email]);
        assert_eq!(guessed(&["Почта", "Почта 2"], &["a@b.ru", "c@d.ru"]), [Field::Email, Field::Skip], "each once");
    }
}
