//! The few sentences that the core says itself, in native notifications; the rest is in the interface's catalogue.

use opora_domain::{calendar::Day, contract::notice::What, ticket::Status};
use opora_ipc::app::Language;

/// A reminder of a contract.
pub(crate) fn reminder(language: Language, what: What, day: Day) -> String {
    let date = match language {
        Language::Ru => day.dotted(),
        Language::En => day.to_string(),
    };
    match (language, what) {
        (Language::Ru, What::Begins) => format!("Договор поддержки действует с {date}."),
        (Language::Ru, What::Ends { days: 0 }) => format!("Последний день договора поддержки: {date}."),
        (Language::Ru, What::Ends { days: 1 }) => format!("Завтра последний день договора поддержки: {date}."),
        (Language::Ru, What::Ends { .. }) => format!("Договор поддержки заканчивается {date}."),
        (Language::Ru, What::Low) => "По договору осталось меньше пятой части.".to_owned(),
        (Language::Ru, What::Spent) => "Оплаченное по договору израсходовано.".to_owned(),
        (Language::En, What::Begins) => format!("The support contract is in force since {date}."),
        (Language::En, What::Ends { days: 0 }) => format!("Last day of the support contract: {date}."),
        (Language::En, What::Ends { days: 1 }) => format!("Tomorrow is the last day of the support contract: {date}."),
        (Language::En, What::Ends { .. }) => format!("The support contract ends on {date}."),
        (Language::En, What::Low) => "A fifth of the contract's allowance or less is left.".to_owned(),
        (Language::En, What::Spent) => "The contract's allowance is used up.".to_owned(),
    }
}

/// A client asks for renewal.
pub(crate) fn renewal(language: Language) -> &'static str {
    match language {
        Language::Ru => "Просят продлить договор поддержки.",
        Language::En => "They ask for the support contract to be renewed.",
    }
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
    let russian = language == Language::Ru;
    match news {
        TicketNews::Made if russian => "Новая заявка для вас.".to_owned(),
        TicketNews::Made => "A new ticket for you.".to_owned(),
        TicketNews::Given if russian => "Заявку поручили вам.".to_owned(),
        TicketNews::Given => "The ticket was given to you.".to_owned(),
        TicketNews::Said { words } => words.clone(),
        TicketNews::Moved { status, words } => {
            let status = status_name(language, *status);
            if words.is_empty() { format!("{status}.") } else { format!("{status}: {words}") }
        }
        TicketNews::Pressed { broken: true } if russian => "Срок нарушен.".to_owned(),
        TicketNews::Pressed { broken: true } => "The term is broken.".to_owned(),
        TicketNews::Pressed { broken: false } if russian => "Срок подходит к концу.".to_owned(),
        TicketNews::Pressed { broken: false } => "The term is running out.".to_owned(),
        TicketNews::Rated { stars } if russian => format!("Оценка: {stars} из 5."),
        TicketNews::Rated { stars } => format!("Rated {stars} of 5."),
        TicketNews::Merged { number } if russian => format!("Работа продолжается в заявке № {number}."),
        TicketNews::Merged { number } => format!("It goes on in ticket {number}."),
    }
}

/// A status, as the interface names it.
pub(crate) fn status_name(language: Language, status: Status) -> &'static str {
    match (language, status) {
        (Language::Ru, Status::New) => "Новая",
        (Language::Ru, Status::InWork) => "В работе",
        (Language::Ru, Status::Waiting) => "Ждёт ответа клиента",
        (Language::Ru, Status::Solved) => "Решена",
        (Language::Ru, Status::Confirmed) => "Подтверждена",
        (Language::Ru, Status::Reopened) => "Открыта снова",
        (Language::Ru, Status::Refused) => "Отказано",
        (Language::En, Status::New) => "New",
        (Language::En, Status::InWork) => "In work",
        (Language::En, Status::Waiting) => "Waiting for the client",
        (Language::En, Status::Solved) => "Solved",
        (Language::En, Status::Confirmed) => "Confirmed",
        (Language::En, Status::Reopened) => "Reopened",
        (Language::En, Status::Refused) => "Refused",
    }
}
