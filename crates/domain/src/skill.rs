//! What a specialist serves and knows, and groups of specialists.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{LineId, PersonId};

/// Lines of one specialist at most.
pub const MOST_LINES: usize = 100;
/// Free skills of one specialist at most.
pub const MOST_SKILLS: usize = 50;
/// Characters of one skill at most.
pub const MOST_SKILL: usize = 100;
/// Specialists in one group at most.
pub const MOST_MEMBERS: usize = 500;

/// How well a specialist knows a line's work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SkillLevel")]
pub enum Level {
    /// Learns it.
    Junior,
    /// Does it.
    #[default]
    Sure,
    /// Others ask this one.
    Expert,
}

/// A line that a specialist serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Served {
    /// Which.
    pub line: LineId,
    /// How well.
    #[serde(default)]
    pub level: Level,
}

/// What a specialist serves and knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Service {
    /// Lines.
    pub lines: Vec<Served>,
    /// Free skills, as "Зарплата" or "обмены".
    #[serde(default)]
    pub skills: Vec<String>,
}

impl Service {
    /// Lines once each, skills without blanks and doubles.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let mut lines: Vec<Served> = Vec::new();
        for one in &self.lines {
            match lines.iter_mut().find(|known| known.line == one.line) {
                Some(known) => known.level = one.level,
                None => lines.push(*one),
            }
        }
        let mut skills: Vec<String> = Vec::new();
        for skill in &self.skills {
            let skill = skill.split_whitespace().collect::<Vec<_>>().join(" ");
            let known = skills.iter().any(|one| one.to_lowercase() == skill.to_lowercase());
            if !skill.is_empty() && !known {
                skills.push(skill);
            }
        }
        Self { lines, skills }
    }

    /// Whether it is of possible size.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.lines.len() <= MOST_LINES
            && self.skills.len() <= MOST_SKILLS
            && self.skills.iter().all(|skill| skill.chars().count() <= MOST_SKILL)
    }
}

/// Specialists who belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "GroupCard")]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Who.
    pub members: Vec<PersonId>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_line_named_twice_is_served_once_and_a_skill_is_kept_once() {
        let line = LineId(Uuid::from_u128(1));
        let boris = Service {
            lines: vec![Served { line, level: Level::Junior }, Served { line, level: Level::Expert }],
            skills: vec![" Зарплата ".into(), "зарплата".into(), String::new(), "обмены  данными".into()],
        };
        let tidy = boris.tidy();
        assert_eq!(tidy.lines, [Served { line, level: Level::Expert }], "the last word counts");
        assert_eq!(tidy.skills, ["Зарплата", "обмены данными"]);
        assert!(tidy.is_possible());
        assert!(!Service { skills: vec!["я".repeat(MOST_SKILL + 1)], ..tidy }.is_possible());
    }
}
