//! Days off that an owner need not type.

use super::Holiday;

/// The days off of the Labour Code of the Russian Federation, article 112: month, day, name. Which working days
/// are moved is decreed each autumn for one year; those are exceptions that the owner enters.
const RUSSIA: &[(u8, u8, &str)] = &[
    (1, 1, "Новый год"),
    (1, 2, "Новогодние каникулы"),
    (1, 3, "Новогодние каникулы"),
    (1, 4, "Новогодние каникулы"),
    (1, 5, "Новогодние каникулы"),
    (1, 6, "Новогодние каникулы"),
    (1, 7, "Рождество Христово"),
    (1, 8, "Новогодние каникулы"),
    (2, 23, "День защитника Отечества"),
    (3, 8, "Международный женский день"),
    (5, 1, "Праздник Весны и Труда"),
    (5, 9, "День Победы"),
    (6, 12, "День России"),
    (11, 4, "День народного единства"),
];

/// The days off of every year in Russia, to be edited.
#[must_use]
pub fn holidays_of_russia() -> Vec<Holiday> {
    RUSSIA.iter().map(|(month, day, name)| Holiday { month: *month, day: *day, name: (*name).to_owned() }).collect()
}
