//! The sentences that the core says itself, in native notifications and saved files. They stand in the catalogue
//! `core.ftl`; what the interface names too has its name from the interface's catalogue.

use opora_domain::{
    calendar::Day,
    contract::notice::What,
    ticket::{Kind, Priority, Status, list::Column},
};
use opora_ipc::app::Language;
use opora_texts::Texts;

/// A reminder of a contract.
pub(crate) fn reminder(language: Language, what: What, day: Day) -> String {
    let date = match language {
        Language::Ru => day.dotted(),
        Language::En => day.to_string(),
    };
    let (id, days) = match what {
        What::Begins => ("core-contract-begins", 0),
        What::Ends { days } => ("core-contract-ends", days),
        What::Low => ("core-contract-low", 0),
        What::Spent => ("core-contract-spent", 0),
    };
    texts(language).fill(id, [("day", date.into()), ("days", days.into())])
}

/// What a person is told of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TicketNews {
    /// It was made for the person.
    Made,
    /// It was given to the person.
    Given,
    /// It stands elsewhere.
    Moved {
        /// There.
        status: Status,
        /// What was said with it.
        words: String,
    },
    /// Something was said.
    Said {
        /// What.
        words: String,
    },
    /// A promise is nearly broken, or is.
    Pressed {
        /// It is.
        broken: bool,
    },
    /// The customer rated it.
    Rated {
        /// One to five.
        stars: u8,
    },
    /// It goes on elsewhere.
    Merged {
        /// Under this number.
        number: i64,
    },
}

/// News of a ticket in one sentence.
pub(crate) fn ticket_news(language: Language, news: &TicketNews) -> String {
    let texts = texts(language);
    match news {
        TicketNews::Made => texts.say("core-ticket-made"),
        TicketNews::Given => texts.say("core-ticket-given"),
        TicketNews::Said { words } => words.clone(),
        TicketNews::Moved { status, words } => {
            let id = if words.is_empty() { "core-ticket-moved" } else { "core-ticket-moved-words" };
            texts.fill(id, [("status", texts.say(status_id(*status)).into()), ("words", words.as_str().into())])
        }
        TicketNews::Pressed { broken: true } => texts.say("core-ticket-broken"),
        TicketNews::Pressed { broken: false } => texts.say("core-ticket-pressed"),
        TicketNews::Rated { stars } => texts.fill("core-ticket-rated", [("stars", (*stars).into())]),
        TicketNews::Merged { number } => texts.fill("core-ticket-merged", [("number", (*number).into())]),
    }
}

/// The texts of a language.
pub(crate) fn texts(language: Language) -> &'static Texts {
    Texts::of(language.into())
}

/// The text that names a status.
pub(crate) fn status_id(status: Status) -> &'static str {
    match status {
        Status::New => "status-new",
        Status::InWork => "status-in_work",
        Status::Waiting => "status-waiting",
        Status::Solved => "status-solved",
        Status::Confirmed => "status-confirmed",
        Status::Reopened => "status-reopened",
        Status::Refused => "status-refused",
    }
}

/// The text that names a priority.
pub(crate) fn priority_id(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "priority-low",
        Priority::Normal => "priority-normal",
        Priority::High => "priority-high",
        Priority::Urgent => "priority-urgent",
    }
}

/// The text that names a kind.
pub(crate) fn kind_id(kind: Kind) -> &'static str {
    match kind {
        Kind::Error => "ticket-kind-error",
        Kind::Consultation => "ticket-kind-consultation",
        Kind::Wish => "ticket-kind-wish",
    }
}

/// The text that names a column of the list.
pub(crate) fn column_id(column: Column) -> &'static str {
    match column {
        Column::Number => "ticket-column-number",
        Column::Subject => "ticket-column-subject",
        Column::Customer => "ticket-column-customer",
        Column::Status => "ticket-column-status",
        Column::Priority => "ticket-column-priority",
        Column::Assignee => "ticket-column-assignee",
        Column::Deadline => "ticket-column-deadline",
        Column::Made => "ticket-column-made",
        Column::Updated => "ticket-column-updated",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_names_a_status_as_the_windows_do() {
        let news = TicketNews::Moved { status: Status::Waiting, words: "Какая версия?".into() };
        assert_eq!(ticket_news(Language::Ru, &news), "Статус: ждёт клиента. Какая версия?");
        let news = TicketNews::Moved { status: Status::Solved, words: String::new() };
        assert_eq!(ticket_news(Language::En, &news), "Status: solved.");
    }

    #[test]
    fn every_name_stands_in_the_catalogue() {
        let ids = Status::ALL.map(status_id).into_iter().chain(Priority::ALL.map(priority_id));
        let kinds = [Kind::Error, Kind::Consultation, Kind::Wish].map(kind_id);
        for id in ids.chain(kinds).chain(crate::commands::ticket::export::ALL.map(column_id)) {
            assert_ne!(texts(Language::Ru).say(id), id);
        }
    }

    #[test]
    fn the_last_days_of_a_contract_have_words_of_their_own() {
        let day = Day::new(2026, 12, 31).expect("a day");
        let ends = |days| reminder(Language::Ru, What::Ends { days }, day);
        assert_eq!(ends(0), "Последний день договора поддержки: 31.12.2026.");
        assert_eq!(ends(1), "Завтра последний день договора поддержки: 31.12.2026.");
        assert_eq!(ends(21), "Договор поддержки заканчивается 31.12.2026.");
    }
}
