//! Letters about tickets: number and subject, by which the reader knows it again, where it stands, and whether
//! something was said; not what.

use opora_domain::{mail::Tongue, ticket::Status};

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
    let (name, what) = (name(tongue, happened), what(tongue, happened));
    (format!("{firm}: {name}: {what}"), format!("{name}: {what}.\n\n{}", how(tongue)))
}

/// All of a day.
#[must_use]
pub fn digest(tongue: Tongue, firm: &str, all: &[Happened]) -> (String, String) {
    let lines: Vec<String> = all.iter().map(|one| format!("{}: {}.", name(tongue, one), what(tongue, one))).collect();
    let subject = match tongue {
        Tongue::Ru => format!("{firm}: ваши заявки за день"),
        Tongue::En => format!("{firm}: your tickets of the day"),
    };
    (subject, format!("{}\n\n{}", lines.join("\n\n"), how(tongue)))
}

fn name(tongue: Tongue, happened: &Happened) -> String {
    let (number, subject) = (happened.number, first_words(&happened.subject));
    match tongue {
        Tongue::Ru => format!("Заявка № {number} «{subject}»"),
        Tongue::En => format!("Ticket {number} “{subject}”"),
    }
}

fn what(tongue: Tongue, happened: &Happened) -> String {
    let said = (happened.answers > 0).then(|| answers(tongue, happened.answers));
    let moved = happened.status.map(|status| stands(tongue, status).to_owned());
    moved.into_iter().chain(said).collect::<Vec<_>>().join(", ")
}

fn answers(tongue: Tongue, many: usize) -> String {
    match (tongue, many) {
        (Tongue::Ru, 1) => "есть новое сообщение".into(),
        (Tongue::Ru, many) => format!("новых сообщений — {many}"),
        (Tongue::En, 1) => "there is a new message".into(),
        (Tongue::En, many) => format!("{many} new messages"),
    }
}

fn stands(tongue: Tongue, status: Status) -> &'static str {
    match (tongue, status) {
        (Tongue::Ru, Status::New) => "принята",
        (Tongue::Ru, Status::InWork) => "в работе",
        (Tongue::Ru, Status::Waiting) => "ждёт ответа заказчика",
        (Tongue::Ru, Status::Solved) => "решена",
        (Tongue::Ru, Status::Confirmed) => "решение подтверждено",
        (Tongue::Ru, Status::Reopened) => "открыта снова",
        (Tongue::Ru, Status::Refused) => "закрыта без решения",
        (Tongue::En, Status::New) => "received",
        (Tongue::En, Status::InWork) => "in work",
        (Tongue::En, Status::Waiting) => "waits for the customer",
        (Tongue::En, Status::Solved) => "solved",
        (Tongue::En, Status::Confirmed) => "the solution is confirmed",
        (Tongue::En, Status::Reopened) => "open again",
        (Tongue::En, Status::Refused) => "closed without a solution",
    }
}

fn how(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Ru => {
            "Чтобы прочитать и ответить, откройте Опору. На это письмо отвечать не нужно: его никто не увидит.\n\nКогда \
             присылать такие письма, вы выбираете в настройках Опоры, в разделе «Уведомления»."
        }
        Tongue::En => {
            "Open Opora to read and answer. Do not answer this letter: nobody would see it.\n\nYou choose when such \
             letters come in Opora's settings, under “Notices”."
        }
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
                "Заявка № 17 «Не печатает счёт»: ждёт ответа заказчика, есть новое сообщение.",
                "Заявка № 18 «Не печатает счёт»: новых сообщений — 3."
            ]
        );
    }
}
