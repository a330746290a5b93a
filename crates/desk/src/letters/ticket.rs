//! Letters about tickets: number and subject, by which the reader knows it again, where it stands, and whether
//! something was said; not what.

use opora_domain::{mail::Tongue, ticket::Status};
use opora_texts::Texts;

use super::first_words;

/// What happened to a ticket since the last letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Where it stands now, if it was moved.
    pub status: Option<Status>,
    /// So often something was said.
    pub answers: usize,
}

/// One ticket.
#[must_use]
pub fn stage(tongue: Tongue, firm: &str, happened: &Happened) -> (String, String) {
    let (texts, line) = (Texts::of(tongue), line(tongue, happened));
    let subject = texts.fill("letter-ticket-subject", [("firm", firm.into()), ("line", line.as_str().into())]);
    (subject, texts.fill("letter-ticket-text", [("lines", format!("{line}.").into())]))
}

/// All of a day.
#[must_use]
pub fn digest(tongue: Tongue, firm: &str, all: &[Happened]) -> (String, String) {
    let texts = Texts::of(tongue);
    let lines: Vec<String> = all.iter().map(|one| format!("{}.", line(tongue, one))).collect();
    let text = texts.fill("letter-ticket-text", [("lines", lines.join("\n\n").into())]);
    (texts.fill("letter-ticket-digest", [("firm", firm.into())]), text)
}

/// Which ticket, and what happened to it.
fn line(tongue: Tongue, happened: &Happened) -> String {
    let texts = Texts::of(tongue);
    let name = [("number", happened.number.into()), ("subject", first_words(&happened.subject).into())];
    let said = [("name", texts.fill("letter-ticket-name", name).into()), ("what", what(texts, happened).into())];
    texts.fill("letter-ticket-line", said)
}

fn what(texts: &Texts, happened: &Happened) -> String {
    let answers = || texts.fill("letter-ticket-answers", [("count", happened.answers.into())]);
    let said = (happened.answers > 0).then(answers);
    let moved = happened.status.map(|status| texts.say(stands(status)));
    moved.into_iter().chain(said).collect::<Vec<_>>().join(", ")
}

fn stands(status: Status) -> &'static str {
    match status {
        Status::New => "letter-status-new",
        Status::InWork => "letter-status-in_work",
        Status::Waiting => "letter-status-waiting",
        Status::Solved => "letter-status-solved",
        Status::Confirmed => "letter-status-confirmed",
        Status::Reopened => "letter-status-reopened",
        Status::Refused => "letter-status-refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happened(number: i64, status: Option<Status>, answers: usize) -> Happened {
        Happened { number, subject: "Не печатает счёт".into(), status, answers }
    }

    #[test]
    fn a_stage_says_where_the_ticket_stands_and_that_something_was_said() {
        let (subject, text) = stage(Tongue::Ru, "Север-Софт", &happened(17, Some(Status::Solved), 1));
        assert_eq!(subject, "Север-Софт: Заявка № 17 «Не печатает счёт»: решена, есть новое сообщение");
        assert!(text.starts_with("Заявка № 17 «Не печатает счёт»: решена, есть новое сообщение.\n\n"), "{text}");
        let (subject, _) = stage(Tongue::En, "Sever-Soft", &happened(17, None, 2));
        assert_eq!(subject, "Sever-Soft: Ticket 17 “Не печатает счёт”: 2 new messages");
    }

    #[test]
    fn a_letter_of_the_day_has_a_line_for_each_ticket() {
        let all = [happened(17, Some(Status::Waiting), 1), happened(18, None, 3)];
        let (subject, text) = digest(Tongue::Ru, "Север-Софт", &all);
        assert_eq!(subject, "Север-Софт: ваши заявки за день");
        let lines: Vec<&str> = text.split("\n\n").take(2).collect();
        assert_eq!(
            lines,
            [
                "Заявка № 17 «Не печатает счёт»: ждёт ответа клиента, есть новое сообщение.",
                "Заявка № 18 «Не печатает счёт»: 3 новых сообщения."
            ]
        );
    }
}
