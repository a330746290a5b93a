//! The few sentences that the core says itself, in native notifications; the rest is in the interface's catalogue.

use opora_domain::{calendar::Day, contract::notice::What};
use opora_ipc::app::Language;

/// A reminder of a contract.
pub(crate) fn reminder(language: Language, what: What, day: Day) -> String {
    let date = match language {
        Language::Ru => day.dotted(),
        Language::En => day.to_string(),
    };
    match (language, what) {
        (Language::Ru, What::Begins) => format!("Договор поддержки действует с {date}."),
        (Language::Ru, What::Ends { days: 0 }) => format!("Последний день договора поддержки: {date}."),
        (Language::Ru, What::Ends { days: 1 }) => format!("Завтра последний день договора поддержки: {date}."),
        (Language::Ru, What::Ends { .. }) => format!("Договор поддержки заканчивается {date}."),
        (Language::Ru, What::Low) => "По договору осталось меньше пятой части.".to_owned(),
        (Language::Ru, What::Spent) => "Оплаченное по договору израсходовано.".to_owned(),
        (Language::En, What::Begins) => format!("The support contract is in force since {date}."),
        (Language::En, What::Ends { days: 0 }) => format!("Last day of the support contract: {date}."),
        (Language::En, What::Ends { days: 1 }) => format!("Tomorrow is the last day of the support contract: {date}."),
        (Language::En, What::Ends { .. }) => format!("The support contract ends on {date}."),
        (Language::En, What::Low) => "A fifth of the contract's allowance or less is left.".to_owned(),
        (Language::En, What::Spent) => "The contract's allowance is used up.".to_owned(),
    }
}

/// A client asks for renewal.
pub(crate) fn renewal(language: Language) -> &'static str {
    match language {
        Language::Ru => "Просят продлить договор поддержки.",
        Language::En => "They ask for the support contract to be renewed.",
    }
}
