//! The few words that the shell says itself; the rest is in the interface's catalogue.

use opora_ipc::app::Language;

/// Words of the tray, of window titles and of the file dialog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) consent: &'static str,
    pub(crate) bar: &'static str,
    pub(crate) viewer: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) pick: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) cancel: &'static str,
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
                pick: "Выберите файлы",
                choose: "Выбрать",
                cancel: "Отмена",
            },
            Language::En => Self {
                open: "Open",
                quit: "Quit",
                consent: "Opora: a request to see the screen",
                bar: "Opora: the screen is seen",
                viewer: "Opora: the customer's screen",
                waiting: "Opora: someone waits for you",
                pick: "Choose files",
                choose: "Choose",
                cancel: "Cancel",
            },
        }
    }
}
