//! Words of a text as they are looked for: pure.
//!
//! A word is a run of letters and digits, in small letters, with ё written as е as everybody types
//! it. Beside the word stands its stem, so that "печатается" is found by "печатать"; what is still
//! being typed is found by its beginning. Russian words have Russian stems, Latin ones English.

use rust_stemmers::{Algorithm, Stemmer};

/// Grows when the rules below change; what was indexed by older rules is indexed anew.
pub const VERSION: i64 = 2;
/// The longest word that is kept, in characters; hashes and encoded blobs are cut there.
const MOST_WORD: usize = 64;
/// A stem of so many letters stands for every stem that begins with it: the rules cut "печать" to "печа" and
/// "печати" to "печат".
const LONG_STEM: usize = 4;
/// Words of one question at most; nobody types more.
const MOST_ASKED: usize = 12;

/// The words of a text, in their order.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(plain)
}

fn plain(word: &str) -> String {
    let small = word.chars().flat_map(char::to_lowercase).map(|letter| if letter == 'ё' { 'е' } else { letter });
    small.take(MOST_WORD).collect()
}

/// Finds stems; made once, used often.
pub struct Stems {
    russian: Stemmer,
    english: Stemmer,
}

impl Default for Stems {
    fn default() -> Self {
        Self { russian: Stemmer::create(Algorithm::Russian), english: Stemmer::create(Algorithm::English) }
    }
}

impl Stems {
    /// The stem of a word made by [`words`]; numbers and words of other scripts are their own.
    #[must_use]
    pub fn of(&self, word: &str) -> String {
        if word.chars().any(|letter| ('а'..='я').contains(&letter)) {
            self.russian.stem(word).into_owned()
        } else if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.english.stem(word).into_owned()
        } else {
            word.to_owned()
        }
    }
}

/// What is looked for.
pub struct Query {
    parts: Vec<(String, String)>,
}

impl Query {
    /// Reads what was typed so far.
    #[must_use]
    pub fn new(typed: &str, stems: &Stems) -> Self {
        let parts = words(typed).take(MOST_ASKED).map(|word| {
            let stem = stems.of(&word);
            (word, stem)
        });
        Self { parts: parts.collect() }
    }

    /// Nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The question in FTS5's language: every word by its beginning or by its stem.
    #[must_use]
    pub fn to_fts(&self) -> String {
        let part = |(word, stem): &(String, String)| {
            let more = if is_long(stem) { " *" } else { "" };
            format!("(words : \"{word}\" * OR stems : \"{stem}\"{more})")
        };
        self.parts.iter().map(part).collect::<Vec<_>>().join(" AND ")
    }

    /// The question in FTS5's language: any of the words, by its stem.
    #[must_use]
    pub fn to_fts_any(&self) -> String {
        self.parts.iter().map(|(_, stem)| format!("stems : \"{stem}\"")).collect::<Vec<_>>().join(" OR ")
    }

    /// How well some texts match, each with its weight: none when one word is in none of them.
    #[must_use]
    pub fn score(&self, texts: &[(&str, u32)], stems: &Stems) -> Option<u32> {
        let known: Vec<(String, u32)> =
            texts.iter().flat_map(|(text, weight)| words(text).map(|word| (word, *weight))).collect();
        self.parts.iter().map(|part| best(part, &known, stems)).sum()
    }

    /// About `most` characters of a text around the first word that was looked for, in one line.
    #[must_use]
    pub fn around(&self, text: &str, stems: &Stems, most: usize) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters: Vec<char> = line.chars().collect();
        if letters.len() <= most {
            return line;
        }
        let found = self.first_in(&letters, stems).unwrap_or_default();
        let from = found.saturating_sub(most / 3).min(letters.len() - most);
        let to = (from + most).min(letters.len());
        let cut: String = letters.get(from..to).unwrap_or_default().iter().collect();
        let (before, after) = (if from > 0 { "…" } else { "" }, if to < letters.len() { "…" } else { "" });
        format!("{before}{}{after}", cut.trim())
    }

    /// Where the first word begins that was looked for.
    fn first_in(&self, letters: &[char], stems: &Stems) -> Option<usize> {
        let mut start = None;
        for (place, letter) in letters.iter().copied().chain([' ']).enumerate() {
            match (letter.is_alphanumeric(), start) {
                (true, None) => start = Some(place),
                (false, Some(from)) => {
                    let word = plain(&letters.get(from..place).unwrap_or_default().iter().collect::<String>());
                    let is_it = |(asked, stem): &(String, String)| {
                        word.starts_with(asked) || is_relative(&stems.of(&word), stem)
                    };
                    if self.parts.iter().any(is_it) {
                        return Some(from);
                    }
                    start = None;
                }
                _ => {}
            }
        }
        None
    }
}

fn is_long(stem: &str) -> bool {
    stem.chars().count() >= LONG_STEM
}

/// Whether a stem belongs to the one that was asked for.
fn is_relative(stem: &str, asked: &str) -> bool {
    stem == asked || (is_long(asked) && stem.starts_with(asked))
}

/// How well one word that was asked for is matched by the best of some words; none when by none.
fn best((asked, stem): &(String, String), known: &[(String, u32)], stems: &Stems) -> Option<u32> {
    let score = |(word, weight): &(String, u32)| {
        let fits = if word == asked {
            4
        } else if word.starts_with(asked.as_str()) {
            3
        } else if asked.chars().count() > 2 && is_relative(&stems.of(word), stem) {
            2
        } else {
            return None;
        };
        Some(fits * weight)
    };
    known.iter().filter_map(score).max()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn score(typed: &str, text: &str) -> Option<u32> {
        let stems = Stems::default();
        Query::new(typed, &stems).score(&[(text, 1)], &stems)
    }

    #[test]
    fn words_are_small_and_have_no_yo() {
        let found: Vec<String> = words("Счёт-фактура №15, «Ромашка» (HP-1020)").collect();
        assert_eq!(found, ["счет", "фактура", "15", "ромашка", "hp", "1020"]);
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stems = Stems::default();
        for (one, other) in
            [("печатается", "печатать"), ("счета", "счету"), ("printing", "printed"), ("накладные", "накладной")]
        {
            assert_eq!(stems.of(one), stems.of(other), "{one} and {other}");
        }
        assert_eq!(stems.of("3.0"), "3.0");
    }

    #[test]
    fn every_word_has_to_be_there_and_a_beginning_is_enough() {
        assert!(score("печат сче", "Не печатается счёт").is_some());
        assert!(score("печатать счета", "Не печатается счёт").is_some(), "by their stems");
        assert!(score("печать", "форма печати").is_some(), "also where the rules cut one of them shorter");
        assert_eq!(score("печать вектор", "Не печатается счёт"), None);
        assert!(score("анна", "Анна Белова") > score("ан", "Анна Белова"), "the whole word is better");
    }

    #[test]
    fn what_is_shown_is_around_what_was_found() {
        let stems = Stems::default();
        let long = format!("{} принтер на складе {}", "слово ".repeat(40), "ещё ".repeat(40));
        let shown = Query::new("принтера", &stems).around(&long, &stems, 60);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("принтер на складе"), "{shown}");
        assert_eq!(Query::new("x", &stems).around("  два \n слова ", &stems, 60), "два слова");
    }

    proptest! {
        #[test]
        fn no_text_and_no_question_makes_it_fall(text in "\\PC{0,200}", typed in "\\PC{0,60}") {
            let stems = Stems::default();
            let query = Query::new(&typed, &stems);
            let shown = query.around(&text, &stems, 40);
            prop_assert!(shown.chars().count() <= 42);
            let _ = query.score(&[(&text, 1)], &stems);
            // Only letters and digits stand between the quotes, so FTS5 can read it whatever was typed.
            let fts = query.to_fts();
            prop_assert!(fts.split('"').skip(1).step_by(2).all(|word| word.chars().all(char::is_alphanumeric)));
        }

        #[test]
        fn a_word_is_found_by_each_of_its_beginnings(word in "[а-я]{3,12}", cut in 1_usize..12) {
            let beginning: String = word.chars().take(cut).collect();
            let text = format!("раз {word} два");
            prop_assert!(score(&beginning, &text).is_some());
        }
    }
}
