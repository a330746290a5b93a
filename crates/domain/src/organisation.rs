//! A client organisation: what the firm knows about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    inn::{InnError, check_inn, is_kpp},
    machine::Program,
};

/// Characters of a name at most; the longest registered names have some hundreds.
pub const MOST_NAME: usize = 500;
/// Characters of a note at most: two pages.
pub const MOST_NOTE: usize = 4000;
/// Products that one client runs at most.
pub const MOST_PRODUCTS: usize = 50;
/// Characters of a product's name or release at most.
pub const MOST_PRODUCT: usize = 200;

/// What is known about an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "OrganisationCard")]
pub struct Card {
    /// Its name.
    pub name: String,
    /// ИНН; empty when it is not known.
    #[serde(default)]
    pub inn: String,
    /// КПП; empty when it is not known, or there is none.
    #[serde(default)]
    pub kpp: String,
    /// What the firm's people should know; the client never sees it.
    #[serde(default)]
    pub note: String,
    /// Products and releases it runs.
    #[serde(default)]
    pub products: Vec<Program>,
}

/// What is wrong with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// There is no name.
    #[error("there is no name")]
    NoName,
    /// ИНН.
    #[error("the tax number is wrong: {0}")]
    Inn(#[from] InnError),
    /// КПП.
    #[error("the registration reason code is wrong")]
    Kpp,
    /// Too long or too many.
    #[error("too long")]
    TooLong,
}

impl Card {
    /// The same without blanks around and inside what has none.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let products = self.products.iter().map(|product| Program {
            name: product.name.trim().to_owned(),
            release: product.release.trim().to_owned(),
        });
        Self {
            name: self.name.split_whitespace().collect::<Vec<_>>().join(" "),
            inn: dense(&self.inn),
            kpp: dense(&self.kpp).to_uppercase(),
            note: self.note.trim().to_owned(),
            products: products.filter(|product| !product.name.is_empty()).collect(),
        }
    }

    /// Checks a tidy card.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn check(&self) -> Result<(), CardError> {
        if self.name.trim().is_empty() {
            return Err(CardError::NoName);
        }
        if !self.inn.is_empty() {
            check_inn(&self.inn)?;
        }
        if !self.kpp.is_empty() && !is_kpp(&self.kpp) {
            return Err(CardError::Kpp);
        }
        let long = |text: &str, most: usize| text.chars().count() > most;
        let products_long = self.products.len() > MOST_PRODUCTS
            || self.products.iter().any(|one| long(&one.name, MOST_PRODUCT) || long(&one.release, MOST_PRODUCT));
        if long(&self.name, MOST_NAME) || long(&self.note, MOST_NOTE) || products_long {
            return Err(CardError::TooLong);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_tidied_and_a_wrong_number_is_named() {
        let romashka = Card {
            name: "  ООО   «Ромашка» ".into(),
            inn: "77 0708 3893".into(),
            kpp: " 773601001".into(),
            products: vec![
                Program { name: " 1С:Бухгалтерия ".into(), release: "3.0.162.18".into() },
                Program::default(),
            ],
            ..Card::default()
        };
        let tidy = romashka.tidy();
        assert_eq!(
            (tidy.name.as_str(), tidy.inn.as_str(), tidy.kpp.as_str()),
            ("ООО «Ромашка»", "7707083893", "773601001")
        );
        assert_eq!(tidy.products.len(), 1);
        assert_eq!(tidy.check(), Ok(()));
        assert_eq!(Card { inn: "7707083894".into(), ..tidy.clone() }.check(), Err(CardError::Inn(InnError::Digits)));
        assert_eq!(Card { kpp: "1".into(), ..tidy.clone() }.check(), Err(CardError::Kpp));
        assert_eq!(Card { name: " ".into(), ..tidy.clone() }.check(), Err(CardError::NoName));
        assert_eq!(Card { note: "я".repeat(MOST_NOTE + 1), ..tidy }.check(), Err(CardError::TooLong));
    }
}
