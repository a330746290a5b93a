//! The few words that the shell says itself; the rest is in the interface's catalogue.

use opora_ipc::app::Language;

/// Words of the tray and of window titles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) consent: &'static str,
    pub(crate) bar: &'static str,
    pub(crate) viewer: &'static str,
    pub(crate) waiting: &'static str,
}

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        match language {
            Language::Ru => Self {
                open: "Открыть",
                quit: "Выйти",
                consent: "Opora: просят показать экран",
                bar: "Opora: экран виден",
                viewer: "Opora: экран клиента",
                waiting: "Opora: вас ждут",
            },
            Language::En => Self {
                open: "Open",
                quit: "Quit",
                consent: "Opora: a request to see the screen",
                bar: "Opora: the screen is seen",
                viewer: "Opora: the customer's screen",
                waiting: "Opora: someone waits for you",
            },
        }
    }
}
