//! Letters: subject and text, from the catalogue `letters.ftl`. No word of what people write to each other is in
//! them, but the first words of the request, by which the reader knows it again.

pub mod ticket;

use opora_domain::{
    contract::notice::{Notice, What},
    mail::Tongue,
};
use opora_texts::Texts;

/// Characters of a request that stand in a subject.
const ABOUT: usize = 60;

/// An invite; the link is a secret.
#[must_use]
pub fn invite(tongue: Tongue, firm: &str, name: &str, link: &str) -> (String, String) {
    let texts = Texts::of(tongue);
    let text = [("firm", firm.into()), ("name", name.into()), ("link", link.into())];
    (texts.fill("letter-invite-subject", [("firm", firm.into())]), texts.fill("letter-invite-text", text))
}

/// An answer that was not read.
#[must_use]
pub fn unread(tongue: Tongue, firm: &str, from: &str, about: &str) -> (String, String) {
    let (texts, about) = (Texts::of(tongue), first_words(about));
    let subject = texts.fill("letter-unread-subject", [("firm", firm.into()), ("about", about.as_str().into())]);
    (subject, texts.fill("letter-unread-text", [("from", from.into()), ("about", about.into())]))
}

/// A reminder of a contract.
#[must_use]
pub fn contract(tongue: Tongue, firm: &str, organisation: &str, number: &str, notice: Notice) -> (String, String) {
    let texts = Texts::of(tongue);
    let (id, days) = match notice.what {
        What::Begins => ("letter-contract-begins", 0),
        What::Ends { days } => ("letter-contract-ends", days),
        What::Low => ("letter-contract-low", 0),
        What::Spent => ("letter-contract-spent", 0),
    };
    let what = texts.fill(id, [("number", number.into()), ("days", days.into())]);
    let subject = texts.fill("letter-contract-subject", [("firm", firm.into()), ("what", what.as_str().into())]);
    let text = [("organisation", organisation.into()), ("what", what.into())];
    (subject, texts.fill("letter-contract-text", text))
}

/// "Mail works."
#[must_use]
pub fn test(tongue: Tongue, firm: &str) -> (String, String) {
    let texts = Texts::of(tongue);
    (texts.fill("letter-test-subject", [("firm", firm.into())]), texts.say("letter-test-text"))
}

/// The letter as simple HTML: paragraphs, and a link where a paragraph is one.
#[must_use]
pub fn html(text: &str) -> String {
    let paragraph = |text: &str| {
        let text = escaped(text);
        match text.starts_with("https://") && !text.contains(char::is_whitespace) {
            true => format!("<p><a href=\"{text}\">{text}</a></p>"),
            false => format!("<p>{text}</p>"),
        }
    };
    let body: String = text.split("\n\n").map(paragraph).collect();
    format!(
        "<!doctype html><meta charset=\"utf-8\"><body style=\"font:16px/1.5 sans-serif;max-width:36em\">{body}</body>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= ABOUT {
        return line;
    }
    line.chars().take(ABOUT - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_html_stays_a_name() {
        let (_, text) = unread(Tongue::Ru, "Север-Софт", "<b>Борис</b>", "Счёт \"17\" & акт");
        let html = html(&text);
        assert!(html.contains("&lt;b&gt;Борис&lt;/b&gt;") && html.contains("&quot;17&quot; &amp; акт"), "{html}");
    }

    #[test]
    fn a_link_can_be_clicked_and_stands_alone_in_the_text() {
        let link = "https://help.sever-soft.ru:7443/join#1.abc";
        let (_, text) = invite(Tongue::En, "Sever-Soft", "Anna", link);
        assert!(text.lines().any(|line| line == link), "{text}");
        assert!(html(&text).contains(&format!("<a href=\"{link}\">")), "{text}");
    }

    #[test]
    fn the_days_of_a_contract_are_counted_as_people_say_them() {
        let day = opora_domain::calendar::Day::new(2026, 12, 31).expect("a day");
        let of = |tongue, days| contract(tongue, "Ф", "О", "7", Notice { what: What::Ends { days }, day }).0;
        let ends = [0, 1, 7, 21, 22, 30].map(|days| of(Tongue::Ru, days));
        let said = ["сегодня", "завтра", "через 7 дней", "через 21 день", "через 22 дня", "через 30 дней"];
        assert_eq!(ends, said.map(|when| format!("Ф: договор 7 заканчивается {when}")));
        assert_eq!(of(Tongue::En, 7), "Ф: contract 7 ends in 7 days");
    }

    #[test]
    fn a_long_request_is_cut_at_a_letter() {
        let (subject, _) = unread(Tongue::Ru, "Ф", "Борис", &"Ошибка при проведении документа ".repeat(9));
        assert!(subject.ends_with("…»") && subject.chars().count() < 100, "{subject}");
    }
}
