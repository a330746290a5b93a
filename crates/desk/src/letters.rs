//! The texts of letters. Plain and short; no word of what people write to each other is in them,
//! but the first words of the request, by which the reader knows it again.

pub mod ticket;

use opora_domain::{
    contract::notice::{Notice, What},
    mail::Tongue,
};

/// Characters of a request that stand in a subject.
const ABOUT: usize = 60;

/// An invite; the link is a secret.
#[must_use]
pub fn invite(tongue: Tongue, firm: &str, name: &str, link: &str) -> (String, String) {
    match tongue {
        Tongue::Ru => (
            format!("{firm}: приглашение в службу поддержки"),
            format!(
                "Здравствуйте, {name}.\n\nКомпания «{firm}» приглашает вас в свою службу поддержки. Установите программу \
                 Opora и откройте в ней эту ссылку, скопировав её целиком:\n\n{link}\n\nСсылка действует один раз и только \
                 для вас. Не пересылайте её: кто откроет её первым, войдёт под вашим именем."
            ),
        ),
        Tongue::En => (
            format!("{firm}: an invite to the support desk"),
            format!(
                "Hello {name},\n\n{firm} invites you to its support desk. Install the program Opora and open this link in \
                 it; copy all of it:\n\n{link}\n\nThe link works once and only for you. Do not pass it on: whoever opens it \
                 first comes in under your name."
            ),
        ),
    }
}

/// An answer that was not read.
#[must_use]
pub fn unread(tongue: Tongue, firm: &str, from: &str, about: &str) -> (String, String) {
    let about = first_words(about);
    match tongue {
        Tongue::Ru => (
            format!("{firm}: вам ответили — «{about}»"),
            format!(
                "{from} пишет вам в беседе «{about}», ответ ещё не прочитан.\n\nЧтобы прочитать его и ответить, откройте \
                 Опору. На это письмо отвечать не нужно: его никто не увидит.\n\nКогда присылать такие письма, вы \
                 выбираете в настройках Опоры, в разделе «Уведомления»."
            ),
        ),
        Tongue::En => (
            format!("{firm}: you have an answer — “{about}”"),
            format!(
                "{from} has written to you in “{about}”, and it has not been read.\n\nOpen Opora to read and answer it. \
                 Do not answer this letter: nobody would see it.\n\nYou choose when such letters come in Opora's \
                 settings, under “Notices”."
            ),
        ),
    }
}

/// A reminder of a contract.
#[must_use]
pub fn contract(tongue: Tongue, firm: &str, organisation: &str, number: &str, notice: Notice) -> (String, String) {
    let what = match (tongue, notice.what) {
        (Tongue::Ru, What::Begins) => format!("договор {number} начал действовать"),
        (Tongue::Ru, What::Ends { days: 0 }) => format!("договор {number} заканчивается сегодня"),
        (Tongue::Ru, What::Ends { days: 1 }) => format!("договор {number} заканчивается завтра"),
        (Tongue::Ru, What::Ends { days }) => format!("договор {number} заканчивается через {days} дней"),
        (Tongue::Ru, What::Low) => format!("по договору {number} осталась пятая часть времени или меньше"),
        (Tongue::Ru, What::Spent) => format!("время по договору {number} израсходовано"),
        (Tongue::En, What::Begins) => format!("contract {number} has begun"),
        (Tongue::En, What::Ends { days: 0 }) => format!("contract {number} ends today"),
        (Tongue::En, What::Ends { days: 1 }) => format!("contract {number} ends tomorrow"),
        (Tongue::En, What::Ends { days }) => format!("contract {number} ends in {days} days"),
        (Tongue::En, What::Low) => format!("a fifth or less is left of contract {number}"),
        (Tongue::En, What::Spent) => format!("contract {number} is used up"),
    };
    let text = match tongue {
        Tongue::Ru => format!(
            "{organisation}: {what}.\n\nПродлить его можно в Опоре: там же видно, до какого дня он действует и сколько \
             осталось.\n\nНа это письмо отвечать не нужно: его никто не увидит."
        ),
        Tongue::En => format!(
            "{organisation}: {what}.\n\nYou can ask for renewal in Opora, and see there until when it runs and what is \
             left.\n\nDo not answer this letter: nobody would see it."
        ),
    };
    (format!("{firm}: {what}"), text)
}

/// "Mail works."
#[must_use]
pub fn test(tongue: Tongue, firm: &str) -> (String, String) {
    match tongue {
        Tongue::Ru => (
            format!("{firm}: почта службы поддержки работает"),
            "Это проверочное письмо. Раз вы его читаете, приглашения и напоминания тоже дойдут.".to_owned(),
        ),
        Tongue::En => (
            format!("{firm}: the support desk's mail works"),
            "This is a test. If you can read it, invites and reminders will arrive too.".to_owned(),
        ),
    }
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
    fn a_long_request_is_cut_at_a_letter() {
        let (subject, _) = unread(Tongue::Ru, "Ф", "Борис", &"Ошибка при проведении документа ".repeat(9));
        assert!(subject.ends_with("…»") && subject.chars().count() < 100, "{subject}");
    }
}
