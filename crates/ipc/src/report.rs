//! Reports, and tables that are saved as files.

use std::collections::BTreeMap;

use opora_domain::report::{Ask, Report};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A report with the names of what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReportView {
    /// What was asked for.
    pub ask: Ask,
    /// The figures.
    pub data: Report,
    /// Names of lines, clients and people by their ids.
    pub names: BTreeMap<String, String>,
}

/// Save tables as one file in the downloads folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SaveTables {
    /// Name of the file without its ending.
    pub name: String,
    /// Which kind of file.
    pub format: TableFormat,
    /// The tables; a CSV holds one below the other.
    pub tables: Vec<Table>,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// Text with separators, in UTF-8, as the language's spreadsheets read it.
    Csv,
    /// A workbook with a sheet for each table.
    Xlsx,
}

/// A table as it is on screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// Titles of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "TableCell")]
pub enum Cell {
    /// Words.
    Text {
        /// These.
        text: String,
    },
    /// A number.
    Number {
        /// This.
        value: f64,
    },
    /// A share; 1 is the whole.
    Share {
        /// This.
        value: f64,
    },
    /// A length of time.
    Minutes {
        /// In minutes.
        value: f64,
    },
    /// Nothing.
    Empty,
}
