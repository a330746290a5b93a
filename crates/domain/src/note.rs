//! Notes that the firm's people write for each other beside a talk; no client's device learns of them.

/// The longest note, in characters; what is longer belongs into a file or a ticket.
pub const MOST_TEXT: usize = 4_000;

/// Why a note cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Nothing in it.
    #[error("the note is empty")]
    Empty,
    /// Longer than [`MOST_TEXT`].
    #[error("the note is too long")]
    TooLong,
}

/// Checks what a person can get wrong.
///
/// # Errors
/// [`NoteError`].
pub fn check(text: &str) -> Result<(), NoteError> {
    if text.trim().is_empty() {
        return Err(NoteError::Empty);
    }
    if text.chars().count() > MOST_TEXT {
        return Err(NoteError::TooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_something_and_fits() {
        assert_eq!(check(" \n"), Err(NoteError::Empty));
        assert_eq!(check(&"я".repeat(MOST_TEXT)), Ok(()));
        assert_eq!(check(&"я".repeat(MOST_TEXT + 1)), Err(NoteError::TooLong));
    }
}
