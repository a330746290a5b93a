//! A line: a queue with people; one of four tiers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Characters of a line's name at most.
pub const MOST_NAME: usize = 200;
/// Characters of a description at most.
pub const MOST_DESCRIPTION: usize = 1000;

/// Who works on a line: what one tier cannot solve goes to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Line 1.
    #[default]
    Consultants,
    /// Line 2.
    Programmers,
    /// Line 3.
    Developers,
    /// Line 4: the vendor, another firm.
    Vendor,
}

impl Tier {
    /// 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Consultants => 1,
            Self::Programmers => 2,
            Self::Developers => 3,
            Self::Vendor => 4,
        }
    }

    /// The tier of a number; none for other numbers.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Consultants, Self::Programmers, Self::Developers, Self::Vendor]
            .into_iter()
            .find(|tier| tier.number() == number)
    }
}

/// What is known about a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "LineCard")]
pub struct Card {
    /// Its name.
    pub name: String,
    /// Who works on it.
    #[serde(default)]
    pub tier: Tier,
    /// What it is for, as customers read it.
    #[serde(default)]
    pub description: String,
    /// Place among the lines, from 0; lines of one place stand by their names.
    #[serde(default)]
    pub order: u16,
}

impl Card {
    /// Whether name and description are of possible length.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let name = self.name.trim().chars().count();
        (1..=MOST_NAME).contains(&name) && self.description.chars().count() <= MOST_DESCRIPTION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_have_the_numbers_people_call_them_by() {
        for number in 1..=4 {
            assert_eq!(Tier::from_number(number).map(Tier::number), Some(number));
        }
        assert_eq!(Tier::from_number(5), None);
    }

    #[test]
    fn a_line_has_a_name() {
        assert!(Card { name: "Первая линия".into(), ..Card::default() }.is_possible());
        assert!(!Card { name: "  ".into(), ..Card::default() }.is_possible());
        assert!(!Card { name: "я".repeat(MOST_NAME + 1), ..Card::default() }.is_possible());
    }
}
