//! A row of a table, by what its columns are.

use opora_domain::membership::MemberRole;
use opora_ipc::import::ImportField as Field;

/// A row under the fields of its columns.
pub(super) struct Row<'a> {
    /// Its number, as the person's program shows it.
    pub(super) number: u32,
    pub(super) cells: &'a [String],
    pub(super) fields: &'a [Field],
}

impl Row<'_> {
    /// The cell under a field; empty when there is no such column.
    pub(super) fn get(&self, field: Field) -> &str {
        let place = self.fields.iter().position(|one| *one == field);
        place.and_then(|place| self.cells.get(place)).map(|cell| cell.trim()).unwrap_or_default()
    }

    /// The person's name, also out of its parts.
    pub(super) fn name(&self) -> String {
        let parts = [Field::Person, Field::Surname, Field::GivenName, Field::Patronymic];
        let parts: Vec<&str> = parts.into_iter().map(|field| self.get(field)).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// ИНН and КПП, also out of one cell. A КПП alone says nothing: it only tells branches of one ИНН apart.
    pub(super) fn numbers(&self) -> (String, String) {
        let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (inn, kpp) = (dense(self.get(Field::Inn)), dense(self.get(Field::Kpp)).to_uppercase());
        match inn.split_once(['/', '\\']) {
            Some((inn, beside)) if kpp.is_empty() => (inn.to_owned(), beside.to_uppercase()),
            Some((inn, _)) => (inn.to_owned(), kpp),
            None if inn.is_empty() => (inn, String::new()),
            None => (inn, kpp),
        }
    }

    /// Whether the person answers for the organisation; none when the row does not say.
    pub(super) fn role(&self) -> Option<MemberRole> {
        let word = self.get(Field::Responsible).to_lowercase();
        match word.as_str() {
            "" => None,
            "да" | "yes" | "true" | "истина" | "1" | "+" | "x" | "х" | "v" => Some(MemberRole::Responsible),
            word if word.contains("ответств") || word.contains("respons") => Some(MemberRole::Responsible),
            _ => Some(MemberRole::User),
        }
    }
}
