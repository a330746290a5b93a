//! What the client is asked.

use opora_domain::ConversationId;
use opora_runtime::Rng;
use serde::{Deserialize, Serialize};

use super::{
    Options,
    fill::Filled,
    words::{Words, pick},
};

/// Conversations that are opened.
const OPENED: usize = 500;

/// Questions.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Asks {
    /// Rows of the list.
    pub(super) conversations: usize,
    /// Conversations that are opened.
    pub(super) opened: Vec<ConversationId>,
    /// The one with a tenth of all messages.
    pub(super) largest: ConversationId,
    /// What is typed into the search.
    pub(super) questions: Vec<String>,
    /// What stands in one message each.
    pub(super) codes: Vec<String>,
}

impl Asks {
    pub(super) fn of(filled: &Filled, options: &Options) -> Self {
        let (rng, words) = (Rng::seeded(options.seed ^ 0xA5), Words::new(options.seed));
        let opened = (0..OPENED.min(filled.talks.len())).filter_map(|_| pick(&rng, &filled.talks).copied()).collect();
        Self {
            conversations: filled.talks.len(),
            opened,
            largest: filled.largest_talk,
            questions: (0..options.questions).map(|at| question(&words, &rng, at)).collect(),
            codes: filled.codes.clone(),
        }
    }
}

/// As people type: a word of any rank, its beginning, two or three words, a word that stands nearly everywhere.
fn question(words: &Words, rng: &Rng, at: usize) -> String {
    let word = || words.any(rng).to_owned();
    let cut = |word: String, letters: usize| word.chars().take(letters).collect::<String>();
    match at % 8 {
        0 => cut(word(), 2),
        1 => cut(word(), 3),
        2 => cut(word(), 5),
        3 => word(),
        4 => format!("{} {}", word(), cut(word(), 3)),
        5 => format!("{} {} {}", word(), word(), word()),
        6 => words.common(rng).to_owned(),
        _ => format!("{} {}", words.common(rng), cut(words.common(rng).to_owned(), 4)),
    }
}
