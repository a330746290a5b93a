//! Words as they are in life: a few stand in most messages, most in a few (Zipf's law).

use opora_runtime::Rng;

/// Words that a support desk says all day, the most usual first.
const COMMON: [&str; 48] = [
    "не",
    "в",
    "и",
    "на",
    "спасибо",
    "добрый",
    "день",
    "пожалуйста",
    "сейчас",
    "посмотрите",
    "счёт",
    "принтер",
    "печатается",
    "база",
    "ошибка",
    "документ",
    "обновление",
    "пароль",
    "отчёт",
    "обмен",
    "банк",
    "выписка",
    "касса",
    "чек",
    "накладная",
    "склад",
    "остатки",
    "договор",
    "сверка",
    "акт",
    "зарплата",
    "сотрудник",
    "контрагент",
    "проводка",
    "закрытие",
    "месяца",
    "релиз",
    "медленно",
    "открывается",
    "зависает",
    "сервер",
    "драйвер",
    "update",
    "error",
    "login",
    "backup",
    "server",
    "report",
];
/// Syllables of names, places and products.
const SYLLABLES: [&str; 40] = [
    "ка", "ро", "ли", "ма", "те", "но", "ви", "са", "пе", "до", "ги", "бу", "зе", "фа", "ши", "ста", "при", "кра",
    "вла", "мос", "тор", "нев", "сиб", "дон", "лен", "пол", "зор", "мир", "кол", "бер", "ша", "юр", "як", "эн", "ур",
    "оль", "инт", "экс", "про", "сер",
];
/// Words of the long tail.
const RARE: usize = 30_000;

/// The vocabulary.
pub(super) struct Words {
    rare: Vec<String>,
}

impl Words {
    pub(super) fn new(seed: u64) -> Self {
        let rng = Rng::seeded(seed);
        let word = |_| (0..2 + rng.up_to(3)).filter_map(|_| pick(&rng, &SYLLABLES).copied()).collect();
        Self { rare: (0..RARE).map(word).collect() }
    }

    /// A word that stands in very many messages.
    pub(super) fn common<'a>(&'a self, rng: &Rng) -> &'a str {
        pick(rng, &COMMON).copied().unwrap_or_default()
    }

    /// A word of any rank, as likely as it stands somewhere.
    pub(super) fn any<'a>(&'a self, rng: &Rng) -> &'a str {
        let most = u64::try_from(COMMON.len() + RARE).unwrap_or_default();
        // A rank is as likely as its size in powers of two.
        let scale = rng.up_to(u64::from(most.ilog2()));
        let rank = (1_u64 << scale) + rng.up_to((1 << scale) - 1);
        let rank = usize::try_from(rank.min(most) - 1).unwrap_or_default();
        match rank.checked_sub(COMMON.len()) {
            None => COMMON.get(rank).copied().unwrap_or_default(),
            Some(rare) => self.rare.get(rare).or(self.rare.first()).map(String::as_str).unwrap_or_default(),
        }
    }

    /// A message.
    pub(super) fn message(&self, rng: &Rng) -> String {
        let many = 3 + rng.up_to(8) + rng.up_to(12);
        (0..many).map(|_| self.any(rng)).collect::<Vec<_>>().join(" ")
    }
}

/// One of some.
pub(super) fn pick<'a, T>(rng: &Rng, some: &'a [T]) -> Option<&'a T> {
    let last = u64::try_from(some.len()).ok()?.checked_sub(1)?;
    some.get(usize::try_from(rng.up_to(last)).ok()?)
}
