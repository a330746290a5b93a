//! A table out of a file that somebody was sent: CSV of any delimiter, UTF-8 or Windows-1251, or XLSX.
//!
//! The file may be hostile. Everything is bounded before it is unpacked or kept: bytes of the file,
//! bytes of each part of the archive as it really unpacks, rows, columns, characters of a cell. Cells
//! of a sheet are read one after the other; a sheet is never laid out in memory, because two cells
//! far apart would make it as large as the machine.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};

/// The largest file: a hundred thousand rows of a price list have less.
pub const MOST_BYTES: u64 = 16 << 20;
/// The most an archive may unpack to.
const MOST_UNPACKED: u64 = 128 << 20;
/// Parts of an archive at most; a workbook has some dozens.
const MOST_PARTS: usize = 2_000;
/// Rows that are imported at once at most.
pub const MOST_ROWS: usize = 20_000;
/// Columns that are looked at.
pub const MOST_COLUMNS: usize = 60;
/// Characters of a cell that are kept.
const MOST_CELL: usize = 4_000;
/// Lines that are looked at to find the delimiter.
const SAMPLE_LINES: usize = 20;
/// Delimiters, the likeliest first.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A table: its headings and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The first row.
    pub headings: Vec<String>,
    /// The other rows, with the number that the person's program shows.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Why a file cannot be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file, or what is packed in it, is too large.
    #[error("the file is too large")]
    TooLarge,
    /// There are too many rows.
    #[error("there are too many rows")]
    TooManyRows,
    /// It is neither CSV nor XLSX.
    #[error("not a table")]
    NotATable,
    /// There is nothing in it.
    #[error("the table is empty")]
    Empty,
}

/// Reads a table.
///
/// # Errors
/// [`TableError`].
pub fn read(bytes: &[u8]) -> Result<Table, TableError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(TableError::TooLarge);
    }
    let rows = if bytes.starts_with(b"PK\x03\x04") { read_xlsx(bytes)? } else { read_csv(bytes)? };
    let mut rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let (_, headings) = rows.next().ok_or(TableError::Empty)?;
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() { Err(TableError::Empty) } else { Ok(Table { headings, rows }) }
}

type Rows = Vec<(u32, Vec<String>)>;

/// A cell as it is kept.
fn cell(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() || *c == '\n').take(MOST_CELL).collect()
}

fn read_csv(bytes: &[u8]) -> Result<Rows, TableError> {
    // The reader counts a row that ends with both from the wrong one of the two.
    let text = decode(bytes).ok_or(TableError::NotATable)?.replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows = Rows::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| TableError::NotATable)? {
        if rows.len() > MOST_ROWS {
            return Err(TableError::TooManyRows);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().take(MOST_COLUMNS).map(cell).collect();
        rows.push((u32::try_from(line).unwrap_or(u32::MAX), cells));
    }
    Ok(rows)
}

/// The text of a file: UTF-8 or UTF-16 with its mark, UTF-8 without, else Windows-1251. None for
/// what holds bytes that no text has.
fn decode(bytes: &[u8]) -> Option<String> {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let text = match marked {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
        },
    };
    (!text.contains('\0')).then_some(text)
}

/// The delimiter that stands in most of the first lines equally often, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut lines: Vec<[usize; DELIMITERS.len()]> = vec![[0; DELIMITERS.len()]];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && lines.len() < SAMPLE_LINES => lines.push([0; DELIMITERS.len()]),
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(place) = DELIMITERS.iter().position(|one| *one == byte)
                    && let Some(count) = lines.last_mut().and_then(|line| line.get_mut(place))
                {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let first = lines.first().copied().unwrap_or_default();
    let agreeing = |place: usize| {
        let wanted = first.get(place).copied().unwrap_or_default();
        let same = lines.iter().filter(|line| wanted > 0 && line.get(place) == Some(&wanted)).count();
        (same, wanted)
    };
    // Of equals the first is kept: `max_by_key` alone would take the last.
    let best = (0..DELIMITERS.len()).rev().max_by_key(|place| agreeing(*place)).unwrap_or_default();
    DELIMITERS.get(best).copied().unwrap_or(b';')
}

fn read_xlsx(bytes: &[u8]) -> Result<Rows, TableError> {
    check_archive(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| TableError::NotATable)?;
    let sheet = book.sheet_names().first().cloned().ok_or(TableError::Empty)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| TableError::NotATable)?;
    let mut rows = Rows::new();
    while let Some(found) = cells.next_cell().map_err(|_| TableError::NotATable)? {
        let ((row, column), text) = (found.get_position(), cell(&words(found.get_value())));
        let Some(column) = usize::try_from(column).ok().filter(|column| *column < MOST_COLUMNS && !text.is_empty())
        else {
            continue;
        };
        let number = row.saturating_add(1);
        if rows.last().is_none_or(|(last, _)| *last != number) {
            if rows.len() > MOST_ROWS {
                return Err(TableError::TooManyRows);
            }
            rows.push((number, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(place) = cells.get_mut(column) {
                *place = text;
            }
        }
    }
    Ok(rows)
}

/// What a cell shows. Whole numbers have no point: an ИНН kept as a number is an ИНН.
fn words(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{day:02}.{month:02}.{year}")
        }
        Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// Unpacks every part once without keeping it: what its header says about its size may be a lie.
fn check_archive(bytes: &[u8]) -> Result<(), TableError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| TableError::NotATable)?;
    if archive.len() > MOST_PARTS {
        return Err(TableError::TooLarge);
    }
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| TableError::NotATable)?;
        let unpacked =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| TableError::NotATable)?;
        left = left.checked_sub(unpacked).ok_or(TableError::TooLarge)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn table(headings: &[&str], rows: &[(u32, &[&str])]) -> Table {
        let own = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        Table { headings: own(headings), rows: rows.iter().map(|(number, cells)| (*number, own(cells))).collect() }
    }

    fn book(parts: &[(&str, String)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("written");
        }
        archive.finish().expect("closed").into_inner()
    }

    fn sheet(rows: &str) -> Vec<u8> {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
        book(&[
            (
                "[Content_Types].xml",
                format!(
                    r#"{xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    r#"{xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"{xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    r#"{xml}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Клиенты" sheetId="1" r:id="r1"/></sheets></workbook>"#
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!(
                    r#"{xml}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
                ),
            ),
        ])
    }

    fn text(place: &str, words: &str) -> String {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>"#)
    }

    #[test]
    fn a_list_is_read_whatever_its_delimiter_and_its_letters() {
        let romashka = table(&["Название", "ИНН"], &[(2, &["ООО «Ромашка»; склад", "7707083893"])]);
        for delimiter in [";", ",", "\t", "|"] {
            let csv = format!("Название{delimiter}ИНН\r\n\"ООО «Ромашка»; склад\"{delimiter}7707083893\r\n\r\n");
            assert_eq!(read(csv.as_bytes()), Ok(romashka.clone()), "{delimiter:?}");
            assert_eq!(read(format!("\u{feff}{csv}").as_bytes()), Ok(romashka.clone()), "with its mark");
            let (old, _, _) = encoding_rs::WINDOWS_1251.encode(&csv);
            assert_eq!(read(&old), Ok(romashka.clone()), "Windows-1251");
        }
        let wide: Vec<u8> = "\u{feff}Имя\tПочта\nАнна\ta@b.ru\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            read(&wide),
            Ok(table(&["Имя", "Почта"], &[(2, &["Анна", "a@b.ru"])])),
            "as Excel saves Unicode text"
        );
    }

    #[test]
    fn a_workbook_is_read_and_a_tax_number_kept_as_a_number_stays_one() {
        let rows = format!(
            r#"<row r="1">{}{}</row><row r="4">{}<c r="B4"><v>7707083893</v></c></row>"#,
            text("A1", "Название"),
            text("B1", "ИНН"),
            text("A4", "ООО «Ромашка»"),
        );
        let romashka = table(&["Название", "ИНН"], &[(4, &["ООО «Ромашка»", "7707083893"])]);
        assert_eq!(read(&sheet(&rows)), Ok(romashka), "rows are numbered as on the sheet");
    }

    #[test]
    fn two_cells_far_apart_do_not_fill_the_memory() {
        let rows = format!(
            r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
            text("A1", "Название"),
            text("XFD1048576", "далеко"),
        );
        assert_eq!(read(&sheet(&rows)), Err(TableError::Empty), "the far column is not looked at");
    }

    #[test]
    fn endless_rows_a_bomb_and_a_large_file_are_refused() {
        let endless = "Название;ИНН\n".repeat(MOST_ROWS + 3);
        assert_eq!(read(endless.as_bytes()), Err(TableError::TooManyRows));
        let cells: String = (1..=MOST_ROWS + 3)
            .map(|row| format!(r#"<row r="{row}">{}</row>"#, text(&format!("A{row}"), "я")))
            .collect();
        assert_eq!(read(&sheet(&cells)), Err(TableError::TooManyRows));
        let bomb = book(&[("xl/workbook.xml", " ".repeat(usize::try_from(MOST_UNPACKED).unwrap_or(usize::MAX) + 1))]);
        assert!(bomb.len() < 1 << 20, "small as it is");
        assert_eq!(read(&bomb), Err(TableError::TooLarge));
        let large = vec![b'a'; usize::try_from(MOST_BYTES).unwrap_or(usize::MAX) + 1];
        assert_eq!(read(&large), Err(TableError::TooLarge));
    }

    #[test]
    fn what_is_no_table_is_called_so() {
        assert_eq!(read(b"PK\x03\x04 and then nothing"), Err(TableError::NotATable));
        assert_eq!(read(&book(&[("a.txt", "текст".into())])), Err(TableError::NotATable));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(TableError::NotATable));
        assert_eq!(read(b""), Err(TableError::Empty));
        assert_eq!(read("Только заголовок;ИНН\n".as_bytes()), Err(TableError::Empty));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
            let mut packed = b"PK\x03\x04".to_vec();
            packed.extend(&bytes);
            let _ = read(&packed);
        }

        #[test]
        fn no_sheet_makes_the_reader_fall(rows in "[<>/a-z0-9\"= ]{0,120}") {
            let _ = read(&sheet(&rows));
        }
    }
}
