//! Tables as files: pure. What a cell holds is data: no cell ever becomes a formula.

use opora_ipc::{
    app::Language,
    report::{Cell, Table},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The longest name of a sheet that Excel reads, in characters.
const MOST_SHEET: usize = 31;
/// Minutes of a day: a length of time is a part of a day in a workbook.
const DAY: f64 = 24.0 * 60.0;

/// One table below the other, in UTF-8 with its mark, with the separators that spreadsheets of this
/// language expect: a Russian one reads `;` and a decimal comma.
pub(crate) fn csv(tables: &[Table], language: Language) -> String {
    let separator = if language == Language::Ru { ';' } else { ',' };
    let mut out = String::from('\u{feff}');
    for (place, table) in tables.iter().enumerate() {
        if place > 0 {
            out.push_str("\r\n");
        }
        if tables.len() > 1 {
            line(&mut out, separator, [text(&table.title, separator)].into_iter());
        }
        line(&mut out, separator, table.head.iter().map(|title| text(title, separator)));
        for row in &table.rows {
            line(&mut out, separator, row.iter().map(|cell| written(cell, language, separator)));
        }
    }
    out
}

fn line(out: &mut String, separator: char, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(separator);
        }
        out.push_str(&cell);
    }
    out.push_str("\r\n");
}

fn written(cell: &Cell, language: Language, separator: char) -> String {
    match cell {
        Cell::Text { text: words } => text(words, separator),
        Cell::Number { value } | Cell::Share { value } | Cell::Minutes { value } => number(*value, language),
        Cell::Empty => String::new(),
    }
}

/// Two digits after the point, none when there is nothing.
fn number(value: f64, language: Language) -> String {
    let digits = format!("{value:.2}");
    let short = digits.trim_end_matches('0').trim_end_matches('.');
    if language == Language::Ru { short.replace('.', ",") } else { short.to_owned() }
}

/// Words that a spreadsheet would take for a formula get a mark in front, as Excel itself writes it.
fn text(words: &str, separator: char) -> String {
    let begins = words.trim_start().chars().next().unwrap_or(' ');
    let words = if "=+-@\t\r".contains(begins) { format!("'{words}") } else { words.to_owned() };
    if words.contains([separator, '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

/// A workbook with a sheet for each table.
pub(crate) fn xlsx(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold();
    let share = Format::new().set_num_format("0%");
    let span = Format::new().set_num_format("[h]:mm:ss");
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        let name = sheet_name(&table.title, &names);
        let sheet = book.add_worksheet();
        sheet.set_name(&name)?;
        names.push(name);
        for (column, title) in (0_u16..).zip(&table.head) {
            sheet.write_string_with_format(0, column, title, &head)?;
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Text { text } => sheet.write_string(row, column, text)?,
                    Cell::Number { value } => sheet.write_number(row, column, *value)?,
                    Cell::Share { value } => sheet.write_number_with_format(row, column, *value, &share)?,
                    Cell::Minutes { value } => sheet.write_number_with_format(row, column, *value / DAY, &span)?,
                    Cell::Empty => sheet,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
    }
    book.save_to_buffer()
}

/// A name that Excel takes: short, without its signs, and no other sheet's.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let plain: String = title.chars().map(|sign| if "[]:*?/\\'".contains(sign) { ' ' } else { sign }).collect();
    let plain = plain.trim();
    let plain = if plain.is_empty() { "1" } else { plain };
    let with = |ending: &str| {
        let most = MOST_SHEET.saturating_sub(ending.chars().count());
        let short: String = plain.chars().take(most).collect();
        format!("{short}{ending}")
    };
    let endings = std::iter::once(String::new()).chain((2..).map(|number| format!(" {number}")));
    let mut names = endings.map(|ending| with(&ending));
    let is_taken = |name: &str| taken.iter().any(|one| one.to_lowercase() == name.to_lowercase());
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn words(text: &str) -> Cell {
        Cell::Text { text: text.into() }
    }

    fn table(title: &str) -> Table {
        Table {
            title: title.into(),
            head: vec!["Клиент".into(), "Обращений".into(), "Половина, мин".into()],
            rows: vec![
                vec![words("ООО «Ромашка»; склад"), Cell::Number { value: 12.0 }, Cell::Minutes { value: 4.5 }],
                vec![words("=HYPERLINK(\"http://x\")"), Cell::Share { value: 0.25 }, Cell::Empty],
            ],
        }
    }

    #[test]
    fn a_russian_spreadsheet_reads_its_own_separators() {
        let made = csv(&[table("Клиенты")], Language::Ru);
        let lines: Vec<&str> = made.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], "Клиент;Обращений;Половина, мин");
        assert_eq!(lines[1], "\"ООО «Ромашка»; склад\";12;4,5");
        assert_eq!(csv(&[table("Clients")], Language::En).lines().nth(1), Some("ООО «Ромашка»; склад,12,4.5"));
    }

    #[test]
    fn nothing_that_a_customer_wrote_becomes_a_formula() {
        let made = csv(&[table("Клиенты")], Language::Ru);
        assert!(made.contains("\"'=HYPERLINK(\"\"http://x\"\")\";0,25;"), "{made}");
    }

    #[test]
    fn a_workbook_has_a_sheet_for_each_table_and_real_numbers() {
        let long = "По клиентам: [очень] длинное название отчёта за год";
        let bytes = xlsx(&[table("Клиенты"), table("клиенты"), table(long)]).expect("a workbook");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("it opens");
        let names = book.sheet_names();
        assert_eq!(&names[..2], ["Клиенты", "клиенты 2"]);
        assert!(names[2].chars().count() <= MOST_SHEET);
        let sheet = book.worksheet_range("Клиенты").expect("the first sheet");
        assert_eq!(sheet.get_value((0, 0)), Some(&Data::String("Клиент".into())));
        assert_eq!(sheet.get_value((1, 1)), Some(&Data::Float(12.0)));
        assert_eq!(sheet.get_value((2, 0)), Some(&Data::String("=HYPERLINK(\"http://x\")".into())), "words");
        assert!(sheet.get_value((2, 2)).is_none_or(|cell| *cell == Data::Empty));
    }
}
