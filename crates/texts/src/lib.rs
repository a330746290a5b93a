//! Texts in Rust: the Fluent catalogues of `assets/locales`, one of which the interface reads too, so that a
//! letter, a notification and a saved file name things as the windows do.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use opora_domain::mail::Tongue;

/// What a text is filled with: a string or a number.
pub use fluent_bundle::FluentValue as Value;

/// All texts of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

static RU: LazyLock<Texts> = LazyLock::new(|| {
    let sources = [
        include_str!("../../../assets/locales/ru.ftl"),
        include_str!("../../../assets/locales/ru/core.ftl"),
        include_str!("../../../assets/locales/ru/letters.ftl"),
    ];
    Texts::new("ru", sources)
});
static EN: LazyLock<Texts> = LazyLock::new(|| {
    let sources = [
        include_str!("../../../assets/locales/en.ftl"),
        include_str!("../../../assets/locales/en/core.ftl"),
        include_str!("../../../assets/locales/en/letters.ftl"),
    ];
    Texts::new("en", sources)
});

impl Texts {
    /// Of a language; read at the first call.
    #[must_use]
    pub fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::Ru => &RU,
            Tongue::En => &EN,
        }
    }

    fn new(language: &str, sources: [&str; 3]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.parse().unwrap_or_default()]);
        // No isolation marks, as in the interface: names are shown in one direction only.
        bundle.set_use_isolating(false);
        for source in sources {
            // A line that Fluent does not understand is left out here, and stops the tests.
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle }
    }

    /// The text called `id`. One that is missing shows its id, as in the interface.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.fill(id, [])
    }

    /// The text called `id`, with its variables filled in.
    #[must_use]
    pub fn fill<'a, const N: usize>(&self, id: &str, values: [(&'a str, Value<'a>); N]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let args: FluentArgs<'_> = values.into_iter().collect();
        // A variable that is missing shows its name: a text with a hole is better than none.
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_and_filled_in_both_languages() {
        let files = |tongue, count: i64| Texts::of(tongue).fill("ticket-files", [("count", count.into())]);
        assert_eq!([1, 3, 5, 21].map(|count| files(Tongue::Ru, count)), ["1 файл", "3 файла", "5 файлов", "21 файл"]);
        assert_eq!([1, 2].map(|count| files(Tongue::En, count)), ["1 file", "2 files"]);
        let number = Texts::of(Tongue::Ru).fill("ticket-number", [("number", 12_345.into())]);
        assert_eq!(number, "№ 12345");
    }

    #[test]
    fn what_people_wrote_is_text_and_no_pattern() {
        let merged = Texts::of(Tongue::Ru).fill("ticket-number", [("number", "{ $number } \"}".into())]);
        assert_eq!(merged, "№ { $number } \"}");
    }

    #[test]
    fn a_text_that_is_missing_shows_its_name() {
        assert_eq!(Texts::of(Tongue::En).say("no-such-text"), "no-such-text");
    }
}
