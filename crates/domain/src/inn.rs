//! ИНН and КПП: the tax number of an organisation and the reason it stands at a tax office.
//!
//! ИНН has 10 digits for a firm and 12 for a sole trader; the last one (two) are check digits
//! (order of the Federal Tax Service MMV-7-6/435@, appendix). КПП has 9 characters: four digits,
//! two digits or capital letters, three digits; a sole trader has none.

/// Why a number cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InnError {
    /// Neither 10 nor 12 digits.
    #[error("a tax number has 10 or 12 digits")]
    Length,
    /// The check digits do not fit: a digit was mistyped.
    #[error("the check digits do not fit")]
    Digits,
}

/// Weights of the check digit of a firm's number, and of both check digits of a person's.
const FIRM: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_1: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_2: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// Checks a tax number.
///
/// # Errors
/// [`InnError`].
pub fn check_inn(text: &str) -> Result<(), InnError> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10).filter(|_| c.is_ascii())).collect();
    let digits = digits.ok_or(InnError::Length)?;
    let fits = |weights: &[u32]| {
        let sum: u32 = weights.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
        digits.get(weights.len()) == Some(&(sum % 11 % 10))
    };
    let good = match digits.len() {
        10 => fits(&FIRM),
        12 => fits(&PERSON_1) && fits(&PERSON_2),
        _ => return Err(InnError::Length),
    };
    // Ten zeros satisfy the sum and are nobody's number.
    if good && digits.iter().any(|digit| *digit > 0) { Ok(()) } else { Err(InnError::Digits) }
}

/// Whether a text has the form of a КПП.
#[must_use]
pub fn is_kpp(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9
        && bytes
            .iter()
            .enumerate()
            .all(|(place, byte)| byte.is_ascii_digit() || (matches!(place, 4 | 5) && byte.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_real_form_are_taken() {
        for inn in ["7707083893", "7830002293", "500100732259"] {
            assert_eq!(check_inn(inn), Ok(()), "{inn}");
        }
        assert!(is_kpp("773601001") && is_kpp("7736AB001"));
    }

    #[test]
    fn a_mistyped_digit_and_a_wrong_length_are_told_apart() {
        assert_eq!(check_inn("7707083894"), Err(InnError::Digits));
        assert_eq!(check_inn("500100732258"), Err(InnError::Digits));
        assert_eq!(check_inn("77070838"), Err(InnError::Length));
        assert_eq!(check_inn("770708389x"), Err(InnError::Length));
        assert_eq!(check_inn("0000000000"), Err(InnError::Digits));
        assert!(!is_kpp("77360100") && !is_kpp("7736аб001") && !is_kpp("77A601001"));
    }

    proptest! {
        #[test]
        fn one_changed_digit_of_a_firm_is_always_seen(head in proptest::collection::vec(0_u32..10, 9), at in 0_usize..9, by in 1_u32..10) {
            let last = |digits: &[u32]| FIRM.iter().zip(digits).map(|(w, d)| w * d).sum::<u32>() % 11 % 10;
            let text = |digits: &[u32], last: u32| digits.iter().chain([&last]).map(u32::to_string).collect::<String>();
            let check = last(&head);
            prop_assume!(head.iter().any(|digit| *digit > 0));
            prop_assert_eq!(check_inn(&text(&head, check)), Ok(()));
            let mut wrong = head.clone();
            wrong[at] = (wrong[at] + by) % 10;
            // The rule itself cannot tell remainders 10 and 0 apart.
            prop_assume!(last(&wrong) != check);
            prop_assert_eq!(check_inn(&text(&wrong, check)), Err(InnError::Digits));
        }

        #[test]
        fn no_text_makes_the_check_fall(text in "\\PC{0,20}") {
            let _ = (check_inn(&text), is_kpp(&text));
        }
    }
}
